"""All settings, in one file. What an installation can choose comes from the environment (docs/operations.md)."""

from pathlib import Path

from csp.constants import NONE, SELF

from motcua.config import env, env_messages

PACKAGE = Path(__file__).resolve().parents[1]
HOME = env.home()

# -- the machine --------------------------------------------------------------------------------
DEBUG = env.flag("MOTCUA_DEBUG", default=False)
SECRET_KEY = env.secret_key(HOME)
ALLOWED_HOSTS = env.text("MOTCUA_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
PUBLIC_URL = env.web_address("MOTCUA_PUBLIC_URL", "http://127.0.0.1:8000")
"""The address printed on papers and in messages; a receipt's QR code opens it."""

HTTPS = PUBLIC_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = False  # the proxy in front does it; behind it we would loop
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if HTTPS else []
TRUSTED_PROXIES = env.number("MOTCUA_TRUSTED_PROXIES", 0)
"""How many proxies in front add to X-Forwarded-For; 0: nobody does, and the header is ignored."""

DATABASES = {"default": env.database(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- the house ----------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "motcua.ui",
    "motcua.journal",
    "motcua.people",
    "motcua.catalog",
    "motcua.files",
    "motcua.dossiers",
    "motcua.results",
    "motcua.cash",
    "motcua.papers",
    "motcua.notices",
    "motcua.portal",
    "motcua.desk",
    "motcua.oversight",
    "motcua.config",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # Django adds random bytes, so that lengths tell nothing (BREACH)
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "motcua.desk.middleware.LoginKeepingTyped",  # a page is public only if it says so
    "motcua.people.middleware.OfficerMiddleware",
    "motcua.people.middleware.SharedCounterMiddleware",
    "motcua.desk.middleware.OwnPasswordFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "motcua.config.urls"
WSGI_APPLICATION = "motcua.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "motcua.desk.context.desk",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "motcua.ui.templatetags.ui",
            ],
        },
    },
]

# -- who comes in -------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_LOCKOUT_CALLABLE = "motcua.desk.views.account.locked_out"
AXES_CLIENT_IP_CALLABLE = "motcua.ui.client.address"
AXES_VERBOSE = False
# A counter's machine is shared: a session ends after some minutes without a click.
SESSION_COOKIE_AGE = 60 * env.number("MOTCUA_IDLE_MINUTES", 30)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "motcua.ui.views.csrf_failure"

# -- what the browser may do --------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

# -- files, assets ------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "files"
MEDIA_URL = ""  # uploads have no address of their own: a view authorises, then sends
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "motcua.config.assets.Assets",
    },
}
FILE_UPLOAD_PERMISSIONS = 0o640
UPLOAD_LIMIT = env.number("MOTCUA_UPLOAD_MEGABYTES", 20) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
WHITENOISE_MAX_AGE = 3600

# -- language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# -- messages -----------------------------------------------------------------------------------
MAIL = env_messages.mail()
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
"""An empty host: mail stays in the queue, marked so."""
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.security == "starttls", MAIL.security == "tls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = MAIL.sender
SMS = env_messages.sms(HOME)

# -- saying what goes on, without a person's name in it -----------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "motcua": {"level": env.log_level("MOTCUA_LOG_LEVEL", "INFO")},
        # Django's own goes through the root above, once. 4xx answers are the user's business, not the log's.
        "django": {"handlers": [], "propagate": True},
        "django.request": {"level": "ERROR"},
        # A failed log-in names the account in clear otherwise.
        "axes": {"level": "ERROR"},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []

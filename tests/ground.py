"""`python -m tests.ground`: an empty data base becomes the one that tests in the process stand on (tests.cast)."""

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import override_settings  # noqa: E402

from motcua.catalog import load_procedures  # noqa: E402
from motcua.config import demo  # noqa: E402
from motcua.people import load_agencies, load_units  # noqa: E402

PASSWORD = "a password of the tests"
QUICK = "django.contrib.auth.hashers.MD5PasswordHasher"
"""A password that costs no time."""


def main() -> None:
    call_command("migrate", verbosity=0)
    load_units.load_units(load_units.DATA / "units.csv")
    load_agencies.load_agencies()
    load_procedures.load_procedures(load_procedures.DATA / "procedures.csv")
    with override_settings(PASSWORD_HASHERS=[QUICK]):
        demo.make_cast(PASSWORD)


if __name__ == "__main__":
    main()

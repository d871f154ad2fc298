"""Officers of the State, and the roles they hold in a unit."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.people.models.units import Field, Unit


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None, **facts: object) -> "User":
        user = self.model(username=username.strip().lower(), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Who logs in with a password. Citizens need no account to be served."""

    username = models.CharField(_("Tên đăng nhập"), max_length=60, unique=True)
    full_name = models.CharField(max_length=80)
    title = models.CharField(max_length=80, default="")
    """As printed under a signature: "Công chức Tư pháp - Hộ tịch"."""
    phone = models.CharField(max_length=40, default="")
    is_active = models.BooleanField(default=True)
    closes_on = models.DateField(null=True)
    """The last day of somebody who leaves; no new work comes, and after it the account closes itself."""
    must_change_password = models.BooleanField(default=False)
    """The password was given by somebody else: nothing opens before the officer has chosen one of his own."""
    is_simulated = models.BooleanField(default=False)
    """Not a living person: made for a trial, marked so on every page."""

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        return self.full_name


class Role(models.TextChoices):
    CLERK = "clerk", _("Tiếp nhận và trả kết quả")
    SPECIALIST = "specialist", _("Công chức chuyên môn")
    LEADER = "leader", _("Lãnh đạo")
    UNIT_ADMIN = "unit_admin", _("Quản trị đơn vị")
    SUPERVISOR = "supervisor", _("Giám sát")
    ADMINISTRATOR = "administrator", _("Quản trị tỉnh")


class Grant(models.Model):
    """A role that an officer holds in a unit; a supervisor's reaches all units below it."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    fields = models.ManyToManyField(Field, blank=True, related_name="grants")
    """A specialist's fields of work; for other roles empty."""
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "role"],
                condition=models.Q(valid_to=None),
                name="people_grant_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.unit_id}"

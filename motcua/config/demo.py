"""The trial province: real units, procedures and calendar, and a cast of people who do not exist.

Everybody made here is marked as simulated, and so is every dossier they bring.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from motcua.catalog import load_procedures
from motcua.catalog.models import Procedure
from motcua.config.demo_dossiers import make_dossiers
from motcua.dossiers.models import Dossier
from motcua.oversight import looking
from motcua.oversight.models import Signal, SignalState
from motcua.people import load_agencies, load_units
from motcua.people.models import Field, Grant, Person, Role, Unit, User
from motcua.rules.signals import Kind

Say = Callable[[str], None]
PASSWORD_FILE = "demo-password"  # noqa: S105  a file's name

COMMUNES = {"phuocvinh": "19798", "quangthanh": "19891", "ango": "20068"}
"""A ward of the city, a commune of the plain, a commune of the mountains: statistical codes."""


@dataclass(frozen=True, slots=True)
class Post:
    """A chair in a commune: account name, role, the desk's field for a specialist, title and who sits in it."""

    account: str
    role: Role
    title: str
    names: tuple[str, str, str]
    field: str = ""


POSTS = (
    Post(
        "tiepnhan",
        Role.CLERK,
        "Công chức tiếp nhận và trả kết quả",
        ("Trần Thị Lan", "Lê Thị Hoa", "Hồ Thị Mai"),
    ),
    Post(
        "tuphap",
        Role.SPECIALIST,
        "Công chức Tư pháp - Hộ tịch",
        ("Nguyễn Văn Minh", "Phan Văn Đức", "Hồ Văn Hạnh"),
        "Tư pháp - Hộ tịch",
    ),
    Post(
        "vanhoa",
        Role.SPECIALIST,
        "Công chức Văn hóa - Xã hội",
        ("Lê Thị Thu", "Trần Thị Ngọc", "Hồ Thị Sen"),
        "Văn hóa - Xã hội",
    ),
    Post(
        "diachinh",
        Role.SPECIALIST,
        "Công chức Địa chính - Xây dựng",
        ("Hoàng Văn Sơn", "Đặng Văn Bình", "Hồ Văn Ngoan"),
        "Địa chính - Xây dựng",
    ),
    Post(
        "vanphong",
        Role.SPECIALIST,
        "Công chức Văn phòng - Thống kê",
        ("Phạm Thị Hạnh", "Võ Thị Yến", "Hồ Thị Nga"),
        "Văn phòng - Thống kê",
    ),
    Post(
        "congan",
        Role.SPECIALIST,
        "Công an xã phụ trách cư trú",
        ("Lê Văn Thành", "Trần Văn Quân", "Hồ Văn Tiến"),
        "Công an",
    ),
    Post("lanhdao", Role.LEADER, "Chủ tịch UBND", ("Nguyễn Văn Hùng", "Lê Văn Quang", "Hồ Văn Lợi")),
)
KEEPS_THE_UNIT = "vanphong"
"""Whose chair also keeps the unit's own settings: its way of each procedure, its announcements, its staff."""
WATCHERS = (
    ("giamsat.quangdien", Role.SUPERVISOR, "477", "Trương Văn Phúc", "Trung tâm Hành chính công huyện"),
    ("giamsat.tinh", Role.SUPERVISOR, "46", "Tôn Nữ Minh Châu", "Văn phòng UBND tỉnh"),
    ("quantri", Role.ADMINISTRATOR, "46", "Phan Thanh Tùng", "Quản trị hệ thống tỉnh"),
)
AGENCIES = (
    ("laodong", "labour_office", "Chuyên viên Lao động - Thương binh và Xã hội", "Trưởng phòng"),
    ("baohiem", "social_insurance", "Viên chức Bảo hiểm xã hội", "Giám đốc"),
    ("conganhuyen", "police", "Cán bộ quản lý hành chính về trật tự xã hội", "Trưởng Công an huyện"),
)
"""Agencies of a district with a part in interlinked procedures: account, kind, titles of who works and who decides."""
AGENCY_NAMES = {
    "474": (
        "hue",
        "Lê Văn Khoa",
        "Trần Thị Diệu",
        "Ngô Văn Thắng",
        "Hoàng Thị Vân",
        "Phạm Văn Tú",
        "Đỗ Văn Long",
    ),
    "477": (
        "quangdien",
        "Văn Thị Lài",
        "Hồ Văn Dũng",
        "Trần Văn Thông",
        "Lê Thị Bé",
        "Phan Văn Nhật",
        "Lê Văn Cường",
    ),
    "481": (
        "aluoi",
        "Hồ Thị Liên",
        "Lê Văn Trừ",
        "Quỳnh Văn Hóa",
        "Hồ Thị Thêm",
        "Hồ Văn Ngưm",
        "Trần Văn Đô",
    ),
}
CHAIRMEN = {"474": "Nguyễn Văn Thành", "477": "Trần Quốc Phụng", "481": "Nguyễn Mạnh Hùng"}
CITIZENS = (
    ("046199000017", "Nguyễn Thị Hường", "12 Chi Lăng, Phường Phước Vĩnh", "0905000017", ""),
    ("046185000025", "Hồ Văn Ơi", "Thôn Vân Trình, Xã A Ngo", "", ""),
)


def set_up(say: Say) -> None:
    """Load what is not there yet; a second run finds everything and does nothing."""
    if not Unit.objects.exists():
        say("Nạp đơn vị hành chính …")
        load_units.load_units(load_units.DATA / "units.csv")
        load_agencies.load_agencies()
    if not Procedure.objects.exists():
        say("Nạp thủ tục hành chính …")
        load_procedures.load_procedures(load_procedures.DATA / "procedures.csv")
    if not User.objects.filter(is_simulated=True).exists():
        say("Tạo cán bộ mô phỏng …")
        make_cast(password())
    if not Dossier.objects.exists():
        units = [Unit.objects.get(code=code) for code in COMMUNES.values()]
        make_dossiers(units, say)
        _conclude_what_the_demo_made()


def _conclude_what_the_demo_made() -> None:
    """Its past was written down in one go, days after the dates on its papers: noticed, and concluded at once."""
    now = timezone.now()
    looking.look(now)
    watcher = User.objects.get(username="giamsat.tinh")
    Signal.objects.filter(kind=Kind.ENTERED_LATE).update(
        state=SignalState.SOLVED,
        conclusion="Hồ sơ mô phỏng, được tạo một lượt khi cài bản chạy thử.",
        solved_by=watcher,
        solved_at=now,
    )


def password() -> str:
    """One password for the whole cast, made once for this installation and kept beside its data."""
    path = Path(settings.HOME) / PASSWORD_FILE
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(f"motcua-{secrets.token_hex(4)}\n", encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()


@transaction.atomic
def make_cast(secret: str) -> None:
    hashed = make_password(secret)  # once: it is slow by design, and the same for all
    for place, (commune, code) in enumerate(COMMUNES.items()):
        unit = Unit.objects.get(code=code)
        for post in POSTS:
            user = _user(f"{post.account}.{commune}", hashed, post.names[place], post.title)
            grant = Grant.objects.create(user=user, unit=unit, role=post.role)
            if post.field:
                grant.fields.set(Field.objects.filter(name=post.field))
            if post.account == KEEPS_THE_UNIT:
                Grant.objects.create(user=user, unit=unit, role=Role.UNIT_ADMIN)
    for account, role, code, name, title in WATCHERS:
        user = _user(account, hashed, name, title)
        Grant.objects.create(user=user, unit=Unit.objects.get(code=code), role=role)
    _agencies(hashed)
    for id_number, name, address, phone, email in CITIZENS:
        Person.objects.create(
            id_number=id_number, full_name=name, address=address, phone=phone, email=email, is_simulated=True
        )


def _agencies(hashed: str) -> None:
    """Two officers in each agency of the trial's districts: one receives and works, one decides; and each chairman."""
    for district, (place, *names) in AGENCY_NAMES.items():
        chairman = _user(f"chutich.{place}", hashed, CHAIRMEN[district], "Chủ tịch UBND")
        Grant.objects.create(user=chairman, unit=Unit.objects.get(code=district), role=Role.LEADER)
        for number, (account, kind, works, decides) in enumerate(AGENCIES):
            unit = Unit.objects.get(agency_kind=kind, parent__code=district)
            worker = _user(f"{account}.{place}", hashed, names[2 * number], works)
            Grant.objects.create(user=worker, unit=unit, role=Role.CLERK)
            grant = Grant.objects.create(user=worker, unit=unit, role=Role.SPECIALIST)
            grant.fields.set(Field.objects.filter(group=None))
            leader = _user(f"{account}-ld.{place}", hashed, names[2 * number + 1], decides)
            Grant.objects.create(user=leader, unit=unit, role=Role.LEADER)


def _user(account: str, hashed: str, name: str, title: str) -> User:
    return User.objects.create(
        username=account, password=hashed, full_name=name, title=title, is_simulated=True
    )


def logins() -> list[str]:
    """One line for each of the cast: account, password, name, role, unit."""
    grants = Grant.objects.filter(user__is_simulated=True).select_related("user", "unit").order_by("pk")
    secret = password()
    first = {grant.user_id: grant for grant in reversed(grants)}
    return [
        f"{g.user.username:<26}{secret:<18}{g.user.full_name:<20}{g.user.title or g.get_role_display()}, {g.unit.name}"
        for g in sorted(first.values(), key=lambda grant: grant.pk)
    ]

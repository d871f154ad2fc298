"""Pages that only a dossier in a rarer state shows; the demo has one of each (config/demo_cases.py)."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.walks.province import CLERK, LEADER, NOBODY, SPECIALIST, Province, Stop

AGENCY = "baohiem.hue"
COPIES = "2.000815"
CITIZENS = {
    "waiting": "Nguyễn Thị Bổng",
    "proposed_again": "Trần Văn Lụa",
    "asked_again": "Lê Thị Thúy",
    "refused": "Phan Văn Tường",
    "withdrawn": "Hoàng Thị Nhạn",
    "overdue": "Võ Văn Cảnh",
    "reappointed": "Đặng Thị Mỹ",
    "at_agency": "Huỳnh Thị Sương",
    "acknowledged": "Tôn Thất Hoài",
    "consulted": "Nguyễn Đình Quang",
    "not_collected": "Hồ Thị Lựu",
    "recalled": "Lê Văn Phước",
    "reissued": "Trần Thị Diễm",
    "on_the_spot": "Phan Thị Cúc",
}
"""Whose dossier it is: simulated people of the demo."""


def states(province: Province) -> list[Stop]:
    """Those that look like no other page of the tour."""
    return [
        _dossier(province, "waiting", CLERK),
        _dossier(province, "proposed_again", LEADER),
        _dossier(province, "at_agency", AGENCY),
        _dossier(province, "recalled", LEADER),
        _tracked(province, "reappointed"),
        Stop("interlinked-arrived", AGENCY, _at(province, "/lien-thong/")),
        Stop("receive-spot", CLERK, _at(province, f"/tiep-nhan/{province.version(COPIES)}/")),
    ]


def more_states(province: Province) -> list[Stop]:
    """The others, for pictures."""
    return [
        *(_dossier(province, name, CLERK) for name in ("refused", "withdrawn", "reissued", "on_the_spot")),
        *(_dossier(province, name, SPECIALIST) for name in ("consulted", "overdue", "reappointed")),
        *(_dossier(province, name, LEADER) for name in ("asked_again", "overdue")),
        _dossier(province, "not_collected", CLERK),
        _dossier(province, "acknowledged", AGENCY),
        *(_tracked(province, name) for name in ("waiting", "at_agency", "recalled", "refused")),
    ]


def _dossier(province: Province, case: str, account: str) -> Stop:
    return Stop(
        f"dossier-{case}-{account.partition('.')[0]}",
        account,
        _at(province, f"/ho-so/{_code(province, case)}/"),
    )


def _tracked(province: Province, case: str) -> Stop:
    return Stop(f"track-{case}", NOBODY, _at(province, f"/tra-cuu/{_code(province, case)}/"))


def _at(province: Province, path: str) -> Callable[[Page], object]:
    def come(page: Page) -> None:
        page.goto(province.address + path)
        page.evaluate("document.querySelectorAll('main details').forEach(part => part.open = true)")

    return come


def _code(province: Province, case: str) -> str:
    rows = province.database.sql(
        "SELECT code FROM dossiers_dossier WHERE applicant_name = %s", CITIZENS[case]
    )
    return str(rows[0][0])

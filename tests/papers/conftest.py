import pytest

from motcua.dossiers.choices import SupplementPolicy
from motcua.dossiers.models import Dossier, MissingPaper, Supplement, SupplementItem, TurnedAway
from tests.cast import MONDAY, Played, version
from tests.dossiers.lives import HOUR, Desk


@pytest.fixture
def desk(clerk: Played, specialist: Played, other_specialist: Played, leader: Played) -> Desk:
    return Desk(clerk, specialist, other_specialist, leader)


def supplement_of(dossier: Dossier, by: Played, number: int = 1, **facts: object) -> Supplement:
    """A request as the act that asks writes it: two papers of the list, each with what is wrong with it."""
    given = {
        "reason": "Để xác định người giám hộ.",
        "proposed_by": by.user,
        "proposed_at": MONDAY + number * HOUR,
        "asked_at": MONDAY + number * HOUR,
        "policy": SupplementPolicy.RESTART,
        "position": 2,
        "unit": dossier.unit,
        "lapses_at": MONDAY + 30 * 24 * HOUR,
    }
    asked = Supplement.objects.create(dossier=dossier, number=number, **(given | facts))
    for requirement in dossier.version.papers.filter(is_note=False).order_by("-position")[:2]:
        SupplementItem.objects.create(supplement=asked, requirement=requirement, reason="Chưa ký tên")
    return asked


def turned_away_of(kind: TurnedAway.Kind, by: Played, **facts: object) -> TurnedAway:
    of = version()
    row = TurnedAway.objects.create(
        unit_id=by.officer.desk.unit_id,
        year=2026,
        number=5,
        kind=kind,
        version=of,
        applicant_name="Nguyễn Thị Thử",
        reason="Chưa đủ giấy tờ theo danh mục.",
        by=by.user,
        at=MONDAY,
        **facts,
    )
    MissingPaper.objects.create(
        turned_away=row, requirement=of.papers.filter(is_note=False).first(), reason="Không mang theo"
    )
    return row

"""Two communes that become one: the cast's Phường Phước Vĩnh goes into its neighbour Phường Trường An on Monday 23/11/2026."""

from datetime import date, datetime, timedelta
from typing import Any

from motcua.dossiers import mergers
from motcua.people import accounts
from motcua.people.merging import NewUnit, Plan
from motcua.people.models import Merger, Role, Unit, User
from tests.cast import MONDAY, Played, played

DAY = timedelta(days=1)
BEFORE, ON = "19798", date(2026, 11, 23)
NEIGHBOUR = "19795"
AFTER = datetime.fromisoformat("2026-11-23T09:00+07:00")
"""The morning of the day."""
PASSWORD = "a long word for the neighbour"


def unit_of(code: str) -> Unit:
    return Unit.objects.get(code=code)


def neighbours() -> dict[str, User]:
    """A clerk, a specialist of Tư pháp - Hộ tịch and a leader of the neighbour."""
    return {
        role: accounts.add_officer(
            unit_code=NEIGHBOUR,
            role=Role(role),
            username=f"{role}.hangxom",
            full_name=f"Người {role}",
            title="",
            fields=["Tư pháp - Hộ tịch"] if role == "specialist" else [],
            password=lambda: PASSWORD,
        )
        for role in ("clerk", "specialist", "leader")
    }


def neighbour(role: str) -> Played:
    """As he is now: roles are read anew."""
    return played(f"{role}.hangxom")


def wanted(**facts: Any) -> Plan:
    """Into the neighbour, which goes on."""
    given = {
        "on": ON,
        "decision": "834/NQ-UBTVQH14",
        "predecessors": (unit_of(BEFORE).pk,),
        "successor_id": unit_of(NEIGHBOUR).pk,
    }
    return Plan(**(given | facts))


def into_a_new_one(**facts: Any) -> Plan:
    both = (unit_of(BEFORE).pk, unit_of(NEIGHBOUR).pk)
    new = NewUnit("29999", "000.99.21.H57")
    return wanted(
        **{"predecessors": both, "successor_id": None, "new": new, "name": "Phường Hợp Nhất"}
        | {"parent_id": unit_of("474").pk}
        | facts
    )


def planned(administrator: Played, plan: Plan | None = None, at: datetime = MONDAY) -> Merger:
    return mergers.plan(administrator.officer, plan or wanted(), at)

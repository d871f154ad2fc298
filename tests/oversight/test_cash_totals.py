"""R33, R27: who watches sees sums by unit and month, and whose money it was nowhere."""

import pytest
from django.urls import reverse

from motcua.cash import actions as cash
from motcua.cash.actions import Taking
from motcua.cash.models import Method
from motcua.cash.quote import Charge
from tests.cast import COPIES, MONDAY, received, version
from tests.oversight.conftest import A_NGO, HUE, PHUOC_VINH, QUANG_DIEN, queries

MONTH = {"thang": "2026-11"}
PAYER = "Đặng Thị Nộp"


def address(unit: str) -> str:
    return reverse("cash_totals", args=[unit])


@pytest.fixture
def taken(clerk, outsider) -> None:
    charge = Charge(version(COPIES).fees.get().pk, units=2)
    for who, method in ((clerk, Method.CASH), (clerk, Method.ONLINE), (outsider, Method.CASH)):
        dossier = received(who, COPIES)
        cash.pay(who.act(MONDAY), dossier.pk, Taking((charge,), method, PAYER, "GD1"))
    voided = cash.pay(clerk.act(MONDAY), received(clerk, COPIES).pk, Taking((charge,), Method.CASH, PAYER))
    cash.void(clerk.act(MONDAY), voided.pk, reason="Nhầm.")


def test_the_province_sees_sums_by_unit(province, taken) -> None:
    response = province.get(address("46"), MONTH)
    whole = response.context["whole"]
    assert (whole.by_method, whole.receipts, whole.voided) == (
        {"cash": 8000, "transfer": 0, "online": 4000},
        4,
        1,
    )
    rows = {row.unit.code: row.totals.total for row in response.context["rows"]}
    assert rows == {HUE: 8000, rows_of_a_luoi(rows): 4000}
    words = response.content.decode()
    assert PAYER not in words
    assert "0000001/2026" not in words


def rows_of_a_luoi(rows: dict[str, int]) -> str:
    (code,) = set(rows) - {HUE}
    return code


def test_a_commune_has_its_own_sum(province, taken) -> None:
    response = province.get(address(PHUOC_VINH), MONTH)
    (row,) = response.context["rows"]
    assert (row.unit.code, row.totals.total) == (PHUOC_VINH, 8000)
    assert province.get(address(A_NGO), MONTH).context["whole"].total == 4000


@pytest.mark.parametrize("month", ["2026-10", "x", "", "2026-13", "9999-01", "0001-01"])
def test_another_month_or_none(province, taken, month: str) -> None:
    response = province.get(address("46"), {"thang": month})
    assert response.status_code == 200
    if month == "2026-10":
        assert response.context["whole"].total == 0


def test_a_district_sees_its_own_only(district_supervisor, taken) -> None:
    client = district_supervisor.client()
    assert client.get(address(QUANG_DIEN), MONTH).context["whole"].total == 0
    assert client.get(address(HUE), MONTH).status_code == 404


def test_as_many_queries_for_a_province_as_for_a_commune(province, taken) -> None:
    assert queries(province, address("46")) == queries(province, address(PHUOC_VINH)) <= 9

"""`signals`, `signal`, `signal_answer`, `signal_solve`: what was noticed, answered and concluded."""

from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.journal.models import Entry
from motcua.journal.queries import first_break
from motcua.oversight.models import Signal, SignalKind, SignalState
from motcua.rules.signals import Kind
from tests.cast import played, received
from tests.oversight.conftest import HUE, NOW, PHUOC_VINH, queries

SIGNALS = reverse("signals")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


# -- the list -------------------------------------------------------------------------------------
@pytest.fixture
def some_signals(clerk, outsider) -> list[Signal]:
    ward, commune = received(clerk), received(outsider)
    facts = [
        (Kind.NO_APOLOGY, ward, NOW),
        (Kind.SUPPLEMENT_AGAIN, ward, NOW - 40 * DAY),
        (Kind.NO_APOLOGY, commune, NOW - HOUR),
    ]
    return [
        Signal.objects.create(
            kind=kind, key=f"{n}", unit=dossier.unit, dossier=dossier, at=when, found_at=NOW, measure=2
        )
        for n, (kind, dossier, when) in enumerate(facts)
    ]


def keys(response) -> list[str]:
    assert response.status_code == 200
    return [row.key for row in response.context["page"].rows]


def test_a_supervisor_sees_the_subtree_latest_first(province, some_signals, district_supervisor):
    assert keys(province.get(SIGNALS)) == ["0", "2", "1"]
    assert keys(province.get(SIGNALS, {"unit": HUE})) == ["0", "1"]
    assert keys(district_supervisor.client().get(SIGNALS)) == []
    assert district_supervisor.client().get(SIGNALS, {"unit": HUE}).status_code == 404


def test_a_leader_sees_the_own_unit_only(leader, some_signals):
    client = leader.client()
    assert keys(client.get(SIGNALS)) == keys(client.get(SIGNALS, {"unit": PHUOC_VINH})) == ["0", "1"]
    assert client.get(SIGNALS, {"unit": "20068"}).status_code == 404
    assert f'href="{SIGNALS}"' in client.get(reverse("home")).content.decode()


@pytest.mark.parametrize("who", ["clerk", "specialist", "outsider"])
def test_nobody_else_sees_any(request, who, some_signals):
    client = request.getfixturevalue(who).client()
    assert client.get(SIGNALS).status_code == 403
    assert client.get(reverse("signal", args=[some_signals[0].pk])).status_code == 404


def test_each_leads_to_its_dossier(province, some_signals):
    page = province.get(SIGNALS).content.decode()
    for one in some_signals:
        assert f'href="{reverse("dossier", args=[one.dossier.code])}"' in page
    assert "Nguyễn Thị Thử" not in page  # R27: who looks at signals has no reason to read a citizen's name


def test_by_kind_and_period(province, some_signals):
    assert keys(province.get(SIGNALS, {"loai": "no_apology"})) == ["0", "2"]
    assert keys(province.get(SIGNALS, {"ky": "30"})) == ["0", "2"]
    assert keys(province.get(SIGNALS, {"ky": "90", "loai": "supplement_again"})) == ["1"]
    assert keys(province.get(SIGNALS, {"ky": "x", "loai": "x", "muc": "x", "after": "x"})) == ["0", "2", "1"]


def test_pages_by_key_and_keeps_its_filter(province, some_signals):
    first = some_signals[0]
    Signal.objects.bulk_create(
        Signal(kind=first.kind, key=f"x{n}", unit=first.unit, at=NOW - n * HOUR, found_at=NOW)
        for n in range(120)
    )
    before = queries(province, SIGNALS)
    page = province.get(SIGNALS, {"loai": "no_apology"})
    found = keys(page)
    while on := page.context["page"].on:
        assert "loai=no_apology" in on
        page = province.get(SIGNALS + on)
        found += keys(page)
    assert len(found) == len(set(found)) == 122
    Signal.objects.filter(key__startswith="x", pk__gt=first.pk + 20).update(state=SignalState.SOLVED)
    assert queries(province, SIGNALS) == before <= 10


@pytest.mark.parametrize("kind", SignalKind)
def test_every_kind_has_its_sentence(province, some_signals, kind):
    Signal.objects.update(kind=kind, measure=600, whole=700)
    page = province.get(reverse("signal", args=[some_signals[0].pk])).content.decode()
    assert str(kind.label) in page
    assert "%" not in page.partition("<main")[2]


def test_stands_as_a_number_on_the_overview(province, some_signals):
    response = province.get(reverse("overview"))
    assert response.context["whole"].signals == 3
    assert f'href="{SIGNALS}?unit={HUE}"' in response.content.decode()
    Signal.objects.filter(key="0").update(state=SignalState.ANSWERED)
    assert province.get(reverse("overview")).context["whole"].signals == 2


# -- answered and concluded -----------------------------------------------------------------------
def post(client, name: str, signal: Signal, words: str):
    prefix = name.removeprefix("signal_")
    return client.post(reverse(name, args=[signal.pk]), {f"{prefix}-words": words})


def test_the_leader_answers_and_the_supervisor_concludes(leader, province, some_signals):
    signal = some_signals[0]
    assert post(leader.client(), "signal_answer", signal, "Mất điện cả ngày.").status_code == 302
    signal.refresh_from_db()
    assert (signal.state, signal.answer, signal.answered_by) == ("answered", "Mất điện cả ngày.", leader.user)
    page = province.get(reverse("signal", args=[signal.pk])).content.decode()
    assert "Mất điện cả ngày." in page
    assert post(province, "signal_solve", signal, "Chấp nhận.").status_code == 302
    signal.refresh_from_db()
    assert (signal.state, signal.conclusion) == ("solved", "Chấp nhận.")
    assert keys(province.get(SIGNALS, {"muc": "da-ket-luan"})) == ["0"]


def test_both_are_on_record_without_their_words(leader, province, some_signals):
    """R27."""
    post(leader.client(), "signal_answer", some_signals[0], "Mất điện cả ngày.")
    post(province, "signal_solve", some_signals[0], "Chấp nhận.")
    entries = list(Entry.objects.filter(subject=f"signal:{some_signals[0].pk}").order_by("number"))
    assert [(one.chain, one.kind) for one in entries] == [
        (PHUOC_VINH, "signal.answered"),
        (PHUOC_VINH, "signal.solved"),
    ]
    assert not [one for one in entries if "Mất điện" in one.facts or "Chấp nhận" in one.facts]
    assert first_break(PHUOC_VINH) is None


def test_what_was_concluded_is_not_answered_any_more(leader, province, some_signals):
    post(province, "signal_solve", some_signals[0], "Chấp nhận.")
    response = post(leader.client(), "signal_answer", some_signals[0], "Nhưng mà")
    assert response.status_code == 422
    page = response.content.decode()
    assert "đã được kết luận" in page
    some_signals[0].refresh_from_db()
    assert some_signals[0].answer == ""


@pytest.mark.parametrize("words", ["", "   ", "x" * 2001])
def test_what_is_wrong_is_said_and_what_was_typed_stays(leader, some_signals, words):
    response = post(leader.client(), "signal_answer", some_signals[0], words)
    assert response.status_code == 422
    assert words.strip() in response.content.decode()
    assert not Entry.objects.filter(kind="signal.answered").exists()


def test_a_supervisor_does_not_answer_and_a_leader_does_not_conclude(leader, province, some_signals):
    assert post(province, "signal_answer", some_signals[0], "x").status_code == 422
    assert post(leader.client(), "signal_solve", some_signals[0], "x").status_code == 422
    assert Signal.objects.filter(state=SignalState.OPEN).count() == 3


@pytest.mark.parametrize("number", [0, 10**9, 10**30])
def test_a_signal_that_there_is_not(province, some_signals, number):
    for name in ("signal", "signal_answer", "signal_solve"):
        path = reverse(name, args=[number])
        assert (province.get if name == "signal" else province.post)(path).status_code == 404


def test_another_units_leader_is_told_that_there_is_none(some_signals):
    other = played("lanhdao.ango").client()
    assert other.get(reverse("signal", args=[some_signals[0].pk])).status_code == 404
    assert post(other, "signal_answer", some_signals[0], "x").status_code == 404
    assert other.get(reverse("signal", args=[some_signals[2].pk])).status_code == 200

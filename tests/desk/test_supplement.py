"""The pages on which something is asked for once more, permitted, brought, refused or taken back (R03, R14, R25)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.dossiers.models import Dossier, Supplement, TurnedAway
from motcua.results.models import Result
from motcua.rules.workflow import State
from tests.cast import GUARDIANSHIP, version
from tests.desk.conftest import NOW, Office, copies, read

WHY = "Giấy khai sinh mờ, không đọc được."


def papers(most: int = 2) -> list[int]:
    listed = version(GUARDIANSHIP).papers.filter(is_note=False).order_by("position")
    return list(listed.values_list("pk", flat=True)[:most])


def asking(dossier: Dossier, **more: str) -> dict[str, str]:
    first = papers()[0]
    facts = {
        "revision": str(dossier.revision),
        "supplement-reason": WHY,
        f"supplement-want-{first}": "on",
        f"supplement-why-{first}": "Mờ",
    }
    return facts | more


def sent(client: Client, name: str, dossier: Dossier, facts: dict[str, str]):
    return client.post(reverse(name, args=[dossier.code]), facts, follow=True)


def now(dossier: Dossier) -> Dossier:
    return Dossier.objects.get(pk=dossier.pk)


def waiting(office: Office) -> Dossier:
    dossier = office.dossier("processing")
    sent(office.specialist.client(), "ask_supplement", dossier, asking(dossier))
    return now(dossier)


def coming(dossier: Dossier, **more: str) -> dict[str, str]:
    first = papers()[0]
    facts = {
        "revision": str(dossier.revision),
        f"resume-came-{first}": "on",
        f"resume-kind-{first}": "original",
        f"resume-number-{first}": "1",
    }
    return facts | more


def test_the_specialist_asks_on_the_dossiers_page(office: Office) -> None:
    """R14."""
    dossier = office.dossier("processing")
    page = read(sent(office.specialist.client(), "ask_supplement", dossier, asking(dossier)))
    assert now(dossier).state == State.WAITING
    assert "Chờ người nộp bổ sung" in page.text
    assert WHY in page.text
    assert "Mờ" in page.text


def test_what_is_missing_in_the_request_is_said_and_what_was_typed_stays(office: Office) -> None:
    dossier = office.dossier("processing")
    first = papers()[0]
    facts = asking(dossier, **{f"supplement-why-{first}": "", "supplement-reason": WHY})
    answer = office.specialist.client().post(reverse("ask_supplement", args=[dossier.code]), facts)
    page = read(answer, 422)
    assert "Ghi rõ giấy tờ này thiếu gì, sai gì." in page.text
    assert WHY in page.text
    assert now(dossier).state == State.PROCESSING
    none = {"revision": str(dossier.revision), "supplement-reason": WHY}
    answer = office.specialist.client().post(reverse("ask_supplement", args=[dossier.code]), none)
    assert "Chưa chọn giấy tờ nào" in read(answer, 422).text


def test_the_clerk_finds_it_among_those_that_wait_and_takes_what_came(office: Office) -> None:
    dossier = waiting(office)
    listed = read(office.clerk.client().get(reverse("work") + "?muc=bo-sung"))
    assert dossier.code in listed.text
    assert dossier.code not in read(office.clerk.client().get(reverse("work") + "?muc=tat-ca")).text
    assert "Chờ dân bổ sung" in read(office.clerk.client().get(reverse("home"))).text
    sent(office.clerk.client(), "resume", dossier, coming(dossier))
    assert now(dossier).state == State.PROCESSING
    assert Supplement.objects.get(dossier=dossier).answered_at == NOW


def test_while_a_paper_is_missing_the_clock_stays_where_it_is(office: Office) -> None:
    dossier = waiting(office)
    first = papers()[0]
    answer = office.clerk.client().post(
        reverse("resume", args=[dossier.code]),
        {name: value for name, value in coming(dossier).items() if name != f"resume-came-{first}"},
    )
    assert "Thời hạn chỉ tính tiếp khi đủ" in read(answer, 422).text
    answer = office.clerk.client().post(
        reverse("resume", args=[dossier.code]), coming(dossier, **{f"resume-number-{first}": "0"})
    )
    assert "Ít nhất 1 bản" in read(answer, 422).text
    assert now(dossier).state == State.WAITING


def test_the_leader_sees_that_it_is_asked_once_more_and_says_yes_or_no(office: Office) -> None:
    """R14: the second time."""
    dossier = waiting(office)
    sent(office.clerk.client(), "resume", dossier, coming(dossier))
    dossier = now(dossier)
    page = read(office.specialist.client().get(reverse("dossier", args=[dossier.code])))
    assert reverse("ask_supplement", args=[dossier.code]) not in page.actions()
    sent(office.specialist.client(), "propose_supplement", dossier, asking(dossier))
    leader = office.leader.client()
    assert dossier.code in read(leader.get(reverse("approvals"))).text
    asked = read(leader.get(reverse("dossier", args=[dossier.code])))
    assert len(asked.all(name="again-words")) == 1  # one reason, whichever button
    facts = {"revision": str(now(dossier).revision), "again-words": "Đã đủ căn cứ."}
    unsaid = leader.post(reverse("decline_supplement", args=[dossier.code]), facts | {"again-words": ""})
    assert "Hãy ghi lý do" in read(unsaid, 422).text
    sent(leader, "decline_supplement", dossier, facts)
    assert now(dossier).supplements == 1
    sent(office.specialist.client(), "propose_supplement", dossier, asking(now(dossier)))
    empty = {"revision": str(now(dossier).revision), "again-words": ""}
    answer = leader.post(reverse("permit_supplement", args=[dossier.code]), empty)
    assert "Hãy ghi lý do" in read(answer, 422).text
    sent(leader, "permit_supplement", dossier, empty | {"again-words": "Cần thiết."})
    assert (now(dossier).state, now(dossier).supplements) == (State.WAITING, 2)
    page = read(leader.get(reverse("dossier", args=[dossier.code])))
    assert "Yêu cầu bổ sung nhiều lần" in page.text


def test_the_clerk_takes_it_back_at_the_applicants_word(office: Office) -> None:
    dossier = office.dossier("approval")
    facts = {"revision": str(dossier.revision), "withdraw-words": "Đổi ý."}
    sent(office.clerk.client(), "withdraw", dossier, facts)
    assert (now(dossier).state, now(dossier).outcome) == (State.DONE, "withdrawn")
    page = read(office.clerk.client().get(reverse("dossier", args=[dossier.code]))).text
    assert "Trả lại giấy tờ cho dân" in page
    assert "Có kết quả" not in page
    assert "Đã rút" in read(office.clerk.client().get(reverse("ready"))).text


def test_the_specialist_prepares_a_refusal(office: Office) -> None:
    """R25."""
    dossier = office.dossier("processing")
    facts = {"revision": str(dossier.revision), "result-refusal": "Không đủ điều kiện."}
    sent(office.specialist.client(), "result", dossier, facts)
    assert Result.objects.get(dossier=dossier).reason == "Không đủ điều kiện."
    facts = {"revision": str(now(dossier).revision), "forward-words": ""}
    sent(office.specialist.client(), "forward", dossier, facts)
    page = read(office.leader.client().get(reverse("dossier", args=[dossier.code])))
    assert "Không đủ điều kiện." in page.text
    sent(
        office.leader.client(),
        "approve",
        dossier,
        {"revision": str(now(dossier).revision), "approve-words": ""},
    )
    assert now(dossier).outcome == "refused"


# -- before reception -----------------------------------------------------------------------------
def slip(**more: str) -> dict[str, str]:
    first = papers()[0]
    return {
        "kind": "incomplete",
        "full_name": "Nguyễn Thị Thử",
        "reason": "Chưa đủ giấy tờ.",
        f"want-{first}": "on",
        f"why-{first}": "Chưa nộp",
    } | more


def test_from_the_form_of_reception_what_is_not_ticked_is_missing(counter: Client) -> None:
    """R03: nothing typed is lost on the way."""
    listed = papers(9)
    typed = {"full_name": "Nguyễn Thị Thử", "phone": "0905000999", "taken": [str(listed[0])]}
    page = read(counter.post(reverse("turn_away", args=[version().pk]), typed))
    boxes = {node.attrs["name"] for node in page.all("input") if "checked" in node.attrs}
    assert boxes == {f"want-{pk}" for pk in listed[1:]} | {"kind"}
    sent_on = page.form(reverse("turn_away", args=[version().pk])).values
    assert sent_on["full_name"] == ["Nguyễn Thị Thử"]
    assert not TurnedAway.objects.exists()


def test_the_slip_is_written_and_listed(counter: Client) -> None:
    page = read(counter.post(reverse("turn_away", args=[version().pk]), slip(), follow=True))
    row = TurnedAway.objects.get()
    assert (row.number, row.reason, row.missing.count()) == (1, "Chưa đủ giấy tờ.", 1)
    assert "Nguyễn Thị Thử" in page.text
    assert "1/2026" in page.text


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"full_name": ""}, "Hãy ghi họ tên"),
        ({"reason": ""}, "Hãy ghi lý do"),
        ({"email": "x"}, "thư điện tử chưa đúng"),
        ({"kind": "lost"}, "lost"),
    ],
)
def test_a_slip_says_what_it_lacks(counter: Client, facts: dict[str, str], message: str) -> None:
    answer = counter.post(reverse("turn_away", args=[version().pk]), slip(**facts))
    assert message in read(answer, 422).text
    assert not TurnedAway.objects.exists()


def test_a_refusal_at_the_counter_asks_for_no_paper(counter: Client) -> None:
    counter.post(reverse("turn_away", args=[version().pk]), slip(kind="refused"))
    assert TurnedAway.objects.get().missing.count() == 0


def test_what_is_not_offered_here_leads_back(counter: Client) -> None:
    answer = counter.post(reverse("turn_away", args=[999_999]), slip(), follow=True)
    assert "không còn trong danh mục" in read(answer).text


def test_a_long_list_of_those_that_wait_costs_as_many_queries(office: Office, counter: Client) -> None:
    dossier = waiting(office)
    address = reverse("work") + "?muc=bo-sung"
    counter.get(address)
    counts = []
    for more in (0, 60):
        if more:
            copies(dossier, more, step_id=dossier.step_id, received_at=NOW - timedelta(hours=1))
        with CaptureQueriesContext(connection) as seen:
            counter.get(address)
        counts.append(len(seen))
    assert counts[0] == counts[1]

"""Reception at the counter: the due time before anything is saved, all mistakes at once, nothing typed lost."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from motcua.catalog.models import Offering, PaperRequirement, ProcedureVersion
from motcua.catalog.queries import offered
from motcua.dossiers.models import Dossier
from motcua.journal import worker
from motcua.people import actions as people
from motcua.people.models import Unit
from motcua.rules.workflow import StepKind
from tests.cast import GUARDIANSHIP, version
from tests.desk.conftest import read
from tests.desk.reading import Values


def address(of: ProcedureVersion | None = None) -> str:
    return reverse("receive", args=[(of or version()).pk])


def papers() -> list[PaperRequirement]:
    return [paper for paper in version().papers.order_by("position") if not paper.is_note]


def filled(counter: Client, **changes: Any) -> Values:
    """The form as the page gives it, with what a clerk must add."""
    form = read(counter.get(address())).form(id="receive")
    given = {"full_name": "Nguyễn Thị Thử", "taken": [papers()[0].pk], "forward": "on"}
    return form.filled(**(given | changes))


def sent(counter: Client, **changes: Any) -> HttpResponse:
    return counter.post(address(), filled(counter, **changes))


# -- before anything is saved -------------------------------------------------------------------
def test_the_due_time_and_why(counter: Client) -> None:
    """R12, R16: three working days from Monday end on Thursday, with the reason of each day."""
    page = read(counter.get(address()))
    assert page.h1 == version().name
    assert "17:00, 19/11/2026" in page.text
    (why,) = page.all("details", class_="why")[-1:]
    told = [row.text for row in why.all("tr")]
    assert [line[:10] for line in told] == ["16/11/2026", "17/11/2026", "18/11/2026", "19/11/2026"]
    assert Dossier.objects.count() == 0


def test_enter_in_a_field_receives_and_turns_nobody_away(counter: Client) -> None:
    """A browser then presses the form's first button; the look-up is there only without scripts."""
    (form,) = read(counter.get(address())).all("form", id="receive")
    first, *others = [one for one in form.all("button") if one.attrs.get("name") != "lookup"]
    assert "formaction" not in first.attrs
    assert reverse("turn_away", args=[version().pk]) in [other.attrs.get("formaction") for other in others]


def test_the_published_papers_with_kind_and_number(counter: Client) -> None:
    page = read(counter.get(address()))
    values = page.form(id="receive").values
    assert "taken" not in values
    for paper in papers():
        assert paper.name in page.text
        assert values[f"paper-{paper.pk}-kind"] == [paper.kind]
        assert values[f"paper-{paper.pk}-number"] == [str(max(1, paper.number))]


def test_a_limit_in_doubt_is_said(counter: Client, unit: Unit) -> None:
    doubtful = offered(unit.pk).filter(limit_confirmed=False).exclude(limit="")
    assert "Thời hạn chưa được xác nhận" in read(counter.get(address(doubtful.first()))).text


# -- reception ----------------------------------------------------------------------------------
def test_received(counter: Client) -> None:
    answer = sent(
        counter,
        id_number="046 199 000 017",
        phone="0905 123 456",
        note="Cần gấp",
        return_method="post",
        sets=2,
    )
    dossier = Dossier.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("dossier", args=[dossier.code]) + "?moi=1"
    assert (dossier.applicant_name, dossier.phone, dossier.note) == (
        "Nguyễn Thị Thử",
        "0905123456",
        "Cần gấp",
    )
    assert (dossier.return_method, dossier.sets, dossier.applicant.id_number) == ("post", 2, "046199000017")
    assert [(paper.requirement_id, paper.number) for paper in dossier.papers.all()] == [(papers()[0].pk, 1)]
    assert dossier.step_kind == StepKind.PROCESSING
    assert dossier.is_simulated  # as is its clerk


def test_the_receipt_is_made_without_being_asked_for(counter: Client) -> None:
    sent(counter)
    worker.drain()
    code = Dossier.objects.get().code
    page = read(counter.get(reverse("dossier", args=[code]) + "?moi=1"))
    assert "Hẹn trả kết quả lúc 17:00, 19/11/2026" in " ".join(page.notices)
    assert reverse("receipt", args=[code]) in page.links


def test_kept_at_the_desk_when_not_handed_on(counter: Client) -> None:
    sent(counter, forward=None)
    assert Dossier.objects.get().step_kind == StepKind.RECEPTION


def test_nobody_sets_the_clock(counter: Client) -> None:
    """R15: a due time smuggled into the form is not even read."""
    sent(counter, due_at="2030-01-01T00:00", received_at="2020-01-01T00:00")
    assert Dossier.objects.get().due_at.isoformat() == "2026-11-19T10:00:00+00:00"


# -- mistakes -----------------------------------------------------------------------------------
def test_three_mistakes_three_messages_nothing_lost(counter: Client) -> None:
    first, second = papers()[:2]
    typed = {
        "id_number": "046199000017",
        "full_name": "  ",
        "address": "12 Chi Lăng <Huế>",
        "phone": "12",
        "submitter_name": "Trần Văn Thay",
        "note": "dòng một\ndòng hai",
        "return_method": "post",
        "forward": None,
        "taken": [first.pk],
        f"paper-{first.pk}-kind": "copy",
        f"paper-{first.pk}-number": "0",
        f"paper-{second.pk}-kind": "certified",
        f"paper-{second.pk}-number": "7",
    }
    page = read(sent(counter, **typed), 422)
    assert set(page.errors) == {"id_full_name", "id_phone", f"id_paper-{first.pk}-number"}
    assert len(page.summary) == 3
    kept = page.form(id="receive").values
    assert "forward" not in kept
    for name, value in typed.items():
        if value is not None:
            assert kept[name] == [str(v) for v in (value if isinstance(value, list) else [value])], name
    assert Dossier.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("full_name", ""),
        ("id_number", "12345"),
        ("phone", "1905123456"),
        ("email", "ten@"),
        ("sets", "0"),
        ("sets", ""),
        ("sets", "hai"),
    ],
)
def test_a_mistake_stands_at_its_field(counter: Client, name: str, value: str) -> None:
    page = read(sent(counter, **{name: value}), 422)
    assert set(page.errors) == {f"id_{name}"}
    assert page.form(id="receive").values[name] == [value]


@pytest.mark.parametrize("number", ["0", "100", "", "một"])
def test_a_wrong_number_of_a_paper_alone_is_refused(counter: Client, number: str) -> None:
    first = papers()[0]
    page = read(sent(counter, **{f"paper-{first.pk}-number": number}), 422)
    assert set(page.errors) == {f"id_paper-{first.pk}-number"}


def test_what_is_not_ticked_is_not_checked(counter: Client) -> None:
    second = papers()[1]
    assert sent(counter, **{f"paper-{second.pk}-number": "0"}).status_code == 302


def test_no_paper_ticked(counter: Client) -> None:
    page = read(sent(counter, taken=[]), 422)
    assert page.summary == ["Chưa đánh dấu giấy tờ nào. Đánh dấu những giấy tờ đã nhận."]


def test_a_paper_beside_the_list_cannot_be_smuggled_in(counter: Client) -> None:
    """R02: another procedure's paper, ticked by a forged form, is not received."""
    other = PaperRequirement.objects.exclude(version=version()).filter(is_note=False).first()
    facts = {f"paper-{other.pk}-kind": "original", f"paper-{other.pk}-number": "1"}
    assert sent(counter, taken=[other.pk], **facts).status_code == 422
    sent(counter, taken=[papers()[0].pk, other.pk], **facts)
    assert [paper.requirement_id for paper in Dossier.objects.get().papers.all()] == [papers()[0].pk]


# -- who came before ----------------------------------------------------------------------------
def test_filled_in_without_scripts(counter: Client) -> None:
    people.remember_person(
        id_number="046199000017",
        full_name="Nguyễn Thị Hường",
        address="12 Chi Lăng",
        phone="",
        email="",
        is_simulated=True,
    )
    first = papers()[0]
    typed = {
        "id_number": "046199000017",
        "full_name": None,
        "note": "Đã gọi trước",
        "taken": [first.pk],
        f"paper-{first.pk}-number": "3",
        "return_method": "online",
        "forward": None,
    }
    page = read(counter.post(address(), filled(counter, **typed) | {"lookup": ["1"]}))
    kept = page.form(id="receive").values
    assert (kept["full_name"], kept["address"]) == (["Nguyễn Thị Hường"], ["12 Chi Lăng"])
    assert (kept["note"], kept["taken"], kept["return_method"]) == (
        ["Đã gọi trước"],
        [str(first.pk)],
        ["online"],
    )
    assert kept[f"paper-{first.pk}-number"] == ["3"]
    assert "forward" not in kept
    assert page.errors == {}
    assert Dossier.objects.count() == 0


def test_a_look_up_is_no_examination(counter: Client) -> None:
    """A half-filled form that asks who this is hears nothing of what is still missing."""
    first = papers()[0]
    typed = {"id_number": "046199999999", "full_name": "Người mới", f"paper-{first.pk}-number": "0"}
    page = read(counter.post(address(), filled(counter, **typed) | {"lookup": ["1"]}))
    assert page.summary == []
    assert "Chưa có người nào với số giấy tờ này" in " ".join(page.notices)
    assert page.form(id="receive").values["full_name"] == ["Người mới"]


# -- what cannot be received --------------------------------------------------------------------
def test_a_version_that_the_unit_does_not_offer(counter: Client, unit: Unit) -> None:
    data = filled(counter)
    Offering.objects.filter(unit=unit, procedure__code=GUARDIANSHIP).delete()
    for answer in (counter.get(address(), follow=True), counter.post(address(), data, follow=True)):
        assert answer.redirect_chain == [(reverse("receive_find"), 302)]
        assert "không còn trong danh mục của đơn vị" in " ".join(read(answer).notices)
    assert Dossier.objects.count() == 0


def test_a_procedure_without_a_limit(counter: Client, unit: Unit) -> None:
    """No appointment could be given, so none is invented."""
    without = offered(unit.pk).filter(limit="").first()
    answer = counter.get(address(without), follow=True)
    assert "chưa công bố thời hạn" in " ".join(read(answer).notices)


def test_a_version_that_does_not_exist(counter: Client) -> None:
    assert counter.get(reverse("receive", args=[999_999_999])).status_code == 302
    assert counter.get(reverse("receive", args=[10**30])).status_code == 302


def test_the_same_query_count_for_any_number_of_papers(
    counter: Client, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(14):
        counter.get(address())

"""R33 at the till: the total is seen before it is taken, nothing typed is lost, a receipt is voided with a reason."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.cash.models import Payment
from motcua.catalog.models import Fee
from motcua.dossiers.models import Dossier
from tests.cast import BIRTH, COPIES, MONDAY, Played, received, version
from tests.desk.conftest import Office, read
from tests.desk.reading import Page

SIGNATURE = "2.000884"
TAKE = {"take": "1"}


def address(dossier: Dossier) -> str:
    return reverse("pay", args=[dossier.code])


def shown(client: Client, dossier: Dossier) -> Page:
    return read(client.get(address(dossier)))


def sent(client: Client, dossier: Dossier, page: Page, **changes):
    return client.post(address(dossier), page.form(address(dossier)).filled(**changes))


def fee_of(code: str) -> Fee:
    return version(code).fees.get()


def copies(fee: Fee, *rows: tuple[object, object]) -> dict[str, object]:
    """What is typed into the lines of a fee by page and copy."""
    names = ((f"fee-{fee.pk}-{place}", row) for place, row in enumerate(rows))
    return {
        f"{name}-{part}": v for name, row in names for part, v in zip(("items", "units"), row, strict=True)
    }


def total(page: Page) -> str:
    return page.all("input", name="seen")[0].attrs["value"]


def test_a_fee_by_the_case_stands_there_counted_and_is_taken_with_one_press(
    office: Office, counter: Client
) -> None:
    dossier = office.dossier("processing", SIGNATURE)
    page = shown(counter, dossier)
    assert total(page) == "10000"
    assert "Thu 10.000 đ, cấp biên lai" in page.text
    answer = sent(counter, dossier, page, **TAKE)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("dossier", args=[dossier.code]) + "#fees"
    payment = Payment.objects.get()
    assert (payment.amount, payment.receipt, payment.payer_name) == (10_000, "0000001/2026", "Nguyễn Thị Thử")
    after = read(counter.get(reverse("dossier", args=[dossier.code])))
    assert "Biên lai số 0000001/2026" in after.text
    assert "Chưa thu" not in after.text


def test_counting_changes_nothing_and_keeps_what_was_typed(office: Office, counter: Client) -> None:
    dossier = office.dossier("processing", COPIES)
    page = shown(counter, dossier)
    assert (total(page), page.text.count("Chưa chọn khoản thu nào")) == ("0", 1)
    typed = copies(fee_of(COPIES), (3, 5), (1, 300)) | {"payer_name": "Lê Văn Nộp", "method": "transfer"}
    page = read(sent(counter, dossier, page, count="1", **typed))
    assert (total(page), page.errors) == ("221000", {})
    assert not Payment.objects.exists()
    values = page.form(address(dossier)).values
    assert (values["payer_name"], values["method"]) == (["Lê Văn Nộp"], ["transfer"])
    page = read(sent(counter, dossier, page, **TAKE), 422)
    assert list(page.errors) == ["id_reference"]
    assert sent(counter, dossier, page, reference="FT1", **TAKE).status_code == 302
    assert Payment.objects.get().reference == "FT1"


def test_more_lines_for_more_papers(office: Office, counter: Client) -> None:
    dossier = office.dossier("processing", COPIES)
    fee = fee_of(COPIES)
    page = shown(counter, dossier)
    assert len(page.all("input", name=f"fee-{fee.pk}-2-units")) == 0
    page = read(sent(counter, dossier, page, **copies(fee, (1, 1), (1, 1)), **{f"more-{fee.pk}": "1"}))
    page = read(
        sent(counter, dossier, page, count="1", **copies(fee, (1, 1), (1, 1), (1, 1), ("", ""), (2, 2)))
    )
    assert total(page) == "14000"


def test_nobody_takes_a_sum_that_did_not_stand_on_the_page(office: Office, counter: Client) -> None:
    """Without scripts, too: quantities changed after the last count come back with the new total first."""
    dossier = office.dossier("processing", COPIES)
    page = shown(counter, dossier)
    page = read(sent(counter, dossier, page, **copies(fee_of(COPIES), (1, 5)), **TAKE), 422)
    assert any("7.000 đ" in line for line in page.summary)
    assert not Payment.objects.exists()
    assert total(page) == "7000"
    assert sent(counter, dossier, page, **TAKE).status_code == 302
    assert Payment.objects.get().amount == 7000


@pytest.mark.parametrize("seen", [None, "", "x", "-1", "9" * 5000])
def test_a_total_that_was_not_ours(office: Office, counter: Client, seen: str | None) -> None:
    dossier = office.dossier("processing", SIGNATURE)
    answer = sent(counter, dossier, shown(counter, dossier), seen=seen, **TAKE)
    assert answer.status_code == 422
    assert not Payment.objects.exists()


def test_mistakes_stand_in_their_places(office: Office, counter: Client) -> None:
    dossier = office.dossier("processing", COPIES)
    fee = fee_of(COPIES)
    typed = copies(fee, (3, ""), ("hai", 5)) | {"payer_name": ""}
    page = read(sent(counter, dossier, shown(counter, dossier), **typed, **TAKE), 422)
    assert set(page.errors) == {f"id_fee-{fee.pk}-0-units", f"id_fee-{fee.pk}-1-items", "id_payer_name"}
    assert page.form(address(dossier)).values[f"fee-{fee.pk}-1-items"] == ["hai"]
    page = read(sent(counter, dossier, shown(counter, dossier), **TAKE), 422)
    assert any("Chưa chọn khoản thu nào" in line for line in page.summary)


@pytest.mark.parametrize("units", ["-1", "10000", "1.5", "9" * 400])
def test_quantities_that_there_cannot_be(office: Office, counter: Client, units: str) -> None:
    dossier = office.dossier("processing", SIGNATURE)
    fee = fee_of(SIGNATURE)
    name = f"fee-{fee.pk}-0-units"
    page = read(sent(counter, dossier, shown(counter, dossier), **{name: units}, **TAKE), 422)
    assert set(page.errors) == {f"id_{name}"}


def test_who_is_exempt_is_recorded_by_ground(office: Office, counter: Client) -> None:
    dossier = office.dossier("processing", BIRTH)
    fee = fee_of(BIRTH)
    page = shown(counter, dossier)
    assert "chưa có mức thu, hỏi quản trị tỉnh" in page.text
    assert not page.all("input", name=f"fee-{fee.pk}-0-units")
    ground = fee.exemptions.get(ground="Khai sinh đúng hạn")
    page = read(sent(counter, dossier, page, count="1", **{f"fee-{fee.pk}-0-exemption": ground.pk}))
    assert "Ghi miễn" in page.text
    assert sent(counter, dossier, page, **TAKE).status_code == 302
    assert Payment.objects.get().number is None
    after = read(counter.get(reverse("dossier", args=[dossier.code])))
    assert "Ghi miễn, không thu tiền" in after.text


def test_a_ground_of_another_fee_is_no_choice(office: Office, counter: Client) -> None:
    dossier = office.dossier("processing", BIRTH)
    fee, other = fee_of(BIRTH), fee_of("2.001263").exemptions.first()
    assert other
    name = f"fee-{fee.pk}-0-exemption"
    page = read(sent(counter, dossier, shown(counter, dossier), **{name: other.pk}, **TAKE), 422)
    assert set(page.errors) == {f"id_{name}"}


def test_a_page_that_is_out_of_date_says_so(office: Office, counter: Client) -> None:
    dossier = office.dossier("processing", SIGNATURE)
    page = shown(counter, dossier)
    assert sent(counter, dossier, page, **TAKE).status_code == 302
    again = read(sent(counter, dossier, page, **TAKE), 422)
    assert any("vừa có thay đổi" in line for line in again.summary)
    assert Payment.objects.count() == 1


def test_what_cannot_be_read_is_said(office: Office, counter: Client) -> None:
    dossier = office.dossier("processing")
    type(dossier).objects.filter(pk=dossier.pk).update(version=version("1.012812"))
    page = read(counter.get(reverse("dossier", args=[dossier.code])))
    assert "Chưa đọc được mức thu, hỏi quản trị tỉnh." in page.text
    assert address(dossier) not in page.links
    assert "không có khoản thu nào đọc được" in shown(counter, dossier).text


def test_the_clerk_of_the_unit_that_holds_it_is_not_its_till(office: Office, outsider: Played) -> None:
    """R24, R33: money is taken where it was received."""
    dossier = office.dossier("processing", SIGNATURE)
    Dossier.objects.filter(pk=dossier.pk).update(holder_unit=outsider.officer.desk.unit_id)
    answer = outsider.client().get(address(dossier))
    assert (answer.status_code, answer["Location"]) == (302, reverse("dossier", args=[dossier.code]))


def test_reception_shows_a_first_estimate(counter: Client) -> None:
    page = read(counter.get(reverse("receive", args=[version(COPIES).pk])))
    assert "2.000 đ/trang; từ trang thứ 3: 1.000 đ/trang; tối đa 200.000 đ/bản" in page.text
    assert "Ước tính: từ 2.000 đ" in page.text
    free = read(counter.get(reverse("receive", args=[version().pk])))
    assert "Miễn phí" in free.text
    assert "Ước tính" not in free.text


# -- voiding --------------------------------------------------------------------------------------
def paid(office: Office, counter: Client) -> tuple[Dossier, str]:
    dossier = office.dossier("processing", SIGNATURE)
    sent(counter, dossier, shown(counter, dossier), **TAKE)
    return dossier, reverse("void_payment", args=[dossier.code, Payment.objects.get().pk])


@pytest.mark.parametrize("who", ["clerk", "leader"])
def test_a_receipt_is_voided_with_a_reason(office: Office, counter: Client, who: str) -> None:
    dossier, void = paid(office, counter)
    client = getattr(office, who).client()
    page = read(client.get(reverse("dossier", args=[dossier.code])))
    name = f"void-{Payment.objects.get().pk}-words"
    page = read(client.post(void, page.form(void).filled(**{name: " "})), 422)
    assert list(page.errors) == [f"id_{name}"]
    answer = client.post(void, page.form(void).filled(**{name: "Ghi nhầm."}))
    assert answer.status_code == 302
    assert Payment.objects.get().void_reason == "Ghi nhầm."
    after = read(client.get(reverse("dossier", args=[dossier.code])))
    assert "Đã hủy" in after.text
    assert void not in after.actions()
    again = read(client.post(void, {name: "Lần nữa."}), 422)
    assert any("đã được hủy" in line for line in again.summary)
    assert "Lần nữa." in again.text  # typed, and not lost


def test_a_receipt_of_another_dossier_is_not_there(office: Office, counter: Client) -> None:
    _dossier, _void = paid(office, counter)
    other = office.dossier("processing", SIGNATURE)
    address_of_other = reverse("void_payment", args=[other.code, Payment.objects.get().pk])
    assert counter.post(address_of_other, {}).status_code == 404


# -- handing over ---------------------------------------------------------------------------------
def test_an_unpaid_fee_is_asked_about_before_the_result_goes(office: Office, counter: Client) -> None:
    """R33, R31: a warning with a reason, not a wall."""
    dossier = office.dossier("done", SIGNATURE)
    act, page = (
        reverse("hand_over", args=[dossier.code]),
        read(counter.get(reverse("dossier", args=[dossier.code]))),
    )
    assert any("Chưa thu phí" in notice for notice in page.notices)
    page = read(counter.post(act, page.form(act).values), 422)
    assert list(page.errors) == ["id_hand_over-unpaid_reason"]
    form = page.form(act).filled(**{"hand_over-unpaid_reason": "Người dân quay lại nộp chiều nay."})
    assert counter.post(act, form).status_code == 302
    gone = Dossier.objects.get(pk=dossier.pk)
    assert gone.state == "returned"
    words = gone.moves.latest("number").words
    assert words == "Trả khi chưa thu phí: Người dân quay lại nộp chiều nay."
    assert "Chưa thu" in read(counter.get(reverse("dossier", args=[dossier.code]))).text
    assert sent(counter, gone, shown(counter, gone), **TAKE).status_code == 302


def test_what_is_paid_or_free_is_not_asked_about(office: Office, counter: Client) -> None:
    dossier = office.dossier("done", SIGNATURE)
    sent(counter, dossier, shown(counter, dossier), **TAKE)
    for one in (dossier, office.dossier("done")):
        page = read(counter.get(reverse("dossier", args=[one.code])))
        act = reverse("hand_over", args=[one.code])
        assert "hand_over-unpaid_reason" not in page.form(act).values
        assert counter.post(act, page.form(act).values).status_code == 302


def test_as_many_queries_for_many_payments_as_for_two(office: Office, counter: Client, clerk: Played) -> None:
    dossier = received(clerk, SIGNATURE, MONDAY)
    page = reverse("dossier", args=[dossier.code])

    def taken_and_voided() -> None:
        sent(counter, dossier, shown(counter, dossier), **TAKE)
        payment = Payment.objects.latest("pk")
        void = reverse("void_payment", args=[dossier.code, payment.pk])
        counter.post(void, {f"void-{payment.pk}-words": "Nhầm."})

    for _ in range(2):
        taken_and_voided()
    with CaptureQueriesContext(connection) as few:
        counter.get(page)
    for _ in range(4):
        taken_and_voided()
    with CaptureQueriesContext(connection) as many:
        counter.get(page)
    assert len(few) == len(many) <= 27

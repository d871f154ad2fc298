"""The till: published fees of one dossier, counted before they are taken; a receipt voided with a reason."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.cash import actions as cash
from motcua.cash import queries
from motcua.cash.actions import Taking
from motcua.cash.models import Method, Payment
from motcua.cash.quote import Charge, Quoted, quote, total
from motcua.desk.access import act_of, at_desk
from motcua.desk.fee_forms import FeeRows, TillForm, fee_rows, till_form
from motcua.desk.forms import ReasonForm
from motcua.desk.views.dossier import load, page, possible
from motcua.dossiers.errors import Incomplete, NotFound
from motcua.dossiers.models import Dossier
from motcua.files import actions as files
from motcua.journal.errors import Refused
from motcua.papers import actions as papers
from motcua.people.models import Role
from motcua.rules.workflow import Action
from motcua.ui.formats import money
from motcua.ui.paging import whole


@dataclass(frozen=True, slots=True)
class Counted:
    """What the quantities on the form come to; `wrong` says why they come to nothing."""

    charges: tuple[Charge, ...] = ()
    lines: tuple[Quoted, ...] = ()
    wrong: str = ""
    is_mistyped: bool = False
    """The mistake stands in its field already."""

    @property
    def total(self) -> int:
        return total(self.lines)


@at_desk(Role.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest, code: str) -> HttpResponse:
    """Choose quantities and grounds, see the total, take the money. A POST that only counts changes nothing."""
    found = load(request, code)
    if Action.PAY not in possible(request, found):
        messages.error(request, _("Hồ sơ này do đơn vị khác tiếp nhận nên không thu phí ở đây."))
        return redirect("dossier", code=code)
    fees = queries.published(found.version)
    data = request.POST if request.method == "POST" else None
    rows, form = fee_rows(fees, data, queries.settled(queries.payments(found))), till_form(found, data)
    counted = _count(found, rows)
    taking = request.method == "POST" and "take" in request.POST
    if taking and form.is_valid() and _take(request, found, form, counted):
        return redirect(reverse("dossier", args=[code]) + "#fees")
    if request.method == "POST" and not taking:
        form = TillForm(initial={name: request.POST.get(name, "") for name in form.fields})
    context = {
        "dossier": found,
        "rows": rows,
        "charge_forms": [one for row in rows for one in row.forms],
        "form": form,
        "counted": counted,
    }
    return render(request, "desk/pay.html", context, status=422 if taking else 200)


def _count(found: Dossier, rows: list[FeeRows]) -> Counted:
    forms = [form for row in rows for form in row.forms]
    if any(form.is_bound and not form.is_valid() for form in forms):
        return Counted(wrong=_("Sửa số lượng còn sai để tính tiền."), is_mistyped=True)
    charges = tuple(filter(None, (form.charge for form in forms)))
    try:
        return Counted(charges, tuple(quote(found.version_id, charges)))
    except Refused as refusal:
        return Counted(charges, wrong=str(refusal))


def _seen(request: HttpRequest) -> int:
    """The total that stood on the page; a page that was not ours showed none that could be right."""
    seen = whole(request.POST.get("seen", ""))
    return -1 if seen is None else seen


def _take(request: HttpRequest, found: Dossier, form: TillForm, counted: Counted) -> bool:
    """Whether the money was taken; if not, the form says why."""
    facts = form.cleaned_data
    taking = Taking(
        charges=counted.charges,
        method=Method(facts["method"]),
        payer_name=facts["payer_name"],
        reference=facts["reference"],
        seen=_seen(request),
    )
    if counted.wrong:
        if not counted.is_mistyped:
            form.add_error(None, counted.wrong)
        return False
    try:
        payment = cash.pay(act_of(request), found.pk, taking)
    except NotFound:
        raise
    except Refused as refusal:
        field = refusal.field if isinstance(refusal, Incomplete) else ""
        form.add_error(field if field in form.fields else None, str(refusal))
        return False
    if payment.number:
        told = {"amount": money(payment.amount), "receipt": payment.receipt}
        messages.success(request, _("Đã thu %(amount)s. Biên lai số %(receipt)s.") % told)
    else:
        messages.success(request, _("Đã ghi miễn, không thu tiền."))
    return True


@at_desk(Role.CLERK, Role.LEADER)
@require_POST
def void_payment(request: HttpRequest, code: str, payment: int) -> HttpResponse:
    """Void a receipt of this dossier; without a reason the page comes back with the form open."""
    found = load(request, code)
    if not Payment.objects.filter(dossier=found, pk=payment).exists():
        raise Http404
    form = ReasonForm(request.POST, prefix=f"void-{payment}")
    if form.is_valid():
        try:
            cash.void(act_of(request), payment, reason=form.cleaned_data["words"])
        except NotFound:
            raise
        except Refused as refusal:
            form.add_error("words" if isinstance(refusal, Incomplete) else None, str(refusal))
        else:
            messages.success(request, _("Đã hủy. Số biên lai không dùng lại."))
            return redirect(reverse("dossier", args=[code]) + "#fees")
    return page(request, load(request, code), {"void_payment": form})


@require_safe
def fee_receipt(request: HttpRequest, code: str, payment: int) -> FileResponse:
    """The receipt of a payment, to the byte as issued (R33, R40)."""
    rows = Payment.objects.filter(dossier=load(request, code), pk=payment).exclude(number=None)
    paid = rows.select_related("unit__parent", "dossier__version__procedure", "taken_by").first()
    if paid is None or not paid.number:
        raise Http404
    return files.response(papers.fee(paid), inline=True)

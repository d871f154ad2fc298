"""Where signals begin: an administrator sets it, with the basis; who set what before stays to be read."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.oversight.access import administering, officer_of
from motcua.oversight.errors import SignalRefused
from motcua.oversight.models import ThresholdSetting
from motcua.oversight.tabs import background_tabs
from motcua.oversight.threshold_form import ThresholdForm
from motcua.oversight.thresholds import in_force, set_thresholds

SHOWN = 10


@administering
@require_http_methods(["GET", "HEAD", "POST"])
def thresholds(request: HttpRequest) -> HttpResponse:
    """The numbers in force in a form, and the last changes."""
    now = in_force()
    form = ThresholdForm(request.POST if request.method == "POST" else None, now=now)
    if form.is_valid() and _set(request, form):
        return redirect("thresholds")
    changes = ThresholdSetting.objects.select_related("set_by").order_by("-id")[:SHOWN]
    context = {"pages": background_tabs("thresholds"), "form": form, "changes": changes}
    return render(request, "oversight/thresholds.html", context, status=422 if form.errors else 200)


def _set(request: HttpRequest, form: ThresholdForm) -> bool:
    """Whether it is as the form says now; if not, the form says why."""
    try:
        row = set_thresholds(officer_of(request), form.wanted, form.cleaned_data["basis"], timezone.now())
    except SignalRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    if row is None:
        messages.info(request, _("Các ngưỡng vẫn như trước, không có gì thay đổi."))
    else:
        messages.success(request, _("Đã đặt ngưỡng mới. Dấu hiệu đã có giữ nguyên."))
    return True

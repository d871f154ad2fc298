"""Scans of the papers of a dossier: a file or a reason for each, kept while the rest is mended."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.desk.forms import PaperRow
from motcua.dossiers.actions import Scan
from motcua.dossiers.models import ReceivedPaper
from motcua.files import actions as files
from motcua.files.errors import FileRefused
from motcua.files.models import StoredFile
from motcua.files.pages import store_pages
from motcua.results.models import Result
from motcua.ui.formats import vn_date
from motcua.ui.uploads import PagesField, Uploads

UNSCANNABLE = (
    ("", gettext_lazy("—")),
    ("large", gettext_lazy("Khổ lớn, máy ở đây không quét được")),
    ("bound", gettext_lazy("Đóng quyển, không tháo được")),
    ("worn", gettext_lazy("Cũ, rách, dễ hỏng khi quét")),
)
"""Why a paper cannot be scanned at this desk."""


def taken_in(uploads: Uploads, *, officer_id: int) -> StoredFile | None:
    """Check and keep what was chosen for one paper. Raises ValidationError in words."""
    if not uploads:
        return None
    try:
        return store_pages(uploads, uploaded_by_id=officer_id)
    except FileRefused as refusal:
        raise ValidationError(str(refusal)) from refusal


class Row(NamedTuple):
    """One paper as the form shows it."""

    paper: ReceivedPaper
    upload: forms.BoundField
    why: forms.BoundField
    kept: forms.BoundField
    stored: StoredFile | None
    result: forms.BoundField | None
    """A result that the applicant was given before, to be used instead; None: there is none."""


class ScansForm(forms.Form):
    """One line for each paper that was handed in; what is left empty stays as it is."""

    def __init__(
        self,
        *args: Any,
        papers: Iterable[ReceivedPaper],
        officer_id: int,
        results: Sequence[Result] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.results = {one.pk: one for one in results}
        self.used: list[Result] = []
        self.papers = [paper for paper in papers if not paper.requirement.to_show]
        self.officer_id = officer_id
        self.stored: dict[int, StoredFile] = {}
        for paper in self.papers:
            name = paper.requirement.name
            self.fields[f"upload_{paper.pk}"] = PagesField(
                label=_("Bản quét: %(paper)s") % {"paper": name}, required=False
            )
            self.fields[f"why_{paper.pk}"] = forms.ChoiceField(
                label=_("Không quét được: %(paper)s") % {"paper": name}, required=False, choices=UNSCANNABLE
            )
            self.fields[f"kept_{paper.pk}"] = forms.CharField(required=False, widget=forms.HiddenInput)
            if self.results:
                self.fields[f"result_{paper.pk}"] = forms.TypedChoiceField(
                    label=_("Kết quả đã cấp: %(paper)s") % {"paper": name},
                    required=False,
                    coerce=int,
                    empty_value=None,
                    choices=[("", "—"), *((pk, _given(one)) for pk, one in self.results.items())],
                )

    def clean(self) -> dict[str, Any]:
        for paper in self.papers:
            self._take(paper.pk)
        if not self.errors and not self.scans:
            raise ValidationError(_("Chưa chọn bản quét nào, cũng chưa ghi lý do không quét được."))
        return self.cleaned_data

    def _take(self, pk: int) -> None:
        before = files.kept(self.cleaned_data.get(f"kept_{pk}", ""), uploaded_by_id=self.officer_id)
        try:
            stored = (
                taken_in(self.cleaned_data.get(f"upload_{pk}") or [], officer_id=self.officer_id) or before
            )
        except ValidationError as error:
            self.add_error(f"upload_{pk}", error)
            return
        given = self.results.get(self.cleaned_data.get(f"result_{pk}") or 0)
        if stored is None and given is not None:
            self.used.append(given)
            stored = given.file
        if stored is not None:
            self.stored[pk] = stored

    @property
    def scans(self) -> Sequence[Scan]:
        """What was filled in; a file wins over a reason."""
        reasons = dict(UNSCANNABLE)
        found = []
        for paper in self.papers:
            why = self.cleaned_data.get(f"why_{paper.pk}", "")
            stored = self.stored.get(paper.pk)
            if stored is not None or why:
                found.append(Scan(paper.pk, stored, "" if stored else str(reasons[why])))
        return found

    @property
    def rows(self) -> list[Row]:
        return [
            Row(
                paper,
                self[f"upload_{paper.pk}"],
                self[f"why_{paper.pk}"],
                self[f"kept_{paper.pk}"],
                self.stored.get(paper.pk),
                self[f"result_{paper.pk}"] if self.results else None,
            )
            for paper in self.papers
        ]

    def hold(self) -> None:
        """Let the form that comes back with a mistake say which files it has already."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        own = {pk: stored for pk, stored in self.stored.items() if stored.uploaded_by_id == self.officer_id}
        for pk, stored in own.items():
            self.data[self.add_prefix(f"kept_{pk}")] = files.token(stored)  # type: ignore[index]


def _given(result: Result) -> str:
    """What it was, where and when: nothing of its content."""
    facts = {"what": result.dossier.version.name[:60], "unit": result.dossier.unit.name}
    facts["day"] = vn_date(result.issued_at)
    return _("%(what)s, %(unit)s, %(day)s") % facts


class CounterScanForm(forms.Form):
    """The scan of a paper that is just being received; nobody has to give it now."""

    upload = PagesField(required=False)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, label: str, taken: bool, officer_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].label = label
        self.taken = taken
        self.officer_id = officer_id
        self.stored: StoredFile | None = None

    def clean(self) -> dict[str, Any]:
        before = files.kept(self.cleaned_data.get("kept", ""), uploaded_by_id=self.officer_id)
        try:
            new = taken_in(self.cleaned_data.get("upload") or [], officer_id=self.officer_id)
        except ValidationError as error:
            self.add_error("upload", error)
            return self.cleaned_data
        self.stored = new or before
        if self.stored is not None:
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data[self.add_prefix("kept")] = files.token(self.stored)  # type: ignore[index]
            if not self.taken:
                self.add_error("upload", _("Có bản quét nhưng giấy tờ này chưa được đánh dấu đã nhận."))
        return self.cleaned_data


def with_scans(rows: list[PaperRow], request: HttpRequest, *, officer_id: int, check: bool) -> list[PaperRow]:
    """The rows of the published list, each that is handed in with room for its scan.

    What was uploaded is kept whatever else is wrong; without `check` it is not asked whether the paper is ticked.
    """
    data, sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return [
        replace(
            row,
            scan=CounterScanForm(
                data,
                sent,
                prefix=f"scan-{row.requirement.pk}",
                label=row.requirement.name,
                taken=row.taken or not check,
                officer_id=officer_id,
            ),
        )
        if not row.requirement.to_show
        else row
        for row in rows
    ]

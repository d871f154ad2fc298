"""Reading procedures: a unit's list, found by code or by name without accents."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from motcua.catalog.errors import NotReady, ProcedureUnknown
from motcua.catalog.models import Offering, ProcedureVersion
from motcua.people.succession import lists_of
from motcua.rules.text import unaccent


def current() -> QuerySet[ProcedureVersion]:
    """The versions in force now, with procedure and field."""
    return ProcedureVersion.objects.filter(valid_to=None).select_related("procedure", "field__group")


def offered(unit_id: int) -> QuerySet[ProcedureVersion]:
    """What is on a unit's list now; on the day on which communes merge, what was on any of their lists."""
    offer = Offering.objects.filter(unit__in=lists_of(unit_id), procedure=OuterRef("procedure"))
    return current().filter(Exists(offer))


def find(versions: QuerySet[ProcedureVersion], words: str) -> QuerySet[ProcedureVersion]:
    """Those whose code or name has every word, accents and case aside."""
    for word in unaccent(words).split():
        versions = versions.filter(Q(name_search__contains=word) | Q(procedure__code__icontains=word))
    return versions


def offered_version(unit_id: int, version_id: int) -> ProcedureVersion:
    """A version that the unit may receive dossiers for now. Raises NotReady."""
    version = offered(unit_id).prefetch_related("papers").filter(pk=version_id).first()
    if version is None:
        raise NotReady(_("Thủ tục này không còn trong danh mục của đơn vị. Chọn lại thủ tục."))
    return version


def version_called(code: str) -> ProcedureVersion:
    """The version in force of the procedure with this code. Raises ProcedureUnknown."""
    version = current().filter(procedure__code__iexact=code.strip()).first()
    if version is None:
        raise ProcedureUnknown(_("Không có thủ tục nào mang mã %(code)s.") % {"code": code})
    return version

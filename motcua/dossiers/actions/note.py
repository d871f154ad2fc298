"""Adding to a dossier without moving it."""

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.dossiers.actions.act import Act, load, permit, write
from motcua.dossiers.errors import Incomplete
from motcua.dossiers.models import Attachment, Dossier
from motcua.files.models import StoredFile
from motcua.rules.workflow import Action


@transaction.atomic
def note(act: Act, dossier_id: int | Dossier, *, words: str) -> Dossier:
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.NOTE)
    if not words.strip():
        raise Incomplete(_("Ghi chú còn trống."), field="words")
    write(act, dossier, Action.NOTE, from_step=dossier.step, to_step=dossier.step, words=words)
    return dossier


@transaction.atomic
def attach(act: Act, dossier_id: int, file: StoredFile, *, words: str = "") -> Dossier:
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.ATTACH)
    move = write(
        act,
        dossier,
        Action.ATTACH,
        from_step=dossier.step,
        to_step=dossier.step,
        words=words,
        facts={"file": file.pk, "sha256": file.sha256},
    )
    Attachment.objects.create(dossier=dossier, file=file, move=move)
    return dossier

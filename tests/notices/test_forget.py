"""A year later a message is a line without address and words (R27, R30)."""

from datetime import timedelta

from django.test import override_settings
from django.utils import timezone

from motcua.dossiers.models import Dossier
from motcua.notices.actions import forget, retry_all, tell
from motcua.notices.choices import State
from motcua.notices.models import Message
from motcua.rules.workflow import Action
from tests.notices.conftest import MAIL, PHONE, finished, reachable, stored, told


def test_address_and_words_go_and_the_fact_stays(dossier: Dossier) -> None:
    with override_settings(EMAIL_HOST="localhost"):
        mail, sms = told(reachable(dossier, phone=PHONE, email=MAIL), Action.FINISH, **finished())
    (own,) = told(stored(dossier), Action.DRAFT_APOLOGY)
    now = timezone.now()
    Message.objects.filter(pk=mail.pk).update(state=State.SENT, sent_at=now)
    assert forget(now + timedelta(days=364)) == 0
    assert forget(now + timedelta(days=366)) == 2
    assert forget(now + timedelta(days=366)) == 0
    for message in (mail, sms):
        message.refresh_from_db()
        assert (message.recipient, message.subject, message.text) == ("", "", "")
        assert message.event == "finish"
    own.refresh_from_db()
    assert own.text, "an officer's own messages name nobody and stay"


def test_what_still_waits_is_kept_and_nothing_is_told_again(dossier: Dossier) -> None:
    (call,) = told(reachable(dossier), Action.FINISH, **finished())
    later = timezone.now() + timedelta(days=400)
    assert forget(later) == 0
    Message.objects.update(state=State.SKIPPED)
    assert forget(later) == 1
    tell(call.entry, dossier)
    assert Message.objects.count() == 1


def test_what_was_forgotten_is_not_sent(dossier: Dossier) -> None:
    _mail, _call = told(reachable(dossier, email=MAIL), Action.FINISH, **finished())
    Message.objects.update(state=State.GIVEN_UP)
    forget(timezone.now() + timedelta(days=400))
    assert retry_all() == 0

"""Whether a message can go out at all, as the installation is set up now."""

from django.conf import settings

from motcua.dossiers.models import Dossier
from motcua.notices import sms
from motcua.notices.choices import Channel, Reason
from motcua.rules.sms import mobile_number


def hindrance(channel: str, recipient: str, dossier: Dossier) -> str:
    """The reason why it cannot (choices.Reason); empty: it can."""
    if channel == Channel.MAIL:
        return "" if settings.EMAIL_HOST else Reason.MAIL_NOT_SET
    gateway = sms.gateway()
    if gateway is None:
        return Reason.SMS_NOT_SET
    if not mobile_number(recipient):
        return Reason.NOT_MOBILE
    if dossier.is_simulated and gateway.reaches_people:
        return Reason.SIMULATED
    return ""

"""Addresses of those who watch and of those who administer."""

from django.urls import path

from motcua.oversight.views import (
    calendar,
    cash_totals,
    limits,
    message_queue,
    overview,
    reactions,
    signals,
    thresholds,
    unit_dossiers,
    unit_orphans,
    wordings,
)

urlpatterns = [
    path("giam-sat/", overview.overview, name="overview"),
    path("giam-sat/<str:unit>/", unit_dossiers.unit_dossiers, name="unit_dossiers"),
    path("giam-sat/<str:unit>/khong-ai/", unit_orphans.unit_orphans, name="unit_orphans"),
    path("dau-hieu/", signals.signals, name="signals"),
    path("dau-hieu/<int:signal>/", signals.signal, name="signal"),
    path("dau-hieu/<int:signal>/giai-trinh/", signals.signal_answer, name="signal_answer"),
    path("dau-hieu/<int:signal>/ket-luan/", signals.signal_solve, name="signal_solve"),
    path("giam-sat/<str:unit>/thu-phi/", cash_totals.cash_totals, name="cash_totals"),
    path("quan-tri/lich/", calendar.calendar, name="calendar"),
    path("quan-tri/lich/rut/", calendar.calendar_withdraw, name="calendar_withdraw"),
    path("quan-tri/thoi-han/", limits.limits, name="limits"),
    path("quan-tri/viec-nen/", reactions.reactions, name="reactions"),
    path("quan-tri/viec-nen/<int:reaction>/lai/", reactions.reaction_retry, name="reaction_retry"),
    path("quan-tri/nguong/", thresholds.thresholds, name="thresholds"),
    path("quan-tri/tin-nhan/", message_queue.message_queue, name="message_queue"),
    path("quan-tri/tin-nhan/lai/", message_queue.message_retry_all, name="message_retry_all"),
    path("quan-tri/tin-nhan/<int:message>/lai/", message_queue.message_retry, name="message_retry"),
    path("quan-tri/loi-nhan/", wordings.wordings, name="wordings"),
    path("quan-tri/loi-nhan/dau/", wordings.sms_style, name="sms_style"),
    path("quan-tri/loi-nhan/<str:event>/<str:channel>/", wordings.wording, name="wording"),
]

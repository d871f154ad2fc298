"""Addresses of those who watch and of those who administer."""

from django.urls import path

from motcua.oversight.views import calendar, limits, overview, reactions, signals, unit_dossiers, unit_orphans

urlpatterns = [
    path("giam-sat/", overview.overview, name="overview"),
    path("giam-sat/<str:unit>/", unit_dossiers.unit_dossiers, name="unit_dossiers"),
    path("giam-sat/<str:unit>/khong-ai/", unit_orphans.unit_orphans, name="unit_orphans"),
    path("dau-hieu/", signals.signals, name="signals"),
    path("dau-hieu/<int:signal>/", signals.signal, name="signal"),
    path("dau-hieu/<int:signal>/giai-trinh/", signals.signal_answer, name="signal_answer"),
    path("dau-hieu/<int:signal>/ket-luan/", signals.signal_solve, name="signal_solve"),
    path("quan-tri/lich/", calendar.calendar, name="calendar"),
    path("quan-tri/lich/rut/", calendar.calendar_withdraw, name="calendar_withdraw"),
    path("quan-tri/thoi-han/", limits.limits, name="limits"),
    path("quan-tri/viec-nen/", reactions.reactions, name="reactions"),
    path("quan-tri/viec-nen/<int:reaction>/lai/", reactions.reaction_retry, name="reaction_retry"),
]

"""Addresses of those who watch and of those who administer."""

from django.urls import path

from motcua.oversight.views import calendar, cash_totals, limits, overview, reactions, unit_dossiers

urlpatterns = [
    path("giam-sat/", overview.overview, name="overview"),
    path("giam-sat/<str:unit>/", unit_dossiers.unit_dossiers, name="unit_dossiers"),
    path("giam-sat/<str:unit>/thu-phi/", cash_totals.cash_totals, name="cash_totals"),
    path("quan-tri/lich/", calendar.calendar, name="calendar"),
    path("quan-tri/lich/rut/", calendar.calendar_withdraw, name="calendar_withdraw"),
    path("quan-tri/thoi-han/", limits.limits, name="limits"),
    path("quan-tri/viec-nen/", reactions.reactions, name="reactions"),
    path("quan-tri/viec-nen/<int:reaction>/lai/", reactions.reaction_retry, name="reaction_retry"),
]

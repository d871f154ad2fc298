"""Addresses of the citizen's door. `track` is printed on papers as a QR code and must never change."""

from django.urls import path

from motcua.portal.views import apologies_public, seals, track, welcome

urlpatterns = [
    path("", welcome.welcome, name="welcome"),
    path("xin-loi/", apologies_public.apologies_public, name="apologies_public"),
    path("tra-cuu/", track.track_find, name="track_find"),
    path("tra-cuu/<str:code>/", track.track, name="track"),
    path("nhat-ky/", seals.seals, name="seals"),
    path("nhat-ky/<str:day>.txt", seals.seal_file, name="seal_file"),
    path("nhat-ky/<str:day>/", seals.seal, name="seal"),
]

"""Addresses of the citizen's door. `track` is printed on papers as a QR code and must never change."""

from django.urls import path

from motcua.portal.views import track, welcome

urlpatterns = [
    path("", welcome.welcome, name="welcome"),
    path("tra-cuu/", track.track_find, name="track_find"),
    path("tra-cuu/<str:code>/", track.track, name="track"),
]

"""Addresses of the citizen's door. `track` is printed on papers as a QR code and must never change."""

from django.urls import path

from motcua.portal.views import apologies_public, claim, mine, seals, track, welcome

urlpatterns = [
    path("", welcome.welcome, name="welcome"),
    path("xin-loi/", apologies_public.apologies_public, name="apologies_public"),
    path("tra-cuu/", track.track_find, name="track_find"),
    path("tra-cuu/<str:code>/", track.track, name="track"),
    path("tra-cuu/<str:code>/cua-toi/", claim.claim, name="claim"),
    path("cua-toi/", mine.my_dossiers, name="my_dossiers"),
    path("cua-toi/vao/", claim.citizen_login, name="citizen_login"),
    path("cua-toi/ma/", claim.citizen_code, name="citizen_code"),
    path("cua-toi/thoat/", claim.citizen_logout, name="citizen_logout"),
    path("cua-toi/<str:code>/", mine.my_dossier, name="my_dossier"),
    path("cua-toi/<str:code>/bo-sung/", mine.my_submit, name="my_submit"),
    path("cua-toi/<str:code>/bo-sung/<int:paper>/", mine.my_upload, name="my_upload"),
    path("cua-toi/<str:code>/bo-sung/<int:paper>/tep/", mine.my_upload_file, name="my_upload_file"),
    path("cua-toi/<str:code>/giay/<int:paper>.pdf", mine.my_paper, name="my_paper"),
    path("cua-toi/<str:code>/ket-qua/", mine.my_result, name="my_result"),
    path("nhat-ky/", seals.seals, name="seals"),
    path("nhat-ky/<str:day>.txt", seals.seal_file, name="seal_file"),
    path("nhat-ky/<str:day>/", seals.seal, name="seal"),
]

"""Addresses of the citizen's door. `track`, `procedure_public` and `unit_public` are printed on papers as QR codes
and must never change; machines read `procedures_json`, `procedures_csv` and `units_json`.
"""

from django.urls import path

from motcua.portal.views import (
    apologies_public,
    claim,
    kiosk,
    mine,
    open_data,
    procedures,
    seals,
    sheet,
    track,
    units,
    welcome,
)

urlpatterns = [
    path("", welcome.welcome, name="welcome"),
    path("thu-tuc/", procedures.procedures_public, name="procedures_public"),
    path("thu-tuc/<str:code>/", procedures.procedure_public, name="procedure_public"),
    path("thu-tuc/<str:code>/niem-yet.pdf", sheet.sheet, name="sheet"),
    path("thu-tuc/<str:code>/<int:number>/", procedures.version_public, name="version_public"),
    path("thu-tuc/<str:code>/tep/<int:file>/", procedures.procedure_file, name="procedure_file"),
    path("don-vi/", units.units_public, name="units_public"),
    path("don-vi/<str:unit>/", units.unit_public, name="unit_public"),
    path("quay/<str:unit>/", kiosk.kiosk, name="kiosk"),
    path("quay/<str:unit>/thu-tuc/", kiosk.kiosk_procedures, name="kiosk_procedures"),
    path("quay/<str:unit>/thu-tuc/<str:code>/", kiosk.kiosk_procedure, name="kiosk_procedure"),
    path("quay/<str:unit>/ho-so/", kiosk.kiosk_track, name="kiosk_track"),
    path("du-lieu/", open_data.open_data, name="open_data"),
    path("du-lieu/thu-tuc.json", open_data.procedures_json, name="procedures_json"),
    path("du-lieu/thu-tuc.csv", open_data.procedures_csv, name="procedures_csv"),
    path("du-lieu/don-vi.json", open_data.units_json, name="units_json"),
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

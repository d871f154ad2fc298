"""Addresses of the officer's door."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import path

from motcua.desk.views import (
    account,
    actions,
    apologies,
    apology,
    approvals,
    dossier,
    home,
    ready,
    receive,
    register,
    work,
)

urlpatterns = [
    path("dang-nhap/", account.Login.as_view(), name="login"),
    # Open to all: who presses it after the session has ended wants to be out, not asked to log in first.
    path("dang-xuat/", login_not_required(LogoutView.as_view()), name="logout"),
    path("mat-khau/", account.PasswordChange.as_view(), name="password_change"),
    path("ban-lam-viec/", home.home, name="home"),
    path("tim/", home.find, name="find"),
    path("tiep-nhan/", receive.receive_find, name="receive_find"),
    path("tiep-nhan/nguoi-nop/", receive.applicant, name="applicant"),
    path("tiep-nhan/<int:version>/", receive.receive, name="receive"),
    path("viec/", work.work, name="work"),
    path("cho-duyet/", approvals.approvals, name="approvals"),
    path("thu-xin-loi/", apologies.apologies, name="apologies"),
    path("cho-tra/", ready.ready, name="ready"),
    path("so/", register.register, name="register"),
    path("so/<int:year>.pdf", register.register_pdf, name="register_pdf"),
    path("so/<int:year>.xlsx", register.register_xlsx, name="register_xlsx"),
    path("ho-so/<str:code>/", dossier.dossier, name="dossier"),
    path("ho-so/<str:code>/giay-hen.pdf", dossier.receipt, name="receipt"),
    path("ho-so/<str:code>/tep/<int:file>/", dossier.file, name="file"),
    path("ho-so/<str:code>/chuyen/", actions.forward, name="forward"),
    path("ho-so/<str:code>/chuyen-lai/", actions.send_back, name="send_back"),
    path("ho-so/<str:code>/duyet/", actions.approve, name="approve"),
    path("ho-so/<str:code>/nhan-viec/", actions.take, name="take"),
    path("ho-so/<str:code>/ghi-chu/", actions.note, name="note"),
    path("ho-so/<str:code>/dinh-kem/", actions.attach, name="attach"),
    path("ho-so/<str:code>/ket-qua/", actions.result, name="result"),
    path("ho-so/<str:code>/tra-ket-qua/", actions.hand_over, name="hand_over"),
    path("ho-so/<str:code>/xin-loi/soan/", apology.draft_apology, name="draft_apology"),
    path("ho-so/<str:code>/xin-loi/", apology.reappoint, name="reappoint"),
    path("ho-so/<str:code>/xin-loi/bo-qua/", apology.waive_apology, name="waive_apology"),
]

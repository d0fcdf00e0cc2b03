"""Addresses of the desk."""

from django.urls import URLPattern, path

from . import account, gallery, notice, search, setup, sign_in, workbench

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", workbench.workbench, name="workbench"),
    path("search/", search.search, name="search"),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/second/", sign_in.second_step, name="second_step"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("setup/", setup.setup, name="setup"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password, name="password"),
    path("account/sign-ins/", account.sign_ins, name="sign_ins"),
    path("account/sign-ins/others/end/", account.end_other_sign_ins, name="end_other_sign_ins"),
    path("account/sign-ins/<int:pk>/end/", account.end_sign_in, name="end_sign_in"),
    path("account/second/", account.second, name="second"),
    path("account/second/begin/", account.second_begin, name="second_begin"),
    path("account/second/confirm/", account.second_confirm, name="second_confirm"),
    path("account/second/codes/", account.second_codes, name="second_codes"),
    path("account/second/end/", account.second_end, name="second_end"),
    path("privacy/", notice.notice, name="privacy"),
    path("gallery/", gallery.gallery, name="gallery"),
]

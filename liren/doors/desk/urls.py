"""Addresses of the desk."""

from django.urls import URLPattern, path

from . import (
    account,
    areas,
    gallery,
    notice,
    numbers,
    presence,
    search,
    setup,
    sign_in,
    staff,
    traces,
    workbench,
)

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", workbench.workbench, name="workbench"),
    path("search/", search.search, name="search"),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/second/", sign_in.second_step, name="second_step"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("setup/", setup.setup, name="setup"),
    path("account/", account.account, name="account"),
    path("account/here/", presence.here, name="here"),
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
    path("staff/", staff.staff, name="staff"),
    path("staff/new/", staff.new, name="staff_new"),
    path("staff/<int:pk>/", staff.one, name="staff_one"),
    path("staff/<int:pk>/posts/", staff.give_post, name="give_post"),
    path("staff/<int:pk>/password/", staff.reset_password, name="reset_password"),
    path("staff/<int:pk>/second/end/", staff.end_second, name="staff_second_end"),
    path("staff/<int:pk>/close/", staff.close, name="staff_close"),
    path("staff/posts/<int:pk>/end/", staff.end_post, name="end_post"),
    path("areas/", areas.areas, name="areas"),
    path("areas/<int:pk>/", areas.area, name="area"),
    path("rules/", numbers.numbers, name="numbers"),
    path("rules/<str:key>/", numbers.one, name="number"),
    path("traces/", traces.traces, name="traces"),
    path("gallery/", gallery.gallery, name="gallery"),
]

"""Addresses of the ledgers and of the work log."""

from django.urls import URLPattern, path

from . import log, views

app_name = "ledgers"
urlpatterns: list[URLPattern] = [
    path("", views.index, name="index"),
    path("log/", log.log, name="log"),
    path("log/new/", log.record_new, name="record_new"),
    path("log/pick/", log.pick, name="pick"),
    path("log/<int:pk>/", log.record, name="record"),
    path("log/<int:pk>/edit/", log.record_edit, name="record_edit"),
    path("log/<int:pk>/withdraw/", log.record_withdraw, name="record_withdraw"),
    path("<str:ledger>/", views.ledger, name="ledger"),
    path("<str:ledger>/print/", views.paper, name="paper"),
    path("<str:ledger>/export/", views.export, name="export"),
]

"""Addresses of the ledgers and of the work log."""

from django.urls import URLPattern

app_name = "ledgers"
urlpatterns: list[URLPattern] = []

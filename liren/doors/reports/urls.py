"""Addresses of the figures and the brief."""

from django.urls import URLPattern, path

from . import views

app_name = "reports"
urlpatterns: list[URLPattern] = [
    path("", views.figures, name="figures"),
]

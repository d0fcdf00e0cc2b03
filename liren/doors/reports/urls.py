"""Addresses of the figures and the brief."""

from django.urls import URLPattern, path

from . import papers, views

app_name = "reports"
urlpatterns: list[URLPattern] = [
    path("", views.figures, name="figures"),
    path("people/", views.population, name="people"),
    path("brief/", papers.brief, name="brief"),
    path("export/", papers.export, name="export"),
]

"""Addresses of the desk."""

from django.urls import URLPattern, path

from . import gallery, search, workbench

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", workbench.workbench, name="workbench"),
    path("search/", search.search, name="search"),
    path("gallery/", gallery.gallery, name="gallery"),
]

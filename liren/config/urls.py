"""Every address of the house: each door and duty brings its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("liren.doors.desk.urls")),
    path("imports/", include("liren.doors.imports.urls")),
    path("registry/", include("liren.duties.registry.urls")),
]

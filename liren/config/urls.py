"""Every address of the house: each door and duty brings its own."""

from django.urls import include, path

from .health import health

urlpatterns = [
    path("healthz", health, name="health"),
    path("", include("liren.doors.desk.urls")),
    path("imports/", include("liren.doors.imports.urls")),
    path("registry/", include("liren.duties.registry.urls")),
]

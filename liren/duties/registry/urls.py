"""Addresses of the duty 数据管理: each room brings its own."""

from django.urls import include, path

app_name = "registry"
urlpatterns = [
    path("files/", include("liren.duties.registry.files.urls")),
    path("onesheet/", include("liren.duties.registry.onesheet.urls")),
    path("quality/", include("liren.duties.registry.quality.urls")),
]

"""Addresses of the duty 治理调解: each room brings its own."""

from django.urls import include, path

app_name = "governance"
urlpatterns = [
    path("appeals/", include("liren.duties.governance.appeals.urls")),
    path("hazards/", include("liren.duties.governance.hazards.urls")),
    path("inbound/", include("liren.duties.governance.inbound.urls")),
]

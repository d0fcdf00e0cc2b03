"""Every address of the house: each door and duty brings its own."""

from django.urls import include, path

from .health import health

urlpatterns = [
    path("healthz", health, name="health"),
    path("p/", include("liren.doors.portal.urls")),
    path("imports/", include("liren.doors.imports.urls")),
    path("ledgers/", include("liren.doors.ledgers.urls")),
    path("portal-desk/", include("liren.doors.portal.desk_urls")),
    path("governance/", include("liren.duties.governance.urls")),
    path("reports/", include("liren.doors.reports.urls")),
    path("registry/", include("liren.duties.registry.urls")),
    # Last, because each of its addresses would be tried for every page of the others.
    path("", include("liren.doors.desk.urls")),
]

handler400 = "liren.core.pages.errors.bad_request"
handler403 = "liren.core.pages.errors.forbidden"
handler404 = "liren.config.lost.not_found"
handler500 = "liren.core.pages.errors.failed"

"""What a browser is told not to do with our pages: keep them, use the camera, be embedded elsewhere."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

CLOSED = ", ".join(
    f"{what}=()"
    for what in (
        "accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope",
        "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment", "serial", "usb",
    )
)  # fmt: skip


def close_shutters(
    answer: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: nothing but static files may be kept on the disk of a computer that others use too."""

    def closed(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        response.headers.setdefault("Permissions-Policy", CLOSED)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        elif "no-cache" in response["Cache-Control"] and "no-store" not in response["Cache-Control"]:
            response["Cache-Control"] += ", no-store"
        return response

    return closed

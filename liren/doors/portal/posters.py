"""Posters (二维码): the address of a community's portal, and the picture that phones read."""

import segno
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from liren.core.areas.models import Area


def address_of(request: HttpRequest, community: Area) -> str:
    """The whole address: under the name by which others reach this house, or the one used just now."""
    path = reverse("portal:home", args=[community.code])
    return settings.LIREN_ADDRESS + path if settings.LIREN_ADDRESS else request.build_absolute_uri(path)


def picture(address: str) -> str:
    """The address as a square that phones read."""
    return str(segno.make(address, error="m").svg_data_uri(scale=5, border=2))

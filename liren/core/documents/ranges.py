"""Ranges (断点与拖动): players jump into the middle of a recording by asking for a part of it."""

import re

from django.http import HttpRequest, HttpResponse

ONE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)


def part_asked_for(request: HttpRequest, response: HttpResponse, size: int) -> tuple[int, int]:
    """Start and end of the part, and its status on the response; several parts at once are answered with the whole."""
    asked = ONE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if not asked or not any(asked.groups()) or max(map(len, asked.groups())) > 15:
        return 0, size
    first, last = asked.groups()
    if first:
        start, end = int(first), min(int(last) + 1, size) if last else size
    else:
        start, end = max(size - int(last), 0), size
    if start >= end:
        response.status_code = 416
        response["Content-Range"] = f"bytes */{size}"
        return 0, 0
    response.status_code = 206
    response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return start, end

"""Leaving behind (不带走的): what of a form does not come along — macros, pictures of the old format — and is said."""

import re

from .package import Package

MACROS = re.compile(r"(^|/)vba(Project|Data|ProjectSignature)\w*\.(bin|xml)$", re.I)
ENABLED = re.compile(r"application/vnd\.(ms-excel|ms-word)\.\w+\.macroEnabled(?:Template)?\.main\+xml", re.I)
PLAIN = {
    "ms-excel": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "ms-word": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
}
TYPES = "[Content_Types].xml"
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1", b"GIF89a")


def without_macros(package: Package) -> tuple[str, ...]:
    """Takes macros out, so that what is handed on runs nothing and opens under its ending."""
    found = [part for part in package.parts if MACROS.search(part)]
    for part in found:
        package.drop(part)
    if TYPES in package.parts:
        for node in package.tree(TYPES).root:
            if kind := ENABLED.fullmatch(node.get("ContentType", "")):
                node.set("ContentType", PLAIN[kind[1].lower()])
    return ("宏",) if found else ()


def lost_of_old(content: bytes) -> tuple[str, ...]:
    """What an .xls loses on its way into the new format."""
    lost = ["宏"] if "_VBA_PROJECT".encode("utf-16-le") in content else []
    return (*lost, *(["图片"] if any(sign in content for sign in PICTURES) else []))

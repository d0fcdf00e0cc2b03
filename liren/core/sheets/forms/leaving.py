"""Leaving behind (不带走的): what of a form does not come along — macros, pictures of the old format — and is said."""

import posixpath
import re

from ..safety import Unreadable
from .package import Package, open_package

MACROS = re.compile(r"(^|/)vba(Project|Data|ProjectSignature)\w*\.(bin|xml)$", re.I)
# Sheets whose cells are commands (宏表): they cannot be taken out without tearing the book.
SHEETS = re.compile(r"^xl/(?:macro|dialog)sheets/", re.I)
# Word loads the template that a letter names, from wherever it says, with its macros.
TEMPLATE = "attachedTemplate"
SETTINGS, LINKS = "word/settings.xml", "word/_rels/settings.xml.rels"
ENABLED = re.compile(r"application/vnd\.(ms-excel|ms-word)\.\w+\.macroEnabled(?:Template)?\.main\+xml", re.I)
PLAIN = {
    "ms-excel": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "ms-word": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
}
DRAWN = re.compile(r"\.(png|jpe?g|gif)$", re.I)
SHAPE = re.compile(rb"<(?:\w+:)?(?:sp|cxnSp)[ >]")
TYPES = "[Content_Types].xml"
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1", b"GIF89a")


def without_macros(package: Package) -> tuple[str, ...]:
    """Takes macros out, so that what is handed on runs nothing and opens under its ending. Refuses sheets of commands."""
    if any(SHEETS.match(part) for part in package.parts):
        raise Unreadable("表里有宏表，为安全起见没有打开。请另存为 .xlsx、删去宏表再传。")
    _without_template(package)
    found = [part for part in package.parts if MACROS.search(part)]
    for part in found:
        package.drop(part)
        folder, name = posixpath.split(part)
        package.parts.pop(f"{folder}/_rels/{name}.rels", None)
    if TYPES in package.parts:
        for node in package.tree(TYPES).root:
            if kind := ENABLED.fullmatch(node.get("ContentType", "")):
                node.set("ContentType", PLAIN[kind[1].lower()])
    return ("宏",) if found else ()


def _without_template(package: Package) -> None:
    for part in (SETTINGS, LINKS):
        if part in package.parts:
            root = package.tree(part).root
            for node in [each for each in root if TEMPLATE in (_bare(each.tag), _bare(each.get("Type", "")))]:
                root.remove(node)


def _bare(name: str) -> str:
    """The last word of a name in a namespace, or of an address."""
    return re.split(r"[}/]", name)[-1]


def lost_of_old(content: bytes) -> tuple[str, ...]:
    """What an .xls loses on its way into the new format."""
    lost = ["宏"] if "_VBA_PROJECT".encode("utf-16-le") in content else []
    return (*lost, *(["图片"] if any(sign in content for sign in PICTURES) else []))


def left_off_paper(content: bytes, ending: str) -> tuple[str, ...]:
    """What of a form is not drawn on paper (`..paper`), in the words of its users."""
    parts = open_package(content).parts
    if ending == "docx":
        main = parts.get("word/document.xml", b"")
        return ("图片和图形",) if b"<w:drawing" in main or b"<w:pict" in main else ()
    sheets = [
        data for name, data in parts.items() if name.startswith("xl/worksheets/") and name.endswith(".xml")
    ]
    drawings = [data for name, data in parts.items() if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name)]
    media = [name for name in parts if name.startswith("xl/media/")]
    said = {
        "条件格式的颜色": any(b"conditionalFormatting" in data for data in sheets),
        "图表": any(b"graphicFrame" in data for data in drawings),
        "图形和文本框": any(SHAPE.search(data) for data in drawings),
        "不是 PNG、JPG 的图片": not all(DRAWN.search(name) for name in media),
        "页眉页脚里的图片": any(b"legacyDrawingHF" in data for data in sheets),
    }
    return tuple(words for words, found in said.items() if found)

"""Package (工作簿包): the parts of an .xlsx, read and written without losing any that we do not understand."""

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

from ..safety import RESAVE, Unreadable
from .kept import Kept, kept

MEBIBYTE = 1024 * 1024
# A blank form is small; what unpacks to more is a mistake or an attack.
MAX_UNPACKED = 96 * MEBIBYTE
# Five thousand blank lines of twenty columns are some 4 MB of XML.
MAX_XML = 24 * MEBIBYTE
MAX_PARTS = 3_000
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
LINKS = "{http://schemas.openxmlformats.org/package/2006/relationships}"


@dataclass(slots=True)
class Leaf:
    """One sheet of the book: its name, its part, and whether users see it."""

    name: str
    part: str
    hidden: bool


@dataclass
class Package:
    """All parts by name; trees of those that were opened are written back, the others stay byte for byte."""

    parts: dict[str, bytes]
    trees: dict[str, Kept] = field(default_factory=dict)

    def tree(self, part: str) -> Kept:
        """A part as a tree; from now on the tree counts."""
        if part not in self.trees:
            if part not in self.parts:
                raise Unreadable(f"文件缺了一部分，无法打开，{RESAVE}")
            self.trees[part] = kept(self.parts[part])
        return self.trees[part]

    def written(self) -> bytes:
        """The package again."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, self.trees[name].written() if name in self.trees else content)
        return out.getvalue()

    def drop(self, part: str) -> None:
        """Takes a part out, with what names it."""
        if self.parts.pop(part, None) is None:
            return
        self.trees.pop(part, None)
        types = self.tree("[Content_Types].xml").root
        for node in list(types):
            if node.get("PartName", "").lstrip("/") == part:
                types.remove(node)
        for name in [name for name in self.parts if name.endswith(".rels")]:
            links = self.tree(name).root
            folder = posixpath.dirname(posixpath.dirname(name))
            for node in list(links):
                if _joined(folder, node.get("Target", "")) == part:
                    links.remove(node)

    def linked(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: id → (kind, part)."""
        name = posixpath.join(posixpath.dirname(part), "_rels", posixpath.basename(part) + ".rels")
        if name not in self.parts:
            return {}
        folder = posixpath.dirname(part)
        return {
            node.get("Id", ""): (
                node.get("Type", "").rsplit("/", 1)[-1],
                _joined(folder, node.get("Target", "")),
            )
            for node in kept(self.parts[name]).root
            if node.get("TargetMode") != "External"
        }

    @cached_property
    def book(self) -> str:
        """The part that lists the sheets."""
        for kind, part in self.linked_root().values():
            if kind == "officeDocument":
                return part
        raise Unreadable(f"文件的内部结构已损坏，无法打开，{RESAVE}")

    def linked_root(self) -> dict[str, tuple[str, str]]:
        """What the package as a whole refers to."""
        if "_rels/.rels" not in self.parts:
            return {}
        return {
            node.get("Id", ""): (
                node.get("Type", "").rsplit("/", 1)[-1],
                _joined("", node.get("Target", "")),
            )
            for node in kept(self.parts["_rels/.rels"]).root
        }

    @cached_property
    def leaves(self) -> list[Leaf]:
        """The sheets in the order of the book."""
        tree = self.tree(self.book)
        links = self.linked(self.book)
        found = []
        for node in tree.root.iter(f"{tree.space}sheet"):
            kind, part = links.get(node.get(RELATION) or node.get(STRICT) or "", ("", ""))
            if kind == "worksheet" and part in self.parts:
                found.append(Leaf(node.get("name", ""), part, node.get("state", "visible") != "visible"))
        if not found:
            raise Unreadable("文件里没有工作表。")
        return found

    def part_of(self, kind: str) -> str:
        """The book's part of a kind (styles, sharedStrings); "" when it has none."""
        return next((part for name, part in self.linked(self.book).values() if name == kind), "")

    @cached_property
    def strings(self) -> list[str]:
        """The shared texts."""
        part = self.part_of("sharedStrings")
        if part not in self.parts:
            return []
        tree = kept(self.parts[part])
        return [words_of(node, tree.space) for node in tree.root.findall(f"{tree.space}si")]


def words_of(node: Element, space: str) -> str:
    """The text of a string item without its phonetic hints."""
    found = [child.text or "" for child in node.findall(f"{space}t")]
    for run in node.findall(f"{space}r"):
        found += [child.text or "" for child in run.findall(f"{space}t")]
    return "".join(found)


def open_package(content: bytes) -> Package:
    """The parts of a file. Refuses what is torn, locked, or swells beyond any form."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            if any(info.flag_bits & 1 for info in infos):
                raise Unreadable("文件加了密码，请先取消密码再传。")
            if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_UNPACKED:
                raise Unreadable("文件解压后大得不正常，不像一张空表，为安全起见没有打开。")
            if any(info.file_size > MAX_XML for info in infos if info.filename.lower().endswith(".xml")):
                raise Unreadable("表里的空行空列多得不正常，请删去下面和右边多余的空行空列，另存后再传。")
            parts = {info.filename.replace("\\", "/").lstrip("/"): _read(archive, info) for info in infos}
    except (zipfile.BadZipFile, OSError, EOFError, KeyError, NotImplementedError, RuntimeError, ValueError):
        raise Unreadable(f"文件已损坏，无法打开，{RESAVE}") from None
    return Package({name: data for name, data in parts.items() if not name.endswith("/")})


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    # A header may lie about the size: never read further than it says.
    with archive.open(info) as part:
        data = part.read(info.file_size + 1)
    if len(data) > info.file_size:
        raise Unreadable("文件压缩得不正常，为安全起见没有打开。")
    return data


def _joined(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target)).lstrip("/")


def first(node: Element, tag: str) -> Any:
    """The first child of a name, or None."""
    return node.find(tag)

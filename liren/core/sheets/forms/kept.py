"""Kept XML (原样的 XML): a part of a package read, changed in a few places, and written with the same names again.

Office programs refuse a part whose `mc:Ignorable` names a prefix that is not declared, so every prefix of the original
is declared again, used or not.
"""

import io
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape, quoteattr

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from ..safety import RESAVE, Unreadable

XML = "http://www.w3.org/XML/1998/namespace"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(slots=True)
class Kept:
    """A tree with the prefixes its maker gave to the namespaces."""

    root: Element
    prefixes: dict[str, str] = field(default_factory=dict)

    @property
    def space(self) -> str:
        """The namespace of the root as Clark writes it: {…}."""
        tag = str(self.root.tag)
        return tag[: tag.index("}") + 1] if tag.startswith("{") else ""

    def written(self) -> bytes:
        """The part as bytes."""
        names = _Names(self.prefixes)
        out = io.StringIO()
        _write(out, self.root, names)
        body = out.getvalue()
        declared = "".join(
            f" xmlns{':' if prefix else ''}{prefix}={quoteattr(space)}"
            for prefix, space in names.declared.items()
        )
        cut = len(names.tag(str(self.root.tag))) + 1
        return (HEAD + body[:cut] + declared + body[cut:]).encode("utf-8")


def kept(data: bytes) -> Kept:
    """Reads a part. Refuses torn XML and entities of its own."""
    prefixes: dict[str, str] = {}
    root: Any = None
    try:
        for event, node in iterparse(io.BytesIO(data), events=("start-ns", "start")):
            if event == "start-ns":
                prefixes.setdefault(node[0] or "", node[1])
            elif root is None:
                root = node
    except DefusedXmlException:
        raise Unreadable("文件里有不安全的 XML 定义，为安全起见没有打开。") from None
    except (ParseError, ValueError, LookupError):
        raise Unreadable(f"文件的内部结构已损坏，无法打开，{RESAVE}") from None
    if root is None:
        raise Unreadable(f"文件的内部结构已损坏，无法打开，{RESAVE}")
    return Kept(root, prefixes)


class _Names:
    """Clark names into prefixed ones."""

    def __init__(self, prefixes: dict[str, str]) -> None:
        self.declared = dict(prefixes)
        self.of_tags: dict[str, str] = {}
        self.of_attributes: dict[str, str] = {XML: "xml"}
        for prefix, space in prefixes.items():
            self.of_tags.setdefault(space, prefix)
            if prefix:
                self.of_attributes.setdefault(space, prefix)
        self.known: dict[str, str] = {}

    def tag(self, name: str) -> str:
        found = self.known.get(name)
        if found is None:
            found = self.known[name] = self._named(name, self.of_tags)
        return found

    def attribute(self, name: str) -> str:
        return self._named(name, self.of_attributes) if name.startswith("{") else name

    def _named(self, name: str, book: dict[str, str]) -> str:
        if not name.startswith("{"):
            return name
        space, local = name[1:].split("}", 1)
        if space not in book:
            prefix = f"kept{len(self.declared)}"
            self.declared[prefix] = space
            book[space] = prefix
        prefix = book[space]
        return f"{prefix}:{local}" if prefix else local


def _write(out: io.StringIO, node: Element, names: _Names) -> None:
    tag = names.tag(str(node.tag))
    attributes = "".join(f" {names.attribute(key)}={quoteattr(value)}" for key, value in node.attrib.items())
    if len(node) == 0 and not node.text:
        out.write(f"<{tag}{attributes}/>")
    else:
        out.write(f"<{tag}{attributes}>")
        if node.text:
            out.write(escape(node.text))
        for child in node:
            _write(out, child, names)
        out.write(f"</{tag}>")
    if node.tail:
        out.write(escape(node.tail))

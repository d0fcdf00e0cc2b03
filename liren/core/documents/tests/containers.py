"""Containers of old Office files (OLE), written just far enough for a reader to find the streams in them."""

import struct

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def container(streams):
    """A container of streams, each of them padded to 4096 bytes so that it lies in sectors of its own."""
    chains, body, at = [], b"", 0
    padded = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    for content in padded.values():
        count = -(-len(content) // SECTOR)
        chains += [*range(at + 1, at + count), END]
        body += content.ljust(count * SECTOR, b"\0")
        at += count
    first_of_directory = at
    entries = [_entry("Root Entry", 5, child=1 if streams else FREE, start=END, size=0)]
    start = 0
    for number, (name, content) in enumerate(padded.items(), 1):
        right = number + 1 if number < len(padded) else FREE
        entries.append(_entry(name, 2, right=right, start=start, size=len(content)))
        start += -(-len(content) // SECTOR)
    count = -(-len(entries) // 4)
    directory = b"".join(entries).ljust(count * SECTOR, b"\0")
    chains += [*range(at + 1, at + count), END]
    at += count
    chains.append(FAT)
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(SECTOR, b"\xff")
    assert len(table) == SECTOR, "more than one sector of chains"
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
    )
    head += struct.pack("<IIIIIIIII", 0, 1, first_of_directory, 0, 4096, END, 0, END, 0)
    head += struct.pack("<I", at).ljust(SECTOR - len(head), b"\xff")
    return head + body + directory + table


def _entry(name, kind, *, right=FREE, child=FREE, start, size):
    spelt = (name + "\0").encode("utf-16-le")
    head = spelt.ljust(64, b"\0") + struct.pack("<HBBIII", len(spelt), kind, 1, FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def summary(author):
    """A property set with one property: the author."""
    text = author.encode("gbk") + b"\0"
    text = text.ljust(-(-len(text) // 4) * 4, b"\0")
    value = struct.pack("<II", 30, len(text)) + text
    section = struct.pack("<IIII", 16 + len(value), 1, 4, 16) + value
    kind = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
    return struct.pack("<HHI16sI", 0xFFFE, 0, 2, b"", 1) + kind + struct.pack("<I", 48) + section


def document(words=b"words", flags=0):
    """The main stream of a text."""
    return struct.pack("<HHHHHH", 0xA5EC, 193, 0, 0, 0, flags) + bytes(20) + words


def workbook(user, *records):
    """The main stream of a workbook, with the name of its last user."""
    written = struct.pack("<HH", 0x5C, 112) + user.ljust(112, b" ")
    begin = struct.pack("<HHHHI", 0x809, 8, 0x600, 5, 0)
    return begin + b"".join(records) + written + struct.pack("<HH", 0x0A, 0)

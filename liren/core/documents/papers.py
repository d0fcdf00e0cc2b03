"""PDF (便携文档): pages stay as they are; scripts, attachments, authors and hidden places are taken out."""

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, sanitize
from pikepdf.settings import set_qpdf_limits

from liren.core.duty import Refused

from .embedded import without_notes
from .kinds import KINDS, Clean

MB = 1024 * 1024
# One page of a scan unpacks to some 30 MB; what wants more than this is made to fill the memory.
set_qpdf_limits(
    flate_max_memory=256 * MB,
    run_length_max_memory=256 * MB,
    png_max_memory=256 * MB,
    tiff_max_memory=256 * MB,
    dct_max_memory=256 * MB,
    doc_max_warnings=500,
)
MOST_OBJECTS = 200_000
MOST_PAGES = 2000
# What says who made it, with what, when and from what; and what runs, opens or carries something.
NOTES = (
    "/Metadata", "/PieceInfo", "/LastModified", "/JS", "/JavaScript", "/AA", "/EmbeddedFiles", "/EF", "/AF", "/XFA",
    "/Collection", "/RichMediaContent", "/Alternates", "/OPI",
)  # fmt: skip
CLEANERS = (
    sanitize.remove_javascript,
    sanitize.remove_attachments,
    sanitize.remove_external_access,
    sanitize.remove_multimedia,
    sanitize.remove_private_app_data,
    sanitize.remove_thumbnails,
    sanitize.remove_web_capture,
    sanitize.remove_collection,
)


def clean_pdf(content: bytes, *, name: str) -> Clean:
    """The PDF with its pages and nothing behind them. Refuses one with a password, and a broken one."""
    out = BytesIO()
    try:
        with Pdf.open(BytesIO(content)) as pdf:
            if not 0 < len(pdf.pages) <= MOST_PAGES or len(pdf.objects) > MOST_OBJECTS:
                raise Refused(f"「{name}」页数或内容多得不正常，为安全起见没有收。请拆成几份再传")
            _empty(pdf)
            pdf.save(
                out,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                encryption=False,
                deterministic_id=True,
            )
    except pikepdf.PasswordError:
        raise Refused(f"「{name}」加了密码，请先取消密码再传") from None
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, RecursionError):
        raise Refused(f"「{name}」没有传完整，或者 PDF 本身坏了。请打开看一眼，重新传一次") from None
    return Clean(out.getvalue(), KINDS["pdf"])


def _empty(pdf: Pdf) -> None:
    for clean in CLEANERS:
        clean(pdf)
    for thing in pdf.objects:
        if isinstance(thing, Dictionary | Stream):
            _forget_notes(thing)
        if isinstance(thing, Stream):
            _forget_notes_of_photo(thing)
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]


def _forget_notes(thing: Dictionary | Stream) -> None:
    for key in NOTES:
        if key in thing:
            del thing[key]


def _forget_notes_of_photo(thing: Stream) -> None:
    """A photo lies in a PDF as the camera wrote it, with the place it was taken."""
    filters = thing.get("/Filter")
    first = filters[0] if isinstance(filters, Array) and len(filters) == 1 else filters
    if first != Name.DCTDecode:
        return
    raw = thing.read_raw_bytes()
    kept = without_notes(raw)
    if kept != raw:
        reading = thing.get("/DecodeParms")
        thing.write(
            kept,
            filter=Name.DCTDecode,
            decode_parms=reading if isinstance(reading, Dictionary | Array) else None,
        )

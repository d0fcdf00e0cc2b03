"""Pictures (照片): encoded anew from their points alone, so that nothing a camera wrote beside them is kept.

Place, owner, maker's notes, comments and whatever was hung on behind the picture are gone, because they are never copied.
"""

import datetime
import struct
from io import BytesIO

from django.utils import timezone
from PIL import Image, ImageCms

from liren.core.duty import Refused

from .kinds import KINDS, Clean, Kind

READERS = {"jpeg": ("JPEG", "MPO"), "png": ("PNG",), "gif": ("GIF",), "webp": ("WEBP",)}
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    EOFError,
    OverflowError,
    struct.error,
)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
ORIENTATION, EXIF, TAKEN, OFFSET = 0x0112, 0x8769, 0x9003, 0x9011
THUMBNAIL_SIDE = 360
# A drawing or a screenshot packs well as PNG; what is still larger than this is a photo.
PNG_UNTIL = 1536 * 1024


def clean_picture(content: bytes, key: str, *, name: str, megapixels: int, side: int) -> Clean:
    """The picture upright, no side longer than `side`, with its thumbnail. Refuses what is broken or far too large."""
    try:
        with Image.open(BytesIO(content), formats=READERS[key]) as image:
            if image.width * image.height > megapixels * 1_000_000:
                raise _too_many(name, megapixels)
            turn, taken_at = _said_by_camera(image)
            image.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=3.0)
            picture = _points_alone(image)
    except BOMBS:
        raise _too_many(name, megapixels) from None
    except BROKEN:
        raise Refused(f"「{name}」没有传完整，或者照片本身坏了。请打开看一眼，重新传一次") from None
    if turn in TURNS:
        picture = picture.transpose(TURNS[turn])
    kept, kind = _encoded(picture, key)
    return Clean(
        kept, kind, picture.width, picture.height, thumbnail=_thumbnail_of(picture), taken_at=taken_at
    )


def _too_many(name: str, megapixels: int) -> Refused:
    return Refused(f"「{name}」像素太多（超过 {megapixels * 100} 万），请用普通模式拍，或者缩小后再传")


def _said_by_camera(image: Image.Image) -> tuple[int, datetime.datetime | None]:
    """Which way is up, and when it was taken; notes of cameras are often broken, and then say nothing."""
    try:
        notes = image.getexif()
        inner = notes.get_ifd(EXIF)
        return notes.get(ORIENTATION, 1), _moment(str(inner.get(TAKEN, "")), str(inner.get(OFFSET, "")))
    except (UserWarning, *BROKEN):
        return 1, None


def _moment(text: str, offset: str) -> datetime.datetime | None:
    try:
        plain = datetime.datetime.strptime(text.strip("\0 "), "%Y:%m:%d %H:%M:%S")
        zone = datetime.datetime.strptime(offset.strip("\0 "), "%z").tzinfo if offset else None
        return plain.replace(tzinfo=zone or timezone.get_default_timezone())
    except ValueError:
        return None


def _points_alone(image: Image.Image) -> Image.Image:
    """The points in the colours every screen knows (sRGB), in an image that never saw the file."""
    profile = image.info.get("icc_profile")
    see_through = image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info
    if profile and image.mode in ("RGB", "CMYK"):
        image = _in_srgb(image, profile)
    mode = "RGBA" if see_through else "L" if image.mode in ("1", "L") else "RGB"
    if image.mode.startswith("I"):
        # Sixteen bits of grey: the upper eight are what a screen shows.
        image = image.point(lambda value: value / 256).convert("L")
    image = image.convert(mode)
    if mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image, mode = image.convert("RGB"), "RGB"
    return Image.frombytes(mode, image.size, image.tobytes())


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
        ours = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, theirs, ours, outputMode="RGB") or image
    except (ImageCms.PyCMSError, *BROKEN):
        return image


def _encoded(picture: Image.Image, key: str) -> tuple[bytes, Kind]:
    see_through = picture.mode == "RGBA"
    if key in ("png", "gif") or see_through:
        out = BytesIO()
        picture.save(out, "PNG")
        if see_through or out.tell() <= PNG_UNTIL:
            return out.getvalue(), KINDS["png"]
    return _jpeg(picture, 85), KINDS["jpeg"]


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


def _thumbnail_of(picture: Image.Image) -> bytes:
    small = picture.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    if small.mode == "RGBA":
        paper = Image.new("RGB", small.size, "white")
        paper.paste(small, mask=small.getchannel("A"))
        small = paper
    return _jpeg(small, 78)

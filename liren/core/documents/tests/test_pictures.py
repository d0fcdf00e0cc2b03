"""Photos: what one sees stays, what the phone noted is gone, and bombs do not go off."""

import datetime
import io

import pytest
from PIL import Image, ImageCms

from liren.core.documents import cleaning
from liren.core.duty import Refused

from . import files

pytestmark = pytest.mark.django_db


def cleaned(content, name="现场.jpg"):
    return cleaning.cleaned(content, name=name)


def opened(clean):
    return Image.open(io.BytesIO(clean.content))


def says_nothing(content):
    image = Image.open(io.BytesIO(content))
    assert not dict(image.getexif()) and not image.getexif().get_ifd(0x8825)
    assert not image.info.keys() & {"exif", "xmp", "comment", "Author", "Comment", "icc_profile", "photoshop"}
    assert not any(word in content for word in files.SECRETS)


def test_a_photo_says_nothing_about_where_and_with_what_it_was_taken():
    sent = files.photo()
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(0x8825), "the photo of the test has no place"
    assert all(word in sent for word in files.SECRETS)
    clean = cleaned(sent)
    says_nothing(clean.content)
    says_nothing(clean.thumbnail)
    assert (clean.kind.key, clean.width, clean.height) == ("jpeg", 640, 480)


def test_pictures_with_text_lose_it():
    clean = cleaned(files.noted_png())
    says_nothing(clean.content)
    assert clean.kind.key == "png"


@pytest.mark.parametrize(("orientation", "corner"), [(1, (0, 0)), (3, (1, 1)), (6, (1, 0)), (8, (0, 1))])
def test_a_photo_is_turned_upright(orientation, corner):
    clean = cleaned(files.photo(orientation=orientation))
    assert (clean.width, clean.height) == ((480, 640) if orientation in (6, 8) else (640, 480))
    for made in (clean.content, clean.thumbnail):
        image = Image.open(io.BytesIO(made)).convert("RGB")
        at = tuple(4 if not place else length - 5 for place, length in zip(corner, image.size, strict=True))
        red, green, blue = image.getpixel(at)
        assert red > 200 and green < 80 and blue < 80


def test_a_large_photo_is_made_smaller_and_has_a_thumbnail():
    clean = cleaned(files.jpeg((4000, 1000)))
    assert (clean.width, clean.height) == (2560, 640)
    assert Image.open(io.BytesIO(clean.thumbnail)).size == (360, 90)


def test_the_time_is_read_with_its_zone():
    zone = datetime.timezone(datetime.timedelta(hours=8))
    assert cleaned(files.photo()).taken_at == datetime.datetime(2026, 7, 14, 9, 30, 15, tzinfo=zone)
    assert cleaned(files.jpeg()).taken_at is None


@pytest.mark.parametrize(
    ("kind", "mode", "becomes"),
    [
        ("GIF", "P", "png"), ("WEBP", "RGB", "jpeg"), ("WEBP", "RGBA", "png"), ("PNG", "P", "png"), ("PNG", "1", "png"),
        ("PNG", "LA", "png"), ("PNG", "I;16", "png"), ("JPEG", "CMYK", "jpeg"), ("JPEG", "L", "jpeg"),
    ],
)  # fmt: skip
def test_every_kind_of_picture_can_be_looked_at(kind, mode, becomes):
    image = (
        files.picture((90, 60), "L").convert("I").convert(mode)
        if mode == "I;16"
        else files.picture((90, 60), mode)
    )
    if mode in ("RGBA", "LA"):
        image.putalpha(120)
    clean = cleaned(files.saved(image, kind))
    assert clean.kind.key == becomes and opened(clean).size == (90, 60) and clean.thumbnail


def test_what_is_see_through_stays_so_and_stands_on_white_when_small():
    image = Image.new("RGBA", (50, 50), (255, 0, 0, 0))
    clean = cleaned(files.saved(image, "PNG"))
    assert opened(clean).getpixel((5, 5))[3] == 0
    assert min(Image.open(io.BytesIO(clean.thumbnail)).getpixel((5, 5))) > 250


def test_a_photo_sent_as_png_is_kept_as_jpeg():
    noise = Image.effect_noise((1400, 1200), 90).convert("RGB")
    assert cleaned(files.saved(noise, "PNG")).kind.key == "jpeg"


def test_colours_of_the_camera_become_those_of_every_screen():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    clean = cleaned(files.jpeg(icc_profile=profile))
    assert "icc_profile" not in opened(clean).info
    assert cleaned(files.jpeg(icc_profile=b"broken profile")).kind.key == "jpeg"


def test_a_bomb_is_refused_before_it_is_unpacked():
    sent = files.bomb_png()
    assert len(sent) < 200_000
    with pytest.raises(Refused, match="像素太多（超过 5000 万）"):
        cleaned(sent)
    with pytest.raises(Refused, match="像素太多"):
        cleaned(files.bomb_png(20_000, 20_000))


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_bomb_is_refused_by_our_own_rule_too():
    with pytest.raises(Refused, match="像素太多"):
        cleaned(files.bomb_png())


@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_half_a_photo_is_refused(share):
    sent = files.jpeg()
    with pytest.raises(Refused, match="没有传完整"):
        cleaned(sent[: int(len(sent) * share)])


def test_what_hangs_behind_or_inside_a_photo_is_lost():
    page = b"<script>alert('POLYGLOT')</script>"
    clean = cleaned(files.jpeg(comment=page) + b"PK\x03\x04" + page)
    assert b"POLYGLOT" not in clean.content


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_broken_notes_do_not_matter():
    sent = files.photo()
    place = sent.index(b"Exif\0\0") + 10
    broken = sent[:place] + b"\xff" * 12 + sent[place + 12 :]
    assert cleaned(broken).kind.key == "jpeg"

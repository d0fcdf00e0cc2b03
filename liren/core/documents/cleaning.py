"""Cleaning (收件前的清理): from bytes somebody sent to a file that is safe to keep and to show again."""

from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.rules import number

from .kinds import FAMILIES, FILM, KINDS, PAPER, PHOTO, SOUND, Clean, key_of
from .movies import clean_movie
from .office import clean_package
from .old_office import clean_old
from .papers import clean_pdf
from .pictures import READERS, clean_picture
from .sounds import clean_sound

MB = 1024 * 1024
# Which limit holds before the inside of a container has said what it is.
LIMITS = {"movie": FILM, "zip": PAPER, "ole": PAPER}
CONTAINERS = {"pdf": clean_pdf, "zip": clean_package, "ole": clean_old, "movie": clean_movie}


def most_bytes(family: str, area: Area | None) -> int:
    """How large a file of a family may be."""
    return number(f"documents.{family}_mb", area=area) * MB


def cleaned(content: bytes, *, name: str, area: Area | None = None) -> Clean:
    """The file as it may be kept. Slow for large ones: call it before a transaction is opened."""
    if not content:
        raise Refused(f"「{name}」是空文件，请重新选一次")
    key = key_of(content, name)
    family = LIMITS.get(key) or KINDS[key].family
    _hold_to_size(content, family, name, area)
    if key in READERS:
        return clean_picture(
            content,
            key,
            name=name,
            megapixels=number("documents.photo_megapixels", area=area),
            side=number("documents.photo_side", area=area),
        )
    clean = CONTAINERS[key](content, name=name) if key in CONTAINERS else clean_sound(content, key, name=name)
    # A recording is let in under the larger limit of films until its inside has said what it is.
    _hold_to_size(clean.content, clean.kind.family, name, area)
    return clean


def _hold_to_size(content: bytes, family: str, name: str, area: Area | None) -> None:
    most = most_bytes(family, area)
    if len(content) > most:
        advice = "请缩小" if family == PHOTO else "请剪短" if family in (SOUND, FILM) else "请拆开"
        raise Refused(f"「{name}」超过 {most // MB} MB（{FAMILIES[family]}的上限），{advice}再传")

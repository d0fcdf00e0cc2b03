"""What can be known about a person (居民要素): the catalogue that columns, filters, imports and policies read."""

from .ages import AGE, BIRTH, BIRTH_MONTH, ELDER, INFANT, MINOR, SENIOR
from .attributes import LEFT_ON, MOVED_IN
from .bands import BAND
from .dwelling import (
    BUILDING,
    CODE,
    EMPTY_NEST,
    GRID,
    HUKOU_MISMATCH,
    LIVES_ALONE,
    RELATION,
    SIZE,
    STALE,
    TENANT,
    TENURE,
    VERIFIED,
)
from .labels import LABELS
from .plain import EDUCATION, HAS_PAPER, HAS_PHONE, KIND, NAME, SEX, STATUS

__all__ = [
    "AGE",
    "BAND",
    "BIRTH",
    "BIRTH_MONTH",
    "BUILDING",
    "CODE",
    "EDUCATION",
    "ELDER",
    "EMPTY_NEST",
    "GRID",
    "HAS_PAPER",
    "HAS_PHONE",
    "HUKOU_MISMATCH",
    "INFANT",
    "KIND",
    "LABELS",
    "LEFT_ON",
    "LIVES_ALONE",
    "MINOR",
    "MOVED_IN",
    "NAME",
    "RELATION",
    "SENIOR",
    "SEX",
    "SIZE",
    "STALE",
    "STATUS",
    "TENANT",
    "TENURE",
    "VERIFIED",
]

"""Invented numbers (虚构号码) that can belong to nobody: right in form, from ranges that were never given out.

Identity numbers have a real province, an unassigned county (…97, 98, 99) and a correct check digit; telephones use
ranges without subscribers.
"""

import calendar
import datetime

from django.utils import timezone

from liren.core.people.identity import check_digit

MOBILE_RANGES = ("142", "143", "154", "160", "161", "163", "164", "169")
HOME_COUNTY = "310199"


def resident_id(birth: datetime.date, *, male: bool, sequence: int, county: str = HOME_COUNTY) -> str:
    """An 18-digit number; `sequence` 0–499 tells apart people born on one day in one county."""
    order = sequence % 500 * 2 + (1 if male else 0)
    first = f"{county}{birth:%Y%m%d}{order:03d}"
    return first + check_digit(first)


def mobile(sequence: int) -> str:
    """A mobile number."""
    mixed = sequence * 7_654_321 % 100_000_000
    return f"{MOBILE_RANGES[sequence % len(MOBILE_RANGES)]}{mixed:08d}"


def landline(sequence: int) -> str:
    """A fixed line of the city: 021-40xxxxxx."""
    return f"021-40{sequence * 54_321 % 1_000_000:06d}"


def years_ago(years: int, days: int = 60) -> datetime.date:
    """The birthday of somebody of this age, `days` ago; whole years back from today."""
    today = timezone.localdate()
    year = today.year - years
    day = min(today.day, calendar.monthrange(year, today.month)[1])
    return today.replace(year=year, day=day) - datetime.timedelta(days=days)

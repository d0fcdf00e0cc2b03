"""Addresses (网址): the address of a page by its name, put together once.

A page has dozens of links. An address depends on nothing but its name and what stands in it, and says nothing about
who may open it: that is asked when it is opened.
"""

from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, reverse
from django.utils.html import escape
from django.utils.safestring import SafeString

KEPT = 4096


def address(name: str, *args: Any) -> str:
    """``address("portal:progress", code, 7)``: as `reverse` says it."""
    return _address(get_script_prefix(), name, *args) if _plain(args) else reverse(name, args=args)


def escaped_address(name: str, *args: Any) -> SafeString:
    """The same, ready to stand in a page."""
    return _escaped(get_script_prefix(), name, *args) if _plain(args) else escape(reverse(name, args=args))


def _plain(args: tuple[Any, ...]) -> bool:
    """Only texts and whole numbers: True and 1 are the same to a dictionary, and not in an address."""
    return all(type(each) is str or type(each) is int for each in args)


@lru_cache(maxsize=KEPT, typed=True)
def _address(prefix: str, name: str, *args: str | int) -> str:
    return reverse(name, args=args)


@lru_cache(maxsize=KEPT, typed=True)
def _escaped(prefix: str, name: str, *args: str | int) -> SafeString:
    return escape(reverse(name, args=args))

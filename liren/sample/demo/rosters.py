"""Rosters (练习名册): two small workbooks for the first hour, of people of the demo and of some who are new."""

from pathlib import Path


def write_rosters(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)

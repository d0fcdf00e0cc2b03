"""import_rosters goes through the real actions and leaves nothing behind."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from liren.core.people.models import Person
from liren.doors.imports.tests.rosters import workbook
from liren.sample import throwaway

pytestmark = pytest.mark.django_db
PLACES = {
    "community": {
        "name": "里仁社区",
        "code": "310199001009",
        "city": "海东市",
        "district": "临江区",
        "street": "槐荫街道",
        "org": "里仁社区居民委员会",
        "as_of": "2026-06-30",
        "address_prefix": "海东市临江区槐荫街道里仁社区",
    },
    "grids": [{"key": "G1", "name": "第一网格", "worker": "", "worker_phone": ""}],
    "buildings": [
        {
            "key": "B1",
            "name": "3号楼",
            "kind": "高层",
            "compound": "里仁苑",
            "number": 3,
            "lane": None,
            "address": "里仁路88弄3号楼",
            "units": 2,
            "floors": 5,
            "elevator": True,
            "year_built": 2005,
            "grid": "第一网格",
        }
    ],
}


@pytest.fixture
def own_folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = settings.MEDIA_ROOT = settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    return tmp_path


def test_each_roster_goes_into_an_empty_register(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = own_folder / "places.json"
    places.write_text(json.dumps(PLACES), "utf-8")
    roster, broken = own_folder / "名册.xlsx", own_folder / "坏的.xlsx"
    roster.write_bytes(
        workbook((1, "3号楼", "1", "401", "闻人松", "户主", "闻人松", "男", "", "14200001111", "独居老人"))
    )
    broken.write_bytes(b"PK\x03\x04")
    monkeypatch.setenv(throwaway.MARK, "1")
    call_command("import_rosters", roster, broken, places=places, dump=own_folder / "dump")
    [person] = json.loads((own_folder / "dump" / "名册.json").read_text("utf-8"))["persons"]
    assert (person["name"], person["building"], person["room"]) == ("闻人松", "3号楼", "401")
    assert person["phones"] == ["14200001111"]
    assert person["labels"] == ["独居老人"]
    assert person["relation_to_head"] == "户主"
    assert not (own_folder / "dump" / "坏的.json").exists()
    assert not Person.objects.exists()

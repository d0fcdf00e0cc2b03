"""The first hour: an empty house, a roster dropped into it, and what becomes of it; and the wizard in every mode."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from liren.core.accounts.actions import make_setup_code
from liren.core.people.models import Person
from liren.core.places.actions import open_building, open_estate
from liren.doors.imports import actions
from liren.doors.imports.models import ImportBatch

from .conftest import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
SAMPLES = Path(__file__).parents[2] / "liren" / "doors" / "imports" / "tests" / "samples"
ROSTER = SAMPLES / "01_1至4号楼居民花名册.xlsx"
BUILDINGS = json.loads((SAMPLES / "places.json").read_text("utf-8"))["buildings"]
KINDS = {"高层": "tower", "多层": "walk_up", "里弄": "lane"}
WIDER = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Uploads and progress of a story lie in its own folder."""
    settings.DATA_DIR = settings.MEDIA_ROOT = settings.FILE_UPLOAD_TEMP_DIR = tmp_path


def work_off() -> None:
    """What the worker does meanwhile. The page's questions wait in the browser until it is done."""
    call_command("db_worker", batch=True, queue_name="*", startup_delay=False, verbosity=0)


def sound(page: Any, axe: Callable[[Any], None]) -> None:
    page.wait_for_load_state()
    assert not page.evaluate(WIDER), f"{page.url} is wider than the screen"
    axe(page)


def set_up(page: Any, code: str) -> None:
    for field, text in {
        "setup_code": code, "district_name": "临江区", "district_code": "310199", "street_name": "槐荫街道",
        "street_code": "310199001", "community_name": "里仁社区", "community_code": "310199001001",
        "name": "苏敏", "username": "sumin", "password": "willow-and-pagoda", "again": "willow-and-pagoda",
    }.items():  # fmt: skip
        page.locator(f"#id_{field}").fill(text)
    page.get_by_role("button", name="开张").click()
    page.get_by_role("heading", name="苏敏").wait_for()


def lay_out(page: Any, axe: Callable[[Any], None]) -> None:
    page.goto("/registry/files/estates/new/")
    page.locator("#id_name").fill("里仁路88弄")
    page.locator("main form button.primary").click()
    for number in (1, 2, 3, 6):
        page.goto("/registry/files/buildings/new/")
        page.locator("#id_name").fill(f"{number}号楼")
        page.locator("#id_estate").select_option(label="里仁路88弄")
        page.locator("#id_kind").select_option("tower")
        for field, said in (("units", "2"), ("floors", "18"), ("per_floor", "2")):
            page.locator(f"#id_{field}").fill(said)
        if number == 1:
            axe(page)
        page.locator("main form button.primary").click()
        page.get_by_role("heading", name=f"{number}号楼").wait_for()


def drop_roster(page: Any, axe: Callable[[Any], None], look: Callable[[Any, str], None]) -> None:
    page.goto("/imports/")
    sound(page, axe)
    page.locator("input[type=file]").set_input_files(str(ROSTER))
    page.wait_for_url(re.compile(r"/imports/\d+/$"))
    sound(page, axe)
    work_off()
    page.get_by_role("heading", name="试跑：将要发生的变化").wait_for()
    sound(page, axe)
    look(page, "story-dry-run")


def mend_a_problem(page: Any, axe: Callable[[Any], None]) -> None:
    batch = page.url
    page.get_by_role("link", name="出生月份有两种读法").or_(
        page.get_by_role("link", name="全部")
    ).first.click()
    page.goto(page.url.split("?")[0] + "?reason=birth_ambiguous")
    sound(page, axe)
    page.get_by_label("改成").first.fill("2020-01")
    page.get_by_role("button", name="改好了").first.click()
    page.get_by_text("行改好了").wait_for()
    page.goto(batch)


def find_by_initials(page: Any, axe: Callable[[Any], None]) -> None:
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("zbx")
    page.get_by_role("option", name="朱宝兴").wait_for()
    axe(page)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="朱宝兴").wait_for()
    sound(page, axe)


def reveal(page: Any, axe: Callable[[Any], None]) -> None:
    page.locator("main [data-reveal]").first.click()
    page.get_by_label("核对身份").check()
    axe(page)
    page.get_by_role("button", name="显示 60 秒").click()
    page.get_by_text("秒后遮住").wait_for()
    page.get_by_role("link", name="谁看过").first.click()
    page.get_by_text("核对身份").first.wait_for()
    sound(page, axe)


def test_from_an_empty_house_to_a_register_and_back(
    db: None, browse: Any, axe: Callable[[Any], None], look: Callable[[Any, str], None]
) -> None:
    code = make_setup_code(by=None)
    page = browse()
    page.route("**/progress/", lambda route: route.continue_())
    page.goto("/")
    page.wait_for_url("**/setup/")
    axe(page)
    set_up(page, code)
    lay_out(page, axe)
    drop_roster(page, axe, look)
    batch = page.url
    mend_a_problem(page, axe)
    page.get_by_role("button", name="写入登记册").click()
    page.wait_for_url(batch)
    work_off()
    page.get_by_text("写好了").wait_for()
    sound(page, axe)
    look(page, "story-written")
    assert Person.objects.count() == 429
    find_by_initials(page, axe)
    look(page, "story-person")
    reveal(page, axe)
    page.goto("/registry/files/buildings/")
    page.get_by_role("link", name="1号楼").click()
    page.locator(".bldg .cell b", has_text=re.compile(r"^101$")).first.click()
    page.get_by_text("朱宝兴").first.wait_for()
    sound(page, axe)
    look(page, "story-chart")
    page.goto(batch)
    page.get_by_role("button", name="撤销整批").click()
    page.wait_for_url(batch)
    work_off()
    page.get_by_text("整批撤销了").wait_for()
    sound(page, axe)
    assert not Person.objects.exists()


MODES = {
    "default": (DESK, {}),
    "large": (DESK, {"size": "large"}),
    "contrast": (DESK, {"contrast": "more"}),
    "phone": (PHONE, {}),
    "phone-large": (PHONE, {"size": "large"}),
}


def read_samples(village: Any, *names: str) -> ImportBatch:
    files = [(path.name, path.read_bytes()) for path in sorted(SAMPLES.glob("0*")) if path.name[:2] in names]
    return actions.read_batch(actions.start_batch(files, community=village.community, by=village.secretary))


def build_samples(village: Any) -> None:
    """The buildings of the sample rosters, beside those of the village."""
    estates: dict[str, Any] = {"里仁苑": village.estate}
    for each in BUILDINGS:
        if each["name"] in ("3号楼", "5号楼", "12弄7号"):
            continue
        if each["compound"] not in estates:
            estates[each["compound"]] = open_estate(
                community=village.community, name=each["compound"], by=village.secretary
            )
        open_building(
            area=village.grid_1, name=each["name"], kind=KINDS[each["kind"]], estate=estates[each["compound"]],
            units=each["units"] or 0, floors=each["floors"] or 0, address=each["address"], by=village.secretary,
        )  # fmt: skip


@pytest.fixture
def batches(village: Any) -> dict[str, ImportBatch]:
    """One batch in each state the wizard shows."""
    build_samples(village)
    by = village.secretary
    first = actions.run_applying(actions.start_applying(read_samples(village, "03"), by=by))
    undone = actions.run_applying(actions.start_applying(read_samples(village, "02"), by=by))
    actions.run_undoing(actions.start_undoing(undone, by=by))
    files = [("合影.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 400)]
    failed = actions.read_batch(actions.start_batch(files, community=village.community, by=by))
    ready = read_samples(village, "01", "04")
    reading = actions.start_batch([("新.csv", "姓名\n".encode())], community=village.community, by=by)
    ImportBatch.objects.filter(pk=reading.pk).update(pulse_at=timezone.now())
    return {"applied": first, "undone": undone, "failed": failed, "ready": ready, "reading": reading}


def pages(batches: dict[str, ImportBatch]) -> dict[str, str]:
    at = {name: f"/imports/{batch.pk}/" for name, batch in batches.items()}
    tabs = {
        f"ready-{key}": f"{at['ready']}?show={key}"
        for key in ("ask", "changed", "new", "blocked", "same", "leaving")
    }
    table = batches["ready"].tables.filter(people__gt=0).first()
    others = {"index": "/imports/", "problems": f"{at['ready']}problems/"}
    return others | {"columns": f"/imports/tables/{table.pk}/columns/"} | at | tabs


def test_the_wizard_is_sound_in_every_mode(
    village: Any,
    batches: dict[str, ImportBatch],
    browse: Any,
    axe: Callable[[Any], None],
    look: Callable[[Any, str], None],
) -> None:
    faults = []
    for mode, (size, prefs) in MODES.items():
        page = browse(village.secretary, size=size, prefs=prefs)
        for name, path in pages(batches).items():
            page.goto(path)
            look(page, f"imports-{name}-{mode}")
            try:
                sound(page, axe)
            except AssertionError as fault:
                faults.append(f"{name} {mode}: {fault}")
    assert not faults, "\n".join(faults)

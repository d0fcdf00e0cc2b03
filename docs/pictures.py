"""All pictures of the manual, taken anew: ``.venv/bin/python docs/pictures.py [STAGE …]``.

Starts a house of its own on a throw-away folder with the invented community, walks through the pages as a worker
would, and writes ``docs/manual/pictures/*.png``. Nothing of ``var/`` is touched. Needs Chromium and a Chinese font.
"""

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pictures_of_work as work
from playwright.sync_api import Browser, Page, sync_playwright
from smaller_png import smaller

HOUSE = Path(__file__).resolve().parents[1]
PICTURES = HOUSE / "docs" / "manual" / "pictures"
FORMS = HOUSE / "liren" / "sample" / "tests" / "data" / "forms"
ROSTER = HOUSE / "liren" / "sample" / "rosters" / "新搬来住户登记表.xlsx"
SCREEN = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
ARGUMENTS = ["--no-sandbox", "--disable-gpu"]  # CI runs as root
NAMES = ("chromium", "chromium-browser", "google-chrome")
# A picture is for eyes: nothing blinks, nothing moves.
STILL = "*,*::before,*::after{animation:none!important;transition:none!important;caret-color:transparent!important}"
# Date fields speak the browser's language, and this browser may not know Chinese: shown as a Chinese one shows them.
DAYS_IN_CHINESE = """document.querySelectorAll("input[type=date], input[type=datetime-local]").forEach(e => {
    e.dataset.day = e.value; e.dataset.kind = e.type; e.type = "text"; e.placeholder = "年/月/日"; e.size = 11;
    e.value = e.dataset.day.replaceAll("-", "/").replace("T", " ") })"""
DAYS_AS_THEY_WERE = """document.querySelectorAll("input[data-day]").forEach(e => {
    e.type = e.dataset.kind; e.value = e.dataset.day; delete e.dataset.day })"""


class Walk:
    """One worker in one browser, who takes pictures on the way."""

    def __init__(self, browser: Browser, address: str, size: dict[str, int] = SCREEN) -> None:
        self.browser, self.address = browser, address
        self.page: Page = browser.new_context(
            viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai", base_url=address, bypass_csp=True
        ).new_page()
        self.page.set_default_timeout(30_000)

    def on_a_phone(self) -> "Walk":
        """A resident beside the worker, on a phone of their own."""
        return Walk(self.browser, self.address, PHONE)

    def take(self, name: str) -> None:
        """The page as it stands."""
        self.page.wait_for_load_state("networkidle")
        self.page.add_style_tag(content=STILL)
        self.page.wait_for_timeout(200)
        self.page.evaluate(DAYS_IN_CHINESE)
        file = PICTURES / f"{name}.png"
        file.write_bytes(smaller(self.page.screenshot()))
        self.page.evaluate(DAYS_AS_THEY_WERE)
        print(f"{file.relative_to(HOUSE)}  {file.stat().st_size // 1024} KB", flush=True)

    def sign_in(self, account: dict[str, str]) -> None:
        """Signs in at the page for it."""
        self.page.goto("/sign-in/")
        self.take("sign-in")
        self.page.fill("[name=username]", account["user"])
        self.page.fill("[name=password]", account["password"])
        self.page.get_by_role("button", name="登录", exact=True).click()
        self.page.get_by_role("heading", level=1).wait_for()

    def press(self, name: str) -> None:
        """Presses the button or follows the link of that name."""
        either = self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name))
        either.first.click()

    def drawer(self, entry: str, name: str) -> None:
        """Opens a step of 办变动, takes it, and thinks better of it."""
        self.press("办变动")
        self.page.locator("#events").get_by_role("link", name=entry, exact=True).click()
        self.page.locator("dialog[open]").wait_for()
        self.take(name)
        self.page.locator("dialog[open]").get_by_role("button", name="不办了").click()


def arrive(walk: Walk) -> None:
    """The first day."""
    walk.page.goto("/account/")
    walk.take("account")
    walk.page.goto("/registry/files/")
    walk.press("显示设置")
    walk.page.get_by_role("button", name="大字", exact=True).click()
    walk.take("large")
    walk.page.get_by_role("button", name="大字", exact=True).click()
    walk.page.keyboard.press("Escape")
    walk.page.keyboard.press("Control+k")
    walk.page.get_by_role("combobox").fill("zs")
    walk.page.locator("[role=option]").first.wait_for()
    walk.take("palette")
    walk.page.keyboard.press("Escape")


def search(walk: Walk) -> None:
    """The register."""
    walk.page.goto("/registry/files/")
    walk.take("register")
    walk.page.goto("/registry/files/?q=80岁以上 独居")
    walk.take("search")
    walk.page.goto("/registry/files/?fact=person.age")
    walk.take("conditions")
    walk.page.goto("/registry/files/")
    walk.press("列与日期")
    walk.take("columns")
    walk.page.goto("/registry/files/?q=80岁以上 独居")
    walk.press("导出这些人")
    walk.page.get_by_role("heading", name="导出名册").wait_for()
    walk.take("export")


def person(walk: Walk) -> None:
    """A person's file, and what can be done there."""
    walk.page.goto("/registry/files/?q=80岁以上 独居")
    walk.page.locator("td a.strong").nth(2).click()
    walk.page.get_by_role("heading", level=1).wait_for()
    file = walk.page.url
    walk.take("person")
    walk.page.locator("[data-reveal]").first.click()
    walk.page.locator("#reveal").get_by_text("核对身份").click()
    walk.take("reveal")
    walk.press("显示 60 秒")
    walk.page.wait_for_timeout(500)
    walk.page.goto(file)
    walk.press("办变动")
    walk.take("events")
    walk.page.keyboard.press("Escape")
    walk.drawer("搬家", "move-in")
    walk.drawer("迁出", "move-out")
    walk.press("标签")
    walk.page.locator("dialog[open]").wait_for()
    walk.take("label")
    walk.page.goto(f"{file}looks/")
    walk.take("looks")
    _with_history(walk)
    walk.take("history")


def _with_history(walk: Walk) -> None:
    """Corrects somebody, as a worker would, and opens the list of changes."""
    walk.page.goto("/registry/files/?q=30岁以上 独居")
    walk.page.locator("td a.strong").first.click()
    walk.page.get_by_role("heading", level=1).wait_for()
    file = walk.page.url
    walk.page.goto(f"{file}edit/")
    walk.page.fill("[name=work_unit]", "柳荫路小学")
    walk.page.locator("main form button.primary, footer button.primary").first.click()
    walk.page.wait_for_url(file)
    walk.page.goto(f"{file}history/")


def places(walk: Walk) -> None:
    """Buildings and houses."""
    walk.page.goto("/registry/files/buildings/")
    walk.take("buildings")
    walk.page.get_by_role("link", name="11号楼", exact=True).first.click()
    walk.page.locator(".bldg .cell").first.wait_for()
    walk.page.locator(".bldg .cell.care", has_text="独居").first.click()
    walk.page.locator("#h-chosen").wait_for()
    walk.page.evaluate("scrollTo(0, 0); document.activeElement.blur()")
    walk.take("building")
    walk.press("最近核实")
    walk.page.wait_for_url(re.compile("by=seen"))
    walk.page.evaluate("scrollTo(0, 0); document.activeElement.blur()")
    walk.take("building-seen")
    walk.press("房屋档案")
    walk.page.wait_for_url(re.compile("/houses/"))
    walk.take("house")


def roster(walk: Walk) -> None:
    """A roster from the file to the register."""
    walk.page.goto("/imports/")
    walk.take("import")
    walk.page.set_input_files("input[type=file]", ROSTER)
    write = walk.page.get_by_role("button", name="写入登记册")
    write.wait_for(timeout=90_000)
    batch = walk.page.url
    walk.page.goto(batch)
    walk.take("dry-run")
    walk.page.goto(f"{batch}problems/")
    walk.take("problems")
    walk.page.goto(batch)
    walk.page.locator("a[href*='/tables/']").first.click()
    walk.page.get_by_role("heading", name=re.compile("^对列")).wait_for()
    walk.take("import-columns")
    walk.page.goto(batch)
    write.click()
    walk.page.get_by_role("button", name="撤销整批").wait_for(timeout=90_000)
    walk.page.goto(batch)
    walk.take("imported")


def quality(walk: Walk) -> None:
    """What is doubtful in the register."""
    walk.page.goto("/registry/quality/")
    walk.page.goto("/registry/quality/?now=1")
    walk.page.goto("/registry/quality/")
    walk.take("quality")
    walk.page.goto("/registry/quality/doubles/")
    walk.take("doubles")
    walk.page.get_by_role("link", name="是同一个人，合并").first.click()
    walk.page.get_by_role("heading", level=1).wait_for()
    walk.take("merge")


def onesheet(walk: Walk) -> None:
    """Forms from above: where they are dropped, a list filled, a card filled."""
    for form, name in (
        ("F01_高龄津贴发放花名册.xlsx", "onesheet-list"),
        ("F03_困难残疾人生活补贴申请审批表.xlsx", ""),
    ):
        walk.page.goto("/registry/onesheet/")
        walk.page.locator("input[type=file]").set_input_files(FORMS / form)
        walk.page.get_by_role("heading", level=1, name=form.split(".")[0]).wait_for()
        if name:
            walk.take(name)
            walk.page.get_by_role("button", name="存成表样").click()
            walk.page.get_by_label("多久交一次").select_option("month")
            walk.page.get_by_label("每期几号交").fill("25")
            walk.page.get_by_role("button", name="存", exact=True).click()
            walk.page.wait_for_load_state("networkidle")
    walk.page.get_by_label("姓名、拼音、门牌").fill("王")
    walk.page.get_by_role("button", name="找", exact=True).click()
    walk.page.get_by_role("button", name="就填这位").first.click()
    walk.page.get_by_text("空着的，可以手填").wait_for()
    walk.take("onesheet-card")
    walk.page.get_by_role("button", name="交表").click()
    walk.take("onesheet-hand-out")
    walk.page.goto("/registry/onesheet/")
    walk.take("onesheet")


def lead(walk: Walk) -> None:
    """What the secretary sees to."""
    walk.page.goto("/staff/")
    walk.take("staff")
    walk.page.goto("/staff/new/")
    walk.take("staff-new")
    walk.page.goto("/rules/")
    walk.take("rules")
    walk.page.goto("/traces/")
    walk.take("traces")


def set_up(walk: Walk) -> None:
    """A house in which nobody has been yet."""
    walk.page.goto("/setup/")
    walk.take("setup")


TOUR: tuple[Callable[[Walk], None], ...] = (
    arrive,
    search,
    person,
    places,
    roster,
    quality,
    onesheet,
    lead,
    *work.TOUR,
)


@contextmanager
def running(*options: str) -> Iterator[tuple[str, Path]]:
    """A house on a free port and a folder of its own: its address, and the folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="liren-pictures-"))
    log = folder / "said.txt"
    command = [
        sys.executable,
        HOUSE / "bin" / "serve",
        "--port",
        str(port),
        "--data",
        folder / "data",
        *options,
    ]
    with log.open("w") as said:
        server = subprocess.Popen(command, stdout=said, stderr=said, cwd=HOUSE)  # noqa: S603 - our own command
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz", server)
        yield f"http://127.0.0.1:{port}", folder / "data"
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)
        shutil.rmtree(folder)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(360):
        if server.poll() is not None:
            sys.exit("The server stopped before it answered.")
        with suppress(OSError), urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own address
            return
        time.sleep(0.5)
    sys.exit("The server does not answer.")


def main(wanted: set[str]) -> None:
    """Takes all pictures, or those of the stages named."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    chromium = next(filter(None, map(shutil.which, NAMES)), None) or sys.exit("Chromium was not found.")
    stages = [stage for stage in TOUR if not wanted or stage.__name__ in wanted]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        if stages:
            with running() as (address, data):
                accounts = {
                    each["user"]: each for each in json.loads((data / "demo.json").read_text("utf-8"))
                }
                walk = Walk(browser, address)
                walk.sign_in(accounts["shuji"])
                for stage in stages:
                    stage(walk)
        if not wanted or "set_up" in wanted:
            with running("--empty") as (address, _):
                set_up(Walk(browser, address))
        browser.close()


if __name__ == "__main__":
    main(set(sys.argv[1:]))

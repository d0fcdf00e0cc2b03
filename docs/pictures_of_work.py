"""Pictures of the work: the day, one matter, appeals, hazards, what comes from above, ledgers, figures, the portal."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pictures import Walk

MESSAGE = (
    "街道民政科 王科长：各社区请于本周五下班前报送60周岁以上独居老人台账，"
    "填姓名、住址、联系电话、紧急联系人，发我邮箱。收到请回复"
)


def matters(walk: "Walk") -> None:
    """The day, the ledger of matters, and one matter from the first line to the next step."""
    walk.page.goto("/")
    walk.take("workbench")
    walk.page.goto("/matters/")
    walk.take("matters")
    walk.page.get_by_role("link", name="303 卫生间顶上又渗水").first.click()
    walk.page.get_by_role("heading", level=1).wait_for()
    walk.take("matter")
    walk.press("办好了，准备答复")
    walk.page.locator("dialog[open]").wait_for()
    walk.take("matter-step")
    walk.page.keyboard.press("Escape")
    walk.page.goto("/matters/new/governance.appeal/")
    walk.page.get_by_label("什么事").fill("楼道灯坏了两盏")
    walk.page.get_by_label("在哪里").fill("3号楼2单元")
    walk.page.wait_for_timeout(800)
    walk.take("matter-new")


def appeals(walk: "Walk") -> None:
    """The three rates, and orders from the hotline before they are taken in."""
    walk.page.goto("/governance/appeals/")
    walk.take("appeals")
    walk.page.goto("/governance/appeals/orders/")
    walk.page.get_by_role("link", name=re.compile("本周")).first.click()
    walk.page.get_by_role("heading", level=1).wait_for()
    walk.take("orders")


def hazards(walk: "Walk") -> None:
    """What is not put right yet, a round through a building, a paper to hand over."""
    walk.page.goto("/governance/hazards/")
    walk.take("hazards")
    walk.page.goto("/governance/hazards/round/")
    walk.page.get_by_role("button", name="14号楼").click()
    walk.page.get_by_role("button", name=re.compile("没问题")).first.click()
    walk.page.wait_for_load_state("networkidle")
    walk.take("round")
    walk.page.goto("/governance/hazards/papers/1/")
    walk.take("hazard-paper")


def inbound(walk: "Walk") -> None:
    """A message pasted and read, the report of the burden, the calendar of the year."""
    walk.page.goto("/governance/inbound/")
    walk.page.get_by_label("消息原文").press_sequentially(MESSAGE)
    walk.page.locator("#read .card").first.wait_for()
    walk.page.evaluate("document.activeElement.blur()")
    walk.take("inbound")
    walk.page.goto("/governance/inbound/burden/")
    walk.take("burden")
    walk.page.goto("/governance/inbound/calendar/")
    walk.take("inbound-calendar")


def ledgers(walk: "Walk") -> None:
    """The work log, the shelf of ledgers, one of them, and the same on paper."""
    walk.page.goto("/ledgers/log/")
    walk.take("worklog")
    walk.page.goto("/ledgers/")
    walk.take("ledgers")
    walk.page.goto("/ledgers/logbook.visit/")
    walk.take("ledger")
    walk.press("打印")
    walk.page.get_by_label("做什么用").fill("季度检查备查")
    walk.press("排好版")
    walk.page.locator(".ledger-paper").first.wait_for()
    walk.take("ledger-paper")


def figures(walk: "Walk") -> None:
    """The numbers of work and of people, and the brief of a month."""
    walk.page.goto("/reports/")
    walk.take("figures")
    walk.page.goto("/reports/people/")
    walk.take("people-figures")
    walk.page.goto("/reports/brief/")
    walk.take("brief")


def portal(walk: "Walk") -> None:
    """A resident on a phone: the first page, saying something without a name, and its answer."""
    walk.page.goto("/portal-desk/residents/")
    walk.take("residents")
    address = walk.page.get_by_role("link", name="打开看看").first.get_attribute("href") or ""
    resident = walk.on_a_phone()
    page = resident.page
    page.goto(address)
    resident.take("portal-home")
    page.get_by_role("link", name="不留名反映").first.click()
    page.get_by_text("报告安全隐患").click()
    page.get_by_text("电动自行车", exact=True).click()
    resident.take("portal-kinds")
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("怎么回事").fill("有人把电瓶拿上楼充电，线从窗户拉出来，晚上更多。")
    page.get_by_label("在哪里").fill("12 号楼 1 单元")
    resident.take("portal-say")
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="提交").click()
    page.locator(".claim").wait_for()
    resident.take("portal-code")


TOUR: tuple[Callable[["Walk"], None], ...] = (
    matters,
    appeals,
    hazards,
    inbound,
    ledgers,
    figures,
    portal,
)

"""Filling (填表): from a blank form and a setting to the filled file and its report. Writes nothing into the register."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from liren.core.duty import Refused
from liren.core.people.facts.answers import Answers
from liren.core.people.facts.asked import lexicon
from liren.core.people.facts.dossiers import Dossiers
from liren.core.people.facts.population import named_elsewhere, wanted_people
from liren.core.people.facts.worded import Wanted
from liren.core.sheets.forms.opening import Opened, open_form, put
from liren.core.sheets.forms.plan import Plan, SheetPlan, TablePlan, plan_of
from liren.core.sheets.forms.shifting import Shift
from liren.core.sheets.forms.writing import Entries

from . import cards, kin, listing, tallying
from .records import kind_in, matter_lexicon
from .report import Report
from .setting import Setting, Target

MANY_WORDS = 150
MASKED = ("公示", "公告", "张贴")


@dataclass
class Work:
    """One filling under way: what every part of it needs."""

    opened: Opened
    plan: Plan
    setting: Setting
    report: Report
    entries: dict[str, Entries]
    on: datetime.date
    answers: Answers
    # Whom the cards are about, once the target is known.
    subject: int | None = None
    # Who lives behind which door, for lists of houses.
    behind: dict[int, list[int]] = field(default_factory=dict)

    def put(self, sheet: str, row: int, column: int, value: Any) -> None:
        """One value for one cell of the blank form."""
        put(self.entries, sheet, row, column, value)


@dataclass(frozen=True, slots=True)
class Filled:
    """The filled file, what it ends in, and the report."""

    content: bytes
    ending: str
    report: Report
    shifts: dict[str, Shift] = field(default_factory=dict)
    needs_target: bool = False
    # The heading rows of lists, to be repeated on every page of paper.
    heads: dict[str, tuple[int, int]] = field(default_factory=dict)


def fill(content: bytes, setting: Setting, *, name: str = "") -> Filled:
    """Fills a form. Refuses what is no form, what has nothing to fill, and a card without a target."""
    work = begin(content, setting, name=name)
    _all_sheets(work)
    shifts = work.opened.fill(work.entries)
    content = work.opened.written()
    heads = {
        sheet.grid.name: (table.table.top, table.table.first - 1)
        for sheet in work.plan.sheets
        for table in sheet.tables[:1]
        if len(sheet.tables) == 1 and table.table.top < table.table.first
    }
    return Filled(content, work.opened.ending, work.report, shifts, needs_target(work), heads)


def needs_target(work: Work) -> bool:
    """A card without anybody it is about: nothing is listed or counted, and blanks ask for one person's facts."""
    if work.subject is not None or work.report.populations:
        return False
    asked = [each.asked for sheet in work.plan.sheets for each in sheet.slots]
    of_one = any(table.kind in ("kin", "pair") for sheet in work.plan.sheets for table in sheet.tables)
    lines = sum(len(sheet.lines) for sheet in work.plan.sheets)
    return of_one or lines + sum(each.reading.is_sure for each in asked) >= 2


def begin(content: bytes, setting: Setting, *, name: str = "") -> Work:
    """Reads a form and finds its day and its subject."""
    opened = open_form(content)
    setting.file_name = name.rsplit(".", 1)[0]
    plan = plan_of(opened.form, lexicon(), setting.told)
    if all(sheet.is_empty for sheet in plan.sheets):
        raise Refused("没有在这个文件里找到要填的表。请确认传的是空表，表头和空格都在。")
    _refuse_filled(opened, plan)
    wanted = [wanted_of(sheet, plan, setting) for sheet in plan.sheets if not sheet.is_empty]
    on = setting.as_of or next((each.on for each in wanted if each.on), None) or setting.today
    dossiers = Dossiers(on, setting.user, setting.people())
    if any(word in title for sheet in plan.sheets for title in sheet.titles for word in MASKED):
        setting.masked = True
    work = Work(opened, plan, setting, Report(form=name, on=on.isoformat()), {}, on, Answers(dossiers))
    if opened.lost:
        work.report.doubts.append(f"原表里的{'、'.join(opened.lost)}没有带过来，要用请自己贴回去")
    work.subject = subject_among(work.answers, setting, setting.target)
    return work


def _refuse_filled(opened: Opened, plan: Plan) -> None:
    """A roster full of people is no blank form."""
    words = sum(box.is_label for grid in opened.form.grids if not grid.hidden for box in grid.all())
    holes = sum(
        len(table.table.lines) * len(table.columns) for sheet in plan.sheets for table in sheet.tables
    )
    holes += sum(len(sheet.slots) + len(sheet.ticks) for sheet in plan.sheets)
    if words > MANY_WORDS and holes < words:
        raise Refused("这张表里已经填满了内容，不像空表。要导入名册请到「导入名册」，要填表请传空表")


def wanted_of(sheet: SheetPlan, plan: Plan, setting: Setting) -> Wanted:
    """Who a sheet is about, by its words and by those of the sheets that explain."""
    titles = (
        sheet.titles or [title for other in plan.sheets for title in other.titles if not other.is_empty][:1]
    )
    notes = [*sheet.notes, *plan.definitions]
    more: dict[str, Any] = {"places": setting.places_known, "today": setting.today}
    wanted = wanted_people(titles, notes, definitions=plan.definitions, **more)
    return named_elsewhere(wanted, [sheet.grid.name, setting.file_name], **more)


def subject_among(answers: Answers, setting: Setting, target: Target | None) -> int | None:
    """The person a card is about; of a household its head."""
    if target is None:
        return None
    if target.kind == "person":
        if answers.dossiers.get(target.pk) is None:
            raise Refused("没有找到这位居民，或者不在您的范围里")
        return target.pk
    people = setting.people()
    place = {"residences__household": target.pk} if target.kind == "household" else {"house": target.pk}
    pks = list(people.filter(**place).order_by("pk").values_list("pk", flat=True).distinct())
    answers.dossiers.load(pks, homes=True)
    for pk in pks:
        dossier = answers.dossiers.get(pk)
        if dossier and dossier.residence and (head := answers.dossiers.head(dossier)):
            return head.person.pk
    if not pks:
        raise Refused("这一户没有登记在册的人，或者不在您的范围里")
    return int(pks[0])


def subject_of_filling(filling: Any, user: Any) -> int | None:
    """The person a kept filling is about. Refuses somebody out of the user's reach."""
    if not filling.target_kind or filling.target is None:
        return None
    setting = Setting(filling.community, timezone.localdate(), user)
    answers = Answers(Dossiers(setting.today, user, setting.people()))
    return subject_among(answers, setting, Target(filling.target_kind, filling.target))


def is_card(work: Work) -> bool:
    """A form about one person or household: blanks beside labels ask for their facts."""
    asked = [each.asked for sheet in work.plan.sheets for each in sheet.slots]
    sure = sum(each.reading.is_sure for each in asked)
    tables = [table for sheet in work.plan.sheets for table in sheet.tables]
    of_one_line = all(len(table.table.lines) == 1 and table.kind == "list" for table in tables)
    return sure >= 3 or (sure > 0 and of_one_line)


def _all_sheets(work: Work) -> None:
    for sheet in work.plan.sheets:
        kind = kind_in("；".join(sheet.titles)) if work.setting.records else ""
        for table in sheet.tables:
            _one_table(work, sheet, table, kind)
        cards.fill_slots(work, sheet)
        cards.fill_ticks(work, sheet)
        cards.fill_lines(work, sheet)


def _one_table(work: Work, sheet: SheetPlan, table: TablePlan, kind: str) -> None:
    if kind and listing.speaks_of_matters(table, matter_lexicon()):
        if table.kind == "count":
            tallying.tally_matters(work, sheet, table, kind)
        else:
            listing.list_matters(work, sheet, table, kind)
    elif table.kind == "kin":
        kin.list_kin(work, sheet, table)
    elif table.kind == "pair":
        kin.list_pair(work, sheet, table)
    elif table.kind == "count" or tallying.is_counting(work, sheet, table):
        tallying.tally(work, sheet, table, kind)
    elif work.subject is not None:
        listing.list_members(work, sheet, table)
    elif is_card(work):
        # A card without its person: its tables wait for them.
        return
    else:
        listing.list_people(work, sheet, table)

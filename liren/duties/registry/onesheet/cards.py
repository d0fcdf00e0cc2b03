"""Cards (卡片): blanks beside labels, cells to be ticked, blanks inside lines of words."""

import re
from typing import TYPE_CHECKING, Any

from liren.core.people.facts.answer import Answer
from liren.core.people.facts.asked import lexicon
from liren.core.people.facts.choosing import choose, choose_all
from liren.core.people.facts.numerals import plain
from liren.core.people.facts.ofhouses import area_named, city_of
from liren.core.people.facts.worded import TOTAL, band
from liren.core.sheets.forms.inline import SLOT, date_into, slots_into, value_into
from liren.core.sheets.forms.offered import Option, ticked
from liren.core.sheets.forms.plan import Asked, InlinePlan, SheetPlan, SlotPlan, TickPlan
from liren.core.sheets.forms.shapes import DIGITS

from .asking import ask_about, guarded
from .boxed import figures_of
from .listing import answers_for
from .report import DOUBTFUL, FILLED, MISSING, SURE_ENOUGH, TYPED, UNKNOWN, UNREAD, CellNote
from .written import written

if TYPE_CHECKING:
    from .filling import Work

# Boxes of figures in a card that only count people of the household.
SEXED = {"男": "household_men", "女": "household_women"}
PLACES = ("city", "district", "street", "community")


def fill_slots(work: "Work", sheet: SheetPlan) -> None:
    """Every blank beside a label."""
    figures = figures_of(work, sheet)
    for each in sheet.slots:
        cell = each.slot.box.address
        typed = work.setting.typed.get(f"{sheet.grid.name}|{each.slot.box.left}|{each.slot.box.top}")
        note = CellNote(sheet.grid.name, cell, each.asked.heading, each.asked.key)
        if typed:
            note.state, note.value = TYPED, typed
            _put(work, each, typed)
        elif cell in figures:
            note.value, note.fact, note.sure = figures[cell], "按条件数出来的人数", 1.0
            figure = {"sheet": sheet.grid.name, "cell": cell, "label": note.label, "value": note.value}
            work.report.figures.append(figure)
            _put(work, each, note.value)
        else:
            _slot(work, sheet, each, note)
        if note.state:
            work.report.cells.append(note)


def _slot(work: "Work", sheet: SheetPlan, each: SlotPlan, note: CellNote) -> None:
    asked = each.asked
    if work.subject is None:
        _without_subject(work, sheet, each, note)
        return
    key = _sexed(asked) or asked.reading.asked
    if not _readable(work, note, asked, key):
        return
    answer, ask = ask_about(work, work.subject, key)
    box = each.slot.box
    result = written(ask, answer, asked, pattern=box.pattern, template=box.text)
    _note_answer(note, answer, result.value, result.doubt)
    if result.value is not None:
        _put(work, each, result.value)


def _readable(work: "Work", note: CellNote, asked: Asked, key: str) -> bool:
    """Whether a place is understood and may be answered; the note says why not."""
    reading = asked.reading
    note.asked, note.sure, note.why = key, reading.sure, reading.why
    if key and key != reading.asked:
        note.fact, note.sure = lexicon().said(key), 0.95
        return True
    if reading.neutral or not asked.path:
        note.state = ""
        return False
    if reading.unknown:
        note.state = UNKNOWN
        return False
    if not reading.is_sure:
        note.state, note.answers = UNREAD, answers_for(asked, lexicon())
        return False
    note.fact = lexicon().said(key)
    if guarded(work, lexicon().ask(key)):
        note.state, note.why = UNKNOWN, "由专门条线掌握，您的岗位看不到"
        return False
    if reading.sure < SURE_ENOUGH and not asked.told:
        note.state, note.answers = DOUBTFUL, answers_for(asked, lexicon())
    return True


def _note_answer(note: CellNote, answer: Answer, value: Any, doubt: str) -> None:
    note.value, note.source, note.person = value, answer.source, answer.person
    note.verified = answer.verified.isoformat() if answer.verified else ""
    if doubt:
        note.state, note.why = DOUBTFUL, doubt
    elif value is None and note.state in (FILLED, DOUBTFUL):
        note.state = MISSING


def _sexed(asked: Asked) -> str:
    """H2.本户应登记的人数 / 男: the men of the household."""
    if len(asked.path) < 2 or plain(asked.path[-1]) not in SEXED:
        return ""
    group = lexicon().read_path(asked.path[:-1])
    return SEXED[plain(asked.path[-1])] if group.key == "household_size" else ""


def _without_subject(work: "Work", sheet: SheetPlan, each: SlotPlan, note: CellNote) -> None:
    """A blank in a list form: 合计 takes the number of lines, 社区 the name of the community."""
    label = plain(each.asked.path[-1]) if each.asked.path else ""
    listed = [p for p in work.report.populations if p.sheet == sheet.grid.name]
    if listed and (TOTAL.match(label) or re.search(r"(总人数|人数|户数|合计)$", label)):
        note.value, note.fact = listed[-1].count, "名册的行数"
        _put(work, each, listed[-1].count)
        return
    key = each.asked.reading.asked
    if key in PLACES and each.asked.reading.is_sure:
        note.value, note.fact = _place(work, key), lexicon().said(key)
        _put(work, each, note.value)
        return
    found = band(label, work.setting.places())
    if found and found.counts:
        note.state, note.why = UNREAD, "要填的数没有写明范围"
        return
    note.state = UNKNOWN if each.asked.reading.unknown else MISSING
    if note.state == MISSING and not work.report.populations:
        note.state, note.why = UNREAD, "这一格是给一个人或一户填的，请先选是谁"


def _put(work: "Work", each: SlotPlan, value: Any) -> None:
    cells = each.slot.cells
    text = str(value)
    if len(cells) >= DIGITS and len(text) <= len(cells):
        for box, sign in zip(cells, text, strict=False):
            work.put(each.slot.sheet, box.top, box.left, sign)
        return
    work.put(each.slot.sheet, each.slot.box.top, each.slot.box.left, value)


def fill_ticks(work: "Work", sheet: SheetPlan) -> None:
    """Every cell of options."""
    for each in sheet.ticks:
        note = CellNote(
            sheet.grid.name, each.box.address, each.asked.heading or each.box.text[:20], each.asked.key
        )
        chosen = _ticks(work, each, note) if work.subject is not None else []
        if chosen:
            note.value = "、".join(option.word for option in chosen)
            work.put(each.sheet, each.box.top, each.box.left, ticked(each.box.text, chosen))
        if note.state:
            work.report.cells.append(note)


def _ticks(work: "Work", each: TickPlan, note: CellNote) -> list[Option]:
    key = each.asked.reading.asked
    if not _readable(work, note, each.asked, key):
        return []
    answer, ask = ask_about(work, work.subject, key)
    note.source, note.person = answer.source, answer.person
    note.verified = answer.verified.isoformat() if answer.verified else ""
    if key in ("labels", "household_support"):
        return _tick_labels(work, each, answer, note)
    if not answer.is_known:
        note.state = MISSING
        return []
    found = choose(ask, answer, each.options)
    if found is None:
        note.state, note.why = DOUBTFUL, f"登记的是“{answer.value}”，表里的选项对不上"
        return []
    return [found]


def _tick_labels(work: "Work", each: TickPlan, answer: Answer, note: CellNote) -> list[Option]:
    """Every label that is offered and worn; labels the asker may not know are not even looked at."""
    chosen = []
    for option in each.options:
        code = lexicon().label_in(option.word)
        if not code or guarded(work, lexicon().ask(f"is:{code}")):
            continue
        worn = work.answers.ask(work.subject or 0, f"is:{code}")
        if worn.value is True:
            chosen.append(option)
    if not chosen and answer.is_known:
        chosen = choose_all(str(answer.value).split("、"), each.options)
    if not chosen:
        note.state = MISSING
    return chosen


def fill_lines(work: "Work", sheet: SheetPlan) -> None:
    """填报单位, dates, places and the like inside lines of words; never a signature."""
    by_box: dict[int, list[InlinePlan]] = {}
    for each in sheet.inlines:
        by_box.setdefault(id(each.box), []).append(each)
    for plans in by_box.values():
        text = plans[0].box.text
        changed = text
        for each in sorted(plans, key=lambda plan: -plan.inline.start):
            blank = _line_value(work, sheet, each)
            if blank is not None and blank != each.inline.blank:
                changed = changed[: each.inline.start] + blank + changed[each.inline.end :]
        if changed != text:
            work.put(sheet.grid.name, plans[0].box.top, plans[0].box.left, changed)
            note = CellNote(sheet.grid.name, plans[0].box.address, text.strip()[:30], value=changed, sure=1.0)
            note.fact, note.why = "填报单位、日期和地点", "表头里的空"
            work.report.cells.append(note)


def _line_value(work: "Work", sheet: SheetPlan, each: InlinePlan) -> str | None:
    blank, kind = each.inline.blank, each.inline.kind
    if kind == "signature" or _is_note(each.box.text):
        return None
    if kind == "unit":
        return value_into(blank, work.setting.unit)
    if kind == "date":
        day = work.on if work.setting.as_of is None else work.setting.as_of
        return None if _after_signature(each) else date_into(blank, day.year, day.month, day.day)
    if SLOT.search(blank) and not (each.is_ruled and each.reading.is_sure):
        return slots_into(blank, lambda unit: _slot_value(work, unit))
    return _other(work, sheet, each)


def _is_note(text: str) -> bool:
    return len(text) > 120 or bool(re.match(r"^\s*(注|说明|备注)[：:]", text))


def _after_signature(each: InlinePlan) -> bool:
    """签名（盖章）：____ 年 月 日 is the date of the one who signs."""
    return bool(re.search(r"签|意见", each.box.text[: each.inline.start]))


def _other(work: "Work", sheet: SheetPlan, each: InlinePlan) -> str | None:
    reading, blank = each.reading, each.inline.blank
    if each.signed or not reading.is_sure or blank.strip(" 　_＿"):
        return None
    key = reading.asked
    if key in PLACES:
        return value_into(blank, _place(work, key))
    if work.subject is None:
        return None
    answer, ask = ask_about(work, work.subject, key)
    result = written(ask, answer, Asked("", (each.inline.label,), reading))
    return value_into(blank, str(result.value)) if result.value is not None else None


def _place(work: "Work", key: str) -> str:
    community = work.setting.community
    if key == "community":
        return community.name
    return city_of(community) if key == "city" else area_named(None, key, community)


def _slot_value(work: "Work", unit: str) -> str:
    """______室 → 101室: by the word behind the blank."""
    dossier = work.answers.dossiers.get(work.subject) if work.subject is not None else None
    house = dossier.house if dossier else None
    bare = re.sub(r"[（(].*", "", unit)
    for words, key in SLOTTED:
        if bare.startswith(words):
            if key in PLACES:
                return (
                    re.sub(rf"({bare[:1]}|街道|社区)$", "", _place(work, key))
                    if key == "community"
                    else _shortened(_place(work, key), bare)
                )
            if house is None:
                return ""
            if key == "building":
                return house.building.address or house.building.name
            return str(getattr(house, key) or "")
    return ""


def _shortened(name: str, unit: str) -> str:
    """临江区 before 区 is 临江; 槐荫街道 before 乡（镇、街道） stays whole."""
    return name[: -len(unit)] if name.endswith(unit) else name


SLOTTED = (
    (("乡", "镇", "街"), "street"),
    (("村", "居", "社区"), "community"),
    (("县", "区"), "district"),
    (("市",), "city"),
    (("建筑物", "号楼", "幢", "栋", "楼"), "building"),
    (("住房单元", "单元"), "unit"),
    (("室", "号房"), "room"),
)

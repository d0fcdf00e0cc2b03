"""Listing (名册): tables with a line for each person, household, house, relative or matter."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from openpyxl.utils import get_column_letter

from liren.core.duty import Refused
from liren.core.facts.conditions import filter as those_who
from liren.core.facts.reading import read, tests_in
from liren.core.facts.wording import in_words
from liren.core.people.facts.answers import NOTHING as NO_ANSWER
from liren.core.people.facts.answers import Answer
from liren.core.people.facts.asked import lexicon
from liren.core.people.facts.dossiers import age_on
from liren.core.people.facts.dwelling import HEAD
from liren.core.rules import number
from liren.core.sheets.forms.lexicon import FILLED as SURE
from liren.core.sheets.forms.lexicon import Lexicon
from liren.core.sheets.forms.plan import Asked, SheetPlan, TablePlan, read_table
from liren.core.sheets.forms.shapes import Column
from liren.core.sheets.forms.writing import Body, Entries

from .asking import ask_about, guarded
from .doors import house_answer, houses_asked_for, is_about_houses
from .folding import blocks_of, fold
from .records import matter_lexicon
from .report import DOUBTFUL, FILLED, SURE_ENOUGH, UNKNOWN, UNREAD, CellNote, LineNote, PopulationNote
from .written import Written, written

if TYPE_CHECKING:
    from .filling import Work

ORDER = ("house__building__sort", "house__code", "pinyin", "pk")
MOST = 60_000
OF_HOUSEHOLDS = {
    "household_size",
    "household_number",
    "household_members",
    "household_men",
    "household_women",
}


def list_people(work: "Work", sheet: SheetPlan, table: TablePlan) -> None:
    """Everybody whom the title and the notes mean, one line each; or their households, or their houses."""
    from .filling import wanted_of

    wanted = wanted_of(sheet, work.plan, work.setting)
    if is_about_houses(sheet.titles, table):
        _list_houses(work, sheet, table)
        return
    tree = work.setting.people_told.get(sheet.grid.name) or wanted.tree
    _narrow(table, tree)
    condition = read(tree, work.setting.user)
    people = those_who(work.setting.people(), condition, work.on, [work.setting.community.pk])
    pks = list(people.order_by(*ORDER).values_list("pk", flat=True)[: MOST + 1])
    if len(pks) > MOST:
        raise Refused(f"这张表要列 {MOST:,} 人以上，请把条件改窄一些，分几次填")
    roles = {asked.reading.role for _, asked in table.columns if asked.reading.is_sure}
    keys = set(table.keys)
    homes = bool(
        {"living_mode", "household_support"} & keys or OF_HOUSEHOLDS & keys or {"head", "tenant"} & roles
    )
    homes = homes or any(key.endswith(("lives_alone", "empty_nest")) for key in keys)
    work.answers.dossiers.load(pks, homes=homes, kin=bool(roles - {""}))
    if _by_household(keys, roles):
        pks = _heads(work, pks)
    sentence = in_words(condition)
    note = PopulationNote(sheet.grid.name, "people", sentence, tree, work.on.isoformat(), len(pks))
    note.words, note.doubts = [words for _, words in wanted.parts], list(wanted.doubts)
    if not work.setting.people_told.get(sheet.grid.name):
        note.doubts += [f"题目里的“{words}”没有当作条件，请核对" for words in wanted.leftover]
    work.report.populations.append(note)
    _lines(work, sheet, table, pks)


def _narrow(table: TablePlan, tree: Any) -> None:
    """类别 in a list of veterans is the sort of veteran; in a list of tenants the tenant is whom the line is about."""
    keys = dict.fromkeys(test.key for test in tests_in(read(tree)))
    for _, asked in table.columns:
        if "residence.tenant" in keys and asked.reading.role == "tenant":
            asked.reading = replace(asked.reading, role="")
    codes = [key.removeprefix("label.") for key in keys if key.startswith("label.") or key in RECKONED_KEYS]
    for _, asked in table.columns:
        if not asked.seq and not asked.told:
            asked.reading = lexicon().narrowed(asked.reading, asked.path, codes)


# Facts that are as good as labels.
RECKONED_KEYS = {"person.lives_alone", "person.empty_nest", "residence.tenant"}


def _by_household(keys: set[str], roles: set[str]) -> bool:
    """A line for each household: its head and its size are asked for, and nobody else's name."""
    return "name" not in keys and "head" in roles and bool(keys & OF_HOUSEHOLDS or "head.name" in keys)


def _heads(work: "Work", pks: Sequence[int]) -> list[int]:
    found: dict[int, int] = {}
    for pk in pks:
        dossier = work.answers.dossiers[pk]
        home = dossier.residence.household_id if dossier.residence else None
        if home is None or home not in found:
            head = work.answers.dossiers.head(dossier)
            found[home or -pk] = head.person.pk if head else pk
    return list(found.values())


def list_members(work: "Work", sheet: SheetPlan, table: TablePlan) -> None:
    """The household of whom the form is about; without the one who stands in the card above already."""
    dossiers = work.answers.dossiers
    about = dossiers[work.subject or 0]
    dossiers.load([about.person.pk], homes=True, kin=True)
    members = [each for each in dossiers.household(about) if each.plain["status"] in ("living", "away")]
    carded = {
        each.asked.reading.asked
        for other in work.plan.sheets
        for each in other.slots
        if each.asked.reading.is_sure
    }
    headed = "head.name" in carded and about.residence and about.residence.relation == HEAD
    # A table of the household that asks for papers which the card above did not ask for has the head in it as well.
    whole = (
        "relation" in table.keys
        and "id_number" in table.keys
        and not {"id_number", "head.id_number"} & carded
    )
    if not whole and ("name" in carded or headed):
        members = [each for each in members if each is not about]
    if (
        len(table.table.lines) == 1
        and not ({"relation", "relation_to_target"} & set(table.keys))
        and "name" not in carded
    ):
        members = [about]
    _lines(work, sheet, table, [each.person.pk for each in members])


def _lines(work: "Work", sheet: SheetPlan, table: TablePlan, pks: Sequence[int]) -> None:
    """One line for each of these people."""

    def answer(pk: int, asked: str) -> Any:
        return ask_about(work, pk, asked)[0]

    names = {pk: dossier for pk in pks if (dossier := work.answers.dossiers.get(pk))}
    lines = [
        LineNote(
            sheet.grid.name,
            0,
            pk,
            dossier.person.name,
            work.answers.dossiers.source(dossier),
            dossier.person.verified_on.isoformat() if dossier.person.verified_on else "",
        )
        for pk, dossier in names.items()
    ]
    for line, dossier in zip(lines, names.values(), strict=True):
        age = age_on(dossier.plain["birth"], work.on)
        if age is not None and age > number("quality.oldest_age", on=work.on):
            line.doubts.append(f"{line.name}：登记的出生日期算下来 {age} 岁，请核对")
    write_lines(work, sheet, table, list(names), answer, lines, lexicon())


def write_lines(
    work: "Work",
    sheet: SheetPlan,
    table: TablePlan,
    keys: Sequence[Any],
    answer: Any,
    lines: list[LineNote],
    words: Lexicon,
) -> None:
    """Lines into the body of a table, with a note for each column and each line."""
    body = Body(table.table.first, table.table.last, table.table.left, table.table.right)
    body.lines = [{} for _ in keys]
    blocks = blocks_of(table)
    for column, asked in blocks[0]:
        if column.hidden:
            continue
        if asked.seq:
            for number, line in enumerate(body.lines, 1):
                line[column.left] = number
            continue
        _column(work, sheet, table, column, asked, keys, answer, body, lines, words)
    for number, note in enumerate(lines):
        note.row = table.table.first + number
    work.report.lines += lines
    _typed(work, sheet, table, body, lines)
    if len(blocks) > 1:
        fold(body, lines, blocks)
    work.entries.setdefault(sheet.grid.name, Entries()).bodies.append(body)


def _column(
    work: "Work",
    sheet: SheetPlan,
    table: TablePlan,
    column: Column,
    asked: Asked,
    keys: Sequence[Any],
    answer: Any,
    body: Body,
    lines: list[LineNote],
    words: Lexicon,
) -> None:
    box = sheet.grid.at(table.table.first, column.left)
    if box is not None and box.formula:
        return
    note = column_note(sheet, column, asked, words, len(keys), table.table.first, work)
    if note is None:
        return
    work.report.cells.append(note)
    if note.state in (UNKNOWN, UNREAD) or asked.reading.sure < SURE:
        return
    ask = words.ask(asked.reading.asked)
    if ask is None:
        return
    template = box.text if box is not None else ""
    pattern = box.pattern if box is not None else ""
    for place, key in enumerate(keys):
        found: Answer = answer(key, asked.reading.asked)
        result = written(ask, found, asked, pattern=pattern, template=template)
        if place < len(lines):
            _note_line(lines[place], column.left, asked, found, result)
        if result.value is None:
            note.empty += 1
        else:
            body.lines[place][column.left] = result.value


def _note_line(line: LineNote, column: int, asked: Asked, found: Answer, result: Written) -> None:
    if result.doubt:
        line.doubts.append(f"{asked.heading}：{result.doubt}")
    if found.source and found.source != line.source:
        line.sources[column] = found.source


def column_note(
    sheet: SheetPlan, column: Column, asked: Asked, words: Lexicon, rows: int, first: int, work: "Work"
) -> CellNote | None:
    """What is said of a column as a whole; None for remarks."""
    reading = asked.reading
    if reading.neutral:
        return None
    note = CellNote(sheet.grid.name, get_column_letter(column.left), asked.heading, asked.key, reading.asked)
    note.sure, note.why, note.rows, note.first = reading.sure, reading.why, rows, first
    if reading.unknown:
        note.state = UNKNOWN
        note.why = reading.why or "登记册里没有这一项"
    elif not reading.key or not reading.is_sure:
        note.state = UNREAD
        note.answers = answers_for(asked, words)
    else:
        note.fact = words.said(reading.asked)
        if guarded(work, words.ask(reading.asked)):
            note.state, note.why = UNKNOWN, "由专门条线掌握，您的岗位看不到"
        else:
            note.state = FILLED if reading.sure >= SURE_ENOUGH or asked.told else DOUBTFUL
            note.answers = [] if note.state == FILLED else answers_for(asked, words)
    return note


def answers_for(asked: Asked, words: Lexicon) -> list[dict[str, Any]]:
    """The best three answers to "what does this heading mean?"."""
    found: dict[str, str] = {}
    if asked.reading.key:
        found[asked.reading.asked] = words.said(asked.reading.asked)
    for key, name, _ in (*asked.reading.rivals, *words.rivals(asked.path[-1] if asked.path else "")):
        found.setdefault(key, name)
    return [{"key": key, "name": name} for key, name in list(found.items())[:3]]


def _typed(work: "Work", sheet: SheetPlan, table: TablePlan, body: Body, lines: Sequence[LineNote]) -> None:
    """What the user typed into a column for somebody, by `sheet|column|#key`: it stays theirs when the list changes."""
    places = {str(note.key): place for place, note in enumerate(lines)}
    for said, value in work.setting.typed.items():
        name, column, key = (*said.split("|", 2), "", "")[:3]
        place = places.get(key[1:]) if key.startswith("#") else None
        if name == sheet.grid.name and place is not None and column.isdecimal():
            if table.table.left <= int(column) <= table.table.right:
                body.lines[place][int(column)] = value
                lines[place].typed[int(column)] = value


def speaks_of_matters(table: TablePlan, words: Lexicon) -> bool:
    """Whether the headings fit matters at least as well as people."""
    here = sum(words.read_path(asked.path).is_sure for _, asked in table.columns if not asked.seq)
    there = sum(asked.reading.is_sure for _, asked in table.columns)
    return table.kind == "count" or here >= max(there, 2)


def list_matters(work: "Work", sheet: SheetPlan, table: TablePlan, kind: str) -> None:
    """One line for each matter of the period."""
    from .filling import wanted_of

    words = matter_lexicon()
    read_table(table, words)
    wanted = wanted_of(sheet, work.plan, work.setting)
    rows = records_of(work, kind, wanted, sheet)
    note = PopulationNote(
        sheet.grid.name,
        "matters",
        sentence_of(work, kind, wanted, sheet),
        None,
        work.on.isoformat(),
        len(rows),
    )
    work.report.populations.append(note)

    def answer(row: Any, asked: str) -> Answer:
        value = row.get(asked, "")
        return Answer(value, "", "事项台账") if value not in (None, "") else NO_ANSWER

    lines = [
        LineNote(sheet.grid.name, 0, row.get("key"), str(row.get("description", ""))[:20], "事项台账")
        for row in rows
    ]
    write_lines(work, sheet, table, rows, answer, lines, words)


def records_of(work: "Work", kind: str, wanted: Any, sheet: SheetPlan) -> Sequence[Any]:
    """The records of a kind in the period of the form, at most up to its day."""
    if work.setting.records is None:
        return []
    until = min(wanted.until, work.setting.today) if wanted.until else work.on
    rows = work.setting.records(kind, wanted.since, until)
    grids = work.setting.places().grids_in("；".join(sheet.titles))
    return [row for row in rows if not grids or row.get("grid") in grids]


def sentence_of(work: "Work", kind: str, wanted: Any, sheet: SheetPlan) -> str:
    """第一网格、第二网格2026年上半年登记的矛盾纠纷."""
    grids = "、".join(work.setting.places().grids_in("；".join(sheet.titles)))
    name = {"dispute": "矛盾纠纷", "hazard": "安全隐患", "appeal": "居民诉求"}[kind]
    return f"{grids}{wanted.period or '至今'}登记的{name}"


def _list_houses(work: "Work", sheet: SheetPlan, table: TablePlan) -> None:
    rows, sentence = houses_asked_for(work, sheet.titles)
    note = PopulationNote(sheet.grid.name, "houses", sentence, None, work.on.isoformat(), len(rows))
    work.report.populations.append(note)
    lines = [LineNote(sheet.grid.name, 0, house.pk, house.spelt, "房屋登记") for house in rows]

    def answer(house: Any, asked: str) -> Answer:
        return house_answer(work, house, asked)

    write_lines(work, sheet, table, rows, answer, lines, lexicon())

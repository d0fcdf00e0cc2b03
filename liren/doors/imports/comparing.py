"""Comparing (比对): each person read against the register — new, changed, the same, leaving, or to be asked about."""

from dataclasses import dataclass, field

from liren.core.people.codes import name as code_name
from liren.core.people.labelling import label
from liren.core.people.lookalikes import ASK, SAME, Sketch
from liren.core.people.models import Person
from liren.core.people.naming import same_name
from liren.core.privacy.cipher import blind
from liren.core.privacy.masks import mask_phone

from .doors_map import DoorMap
from .models import ImportRow
from .reading import ReadPerson
from .register_index import Known, RegisterIndex

# As plain texts: a member of a list of choices is slower to write than a text, ten thousand times.
NEW, CHANGED, SAME_AS_BEFORE, ASKED, LEAVING = (
    verdict.value
    for verdict in (
        ImportRow.Verdict.NEW,
        ImportRow.Verdict.CHANGED,
        ImportRow.Verdict.SAME,
        ImportRow.Verdict.ASK,
        ImportRow.Verdict.LEAVING,
    )
)
# Facts of ReadPerson and the columns of Person they go to, with the code table that gives their words.
FACTS: tuple[tuple[str, str, str], ...] = (
    ("sex", "性别", "sex"),
    ("birth", "出生日期", ""),
    ("ethnicity", "民族", "ethnicity"),
    ("nationality", "国籍", ""),
    ("education", "文化程度", "education"),
    ("marital", "婚姻状况", "marital"),
    ("political", "政治面貌", "political"),
    ("employment", "就业状况", "employment"),
    ("work_unit", "工作单位", ""),
)
# What a fact is called, for lists.
NAMES = {fact: name for fact, name, _ in FACTS} | {
    "name": "姓名",
    "kind": "人口类别",
    "status": "居住状态",
    "hukou": "户籍地址",
    "paper": "证件号码",
    "phones": "电话",
}
SILENT = {"", "0", "unknown", None}
# A roster that says 已婚 does not contradict a register that knows 初婚: same group of codes, less exact.
COARSE = {"marital": {"20": ("21", "22", "23")}, "education": {}}


@dataclass(slots=True)
class Compared:
    """What comparing one person came to. `diff` holds [fact, its name, before, after], numbers masked."""

    verdict: str
    person: int | None = None
    diff: list[list[str]] = field(default_factory=list)
    candidates: list[dict] = field(default_factory=list)


def compare(
    read: ReadPerson, index: RegisterIndex, doors: DoorMap, *, known: Known | None = None
) -> Compared:
    """The verdict on one person read. Never decides what only a person can: that is `ask`.

    `known` is the record that somebody has said it is.
    """
    if known is None and not index.people:
        return Compared(NEW)
    house = doors.find(read.building, read.unit, read.room) if read.building else None
    if known is not None:
        return _differences(read, known, house)
    paper = blind(read.id_number, "paper") if read.id_number else ""
    if known := index.holder(paper):
        if same_name(known.facts["name"], read.name):
            return _differences(read, known, house)
        return _ask(known.pk, ["证件号码相同", f"登记的姓名是{known.facts['name']}"])
    matches = index.like(sketch(read, house, paper))
    if not matches:
        return Compared(NEW)
    best = matches[0]
    rivals = [each for each in matches if each.likeness.verdict == SAME]
    if best.likeness.verdict == SAME and len(rivals) == 1:
        return _differences(read, index.known(best), house)
    asked = [each for each in matches if each.likeness.verdict in (SAME, ASK)]
    return Compared(
        ASKED,
        candidates=[
            {"person": each.key, "evidence": [*each.likeness.evidence, *each.likeness.against]}
            for each in asked
        ],
    )


def sketch(read: ReadPerson, house: int | None, paper: str) -> Sketch:
    """What likeness is judged by; `paper` is the keyed hash of the number."""
    return Sketch(
        key=("read", id(read)),
        name=read.name,
        sex=read.sex,
        birth=read.birth,
        house=house,
        building=None,
        phones=read.phones,
        paper=paper,
    )


def _ask(person: int, evidence: list[str]) -> Compared:
    return Compared(ASKED, candidates=[{"person": person, "evidence": evidence}])


def _differences(read: ReadPerson, known: Known, house: int | None) -> Compared:
    diff = [*_plain(read, known), *_numbers(read, known), *_labels(read, known), *_place(read, known, house)]
    leaving = (
        read.status in (Person.Status.MOVED_OUT, Person.Status.DECEASED)
        and read.status != known.facts["status"]
    )
    if leaving:
        words = code_name("status", known.facts["status"]), code_name("status", read.status)
        return Compared(LEAVING, known.pk, [["status", "居住状态", *words], *diff])
    return Compared(CHANGED if diff else SAME_AS_BEFORE, known.pk, diff)


def _plain(read: ReadPerson, known: Known) -> list[list[str]]:
    diff, facts = [], known.facts
    for fact, name, table in FACTS:
        said, stands = getattr(read, fact), facts[fact]
        if said in SILENT or said == stands or _less_exact(fact, said, stands):
            continue
        words = (code_name(table, stands), code_name(table, said)) if table else (stands, said)
        diff.append([fact, name, *words])
    kind = read.residence_kind
    if kind not in SILENT and kind != facts["kind"]:
        diff.append(
            [
                "kind",
                "人口类别",
                code_name("residence_kind", facts["kind"]),
                code_name("residence_kind", kind),
            ]
        )
    if read.hukou_address and not known.hukou:
        diff.append(["hukou", "户籍地址", "", read.hukou_address])
    return diff


def _less_exact(fact: str, said: str, stands: str) -> bool:
    if fact == "birth":
        return stands.startswith(said)
    return stands in COARSE.get(fact, {}).get(said, ())


def _numbers(read: ReadPerson, known: Known) -> list[list[str]]:
    diff = []
    if read.id_number and not known.paper:
        diff.append(["paper", "证件号码", "", "补上"])
    new = [number for number in read.phones if number not in known.phones]
    if new:
        diff.append(["phones", "电话", _masked(known.phones), "添 " + _masked(new)])
    return diff


def _masked(numbers: list[str]) -> str:
    return "、".join(mask_phone(number) for number in numbers)


def _labels(read: ReadPerson, known: Known) -> list[list[str]]:
    """Labels that are not there yet. Computed ones are left alone: the register works them out itself."""
    return [
        ["label", "标签", "", label(each.code).name]
        for each in read.labels
        if each.code not in known.labels and not label(each.code).derived
    ]


def _place(read: ReadPerson, known: Known, house: int | None) -> list[list[str]]:
    if not read.building or not read.room or (house and house == known.house):
        return []
    if read.status not in SILENT and read.status not in Person.PRESENT:
        return []  # where they lived before they left
    if known.facts["status"] not in Person.PRESENT and read.status in SILENT:
        return [["house", "住处", "已离开", _spelt(read)]]
    return [["house", "住处", "另一处" if known.house else "", _spelt(read)]]


def _spelt(read: ReadPerson) -> str:
    return "-".join(part for part in (read.building, read.unit, read.room) if part)

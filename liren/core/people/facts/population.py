"""Population (表的对象): from the title and the notes of a form to who stands in it, as a condition the worker sees."""

import datetime
import re
from collections.abc import Sequence
from typing import Any

from .leftover import left_in
from .numerals import plain
from .periods import as_of, since, span_in, without_spans
from .sorts import GRADES, SORTS
from .stated import STATED, add_buildings, add_stated
from .titled import labelled, left_out, spots_in
from .worded import AGES, LIVING, MODES, PRESENT, RECKONED, Places, Tree, Wanted, age_in

SENTENCES = re.compile(r"[;；。\n]|(?<!\d)\d{1,2}[.、．](?!\d)")
LIMITING = re.compile(
    r"限|范围|对象|口径|凡|仅|只填|包括|指的?是|统计(?!人)|填报.*人员|纳入|本表(?:只|仅)?(?:填报|填写|统计|登记)(?!人|单位|时|日|说)"
)
NOT_FROM_HERE = re.compile(r"(?:非|外地|外来)(?:本|沪|深|京|当)?(?:社区|街道|市|地|区|省|村)?(?:户籍|籍)")
REGISTERED = re.compile(
    r"户籍(?:人口|在本|老年|老人|居民|常住|地在本)|本(?:社区|街道|市|地|区)户籍|常住户籍|具有本.{0,4}户籍|户口在本"
)
MIGRANT = re.compile(
    r"流动人口|外来人口|来沪人员|流动人员|非户籍|非深户籍|外来务工|外来人员|暂住人口|流入人口"
)
OVERSEAS = re.compile(r"境外人员|外籍|境外人口|外国人|港澳台")
NEWLY = re.compile(r"新增|新纳入|新认定|新发生|新办")
AWAY_TOO = re.compile(r"含(?:户在人不在|人户分离|空挂)|包括(?:户在人不在|人户分离|空挂)|含外出")
GONE = re.compile(r"户在人不在|人户分离|空挂|死亡|去世|迁出|搬离|注销|外出")
AWAY_ONLY = re.compile(r"户在人不在人员|人户分离人员|空挂户|人户分离情况|人户分离人口")
MOVED = re.compile(r"来本|来居住|入住|迁入|新来|新增|新入住|流入|搬入|来沪|居住人员|起租")
CAME = re.compile(r"迁入|流入|搬入")
BORN = re.compile(r"出生(?:人口|婴儿|登记|儿童|花名)|新生儿|新出生")
DIED = re.compile(r"死亡|去世|亡故")
LEFT = re.compile(r"迁出|搬离|流出|离开|注销")
ELDER = re.compile(r"老年人|老人|老龄|敬老|养老服务")
MINOR = re.compile(r"未成年|少年儿童|儿童|青少年")
FERTILE = re.compile(r"育龄妇女|育龄人群")
PRESCHOOL = re.compile(r"学龄前|学前儿童")
SCHOOL = re.compile(r"适龄(?:儿童|入学)")
SEX = (
    (re.compile(r"妇女|女性|(?<![子男、和及])女(?=党员|志愿|职工|居民|青年|失业|退休|流动|老年|教师)"), "2"),
    (re.compile(r"(?<!女)男(?:性|(?=党员|志愿|职工|居民|青年|失业|退休|流动|老年))"), "1"),
)
BOTH = re.compile(r"妇女[、和与及]?儿童")
# Words that name a scheme and not the people on its list.
SCHEMES = re.compile(
    r"志愿服务(?!者|队)|高龄津贴|残疾人联合会|残联|妇女联合会|老龄(?:办|委|工作)|老年(?:协会|大学)|计划生育(?!特)|党(?:委|支部|总支|组织)|儿童(?:主任|之家)|低保(?:标准|政策)"
)
WORKING = (
    (re.compile(r"在职(?=党员|人员|职工)"), ["person.employment", "=", "E1"]),
    (re.compile(r"退休(?=党员|人员|职工|老人)"), ["person.employment", "=", "80"]),
    (re.compile(r"在校(?=学生|大学生|生)"), ["person.employment", "=", "31"]),
    (re.compile(r"(?:无业|待业)(?=青年|人员|居民|妇女|劳动力)"), ["person.employment", "=", "70"]),
    (re.compile(r"养老.{0,8}认证"), ["label.pension_check", "=", True]),
    (re.compile(r"未认证"), ["pension_check.state", "=", "未认证"]),
    (re.compile(r"已认证"), ["pension_check.state", "=", "已认证"]),
)
MARRIED = re.compile(r"已婚|未婚|离异|离婚|丧偶")
MARITAL = {"已婚": ["20", "21", "22", "23"], "未婚": ["10"], "离异": ["40"], "离婚": ["40"], "丧偶": ["30"]}
USED = (
    *AGES, REGISTERED, NOT_FROM_HERE, MIGRANT, OVERSEAS, AWAY_TOO, AWAY_ONLY, MOVED, BORN, DIED, LEFT, ELDER, MINOR,
    FERTILE, PRESCHOOL, SCHOOL, SCHEMES, MARRIED, *STATED,
    *(pattern for pattern, _ in SEX), *(pattern for pattern, _ in WORKING),
)  # fmt: skip
NOBODY_NAMED = "表里没有写明填谁，先按全部在住的人填，请核对条件"
EVERYBODY = re.compile(r"居民|人口|全员|住户|户主|家庭|一户|人员底册|实有|常住|花名册$")
BY_SEX = re.compile(r"男(?:性|子)?([^男女]*?\d[^男女]*?)女(?:性|子)?([^男女]*?\d[^男女；;。]*)")


def wanted_people(
    titles: Sequence[str],
    notes: Sequence[str],
    *,
    places: Places,
    today: datetime.date,
    definitions: Sequence[str] = (),
) -> Wanted:
    """Who stands in a list (or is counted). Titles speak freely; of the notes only what limits the form."""
    said_by_notes = [piece for note in notes for piece in SENTENCES.split(plain(note))]
    without, (title, *pieces) = left_out([plain("；".join(titles)), *said_by_notes])
    limiting = [piece for piece in pieces if LIMITING.search(piece)]
    said = "；".join([title, *limiting])
    wanted = Wanted()
    _days(wanted, "；".join(titles), [*titles, *notes], today)
    _standing(wanted, said)
    _ages(wanted, title, limiting)
    add_stated(wanted, title, limiting, said_by_notes)
    _labels(wanted, title, limiting, [*definitions, *notes])
    _work(wanted, title)
    _sexes(wanted, title)
    _broad(wanted, title)
    _where(wanted, title, places)
    add_buildings(wanted, title, places)
    _movement(wanted, title, today)
    for who in without:
        _without(wanted, who)
    if _is_broad(wanted) and titles and not EVERYBODY.search(title):
        wanted.doubts.append(NOBODY_NAMED)
    wanted.leftover = left_in(title, _used(title))
    return wanted


def _used(title: str) -> list[str]:
    """The words of a title that became conditions, or that name a scheme and nobody."""
    said = [found[0] for pattern in USED for found in pattern.finditer(title)]
    said += ["青年", "青壮年", "大龄"] if any(pattern.search(title) for pattern in AGES) else []
    spots = spots_in(title)
    if any(spot.code == "disability" for spot in spots):
        said += [found[0] for pattern in (GRADES, SORTS) for found in pattern.finditer(title)] + ["重度"]
    if any(spot.code == "tenant" for spot in spots):
        said += ["出租房屋", "出租房", "出租屋", "出租"]
    return said + [title[spot.start : spot.end] for spot in spots]


def _without(wanted: Wanted, who: str) -> None:
    """不含流动人口: those are taken out."""
    trees: list[Tree] = [
        ["person.kind", "=", code]
        for pattern, code in ((MIGRANT, "migrant"), (OVERSEAS, "overseas"), (REGISTERED, "registered"))
        if pattern.search(who)
    ]
    trees += [tree for pattern, tree in WORKING if pattern.search(who)]
    labels, _ = labelled(MIGRANT.sub("", who))
    trees += [{"any": labels} if len(labels) > 1 else labels[0]] if labels else []
    trees += [age] if (age := age_in(who)) is not None else []
    if trees:
        wanted.add({"not": {"all": trees} if len(trees) > 1 else trees[0]}, f"不含{who}")
    elif not GONE.search(who):
        wanted.doubts.append(f"“{who}”要排除在外，没看懂是哪些人，没有排除")


def _is_broad(wanted: Wanted) -> bool:
    """Whether nothing but the status narrows it."""
    return all(tree in (LIVING, PRESENT) for tree, _ in wanted.parts)


def named_elsewhere(wanted: Wanted, names: Sequence[str], **more: Any) -> Wanted:
    """When a title names nobody, the name of the sheet or of the file may."""
    if not _is_broad(wanted):
        return wanted
    for name in names:
        other = wanted_people([name], [], **more)
        if not _is_broad(other):
            other.doubts = [f"题目没有写填谁，按“{name}”认的", *(each for each in other.doubts)]
            other.on = wanted.on or other.on
            return other
    return wanted


def _days(wanted: Wanted, title: str, all_said: Sequence[str], today: datetime.date) -> None:
    wanted.on = next((day for text in all_said if (day := as_of(without_spans(text)))), None)
    # 2025年以来 goes on until today: the end of its year is no day of counting.
    said = [text for text in (title, *all_said[:3]) if not since(text)]
    span = next((found for text in said if (found := span_in(text))), None)
    if began := since(title):
        wanted.since, wanted.period = began
    elif span:
        wanted.since, wanted.until, wanted.period = span.start, span.end, span.words
        if wanted.on is None and span.end < today:
            wanted.on = span.end
    if wanted.on is not None and wanted.on > today:
        wanted.doubts.append(f"表要的是 {wanted.on:%Y-%m-%d} 的情况，那天还没到，按今天填")
        wanted.on = None


def _standing(wanted: Wanted, said: str) -> None:
    if sum(bool(pattern.search(said)) for pattern in (BORN, DIED, LEFT, CAME)) > 1:
        # 出生、死亡、迁入、迁出 side by side: the headings say who is counted where.
        wanted.add(LIVING, "在住")
    elif AWAY_ONLY.search(said) and not AWAY_TOO.search(said):
        wanted.add(["person.status", "=", "away"], "人户分离")
    elif DIED.search(said):
        wanted.add(["person.status", "=", "deceased"], "死亡")
    elif LEFT.search(said):
        wanted.add(["person.status", "=", "moved_out"], "迁出")
    elif AWAY_TOO.search(said):
        wanted.add(PRESENT, "含户在人不在")
    else:
        wanted.add(LIVING, "在住")
    for pattern, code in (
        (MIGRANT, "migrant"),
        (NOT_FROM_HERE, "migrant"),
        (OVERSEAS, "overseas"),
        (REGISTERED, "registered"),
    ):
        if found := pattern.search(said):
            wanted.add(["person.kind", "=", code], found[0])
            break


def _ages(wanted: Wanted, title: str, limiting: Sequence[str]) -> None:
    for text in (title, *limiting):
        if (found := BY_SEX.search(text)) and (men := age_in(found[1])) and (women := age_in(found[2])):
            if isinstance(men, list) and men[1] == "=" and isinstance(women, list):
                men = [men[0], women[1], men[2]]  # 男60岁、女55岁以上: 以上 is said of both
            each = [{"all": [["person.sex", "=", "1"], men]}, {"all": [["person.sex", "=", "2"], women]}]
            wanted.add({"any": each}, found[0])
            return
        for piece in re.split(r"[；;,，。]", text):
            age = age_in(piece)
            if age is not None:
                wanted.add(age, piece)
                return


def _labels(wanted: Wanted, title: str, limiting: Sequence[str], notes: Sequence[str]) -> None:
    bare = SCHEMES.sub("", title)
    found = _labels_of(wanted, bare)
    if not found:
        for piece in limiting:
            if re.search(r"限|仅|只填|凡|对象", piece):
                found = found or _labels_of(wanted, SCHEMES.sub("", piece))
    if not found:
        return
    widened = [(_defined(tree, notes), words) for tree, words in found]
    if re.search(r"困难(残疾|老|家庭|群众|职工|党员)", bare) and "label.minimum" not in str(widened):
        wanted.doubts.append("“困难”按什么算，表里没有写明，现在没有按低保或低保边缘收窄")
    words = "、".join(dict.fromkeys(word for _, word in widened))
    if len(widened) > 1:
        wanted.add({"any": [tree for tree, _ in widened]}, words)
        return
    tree = widened[0][0]
    for part in tree["all"] if isinstance(tree, dict) and "all" in tree else [tree]:
        wanted.add(part, words)


def _labels_of(wanted: Wanted, text: str) -> list[tuple[Tree, str]]:
    """Who is named, any of these; an age that was said already is not said again by 高龄."""
    has_age = any("person.age" in str(tree) for tree, _ in wanted.parts)
    found: list[tuple[Tree, str]] = []
    for piece in re.split(r"[；;]", text):
        clauses, doubts = labelled(AGED.sub("", piece))
        wanted.doubts += doubts
        for clause in clauses:
            tree = _ageless(clause) if has_age else clause
            if tree is not None and not any(known == tree for known, _ in found):
                found.append((tree, piece[:30]))
    return found


AGED = re.compile(r"\d+(?:周岁|岁)(?:及以上|以上|以下)?")


def _ageless(tree: Tree) -> Tree | None:
    if isinstance(tree, list):
        return None if tree[0] == "person.age" else tree
    ((word, parts),) = tree.items()
    left = [kept for part in parts if (kept := _ageless(part)) is not None]
    return {word: left} if len(left) > 1 else (left[0] if left else None)


def _defined(tree: Tree, notes: Sequence[str]) -> Tree:
    """A note may say what the form means by a word: 空巢老人：单居或夫妻双居的老人."""
    if isinstance(tree, dict):
        ((word, parts),) = tree.items()
        return {word: [_defined(part, notes) for part in parts]}
    name = next((pattern for pattern, known in MODES if known == tree), None)
    if name is None:
        return tree
    means = [tree, *(other for note in notes for other in _meant(name, note))]
    every = [each for place, each in enumerate(means) if each not in means[:place]]
    return {"any": every} if len(every) > 1 else tree


def _meant(name: re.Pattern[str], note: str) -> list[Tree]:
    for piece in SENTENCES.split(plain(note)):
        word, colon, meaning = piece.partition(":") if ":" in piece else piece.partition("指")
        if colon and name.search(word) and len(word) <= 12:
            return [tree for pattern, tree in MODES if pattern.search(meaning)]
    return []


def _work(wanted: Wanted, title: str) -> None:
    """在职党员, 退休人员, 未认证人员, 已婚育龄妇女."""
    for pattern, tree in WORKING:
        if found := pattern.search(title):
            wanted.add(tree, found[0])
    if words := list(dict.fromkeys(MARRIED.findall(title))):
        wanted.add(
            ["person.marital", "in", [code for word in words for code in MARITAL[word]]], "、".join(words)
        )


def _sexes(wanted: Wanted, title: str) -> None:
    if BOTH.search(title):
        wanted.add({"any": [["person.sex", "=", "2"], ["person.age", "<", 18]]}, "妇女儿童")
        return
    for pattern, code in SEX:
        if (found := pattern.search(SCHEMES.sub("", title))) and not FERTILE.search(title):
            wanted.add(["person.sex", "=", code], found[0])
            return


def _broad(wanted: Wanted, title: str) -> None:
    """老年人, 儿童: an age that words imply, when nothing narrower was said."""
    has_age = any("person.age" in str(tree) for tree, _ in wanted.parts)
    bare = SCHEMES.sub("", title)
    by_label = any(
        name in str(tree)
        for tree, _ in wanted.parts
        for name in ("label.child", "lives_alone", "empty_nest", "label.disabled_elder")
    )
    if FERTILE.search(bare):
        wanted.add(["person.sex", "=", "2"], "育龄妇女")
    if has_age or by_label or BOTH.search(bare):
        return
    if FERTILE.search(bare):
        wanted.add({"all": [["person.age", ">=", 15], ["person.age", "<=", 49]]}, "育龄（15～49 周岁）")
    elif PRESCHOOL.search(bare):
        wanted.add(["person.age", "<=", 6], "学龄前")
    elif ELDER.search(bare):
        wanted.add(["person.age", ">=", 60], "老年人")
    elif SCHOOL.search(bare) and "person.birth" not in str(wanted.tree):
        wanted.doubts.append("“适龄”没有写明几岁，请核对条件")
        wanted.add({"all": [["person.age", ">=", 6], ["person.age", "<=", 7]]}, "适龄儿童")
    elif MINOR.search(bare):
        wanted.add(["person.age", "<", 18], "未成年")


def _where(wanted: Wanted, title: str, places: Places) -> None:
    if grids := places.grids_in(title):
        one = len(grids) == 1
        wanted.add(["house.grid", "=", grids[0]] if one else ["house.grid", "in", grids], "、".join(grids))


def _movement(wanted: Wanted, title: str, today: datetime.date) -> None:
    """Who came, was born, died or left in a period."""
    born = BORN.search(title) or (
        wanted.period and re.search(rf"{re.escape(wanted.period)}.{{0,4}}出生", title)
    )
    if NEWLY.search(title) and "label." in str(wanted.tree):
        wanted.doubts.append("“新增”从哪天算起，登记册里没有这个日期，没有按它收窄")
    elif began := since(title):
        _since(wanted, title, *began)
    else:
        _newborn(wanted, born, today)
        _within(wanted, title, bool(born), today)


def _since(wanted: Wanted, title: str, day: datetime.date, words: str) -> None:
    """2026年1月1日以后入住, 2025年以来迁出."""
    key = "person.birth" if "出生" in title[title.find(words[:4]) :][:24] else "residence.from"
    key = "person.status_on" if DIED.search(title) or LEFT.search(title) else key
    wanted.add([key, ">=", day.isoformat()], words)


def _newborn(wanted: Wanted, born: Any, today: datetime.date) -> None:
    if born and "新" in born[0] and (wanted.since is None or wanted.until is None):
        day = wanted.on or today
        wanted.parts = [part for part in wanted.parts if part[0] != RECKONED["newborn"]]
        wanted.add(["person.birth", ">=", f"{day.year}-01-01"], "新生儿")
        wanted.doubts.append(f"“新生儿”没有写从哪天算，现在按 {day.year} 年 1 月 1 日起出生的")


def _within(wanted: Wanted, title: str, born: bool, today: datetime.date) -> None:
    """Who moved in, was born, died or left in the period of the title."""
    if wanted.since is None or wanted.until is None:
        return
    key = ""
    if DIED.search(title) or LEFT.search(title):
        key = "person.status_on"
    elif born:
        key = "person.birth"
    elif MOVED.search(title):
        key = "residence.from"
    if key:
        wanted.add([key, ">=", wanted.since.isoformat()], wanted.period)
        wanted.add([key, "<=", min(wanted.until, today).isoformat()], wanted.period)

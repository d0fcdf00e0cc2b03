"""Papers of identity (证件): what a cell of a roster says, checked by our own lines of GB 11643.

Length, digits, a real birth date and the check digit are errors; an unknown area code is a hint only,
because codes are abolished and old numbers stay valid.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71".split()
)
MISSING = frozenset(
    "无 没有 无证 无身份证 未办 未办理 未上户 未上户口 未报户口 待补 待查 待核 待办 补办中 不详 未知 暂无 未提供 不提供 "
    "拒绝提供 拒绝 遗失 丢失 空 未登记 未填 缺 / \\ - -- --- — —— ―― . 0 ? none null nan n/a".split()
)
# older people are not in anybody's register: a birth before this year is a slip of the pen
EARLIEST_YEAR = 1900
# above this a spreadsheet keeps only fifteen digits of a number
EXACT_FLOAT = 1e15

_CLEAN = re.compile(r"[0-9]{17}[0-9X]")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?1[4-9]")
_INSIDE = re.compile(r"(?<![0-9A-Z])[0-9]{17}[0-9X](?![0-9X*])(?!\.[0-9]{2})")
_NOTE = re.compile(r"[(\[【](.*?)[)\]】]?$")
_LABEL = re.compile(
    r"^(居民|公民)?(身份证|身份|证件|护照|回乡证|港澳通行证|台胞证|通行证|出生证|居留证|永居证)[件]?[号码]{0,2}[::]?"
)
_NOISE = dict.fromkeys(map(ord, " \t\r\n\u00a0\u3000\u200b\u200c\u200d\ufeff'\"`‘’“”′=,，。;"), None)
_SIMILAR = str.maketrans({"×": "X", "Х": "X", "х": "X", "x": "X", "✕": "X", "＊": "*", "●": "*", "○": "*"})
_TYPED = str.maketrans({"O": "0", "o": "0", "〇": "0", "l": "1", "I": "1", "L": "1", "S": "5", "B": "8"})


@dataclass(frozen=True, slots=True)
class IdentityCheck:
    """What was found in the cell. `number` is set only when it can be trusted and stored."""

    kind: str | None = None
    number: str | None = None
    birth: date | None = None
    sex: str | None = None
    problem: str | None = None
    message: str = ""
    proposal: str | None = None
    note: str = ""


def check(value: object, *, on: date, birth: str = "", kind: str = "") -> IdentityCheck:
    """Read one cell. `birth` (text of the birth column) lets a slip be mended; `kind` is the paper column."""
    if isinstance(value, str) and _CLEAN.fullmatch(value):
        return _eighteen(value, on, birth)
    text, lost = _as_text(value)
    if lost:
        return _lost(text, on)
    text, note = _without_remarks(text)
    if _is_missing(text):
        return IdentityCheck(problem="id_missing", message="没有填写证件号码", note=note or text)
    if "*" in text or "##" in text or re.search(r"\dX{2,}", text):
        return IdentityCheck("resident_id", problem="id_masked", message="证件号码被遮住了几位，请补全")
    if _SCIENTIFIC.fullmatch(text):
        return _lost(text, on)
    result = _read(text.upper(), on, birth, kind)
    return replace(result, note=note) if note else result


def check_digit(first17: str) -> str:
    """The eighteenth character that belongs to the first seventeen."""
    return CHECK_DIGITS[sum(int(c) * w for c, w in zip(first17, WEIGHTS, strict=True)) % 11]


def is_valid(number: str, *, on: date) -> bool:
    """Whether this is a flawless 18-character number."""
    return _flaw(number, on) is None


def birth_in(number: str, *, on: date) -> date | None:
    """The birth date written in digits 7–14, when it is a real one not in the future."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return born if born.year >= EARLIEST_YEAR and born <= on else None


def sex_in(number: str) -> str:
    """Sex code by GB/T 2261.1 from the seventeenth digit: odd is male."""
    return "1" if int(number[16]) % 2 else "2"


def lengthen(old: str) -> str:
    """First-generation 15 digits in their 18-digit form (all such papers were born in the 1900s)."""
    first17 = old[:6] + "19" + old[6:]
    return first17 + check_digit(first17)


def mend(number: str, birth: str, *, on: date) -> str | None:
    """The only number within one slip of the pen that fits the birth column, or None when unsure."""
    wanted = re.sub(r"\D", "", birth)
    if len(wanted) not in (6, 8):
        return None
    fits = {n for n in _one_slip(number) if n[6 : 6 + len(wanted)] == wanted and is_valid(n, on=on)}
    return fits.pop() if len(fits) == 1 else None


def _without_remarks(text: str) -> tuple[str, str]:
    """The number and the words that stood around it (待核, 本人, a telephone)."""
    text = text.removesuffix(".0")
    alone = _INSIDE.findall(text.translate(_SIMILAR).upper())
    if len(alone) == 1 and len(text) > len(alone[0]):
        left = re.sub(re.escape(alone[0]), "", text.translate(_SIMILAR).upper(), count=1)
        return alone[0], _LABEL.sub("", left.strip(" ()[]【】'\"‘’=/、,;:。.\t\n"))
    note = ""
    found = _NOTE.search(text)
    if found and found.start() > 0 and not re.fullmatch(r"[A-Z0-9]", found[1]):
        note, text = found[1].strip(), text[: found.start()]
    text = _LABEL.sub("", text.translate(_NOISE)).translate(_SIMILAR).strip("/、:-")
    return text, note


def _is_missing(text: str) -> bool:
    """Whether there is no number at all: empty, a word for nothing, noughts, words without a digit, #N/A."""
    if "**" in text or "##" in text:
        return False
    return (
        text.lower() in MISSING or not re.search(r"[1-9]", text) or bool(re.fullmatch(r"#[A-Z/0!?]+", text))
    )


def _as_text(value: object) -> tuple[str, bool]:
    """The cell as text, and whether a number has lost its last digits."""
    if value is None or isinstance(value, bool):
        return "", False
    if isinstance(value, float):
        return (f"{value:.0f}", value >= EXACT_FLOAT) if value.is_integer() else ("", False)
    if isinstance(value, int):
        text = str(value)
        return text, value >= EXACT_FLOAT and len(text) == 18 and text.endswith("000")
    return unicodedata.normalize("NFKC", str(value)).strip(), False


def _lost(text: str, on: date) -> IdentityCheck:
    # fifteen digits survive in a number, so the birth date is still there
    digits = re.sub(r"\D", "", text)
    born = birth_in(digits, on=on) if len(digits) >= 14 and "e" not in text.lower() else None
    if born is None and "." in text and "e" in text.lower():
        mantissa = re.sub(r"\D", "", text.lower().split("e")[0])
        born = birth_in(mantissa, on=on) if len(mantissa) >= 14 else None
    message = "证件号码被表格当成数字，末几位已丢失，请照证件重填"
    return IdentityCheck("resident_id", birth=born, problem="id_precision_lost", message=message)


def _read(text: str, on: date, birth: str, kind: str) -> IdentityCheck:
    if re.fullmatch(r"\d{4,6}-\d{6,8}-\d{3,4}X?", text):
        text = text.replace("-", "")
    if re.fullmatch(r"\d{17}[\dX]", text):
        return _eighteen(text, on, birth)
    other = _other_paper(text, kind, on)
    if other:
        return other
    if re.fullmatch(r"\d{15}", text):
        return _fifteen(text, on)
    if re.fullmatch(r"\d+X?", text):
        wrong = f"证件号码应为 18 位，这里是 {len(text)} 位"
        proposal = mend(text, birth, on=on) if birth else None
        return IdentityCheck("resident_id", problem="id_length", message=wrong, proposal=proposal)
    plain = text.translate(_TYPED)
    if re.fullmatch(r"\d{17}[\dX]", plain):
        proposal = plain if is_valid(plain, on=on) else None
        message = "证件号码里夹着字母，请核对"
        return IdentityCheck("resident_id", problem="id_checksum", message=message, proposal=proposal)
    return IdentityCheck("other", problem="id_length", message="看不出是哪一种证件号码，请核对")


def _flaw(number: str, on: date) -> str | None:
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return "位数或字符不对"
    if birth_in(number, on=on) is None:
        return "号码中的出生日期不存在"
    if check_digit(number[:17]) != number[17]:
        return "校验位不对，可能有一位抄错"
    return None


def _eighteen(number: str, on: date, birth: str) -> IdentityCheck:
    kind = _kind_of(number)
    flaw = _flaw(number, on)
    if flaw is None:
        return IdentityCheck(
            kind, number, birth_in(number, on=on), sex_in(number),
            note="" if _area_known(number) else "行政区划代码少见，请留意",
        )  # fmt: skip
    if number[15:] == "000":
        return _lost(number, on)
    proposal = mend(number, birth, on=on) if birth else None
    return IdentityCheck(kind, problem="id_checksum", message=f"证件号码有误：{flaw}", proposal=proposal)


def _kind_of(number: str) -> str:
    if number[:6] in ("810000", "820000", "830000"):
        return "hmt_residence"
    return "foreign_residence" if number[0] == "9" else "resident_id"


def _area_known(number: str) -> bool:
    return number[:2] in PROVINCES or _kind_of(number) != "resident_id"


def _fifteen(old: str, on: date) -> IdentityCheck:
    number = lengthen(old)
    born = birth_in(number, on=on)
    if born is None:
        return IdentityCheck(
            "resident_id", problem="id_length", message="证件号码只有 15 位，其中日期也不存在"
        )
    return IdentityCheck(
        "resident_id", number, born, sex_in(number), "id_length",
        "这是 15 位的旧号码，已换算成 18 位，请核对", number,
    )  # fmt: skip


def _other_paper(text: str, kind: str, on: date) -> IdentityCheck | None:
    """Papers that are not the 18-digit number: the shape decides, the paper column where shapes agree."""
    shapes = (
        ("foreign_residence", r"[A-Z]{3}\d{12}"),
        ("hk_macau_pass", r"[HM]\d{8}(\d{2})?"),
        ("birth_certificate", r"[A-Z]\d{9}"),
        ("passport", r"[A-Z]{1,2}\d{6,8}|[A-Z]\d{2}[A-Z0-9]{6}|[CFGHJK][A-Z0-9]{8}"),
        ("taiwan_pass", r"\d{8}|\d{10}\([A-Z]\)"),
        ("other", r"[\u4e00-\u9fff]{1,4}第?\d{6,8}号?|[A-Z]{1,2}\d{6}\([0-9A]\)"),
    )
    for name, shape in shapes:
        if not re.fullmatch(shape, text):
            continue
        if name == "taiwan_pass" and birth_in("000000" + text, on=on) and kind != name:
            return IdentityCheck("resident_id", problem="id_length", message="这里像是出生日期，不是证件号码")
        return IdentityCheck(kind if kind not in ("", "resident_id") else name, text)
    if kind not in ("", "resident_id", "hmt_residence") and re.fullmatch(r"[A-Z0-9]{5,18}", text):
        return IdentityCheck(kind, text)
    return None


def _one_slip(number: str) -> set[str]:
    """All numbers one substitution, neighbour swap, missing or doubled digit away."""
    digits = "0123456789"
    if len(number) == 18:
        swapped = {number[:i] + number[i + 1] + number[i] + number[i + 2 :] for i in range(17)}
        return swapped | {number[:i] + d + number[i + 1 :] for i in range(17) for d in digits}
    if len(number) == 17:
        return {number[:i] + d + number[i:] for i in range(18) for d in digits + "X"}
    if len(number) == 19:
        return {number[:i] + number[i + 1 :] for i in range(19)}
    return set()

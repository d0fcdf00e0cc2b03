"""Papers of identity: what is right, what is wrong, and what may be proposed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liren.core.people.identity import check, check_digit, is_valid, lengthen, mend

ON = date(2026, 6, 30)
GOOD = "310199195507067478"


def number(area: str, birth: str, serial: str) -> str:
    return area + birth + serial + check_digit(area + birth + serial)


@pytest.mark.parametrize(
    "value",
    [
        GOOD,
        f"'{GOOD}",
        f"‘{GOOD}",
        f'="{GOOD}"',
        f"\t{GOOD}",
        f"{GOOD}\u00a0",
        "310199 19550706 7478",
        "310199-19550706-7478",
        "３１０１９９１９５５０７０６７４７８",
        f"身份证:{GOOD}",
        f"公民身份号码：{GOOD}",
        f"{GOOD}（待核）",
        f"{GOOD}(新)",
        f"{GOOD}/",
        f"{GOOD}.0",
        f"ID:{GOOD}",
        f"张三{GOOD}",
        f"{GOOD} 已过期",
        f"{GOOD} 16105620231",
        int(GOOD),
    ],
)
def test_the_same_number_in_many_dresses(value: object) -> None:
    found = check(value, on=ON)
    assert (found.kind, found.number, found.problem) == ("resident_id", GOOD, None)
    assert (found.birth, found.sex) == (date(1955, 7, 6), "1")


@pytest.mark.parametrize(
    "value", ["31019919880318076x", "３１０１９９１９８８０３１８０７６Ｘ", "31019919880318076×"]
)
def test_the_check_sign_is_a_capital_x(value: str) -> None:
    assert check(value, on=ON).number == "31019919880318076X"


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (None, "id_missing"),
        ("", "id_missing"),
        ("  ", "id_missing"),
        ("无", "id_missing"),
        ("/", "id_missing"),
        ("—", "id_missing"),
        ("未办", "id_missing"),
        ("待补", "id_missing"),
        (float("nan"), "id_missing"),
        ("310199********1234", "id_masked"),
        ("310199＊＊＊＊＊＊＊＊1234", "id_masked"),
        ("310199xxxxxxxx1234", "id_masked"),
        ("######", "id_masked"),
        (3.10199194701115e17, "id_precision_lost"),
        ("3.10199E+17", "id_precision_lost"),
        ("3.10199194701115E+17", "id_precision_lost"),
        ("310199194701115000", "id_precision_lost"),
        (310199194701115000, "id_precision_lost"),
        ("31019919550706747", "id_length"),
        ("3101991955070674788", "id_length"),
        ("123", "id_length"),
        ("19620507", "id_length"),
        ("见附件", "id_missing"),
        ("无身份证号码", "id_missing"),
        ("户口本", "id_missing"),
        ("#N/A", "id_missing"),
        ("00000000", "id_missing"),
        ("310199195507067477", "id_checksum"),
        ("310199195513067478", "id_checksum"),
        ("310199195502307478", "id_checksum"),
        ("31O199195507067478", "id_checksum"),
    ],
)
def test_what_is_wrong_has_a_name(value: object, problem: str) -> None:
    found = check(value, on=ON)
    assert (found.problem, found.number) == (problem, None)
    assert found.message


@pytest.mark.parametrize("birth", ["18991231", "20260701", "20300101"])
def test_a_birth_before_1900_or_after_today_is_no_birth(birth: str) -> None:
    assert check(number("310199", birth, "123"), on=ON).problem == "id_checksum"


def test_fifteen_digits_are_converted_and_reported() -> None:
    found = check("310199440111899", on=ON)
    assert found.problem == "id_length"
    assert found.number == found.proposal == "31019919440111899X"
    assert found.birth == date(1944, 1, 11)
    assert check(310199440111899.0, on=ON).number == found.number


def test_a_lost_tail_still_tells_the_birth() -> None:
    found = check(3.10199194701115e17, on=ON)
    assert (found.birth, found.sex, found.number) == (date(1947, 1, 11), None, None)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (number("810000", "19900101", "001"), "hmt_residence"),
        (number("820000", "19900101", "001"), "hmt_residence"),
        (number("830000", "19900101", "001"), "hmt_residence"),
        (number("911840", "19880808", "002"), "foreign_residence"),
        ("USA310080060412", "foreign_residence"),
        ("E12345678", "passport"),
        ("EA1234567", "passport"),
        ("C01X00T47", "passport"),
        ("H12345678", "hk_macau_pass"),
        ("M1234567801", "hk_macau_pass"),
        ("22574823", "taiwan_pass"),
        ("Q310012345", "birth_certificate"),
        ("护照:X34813588", "passport"),
        ("0123456789(B)", "taiwan_pass"),
        ("北字第1234567号", "other"),
        ("R123456(7)", "other"),
    ],
)
def test_other_papers(value: str, kind: str) -> None:
    found = check(value, on=ON)
    assert (found.kind, found.problem) == (kind, None)


def test_the_paper_column_decides_where_shapes_agree() -> None:
    assert check("M12345678", on=ON, kind="passport").kind == "passport"
    assert check("123456789", on=ON, kind="passport").number == "123456789"


def test_an_unknown_area_is_a_hint_only() -> None:
    found = check(number("990101", "19550706", "747"), on=ON)
    assert found.kind == "foreign_residence"
    found = check(number("180101", "19550706", "747"), on=ON)
    assert found.number and not found.problem and found.note


def test_a_slip_in_the_birth_is_mended_by_the_birth_column() -> None:
    slipped = GOOD.replace("19550706", "19550796")
    assert check(slipped, on=ON).proposal is None
    assert check(slipped, on=ON, birth="1955-07-06").proposal == GOOD
    swapped = GOOD.replace("19550706", "19550760")
    assert mend(swapped, "1955-07-06", on=ON) == GOOD


def test_a_slip_outside_the_birth_is_not_guessed() -> None:
    assert check("310199195507067477", on=ON, birth="1955-07-06").proposal is None


@given(
    st.dates(date(1900, 1, 1), ON),
    st.integers(1, 999),
    st.integers(0, 16),
    st.integers(1, 9),
)
def test_every_single_wrong_digit_is_noticed(born: date, serial: int, at: int, by: int) -> None:
    good = number("310199", born.strftime("%Y%m%d"), f"{serial:03}")
    assert check(good, on=ON).number == good
    bad = good[:at] + str((int(good[at]) + by) % 10) + good[at + 1 :]
    assert not is_valid(bad, on=ON)


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(1, 999))
def test_a_lengthened_number_is_valid(born: date, serial: int) -> None:
    assert is_valid(lengthen("310199" + born.strftime("%y%m%d") + f"{serial:03}"), on=ON)


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.none(), st.booleans()))
def test_no_cell_is_too_odd(value: object) -> None:
    found = check(value, on=ON)
    assert (found.number is None) == (
        found.problem not in (None, "id_length")
    ) or found.problem == "id_length"

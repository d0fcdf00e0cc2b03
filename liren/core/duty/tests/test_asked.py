"""What one request asks twice is asked once; nothing outlives the request, nothing outlives a deed."""

from itertools import count

import pytest

from liren.core.duty.asked import ask_anew, asked, one_request, steady


def test_outside_a_request_every_question_is_asked() -> None:
    numbers = count()
    assert [asked("key", lambda: next(numbers)) for _ in range(3)] == [0, 1, 2]


def test_within_a_request_a_question_is_asked_once_and_the_next_request_asks_anew() -> None:
    numbers = count()
    for expected in (0, 1):
        with one_request():
            assert [asked("key", lambda: next(numbers)) for _ in range(3)] == [expected] * 3


def test_an_answer_of_nothing_is_an_answer() -> None:
    told: list[None] = []
    with one_request():
        for _ in range(2):
            assert asked("key", lambda: told.append(None)) is None
    assert len(told) == 1


def test_after_a_deed_the_rest_of_the_request_asks_each_time() -> None:
    numbers = count()
    with one_request():
        asked("key", lambda: next(numbers))
        ask_anew()
        assert [asked("key", lambda: next(numbers)) for _ in range(2)] == [1, 2]


def test_a_request_that_fails_leaves_nothing_behind() -> None:
    numbers = count()
    with pytest.raises(ZeroDivisionError), one_request():
        asked("key", lambda: next(numbers))
        raise ZeroDivisionError
    assert asked("key", lambda: next(numbers)) == 1


def test_what_is_steady_is_kept_through_deeds_and_forgotten_at_the_end() -> None:
    numbers = count()
    with steady("law"):
        first = asked(("law", 1), lambda: next(numbers))
        ask_anew()
        assert asked(("law", 1), lambda: next(numbers)) == first
        assert [asked("other", lambda: next(numbers)) for _ in range(2)] == [1, 2]
    assert asked(("law", 1), lambda: next(numbers)) == 3

"""The collector rests while a roster is read, and works again afterwards, come what may."""

import gc

import pytest

from liren.doors.imports.unswept import unswept


def test_the_collector_rests_and_comes_back():
    assert gc.isenabled()
    with unswept():
        assert not gc.isenabled()
        with unswept():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_comes_back_after_a_failure():
    @unswept()
    def fails():
        raise ValueError

    with pytest.raises(ValueError):
        fails()
    assert gc.isenabled()

"""Sealing: back again with the key, never without it, never altered; equal numbers are found by keyed hashes."""

import hashlib
import hmac
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liren.core.privacy import cipher

NUMBER = "310199194403121324"


@pytest.fixture
def set_cipher(monkeypatch):
    """Which cipher seals: the environment is looked at once by a process, so it is made to look again."""

    def set_to(name: str) -> None:
        monkeypatch.setenv("LIREN_CIPHER", name)
        cipher._is_national.cache_clear()

    yield set_to
    monkeypatch.undo()
    cipher._is_national.cache_clear()


@pytest.fixture(params=["aes", "sm4"], autouse=True)
def each_cipher(request, set_cipher):
    set_cipher(request.param)
    return request.param


def test_what_is_sealed_opens_again(each_cipher):
    sealed = cipher.seal(NUMBER)
    assert cipher.unseal(sealed) == NUMBER
    assert sealed[:1] == {"aes": cipher.AES, "sm4": cipher.SM4}[each_cipher]
    assert NUMBER.encode() not in sealed
    assert cipher.unseal(memoryview(sealed)) == NUMBER


def test_the_same_number_never_looks_the_same():
    assert cipher.seal(NUMBER) != cipher.seal(NUMBER)


def test_both_ciphers_are_read_side_by_side(set_cipher):
    set_cipher("aes")
    old = cipher.seal(NUMBER)
    set_cipher("sm4")
    new = cipher.seal(NUMBER)
    assert cipher.unseal(old) == cipher.unseal(new) == NUMBER


def test_every_altered_byte_is_noticed():
    sealed = cipher.seal(NUMBER)
    for place in range(len(sealed)):
        altered = bytearray(sealed)
        altered[place] ^= 0x55
        with pytest.raises(cipher.Unsealable):
            cipher.unseal(bytes(altered))


@pytest.mark.parametrize("length", [0, 1, 5, 13, 20, 28])
def test_a_cut_value_is_noticed(length):
    with pytest.raises(cipher.Unsealable):
        cipher.unseal(cipher.seal(NUMBER)[:length])


def test_another_key_opens_nothing(monkeypatch):
    sealed = cipher.seal(NUMBER)
    for known in (cipher._aes, cipher._sm4_key):
        known.cache_clear()
    monkeypatch.setattr(cipher, "_key", lambda: os.urandom(32))
    try:
        with pytest.raises(cipher.Unsealable):
            cipher.unseal(sealed)
    finally:
        monkeypatch.undo()
        for known in (cipher._aes, cipher._sm4_key):
            known.cache_clear()


@given(st.binary(max_size=3000))
def test_any_bytes_come_back(content):
    assert cipher.unseal_bytes(cipher.seal_bytes(content)) == content


def test_equal_numbers_have_equal_hashes_for_one_purpose_only():
    assert cipher.blind(NUMBER, "id") == cipher.blind(NUMBER, "id")
    assert cipher.blind(NUMBER, "id") != cipher.blind(NUMBER, "phone")
    assert cipher.blind(NUMBER, "id") != cipher.blind(NUMBER[:-1] + "X", "id")
    assert len(cipher.blind(NUMBER, "id")) == 32


def test_tails_are_found_by_their_last_four():
    assert cipher.blind_tail(NUMBER, "id") == cipher.blind_tail("1324", "id")
    assert cipher.blind_tail(NUMBER, "id") != cipher.blind_tail(NUMBER, "phone")
    assert "1324" not in cipher.blind_tail(NUMBER, "id")


@given(st.text(max_size=200))
def test_the_keyed_hash_is_the_standard_one(text):
    """HMAC-SHA-256 as RFC 2104 has it: hashes written years ago still find their numbers."""
    for purpose, said, found in (
        ("paper", text, cipher.blind(text, "paper")),
        ("paper:tail", text[-4:], cipher.blind_tail(text, "paper")),
    ):
        key = hmac.new(cipher._key(), b"blind:" + purpose.encode(), hashlib.sha256).digest()
        assert hmac.digest(key, said.encode(), "sha256").hex().startswith(found) and len(found) in (12, 32)

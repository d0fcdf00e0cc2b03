"""Sealing (加密) of numbers of papers and phones, and keyed hashes by which equal numbers are found.

AES-GCM with a key of the data folder by default, SM4-GCM where the office must use national ciphers
(LIREN_CIPHER=sm4). Each sealed value says which cipher and key made it, so that both can be read side by side.
"""

import hashlib
import hmac
import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from liren.core.audit.chain import key_file

AES, SM4 = b"\x01", b"\x02"
NONCE, TAG = 12, 16


class Unsealable(Exception):
    """The value was altered, or sealed with another key."""


@lru_cache(maxsize=1)
def _key() -> bytes:
    return key_file("fields.key")


@lru_cache(maxsize=1)
def _aes() -> AESGCM:
    return AESGCM(_key())


@lru_cache(maxsize=8)
def _hash_key(purpose: str) -> bytes:
    return hmac.new(_key(), b"blind:" + purpose.encode(), hashlib.sha256).digest()


@lru_cache(maxsize=1)
def _sm4_key() -> bytes:
    return hmac.new(_key(), b"sm4", hashlib.sha256).digest()[:16]


@lru_cache(maxsize=1)
def _is_national() -> bool:
    """Whether national ciphers are asked for: looked up once, because the environment is slower than the cipher."""
    return os.environ.get("LIREN_CIPHER") == "sm4"


def seal(text: str) -> bytes:
    """The text, sealed: no one reads or alters it without the key."""
    return seal_bytes(text.encode())


def unseal(sealed: bytes | memoryview) -> str:
    """The text again; raises Unsealable when it was altered or the key is another."""
    return unseal_bytes(sealed).decode()


def seal_bytes(plain: bytes) -> bytes:
    """Seals bytes: one byte of cipher, a fresh nonce, the sealed content with its tag."""
    nonce = os.urandom(NONCE)
    if _is_national():
        sealer = Cipher(algorithms.SM4(_sm4_key()), modes.GCM(nonce)).encryptor()
        body = sealer.update(plain) + sealer.finalize()
        return SM4 + nonce + body + sealer.tag
    return AES + nonce + _aes().encrypt(nonce, plain, None)


def unseal_bytes(sealed: bytes | memoryview) -> bytes:
    """The bytes again; raises Unsealable."""
    sealed = bytes(sealed)
    if len(sealed) < 1 + NONCE + TAG:
        raise Unsealable
    kind, nonce, body = sealed[:1], sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
    try:
        if kind == AES:
            return _aes().decrypt(nonce, body, None)
        if kind == SM4:
            opener = Cipher(algorithms.SM4(_sm4_key()), modes.GCM(nonce, body[-TAG:])).decryptor()
            return opener.update(body[:-TAG]) + opener.finalize()
    except InvalidTag as altered:
        raise Unsealable from altered
    raise Unsealable


def blind(text: str, purpose: str) -> str:
    """A keyed hash of 32 hex digits: equal texts have equal hashes, and nothing else can be learnt from it."""
    return _keyed_hash(text, purpose)[:32]


def blind_tail(text: str, purpose: str) -> str:
    """A keyed hash of the last four characters, 12 hex digits, for finding by the tail of a number."""
    return _tail_hash(text[-4:], purpose)


# Tails are few, and no number can be told from one.
@lru_cache(maxsize=20_000)
def _tail_hash(tail: str, purpose: str) -> str:
    return _keyed_hash(tail, purpose + ":tail")[:12]


@lru_cache(maxsize=8)
def _pads(purpose: str) -> tuple[Any, Any]:
    """The two halves of an HMAC (RFC 2104) with the key already in: copied for each text, they cost half of a new one."""
    key = _hash_key(purpose).ljust(64, b"\0")
    inner, outer = (hashlib.sha256(bytes(byte ^ pad for byte in key)) for pad in (0x36, 0x5C))
    return inner, outer


def _keyed_hash(text: str, purpose: str) -> str:
    inner, outer = _pads(purpose)
    first = inner.copy()
    first.update(text.encode())
    second = outer.copy()
    second.update(first.digest())
    return second.hexdigest()

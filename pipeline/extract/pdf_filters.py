"""Unpacks a stream of a PDF as far as a limit, whatever it is packed with (ISO 32000-1, 7.4)."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

_NO_HEX = re.compile(rb"[^0-9A-Fa-f]+")
_NO_ASCII_85 = re.compile(rb"[^!-uz]+")
_STEP = 4_096
_CLEAR, _END, _WIDEST = 256, 257, 12
_COPIES = 128  # a length byte from here on repeats the next byte 257 - length times


def unpacked(content: bytes, filters: Sequence[bytes], most: int) -> bytes:
    """The first bytes of a stream, unpacked by each of its filters in turn; more than `most` tells that it is larger.

    A filter that is not known here, or fails, ends the way: the bytes are those before it.
    """
    for name in filters:
        unpack = _FILTERS.get(name)
        if unpack is None:
            break
        try:
            content = unpack(content, most + 1)
        except ValueError:
            break
        if len(content) > most:
            break
    return content[: most + 1]


def _inflated(content: bytes, most: int) -> bytes:
    """What comes before a fault counts too: pdfium draws it."""
    try:
        return zlib.decompressobj().decompress(content, most)
    except zlib.error:
        return _inflated_up_to_fault(content, most)


def _inflated_up_to_fault(content: bytes, most: int) -> bytes:
    """A fault takes with it what is unpacked in the same step: so the last step is taken again, byte by byte.

    The very last byte is lost all the same.
    """
    unpack = before = zlib.decompressobj()
    made = bytearray()
    for at in range(0, len(content), _STEP):
        rest = content[at : at + _STEP]
        try:
            while rest and len(made) < most:
                before = unpack.copy()
                made += unpack.decompress(rest, _STEP)
                rest = unpack.unconsumed_tail
        except zlib.error:
            return bytes(made) + _inflated_byte_by_byte(before, rest)
    return bytes(made)


def _inflated_byte_by_byte(unpack: Any, rest: bytes) -> bytes:
    made = bytearray()
    with suppress(zlib.error):
        while rest:
            made += unpack.decompress(rest, 1)
            rest = unpack.unconsumed_tail
    return bytes(made)


def _from_hex(content: bytes, most: int) -> bytes:
    digits = _NO_HEX.sub(b"", content.split(b">", 1)[0])[: 2 * most]
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _from_ascii_85(content: bytes, most: int) -> bytes:
    """Five letters make four bytes, and `z` alone makes four."""
    letters = _NO_ASCII_85.sub(b"", content.split(b"~", 1)[0])[: 5 * most // 4 + 5]
    return base64.a85decode(letters)[:most]


def _runs(content: bytes, most: int) -> bytes:
    made = bytearray()
    at = 0
    while at + 1 < len(content) and len(made) < most:
        length = content[at]
        if length == _COPIES:
            break
        if length < _COPIES:
            made += content[at + 1 : at + 2 + length]
            at += 2 + length
        else:
            made += content[at + 1 : at + 2] * (257 - length)
            at += 2
    return bytes(made)


def _lzw(content: bytes, most: int) -> bytes:
    made = bytearray()
    table = [bytes([value]) for value in range(256)] + [b"", b""]
    width, waiting, held, last = 9, 0, 0, b""
    for value in content:
        waiting, held = waiting << 8 | value, held + 8
        if held < width:
            continue
        held -= width
        code, waiting = waiting >> held, waiting & ((1 << held) - 1)
        if code == _END or len(made) >= most:
            break
        if code == _CLEAR:
            del table[258:]
            width, last = 9, b""
            continue
        if code > len(table) or (code == len(table) and not last):
            raise ValueError("LZW code out of order")
        piece = table[code] if code < len(table) else last + last[:1]
        made += piece
        if last and len(table) < 1 << _WIDEST:
            table.append(last + piece[:1])
        last = piece
        width = min(max(9, (len(table) + 1).bit_length()), _WIDEST)
    return bytes(made[:most])


def most_unpacked(content: bytes, filters: Sequence[bytes]) -> int:
    """How many bytes packed ones may become at most, told without unpacking them."""
    size = len(content)
    for at, name in enumerate(filters):
        size *= _GROWTH.get(name, 1)
        if name in _ASCII_85 and (at or b"z" in content):  # that letter alone stands for four bytes
            size *= 4
    return size


# What a filter can make of one byte at most; deflate 1,032 (RFC 1951: 258 bytes for two bits), LZW a full table's piece
# for each code.
_GROWTH = {
    b"FlateDecode": 1_032, b"Fl": 1_032, b"LZWDecode": 3_500, b"LZW": 3_500, b"RunLengthDecode": 64, b"RL": 64,
}  # fmt: skip
_ASCII_85 = {b"ASCII85Decode", b"A85"}
_FILTERS: dict[bytes, Callable[[bytes, int], bytes]] = {
    b"FlateDecode": _inflated, b"Fl": _inflated, b"LZWDecode": _lzw, b"LZW": _lzw, b"RunLengthDecode": _runs, b"RL": _runs,
    b"ASCIIHexDecode": _from_hex, b"AHx": _from_hex, b"ASCII85Decode": _from_ascii_85, b"A85": _from_ascii_85,
}  # fmt: skip

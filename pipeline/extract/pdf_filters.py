"""Unpacks a stream of a PDF as far as a limit, whatever it is packed with (ISO 32000-1, 7.4)."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress

_NO_HEX = re.compile(rb"[^0-9A-Fa-f]+")
_NO_ASCII_85 = re.compile(rb"[^!-uz]+")
_STEP = 64
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
    unpack = zlib.decompressobj()
    made = bytearray()
    with suppress(zlib.error):
        for at in range(0, len(content), _STEP):
            made += unpack.decompress(content[at : at + _STEP])
            if len(made) >= most:
                break
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


_FILTERS: dict[bytes, Callable[[bytes, int], bytes]] = {
    b"FlateDecode": _inflated, b"Fl": _inflated, b"LZWDecode": _lzw, b"LZW": _lzw, b"RunLengthDecode": _runs, b"RL": _runs,
    b"ASCIIHexDecode": _from_hex, b"AHx": _from_hex, b"ASCII85Decode": _from_ascii_85, b"A85": _from_ascii_85,
}  # fmt: skip

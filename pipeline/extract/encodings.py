"""Bytes -> text: which encoding a plain text file is in, told from the bytes alone.

Vietnamese text files come as UTF-8, as UTF-16 (Notepad's "Unicode"), in Windows-1258 (base letter, then a combining
tone mark) and in the single-byte fonts of the nineties (TCVN3, VNI). The last are returned as the Latin letters that a
reader would see, which is what the maps of those fonts start from; `legacy_text` decodes them line by line.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from pipeline.extract.legacy_text import find_charset

_SAMPLE = 64 * 1024
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Windows-1258: the five tone marks, and the letters that can carry one (a e i o u y ă â ê ô ơ ư, small and capital).
_TONES = re.compile(rb"[\xcc\xd2\xde\xec\xf2]")
_TONE_ON_VOWEL = re.compile(rb"[aeiouyAEIOUY\xc2\xc3\xca\xd4\xd5\xdd\xe2\xe3\xea\xf4\xf5\xfd][\xcc\xd2\xde\xec\xf2]")
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_MARKED_SHARE = 0.9
_LOST_SHARE = 0.01
_CONTROL_SHARE = 0.005
_ZERO_SHARE = 0.05
_PLAIN_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text (NFC, no byte order mark), the encoding's name, and how many characters could not be decoded."""

    text: str
    encoding: str
    lost: int = 0


def decode(data: bytes) -> Decoded | None:
    """The text of the bytes, or None where they are no text in any encoding known here."""
    found = _decode_marked(data) or _decode_unmarked(data)
    if found is None or not _looks_like_text(_without_stray_zeros(found.text)):
        return None
    text = unicodedata.normalize("NFC", found.text.removeprefix("\ufeff"))
    return Decoded(text.replace("\x00", ""), found.encoding, found.lost)


def _decode_marked(data: bytes) -> Decoded | None:
    """By byte order mark."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _leniently(data[len(bom) :], encoding)
    return None


def _decode_unmarked(data: bytes) -> Decoded | None:
    wide = _wide_encoding(data[:_SAMPLE])
    if wide:
        return _leniently(data, wide)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    broken = _leniently(data, "utf-8")
    high = len(_HIGH.findall(data))
    if broken.lost <= max(1, _LOST_SHARE * high):
        return broken
    return _decode_single_bytes(data)


def _leniently(data: bytes, encoding: str) -> Decoded:
    """Decoded with U+FFFD for what is broken: one torn character must not cost the file."""
    text = data.decode(encoding, errors="replace")
    return Decoded(text, encoding, text.count("\ufffd"))


def _wide_encoding(sample: bytes) -> str | None:
    """UTF-16 without a mark: blanks and Latin letters, most of any text, have a zero for their high byte."""
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > _PLAIN_SHARE * pairs and even < odd / 10:
        return "utf-16-le"
    if even > _PLAIN_SHARE * pairs and odd < even / 10:
        return "utf-16-be"
    return None


def _decode_single_bytes(data: bytes) -> Decoded:
    tones = len(_TONES.findall(data))
    text = data.decode("cp1252", errors="surrogateescape")
    text = _LONE_BYTE.sub(lambda lone: chr(ord(lone[0]) - 0xDC00), text)
    if tones and len(_TONE_ON_VOWEL.findall(data)) >= _MARKED_SHARE * tones and not find_charset(text.splitlines()):
        text = data.decode("cp1258", errors="replace")
        return Decoded(text, "windows-1258", text.count("\ufffd"))
    return Decoded(text, "windows-1252")


_LONE_BYTE = re.compile("[\udc80-\udcff]")  # bytes that Windows-1252 leaves undefined, and TCVN3 does not


def _without_stray_zeros(text: str) -> str:
    """The beginning of a text; zeros among the letters, or that fill a file up, are dirt where they are few."""
    sample = text.rstrip("\0")[:_SAMPLE]
    return sample.replace("\0", "") if sample.count("\0") <= _ZERO_SHARE * len(sample) else sample


def _looks_like_text(sample: str) -> bool:
    """Letters, digits and blanks prevail, and control characters are next to none."""
    if not sample:
        return True
    if len(_CONTROL.findall(sample)) > _CONTROL_SHARE * len(sample):
        return False
    plain = sum(character.isalnum() or character.isspace() for character in sample)
    return plain >= _PLAIN_SHARE * len(sample)

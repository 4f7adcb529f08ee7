"""Which document a citation means: by its own number, date and issuer, else by its title or term as the tables know it.

Where more than one document may be meant the key stays None and the candidates are listed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date as Day  # noqa: N812 - `date` is a field name here
from typing import NamedTuple

from pipeline.annotate.reference_reading import Found, Reading
from pipeline.knowledge.document_keys import Act, Acts, handle_of, keys_of, number_key, same_title
from pipeline.knowledge.syllables import is_syllable
from pipeline.knowledge.text import UPPER, fold, words

_PLACE = re.compile(
    r"(?<!\w)(?P<level>(?i:tỉnh(?: ủy)?|thành phố|tp\.?|thành ủy|huyện(?: ủy)?|quận(?: ủy)?|thị xã|thị ủy|thị trấn|xã"
    rf"|phường|đặc khu)) (?!(?i:ủy)(?!\w))(?P<name>[{UPPER}0-9][\w’']*(?:[ –-][{UPPER}][\w’']*)*)"
)
_BARE_PROVINCE = re.compile(r"(?<!\w)(?:tỉnh(?: ủy)?|thành phố|thành ủy|sở)(?!\w)")
_OF_PROVINCES = frozenset({"uy_ban", "hdnd", "dang", "mat_tran_doan_the"})
_TERM = re.compile(r"[^.;\n\t]{0,60}?khóa (?P<term>[xiv]+)(?!\w)")
# From which day on a term of the Party's Central Committee counted its papers: the day after its congress.
_TERMS = {
    "ix": Day(2001, 4, 23), "x": Day(2006, 4, 26), "xi": Day(2011, 1, 20), "xii": Day(2016, 1, 29), "xiii": Day(2021, 2, 2),
    "xiv": Day(2026, 1, 24),
}  # fmt: skip
_PARTY = "-TW"


class Place(NamedTuple):
    """A local issuer's place: its level (tỉnh, xã) and its folded name."""

    level: str
    name: str


def with_own_keys(reading: Reading, found: Iterable[Found], province: str | None) -> list[Found]:
    """The citations with the keys that they have by themselves; `province` completes "UBND tỉnh"."""
    return [_keyed(reading, each, province) for each in found]


def province_of(reading: Reading) -> str | None:
    """The one province whose bodies a text names, or None where it names several or none.

    A name that is named once and is no Vietnamese spelling (Kiên Giang Sởy Tẻ) is a misreading; some are Ede or Bahnar.
    """
    named = Counter(
        fold(match["name"])
        for unit in reading.units
        if unit.kind in _OF_PROVINCES and (match := _PLACE.search(unit.name)) and fold(match["level"]).startswith("tỉnh")
    )
    if len(named) != 1:
        return None
    name, times = named.popitem()
    return name if times > 1 or all(is_syllable(syllable) for syllable in words(name)) else None


def _keyed(reading: Reading, found: Found, province: str | None) -> Found:
    if found.key is not None:
        return found
    alias = reading.knowledge.derived(Acts.of).aliases.get(reading.folded[found.start : found.end])
    if alias is not None:
        return replace(found, key=alias)
    if found.number is None:
        key = _decree_key(found)
        serial = (found.printed_number or "").partition("/")[0].lstrip("0")
        known = () if key or found.date else reading.knowledge.derived(Acts.of).by_serial.get((found.doc_type, serial), ())
        return replace(found, key=key, candidates=found.candidates or keys_of(_of_issuer(found, known)))
    key = number_key(reading.knowledge, found.doc_type, found.number, found.date, _place(found, province))
    known = reading.knowledge.derived(Acts.of).by_handle.get(handle_of(reading.knowledge, found.number, found.doc_type), ())
    return _by_table(reading, found, key, known) if known else replace(found, key=key)


def _decree_key(found: Found) -> str | None:
    """A decree cited without its symbol: all decrees of a year are the Government's, so nothing is missing."""
    serial, _, year = (found.printed_number or "").partition("/")
    if found.doc_type != "Nghị định":
        return None
    year = year or (found.date or "")[:4]
    return f"nghi_dinh:{serial.lstrip('0')}/{year}/NĐ-CP" if year else None


def _by_table(reading: Reading, found: Found, key: str | None, known: tuple[Act, ...]) -> Found:
    """A citation whose number the tables know: its title or term says which act is meant where its date does not."""
    titled = [act for act in known if same_title(found.title, act.title)]
    if key is not None:
        slip = found.number is not None and found.number.year is None and len(titled) == 1 and titled[0].key != key
        return replace(found, candidates=keys_of(titled)) if slip else replace(found, key=key)
    if found.date is not None:
        return found
    meant = titled if len(titled) == 1 else _of_term(reading, found, known)
    if len(meant) == 1:
        return replace(found, key=meant[0].key)
    return replace(found, candidates=keys_of(known))


def _of_issuer(found: Found, known: tuple[Act, ...]) -> list[Act]:
    """The acts whose issuer can be the cited one: either is named shorter than the other, or none is named."""
    said = set(words(found.issuer_name or found.issuer or ""))
    return [act for act in known if not said or said <= (other := set(words(act.issuer or ""))) or other <= said]


def _of_term(reading: Reading, found: Found, known: tuple[Act, ...]) -> list[Act]:
    """The acts of the Party's term that is named after the number (Nghị quyết số 29-NQ/TW … khóa XI)."""
    term = _TERM.match(reading.folded, found.end)
    if term is None or term["term"] not in _TERMS:
        return []
    begins = _TERMS[term["term"]]
    ends = min((day for day in _TERMS.values() if day > begins), default=Day.max)
    return [act for act in known if _PARTY in act.handle[1] and act.date is not None and begins <= act.date < ends]


def _place(found: Found, province: str | None) -> Place | None:
    """Level and name of the issuer's place, or None where it stays open ("UBND thị xã")."""
    for text in (found.issuer_name, found.issuer):
        match = _PLACE.search(text) if text else None
        if match is not None:
            level = match["level"].lower()
            return Place("thành phố" if level.startswith("tp") else level, fold(match["name"]))
    if province and found.issuer and _BARE_PROVINCE.search(fold(found.issuer)):
        return Place("tỉnh", fold(province))
    return None

"""The official administrative units by name and day: provinces, districts (until 30 June 2025) and communes.

Sources and licence of the two registers stand in `registers/README.md`. A code means a unit only together with a day: on
1 July 2025 districts ended, 63 provinces became 34, and most new communes took the code of an old one. Days are ISO texts
throughout, which compare as they should; an empty one is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from models.mentions import UnitLevel
from pipeline.knowledge.load import Knowledge, register_lines
from pipeline.knowledge.text import UPPER, fold

REFORM = "2025-07-01"
LAST_OLD_DAY = "2025-06-30"
FIRST_LIST = "2021-11-01"
# Days of the older lists: what stands first in one of them was founded after the one before.
_LISTS = (
    FIRST_LIST, "2022-04-10", "2022-07-01", "2022-10-01", "2023-04-10", "2024-02-01", "2024-05-01", "2024-09-01",
    "2024-11-01", "2025-01-01", "2025-03-01",
)  # fmt: skip
_EARLIEST = dict(zip(_LISTS[1:], _LISTS, strict=False))
_PROVINCE, _DISTRICT = 2, 3
KEPT = 8_192  # names whose key and places are remembered: plans name the same few over and over
_TYPES = "tỉnh|thành phố|quận|huyện|thị xã|thị trấn|phường|xã|đặc khu"
_COMMITTEES = {"tỉnh": "tỉnh", "thành": "thành phố", "huyện": "huyện", "quận": "quận", "thị": "thị xã"}
_PLACE = re.compile(
    rf"(?<![^\W_])(?:({'|'.join(_COMMITTEES)})\s+(?:ủy|Ủy|đoàn|Đoàn)|({_TYPES}))\s+(?=[{UPPER}]|(?:số )?\d)"
)
_DASH_OR_BLANK = re.compile(r"[ \t]*[-–—‐‑][ \t]*|[ \t]{2,}")
_APOSTROPHE = re.compile(r"['’ʼ‘`][ \t]?")
_NUMBER = re.compile(r"(?<![^\W_])(?:số )?0*(\d+)")
_FINAL_Y = re.compile(r"(?<=[bcdđghklmnprstvx])[yýỳỷỹỵ](?![^\W_])|(?<=qu)[yýỳỷỹỵ](?![^\W_])")
_AS_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


class AdminUnit(NamedTuple):
    """A row of the register: valid from the first to the last day, both included; empty where open."""

    code: str
    name: str
    parent: str
    valid_from: str
    valid_to: str

    @property
    def is_province(self) -> bool:
        """Whether this is a province or a city under the centre."""
        return len(self.code) == _PROVINCE

    @property
    def is_district(self) -> bool:
        """Whether this is a district-level unit."""
        return len(self.code) == _DISTRICT

    @property
    def level(self) -> UnitLevel:
        """The level as the record names it."""
        return "tinh" if self.is_province else "huyen" if self.is_district else "xa"

    def stands_in(self, period: Period) -> bool:
        """Whether the unit may have stood on a day of the period; the lists date a founding only to a few weeks."""
        since = _EARLIEST.get(self.valid_from, self.valid_from)
        return (not since or since <= period.last) and (not self.valid_to or period.first <= self.valid_to)


class Period(NamedTuple):
    """The days between which something was written, both included."""

    first: str = ""
    last: str = "9999"


ALL_DAYS = Period()
OLD_DAYS = Period("", LAST_OLD_DAY)


@lru_cache(maxsize=KEPT)
def name_key(name: str) -> str:
    """The key under which spellings of one unit meet: case, tone placement, final i and y, dashes, `01` and `số 1`."""
    return _keys(name)


def _keys(names: str) -> str:
    """The keys of names, a line for each: newlines are kept."""
    plain = _APOSTROPHE.sub("", _DASH_OR_BLANK.sub(" ", fold(names))).strip(" ").replace("đăk", "đắk")
    plain = _FINAL_Y.sub(lambda y: y[0].translate(_AS_I), plain)
    return _NUMBER.sub(r"\1", plain)


@lru_cache(maxsize=KEPT)
def places_in(name: str) -> tuple[str, ...]:
    """The units that a canonical name holds, the outermost first: "UBND xã A huyện B" gives `huyện B` and `xã A`.

    The Party committee and the youth union of a unit name it too: `Huyện ủy B` is that of `huyện B`.
    """
    plain = name[:1].lower() + name[1:]
    found = list(_PLACE.finditer(plain))
    ends = [match.start() for match in found[1:]] + [len(plain)] * bool(found)
    return tuple(
        f"{_COMMITTEES.get(match[1], match[2])} {plain[match.end() : end].strip(' ,-()')}"
        for match, end in reversed(list(zip(found, ends, strict=True)))
    )


class AdminUnits:
    """Looks units up by key and by code; made once for a program, in about a fiftieth of a second."""

    def __init__(self, _: Knowledge) -> None:
        self._lines = register_lines("admin_units")
        self._by_key: dict[str, list[int]] = {}
        self._named: dict[str, tuple[AdminUnit, ...]] = {}
        self._by_code: dict[str, list[int]] = {}
        names = "\n".join(line.split(",", 2)[1] for line in self._lines)
        for row, key in enumerate(_keys(names).split("\n")):
            self._by_key.setdefault(key, []).append(row)
        for row, line in enumerate(self._lines):
            self._by_code.setdefault(line[: line.index(",")], []).append(row)

    def __iter__(self) -> Iterator[AdminUnit]:
        return map(self._unit, range(len(self._lines)))

    def _unit(self, row: int) -> AdminUnit:
        return AdminUnit(*self._lines[row].split(","))

    def named(self, name: str) -> tuple[AdminUnit, ...]:
        """All units of any time that have a name, type word included ("xã Dương Quang")."""
        key = name_key(name)
        if key not in self._by_key:
            return ()
        if key not in self._named:
            self._named[key] = tuple(map(self._unit, self._by_key[key]))
        return self._named[key]

    def coded(self, code: str) -> tuple[AdminUnit, ...]:
        """All units of any time that had a code, in the order of time."""
        return tuple(map(self._unit, self._by_code.get(code, ())))

    def above(self, unit: AdminUnit, period: Period = ALL_DAYS) -> tuple[AdminUnit, ...]:
        """The units that held a unit, the nearest first; of one that changed its name, the last within the period."""
        held: list[AdminUnit] = []
        while unit.parent:
            rows = self.holders(unit)
            unit = next((row for row in reversed(rows) if row.stands_in(period)), rows[-1])
            held.append(unit)
        return tuple(held)

    def holders(self, unit: AdminUnit) -> tuple[AdminUnit, ...]:
        """The units one step above that stood in the same days: one, or the names that one had in turn."""
        last = unit.valid_to or Period().last
        rows = self.coded(unit.parent)
        return tuple(row for row in rows if row.valid_from <= last and (not row.valid_to or unit.valid_from <= row.valid_to))

    def successors(self, unit: AdminUnit) -> tuple[str, ...]:
        """Codes since 1 July 2025 of a unit that ended the day before; of a district, those of its communes.

        Empty for units of today and for those that ended earlier: they had become part of another old one.
        """
        if unit.valid_to != LAST_OLD_DAY:
            return ()
        if unit.code in self._successors or not unit.is_district:
            return self._successors.get(unit.code, ())
        return tuple(sorted({new for code in self._last_communes.get(unit.code, ()) for new in self._successors[code]}))

    @cached_property
    def old_provinces(self) -> tuple[AdminUnit, ...]:
        """The 63 provinces and central cities of 30 June 2025."""
        provinces = (unit for code in self._by_code if len(code) == _PROVINCE for unit in self.coded(code))
        return tuple(unit for unit in provinces if unit.stands_in(Period(LAST_OLD_DAY, LAST_OLD_DAY)))

    @cached_property
    def _successors(self) -> dict[str, tuple[str, ...]]:
        cells = (line.split(",") for line in register_lines("unit_successors"))
        return {code: tuple(new.split(" ")) for code, new in cells}

    @cached_property
    def _last_communes(self) -> dict[str, list[str]]:
        """The communes of each district on its last day."""
        found: dict[str, list[str]] = {}
        for line in self._lines:
            code, _, parent, _, last = line.split(",")
            if len(parent) == _DISTRICT and last == LAST_OLD_DAY:
                found.setdefault(parent, []).append(code)
        return found

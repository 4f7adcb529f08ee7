"""Printed numbers as values: the thousands dot and the decimal comma of Vietnamese, and where they cannot be told."""

from __future__ import annotations

import re

from pipeline.knowledge.measures import UnitKind

MOST_DIGITS = 15
_THOUSANDS = {sign: re.compile(rf"[1-9][0-9]{{0,2}}(?:{re.escape(sign)}[0-9]{{3}})+") for sign in (".", ",", " ", "\xa0")}
_SPACED = re.compile(r"[ \xa0]")


def number_value(printed: str, kind: UnitKind, *, scaled: bool = False) -> float | None:
    """The value of a printed number; None where it is none, or its sign may mean a thousand as well as a fraction.

    `1.250` is a thousand and more, `1,5` one and a half; a single comma before three figures parts thousands only where
    nothing can be cut in pieces (persons, whole đồng); of `3,098 tấn` nobody can tell. `scaled` tells that "triệu" or
    the like follows.
    """
    if sum(letter.isdigit() for letter in printed) > MOST_DIGITS:
        return None
    plain = _SPACED.sub("", printed) if _is_grouped(printed, " ") or _is_grouped(printed, "\xa0") else printed
    if plain.isdigit():
        return float(plain)
    if "." in plain and "," in plain:
        return _both(plain)
    sign = "." if "." in plain else ","
    if _is_grouped(plain, sign) and _parts_thousands(plain, sign, kind, scaled=scaled):
        return float(plain.replace(sign, ""))
    if plain.count(sign) != 1:
        return None
    whole, _, rest = plain.partition(sign)
    if _is_grouped(plain, sign) and kind in ("money", "size"):
        return None
    return float(f"{whole}.{rest}") if whole.isdigit() and rest.isdigit() else None


def _is_grouped(printed: str, sign: str) -> bool:
    return _THOUSANDS[sign].fullmatch(printed) is not None


def _parts_thousands(printed: str, sign: str, kind: UnitKind, *, scaled: bool) -> bool:
    if kind == "percent":
        return False
    if sign == "." or printed.count(sign) > 1:
        return True
    return kind in ("count", "place", "time") or (kind == "money" and not scaled)


def _both(printed: str) -> float | None:
    """Of two signs the last one is the decimal sign: 1.250,5 and 1,250.5."""
    thousands = "." if printed.rindex(",") > printed.rindex(".") else ","
    whole, _, rest = printed.rpartition("," if thousands == "." else ".")
    if not _is_grouped(whole, thousands) or not rest.isdigit():
        return None
    return float(f"{whole.replace(thousands, '')}.{rest}")

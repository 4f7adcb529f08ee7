"""Times and documents in the words of a Vietnamese office."""

from __future__ import annotations

import re

from models import Reference

_ROMAN = ("I", "II", "III", "IV")
_PART = re.compile(r"(?P<year>\d{4}|XXXX)(?:-(?P<month>\d\d|XX))?(?:-(?P<day>\d\d|XX))?")
_DAY_TAIL = re.compile(r",? (?:ban hành )?ngày \d.*")
_FIRST_QUARTER, _FIRST_HALF = 33, 40


def period_words(edtf: str | None) -> str:
    """An EDTF time in words: `2025-34` is `Quý II/2025`, `2025-40` `6 tháng đầu năm 2025`, `2021/2025` `2021–2025`.

    "" for None; what is no EDTF of the contract is returned as it is.
    """
    if not edtf:
        return ""
    if edtf.startswith("../"):
        return f"đến {period_words(edtf[3:])}"
    if edtf.endswith("/.."):
        return f"từ {period_words(edtf[:-3])}"
    first, slash, last = edtf.partition("/")
    if slash:
        return _range_words(first, last)
    return _part_words(edtf)


def day_words(edtf: str | None) -> str:
    """An EDTF day as an office writes it, blanks for what was left blank: `2025-01-XX` is `__/01/2025`."""
    found = _PART.fullmatch(edtf or "")
    if found is None or not found["month"] or not found["day"]:
        return period_words(edtf)
    day, month, year = (_blank(found[name]) for name in ("day", "month", "year"))
    return f"{day}/{month}/{year}"


def document_name(reference: Reference) -> str:
    """What a cited document is called: type and number, or type and title; without both as printed, without its day."""
    if reference.number:
        return f"{reference.doc_type} {reference.number}"
    if reference.title:
        named = reference.title.startswith(reference.doc_type)
        return reference.title if named else f"{reference.doc_type} {reference.title}"
    printed = " ".join(reference.text.split())
    return _DAY_TAIL.sub("", printed) if reference.date else printed


def document_words(reference: Reference) -> str:
    """A cited document in one phrase: type, number or name, date, issuer."""
    name = f"{reference.doc_type} số {reference.number}" if reference.number else document_name(reference)
    day = reference.date
    if day and not (day.isdigit() and day in name):
        name += f" năm {day}" if day.isdigit() else f" ngày {day_words(day)}"
    if reference.issuer and reference.issuer not in name:
        name += f" của {reference.issuer}"
    return name


def _blank(part: str) -> str:
    return "_" * len(part) if "X" in part else part


def _range_words(first: str, last: str) -> str:
    if first.isdigit() and last.isdigit():
        return f"{first}–{last}"
    return f"{_part_words(first)} – {_part_words(last)}"


def _part_words(edtf: str) -> str:
    found = _PART.fullmatch(edtf)
    if found is None:
        return edtf
    year = found["year"]
    if found["day"]:
        if year == "XXXX":
            return f"{_blank(found['day'])}/{_blank(found['month'])}"
        return f"{_blank(found['day'])}/{_blank(found['month'])}/{year}"
    if not found["month"]:
        return f"Năm {year}" if year != "XXXX" else "hằng năm"
    return _season_words(found["month"], "" if year == "XXXX" else year)


def _season_words(month: str, year: str) -> str:
    of_year = f"/{year}" if year else ""
    if month == "XX":
        return f"__{of_year}"
    number = int(month)
    if _FIRST_QUARTER <= number < _FIRST_QUARTER + 4:
        return f"Quý {_ROMAN[number - _FIRST_QUARTER]}{of_year}"
    if number in (_FIRST_HALF, _FIRST_HALF + 1):
        half = "đầu" if number == _FIRST_HALF else "cuối"
        return f"6 tháng {half} năm {year}" if year else f"6 tháng {half} năm"
    return f"Tháng {number}{of_year}"

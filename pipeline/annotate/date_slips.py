"""Days and months whose figures were read as letters: "ngày 2l tháng 02", "tháng I0/2025", "ngày O5/3/2025".

Only l, I and o stand for a figure, only in a day or a month, and only where the rest is figures: then no other reading
is left. A year with a letter in it stays unread, because nothing confirms which year was meant.
"""

from __future__ import annotations

import re

from pipeline.annotate.date_lexicon import BLANK

_FIGURES = str.maketrans("ilo", "110")
_TOKEN = r"(?=[ilo]?[0-9]|[0-9])[0-9ilo]{1,2}"
_LOOSE = r"[0-9ilo]{1,2}"
_S = r"[ \xa0]{0,3}"
_JOINT = rf"(?:{_S}[/.-]{_S}|{BLANK}tháng{BLANK})"
_WITH_YEAR = rf"(?=(?:{_S}[/.-]{_S}|{BLANK},?{BLANK}năm{BLANK})(?:19|20)[0-9]{{2}}(?!\w))"
_DAY = re.compile(rf"(?:{_TOKEN}{_JOINT}{_TOKEN}(?![^\W_])|{_LOOSE}{_JOINT}{_LOOSE}{_WITH_YEAR})")
_MONTH = re.compile(r"(?:[ilo][0-9]|[0-9][ilo])(?![^\W_])")
_REACH = 60


def mended_day(low: str, position: int) -> str | None:
    """The text from a place on with the letters in a day and its month turned into figures; None where there are none."""
    return _mended(low, position, _DAY)


def mended_month(low: str, position: int) -> str | None:
    """The same for the number of a month."""
    return _mended(low, position, _MONTH)


def _mended(low: str, position: int, pattern: re.Pattern[str]) -> str | None:
    match = pattern.match(low, position)
    figures = match[0].translate(_FIGURES) if match else ""
    if match is None or figures == match[0]:
        return None
    return figures + low[match.end() : match.end() + _REACH]

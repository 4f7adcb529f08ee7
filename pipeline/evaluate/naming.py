"""How headings, titles and years are written as items, the same way for records and for gold."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.evaluate.folding import key
from pipeline.evaluate.items import NOWHERE, Item, Place

# A letter's subject and a title may begin with the type line's words; they name the type, not the subject.
_TYPE_WORDS = re.compile(r"^(?:kế hoạch|phương án|đề án|thông báo|báo cáo|v/v|về việc)\s+")


def heading(marker: str | None, title: str | None) -> str:
    """A heading for people: `II. NỘI DUNG`."""
    return ". ".join(part for part in (marker, title) if part)


def title_key(title: str | None) -> str:
    """A title for comparison, without the type words that lead it."""
    return _TYPE_WORDS.sub("", key(title))


def years_shown(years: Iterable[int]) -> str:
    """Plan years in order: `2021, 2025`."""
    return ", ".join(map(str, sorted(years)))


def role_item(role: str, place: Place = NOWHERE) -> Item:
    """A heading's role. Purpose and requirements, together or apart, are one value of three kinds."""
    family = "muc_dich_yeu_cau" if role in ("muc_dich", "yeu_cau") else role
    return Item("sections.role", role, family, role, place=place)

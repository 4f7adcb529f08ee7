"""What plans call their parts: the wording of headings and the role it gives them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import ClassVar

from models import Role
from pipeline.knowledge.load import Knowledge, Row
from pipeline.knowledge.syllables import is_syllable
from pipeline.knowledge.text import bare, squash, words

# The parts that every plan needs. A part counts as there under any of the roles named: practice parts purpose from
# requirements, and calls the content tasks.
REQUIRED_ROLES: dict[Role, frozenset[Role]] = {
    "can_cu": frozenset({"can_cu"}),
    "muc_dich_yeu_cau": frozenset({"muc_dich_yeu_cau", "muc_dich", "yeu_cau", "muc_tieu"}),
    "noi_dung": frozenset({"noi_dung", "nhiem_vu_giai_phap", "doi_tuong_pham_vi", "chu_de"}),
    "to_chuc_thuc_hien": frozenset({"to_chuc_thuc_hien"}),
}


_SHORTEST, _LONGEST = 7, 80  # letters of a wording that can be told from others although one of them is wrong
_ODD_LETTERS = 2


@dataclass(frozen=True, slots=True)
class HeadingRole(Row):
    """One family of heading wordings: `pattern` is matched at the start of the folded title, first row that fits wins.

    `standalone` rows are headings even without a numeral.
    """

    TABLE: ClassVar[str] = "heading_roles"
    role: Role
    pattern: str
    standalone: bool


@dataclass(frozen=True, slots=True)
class HeadingLexicon:
    """The heading table, ready to use; `whole` has the examples of its rows by their letters without marks."""

    rows: tuple[tuple[re.Pattern[str], HeadingRole], ...]
    whole: Mapping[str, HeadingRole]

    def match(self, title: str) -> HeadingRole | None:
        """The first row whose wording begins a title (any case, tone placement and dashes), or None.

        A title that is no wording but for its marks, or for a letter in a word that is none, is taken for it.
        """
        key = _key(title)
        plain = bare(key)
        known = self.whole.get(plain) or next((row for pattern, row in self.rows if pattern.match(key)), None)
        return known or self._misread(key, plain)

    def _misread(self, key: str, plain: str) -> HeadingRole | None:
        if not _SHORTEST <= len(key) <= _LONGEST or all(map(is_syllable, words(key))):
            return None
        return next((row for wording, row in self.whole.items() if _one_letter_off(plain, wording)), None)

    def covers(self, title: str) -> HeadingRole | None:
        """The row whose wording is the whole of a short title: such a line is a heading even without a numeral."""
        key = _key(title)
        for pattern, row in self.rows:
            found = pattern.match(key)
            if found and row.standalone and len(key) - found.end() <= 1:
                return row
        return None


def _key(title: str) -> str:
    return squash(title).strip(" .:;*-\"“”'")


def heading_lexicon(knowledge: Knowledge) -> HeadingLexicon:
    """Compiles the table `heading_roles`."""
    rows = knowledge.rows(HeadingRole)
    whole: dict[str, HeadingRole] = {}
    for row in rows:
        for example in row.examples:
            plain = bare(_key(example))
            if len(plain) >= _SHORTEST and " " in plain:
                whole.setdefault(plain, row)
    return HeadingLexicon(tuple((re.compile(row.pattern), row) for row in rows), whole)


def _one_letter_off(one: str, other: str) -> bool:
    """Whether two wordings differ in one place: a letter for a letter, for none or for two (`rn` for `m`)."""
    if abs(len(one) - len(other)) > 1:
        return False
    same = _shared(one, other)
    one, other = one[same:], other[same:]
    same = _shared(one[::-1], other[::-1])
    return min(len(one), len(other)) - same <= 1 and max(len(one), len(other)) - same <= _ODD_LETTERS


def _shared(one: str, other: str) -> int:
    """How many letters two wordings begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))

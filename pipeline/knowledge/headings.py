"""What plans call their parts: the wording of headings and the role it gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from models import Role
from pipeline.knowledge.load import Knowledge, Row
from pipeline.knowledge.text import squash

# The parts that every plan needs. A part counts as there under any of the roles named: practice parts purpose from
# requirements, and calls the content tasks.
REQUIRED_ROLES: dict[Role, frozenset[Role]] = {
    "can_cu": frozenset({"can_cu"}),
    "muc_dich_yeu_cau": frozenset({"muc_dich_yeu_cau", "muc_dich", "yeu_cau", "muc_tieu"}),
    "noi_dung": frozenset({"noi_dung", "nhiem_vu_giai_phap"}),
    "to_chuc_thuc_hien": frozenset({"to_chuc_thuc_hien"}),
}


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
    """The heading table, ready to use."""

    rows: tuple[tuple[re.Pattern[str], HeadingRole], ...]

    def match(self, title: str) -> HeadingRole | None:
        """The first row whose wording begins a title (any case, tone placement and dashes), or None."""
        key = _key(title)
        return next((row for pattern, row in self.rows if pattern.match(key)), None)

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
    return HeadingLexicon(tuple((re.compile(row.pattern), row) for row in rows))

"""Row types for organisations, offices, roles and administrative units: how their names begin, go on and end.

Sources of the rows: the organisation of state agencies under Luật Tổ chức chính quyền địa phương 2015 and 2025, the
Party and mass organisations under their charters, and forms met in commune, district and province plans. A form with
capital letters is an abbreviation and only matches capitals; `-`, `,`, `và` and `&` in a form are optional in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Literal

from models.mentions import UnitKind, UnitLevel
from pipeline.knowledge.load import Knowledge, Row
from pipeline.knowledge.text import fold, squash

_LEVELS: dict[str | None, UnitLevel] = {
    "trung_uong": "trung_uong", "tinh": "tinh", "huyen": "huyen", "xa": "xa", "thon": "thon",
}  # fmt: skip


_DASHED = re.compile(r" (?:[-–]|và) ")
_KINDS: dict[str | None, UnitKind] = {"dang": "dang", "cong_an_quan_su": "cong_an_quan_su"}


def kind_of(cell: str | None) -> UnitKind | None:
    """The kind to which a domain turns its office, None where it turns it to none."""
    return _KINDS.get(cell)


def level_of(cell: str | None) -> UnitLevel | None:
    """The level that a table's cell names, None where it names none."""
    return _LEVELS.get(cell)


@dataclass(frozen=True, slots=True)
class UnitHead(Row):
    """How a unit's name begins. `name` is the canonical form of that beginning.

    `follow` says what may go on the name besides a level: `field` (a domain: "Nội vụ"), `school` and `company` (a kind
    and a proper name), `rolefield` (a domain of commune civil servants), `htx`, `work` (a task in lower case up to a
    level word), `task` (the same, or up to the end of the phrase), `about` (`về` and a domain), `name` (a proper name),
    `unit` (another unit: "Văn phòng" + "UBND xã"); `must` asks for a level or a name, `capmust` besides for a capital,
    `mustunit` for another unit (`as_unit`: and takes its kind), `none` forbids everything. `boardfield` and `eventfield`
    are domains of boards ("chợ") and of those who run an event ("lễ hội"), `number` is a number behind the domain,
    `term` a committee's term ("khóa XIII"), `pairname` a name of two syllables or more, `apart` asks that no capital
    word stands before ("Giỗ Tổ"), `verb` tells that the head is a verb where it stands in lower case behind a unit.
    `alone` says whether it is a mention with nothing after it: `yes`, `no`, `capital` (with a capital inside a
    sentence), `noun` (with a capital anywhere), `line` (as a line of its own, as above a signature), `abbr` (when
    abbreviated).
    """

    TABLE: ClassVar[str] = "unit_heads"
    name: str
    forms: tuple[str, ...]
    kind: UnitKind
    level: str | None
    follow: tuple[str, ...]
    alone: str


@dataclass(frozen=True, slots=True)
class UnitField(Row):
    """A domain that names an office ("Văn hóa - Xã hội"); `used_by`: `office`, `role` (civil servants), `school`,
    `board` and `event`.

    `kind` is given where the domain makes the office one of the Party ("Ban Tuyên giáo") or of the police.
    """

    TABLE: ClassVar[str] = "unit_fields"
    name: str
    forms: tuple[str, ...]
    used_by: tuple[str, ...]
    kind: str | None


@dataclass(frozen=True, slots=True)
class UnitLevelWord(Row):
    """A level word ("thị xã"); `level` is None where the word alone does not tell; `numbered`: "phường 5"."""

    TABLE: ClassVar[str] = "unit_levels"
    name: str
    forms: tuple[str, ...]
    level: str | None
    numbered: bool


@dataclass(frozen=True, slots=True)
class UnitQualifier(Row):
    """Words that close a name without naming a place: "cấp huyện", "Trung ương"; `named`: "khu vực" and its name."""

    TABLE: ClassVar[str] = "unit_qualifiers"
    name: str
    forms: tuple[str, ...]
    level: str | None
    named: bool


@dataclass(frozen=True, slots=True)
class UnitGroup(Row):
    """A member of a collective ("các sở, ban, ngành").

    `weight`: `strong` makes a collective alone, `member` beside another one, `weak` (cơ quan, đơn vị) only before one.
    """

    TABLE: ClassVar[str] = "unit_groups"
    forms: tuple[str, ...]
    weight: str
    kind: UnitKind
    level: str | None


@dataclass(frozen=True, slots=True)
class UnitStop(Row):
    """Words at which names end or do not begin.

    `role`: `compound` (no unit begins inside: "xã hội", "cơ sở"), `opener` (opens the clause after a name: "Yêu cầu"),
    `follower` (a word after a name, about which nobody needs to be asked), `plain` (no place is called so, even where
    everything stands in capitals), `never` (a preposition: no name begins with it or goes on with it, in capitals too),
    `predicate` (what a board does: no board's purpose begins with it), `verb` (ends a name that goes on in lower case by
    the tagger alone; behind its first word only: "Tổ Xét duyệt"), `lead` (with a capital before a unit it opens the
    sentence, so that the two are no name: "Giao Tổ …").
    """

    TABLE: ClassVar[str] = "unit_stops"
    words: str
    role: str


@dataclass(frozen=True, slots=True)
class UnitPlace(Row):
    """A place whose name alone decides its level (cities under the centre) or holds a hyphen."""

    TABLE: ClassVar[str] = "unit_places"
    name: str
    forms: tuple[str, ...]
    level: str


@dataclass(frozen=True, slots=True)
class UnitEraCue(Row):
    """A unit that there was only before or only after the reform of 1 July 2025, where a plan has no certain date.

    `forms` stand in the unit's canonical name; `issuer_level` is given where it tells only in a plan of that level.
    """

    TABLE: ClassVar[str] = "unit_era_cues"
    forms: tuple[str, ...]
    era: Literal["before", "after"]
    issuer_level: str | None

    def is_in(self, names: str) -> bool:
        """Whether units' canonical names, as `era_key` writes them, hold one of the forms as whole words."""
        return any(f" {squash(form)} " in names for form in self.forms)


def era_key(names: Iterable[str]) -> str:
    """Names of units in which the cues of their days are looked for, each squashed once."""
    return "\n".join(f" {squash(name)} " for name in names)


def domain_halves(knowledge: Knowledge) -> frozenset[tuple[str, str]]:
    """What stands before and after the dash of a domain ("văn hóa", "thông tin"), folded: a line may end between them."""
    halves = set[tuple[str, str]]()
    for row in knowledge.rows(UnitField):
        for form in (row.name, *row.forms):
            parts = _DASHED.split(fold(form))
            halves.update(pairwise(parts))
    return frozenset(halves)

"""Words around the name of a person: forms of address, ranks, offices, and what makes a name a memory instead.

An example in this table is a text in which a person is found (of `memory` and `known`: none), a not_example one in
which nobody is. The family names are those of the table `surnames`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from pipeline.knowledge.load import Row

PersonGroup = Literal[
    "honorific", "wordy", "rank", "office", "duty", "becomes", "ends", "label", "memory", "known",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonWord(Row):
    """A word, lower case, in all its spellings (`forms`).

    `honorific` stands before a name (`value` is how it is recorded), `wordy` too but vouches only for names of three
    syllables, `rank` may follow it. `office` begins an office, `duty` is what a board calls its members, `becomes` leads
    from an office to a duty, `ends` closes an office without a mark. `label` and a colon stand before a name. `memory`
    before a name, and `known` as a name, tell of somebody who has nothing to do in the plan.
    """

    TABLE: ClassVar[str] = "person_words"
    group: PersonGroup
    forms: tuple[str, ...]
    value: str | None

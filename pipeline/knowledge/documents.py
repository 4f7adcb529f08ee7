"""What is known about documents: types, symbols of issuers, laws by name, and what became of single acts.

Sources: Nghị định 30/2020/NĐ-CP, Phụ lục III (types and their abbreviations) and Phụ lục I, mục II.3 (number and
symbol); Quy định 66-QĐ/TW and Hướng dẫn 36-HD/VPTW for the Party's papers; the acts themselves for laws and statuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - `date` is a column of the tables
from typing import ClassVar, Literal, TypeAlias

from pipeline.knowledge.load import Knowledge, Row
from pipeline.knowledge.patterns import any_of
from pipeline.knowledge.text import fold, words

LawTrie: TypeAlias = "dict[str, LawTrie | LawName]"
LAW_END = ""
# The day up to which the tables of acts were compared. On the next day the XVI National Assembly began
# to pass laws that they lack, so that from then on nobody can say from them that an act still holds.
TABLES_UNTIL = Day(2026, 4, 22)
_TERM = re.compile(r"(?<=[A-ZĐ])\d{1,3}$")


@dataclass(frozen=True, slots=True)
class DocTypeRow(Row):
    """A type of document: `abbreviations` in symbols, `words` in running text (the name itself is one of them).

    `bare`: it may be cited by a number alone (Đề án 06); `titled`: an undated basis may name it by its title.
    """

    TABLE: ClassVar[str] = "doc_types"
    name: str
    abbreviations: tuple[str, ...]
    words: tuple[str, ...]
    bare: bool
    titled: bool


@dataclass(frozen=True, slots=True)
class IssuerSymbolRow(Row):
    """An issuer's abbreviation in symbols. `central`: there is one such issuer, so number and year identify."""

    TABLE: ClassVar[str] = "issuer_symbols"
    symbol: str
    name: str
    central: bool
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LawRow(Row):
    """One act that is cited by name: a law, code, ordinance or constitution; a law made anew has a row of its own.

    `name` stands without the type word. `replaced_by` is the number of the law in its place from `valid_to` on.
    `known_until`: from the next day on a later law of the name may exist that this table lacks (None: none known).
    `amended`: years of amending acts, by which people cite the law too. `verified`: dates and successor were compared
    with what `source` names; without it the row gives a name and a key, no status and no finding.
    """

    TABLE: ClassVar[str] = "laws"
    doc_type: str
    name: str
    aliases: tuple[str, ...]
    number: str | None
    date: Day | None
    valid_from: Day | None
    valid_to: Day | None
    replaced_by: str | None
    known_until: Day | None
    amended: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class DocumentStatusRow(Row):
    """What became of one act: `replaced_by` is the number of the act that took its place from `valid_to` on.

    `verified` as of a law.
    """

    TABLE: ClassVar[str] = "document_status"
    doc_type: str
    number: str
    date: Day
    issuer: str
    title: str
    status: Literal["in_force", "replaced", "expired"]
    replaced_by: str | None
    valid_from: Day | None
    valid_to: Day | None
    aliases: tuple[str, ...]
    verified: bool


@dataclass(frozen=True, slots=True)
class LawName:
    """All acts of one name, the oldest first."""

    name: str
    acts: tuple[LawRow, ...]


@dataclass(frozen=True)
class DocTypes:
    """Types of documents by name, by abbreviation and by the words of running text."""

    by_name: dict[str, DocTypeRow]
    by_abbreviation: dict[str, DocTypeRow]
    by_words: dict[str, DocTypeRow]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, knowledge: Knowledge) -> DocTypes:
        """The index over the table `doc_types`; an abbreviation that two types share belongs to the earlier row."""
        rows = knowledge.rows(DocTypeRow)
        by_words = {fold(form): row for row in rows for form in (row.name, *row.words)}
        by_abbreviation: dict[str, DocTypeRow] = {}
        for row in rows:
            for abbreviation in row.abbreviations:
                by_abbreviation.setdefault(abbreviation.upper(), row)
        return cls({row.name: row for row in rows}, by_abbreviation, by_words, re.compile(rf"{any_of(by_words)}(?!\w)"))


@dataclass(frozen=True)
class IssuerSymbols:
    """Issuers' abbreviations in capitals, without the number of the term (QH15 -> QH)."""

    by_symbol: dict[str, IssuerSymbolRow]

    @classmethod
    def of(cls, knowledge: Knowledge) -> IssuerSymbols:
        """The index over the table `issuer_symbols`."""
        rows = knowledge.rows(IssuerSymbolRow)
        return cls({symbol.upper(): row for row in rows for symbol in (row.symbol, *row.aliases)})

    def row(self, symbol: str) -> IssuerSymbolRow | None:
        """The issuer of an abbreviation, or None."""
        return self.by_symbol.get(symbol.upper()) or self.by_symbol.get(_TERM.sub("", symbol.upper()))


@dataclass(frozen=True)
class Laws:
    """Acts cited by name, as a trie over folded words, one for each type word; and by their numbers."""

    tries: dict[str, LawTrie]
    by_number: dict[str, LawRow]

    @classmethod
    def of(cls, knowledge: Knowledge) -> Laws:
        """The index over the table `laws`."""
        rows = knowledge.rows(LawRow)
        tries: dict[str, LawTrie] = {}
        for (doc_type, name), acts in _by_name(rows).items():
            forms = {name, *(alias for act in acts for alias in act.aliases)}
            for form in forms:
                _plant(tries.setdefault(doc_type, {}), words(form), LawName(name, acts))
        return cls(tries, {row.number: row for row in rows if row.number})


def doc_type_of_symbol(abbreviation: str, knowledge: Knowledge) -> DocTypeRow | None:
    """The type of an abbreviation in a symbol (`KH`), or None."""
    return knowledge.derived(DocTypes.of).by_abbreviation.get(abbreviation.upper())


def _by_name(rows: Iterable[LawRow]) -> dict[tuple[str, str], tuple[LawRow, ...]]:
    found: dict[tuple[str, str], list[LawRow]] = {}
    for row in rows:
        found.setdefault((row.doc_type, row.name), []).append(row)
    return {key: tuple(sorted(acts, key=lambda act: act.date or Day.min)) for key, acts in found.items()}


def _plant(trie: LawTrie, path: tuple[str, ...], name: LawName) -> None:
    for word in path:
        branch = trie.setdefault(word, {})
        assert isinstance(branch, dict)
        trie = branch
    trie[LAW_END] = name

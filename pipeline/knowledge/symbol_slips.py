"""Parts of symbols as scans and old fonts spoil them (ND-CP, QD-UBND, CT/TVV), and what was certainly meant.

A part is mended only where it is no abbreviation itself and where one abbreviation alone can stand behind it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from pipeline.knowledge.documents import DocTypeRow, DocTypes, IssuerSymbolRow, IssuerSymbols
from pipeline.knowledge.load import Knowledge, Row


@dataclass(frozen=True, slots=True)
class SymbolSlipRow(Row):
    """A misread abbreviation of an issuer: `printed` stands for `meant`."""

    TABLE: ClassVar[str] = "symbol_slips"
    printed: str
    meant: str


@dataclass(frozen=True)
class SymbolSlips:
    """What a spoilt part of a symbol stands for, in capitals: of types and of issuers."""

    types: dict[str, str]
    issuers: dict[str, str]

    @classmethod
    def of(cls, knowledge: Knowledge) -> SymbolSlips:
        """The rows of the table, and every abbreviation that lost the strokes of its Đ (NĐ -> ND).

        Other lost marks stay: TU is the Party's committee of a province, TƯ that of the nation.
        """
        rows = knowledge.rows(SymbolSlipRow)
        types, issuers = knowledge.derived(DocTypes.of), knowledge.derived(IssuerSymbols.of)
        known = set(types.by_abbreviation) | set(issuers.by_symbol)
        abbreviations = (short for row in knowledge.rows(DocTypeRow) for short in row.abbreviations)
        symbols = (symbol for row in knowledge.rows(IssuerSymbolRow) for symbol in (row.symbol, *row.aliases))
        return cls(
            _without_strokes(abbreviations, known),
            _without_strokes(symbols, known) | {row.printed: row.meant for row in rows},
        )

    def mended(self, groups: list[str]) -> list[str]:
        """A symbol's parts with the spoilt ones put right; the first part may be a type or an issuer."""
        first = self.types.get(groups[0]) or self.issuers.get(groups[0]) or groups[0]
        return [first, *(self.issuers.get(group, group) for group in groups[1:])]


def _without_strokes(abbreviations: Iterable[str], known: set[str]) -> dict[str, str]:
    """Abbreviations by what is left of them with D for Đ, where that is no abbreviation and belongs to one alone."""
    behind: dict[str, set[str]] = {}
    for abbreviation in abbreviations:
        bare = abbreviation.replace("Đ", "D")
        if bare != abbreviation and bare.upper() not in known:
            behind.setdefault(bare, set()).add(abbreviation)
    return {bare: found.pop() for bare, found in behind.items() if len(found) == 1}

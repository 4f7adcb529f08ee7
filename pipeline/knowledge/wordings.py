"""Known wordings that stand in headings and in the frame, to be known again where tone marks were lost.

A wording is known by its pairs of neighbouring words. Pairs that differ in nothing but their marks are left out: which of
them stood there cannot be told. Only the fixed wordings, which every plan has, stand against a rarer one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from pipeline.knowledge.documents import DocTypeRow
from pipeline.knowledge.headings import HeadingRole
from pipeline.knowledge.load import Knowledge, Row, load_knowledge
from pipeline.knowledge.signatures import Position
from pipeline.knowledge.text import LOWER, bare, fold
from pipeline.knowledge.units import UnitField, UnitHead

_RUN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_LETTERS = LOWER.partition("z")[2]
_TONES = "\u0300\u0301\u0303\u0309\u0323"
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class FixedWording(Row):
    """A wording (the id) that stands in every plan as it is; `examples` have lost tone marks, `not_examples` are others."""

    TABLE: ClassVar[str] = "fixed_wordings"


def known_pairs() -> dict[Pair, Pair]:
    """Pairs of neighbouring words of the built-in tables, folded, by the same words without any mark."""
    return load_knowledge().derived(_known_pairs)


def has_lost(printed: str, true: str) -> bool:
    """Whether a folded word is another one that has lost marks: its tone, or all of them, letter by letter."""
    if printed == true:
        return False
    toneless, unmarked = true.translate(_TONELESS), bare(true)
    return len(printed) == len(true) and all(map(_one_of, printed, zip(true, toneless, unmarked, strict=True)))


def _one_of(letter: str, known: tuple[str, ...]) -> bool:
    return letter in known


def _toneless(letter: str) -> str:
    kept = "".join(part for part in unicodedata.normalize("NFD", letter) if part not in _TONES)
    return unicodedata.normalize("NFC", kept)


_TONELESS = str.maketrans({letter: _toneless(letter) for letter in _LETTERS})


def _known_pairs(knowledge: Knowledge) -> dict[Pair, Pair]:
    fixed = {_bare_pair(pair): pair for pair in _pairs(row.id for row in knowledge.rows(FixedWording))}
    found, doubtful = dict(fixed), set[Pair]()
    for pair in _pairs(_wordings(knowledge)):
        key = _bare_pair(pair)
        if key not in fixed and found.setdefault(key, pair) != pair:
            doubtful.add(key)
    return {key: pair for key, pair in found.items() if key not in doubtful and key != pair}


def _bare_pair(pair: Pair) -> Pair:
    return bare(pair[0]), bare(pair[1])


def _wordings(knowledge: Knowledge) -> Iterator[str]:
    yield from (row.name for row in knowledge.rows(DocTypeRow))
    yield from (example for row in knowledge.rows(HeadingRole) for example in row.examples)
    yield from (example for row in knowledge.rows(Position) for example in row.examples)
    yield from (form for row in knowledge.rows(UnitHead) for form in (row.name, *row.forms))
    yield from (form for row in knowledge.rows(UnitField) for form in (row.name, *row.forms))


def _pairs(wordings: Iterable[str]) -> Iterator[Pair]:
    for wording in wordings:
        for run in _RUN.findall(fold(wording)):
            yield from pairwise(run.split())

"""The unit tables compiled into tries over folded syllables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from pipeline.annotate.unit_words import JOINTS, Words
from pipeline.knowledge import Knowledge
from pipeline.knowledge.admin_units import AdminUnits
from pipeline.knowledge.text import fold
from pipeline.knowledge.units import (
    UnitField,
    UnitGroup,
    UnitHead,
    UnitLevelWord,
    UnitPlace,
    UnitQualifier,
    UnitStop,
)

V = TypeVar("V")
_FORM_TOKEN = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*|[^\w\s]")
SHORT = 2
DOTTED = 4
_PASSED = JOINTS | {"."}
MANY = frozenset(("các", "những", "từng", "mỗi"))
EACH = frozenset(("từng", "mỗi"))


class Match(NamedTuple, Generic[V]):
    """A phrase found in the text: the token after it, what it stands for, whether it was an abbreviation."""

    after: int
    value: V
    abbreviated: bool


class _Node(Generic[V]):
    __slots__ = ("ends", "jointed", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node[V]] = {}
        self.ends: list[tuple[V, tuple[int, ...]]] = []
        self.jointed = False


class Phrases(Generic[V]):
    """Phrases found by syllable, joints (`-`, `,`, `và`, `&`) optional where the form has one."""

    def __init__(self, forms: Iterable[tuple[str, V]]) -> None:
        self._root: _Node[V] = _Node()
        for form, value in forms:
            self._add(form, value)

    def _add(self, form: str, value: V) -> None:
        node, capitals, count = self._root, [], 0
        for token in _FORM_TOKEN.findall(form):
            low = fold(token)
            if low in JOINTS:
                node.jointed = True
            elif low != ".":
                node = node.next.setdefault(low, _Node())
                if token.isupper():
                    capitals.append(count)
                count += 1
        node.ends.append((value, tuple(capitals)))

    @property
    def first_words(self) -> set[str]:
        """The folded syllables with which phrases begin."""
        return set(self._root.next)

    def may_begin(self, words: Words, index: int) -> bool:
        """Whether a phrase begins with a token, however it would go on."""
        return words.low[index] in self._root.next

    def longest_first(self, words: Words, index: int) -> list[Match[V]]:
        """All phrases that begin at a token, those of one length in the order of the table."""
        if words.low[index] not in self._root.next:
            return []
        return [
            Match(after, value, bool(capitals))
            for node, after, passed in reversed(self._walk(words, index))
            for value, capitals in node.ends
            if not capitals or _are_capitals(words, passed, capitals)
        ]

    def longest(self, words: Words, index: int) -> Match[V] | None:
        """The longest phrase that begins at a token."""
        if words.low[index] not in self._root.next:
            return None
        for node, after, passed in reversed(self._walk(words, index)):
            for value, capitals in node.ends:
                if not capitals or _are_capitals(words, passed, capitals):
                    return Match(after, value, bool(capitals))
        return None

    def _walk(self, words: Words, index: int) -> list[tuple[_Node[V], int, list[int]]]:
        """The nodes at which a phrase ends, shortest first, with the token after it and the tokens passed."""
        low, node, at = words.low, self._root, index
        ends: list[tuple[_Node[V], int, list[int]]] = []
        passed: list[int] = []
        while True:
            step = node.next.get(low[at])
            if step is None:
                if low[at] not in _PASSED or not passed or not _may_be_passed(words, at, node.jointed, passed[-1]):
                    return ends
                at += 1
                step = node.next.get(low[at])
                if step is None:
                    return ends
            node = step
            passed.append(at)
            at += 1
            if node.ends:
                ends.append((node, at, passed))


def _may_be_passed(words: Words, at: int, jointed: bool, before: int) -> bool:
    """Whether a mark may stand inside a phrase: a joint, or the full stop of an abbreviation ("TT. HĐND")."""
    if words.low[at] == ".":
        return len(words.low[before]) <= DOTTED and words.is_shouted(before)
    return jointed and words.low[at] in JOINTS


def _are_capitals(words: Words, passed: list[int], capitals: tuple[int, ...]) -> bool:
    return all(_is_abbreviation(words, passed[number]) for number in capitals)


def _is_abbreviation(words: Words, index: int) -> bool:
    raw = words.raw(index)
    return raw[:1].isupper() if len(raw) <= SHORT else raw.isupper()


class Lexicon:
    """Everything the unit rules look up, compiled once for a set of tables."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.heads = Phrases(_forms(knowledge.rows(UnitHead)))
        self.fields = Phrases(_forms(knowledge.rows(UnitField)))
        self.levels = Phrases(_forms(knowledge.rows(UnitLevelWord)))
        self.level_names = frozenset(row.name for row in knowledge.rows(UnitLevelWord))
        self.qualifiers = Phrases(_forms(knowledge.rows(UnitQualifier)))
        self.groups = Phrases(_forms(knowledge.rows(UnitGroup)))
        self.group_starts = frozenset(self.groups.first_words)
        self.places = Phrases(_forms(knowledge.rows(UnitPlace)))
        stops = knowledge.rows(UnitStop)
        self.compounds = Phrases((row.words, row) for row in stops if row.role == "compound")
        self.openers = Phrases((row.words, row) for row in stops if row.role == "opener")
        self.plain = Phrases((row.words, row) for row in stops if row.role in ("plain", "opener"))
        self.predicates = Phrases((row.words, row) for row in stops if row.role == "predicate")
        self.verbs_after = Phrases((row.words, row) for row in stops if row.role == "verb")
        self.followers = frozenset(fold(row.words) for row in stops if row.role == "follower")
        self.leads = frozenset(fold(row.words) for row in stops if row.role == "lead")
        self.verbs = frozenset(f"unit:{row.id}" for row in knowledge.rows(UnitHead) if "verb" in row.follow)
        self.never = frozenset(fold(row.words) for row in stops if row.role == "never")
        self.starters = frozenset(self.heads.first_words | self.levels.first_words | self.groups.first_words | MANY)
        self._compound_starts = frozenset(self.compounds.first_words)
        self.watched = self.starters | self._compound_starts
        self._bodies_of_level = frozenset(_bodies_of_level(knowledge))
        self._levels_of_bodies = frozenset(level for level, _ in self._bodies_of_level)
        self._register = knowledge.derived(AdminUnits)

    def is_unit(self, level: str, name: str) -> bool:
        """Whether there was ever an official unit of that level word and name ("phường" + "Cổ Nhuế 2")."""
        return bool(self._register.named(f"{level} {name}"))

    def level_at(self, words: Words, index: int) -> Match[UnitLevelWord] | None:
        """The level word that begins at a token, unless a longer common word ("xã hội") or a body ("huyện ủy") does."""
        found = self.levels.longest(words, index)
        if found is None or (self._is_body(words, index) and not self.is_commune_of_body(words, index)):
            return None
        return None if self.compound_after(words, index) > found.after else found

    def is_commune_of_body(self, words: Words, index: int) -> bool:
        """Whether a level and a name begin here that read like a body's: "xã Đoàn Đào" beside "xã đoàn"."""
        if words.low[index] not in self._levels_of_bodies or not self._is_body(words, index):
            return False
        if not words.is_capital(index + 1) or not words.is_capital(index + 2):
            return False
        last = index + 3 + words.is_capital(index + 3)
        return any(self.is_unit(words.low[index], words.printed(index + 1, after)) for after in range(index + 3, last + 1))

    def _is_body(self, words: Words, index: int) -> bool:
        return (words.low[index], words.low[index + 1]) in self._bodies_of_level

    def compound_after(self, words: Words, index: int) -> int:
        """The token after the compound that begins here, or `index` where none begins."""
        if words.low[index] not in self._compound_starts:
            return index
        found = self.compounds.longest(words, index)
        return found.after if found else index


def _bodies_of_level(knowledge: Knowledge) -> Iterable[tuple[str, str]]:
    """The Party's committees and the Youth's that are called by their level: "huyện ủy", "tỉnh đoàn"."""
    levels = {fold(form) for row in knowledge.rows(UnitLevelWord) for form in row.forms}
    for row in knowledge.rows(UnitHead):
        for form in row.forms if row.kind in ("dang", "mat_tran_doan_the") else ():
            syllables = fold(form).split()
            if len(syllables) == SHORT and syllables[0] in levels:
                yield syllables[0], syllables[1]


F = TypeVar("F", UnitHead, UnitField, UnitLevelWord, UnitQualifier, UnitGroup, UnitPlace)


def _forms(rows: Sequence[F]) -> Iterable[tuple[str, F]]:
    return ((form, row) for row in rows for form in row.forms)

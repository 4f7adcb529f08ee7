"""Documents that two plans cite, matched: by key, else by type, number and date, laws by their name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from models import Reference
from pipeline.aggregate.comparison import DirectiveMatch
from pipeline.aggregate.similar import Words, yearless
from pipeline.knowledge.text import squash, words

_SHORT = {"ubnd": ("ủy", "ban", "nhân", "dân"), "hđnd": ("hội", "đồng", "nhân", "dân"), "tw": ("trung", "ương")}
_DAY_TAIL = re.compile(r",? (?:ban hành )?ngày \d.*")
Bucket = tuple[str, str | Words]


@dataclass
class _Document:
    """A document with its mentions in one plan."""

    mentions: list[Reference] = field(default_factory=list)

    @property
    def fullest(self) -> Reference:
        """The mention that says most about the document; of equals the first."""
        return max(self.mentions, key=lambda m: (m.number is not None, len(m.date or ""), m.issuer is not None))

    @property
    def key(self) -> str | None:
        """The key that any of its mentions has."""
        return next((mention.key for mention in self.mentions if mention.key is not None), None)


class _Shelf:
    """Documents, to be found by key, by number or by name."""

    def __init__(self) -> None:
        self._by_key: dict[str, _Document] = {}
        self._by_bucket: dict[Bucket, list[_Document]] = defaultdict(list)

    def put(self, document: _Document, mention: Reference) -> None:
        """Let a document be found by what one of its mentions says."""
        bucket = self._by_bucket[_bucket(mention)]
        if not any(other is document for other in bucket):
            bucket.append(document)
        if mention.key is not None:
            self._by_key.setdefault(mention.key, document)

    def find(self, key: str | None, mention: Reference, taken: set[int]) -> _Document | None:
        """The document of a key, else the first of this number or name that nothing contradicts; none of `taken`."""
        same = self._by_key.get(key) if key is not None else None
        if same is not None and id(same) not in taken:
            return same
        candidates = (document for document in self._by_bucket[_bucket(mention)] if id(document) not in taken)
        return next((document for document in candidates if _agree(mention, document.fullest)), None)


def compare_references(old: Sequence[Reference], new: Sequence[Reference]) -> tuple[DirectiveMatch, ...]:
    """The documents the new plan cites, each kept or new, then those of the old plan that it cites no more.

    A document counts once however often it is mentioned. Its date may be missing or shortened in one of the plans.
    """
    left, shelf = _documents(old)
    right, _ = _documents(new)
    found: list[DirectiveMatch] = []
    kept: set[int] = set()
    for document in right:
        partner = shelf.find(document.key, document.fullest, kept)
        if partner is None:
            found.append(DirectiveMatch("new", None, document.fullest))
        else:
            kept.add(id(partner))
            found.append(DirectiveMatch("kept", partner.fullest, document.fullest))
    return (*found, *(DirectiveMatch("gone", d.fullest, None) for d in left if id(d) not in kept))


def _documents(references: Iterable[Reference]) -> tuple[list[_Document], _Shelf]:
    shelf, found = _Shelf(), []
    for reference in references:
        document = shelf.find(reference.key, reference, set())
        if document is None:
            document = _Document()
            found.append(document)
        document.mentions.append(reference)
        shelf.put(document, reference)
    return found, shelf


def _bucket(reference: Reference) -> Bucket:
    """Type and number; of a document without a number its type and name, without type words, day and year."""
    kind = squash(reference.doc_type)
    if reference.number:
        return kind, squash(reference.number)
    name = yearless(_DAY_TAIL.sub("", " ".join((reference.title or reference.text).split())))
    own_type = words(reference.doc_type)
    if name[: len(own_type)] == own_type:
        name = name[len(own_type) :]
    return kind, name[:-1] if name[-1:] == ("năm",) else name


def _agree(one: Reference, other: Reference) -> bool:
    """Whether two mentions of one number or name can mean one document: dates and issuers do not contradict."""
    if one.date and other.date:
        if one.date == other.date and len(one.date) > len("2025-01"):
            return True
        if not _same_as_far_as_printed(one.date, other.date):
            return False
    return _issuers_agree(one.issuer, other.issuer)


def _same_as_far_as_printed(one: str, other: str) -> bool:
    """Whether two EDTF dates can be one day: `2022` and `2022-06-15`, `2025-01-XX` and `2025-01-15`."""
    return all(a == b or "X" in a or "X" in b for a, b in zip(one.split("-"), other.split("-"), strict=False))


def _issuers_agree(one: str | None, other: str | None) -> bool:
    """Whether two issuers can be one: one of them is not named, or all its words stand in the other's name."""
    if not one or not other:
        return True
    first, second = _issuer_words(one), _issuer_words(other)
    return first <= second or second <= first


def _issuer_words(name: str) -> frozenset[str]:
    return frozenset(part for word in words(name) for part in _SHORT.get(word, (word,)))

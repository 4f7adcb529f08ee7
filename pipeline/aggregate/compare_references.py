"""Documents that two plans cite, matched: by key, else by type, number and date, laws by their name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from models import Reference
from pipeline.aggregate.comparison import DirectiveMatch
from pipeline.aggregate.similar import Words, yearless
from pipeline.knowledge.text import squash, words

_SHORT = {"ubnd": ("ủy", "ban", "nhân", "dân"), "hđnd": ("hội", "đồng", "nhân", "dân"), "tw": ("trung", "ương")}
Bucket = tuple[str, str | Words]


@dataclass
class _Document:
    """A document with its mentions in one plan."""

    mentions: list[Reference] = field(default_factory=list)

    @property
    def fullest(self) -> Reference:
        """The mention that says most about the document; of equals the first."""
        return max(self.mentions, key=lambda m: (m.number is not None, len(m.date or ""), m.issuer is not None))


def compare_references(old: Sequence[Reference], new: Sequence[Reference]) -> tuple[DirectiveMatch, ...]:
    """The documents the new plan cites, each kept or new, then those of the old plan that it cites no more.

    A document counts once however often it is mentioned. Its date may be missing or shortened in one of the plans.
    """
    left, right = _documents(old), _documents(new)
    waiting: dict[Bucket, list[_Document]] = defaultdict(list)
    for document in left:
        waiting[_bucket(document.fullest)].append(document)
    found, kept = [], set()
    for document in right:
        mention = document.fullest
        partner = _first_same(mention, (d for d in waiting[_bucket(mention)] if id(d) not in kept))
        if partner is None:
            found.append(DirectiveMatch("new", None, mention))
        else:
            kept.add(id(partner))
            found.append(DirectiveMatch("kept", partner.fullest, mention))
    return (*found, *(DirectiveMatch("gone", d.fullest, None) for d in left if id(d) not in kept))


def _documents(references: Iterable[Reference]) -> list[_Document]:
    buckets: dict[Bucket, list[_Document]] = defaultdict(list)
    found = []
    for reference in references:
        bucket = buckets[_bucket(reference)]
        document = _first_same(reference, bucket)
        if document is None:
            document = _Document()
            bucket.append(document)
            found.append(document)
        document.mentions.append(reference)
    return found


def _first_same(mention: Reference, documents: Iterable[_Document]) -> _Document | None:
    """The document a mention means: the one of its key, else the first whose date and issuer do not contradict it."""
    candidates = list(documents)
    if mention.key is not None:
        for document in candidates:
            if any(other.key == mention.key for other in document.mentions):
                return document
    return next((document for document in candidates if _agree(mention, document.fullest)), None)


def _bucket(reference: Reference) -> Bucket:
    """Type and number; of a document without a number its type and name, without type words and year."""
    kind = squash(reference.doc_type)
    if reference.number:
        return kind, squash(reference.number)
    name, own_type = yearless(reference.title or reference.text), words(reference.doc_type)
    if name[: len(own_type)] == own_type:
        name = name[len(own_type) :]
    return kind, name[:-1] if name[-1:] == ("năm",) else name


def _agree(one: Reference, other: Reference) -> bool:
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

"""Short mentions and the citation in the same text that they stand for: Nghị định 98, Kế hoạch số 12 nêu trên.

A mention without a date takes the key of the one document of that number (and issuer, where it names one) in the text;
of several it takes none and lists them. A bracket such as "(sau đây gọi tắt là Đề án 938)" names the document before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.annotate.reference_reading import Found, Reading
from pipeline.knowledge.document_keys import LAW_TYPES, handle_of
from pipeline.knowledge.documents import IssuerSymbols
from pipeline.knowledge.text import words

Handle = tuple[str, str]

_CITED_TAIL = re.compile(r",? (?:năm|ngày) .*$|(?<=\w) (?:19|20)[0-9]{2}$")
_DEFINED = re.compile(r"\((?:sau đây |dưới đây )?(?:được )?(?:gọi|viết)(?: chung| tắt)* là:? ?[“\"]?$")
_APPROVED = re.compile(r"[^.;\n\t]{0,60}?(?:phê duyệt|ban hành) [“\"]?(?P<kind>đề án|chương trình|dự án|chiến lược)(?!\w)")
_KINDS = {"đề án": "Đề án", "chương trình": "Chương trình", "dự án": "Dự án"}


_MOST_ALIKE = 16


@dataclass
class _Shelf:
    """The documents of a text by the handles under which a short mention may mean them."""

    documents: dict[Handle, list[Found]] = field(default_factory=dict)

    def put_all(self, handles: list[Handle], document: Found) -> None:
        """Remembers a document once under each handle; of very many of one handle none can be meant for sure."""
        for handle in handles:
            alike = self.documents.setdefault(handle, [])
            if len(alike) < _MOST_ALIKE and not any(_are_one(document, other) for other in alike):
                alike.append(document)

    def holds(self, handles: list[Handle]) -> bool:
        """Whether a document of the text bears the first of the handles itself."""
        return bool(handles) and handles[0] in self.documents


def _are_one(one: Found, other: Found) -> bool:
    return (one.key, one.date, one.issuer) == (other.key, other.date, other.issuer)


def linked(reading: Reading, found: list[Found]) -> list[Found]:
    """The citations, those without a key of their own with that of the document they stand for, or its candidates."""
    dated = _Shelf()
    for each in found:
        if each.key is not None and each.date is not None:
            dated.put_all(_handles(reading, each), each)
    found = [_with_key_of_same_day(reading, each, dated) for each in found]
    shelf = _Shelf()
    for each in found:
        if each.key is not None or each.date is not None:
            shelf.put_all(_handles(reading, each), each)
    named = [(name, document) for name, document in _definitions(reading, found) if not shelf.holds(_handles(reading, name))]
    for name, document in named:
        shelf.put_all(_handles(reading, name)[:1], document)
    return [_resolved(reading, each, shelf) for each in found]


def _with_key_of_same_day(reading: Reading, found: Found, shelf: _Shelf) -> Found:
    """A dated citation that leaves its issuer out is the one of the same number and day that names it."""
    if found.key is not None or found.date is None or found.candidates:
        return found
    alike = [each for handle in _handles(reading, found)[:1] for each in shelf.documents.get(handle, ())]
    keys = {each.key for each in alike if each.date == found.date and _issuers_agree(reading, found, each)}
    return replace(found, key=keys.pop()) if len(keys) == 1 else found


def _handles(reading: Reading, found: Found) -> list[Handle]:
    """By what a later mention may mean this document: number and type, serial and type, or a law's name."""
    if found.number is not None:
        serial = (found.number.serial or "").lstrip("0")
        handles = [handle_of(reading.knowledge, found.number, found.doc_type), (found.doc_type, serial)]
        approved = _APPROVED.match(reading.folded, found.after)
        if found.doc_type == "Quyết định" and approved is not None and approved["kind"] in _KINDS:
            handles.append((_KINDS[approved["kind"]], serial))
        return handles
    if found.printed_number is not None:
        return [(found.doc_type, found.printed_number.partition("/")[0].lstrip("0"))]
    if found.doc_type in LAW_TYPES:
        return [(found.doc_type, _CITED_TAIL.sub("", reading.folded[found.start : found.end]))]
    return []


def _definitions(reading: Reading, found: list[Found]) -> Iterator[tuple[Found, Found]]:
    """Names given in brackets, each with the citation before the bracket (of those there, the one of its number)."""
    for index, name in enumerate(found):
        line = reading.line_start(name.start)
        if index == 0 or not _DEFINED.search(reading.folded, max(line, name.start - 40), name.start):
            continue
        before = [each for each in found[max(0, index - 4) : index] if each.start >= line and each.key is not None]
        named = [each for each in before if _serial(each) == _serial(name)]
        if named or (before and name.number is None):
            yield name, (named or before)[-1]


def _serial(found: Found) -> str:
    number = found.number.serial if found.number is not None else found.printed_number
    return (number or "").partition("/")[0].lstrip("0")


def _resolved(reading: Reading, found: Found, shelf: _Shelf) -> Found:
    if found.key is not None or found.date is not None:
        return found
    meant = [each for handle in _handles(reading, found)[:1] for each in shelf.documents.get(handle, ())]
    meant = [each for each in meant if _issuers_agree(reading, found, each)]
    keys = {each.key for each in meant if each.key is not None}
    others = {(each.date, each.issuer) for each in meant if each.key is None}
    if len(keys) == 1 and not others:
        return replace(found, key=keys.pop(), candidates=())
    listed = dict.fromkeys([*found.candidates, *(each.key for each in meant if each.key is not None)])
    return replace(found, candidates=tuple(listed))


def _issuers_agree(reading: Reading, mention: Found, document: Found) -> bool:
    """Whether a mention's issuer can be the document's: the one named shorter than the other, or by its symbol."""
    if mention.issuer is None or mention is document:
        return True
    said = set(words(mention.issuer_name or mention.issuer))
    return any(said <= known or known <= said for known in _issuer_words(reading, document))


def _issuer_words(reading: Reading, document: Found) -> Iterator[set[str]]:
    if document.issuer is not None:
        yield set(words(document.issuer_name or document.issuer))
        return
    number = document.number
    row = reading.knowledge.derived(IssuerSymbols.of).row((number.issuer or "").split("-")[0]) if number else None
    for name in row.name.split(", ") if row else ():
        yield set(words(name))

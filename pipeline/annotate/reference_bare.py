"""Citations by a number without a symbol: Đề án 06, Chương trình 135, Công điện số 81 ngày …, Kế hoạch số 12 nêu trên."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.annotate.reference_reading import Found, Reading, TypeWord
from pipeline.annotate.reference_tail import read_tail
from pipeline.knowledge.document_keys import Acts
from pipeline.knowledge.documents import DocTypes

_BARE = re.compile(
    r" {0,2}(?P<said>số ?:? ?)?[“\"]?(?P<serial>[0-9]{1,4}[a-zđ]?)(?P<year>/(?:19|20)[0-9]{2})?[”\"]?"
    r"(?![\w%])(?! ?[/–-] ?\w)(?![.,][0-9])"
)
_MEMBER = re.compile(r"(?:, ?| và |, và )(?P<serial>[0-9]{2,4})(?![\w%])(?! ?[/–-] ?\w)(?![.,][0-9])")
_AFTER_MEMBERS = re.compile(r" ?(?:$|[,;.:)\n\t”\"]| (?:của|về|trên|ngày|và)(?!\w))")
# These always bear a year, so that it is part of the number even where the symbol was left out (Nghị định 30/2020).
_YEARLY = frozenset({"Nghị định", "Thông tư"})
_GOES_ON = re.compile(
    r" ?(?:$|[,;.:()\n\t“”\"]| [–-] |(?:của|về|ngày|và|hoặc|trên|tại|theo|là|đến|cho|với|do|ban|để|trong|được|gắn|giai|chính"
    r"|khóa|vào|đã|có|nhằm|tỉnh|huyện|xã|thành|đối|từ|như|cũng|khi|thủ tướng|bộ|vẫn|phải|thực|triển|nêu|nói|này)(?!\w)"
    r"|năm (?:19|20)[0-9]{2}(?!\w))"
)
_OF = " của "
_YEAR = re.compile(r"(?:19|20)[0-9]{2}$")
# The look behind comes second: a search that begins with letters skips all that are none at once.
_ABBREVIATED = re.compile(
    r"(?P<short>[A-ZĐ](?<![\w/.-].)[A-ZĐ][A-Za-zĐđ]{0,2})\.? ?(?:số ?:? ?)?(?P<serial>[0-9]{1,5}[a-zđ]?)(?![\w%])"
    r"(?! ?[/–-] ?\w)(?![.,][0-9])"
)


def find_bare(reading: Reading) -> list[Found]:
    """Citations of types that are cited by a number alone, and of any type where a date follows the number."""
    found = []
    for word in reading.types:
        match = _BARE.match(reading.folded, word.end)
        if match is not None and _bare_stands(reading, word, match):
            first = _bare(reading, word.start, word.row.name, match)
            found.append(first)
            found.extend(_further(reading, word, match.end()) if first.end == match.end() else ())
    return found


def _bare(reading: Reading, start: int, doc_type: str, match: re.Match[str]) -> Found:
    year = match["year"] or ""
    tail = read_tail(reading, match.end())
    # "Đề án 06 năm 2025": the year is the sentence's own, except where numbers of the type always have one.
    own_year = tail.date is not None and len(tail.date) == len("2025") and doc_type not in _YEARLY
    return Found(
        start=start,
        end=match.end() if own_year else tail.end,
        doc_type=doc_type,
        rule="number_bare",
        printed_number=match["serial"] + year,
        date=None if own_year else tail.date,
        issuer=tail.issuer.text if tail.issuer else None,
        issuer_name=tail.issuer.name if tail.issuer else None,
        after=match.end() if own_year else tail.after,
        confidence=0.9 if tail.date and not own_year else 0.7,
    )


def _further(reading: Reading, word: TypeWord, end: int) -> list[Found]:
    """The later members of a list that shares its type word: Nghị quyết 57, 59, 66 và 68."""
    members: list[re.Match[str]] = []
    while word.row.bare and reading.text[word.start].isupper():
        member = _MEMBER.match(reading.folded, end)
        if member is None or _YEAR.match(member["serial"]):
            break
        members.append(member)
        end = member.end()
    if not members or not _AFTER_MEMBERS.match(reading.folded, end):
        return []
    return [
        Found(
            start=member.start("serial"),
            end=member.end("serial"),
            doc_type=word.row.name,
            rule="number_bare_list",
            printed_number=member["serial"],
            after=member.end(),
            confidence=0.6,
        )
        for member in members
    ]


def _bare_stands(reading: Reading, word: TypeWord, match: re.Match[str]) -> bool:
    """Whether a type word and digits cite a document: with "số", or capitalised, and of a type so cited or of a body."""
    if not _GOES_ON.match(reading.folded, match.end()):
        return False
    if match["year"]:
        return word.row.name in _YEARLY
    so_cited = word.row.bare or _of_body(reading, match.end())
    if match["said"]:
        return so_cited or reading.date_at(match.end()) is not None
    digits = match["serial"]
    return so_cited and reading.text[word.start].isupper() and len(digits) > 1 and not _YEAR.match(digits)


def _of_body(reading: Reading, end: int) -> bool:
    """Whether the body that issued the document follows: "Kế hoạch 45 của UBND tỉnh"."""
    unit = reading.unit_at(end + len(_OF)) if reading.folded.startswith(_OF, end) else None
    return unit is not None and unit.kind != "don_vi_hanh_chinh" and not unit.collective


def find_short(reading: Reading, numbered: Iterable[Found]) -> list[Found]:
    """Short forms of documents that the text cites in full elsewhere: Kế hoạch số 12 nêu trên, QĐ 1521; and ĐA 06."""
    cited = {(each.doc_type, (each.number.serial or "").lstrip("0")) for each in numbered if each.number is not None}
    found = [] if not cited else [*_short_words(reading, cited)]
    types, aliases = reading.knowledge.derived(DocTypes.of), reading.knowledge.derived(Acts.of).aliases
    for match in _ABBREVIATED.finditer(reading.text):
        row = types.by_abbreviation.get(match["short"].upper())
        if row is None or not _GOES_ON.match(reading.folded, match.end()):
            continue
        known = (row.name, match["serial"].lstrip("0")) in cited or reading.folded[match.start() : match.end()] in aliases
        if known:
            found.append(_short(match.start(), match.end(), row.name, match["serial"]))
    return sorted(found, key=lambda each: each.start)


def _short_words(reading: Reading, cited: set[tuple[str, str]]) -> Iterable[Found]:
    for word in reading.types:
        match = _BARE.match(reading.folded, word.end)
        if match is None or match["year"] or (word.row.name, match["serial"].lstrip("0")) not in cited:
            continue
        if (match["said"] or reading.text[word.start].isupper()) and _GOES_ON.match(reading.folded, match.end()):
            yield _short(word.start, match.end(), word.row.name, match["serial"])


def _short(start: int, end: int, doc_type: str, serial: str) -> Found:
    return Found(
        start=start, end=end, doc_type=doc_type, rule="number_short", printed_number=serial, after=end, confidence=0.8
    )

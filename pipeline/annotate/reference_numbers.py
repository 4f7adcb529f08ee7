"""Citations by number and symbol: Quyết định số 471/QĐ-TTg ngày 26/4/2019, and lists that share their type word."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import NamedTuple

from pipeline.annotate.reference_reading import Found, Reading, TypeWord
from pipeline.annotate.reference_tail import Issuer, issuer_at, issuer_before, read_tail
from pipeline.knowledge.documents import DocTypeRow, IssuerSymbols, doc_type_of_symbol
from pipeline.knowledge.numbers import DocumentNumber, Shape, number_of, read_shape
from pipeline.knowledge.text import fold

_TRIGGER = re.compile(
    r"[0-9][0-9]{0,5}(?:\.[0-9]{1,3})?[A-Za-zđĐ]?(?: ?/ ?(?:19|20)[0-9]{2}(?![0-9]))? {0,3}[/–—-]? {0,3}(?=[A-ZĐƯÂÔĂƠÊ])"
)
_NUMBER_WORD = re.compile(r"(?<!\w)(?:số )?(?:số|ố) ?[:.]? ?$|số$")
_LINE_MARKS = re.compile(r"[\s*|\-–+•.:(“\"]*")
_LIST_MARK = re.compile(r"(?:[;,]| và| hoặc) ?(?:và )?(?:số ?:? ?)?$")
_BETWEEN_MEMBERS = re.compile(r"(?:[,;]| và|, và)? ?(?:số ?:? ?)?")
_BETWEEN_TYPED = re.compile(r"(?:,| và|, và) ")
_SHARED_SERIALS = re.compile(r"(?<![\w/.,-])(?:[0-9]{1,5}[a-zđ]?(?: ?, ?| và | ?; ?))+$")
_ONE_SERIAL = re.compile(r"[0-9]{1,5}[a-zđ]?")
_FAR = re.compile(r"[;\n\t()“”\"]|\.(?= )|[0-9]/")
# Forms and annexes are numbered like documents; "số, ký hiệu" names a field of a portal's box.
_NO_DOCUMENT_BEFORE = re.compile(r"(?:mẫu|biểu|phụ lục|bảng|phiếu|ký hiệu|kí hiệu|mã|đơn) ?:? ?$")
_ABBREVIATION = re.compile(r"(?<!\w)(?P<short>[A-ZĐ][A-Za-zĐđ]{1,4})\.? ?$")
_LAST_WORDS = re.compile(r"(?:[^\W\d_]+ )?[^\W\d_]+ ?$")
_FARTHEST_TYPE = 90
_FARTHEST_LIST = 400
_NO_TYPE_NEEDED = frozenset({"Văn bản", "Công văn"})


class Place(NamedTuple):
    """Where a number stands: its shape, and where its "số" (if any) begins."""

    shape: Shape
    lead: int
    said: bool


def find_numbered(reading: Reading) -> list[Found]:
    """All citations by a number with a symbol, in reading order."""
    found: list[Found] = []
    end = 0
    for trigger in _TRIGGER.finditer(reading.text):
        start = trigger.start()
        if start < end or not _begins_number(reading, start):
            continue
        shape = read_shape(reading.text, start, reading.knowledge)
        if shape is None:
            continue
        mentions = _cited(reading, shape, found[-1] if found else None)
        found.extend(mentions)
        end = shape.end
    return _with_issuer_of_list(reading, found)


def _with_issuer_of_list(reading: Reading, found: list[Found]) -> list[Found]:
    """An issuer after the last member of a list is that of all (các Quyết định số 1 …, số 2 … và số 3 … của UBND tỉnh).

    The type may be said again for each, where all are of one type and symbol (Nghị quyết số 1-NQ/TW, Nghị quyết số 2-NQ/TW).
    """
    for index in range(len(found) - 1, 0, -1):
        last, before = found[index], found[index - 1]
        alike = last.number is not None and before.number is not None and last.number.symbol == before.number.symbol
        listed = last.rule == "number_list"
        if last.issuer is None or before.issuer is not None or not alike or not (listed or last.doc_type == before.doc_type):
            continue
        between = _BETWEEN_MEMBERS if listed else _BETWEEN_TYPED
        if between.fullmatch(reading.folded, before.end, last.start):
            found[index - 1] = replace(before, issuer=last.issuer, issuer_name=last.issuer_name)
    return found


def _begins_number(reading: Reading, start: int) -> bool:
    """Whether digits at an offset begin a number: not inside a date, a ratio or a word ("số279" is a slip)."""
    before = reading.text[start - 1 : start]
    if before == "" or before in " \n\t(":
        return True
    if before.isalpha():
        return reading.folded[max(0, start - 2) : start] == "số"
    if before in "./,-–:":
        return not reading.text[max(0, start - 2) : start - 1].isdigit() and before != "/"
    return not before.isalnum()


def _cited(reading: Reading, shape: Shape, last: Found | None) -> list[Found]:
    """The citation whose number has this shape (and those before it that share its symbol), or nothing."""
    window = max(reading.line_start(shape.start), shape.start - 12)
    said = _NUMBER_WORD.search(reading.folded, window, shape.start)
    place = Place(shape, said.start() if said else shape.start, said is not None)
    shared = _shared(reading, shape)
    if shared is not None:
        return _with_shared(reading, place, shared)
    if place.said and _heads_a_document(reading, place):
        return []
    number = number_of(reading.text[shape.start : shape.end], shape, None, reading.knowledge)
    for way in (_by_type_word, _by_abbreviation, _by_damaged_word, _by_far_word):
        opening = way(reading, place, number)
        if opening is not None:
            return [_complete(reading, place, number, *opening)]
    follower = _by_list(reading, place, number, last) or _alone(reading, place, number)
    return [follower] if follower else []


def _heads_a_document(reading: Reading, place: Place) -> bool:
    """Whether "Số: 12/KH-UBND" opens its line as in a letterhead: a citation there has a date and an issuer after it."""
    if not _LINE_MARKS.fullmatch(reading.text, reading.line_start(place.shape.start), place.lead):
        return False
    tail = read_tail(reading, place.shape.end)
    return tail.date is None or tail.issuer is None


def _complete(
    reading: Reading, place: Place, number: DocumentNumber, start: int, doc_type: str, issuer: Issuer | None, rule: str
) -> Found:
    tail = read_tail(reading, place.shape.end)
    issuer = tail.issuer or issuer or issuer_before(reading, start)
    number = number_of(number.raw, place.shape, doc_type, reading.knowledge)
    return Found(
        start=start,
        end=tail.end,
        doc_type=doc_type,
        rule=rule,
        number=number,
        printed_number=number.canonical,
        date=tail.date,
        issuer=issuer.text if issuer else None,
        issuer_name=issuer.name if issuer else None,
        after=tail.after,
        confidence=0.8 if place.shape.mended or place.shape.slips or rule in ("number_damaged_type", "number_alone") else 1.0,
    )


_Opening = tuple[int, str, Issuer | None, str]


def _by_type_word(reading: Reading, place: Place, number: DocumentNumber) -> _Opening | None:
    """The type word stands right before the number or its "số"."""
    for word in reading.types_before(place.lead, 1):
        if place.lead - word.end <= 3 and not reading.text[word.end : place.lead].strip(" :"):
            if not place.said and not _plausible(reading, number, word.row):
                return None
            return _rather_of_symbol(reading, place, number, word) or (word.start, word.row.name, None, "number_type")
    return None


def _rather_of_symbol(reading: Reading, place: Place, number: DocumentNumber, word: TypeWord) -> _Opening | None:
    """Where the nearest word contradicts the symbol, a type word before it that agrees (Quyết định ban hành Quy chế số)."""
    row = _symbol_type(reading, number)
    if row is None or row.name == word.row.name or {row.name, word.row.name} == {"Quyết định", "Quy định"}:
        return None
    opening = _by_far_word(reading, place, number)
    return opening if opening is not None and opening[1] == row.name else None


def _plausible(reading: Reading, number: DocumentNumber, row: DocTypeRow) -> bool:
    """Whether a number without "số" is one: a type of its own, a year, a known issuer, or a capitalised type of act."""
    issuers = reading.knowledge.derived(IssuerSymbols.of)
    known = number.type_abbreviation or number.year or (number.issuer and issuers.row(number.issuer.split("-")[0]))
    return bool(known) or (row.name in _NO_TYPE_NEEDED and len(number.symbol) > 1)


def _by_abbreviation(reading: Reading, place: Place, number: DocumentNumber) -> _Opening | None:
    """The type word is abbreviated (CV số 161/STTTT, NĐ 98/2023/NĐ-CP)."""
    floor = max(reading.line_start(place.lead), place.lead - 8)
    short = _ABBREVIATION.search(reading.text, floor, place.lead)
    row = doc_type_of_symbol(short["short"], reading.knowledge) if short else None
    if short is None or row is None:
        return None
    agrees = _symbol_type(reading, number) is row if number.type_abbreviation else row.name == "Công văn"
    return (short.start(), row.name, None, "number_abbreviated_type") if agrees else None


def _by_damaged_word(reading: Reading, place: Place, number: DocumentNumber) -> _Opening | None:
    """The type word is damaged (Chthị 33/CT-TTg, Phương số 38/PA-UBND) and the symbol says which it was."""
    row = _symbol_type(reading, number)
    if row is None:
        return None
    start = max(reading.line_start(place.lead), place.lead - 24)
    words = _LAST_WORDS.search(reading.folded, start, place.lead)
    if words is None:
        return None
    pair = words[0].strip()
    for printed in (pair, pair.split(" ")[-1]):
        if _resembles(printed, row.name):
            begin = words.start() + words[0].rindex(printed)
            return begin, row.name, None, "number_damaged_type"
    return None


def _resembles(printed: str, name: str) -> bool:
    """Whether a printed word is a type's name with marks or at most two letters lost."""
    short, full = _plain_letters(printed), _plain_letters(name)
    if len(short) < 4 or not len(full) - 2 <= len(short) <= len(full):
        return False
    letters = iter(full)
    return short[0] == full[0] and all(letter in letters for letter in short)


def _plain_letters(words: str) -> str:
    decomposed = unicodedata.normalize("NFD", fold(words).replace("đ", "d"))
    return "".join(letter for letter in decomposed if letter.isascii() and letter.isalpha())


def _symbol_type(reading: Reading, number: DocumentNumber) -> DocTypeRow | None:
    if number.type_abbreviation is None:
        return None
    return doc_type_of_symbol(number.type_abbreviation, reading.knowledge)


def _by_far_word(reading: Reading, place: Place, number: DocumentNumber) -> _Opening | None:
    """The type word is parted from "số": by the issuer (… của Thủ tướng số: …) or by a title (kế hoạch sản xuất số …)."""
    if not place.said:
        return None
    row = _symbol_type(reading, number)
    names = {row.name} if row else _NO_TYPE_NEEDED
    floor = max(reading.line_start(place.lead), place.lead - _FARTHEST_TYPE)
    for word in reading.types_before(place.lead, 4):
        if word.start < floor or _FAR.search(reading.text, word.end, place.lead):
            return None
        of_issuer = issuer_at(reading, word.end)
        issuer_between = of_issuer is not None and not reading.text[of_issuer.end : place.lead].strip(" ,:")
        if word.row.name in names or issuer_between or _opens_symbol(word.row, number):
            return word.start, word.row.name, of_issuer, "number_far_type"
    return None


def _opens_symbol(row: DocTypeRow, number: DocumentNumber) -> bool:
    """Whether a symbol's unknown type is a kind of the word's (KHLN for a Kế hoạch liên ngành)."""
    return number.type_abbreviation is None and number.symbol.upper().startswith(
        tuple(abbreviation.upper() for abbreviation in row.abbreviations if len(abbreviation) > 1)
    )


def _by_list(reading: Reading, place: Place, number: DocumentNumber, last: Found | None) -> Found | None:
    """A later member of a list whose type word stands before its first member."""
    if last is None or last.number is None or place.shape.start - last.end > _FARTHEST_LIST:
        return None
    line = reading.line_start(place.shape.start)
    if last.start < line or not _LIST_MARK.search(reading.folded, max(last.end, place.shape.start - 14), place.shape.start):
        return None
    if number.type_abbreviation != last.number.type_abbreviation:
        return None
    if number.type_abbreviation is None and number.issuer is not None and len(number.symbol) < 2:
        return None
    opening = (place.shape.start, last.doc_type, _list_issuer(last), "number_list")
    return _complete(reading, place, number, *opening)


def _list_issuer(last: Found) -> Issuer | None:
    """The issuer that a list names once, before its first number."""
    if last.issuer is None or last.rule not in ("number_far_type", "number_list"):
        return None
    return Issuer(last.issuer, last.issuer_name, last.end)


def _alone(reading: Reading, place: Place, number: DocumentNumber) -> Found | None:
    """A number without any type word: only where its symbol leaves no doubt."""
    issuers = reading.knowledge.derived(IssuerSymbols.of)
    if _NO_DOCUMENT_BEFORE.search(reading.folded, max(0, place.lead - 16), place.lead):
        return None
    row = _symbol_type(reading, number)
    issuer = issuers.row(number.issuer.split("-")[0]) if number.issuer else None
    if row is None and (issuer is None or number.unit is None or number.family == "na"):
        return None
    if row is not None and issuer is None and not number.year:
        return None
    doc_type = row.name if row else "Công văn"
    return _complete(reading, place, number, place.shape.start, doc_type, None, "number_alone")


# ------------------------------------------------------------------ numbers that share a symbol


def _shared(reading: Reading, shape: Shape) -> re.Match[str] | None:
    """The bare serials before a number that share its symbol: the "2 và" of "số 2 và 3/PA-UBND"."""
    floor = max(reading.line_start(shape.start), shape.start - 60)
    serials = _SHARED_SERIALS.search(reading.folded, floor, shape.start)
    if serials is None or not _NUMBER_WORD.search(reading.folded, floor, serials.start()):
        return None
    return serials


def _with_shared(reading: Reading, place: Place, serials: re.Match[str]) -> list[Found]:
    said = _NUMBER_WORD.search(reading.folded, max(0, serials.start() - 12), serials.start())
    lead = said.start() if said else serials.start()
    number = number_of(reading.text[place.shape.start : place.shape.end], place.shape, None, reading.knowledge)
    first = Place(place.shape, lead, True)
    opening = _by_type_word(reading, first, number) or _by_damaged_word(reading, first, number)
    opening = opening or _by_far_word(reading, first, number)
    if opening is None:
        return []
    whole = _complete(reading, place, number, *opening)
    members: list[Found] = []
    for serial in _ONE_SERIAL.finditer(reading.text, serials.start(), serials.end()):
        shape = place.shape._replace(serial=serial[0])
        own = number_of(serial[0], shape, whole.doc_type, reading.knowledge)
        start = whole.start if not members else serial.start()
        members.append(replace(whole, start=start, end=serial.end(), number=own, printed_number=own.canonical))
    last = replace(whole, start=place.shape.start, rule="number_list")
    return [*(replace(member, after=member.end) for member in members), last]

"""Numbers of documents (`98/2023/NĐ-CP`, `05-CT/TW`, `12/UBND-VX`): from the printed form to its fields.

The state writes serial, year where the act is normative, type and issuer (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục
II.3); the Party and the mass organisations write serial, type / issuer (Hướng dẫn 36-HD/VPTW); a công văn has issuer
and unit and no type; laws have the National Assembly's term. Blanks are often added and hyphens lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipeline.knowledge.documents import DocTypes, IssuerSymbols
from pipeline.knowledge.load import Knowledge
from pipeline.knowledge.symbol_slips import SymbolSlips

Family = Literal["state", "party", "na", "cong_van", "other"]

# Capitals with the small endings of TTg, CTr, TTr, ThU, ChĐ, QyĐ, QĐi; a small letter after it is a word glued on.
_SMALL = "a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_SMALL_END = rf"(?:tg|tr|[grhyi])(?![{_SMALL}])"
_CAPITAL = r"[A-ZĐƯÂÔĂƠÊ&]"
GROUP = rf"(?:{_CAPITAL}++(?:{_SMALL_END})?)++\d{{0,3}}(?:(?<=\d)[A-ZĐ]{{2,4}}(?![{_SMALL}]))?"
_LONE_CAPITAL = re.compile(rf"[A-ZĐƯÂÔĂƠÊ][{_SMALL}]")
_SERIAL = r"[0-9][0-9]{0,5}(?:\.[0-9]{1,3})?(?:[A-Za-zđĐ](?![^\W_]))?"
_HEAD = re.compile(
    rf"(?P<serial>{_SERIAL})(?: ?/ ?(?P<year>(?:19|20)[0-9]{{2}})(?![0-9]))?(?P<mark> {{0,3}}[/–—-] {{0,3}}| {{0,2}})"
    rf"(?P<group>{GROUP})"
)
_NEXT = re.compile(rf"(?P<before> {{0,2}})(?P<mark>[/–—.-]?)(?P<after> {{0,2}})(?P<group>{GROUP})")
_LEAD = re.compile(r"\s*(?:[Ss][Ốố]\s*)?[:.]?\s*")
_BLANK_HEAD = re.compile(
    rf"[\s.…_]*(?:(?P<blank_year>/ ?(?:19|20)[0-9]{{2}}))?\s*(?P<mark>[/–—-])\s*(?P<group>{GROUP})"
)
_LONGEST_UNIT = 4
_NATIONAL_ASSEMBLY = re.compile(r"(?:UBTV)?QH[0-9]{0,2}$")


class Shape(NamedTuple):
    """A number as it stands in a text: its span, its parts, and the mark before each group of the symbol.

    `mended`: the mark between serial and symbol was lost and has been put back; `slips`: a part of the symbol was spoilt
    and stands here as it was meant.
    """

    start: int
    end: int
    serial: str | None
    year: int | None
    groups: tuple[str, ...]
    marks: tuple[str, ...]
    mended: bool = False
    slips: bool = False


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A document's number: `canonical` has no blanks, lost hyphens and marks put back, the letter case as printed.

    `serial` is None where it was left blank (canonical `/KH-UBND`), `year` only where it stands in the number.
    """

    raw: str
    serial: str | None
    year: int | None
    symbol: str
    canonical: str
    family: Family
    type_abbreviation: str | None
    issuer: str | None
    unit: str | None

    @property
    def groups(self) -> tuple[str, ...]:
        """The symbol's parts, whatever marks part them."""
        return tuple(re.split(r"[-/.]", self.symbol))


def parse_number(raw: str, doc_type: str | None, knowledge: Knowledge) -> DocumentNumber | None:
    """The fields of a printed number (`Số: 07 /KH-UBND`, `02-CV/BCĐ`); None where it is none.

    `doc_type` is the type that the document calls itself, where known: with it `749/TTg` is no công văn.
    """
    text = raw.replace("Ð", "Đ").replace("\u00a0", " ").replace("‐", "-").replace("‑", "-").replace("\n", " ")
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    shape = read_shape(text, start, knowledge) or _blank_shape(text, start, knowledge)
    return None if shape is None else number_of(text[shape.start : shape.end], shape, doc_type, knowledge)


def read_shape(text: str, start: int, knowledge: Knowledge) -> Shape | None:
    """The number that begins at an offset of a text, or None. Nothing is asked about the words around it."""
    head = _HEAD.match(text, start)
    if head is None or (len(head["group"]) == 1 and _LONE_CAPITAL.match(text, head.start("group"))):
        return None
    year = int(head["year"]) if head["year"] else None
    mark = head["mark"].strip()
    groups, marks, end = _symbol(text, head.end(), head["group"], mark, knowledge)
    printed = _plain(mark)
    first = printed or _lost_mark(groups, marks, year, knowledge)
    if not first:
        return None
    meant = knowledge.derived(SymbolSlips.of).mended(groups)
    return Shape(start, end, head["serial"], year, tuple(meant), (first, *marks), not printed, slips=meant != groups)


def _lost_mark(groups: list[str], marks: list[str], year: int | None, knowledge: Knowledge) -> str:
    """The mark lost between serial and symbol: only where the symbol begins with a type and goes on (298 KH/TWĐTN)."""
    if groups[0].upper() not in knowledge.derived(DocTypes.of).by_abbreviation or len(groups) == 1:
        return ""
    if year is not None:
        return "/"
    return "-" if marks[0] == "/" else ""


def _blank_shape(text: str, start: int, knowledge: Knowledge) -> Shape | None:
    head = _BLANK_HEAD.match(text, start)
    if head is None:
        return None
    groups, marks, end = _symbol(text, head.end(), head["group"], head["mark"], knowledge)
    year = int(head["blank_year"].strip("/ ")) if head["blank_year"] else None
    meant = knowledge.derived(SymbolSlips.of).mended(groups)
    return Shape(start, end, None, year, tuple(meant), (_plain(head["mark"]), *marks), slips=meant != groups)


def _symbol(text: str, end: int, first: str, lead: str, knowledge: Knowledge) -> tuple[list[str], list[str], int]:
    """The groups of a symbol from its first on, the marks between them, and where it ends."""
    groups, marks = _parted(first, lead, knowledge)
    while following := _NEXT.match(text, end):
        if not _goes_on(text, following, groups, knowledge):
            break
        groups.append(following["group"])
        marks.append(_plain(following["mark"]) or ("/" if _plain(lead) == "-" else "-"))
        end = following.end()
    return groups, marks, end


def _goes_on(text: str, following: re.Match[str], groups: list[str], knowledge: Knowledge) -> bool:
    """Whether a further group belongs to the symbol: tight marks bind, blanks only where the symbol lacks a part."""
    group, blanks = following["group"], len(following["before"]) + len(following["after"])
    if len(group) == 1 and _LONE_CAPITAL.match(text, following.start("group")):
        return False
    if not following["mark"]:
        return bool(blanks) and len(groups) == 1 and _type_then_issuer(groups[0], group, knowledge)
    if following["mark"] == ".":
        return not blanks and _after_dot(groups, group, knowledge)
    if not blanks:
        return True
    one_sided = not (following["before"] and following["after"])
    return len(groups) == 1 or (one_sided and len(groups) == 2 and following["mark"] == "-")


def _after_dot(groups: list[str], group: str, knowledge: Knowledge) -> bool:
    """Whether a dot joins (QĐ.TTg, UBND.VX) and does not end a sentence: after it stands no issuer but the first."""
    types, issuers = knowledge.derived(DocTypes.of), knowledge.derived(IssuerSymbols.of)
    if len(groups) == 1 and groups[0].upper() in types.by_abbreviation:
        return True
    return issuers.row(groups[-1]) is not None and issuers.row(group) is None and len(group) <= _LONGEST_UNIT


def _type_then_issuer(first: str, second: str, knowledge: Knowledge) -> bool:
    types, issuers = knowledge.derived(DocTypes.of), knowledge.derived(IssuerSymbols.of)
    slips = knowledge.derived(SymbolSlips.of)
    known_type = first.upper() in types.by_abbreviation or first in slips.types
    return known_type and (issuers.row(second) is not None or second in slips.issuers)


def _parted(group: str, lead: str, knowledge: Knowledge) -> tuple[list[str], list[str]]:
    """A group that lost its hyphen (KHUBND, NQCP) as type and issuer; any other as it is."""
    types, issuers = knowledge.derived(DocTypes.of), knowledge.derived(IssuerSymbols.of)
    if issuers.row(group) is None and group.upper() not in types.by_abbreviation:
        for cut in range(5, 1, -1):
            if cut < len(group) and _type_then_issuer(group[:cut], group[cut:], knowledge):
                return [group[:cut], group[cut:]], ["/" if _plain(lead) == "-" else "-"]
    return [group], []


def _plain(mark: str) -> str:
    return mark.strip().replace("–", "-").replace("—", "-")


def number_of(raw: str, shape: Shape, doc_type: str | None, knowledge: Knowledge) -> DocumentNumber:
    """A shape with its meaning: which part is the type, which the issuer."""
    types = knowledge.derived(DocTypes.of)
    symbol = shape.groups[0] + "".join(m + g for m, g in zip(shape.marks[1:], shape.groups[1:], strict=True))
    year = f"/{shape.year}" if shape.year else ""
    has_type = shape.groups[0].upper() in types.by_abbreviation
    rest = "-".join(shape.groups[1:]) or None
    type_part, issuer, unit = (shape.groups[0], rest, None) if has_type else (None, shape.groups[0], rest)
    return DocumentNumber(
        raw=raw,
        serial=shape.serial,
        year=shape.year,
        symbol=symbol,
        canonical=f"{shape.serial or ''}{year}{shape.marks[0]}{symbol}",
        family=_family(shape, has_type, doc_type),
        type_abbreviation=type_part,
        issuer=issuer,
        unit=unit,
    )


def _family(shape: Shape, has_type: bool, doc_type: str | None) -> Family:
    if shape.year and _NATIONAL_ASSEMBLY.match(shape.groups[0]):
        return "na"
    if not has_type:
        return "cong_van" if doc_type in (None, "Công văn", "Văn bản") else "state"
    second = shape.marks[1] if len(shape.marks) > 1 else ""
    if shape.marks[0] == "-":
        return "other" if shape.mended or second == "-" else "party"
    return "other" if second == "/" else "state"

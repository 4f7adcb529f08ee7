"""What stands above and on the line of a signature: authority, office, and the person's name with rank or degree.

Sources: Nghị định 30/2020/NĐ-CP, Phụ lục I, II.7 (TM., KT., TL., TUQ., Q.); Party papers write T/M, K/T, T/L.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from pipeline.knowledge.load import Knowledge, Row, load_knowledge
from pipeline.knowledge.text import LOWER, UPPER, fold

_AUTHORITY = re.compile(r"[\s*\"“(]{0,3}(?:(tm|kt|tl|tuq|q)\s?\.{1,2}|(tm|kt|tl|tuq)/|(t/m|k/t|t/l)\s?\.?)\s*(?=[^\W\d_])")
_BARE_AUTHORITY = re.compile(r"(TM|KT|TL|TUQ)\s+(?=[^\W\d_]{2})")
_WORD = rf"[{UPPER}](?:[{LOWER}]+|[’'](?:[{UPPER}]?[{LOWER}]+)?|(?![{UPPER}{LOWER}]))"
_TITLE_CASE = re.compile(rf"{_WORD}(?:[ -]{_WORD}){{1,5}}")
_CAPITALS = re.compile(rf"[{UPPER}]+(?: [{UPPER}]+){{1,4}}")
_SIGNED = re.compile(r"^[\s(\[]*(?:đã ký|daky|ký tên|ký, đóng dấu|chữ ký)\b[\s)\]:.]*", re.IGNORECASE)
_RANK = re.compile(
    r"^(?:(?:thượng|trung|thiếu|đại) (?:tướng|tá|úy|tá\.)|(?:gs|pgs|ts|ths|th\.s|cn|ks|kts|bs|bác sĩ|ds|ckii?|ck[12i]+|"
    r"bscki{0,3}|nhà giáo|luật sư|ngưt|ttưt)\b[.,]?|(?:ông|bà|đ/c|đồng chí)\b\.?)\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Position(Row):
    """An office that signs; `pattern` is matched against the whole folded line."""

    TABLE: ClassVar[str] = "positions"
    pattern: str


@dataclass(frozen=True, slots=True)
class Surname(Row):
    """A family name (`id`, folded): a line in capitals that begins with one is a name, others are offices."""

    TABLE: ClassVar[str] = "surnames"


@dataclass(frozen=True, slots=True)
class SignatureWords:
    """The two tables, ready to use."""

    positions: re.Pattern[str]
    surnames: frozenset[str]

    def is_position(self, line: str) -> bool:
        """Whether a line is an office and nothing else (`PHÓ CHỦ TỊCH`, `Trưởng Công an xã`)."""
        return len(line) < 70 and self.positions.fullmatch(fold(line).strip(" *.,")) is not None

    def is_family_name(self, word: str) -> bool:
        """Whether a word is a family name, in any letter case."""
        return fold(word) in self.surnames

    def person(self, line: str) -> str | None:
        """The name on a signature's last line, without rank, degree and `(Đã ký)`; None where the line is no name."""
        bare = without_rank(line)
        if all(len(word) == 1 for word in bare.split()):
            return None
        if _TITLE_CASE.fullmatch(bare) and not self.is_position(bare):
            return bare
        if _CAPITALS.fullmatch(bare) and fold(bare).split()[0] in self.surnames and not self.is_position(bare):
            return bare
        return None


def signature_words(knowledge: Knowledge) -> SignatureWords:
    """Compiles the tables `positions` and `surnames`."""
    offices = "|".join(row.pattern for row in knowledge.rows(Position))
    return SignatureWords(re.compile(offices), frozenset(row.id for row in knowledge.rows(Surname)))


def built_in_words() -> SignatureWords:
    """The built-in tables, for rooms that take no others."""
    return load_knowledge().derived(signature_words)


def authority_of(line: str) -> tuple[str, int] | None:
    """The authority that a line begins with (`TM`, `KT`, …) and where its other words begin; None without one."""
    found = _AUTHORITY.match(fold(line))
    if found:
        return (found[1] or found[2] or found[3]).upper().replace("/", ""), found.end()
    bare = _BARE_AUTHORITY.match(line)
    return (bare[1], bare.end()) if bare and line.isupper() else None


def is_signed_mark(line: str) -> bool:
    """`(Đã ký)`, `[daky]`: a mark in the place of the signature, with nothing behind it."""
    return bool(_SIGNED.match(line)) and not _SIGNED.sub("", line).strip()


def without_rank(line: str) -> str:
    """A line without `(Đã ký)`, military rank, degree or form of address before the name."""
    bare = _SIGNED.sub("", line.strip(" *")).strip(" .*")
    for _ in range(4):
        shorter = _RANK.sub("", bare, count=1).lstrip(" .,")
        if shorter == bare or not shorter:
            break
        bare = shorter
    return " ".join(bare.split())

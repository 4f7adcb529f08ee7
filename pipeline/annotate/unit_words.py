"""The text cut once into syllables and marks, folded, with their offsets."""

from __future__ import annotations

import re

from pipeline.knowledge.text import LOWER, fold, old_tones

# Most tokens are syllables in Vietnamese letters, which the first branch tells fastest; they would be of the second too.
_TOKEN = re.compile(rf"[{LOWER}]+(?=[ .,;:\n])|" r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*|\d+|[\n\t\r\f\v|]| {3,}|[^\w\s]|_")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|ph|th|tr|ch|kh|qu|[bcdđghklmnprstvx])?"
    r"[aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ]{1,3}(?:ch|nh|ng|[ckmnpt])?"
)
_HIGHLAND = re.compile(  # syllables of the languages of Tây Nguyên, as they stand in place names: Krông, Hleo
    r"[bcdđghkmpstv][rl][aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ]{1,3}(?:ch|nh|ng|[cklmnprt])?"
)
ROMAN = frozenset(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV"))
_ROMAN = re.compile(r"[IVX]{2,5}")
BREAKS = frozenset("\n\t\r\f\v| ")  # a wide run of blanks parts columns; its token is one blank
DASHES = frozenset("-–—‐‑−")
_AFTER_APOSTROPHE = re.compile(r"(?<=^[^\W\d_]['’])[^\W\d_]")
AHEAD = 3
JOINTS = DASHES | {",", "và", "&"}


class Words:
    """Folded tokens `low` with their offsets; newlines are appended so that looking a few ahead is always possible."""

    __slots__ = ("end", "low", "start", "text")

    def __init__(self, text: str) -> None:
        folded = fold(text)
        spans = [token.span() for token in _TOKEN.finditer(folded)]
        spans += [(len(text), len(text))] * AHEAD
        self.text = text
        self.low = [folded[start:end] or "\n" for start, end in spans]
        self.start = [start for start, _ in spans]
        self.end = [end for _, end in spans]
        if "   " in text:
            self.low = [" " if low[0] == " " else low for low in self.low]

    def __len__(self) -> int:
        return len(self.low) - AHEAD

    def raw(self, index: int) -> str:
        """The token as printed."""
        return self.text[self.start[index] : self.end[index]]

    def printed(self, first: int, after: int) -> str:
        """Tokens `first` up to `after` as printed, single blanks, old tone placement."""
        return " ".join(old_tones(self.text[self.start[first] : self.end[after - 1]]).split())

    def last_word(self, first: int, after: int) -> int:
        """The token after the last word before `after`, not before `first`: no name ends with a mark or with "và"."""
        while after > first and (not self.is_word(after - 1) or self.low[after - 1] in JOINTS):
            after -= 1
        return after

    def is_word(self, index: int) -> bool:
        """Whether the token is a syllable, an abbreviation or a number."""
        return self.low[index][0].isalnum()

    def is_capital(self, index: int) -> bool:
        """Whether the token begins with a capital letter."""
        return self.text[self.start[index] : self.start[index] + 1].isupper()

    def is_shouted(self, index: int) -> bool:
        """Whether the token stands in capital letters only (a single capital counts)."""
        return self.raw(index).isupper()

    def is_glued(self, index: int) -> bool:
        """Whether no blank stands between the token and the one before."""
        return index > 0 and self.end[index - 1] == self.start[index]


def is_acronym(token: str) -> bool:
    """Whether capitals cannot be a syllable of a name: PBGDPL, UBND; but KRÔNG, H'LEO."""
    if len(token) < 2 or not token.isupper() or not token.isalpha():
        return len(token) > 1 and token.isupper() and "'" not in token and "’" not in token
    return not _SYLLABLE.fullmatch(token.lower()) and not _HIGHLAND.fullmatch(token.lower())


def title_case(printed: str, *, every: bool) -> str:
    """Capitals turned into a name: every syllable capital (places), or only the first; acronyms stay."""
    parts = []
    for number, part in enumerate(printed.split(" ")):
        if is_acronym(part) or _ROMAN.fullmatch(part):
            parts.append(part)
        elif every or number == 0:
            parts.append(_AFTER_APOSTROPHE.sub(lambda letter: letter[0].upper(), part[:1].upper() + part[1:].lower()))
        else:
            parts.append(part.lower())
    return " ".join(parts)

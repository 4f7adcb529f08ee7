"""Text in the fonts of the nineties (TCVN3, VNI): told by its letters or by its font, and decoded to Unicode.

Without a font the letters must prove it: at least two words of a line that no Vietnamese syllable is spelt like, all
of which become one when decoded. A line that holds letters which only Unicode has is never touched, so sound text
costs one search for a sign that it does not have. This comes before anything else is done with the characters: the
`ư` of TCVN3 is the soft hyphen, which later steps drop.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from pipeline.knowledge.legacy import Charset, FontReading, charset_named, charsets, legacy_signs
from pipeline.knowledge.load import Knowledge, load_knowledge
from pipeline.knowledge.syllables import is_syllable, is_well_placed

_SOFT_HYPHEN = "\xad"
_UNICODE_ONLY = re.compile("[\u0100-\u024f\u1e00-\u1eff]")
_SOUND = "àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ"
_LOOK_ALIKES = str.maketrans("Ðð", "Đđ")
_LETTERS = re.compile(r"[^\W\d_]+")
_CAPITALS, _SMALL, _HEAD_ONLY = re.compile("[A-Z]"), re.compile("[a-z]"), re.compile("[A-ZĐ][^\x00-\x7f]+")
# Words that prove a line, how many to one against it, and the share of its plain words that must be spelt well.
_PROOF, _TO_ONE, _SPELT = 2, 8, 0.5
# Lines in Unicode to one legacy line in a document that is legacy as a whole.
_STRAY = 0.1


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which character set was found, and whether the whole text is in it rather than single lines."""

    charset: Charset
    whole: bool


class LegacyText(NamedTuple):
    """A text after decoding, and what was found in it (None: nothing, and the text is as it was)."""

    text: str
    found: Verdict | None


class _Patterns(NamedTuple):
    """A sign that sound Vietnamese does not have; a word of letters and signs; a word with a hyphen in it."""

    sign: re.Pattern[str]
    word: re.Pattern[str]
    hyphened: re.Pattern[str]


class _Vote(NamedTuple):
    proof: int
    against: int
    spelt: bool


def read_text(text: str) -> LegacyText:
    """A plain text with its legacy lines decoded."""
    if not _patterns().sign.search(text):
        return LegacyText(text, None)
    lines = text.splitlines(keepends=True)
    found = find_charset(lines)
    if found is None:
        return LegacyText(text, None)
    return LegacyText("".join(read_line(line, found) for line in lines), found)


def find_charset(lines: Sequence[str]) -> Verdict | None:
    """The character set that lines of a text are in; None where no line proves one."""
    sign = _patterns().sign
    marked = [line for line in lines if sign.search(line) and not is_in_unicode(line)]
    if not marked:
        return None
    votes = {charset: [_vote(line, charset) for line in marked] for charset in charsets()}
    best = max(votes, key=lambda charset: sum(vote.proof - vote.against for vote in votes[charset]))
    proven = sum(map(_is_proven, votes[best]))
    if not proven or sum(vote.proof - vote.against for vote in votes[best]) < 0:
        return None
    stray = sum(map(is_in_unicode, lines))
    return Verdict(best, stray <= _STRAY * proven)


def read_line(line: str, found: Verdict) -> str:
    """A line of a text in which a character set was found: decoded where it is in it, else as it is."""
    if is_in_unicode(line) or (line.isascii() and "-" not in line):
        return line
    vote = _vote(line, found.charset)
    if found.whole:
        is_legacy = vote.proof >= vote.against
    else:
        is_legacy = _is_proven(vote) or bool(vote.proof and not vote.against and vote.spelt)
    return decode(line, found.charset) if is_legacy else line


def is_in_unicode(text: str) -> bool:
    """Whether a text holds letters that only Unicode has."""
    return _UNICODE_ONLY.search(text) is not None


def read_alone(line: str) -> LegacyText:
    """A line of which nothing else is known."""
    if not _patterns().sign.search(line):
        return LegacyText(line, None)
    found = find_charset((line,))
    return LegacyText(line if found is None else decode(line, found.charset), found)


def read_in_font(text: str, runs: Sequence[tuple[int, int, FontReading]]) -> LegacyText:
    """A text parts of which (`start`, `end`, in order) are set in old fonts, decoded as these show it.

    Fonts lie where somebody typed Unicode in them; the letters tell, and then the text stays.
    """
    charset = charset_named(runs[0][2].charset)
    inside = " ".join(text[start:end] for start, end, _ in runs)
    vote = _vote(inside, charset)
    if is_in_unicode(inside) or vote.against > vote.proof:
        return LegacyText(text, None)
    made, last = [], 0
    for start, end, reading in _joined(runs):
        made += [text[last:start], _decoded(text[start:end], charset_named(reading.charset), reading.capitals)]
        last = end
    decoded = "".join([*made, text[last:]])
    if charset.name == "tcvn3":
        decoded = _with_capitals(decoded)
    return LegacyText(decoded, None if decoded == text else Verdict(charset, whole=False))


def decode(text: str, charset: Charset, capitals: bool = False) -> str:
    """A text in an old character set as Unicode; `capitals` where its font shows nothing else."""
    decoded = _decoded(text, charset, capitals)
    return _with_capitals(decoded) if charset.name == "tcvn3" else decoded


def _decoded(text: str, charset: Charset, capitals: bool) -> str:
    decoded = charset.decode(_with_horns(text, charset))
    return decoded.upper() if capitals else decoded


def _joined(runs: Sequence[tuple[int, int, FontReading]]) -> list[tuple[int, int, FontReading]]:
    """Runs that follow one another in the same font as one: a letter of VNI may begin in one and end in the next."""
    joined: list[tuple[int, int, FontReading]] = []
    for start, end, reading in runs:
        if joined and joined[-1][1:] == (start, reading):
            start = joined.pop()[0]  # noqa: PLW2901 - the run grown to the left
        joined.append((start, end, reading))
    return joined


def _is_proven(vote: _Vote) -> bool:
    return vote.proof >= _PROOF and vote.against * _TO_ONE <= vote.proof and vote.spelt


def _vote(line: str, charset: Charset) -> _Vote:
    """How many different words of a line prove a character set, and how many cannot be in it."""
    proof: set[str] = set()
    against = plain = spelt = 0
    for word in _patterns().word.findall(_with_horns(line, charset)):
        if word.isascii():
            told = len(word) > 1 and not word.isupper()
            plain += told
            spelt += told and is_syllable(word)
        elif len(word) > 1:
            decoded = charset.decode(word)
            reads = charset.covers(word) and is_well_placed(decoded)
            against += not reads and not decoded.isupper()
            if reads and word[0] not in "Ðð" and not is_syllable(word.translate(_LOOK_ALIKES)):
                proof.add(word)
    return _Vote(len(proof), against, spelt >= _SPELT * plain)


def _with_horns(text: str, charset: Charset) -> str:
    """Soft hyphens back where a program wrote the `ư` of TCVN3 as the hyphen that it looks like: `®-îc`, `nh-`."""
    if charset.name != "tcvn3" or "-" not in text:
        return text
    return _patterns().hyphened.sub(lambda word: _with_horn(word[0], charset), text)


def _with_horn(word: str, charset: Charset) -> str:
    horned = word.replace("-", _SOFT_HYPHEN)
    parts = [part for part in word.split("-") if part]
    # `-u` is the head of `ưu tiên`: no word is `u` alone.
    stands = all(part != "u" and is_syllable(charset.decode(part)) for part in parts)
    return horned if parts and not stands and is_well_placed(charset.decode(horned)) else word


def _with_capitals(text: str) -> str:
    """Tonal letters among capitals made capitals: TCVN3 has none of its own (`HéI` is `HỘI`)."""
    words = _LETTERS.findall(text)
    halves = [_is_half_capital(word) for word in words]
    if any(halves) and not _SMALL.search(text):
        return text.upper()
    # Abbreviations stand beside small words too: only a syllable in capitals tells of its neighbours.
    whole = [word.isupper() and len(word) > 2 and is_syllable(word) for word in words]
    shown = list(map(max, halves, whole))
    raised = iter(
        word.upper() if halves[at] or (_HEAD_ONLY.fullmatch(word) and _is_among_capitals(shown, at)) else word
        for at, word in enumerate(words)
    )
    return _LETTERS.sub(lambda _: next(raised), text)


def _is_among_capitals(shown: Sequence[bool], at: int) -> bool:
    """Whether a word goes on in capitals, or ends a line of them: `Kế HOẠCH`, `XÃ ĐÔNG Hạ`; not `BÁO CÁO Về việc`."""
    if at + 1 < len(shown):
        return shown[at + 1]
    return at > 0 and shown[at - 1]


def _is_half_capital(word: str) -> bool:
    """Whether a word shows capitals only, but for tonal letters: two plain ones, or one behind a tonal letter."""
    if word.isupper() or _SMALL.search(word):
        return False
    return len(_CAPITALS.findall(word)) > 1 or any(one.islower() and two.isupper() for one, two in pairwise(word))


def _patterns() -> _Patterns:
    return load_knowledge().derived(_make_patterns)


def _make_patterns(_: Knowledge) -> _Patterns:
    signs = legacy_signs()
    letter = f"(?:[^\\W\\d_]|[{re.escape(signs)}])"
    only_legacy = "".join(sign for sign in signs if sign not in _SOUND)
    return _Patterns(
        re.compile(f"[{re.escape(only_legacy)}]"),
        re.compile(f"{letter}+"),
        re.compile(rf"(?<!{letter}){letter}{{0,6}}-{letter}{{0,6}}(?!\d|{letter})"),
    )

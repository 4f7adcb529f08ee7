"""The words of times, compiled once from the knowledge tables into patterns over lower-case text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.knowledge.dates import DateWord
from pipeline.knowledge.load import Knowledge
from pipeline.knowledge.patterns import any_of
from pipeline.knowledge.text import fold

BLANK = r"[ \xa0]{0,40}"
GAP = r"[ \xa0]{1,40}"
COMMA = rf"(?:{BLANK},)?{BLANK}"
COLON = rf"(?:{BLANK}:)?{BLANK}"
DASH = r"[-‐-―−]"
# A lead word that lost the blank after it ("trướcngày"), and a quarter that lost its own ("quýI/2025").
_GLUED = r"(?=(?:ngày|tháng|năm|quý)[ \xa0]{0,3}[0-9])"
WORD_END = rf"(?:(?!\w)|{_GLUED})"
_TRIGGER_END = rf"(?:(?![^\W\d_])|{_GLUED}|(?<=quý)(?=(?:i{{1,3}}|iv)(?![^\W_])))"
# Any number, as one branch for each first figure: a search skips at once to where a branch may begin, where every branch
# begins with a letter or figure (not with a class of them, and not with a look behind).
FIGURES = "|".join(f"{figure}[0-9]*" for figure in range(10))
_SHORT = {"t": r"\.?(?=[01]?[0-9]/)", "q": r"\.?(?=(?:iv|i{1,3}|[1-4])/[0-9])"}  # T5/2025, QI/2025
_HIDDEN = " \xa0,:(–-"
_UNIT_WORDS = ("ngày", "tháng", "năm", "quý", "quí", "qúy", "qúi", "nửa", "ba tháng", "sáu tháng", "chín tháng")
_CYCLE_WORDS = ("hằng", "hàng", "mỗi", "định", "một tuần", "một tháng", "một năm", "hai tuần", "hai tháng", "hai năm")
_LUNAR_WORDS = ("rằm", "mùng", "mồng", "tết")


@dataclass(frozen=True)
class Lexicon:
    """Compiled words: `trigger` finds where a time may begin (`sort_of` says of which sort), the rest help to read it."""

    trigger: re.Pattern[str]
    deadline: re.Pattern[str]
    since: re.Pattern[str]
    until: re.Pattern[str]
    period: re.Pattern[str]
    vague: re.Pattern[str]
    sides: Mapping[str, str]
    measure: re.Pattern[str]
    occasion: re.Pattern[str]
    weekday: re.Pattern[str]
    worded_day: re.Pattern[str]
    worded_month: re.Pattern[str]
    cues: tuple[str, ...]
    status: tuple[str, ...]
    compounds: tuple[str, ...]
    ordinals: tuple[str, ...]
    weekdays: Mapping[str, str]
    numbers: Mapping[str, int]

    @staticmethod
    def sort_of(trigger: re.Match[str]) -> str:
        """Of which sort the words are with which a time may begin: number, unit, lead, cycle, vague, period, …"""
        return (trigger.lastgroup or "number").partition("_")[0]


def lexicon(knowledge: Knowledge) -> Lexicon:
    """The words of the tables, compiled; meant for `Knowledge.derived`."""
    groups: dict[str, list[str]] = {}
    for row in knowledge.rows(DateWord):
        groups.setdefault(row.group, []).extend(map(fold, row.forms))
    numbers = _numbers(knowledge)
    number = either(numbers)
    weekdays, sides = (_valued(knowledge, group) for group in ("weekday", "vague"))
    season, crop = rf"(?:{either(groups['season'])})", rf"(?:{either([*groups['season'], *groups['crop']])})"
    return Lexicon(
        trigger=_trigger(groups),
        deadline=re.compile(
            rf"(?:{either(groups['deadline'])}){WORD_END}"
            rf"(?:{GAP}(?:là|vào|đến|trước|xong|hoàn thành|phải|cùng|hết|trong)(?!\w)|{BLANK}:){{0,4}}{BLANK}"
        ),
        since=re.compile(rf"(?:{either(groups['since'])}){WORD_END}{BLANK}"),
        until=re.compile(rf"(?:(?:{either(groups['until'])}){WORD_END}{BLANK}){{1,2}}"),
        period=re.compile(
            rf"(?:(?P<lead>{either(groups['period'])})(?!\w){BLANK}(?:(?P<season>{crop}){GAP})?|{season}{GAP}(?:vụ{GAP})?)"
            rf"(?:năm{GAP})?(?:từ{GAP})?(?:năm{GAP})?(?:(?:[ivx]{{1,4}}|[0-9]{{1,2}}){BLANK}(?=[:(]))?[:(]?{BLANK}"
        ),
        vague=re.compile(rf"(?P<word>{either(sides)}){GAP}(?:của{GAP})?"),
        sides=sides,
        measure=re.compile(rf"{BLANK}(?:{either(groups['measure'])})(?!\w)"),
        occasion=re.compile(rf"(?<!\w)(?:{either(groups['occasion'])})(?!\w)"),
        weekday=re.compile(rf"(?:{either(weekdays)})(?!\w)"),
        worded_day=re.compile(
            rf"(?:(?:mùng|mồng){GAP})?(?P<d>{number}){GAP}tháng{GAP}(?P<m>{number})(?:{BLANK},)?{GAP}năm{GAP}"
            rf"(?:(?P<y>[0-9]{{4}})|(?P<k>một|hai){GAP}(?:nghìn|ngàn)(?:{GAP}(?P<h>{number}|không){GAP}trăm)?"
            rf"(?:{GAP}(?:linh|lẻ))?(?:{GAP}(?P<r>{number}))?)(?!\w)"
        ),
        worded_month=re.compile(rf"tháng{GAP}(?P<m>{number})(?:{BLANK},)?{GAP}năm{GAP}(?P<y>[0-9]{{4}})(?![0-9/])"),
        cues=tuple(groups["cue"]),
        status=tuple(groups["status"]),
        compounds=tuple(groups["compound"]),
        ordinals=tuple(groups["ordinal"]),
        weekdays=weekdays,
        numbers=numbers,
    )


def _valued(knowledge: Knowledge, group: str) -> dict[str, str]:
    """The words of a group with what they stand for."""
    return {form: row.value or "" for row in knowledge.rows(DateWord) if row.group == group for form in row.forms}


def _numbers(knowledge: Knowledge) -> dict[str, int]:
    """The number words from 1 to 99, in all spellings."""
    rows = [row for row in knowledge.rows(DateWord) if row.group == "number"]
    ones = {form: int(row.value or 0) for row in rows for form in row.forms}
    units = {form: value for form, value in ones.items() if value < 10}
    found = {**ones, **{f"mười {form}": 10 + value for form, value in units.items()}}
    for tens, value in units.items():
        if value > 1:
            found[f"{tens} mươi"] = 10 * value
            found.update({f"{tens} mươi {form}": 10 * value + one for form, one in units.items()})
    return found


def _trigger(groups: Mapping[str, list[str]]) -> re.Pattern[str]:
    leads = {form.split()[0] for group in ("deadline", "since", "until") for form in groups[group]}
    periods = {form.split()[0] for group in ("period", "season") for form in groups[group]} - set(_UNIT_WORDS)
    vague = {form.split()[0] for form in groups["vague"]}
    cycles = {*_CYCLE_WORDS, *(form.split()[0] for form in groups["weekday"])}
    sorts = {
        "unit": _UNIT_WORDS, "lead": leads, "cycle": cycles, "vague": vague, "period": periods, "lunar": _LUNAR_WORDS,
        "relative": {form.split()[0] for group in ("allowance", "origin") for form in groups[group]} - leads,
    }  # fmt: skip
    by_letter: dict[str, dict[str, list[str]]] = {}
    for sort, forms in sorts.items():
        for form in forms:
            by_letter.setdefault(form[0], {}).setdefault(sort, []).append(form[1:])
    return re.compile("|".join([FIGURES, *(_words_with(letter, found) for letter, found in by_letter.items())]))


def _words_with(letter: str, sorts: Mapping[str, list[str]]) -> str:
    """The branch for words that begin with a letter; the look behind follows the letter (see `FIGURES`)."""
    words = "|".join(rf"(?P<{sort}_{letter}>{either(rests)})" for sort, rests in sorts.items())
    short = rf"|(?P<short_{letter}>{_SHORT[letter]})" if letter in _SHORT else ""
    return rf"{letter}(?<!\w{letter})(?:(?:{words}){_TRIGGER_END}{short})"


def either(forms: Iterable[str]) -> str:
    """The words as one pattern, the longest that stands at a place, with any run of blanks between syllables."""
    return any_of((" ".join(form.split()) for form in forms), GAP)


def preceded_by(low: str, position: int, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands right before a position, blanks and a comma, colon, dash or bracket aside."""
    before = low[max(0, position - 40) : position].rstrip(_HIDDEN)
    if "  " in before or "\xa0" in before:
        before = " ".join(before.split())
    if not before.endswith(words):
        return False
    return any(before.endswith(word) and not before[: -len(word)][-1:].isalpha() for word in words)

"""Targets and amounts: a number with its unit, and the words that say "at least", "at most", "about".

A number is a measure only where a unit of the table follows it ("02 mô hình", "1,5 tỷ đồng", "18/19 tiêu chí"), so that
numbers of documents, articles, telephones and villages are none. What is not certain is left out: a bare duration, a
number whose dot or comma may mean either, a "một" that is an article.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from models.mentions import Qualifier
from pipeline.annotate.date_lexicon import FIGURES
from pipeline.annotate.measure_lexicon import Lead, Lexicon, Unit, lexicon
from pipeline.annotate.measure_values import number_value
from pipeline.knowledge import Knowledge
from pipeline.knowledge.text import fold
from pipeline.values import DateMention, MeasureMention, ReferenceMention, UnitMention

LEAST_MONEY = 100  # đồng; a smaller sum is another word ("5 đồng hồ")
CERTAIN, USUAL, DOUBTFUL = 1.0, 0.9, 0.7
_FIGURES = r"[0-9]{1,3}(?:[ \xa0][0-9]{3}){2,}(?![0-9])|[0-9]+(?:[.,][0-9]+)*"
_NUMBER = re.compile(_FIGURES)
_WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "bẩy", "tám", "chín", "mười", "nửa")
_TRIGGER = re.compile("|".join([FIGURES, *(rf"{word}(?!\w)" for word in _WORDS)]))
_NOT_BEFORE = re.compile(r"[^\W_]\Z|[0-9][-–./,]\Z|\w[-/.]\Z")
_RATIO = re.compile(r" ?/ ?([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?![0-9.,]*[0-9])")
_RANGE = re.compile(r"[ \xa0]{0,3}(?:[-–—]|đến|tới)[ \xa0]{0,3}(?=[0-9])")
_GOES_ON = re.compile(r"[ \xa0]{0,3}(?:[/(–—-]|đến|tới)")  # a ratio, a range, or the number again in words
_REPEATED = re.compile(r"[ \xa0]?\(([^\W\d_]+(?: [^\W\d_]+){0,3})\)")
_PER = re.compile(r"[ \xa0]?/[ \xa0]?(?:(?:0?1|([0-9]{2,3}(?:\.000)*))[ \xa0])?(?=[^\W\d_])")
_CLOSES = re.compile(r"[ \xa0]{0,3}(?:[.,;:)/\n\t]|\Z)")
_SHARE_OF = re.compile(r"[ \xa0](?:tổng[ \xa0])?số(?!\w)")
_AGE = re.compile(r"[ \xa0]{1,3}tuổi(?!\w)")
_FROM = re.compile(r"(?<!\w)từ[ \xa0]{1,3}\Z")
_HALF = re.compile(r"(?:một[ \xa0]{1,3})?nửa")
_ARTICLES = ("một", "năm")  # "một mô hình" is a model, "năm học sinh" may be a year
_MONEY = Unit("đồng", "money", "dong")


@dataclass(frozen=True, slots=True)
class _Tail:
    """What follows a number: where it ends, what it multiplies by, and the unit, None after a bare "triệu"."""

    end: int
    factor: float
    unit: Unit | None


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number with its unit as read, before the words around it."""

    end: int
    value: float | None
    unit: Unit
    value_to: float | None = None
    out_of: float | None = None
    confidence: float = CERTAIN


def find_measures(
    text: str,
    dates: Sequence[DateMention],
    units: Sequence[UnitMention],
    references: Sequence[ReferenceMention],
    knowledge: Knowledge,
) -> tuple[MeasureMention, ...]:
    """The targets and amounts of an NFC text in reading order, none overlapping, none crossing a newline or a tab.

    A span holds the number, its qualifier words and its unit; offsets are code points. A number inside a date, a
    citation or the name of an office is no measure. Nothing is raised.
    """
    taken = _Spans((*dates, *references))
    named = _Spans(units)
    reader = _Reader(fold(text), text, knowledge.derived(lexicon))
    found: list[MeasureMention] = []
    end = 0
    for trigger in _TRIGGER.finditer(reader.low):
        at = trigger.start()
        if at < end or (at and reader.low[at - 1].isalnum()):
            continue
        mention = reader.figures(at) if trigger[0][0].isdigit() else reader.words(at)
        if mention is None or mention.start < end or named.touch(at, at + 1):
            continue
        if not taken.touch(mention.start, mention.end):
            found.append(mention)
            end = mention.end
    return tuple(found)


def read_amount(words: str, words_known: Lexicon) -> MeasureMention | None:
    """The first measure of a few words, whatever dates they may be; None where they hold none."""
    reader = _Reader(fold(words), words, words_known)
    found = (reader.figures(number.start()) for number in _NUMBER.finditer(reader.low))
    return next(filter(None, found), None)


class _Spans:
    """Stretches of text in reading order, asked whether one touches another."""

    def __init__(self, spans: Iterable[DateMention | ReferenceMention | UnitMention]) -> None:
        self._spans = sorted((span.start, span.end) for span in spans)

    def touch(self, start: int, end: int) -> bool:
        """Whether a stretch shares a character with one of them; they do not hold one another but for short dates."""
        last = bisect_right(self._spans, (end - 1, len(self._spans) + end))
        return any(other > start for _, other in self._spans[max(0, last - 3) : last])


@dataclass(slots=True)
class _Reader:
    """Reads measures out of one text, `low` its folded form."""

    low: str
    text: str
    lexicon: Lexicon

    def figures(self, at: int) -> MeasureMention | None:
        """The measure whose number in figures begins here, None where it is another number."""
        low = self.low
        if _NOT_BEFORE.search(low[max(0, at - 2) : at]):
            return None
        number = _NUMBER.match(low, at)
        if number is None:
            return None
        tail = self._tail(number.end())
        if tail is None and not _GOES_ON.match(low, number.end()):
            return None
        amount = self._ratio(number) or self._range(number, tail) or self._simple(number, tail)
        if amount is None:
            return None
        lead = self.lexicon.lead(low, at, number[0])
        if lead.names and amount.unit.kind not in ("percent", "money"):
            return None
        single = len(number[0]) == 1 and amount.unit.kind in ("count", "place") and lead.qualifier is None
        return self._mention(at, amount if not single else replace(amount, confidence=USUAL), lead)

    def words(self, at: int) -> MeasureMention | None:
        """The measure whose number in words begins here ("hai mô hình", "một nửa số hộ")."""
        if half := _HALF.match(self.low, at):
            return self._half(at, half.end())
        found = self.lexicon.number_at(self.low, at)
        tail = self._tail(found[0]) if found else None
        if found is None or tail is None or tail.unit is None or tail.unit.kind == "money":
            return None
        lead = self.lexicon.lead(self.low, at, self.low[at : found[0]])
        if lead.names or (lead.qualifier is None and self.low[at : found[0]] in _ARTICLES):
            return None
        confidence = USUAL if lead.qualifier else DOUBTFUL
        amount = _Amount(tail.end, found[1] * tail.factor, tail.unit, confidence=confidence)
        return self._mention(at, amount, lead)

    def _half(self, at: int, end: int) -> MeasureMention | None:
        """A half of something: certain where "số" follows ("một nửa số hộ", "quá nửa tổng số")."""
        if not _SHARE_OF.match(self.low, end):
            return None
        lead = self.lexicon.lead(self.low, at, "")
        return MeasureMention(lead.start, end, 0.5, None, lead.qualifier, "measure:half", confidence=USUAL)

    # ------------------------------------------------------------- number and unit

    def _simple(self, number: re.Match[str], tail: _Tail | None) -> _Amount | None:
        repeated = _REPEATED.match(self.low, number.end())
        if repeated and repeated[1] in self.lexicon.numbers.forms:
            tail = self._tail(repeated.end())
        if tail is None:
            return None
        if tail.unit is None:
            return self._sum(number, tail)
        value = number_value(number[0], tail.unit.kind, scaled=tail.factor != 1)
        return self._out_of(_Amount(tail.end, _times(value, tail.factor), tail.unit))

    def _out_of(self, amount: _Amount) -> _Amount:
        """The amount with its whole, where that has the unit again ("09 hệ thống/30 hệ thống")."""
        whole = _RATIO.match(self.low, amount.end)
        found = self.lexicon.unit_at(self.low, whole.end()) if whole else None
        if whole is None or found is None or found[1] != amount.unit:
            return amount
        return replace(amount, end=found[0], out_of=number_value(whole[1], "count"))

    def _sum(self, number: re.Match[str], tail: _Tail) -> _Amount | None:
        """ "1 tỷ 250 triệu đồng", and a bare "50 triệu" where nothing else can be meant."""
        value = number_value(number[0], "money", scaled=True)
        more = _NUMBER.match(self.low, tail.end + 1) if self.low[tail.end : tail.end + 1] in (" ", "\xa0") else None
        rest = self._tail(more.end()) if more else None
        if more and rest and rest.unit and rest.unit.kind == "money" and rest.factor < tail.factor:
            added = _times(number_value(more[0], "money", scaled=rest.factor != 1), rest.factor)
            whole = None if value is None or added is None else value * tail.factor + added
            return _Amount(rest.end, whole, rest.unit)
        if not _CLOSES.match(self.low, tail.end):
            return None
        return _Amount(tail.end, _times(value, tail.factor), _MONEY, confidence=DOUBTFUL)

    def _range(self, number: re.Match[str], first: _Tail | None) -> _Amount | None:
        """ "từ 80% đến 90%", "1-1,5%", "15 triệu đến 20 triệu đồng": a first number below a second one of its unit."""
        joint = _RANGE.match(self.low, first.end if first else number.end())
        second = _NUMBER.match(self.low, joint.end()) if joint else None
        tail = self._tail(second.end()) if second else None
        if second is None or tail is None or (tail.unit is None and not _CLOSES.match(self.low, tail.end)):
            return None
        unit = tail.unit or _MONEY
        if first is not None and first.unit is not None and first.unit.name != unit.name:
            return None
        factor = first.factor if first else tail.factor
        low = _times(number_value(number[0], unit.kind, scaled=factor != 1), factor)
        high = _times(number_value(second[0], unit.kind, scaled=tail.factor != 1), tail.factor)
        if low is None or high is None or low >= high:
            return None
        return _Amount(tail.end, low, unit, value_to=high, confidence=CERTAIN if tail.unit else DOUBTFUL)

    def _ratio(self, number: re.Match[str]) -> _Amount | None:
        """ "18/19 tiêu chí": so many out of so many; "2/3 số hộ": a share."""
        whole = _RATIO.match(self.low, number.end())
        if whole is None:
            return None
        part, total = number_value(number[0], "size"), number_value(whole[1], "count")
        if part is None or not total or part > total:
            return None
        if _SHARE_OF.match(self.low, whole.end()) and total < 10:
            return _Amount(whole.end(), part / total, Unit("", "percent", "share"))
        tail = self._tail(whole.end())
        if tail is None or tail.unit is None or tail.unit.kind not in ("count", "place") or tail.factor != 1:
            return None
        return _Amount(tail.end, part, tail.unit, out_of=total)

    def _tail(self, at: int) -> _Tail | None:
        scale = self.lexicon.scale_at(self.low, at)
        end, factor = scale or (at, 1.0)
        if scale and self.low.startswith(".đ", end):  # "396,1 tỷ.đ"
            end += 1
        found = self.lexicon.unit_at(self.low, end)
        if found is None:
            return _Tail(end, factor, None) if scale else None
        end, unit = found
        if self.text[at:end].strip() == "M":  # no metre, but a class of vehicles or a million
            return None
        return _Tail(end, factor, unit)

    # ------------------------------------------------------------- the words around

    def _mention(self, at: int, amount: _Amount, lead: Lead) -> MeasureMention | None:
        """The amount with what stands before and behind it; None where it is none after all."""
        start, qualifier, confidence = lead.start, lead.qualifier, amount.confidence
        if lead.word == "trên" and amount.value == 1:  # "giá trị sản xuất trên 1 ha": what it is counted by
            return None
        if lead.word == "trên" and amount.unit.kind == "place":
            start, qualifier = at, None
        name, end = self._per(amount)
        began = _FROM.search(self.low, max(0, at - 8), at)
        if behind := self.lexicon.after.match(self.low, end):
            end, qualifier = behind.end(), qualifier or self.lexicon.qualifier_after[behind[1]]
            start = min(start, began.start()) if began else start
        elif far := self._far_behind(end, amount, led=began is not None):
            qualifier, confidence = qualifier or self.lexicon.qualifier_after[far[1]], min(confidence, USUAL)
            start = min(start, began.start()) if began else start
        elif began and amount.value_to is not None:
            start = min(start, began.start())
        if not self._may_be(amount, qualifier, end):
            return None
        return MeasureMention(
            start, end, amount.value, name or None, qualifier, f"measure:{amount.unit.row}",
            value_to=amount.value_to, out_of=amount.out_of, confidence=confidence,
        )  # fmt: skip

    def _far_behind(self, end: int, amount: _Amount, *, led: bool) -> re.Match[str] | None:
        """A "trở lên" behind what is counted: anywhere in a clause that "từ" opens, else right behind "100% chỉ tiêu"."""
        if led:
            return self.lexicon.far_after.match(self.low, end)
        counted = _SHARE_OF.match(self.low, end)
        of = self.lexicon.unit_at(self.low, counted.end() if counted else end) if amount.unit.kind == "percent" else None
        return self.lexicon.after.match(self.low, of[0]) if of else None

    def _per(self, amount: _Amount) -> tuple[str, int]:
        """The unit with what it is counted by ("triệu đồng/ha", "lần/tuần"), and where it ends."""
        name, end = amount.unit.name, amount.end
        for _ in range(2):
            slash = _PER.match(self.low, end)
            found = self.lexicon.unit_at(self.low, slash.end()) if slash else None
            if slash is None or found is None or found[1].kind in ("percent", "money") or found[1].row == amount.unit.row:
                break
            end, name = found[0], f"{name}/{slash[1]} {found[1].name}" if slash[1] else f"{name}/{found[1].name}"
        return name, end

    def _may_be(self, amount: _Amount, qualifier: Qualifier | None, end: int) -> bool:
        kind, value = amount.unit.kind, amount.value
        if value is None:
            return kind in ("money", "size")
        if kind in ("count", "place") and (value % 1 or (amount.value_to or 0) % 1):
            return False
        if kind == "time":
            return qualifier is not None and not _AGE.match(self.low, end)
        return kind != "money" or value >= LEAST_MONEY or amount.unit.name != "đồng"


def _times(value: float | None, factor: float) -> float | None:
    """A value times a power of ten, without what the binary fraction adds (1,1 tỷ is 1100000000)."""
    return None if value is None else round(value * factor, 6)


__all__ = ["find_measures", "read_amount"]

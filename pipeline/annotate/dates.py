"""Finds the times that a plan names, without ever inventing a day.

A cheap scan finds the places where a time may begin; there the readers of `date_points`, `date_spans`, `date_cycles` and
`date_lunar` are asked. The forms are those of Nghị định 30/2020/NĐ-CP, Phụ lục I, and what plans make of them; the values
are EDTF (ISO 8601-2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from pipeline.annotate.date_cycles import read_cycle, read_yearly, read_yearly_range
from pipeline.annotate.date_lexicon import BLANK, COMMA, DASH, GAP, Lexicon, either, lexicon, preceded_by
from pipeline.annotate.date_lunar import LunarCalendar, lunar_calendar, read_lunar
from pipeline.annotate.date_points import (
    day_number,
    looks_like_day_month,
    month_of_year,
    read_day,
    read_point,
    year_number,
)
from pipeline.annotate.date_relative import RelativeForms, read_relative, relative_forms
from pipeline.annotate.date_spans import is_surely_a_day, is_surely_a_range, mention_of, read_list, read_period, read_range
from pipeline.annotate.date_values import NO_YEAR, Point, bounds, month_end, open_side, without_quarter
from pipeline.knowledge.load import Knowledge
from pipeline.knowledge.text import fold
from pipeline.values import DateMention

_LUNAR_SIGNS = (
    "âm lịch", "âl", "al", "giêng", "chạp", "rằm", "tết",
    "tý", "tí", "sửu", "dần", "mão", "thìn", "tỵ", "tị", "ngọ", "mùi", "thân", "dậu", "tuất", "hợi",
)  # fmt: skip
_LUNAR_SIGN = re.compile(rf"(?:{either(_LUNAR_SIGNS)})(?![^\W_])")
_OCCASION_REACH = 70
_STRETCH_REACH = 600
_LONGEST_STRETCH = 31
_NOT_BEFORE_NUMBER = re.compile(r"[^\W_]\Z|[0-9][-‐-―−./,]\Z|/[ \xa0]?\Z")
_DATE_SIGN = re.compile(r"[0-9]{1,4}[ \xa0]?(?:[-‐-―−./:hg]|tháng[ \xa0](?:đầu|cuối))")
# What may follow figures that begin a time or a row of times: most figures are followed by something else.
_GOES_ON = re.compile(
    rf"[0-9]{{1,4}}(?:[ilo]|{BLANK}(?:[/,:;&+÷(hg]|{DASH}|\.[ \xa0]{{0,3}}[0-9ilo]"
    r"|ngày|năm|tuần|tháng|tiếng|tết|quý|và|đến|tới|cho))"
)
_CHAIN = re.compile(r"[ \xa0]{0,3}(?:[,;&]|và|[-–])[ \xa0]{0,3}")
_CELL_MARGIN = 20
_BULLETS = " \xa0-–+*•"
_CELL_RIGHT = re.compile(r"[ \xa0]{0,20}(?:[\n\t:]|\Z)")
_SOME_DAY = re.compile(r"(?<!\w)ngày(?!\w)")
_EVERYWHERE = ("thế giới", "việt nam", "quốc gia", "quốc tế", "toàn quốc")  # "Ngày Nước thế giới 22/3"
_NOT_IN_OCCASION = re.compile(r"[0-9;\n\t]")
_DAY_OF_ANY_YEAR = re.compile(r"XXXX-([0-9]{2})-([0-9]{2})")
_QUARTER_OF_ANY_YEAR = re.compile(r"XXXX-3[3-6]")
_OTHER_YEAR = "other_year"
_NEXT_OR_LAST_YEAR = re.compile(
    rf"{COMMA}(?:của{GAP})?năm{GAP}(?:(?:sau|trước|tới)(?!\w|{GAP}(?:[0-9]|ngày|khi|đó))|ngoái(?!\w)"
    rf"|(?:kế{GAP}tiếp|tiếp{GAP}theo|liền{GAP}(?:kề|trước|sau))(?!\w))"
)
_PARTS_IN_PASSING = ("half", "months")
_STRETCH = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}/[0-9]{4}-[0-9]{2}-[0-9]{2}")


def find_dates(text: str, knowledge: Knowledge) -> tuple[DateMention, ...]:
    """The times in NFC text, in reading order, without overlaps, each as long as it goes; offsets are code points.

    A mention never crosses a newline or a tab. `edtf` is None for a recurrence, a lunar day of an unknown year, and a
    day that no calendar has; a year that is not printed is `XXXX` (see `resolve_year`). Nothing is raised.
    """
    low = fold(text)
    may_be_lunar = _LUNAR_SIGN.search(low) is not None
    words, relative = knowledge.derived(lexicon), knowledge.derived(relative_forms)
    scan = _Scan(low, words, relative, knowledge.derived(lunar_calendar), may_be_lunar, [])
    for trigger in scan.words.trigger.finditer(low):
        if trigger.start() >= scan.end:
            found = scan.read(trigger.start(), scan.words.sort_of(trigger))
            scan.found.extend([*found[:-1], _of_other_year(low, found[-1])] if found else ())
    return tuple(_with_years_of_stretches(scan.found))


def resolve_year(mention: DateMention, year: int | None) -> DateMention:
    """The mention with the year of its plan filled in, where it names none; `year` is None where the plan has none.

    Days and months keep their EDTF (`XXXX-11-25`) and get their first and last day. EDTF knows no quarter or half of
    an unknown year: a quarter ("Quý I", as in the rows of a plan's table) becomes the plan's own (`2025-33`), a half
    and nine months, said in passing as often of last year, keep their days and have no EDTF. Where the plan has no year,
    a quarter becomes its months (`XXXX-01/XXXX-03`). Recurrences, lunar days and whatever names its year come back as
    they are, and so does "ngày 15/01 năm sau", whose year is another one.
    """
    edtf = mention.edtf
    if edtf is None or NO_YEAR not in edtf or mention.kind == "recurring" or mention.calendar == "lunar":
        return mention
    if mention.rule == _OTHER_YEAR:
        return replace(mention, edtf=without_quarter(edtf, mention.kind))
    if year is None:
        return replace(mention, edtf=None if mention.rule in _PARTS_IN_PASSING else without_quarter(edtf, mention.kind))
    filled = edtf.replace(NO_YEAR, f"{year:04}")
    if "/" not in edtf and mention.kind in ("deadline", "range"):
        filled = open_side(filled, before=mention.kind == "deadline")
    first, last = bounds(filled)
    known: str | None = edtf
    if _QUARTER_OF_ANY_YEAR.fullmatch(edtf):
        known = filled
    elif mention.rule in _PARTS_IN_PASSING:
        known = None
    return replace(mention, edtf=known, start_date=first, end_date=last)


@dataclass(slots=True)
class _Scan:
    """One pass over the folded text: the words it reads with, and what was found so far."""

    low: str
    words: Lexicon
    relative: RelativeForms
    calendar: LunarCalendar
    may_be_lunar: bool
    found: list[DateMention]

    @property
    def end(self) -> int:
        """Where the last mention ends."""
        return self.found[-1].end if self.found else 0

    def read(self, start: int, sort: str) -> list[DateMention]:
        """The mentions that begin at a trigger of a sort; none where it is no time after all."""
        low, words = self.low, self.words
        if sort == "number" and self._is_other_number(start):
            return []
        if self.may_be_lunar and (lunar := read_lunar(low, start, words, self.calendar)):
            return [lunar]
        if sort in ("number", "lead", "relative") and (relative := read_relative(low, start, self.relative)):
            return [relative]
        if sort not in ("period", "vague", "short", "relative") and (cycle := read_cycle(low, start, words)):
            return [cycle]
        if sort in ("number", "unit", "period") and (period := read_period(low, start, words)):
            return [period]
        if sort == "lead":
            return self._led(start)
        return self._plain(start) if sort not in ("period", "cycle", "relative") else []

    def _is_other_number(self, start: int) -> bool:
        """Whether figures open no time, go on from something before them, or are the number that a word before calls for."""
        if _GOES_ON.match(self.low, start) is None:
            return True
        if _NOT_BEFORE_NUMBER.search(self.low[max(0, start - 2) : start]):
            return True
        plain = _DATE_SIGN.match(self.low, start) is None
        return plain and preceded_by(self.low, start, self.words.ordinals)

    def _led(self, start: int) -> list[DateMention]:
        """What follows "trước", "chậm nhất", "từ", "đến"."""
        if lead := self.words.deadline.match(self.low, start):
            if self.may_be_lunar and (lunar := read_lunar(self.low, lead.end(), self.words, self.calendar, led=True)):
                return [_one_sided(replace(lunar, start=start, kind="deadline"))]
            return self._bounded(start, lead, "deadline")
        if lead := self.words.until.match(self.low, start):
            return self._bounded(start, lead, "until")
        if lead := self.words.since.match(self.low, start):
            return self._since(start, lead.end())
        period = read_period(self.low, start, self.words)
        return [period] if period else []

    def _bounded(self, start: int, lead: re.Match[str], rule: str) -> list[DateMention]:
        """A time before which, or until which, something holds."""
        until = rule == "until"
        point = self._target(lead.end())
        if point is None or point.unit == "impossible" or point.edtf is None:
            return [mention_of(point)] if point and point.unit == "impossible" else []
        if again := read_yearly(self.low, start, point, self.words):
            return again
        if point.unit == "months" or self._is_ratio(point, strict=until):
            return []
        if until and preceded_by(self.low, start, self.words.status):
            return [mention_of(point)]
        if items := read_list(self.low, start, point, self.words):
            return [_one_sided(replace(item, kind="deadline", rule=rule)) for item in items]
        edtf = month_end(point.edtf) if "hết" in lead[0] else point.edtf
        sure = min(point.confidence, 0.8) if until else point.confidence
        return [_one_sided(replace(mention_of(point, start, rule), edtf=edtf, kind="deadline", confidence=sure))]

    def _since(self, start: int, position: int) -> list[DateMention]:
        """What follows "từ": a range where an end follows, else a time from which something holds."""
        if period := read_period(self.low, position, self.words):
            return [replace(period, start=start)]
        point = self._target(position) or day_number(self.low, position)
        if point is None:
            return []
        if whole := read_range(self.low, start, point, self.words, celebrated=self._after_occasion(start)):
            return read_yearly_range(self.low, whole) or [whole]
        if point.rule == "clock":
            return [mention_of(point, start)]
        sure = point.firm or (is_surely_a_day(self.low, point) and not self.words.measure.match(self.low, point.end))
        if point.edtf is None or not sure or point.unit == "months" or point.vague:
            return []
        return [_one_sided(replace(mention_of(point, start, "since"), kind="range"))]

    def _target(self, position: int) -> Point | None:
        """The time at a place where a lead word vouches for it."""
        low, words = self.low, self.words
        return read_point(low, position, words) or month_of_year(low, position, words) or year_number(low, position, words)

    def _is_ratio(self, point: Point, *, strict: bool) -> bool:
        """Whether a lone "1/3" after a lead word counts a share of what follows; `strict` asks for the shape of a date."""
        if point.firm or point.year or point.unit != "day":
            return False
        counts = self.words.measure.match(self.low, point.end) is not None
        return (strict or counts) and not looks_like_day_month(self.low, point)

    def _plain(self, start: int) -> list[DateMention]:
        """A time without a lead word: a range, a list, a recurrence or a single point."""
        low, words = self.low, self.words
        point = self._opening(start)
        if point is None:
            return []
        if again := read_yearly(low, start, point, words):
            return again
        vouched = point.firm or self._vouched(point)
        whole = read_range(low, start, point, words, vouched=vouched)
        if whole and (vouched or NO_YEAR not in (whole.edtf or "") or is_surely_a_range(low, point, whole.end, words)):
            return read_yearly_range(low, whole) or [whole]
        items = read_list(low, start, point, words)
        if items and (vouched or (len(items) == 1 and NO_YEAR not in (items[0].edtf or ""))):
            return items
        timeless = point.unit == "day" and point.part is None
        if timeless or not vouched:
            return []
        mention = mention_of(point if point.firm else replace(point, confidence=min(point.confidence, 0.8)))
        shared = not point.firm and self._chained(point) and self.found[-1].kind == "deadline"
        return [_one_sided(replace(mention, kind="deadline", rule="deadline")) if shared else mention]

    def _opening(self, start: int) -> Point | None:
        """The point that begins here, figures that only their surroundings make a time included."""
        point = read_point(self.low, start, self.words)
        if point is not None or not self.low[start].isdigit():
            return point
        if (point := read_day(self.low, start, after_word=True)) and self._after_occasion(start):
            return replace(point, firm=False)
        return day_number(self.low, start) or month_of_year(self.low, start, self.words)

    def _vouched(self, point: Point) -> bool:
        """Whether what stands around lone figures makes them a time: a word of time, an occasion, a cell of their own."""
        if point.part is None or self.words.measure.match(self.low, point.end):
            return False
        alone = self._fills_cell(point)
        if point.unit == "month":
            return alone
        if preceded_by(self.low, point.start, self.words.cues) or self._chained(point):
            return True
        return looks_like_day_month(self.low, point) and (alone or self._after_occasion(point.start))

    def _fills_cell(self, point: Point) -> bool:
        """Whether nothing else stands in the table cell or on the line."""
        before = self.low[max(0, point.start - _CELL_MARGIN) : point.start].rstrip(_BULLETS)
        opens = before.endswith(("\n", "\t")) or (not before and point.start <= _CELL_MARGIN)
        return opens and _CELL_RIGHT.match(self.low, point.end) is not None

    def _chained(self, point: Point) -> bool:
        """Whether the figures go on with a day that was found just before: "dịp 30/4 và 01/5"."""
        if not self.found or self.found[-1].edtf is None or not _DAY_OF_ANY_YEAR.match(self.found[-1].edtf):
            return False
        return _CHAIN.fullmatch(self.low, self.end, point.start) is not None

    def _after_occasion(self, position: int) -> bool:
        """Whether the words before name a day to be celebrated, with no other figure between."""
        before = self.low[max(0, position - _OCCASION_REACH) : position]
        occasions = list(self.words.occasion.finditer(before))
        if not occasions and (before.endswith("(") or preceded_by(self.low, position, _EVERYWHERE)):
            occasions = list(_SOME_DAY.finditer(before))
        return bool(occasions) and not _NOT_IN_OCCASION.search(before, occasions[-1].end())


def _of_other_year(low: str, mention: DateMention) -> DateMention:
    """Takes in "năm sau" or "năm trước" after a time without a year: then its year is not the plan's."""
    if NO_YEAR not in (mention.edtf or "") or mention.recurrence:
        return mention
    after = _NEXT_OR_LAST_YEAR.match(low, mention.end - 3 if low.endswith("năm", 0, mention.end) else mention.end)
    return replace(mention, end=after.end(), rule=_OTHER_YEAR) if after else mention


def _one_sided(mention: DateMention) -> DateMention:
    """A mention open on one side; where EDTF has no such interval (no year, a clock time) the kind alone tells it."""
    if mention.edtf is None:
        return mention
    edtf, before = mention.edtf, mention.kind == "deadline"
    whole = open_side(edtf, before=before)
    first, last = bounds(whole)
    return replace(mention, edtf=edtf if NO_YEAR in edtf or "T" in edtf else whole, start_date=first, end_date=last)


def _with_years_of_stretches(found: Iterable[DateMention]) -> Iterable[DateMention]:
    """Gives a day without a year the year of the stretch of days it lies in: "27,28/6/2019 … sáng ngày 28/6"."""
    stretch: DateMention | None = None
    for mention in found:
        if mention.kind == "range" and _STRETCH.fullmatch(mention.edtf or ""):
            stretch = mention
        near = stretch is not None and mention.start - stretch.end <= _STRETCH_REACH
        yield _day_within(stretch, mention) if stretch and near and mention.kind == "exact" else mention


def _day_within(stretch: DateMention, mention: DateMention) -> DateMention:
    match = _DAY_OF_ANY_YEAR.fullmatch(mention.edtf or "")
    first, last = stretch.start_date, stretch.end_date
    if match is None or first is None or last is None or (last - first).days > _LONGEST_STRETCH:
        return mention
    for year in {first.year, last.year}:
        try:
            day = date(year, int(match[1]), int(match[2]))
        except ValueError:
            continue
        if first <= day <= last:
            return replace(mention, edtf=day.isoformat(), start_date=day, end_date=day, confidence=0.9)
    return mention

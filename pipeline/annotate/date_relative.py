"""Times counted from an event: "70 ngày trước ngày bầu cử", "sau 05 ngày kể từ ngày ký", "trước ngày khai mạc 05 ngày".

They are kept as they are printed and never resolved: when the event takes place the plan may say elsewhere, or not at
all. Where the event is a printed day, the mention ends before it, so that the day is a mention of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.annotate.date_lexicon import BLANK, COMMA, GAP, either, lexicon
from pipeline.knowledge.dates import DateWord
from pipeline.knowledge.load import Knowledge
from pipeline.values import DateMention

_DAYS = rf"(?:ngày|tuần|giờ|tiếng)(?:{GAP}làm{GAP}việc)?(?!\w)"
_UNITS = rf"(?:{_DAYS}|(?:tháng|năm)(?!\w))"
_MOST_SYLLABLES = 6
_DAYS_COUNTED = re.compile(r"[0-9]{1,3}[ \xa0]{1,40}[ntg(]")  # the first letters of the units: what is no count costs little
_CONFIDENCE = 0.8


@dataclass(frozen=True)
class RelativeForms:
    """The shapes of relative times: so many days before or after an event, an event so many days off, from an event on.

    `openers` are the first words of a count that does not begin with its figures ("trong vòng 05 ngày").
    """

    openers: tuple[str, ...]
    counted: re.Pattern[str]
    counted_after: re.Pattern[str]
    since: re.Pattern[str]


def relative_forms(knowledge: Knowledge) -> RelativeForms:
    """The patterns over lower-case text, from the words of the tables; meant for `Knowledge.derived`.

    A count of months or years before "trước" needs a word of its own: in "báo cáo 6 tháng trước ngày 15/6" the months are
    those of the report.
    """
    groups: dict[str, list[str]] = {}
    for row in knowledge.rows(DateWord):
        groups.setdefault(row.group, []).extend(row.forms)
    anchor, named, origin, end = (rf"(?:{either(groups[g])})(?!\w)" for g in ("anchor", "event", "origin", "event_end"))
    allowance = rf"(?:{either(groups['allowance'])})(?!\w){GAP}(?:là{GAP}|sau{GAP}|trước{GAP})?"
    number = either(knowledge.derived(lexicon).numbers)
    count = rf"(?:[0-9]{{1,3}}|{number})(?:{GAP}\([^\W\d_]{{2,7}}\))?{GAP}"
    syllable = rf"(?:{GAP}(?!{end})[^\W\d_]{{1,7}}(?!\w))"
    some, any_ = (rf"{syllable}{{{least},{_MOST_SYLLABLES}}}" for least in (1, 0))
    event = rf"(?:{anchor}{some}|{named}{any_})"
    short_event = rf"(?:{anchor}{some}?|{named}{any_}?)"
    printed_day = rf"(?={GAP}ngày{GAP}[0-9])"
    return RelativeForms(
        openers=tuple({form.split()[0] for form in groups["allowance"]}),
        counted=re.compile(
            rf"(?:{allowance}{count}{_UNITS}|{count}{_DAYS}){COMMA}(?:trước|sau)(?:{printed_day}|{GAP}{event})"
            rf"|(?:{allowance})?{count}{_UNITS}{COMMA}"
            rf"(?:(?:{origin}|so{GAP}với)(?:{printed_day}|{GAP}(?:sau{GAP})?{event})|từ{GAP}{event})"
        ),
        counted_after=re.compile(
            rf"trước{GAP}{short_event}(?:{BLANK},)?{GAP}(?:ít{GAP}nhất{GAP})?[0-9]{{1,3}}{GAP}{_UNITS}(?!{GAP}(?:đầu|cuối))"
        ),
        since=re.compile(rf"{origin}{GAP}{event}|từ{GAP}ngày{GAP}(?:ký|ban{GAP}hành)(?!\w|{GAP}(?:đến|tới|cho))"),
    )


def read_relative(low: str, position: int, forms: RelativeForms) -> DateMention | None:
    """A time counted from an event that begins at a place of lower-case text, or None; it has neither EDTF nor days."""
    in_figures = low[position].isdigit()
    if in_figures and _DAYS_COUNTED.match(low, position) is None:
        return None
    opens = in_figures or low.startswith(forms.openers, position)
    match = forms.counted.match(low, position) if opens else None
    if match is None and low.startswith("trước", position):
        match = forms.counted_after.match(low, position)
    elif match is None and not in_figures:
        match = forms.since.match(low, position)
    if match is None:
        return None
    return DateMention(position, match.end(), None, "relative", "relative", confidence=_CONFIDENCE)

"""A comparison as text for the terminal, in Vietnamese or English."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator

from models import Section
from pipeline.aggregate.comparison import (
    Comparison,
    Difference,
    DirectiveMatch,
    FolderComparison,
    PlanName,
    SectionMatch,
    Status,
    TaskMatch,
)
from pipeline.knowledge.causes import Language
from pipeline.knowledge.columns import label
from pipeline.knowledge.load import Knowledge, load_knowledge
from pipeline.knowledge.wording import document_words, period_words
from pipeline.report.plain_table import safe

WIDTH = 100
SEVERAL = 2
_SIGNS: dict[Status, str] = {"new": "+", "gone": "-", "changed": "~", "kept": "="}
_COLOURS: dict[Status, str] = {"new": "\x1b[32m", "gone": "\x1b[31m", "changed": "\x1b[33m", "kept": ""}
_BOLD, _RESET = "\x1b[1m", "\x1b[0m"
_ORDER: tuple[Status, ...] = ("kept", "changed", "new", "gone")


def render_comparison(
    comparison: Comparison | FolderComparison, lang: Language = "vi", colour: bool = False
) -> str:
    """The comparison as lines of at most 100 characters where words allow, ending with a newline.

    `+` marks what is new, `-` what is gone, `~` what changed; what stayed is only counted. `colour` adds terminal
    colours; the text of the documents itself is freed of control characters either way.
    """
    painter = _Painter(load_knowledge(), lang, colour)
    if isinstance(comparison, FolderComparison):
        lines = list(_folder_lines(painter, comparison))
    else:
        lines = [painter.head(painter.say("title")), *_plan_lines(painter, comparison)]
    return "\n".join(lines) + "\n"


class _Painter:
    """Words in one language, and lines with or without colour."""

    def __init__(self, knowledge: Knowledge, lang: Language, colour: bool) -> None:
        self.knowledge = knowledge
        self.lang = lang
        self.colour = colour

    def say(self, code: str, group: str = "compare") -> str:
        return label(self.knowledge, group, code, self.lang)

    def head(self, text: str) -> str:
        return f"{_BOLD}{text}{_RESET}" if self.colour else text

    def line(self, status: Status, text: str) -> Iterator[str]:
        """A wrapped line that begins with the sign of its status."""
        before = f"  {_SIGNS[status]} "
        wrapped = textwrap.wrap(safe(text), WIDTH, initial_indent=before, subsequent_indent="    ")
        colour = _COLOURS[status] if self.colour else ""
        for line in wrapped or [before.rstrip()]:
            yield f"{colour}{line}{_RESET}" if colour else line

    def note(self, text: str) -> Iterator[str]:
        """A wrapped line below a line with a sign."""
        yield from textwrap.wrap(safe(text), WIDTH, initial_indent="      ", subsequent_indent="        ")

    def counts(self, title: str, statuses: Iterable[Status]) -> str:
        """A heading with how many are kept, changed, new and gone."""
        found = Counter(statuses)
        parts = [f"{self.say(status, 'status').lower()} {found[status]}" for status in _ORDER if found[status]]
        return self.head(f"{self.say(title)}: {', '.join(parts) or self.say('nothing')}")


def _folder_lines(painter: _Painter, comparison: FolderComparison) -> Iterator[str]:
    yield painter.head(painter.say("folders"))
    yield f"{painter.say('pairs')}: {len(comparison.pairs)}"
    yield from _alone_lines(painter, "only_old", "gone", comparison.only_old)
    yield from _alone_lines(painter, "only_new", "new", comparison.only_new)
    yield from _newly_cited_lines(painter, comparison)
    for pair in comparison.pairs:
        yield ""
        yield from _plan_lines(painter, pair)


def _alone_lines(painter: _Painter, title: str, status: Status, names: tuple[PlanName, ...]) -> Iterator[str]:
    if names:
        yield f"{painter.say(title)}: {len(names)}"
    for name in names:
        yield from painter.line(status, _plan_words(painter, name))


def _newly_cited_lines(painter: _Painter, comparison: FolderComparison) -> Iterator[str]:
    """The documents that several plans cite for the first time: what the new year brought to all."""
    counts: Counter[str] = Counter()
    words: dict[str, str] = {}
    for pair in comparison.pairs:
        for match in pair.directives:
            key = match.reference.key
            if match.status == "new" and key is not None:
                counts[key] += 1
                words.setdefault(key, document_words(match.reference))
    several = sorted((key for key, count in counts.items() if count >= SEVERAL), key=lambda key: (-counts[key], key))
    if several:
        yield f"{painter.say('newly_cited')}:"
    for key in several:
        yield from painter.line("new", f"{words[key]} ({counts[key]} {painter.say('plans')})")


def _plan_lines(painter: _Painter, comparison: Comparison) -> Iterator[str]:
    yield f"{painter.say('old')}: {_plan_words(painter, comparison.old)}"
    yield f"{painter.say('new')}: {_plan_words(painter, comparison.new)}"
    yield painter.counts("sections", (match.status for match in comparison.sections))
    for section in comparison.sections:
        yield from _section_lines(painter, section)
    yield painter.counts("directives", (match.status for match in comparison.directives))
    for directive in comparison.directives:
        yield from _directive_lines(painter, directive)
    yield painter.counts("tasks", (match.status for match in comparison.tasks))
    for task in comparison.tasks:
        yield from _task_lines(painter, task)


def _plan_words(painter: _Painter, name: PlanName) -> str:
    number = name.number or painter.say("no_number")
    issuer = name.issuer or painter.say("no_issuer")
    years = ", ".join(str(year) for year in name.years)
    return safe(" · ".join(part for part in (number, issuer, years, name.file_name) if part))


def _section_lines(painter: _Painter, match: SectionMatch) -> Iterator[str]:
    if match.status == "kept" and match.renamed and match.old and match.new:
        words = f"{_heading(painter, match.old)} → {_heading(painter, match.new)} ({painter.say('renamed')})"
        yield from painter.line("changed", words)
    elif match.status != "kept":
        section = match.new or match.old
        if section:
            yield from painter.line(match.status, _heading(painter, section))


def _heading(painter: _Painter, section: Section) -> str:
    title = section.title or painter.say(section.role, "role")
    return f"{section.marker}. {title}" if section.marker else title


def _directive_lines(painter: _Painter, match: DirectiveMatch) -> Iterator[str]:
    if match.status != "kept":
        yield from painter.line(match.status, document_words(match.reference))


def _task_lines(painter: _Painter, match: TaskMatch) -> Iterator[str]:
    task = match.new or match.old
    if match.status == "kept" or task is None:
        return
    assignees = "; ".join(actor.name for actor in task.assignees)
    yield from painter.line(match.status, f"{task.text} [{assignees}]" if assignees else task.text)
    for difference in match.differences:
        yield from painter.note(_difference_words(painter, difference))


def _difference_words(painter: _Painter, difference: Difference) -> str:
    aspect = painter.say(difference.aspect, "aspect")
    if difference.aspect == "wording":
        return f"{aspect} ({painter.say('old')}): {difference.old}"
    timed = difference.aspect in ("deadline", "period")
    old, new = (period_words(side) if timed else side for side in (difference.old, difference.new))
    return f"{aspect}: {old or painter.say('no_value')} → {new or painter.say('no_value')}"

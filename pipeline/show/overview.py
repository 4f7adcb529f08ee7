"""A record for the eye: its head, the text as an indented outline with the mentions marked, tasks and findings."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from models import Finding, PlanRecord, Role, Section, Task
from pipeline.knowledge.topics import topic_name
from pipeline.knowledge.ui import Words
from pipeline.knowledge.wording import period_words
from pipeline.show.marked import BRACKETS, Mark, marked_text, wrapped
from pipeline.show.paint import Painter, Style

_DEEPEST_INDENT = 6
_NARROWEST = 40
_TASK_WORDS = 160
_SEVERITIES: tuple[Style, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class View:
    """How to show: the user's words, the painter, and the width to wrap at (None: paragraphs stay whole)."""

    words: Words
    painter: Painter
    width: int | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """A section, its depth in the outline, and the role of the section above it."""

    section: Section
    depth: int
    above: Role | None


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """One line of the text: its extent, its depth in the outline, the sections it opens, the marks that may touch it."""

    start: int
    end: int
    depth: int
    opened: list[_Found]
    marks: list[Mark]


def render_overview(record: PlanRecord, view: View) -> str:
    """The whole record as text; without colour it is the same on every terminal."""
    parts = [_head(record, view), _legend(view), _body(record, view), _tasks(record, view), _findings(record, view)]
    return "\n\n".join("\n".join(lines) for part in parts if (lines := list(part)))


def _head(record: PlanRecord, view: View) -> Iterator[str]:
    header, words, paint = record.header, view.words, view.painter
    yield paint(header.title or header.doc_type or record.source.file_name, "heading")
    facts = {
        "show_type": header.doc_type,
        "show_number": header.number and header.number.canonical,
        "show_date": header.issue_date and header.issue_date.edtf,
        "show_place": header.place,
        "show_issuer": header.issuer and header.issuer.name,
        "show_parent": header.parent_issuer and header.parent_issuer.name,
        "show_years": ", ".join(map(str, header.plan_years)),
        "show_topic": topic_name(words.knowledge, header.topic),
        "show_signers": "; ".join(filter(None, (signer.name for signer in record.closing.signers))),
        "show_recipients": len(record.closing.recipients) or None,
    }
    for name, value in facts.items():
        yield f"{words(name)}: {paint(str(value)) if value else paint(words('show_nothing'), 'faint')}"
    source = record.source
    pages = [words("show_pages", count=source.page_count)] if source.page_count else []
    yield paint(" · ".join([source.file_name, source.media_type, *pages, record.plan_id]), "faint")


def _legend(view: View) -> Iterator[str]:
    names = []
    for kind in BRACKETS:
        opened, closed = ("", "") if view.painter.colour else BRACKETS[kind]
        names.append(f"{opened}{view.painter(view.words(f'show_{kind}s'), kind)}{closed}")
    yield f"{view.words('show_legend')}: {'  '.join(names)}"


def _body(record: PlanRecord, view: View) -> Iterator[str]:
    marks, first = _marks(record), 0
    sections = deque(sorted(_walk(record.sections), key=lambda found: (found.section.start, found.depth)))
    breaks = deque((page.start, page.number) for page in record.pages[1:])
    around: list[int] = []  # where the sections that hold the current paragraph end, the outermost first
    offset = 0
    for words in record.text.split("\n"):
        start, end = offset, offset + len(words)
        offset = end + 1
        while breaks and breaks[0][0] < offset:
            yield view.painter(view.words("show_page", number=breaks.popleft()[1]), "faint")
        while first < len(marks) and marks[first].end <= start:
            first += 1
        while around and around[-1] <= start:
            around.pop()
        opened = []
        while sections and sections[0].section.start < offset:
            opened.append(sections.popleft())
        depth = opened[0].depth if opened else len(around)
        around.extend(found.section.end for found in opened)
        yield from _paragraph(record.text, _Paragraph(start, end, depth, opened, _near(marks, first, end)), view)


def _near(marks: list[Mark], first: int, end: int) -> list[Mark]:
    last = first
    while last < len(marks) and marks[last].start < end:
        last += 1
    return marks[first:last]


def _paragraph(text: str, paragraph: _Paragraph, view: View) -> Iterator[str]:
    indent = "  " * min(paragraph.depth, _DEEPEST_INDENT)
    width = max(_NARROWEST, view.width - len(indent)) if view.width else None
    style: Style | None = "heading" if any(found.section.kind == "heading" for found in paragraph.opened) else None
    lines = [
        marked_text(text, start, end, paragraph.marks, view.painter, style)
        for start, end in wrapped(text, paragraph.start, paragraph.end, width)
    ]
    label = ", ".join(_label(found) for found in paragraph.opened)
    if label:
        lines[-1] += "  " + view.painter(f"[{label}]", "role")
    for line in lines:
        yield (indent + line).rstrip()


def _walk(sections: tuple[Section, ...], depth: int = 0, above: Role | None = None) -> Iterator[_Found]:
    """Every section with its depth, in reading order."""
    for section in sections:
        yield _Found(section, depth, above)
        yield from _walk(section.children, depth + 1, section.role)


def _label(found: _Found) -> str:
    """The section's id, and its role where the section above does not tell it."""
    section = found.section
    told = {section.id, found.above} if section.kind == "item" else {section.id}
    return section.id if section.role in told else f"{section.id} {section.role}"


def _marks(record: PlanRecord) -> list[Mark]:
    marks = [Mark(mention.start, mention.end, "reference") for mention in record.references]
    marks += [Mark(mention.start, mention.end, "date") for mention in record.dates]
    marks += [Mark(mention.start, mention.end, "unit") for mention in record.units]
    marks += [Mark(mention.start, mention.end, "measure") for mention in record.measures]
    marks += [Mark(mention.start, mention.end, "person") for mention in record.people]
    return sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.kind))


def _tasks(record: PlanRecord, view: View) -> Iterator[str]:
    if not record.tasks:
        return
    yield view.painter(view.words("show_tasks", count=len(record.tasks)), "heading")
    for task in record.tasks:
        yield from _task(task, view)


def _task(task: Task, view: View) -> Iterator[str]:
    words, paint = view.words, view.painter
    text = " ".join(task.text.split())
    yield f"- {paint(text if len(text) <= _TASK_WORDS else f'{text[: _TASK_WORDS - 1]}…')}"
    when = task.deadline.text if task.deadline else period_words(task.period)
    people = {"show_lead": task.assignees, "show_with": task.coordinators, "show_reports_to": task.reports_to}
    named = [(name, "; ".join(actor.text for actor in actors)) for name, actors in people.items() if actors]
    facts = [f"{words(name)}: {paint(actors, 'unit')}" for name, actors in named]
    if when:
        facts.append(f"{words('show_deadline')}: {paint(when, 'date')}")
    if task.product:
        facts.append(f"{words('show_product')}: {task.product.text}")
    if facts:
        yield f"    {' · '.join(facts)}"


def _findings(record: PlanRecord, view: View) -> Iterator[str]:
    if not record.findings:
        yield view.painter(view.words("show_no_findings"), "good")
        return
    yield view.painter(view.words("show_findings", count=len(record.findings)), "heading")
    for severity in _SEVERITIES:
        for finding in record.findings:
            if finding.severity == severity:
                yield from _finding(finding, severity, view)


def _finding(finding: Finding, style: Style, view: View) -> Iterator[str]:
    page = f" {view.words('show_at_page', number=finding.page)}" if finding.page else ""
    label = view.painter(view.words(f"severity_{finding.severity}"), style)
    yield f"- {label}{page}: {view.painter(finding.message)} {view.painter(f'({finding.code})', 'faint')}"
    if finding.hint:
        yield f"    → {view.painter(finding.hint)}"

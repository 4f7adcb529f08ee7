"""Tasks from prose: the paragraphs of Tổ chức thực hiện that stand under a unit or begin with one.

`1. Phòng Văn hóa – Xã hội` followed by items gives a task for each item; `3. Các ngành, đoàn thể căn cứ Kế hoạch này xây
dựng …` one task; `Giao …`, `Đề nghị …`, `Đối với …` lead in. No actor named, none given.
"""

from __future__ import annotations

import re
from dataclasses import replace

from models import Task
from pipeline.assemble.mentions import Mentions
from pipeline.assemble.places import Places
from pipeline.assemble.task_leads import LONGEST_LEAD, Lead, LeadFinder
from pipeline.assemble.task_words import can_act, coordinators, deadline, reports_to
from pipeline.knowledge.load import Knowledge
from pipeline.knowledge.tasks import TaskWords, task_words
from pipeline.knowledge.text import fold
from pipeline.values import Node, NormalText, Outline, Span

_ACTOR_ROLES = ("to_chuc_thuc_hien", "che_do_bao_cao")
_WORK_ROLES = ("noi_dung", "nhiem_vu_giai_phap", "thoi_gian", "kinh_phi")
_CLAUSE = re.compile(r"[;.,]\s+")
# Behind a comma a unit may still be co-operating; with these words it takes work of its own.
_TAKES_CHARGE = re.compile(r"\s+(?:phụ trách|đảm nhận|chịu trách nhiệm)\b")
_SHORTEST_TASK = 8


def tasks_from_prose(
    normal: NormalText, outline: Outline, mentions: Mentions, places: Places, knowledge: Knowledge
) -> list[Task]:
    """The tasks of the parts that assign work, in reading order; ids are given later."""
    reader = _Reader(normal, mentions, places, knowledge.derived(task_words))
    for node in outline.nodes:
        reader.visit(node, None, among_units=False)
    return reader.tasks


class _Reader:
    def __init__(self, normal: NormalText, mentions: Mentions, places: Places, words: TaskWords) -> None:
        self.normal, self.mentions, self.places, self.words = normal, mentions, places, words
        self.leads = LeadFinder(normal, mentions, words)
        self.tasks: list[Task] = []

    def visit(self, node: Node, inherited: Lead | None, *, among_units: bool) -> None:
        """Reads a section: its own lead, then what stands below it."""
        if node.role not in _ACTOR_ROLES:
            self._inline(node)
            for child in node.children:
                self.visit(child, None, among_units=False)
            return
        lead = self._lead(node, among_units=among_units)
        if lead is not None and not node.children and (node.kind == "item" or node.end == node.head_end):
            self._own_task(node, lead)
            return
        carried = lead or inherited
        for span in self._unmarked(node):
            own = self.leads.of_sentence(span) or carried
            if own is not None:
                self._add(span, own)
        units = [child for child in node.children if self.leads.of_section(child) is not None]
        among = inherited is not None or lead is not None or 2 * len(units) >= len(node.children)
        for child in node.children:
            nested = among and (carried is None or child.kind == "heading")
            if carried is not None and child.role in _ACTOR_ROLES and self._lead(child, among_units=nested) is None:
                self._carry(child, carried)
            else:
                self.visit(child, carried, among_units=nested)

    def _lead(self, node: Node, *, among_units: bool) -> Lead | None:
        """The actor a section names, known or told by its place."""
        known = self.leads.of_section(node)
        if known is not None or (node.rule not in ("run_in", "marked_heading", "doi_voi", "look")):
            return known
        return self.leads.by_position(node, among_units=among_units)

    def _inline(self, node: Node) -> None:
        """An item or paragraph of another part that begins with its actor (`a) Công an xã chủ trì …, xong trước ngày …`)."""
        if node.role not in _WORK_ROLES or (node.kind == "item" and node.children):
            return
        spans = self._unmarked(node)
        if node.kind == "item" and node.title:
            spans = [Span(self.normal.text.find(node.title[:20], node.start), node.end)]
        for span in spans:
            lead = self.leads.of_sentence(span)
            if lead is not None and self.words.verb.match(fold(self.normal.text[lead.end : span.end])):
                self._add(span, replace(lead, rule="inline_unit", confidence=0.6))

    def _own_task(self, node: Node, lead: Lead) -> None:
        """An item that names its actor: its paragraph is the task; further ones are tasks where they name theirs."""
        if node.kind == "heading":
            return  # a unit's heading with nothing below it asks for nothing
        spans = self._unmarked(node)
        labelled = lead.rule in ("unit_heading", "by_position")
        for number, span in enumerate(spans):
            if number == 0:
                self._add(Span(lead.end if labelled else node.head_end, span.end), lead)
            elif (own := self.leads.of_sentence(span)) is not None:
                self._add(span, own)

    def _carry(self, node: Node, lead: Lead) -> None:
        """An item below a unit: one task with its sub-items; a paragraph behind it that names its own actor is another's."""
        if node.kind == "heading" and node.children:
            for child in node.children:
                self._carry(child, lead)
            return
        spans = self._unmarked(node)
        start = node.head_end if node.kind == "item" and node.title is None else node.start
        if node.children or len(spans) < 2:
            self._add(Span(start, node.end), lead)
            return
        for number, span in enumerate(spans):
            own = self.leads.of_sentence(span) if number else None
            self._add(span if number else Span(start, span.end), own or lead)

    def _unmarked(self, node: Node) -> list[Span]:
        """The paragraphs between a section's heading or mark and its first child, table rows left out."""
        end = node.children[0].start if node.children else node.end
        first = self.normal.paragraph_index(node.start if node.kind == "item" else node.head_end)
        spans = []
        paragraphs = self.normal.paragraphs
        for index in range(first + (node.kind == "heading"), len(paragraphs)):
            paragraph = paragraphs[index]
            if paragraph.start >= end:
                break
            if paragraph.grid is None and paragraph.end > node.head_end:
                start = max(paragraph.start, node.head_end) if node.kind == "item" else paragraph.start
                spans.append(Span(start, paragraph.end))
        return spans

    def _add(self, span: Span, lead: Lead) -> None:
        """The task of a span, cut where another unit is told what to do behind a semicolon or full stop."""
        position = span.start
        for cut in _CLAUSE.finditer(self.normal.text, span.start, span.end):
            rest = Span(cut.end(), min(span.end, cut.end() + LONGEST_LEAD))
            other = self._other_lead(rest, in_charge=cut[0][0] == ",")
            if other is not None:
                self._task(Span(position, cut.start() + 1), lead)
                position, lead = cut.end(), other
        self._task(Span(position, span.end), lead)

    def _other_lead(self, rest: Span, *, in_charge: bool) -> Lead | None:
        """The unit that a clause begins with, followed by what it must do (`in_charge`: by words of charge)."""
        unit = next((u for u in self.mentions.units_in(rest) if u.start == rest.start and can_act(u)), None)
        if unit is None:
            return None
        asks = _TAKES_CHARGE if in_charge else self.words.verb
        return self.leads.of_sentence(rest) if asks.match(fold(self.normal.text[unit.end : rest.end])) else None

    def _task(self, span: Span, lead: Lead) -> None:
        text = self.normal.text
        span = _clean(text, span)
        if span.end - span.start < _SHORTEST_TASK:
            return
        self.tasks.append(
            Task(
                id="",
                text=" ".join(text[span.start : span.end].split()),
                start=span.start,
                end=span.end,
                page=self.places.page(span.start),
                section_id=self.places.section_id(span.start),
                assignees=lead.actors,
                coordinators=coordinators(text, span, self.mentions, self.words.verb),
                reports_to=reports_to(text, span, self.mentions),
                deadline=deadline(text, span, self.mentions),
                origin="prose",
                rule=lead.rule,
                confidence=lead.confidence,
            )
        )


def _clean(text: str, span: Span) -> Span:
    """A task's words without a leading colon, dash or blank."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip(" \n\t:;,.-–+*"))
    return Span(start, max(start, span.start + len(words.rstrip())))

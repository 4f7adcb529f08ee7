"""Tasks from prose: the paragraphs of Tổ chức thực hiện, and those elsewhere that say who does a thing or by when.

`1. Phòng Văn hóa – Xã hội` followed by items gives a task for each item; `3. Các ngành, đoàn thể căn cứ Kế hoạch này xây
dựng …` one task; `Giao …`, `Đề nghị …`, `Đối với …` lead in; `Đơn vị chủ trì: …` below an item names its actor. An item of
Tổ chức thực hiện that names nobody is a task of nobody: no actor named, none given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from models import Actor, Product, Task
from pipeline.assemble.mentions import Mentions
from pipeline.assemble.places import Places
from pipeline.assemble.task_clauses import CLAUSE, ClauseReader, rest_from
from pipeline.assemble.task_fields import FieldReader, Fields
from pipeline.assemble.task_leads import Lead, LeadFinder
from pipeline.assemble.task_text import TaskText
from pipeline.assemble.task_words import coordinators, deadline, is_finished_by, must_end, reports_to
from pipeline.knowledge.load import Knowledge
from pipeline.knowledge.tasks import task_columns, task_words
from pipeline.knowledge.text import fold
from pipeline.values import Node, NormalText, Outline, Span

_ACTOR_ROLES = ("to_chuc_thuc_hien", "che_do_bao_cao")
_WORK_ROLES = ("noi_dung", "nhiem_vu_giai_phap", "thoi_gian", "kinh_phi", "doi_tuong_pham_vi", "khac")
# Times here are those of the event or of money, not of work that somebody must finish.
_EVENT_ROLES = ("thoi_gian", "kinh_phi", "doi_tuong_pham_vi")
# Behind a comma a unit may still be co-operating; with these words it takes work of its own.
_TAKES_CHARGE = re.compile(r"\s+(?:phụ trách|đảm nhận|chịu trách nhiệm)\b")
_EACH = re.compile(r"(?:mỗi|từng)\s")
# The last words of a plan, told to everybody, and what only points elsewhere: no task.
_LAST_WORDS = re.compile(
    r"trong quá trình (?:triển khai|tổ chức)?,?\s*(?:tổ chức\s*)?thực hiện\b|trên đây là\b|\([^()]*\)\W*$|"
    r"kế hoạch này (?:được |sẽ )?(?:phổ biến|triển khai|thay thế|có hiệu lực)|"
    r"[^.;]{0,90}(?:đề nghị|yêu cầu)[^.;]{2,120}(?:thực hiện|triển khai)[^.;]{0,40}(?:kế hoạch này|nghiêm túc)[^.;]{0,20}\W*$"
)
# Labels that call somebody to a task wherever they stand: by "Đối với …", "Giao …", or by an honorific.
_TOLD = re.compile(r"^(?:đối với|giao|trách nhiệm của)\s+")
_PERSON = re.compile(r"(?:ông|bà|đ/c|đồng chí)\b\s?[.:]?\s")
_WHEN = re.compile(r"(?:định kỳ|hằng|hàng|trước|chậm nhất|trong|vào|từ|kịp thời|thường xuyên|chủ động|tích cực)\b")
_NOBODY = Lead((), 0, "unassigned", 0.4)
_SHORTEST_TASK = 6


def tasks_from_prose(
    normal: NormalText, given: TaskText, outline: Outline, mentions: Mentions, places: Places, knowledge: Knowledge
) -> list[Task]:
    """The tasks of the parts that assign work, in reading order; ids are given later."""
    words = knowledge.derived(task_words)
    fields = FieldReader(given, mentions, knowledge.derived(task_columns), words)
    reader = _Reader(normal, places, fields, LeadFinder(normal, given, mentions, words))
    for node in outline.nodes:
        reader.visit(node, None, among_units=False)
    return reader.tasks


class _Reader:
    def __init__(self, normal: NormalText, places: Places, fields: FieldReader, leads: LeadFinder) -> None:
        self.normal, self.places, self.fields, self.leads = normal, places, fields, leads
        self.given, self.folded, self.mentions, self.words = leads.given, leads.folded, leads.mentions, leads.words
        self.clauses = ClauseReader(leads, fields)
        self.tasks: list[Task] = []

    def visit(self, node: Node, inherited: Lead | None, *, among_units: bool, assigning: bool = False) -> None:
        """Reads a section: its own lead, then what stands below it. `assigning` tells that all around it assigns work."""
        if node.role in _WORK_ROLES + _ACTOR_ROLES and self._by_fields(node):
            return
        if not (assigning or node.role in _ACTOR_ROLES or self._assigns(node)):
            self._inline(node)
            for child in node.children:
                self.visit(child, None, among_units=False)
            return
        lead = self._lead(node, among_units=among_units)
        if not node.children and (node.kind == "item" or node.end == node.head_end):
            if lead is not None:
                self._own_task(node, lead)
            elif node.kind == "item":
                self._labelled_or_unassigned(node)
            return
        self._below(node, lead, inherited)

    def _below(self, node: Node, lead: Lead | None, inherited: Lead | None) -> None:
        """What stands below a section that assigns work, by itself or under the actor it names."""
        carried = lead or inherited
        for span in self._unmarked(node):
            own = self.leads.of_sentence(span)
            if own is None or (carried is not None and _EACH.match(fold(own.actors[0].text))):
                own = carried
            if own is not None:
                self._add(self._behind_label(span, own), own)
        units = [child for child in node.children if self.leads.of_section(child) is not None]
        among = inherited is not None or lead is not None or 2 * len(units) >= len(node.children)
        for child in node.children:
            nested = among and (carried is None or child.kind == "heading")
            assigning = child.role == node.role or child.role in _ACTOR_ROLES
            own = self._lead(child, among_units=nested) if carried is not None and assigning else None
            if carried is not None and assigning and (own is None or _EACH.match(fold(own.actors[0].text))):
                self._carry(child, carried)
            else:
                self.visit(child, carried, among_units=nested, assigning=assigning)

    def _assigns(self, node: Node) -> bool:
        """Whether a part of another name assigns work: most of its headings are offices, and work stands below them."""
        if node.role not in _WORK_ROLES or len(node.children) < 2:
            return False
        offices = [child for child in node.children if child.title and self._is_office(child)]
        return 2 * len(offices) > len(node.children)

    def _is_office(self, node: Node) -> bool:
        lead = self.leads.of_section(node) or self.leads.by_position(node, among_units=True)
        if lead is None or lead.rule not in ("unit_heading", "by_position"):
            return False
        title = fold(node.title or "")
        if lead.rule == "by_position" and not (self.words.actor.match(_TOLD.sub("", title)) or _PERSON.match(title)):
            return False
        first = node.children[0] if node.children else node
        start = first.head_end if first is node or first.title is None else first.start
        return bool(self.words.verb.match(self.folded[start : first.end].lstrip(" \n:-–+*")))

    def _lead(self, node: Node, *, among_units: bool) -> Lead | None:
        """The actor a section names, known or told by its place."""
        known = self.leads.of_section(node)
        if known is not None or (node.rule not in ("run_in", "marked_heading", "doi_voi", "look")):
            return known
        return self.leads.by_position(node, among_units=among_units)

    def _by_fields(self, node: Node) -> bool:
        """The task of an item whose fields name who is in charge; False where it has none of its own."""
        if any(child.children for child in node.children):
            return False
        own = [child for child in node.children if self.fields.read(Span(child.start, child.end)) is not None]
        in_children = [child for child in own if not self._is_field(child)]
        if in_children or (node.kind == "heading" and not own and node.level == 1):
            return False
        fields = self.fields.read(Span(node.start, node.end))
        if fields is None:
            return False
        start = self._words_start(node)
        line_end = self.normal.text.find("\n", start, fields.start)
        end = fields.start if line_end >= 0 else self._line_end(start, node)  # fields in the item's own line stay in it
        self._task(Span(start, end), Lead(fields.lead, fields.start, "fields", 0.8), fields)
        return True

    def _is_field(self, node: Node) -> bool:
        """Whether an item is nothing but a field (`- Đơn vị chủ trì: …`)."""
        fields = self.fields.read(Span(node.start, node.end))
        return fields is not None and fields.start <= node.start + 3

    def _inline(self, node: Node) -> None:
        """An item or paragraph of another part that names its actor (`a) Công an xã chủ trì …`) or a deadline."""
        unmarked = node.role == "khac" and node.marker is None  # an opening, a remark
        if node.role not in _WORK_ROLES or unmarked or (node.kind == "item" and node.children):
            return
        called = node.title is not None and (_TOLD.match(fold(node.title)) or _PERSON.match(fold(node.title)))
        if called and self._is_office(node):
            lead = self._lead(node, among_units=True)
            if lead is not None:
                self._own_task(node, lead)
                return
        spans = self._unmarked(node)
        if node.kind == "item" and node.title:
            spans = [Span(self._words_start(node), node.end)]
        for span in spans:
            lead, at = self.clauses.inline(span)
            if lead is not None and (node.role != "doi_tuong_pham_vi" or self._must_end(span)):
                if at == span.start:
                    self._add(self._behind_label(span, lead), lead)
                else:
                    self._task(span, lead)
            elif node.role not in _EVENT_ROLES and self._must_end(span) and self._asks(span):
                self._add(span, _NOBODY)

    def _asks(self, span: Span) -> bool:
        """Whether a sentence without an actor asks for something: it begins with a verb, or says that a thing be finished."""
        return self._begins_with_verb(span) or is_finished_by(self.given, span, self.mentions)

    def _must_end(self, span: Span) -> bool:
        return must_end(self.given, span, self.mentions)

    def _words_start(self, node: Node) -> int:
        """Where the words of an item begin, behind its mark."""
        if node.title is None:
            return node.head_end
        return max(node.start, self.normal.text.find(node.title[:20], node.start, node.end))

    def _line_end(self, start: int, node: Node) -> int:
        end = self.normal.text.find("\n", start, node.end)
        return node.end if end < 0 else end

    def _begins_with_verb(self, span: Span) -> bool:
        """Whether a sentence tells what to do, behind words of time if need be (`Định kỳ ngày 20 hằng tháng tổng hợp …`)."""
        start = _clean(self.normal.text, span).start
        if self.words.verb.match(self.folded, start, span.end):
            return True
        first = next(iter(self.mentions.dates_in(Span(start, span.end))), None)
        if first is None or first.start - start > len("định kỳ vào ") or not _WHEN.match(self.folded, start, span.end):
            return False
        return self.words.verb.match(self.folded, first.end, span.end) is not None

    def _labelled_or_unassigned(self, node: Node) -> None:
        """An item of a part that assigns work: its label may name a matter and not an actor, or it names nobody at all."""
        start = self._words_start(node)
        whole = Span(start, node.end)
        lead, _ = self.clauses.inline(whole)
        if lead is not None:
            self._add(whole, lead)
        elif self._begins_with_verb(Span(node.head_end + (node.title is not None), node.end)):
            self._add(Span(node.head_end, node.end), _NOBODY)

    def _behind_label(self, span: Span, lead: Lead) -> Span:
        """A sentence without the name and colon that lead it."""
        return Span(lead.end, span.end) if lead.rule == "unit_heading" and span.start < lead.end < span.end else span

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
                self._add(self._behind_label(span, own), own)

    def _carry(self, node: Node, lead: Lead) -> None:
        """An item below a unit: one task with its sub-items; a paragraph behind it that names its own actor is another's."""
        if node.kind == "heading" and node.children:
            for child in node.children:
                self._carry(child, lead)
            return
        spans = self._unmarked(node)
        start = self._words_start(node) if node.kind == "item" else node.start
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
        for cut in CLAUSE.finditer(self.normal.text, span.start, span.end):
            rest = rest_from(span, cut.end())
            if _LAST_WORDS.match(self.folded, rest.start, rest.end):
                self._task(Span(position, cut.start() + 1), lead)
                return
            other = self.clauses.other(rest, _TAKES_CHARGE if cut[0][0] == "," else None)
            if other is not None:
                self._task(Span(position, cut.start() + 1), lead)
                position, lead = self._behind_label(Span(cut.end(), span.end), other).start, other
        self._task(Span(position, span.end), lead)

    def _product(self, span: Span) -> Product:
        text = " ".join(self.normal.text[span.start : span.end].split())
        return Product(text=text, start=span.start, end=span.end, page=self.places.page(span.start))

    def _task(self, span: Span, lead: Lead, fields: Fields | None = None) -> None:
        """Adds a task; what `fields` of it say comes before what its words say."""
        text = self.normal.text
        span = _clean(text, span)
        words = text[span.start : span.end]
        if len(words) < _SHORTEST_TASK or words.endswith(":") or _LAST_WORDS.match(self.folded, span.start, span.end):
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
                coordinators=_without(
                    (fields.support if fields else ()) or coordinators(self.given, span, self.mentions, self.words),
                    lead.actors,
                ),
                reports_to=reports_to(self.given, span, self.mentions),
                deadline=(fields.deadline if fields else None) or deadline(self.given, span, self.mentions),
                product=self._product(fields.product) if fields and fields.product else None,
                origin="prose",
                rule=lead.rule,
                confidence=lead.confidence,
            )
        )


def _without(actors: Sequence[Actor], lead: Sequence[Actor]) -> tuple[Actor, ...]:
    """Those who are not in charge themselves."""
    leading = {actor.text for actor in lead}
    return tuple(actor for actor in actors if actor.text not in leading)


def _clean(text: str, span: Span) -> Span:
    """A task's words without a leading colon, dash or blank and the sign that ends a document."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip(" \n\t:;,.-–+*"))
    return Span(start, max(start, span.start + len(words.rstrip(" \n(").removesuffix("./.").rstrip())))

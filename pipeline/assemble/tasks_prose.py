"""Tasks from prose: the paragraphs of Tổ chức thực hiện that stand under a unit or begin with one.

`1. Phòng Văn hóa – Xã hội` followed by items gives a task for each item; `3. Các ngành, đoàn thể căn cứ Kế hoạch này xây
dựng …` one task; `Giao …`, `Đề nghị …`, `Đối với …` lead in. No actor named, none given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from models import Actor, Date, Task, Unit
from pipeline.assemble.actors import actor, by_units, trimmed
from pipeline.assemble.mentions import Mentions
from pipeline.assemble.places import Places
from pipeline.knowledge.text import fold
from pipeline.values import Node, NormalText, Outline, Span

_LEAD_IN = re.compile(
    r"(?:giao(?: cho)?|đề nghị|yêu cầu|phân công|đối với|trách nhiệm của|nhiệm vụ của|"
    r"ủy quyền cho|ông|bà|đ/c|đồng chí)\s*[.:]?\s+"
)
_COLLECTIVE = re.compile(
    r"(?:các|những|toàn thể|tất cả|mọi|thủ trưởng|lãnh đạo|thành viên|(?:\w+ )?trưởng các|"
    r"bí thư các|giám đốc các|chủ tịch các)\s"
)
_NO_ACTOR = re.compile(
    r"(?:các|những|mọi|tất cả)\s+(?:nội dung|nhiệm vụ|giải pháp|bước|hoạt động|chỉ tiêu|mục tiêu|công việc|yêu cầu)"
)
_SUPPORT = re.compile(r"(?:phối hợp (?:chặt chẽ )?(?:với|cùng)|cùng với|tham mưu (?:cho|với))\s+(?:các\s+)?")
_REPORT = re.compile(r"(?:báo cáo(?: kết quả(?: thực hiện)?)?(?: về| cho| với| lên)?|gửi về|\(?\s*qua)\s+")
_HORIZONS = ("until",)  # `đến năm 2030` is where a programme looks, not when a task is due
_DUE = re.compile(r"(?:trong|hoàn thành|xong|vào|chậm nhất|thời hạn)\s*:?\s*(?:vào |trong )?$")
_DUE_INSIDE = re.compile(r"(?:trong|từ)\s")
_WORK_ROLES = ("noi_dung", "nhiem_vu_giai_phap", "thoi_gian", "kinh_phi")
# What an actor is told to do; after a unit that is only spoken of stand other words (là, có, đã, được, của, về …).
_VERB = re.compile(
    r"\s*,?\s*(?:chủ trì|phối hợp|chịu trách nhiệm|tham mưu|tổ chức|xây dựng|rà soát|kiểm tra|lập|ban hành|triển khai|"
    r"hướng dẫn|thực hiện|bố trí|cung ứng|nạo vét|đăng ký|niêm yết|công bố|thành lập|lắp đặt|tuyên truyền|vận động|báo cáo|"
    r"tổng hợp|theo dõi|đôn đốc|cấp|thông báo|chuẩn bị|huy động|bảo đảm|đảm bảo|quản lý|cử|giao|trình|đề xuất|trực|"
    r"tăng cường|căn cứ|có trách nhiệm|cân đối|thẩm định|giám sát|tiếp nhận|cập nhật|đánh giá|xử lý|vận hành|"
    r"duy trì|hỗ trợ|phát|mở)\b"
)
_ACTOR_ROLES = ("to_chuc_thuc_hien", "che_do_bao_cao")
_LONGEST_ACTOR = 260
_FAR = 4


@dataclass(frozen=True, slots=True)
class _Lead:
    """Who must act, and where the words of the task begin."""

    actors: tuple[Actor, ...]
    end: int
    rule: str
    confidence: float


def tasks_from_prose(normal: NormalText, outline: Outline, mentions: Mentions, places: Places) -> list[Task]:
    """The tasks of the parts that assign work, in reading order; ids are given later."""
    reader = _Reader(normal, mentions, places)
    for node in outline.nodes:
        reader.visit(node, None)
    return reader.tasks


class _Reader:
    def __init__(self, normal: NormalText, mentions: Mentions, places: Places) -> None:
        self.normal, self.mentions, self.places = normal, mentions, places
        self.tasks: list[Task] = []

    def visit(self, node: Node, inherited: _Lead | None) -> None:
        """Reads a section: its own lead, then what stands below it."""
        if node.role not in _ACTOR_ROLES:
            self._inline(node)
            for child in node.children:
                self.visit(child, None)
            return
        lead = self._lead_of(node)
        if lead is not None and (node.kind == "item" or self._has_own_words(node)) and not node.children:
            self._own_task(node, lead)
            return
        carried = lead or inherited
        self._paragraphs(node, carried)
        for child in node.children:
            if carried is not None and child.role in _ACTOR_ROLES and self._lead_of(child) is None:
                self._carry(child, carried)
            else:
                self.visit(child, carried)

    def _inline(self, node: Node) -> None:
        """An item or paragraph of another part that begins with its actor (`a) Công an xã chủ trì …, xong trước ngày …`)."""
        if node.role not in _WORK_ROLES:
            return
        if node.kind == "heading":
            spans = self._unmarked(node)
        elif node.children:
            return
        else:
            label = self.normal.text.find(node.title[:20], node.start) if node.title else node.head_end
            spans = [Span(label, node.end)]
        for span in spans:
            lead = self._leading_unit(span)
            if lead is not None and _VERB.match(fold(self.normal.text[lead.end : span.end])):
                self._add(span, replace(lead, rule="inline_unit", confidence=0.6))

    def _has_own_words(self, node: Node) -> bool:
        """A heading that names no unit alone but is itself the sentence."""
        return node.kind == "heading" and node.end == node.head_end

    def _own_task(self, node: Node, lead: _Lead) -> None:
        if node.kind == "heading":
            return  # a unit's heading with nothing below it asks for nothing
        self._add(Span(lead.end if lead.rule == "unit_heading" else node.head_end, node.end), lead)

    def _carry(self, node: Node, lead: _Lead) -> None:
        """An item below a unit: one task, its own sub-items included."""
        if node.kind == "heading" and node.children:
            for child in node.children:
                self._carry(child, lead)
            return
        start = node.head_end if node.kind == "item" and node.title is None else node.start
        self._add(Span(start, node.end), lead)

    def _paragraphs(self, node: Node, lead: _Lead | None) -> None:
        """The unmarked paragraphs of a section: each with the unit it begins with, else with the section's."""
        for span in self._unmarked(node):
            own = self._leading_unit(span) or lead
            if own is not None:
                self._add(span, own)

    def _unmarked(self, node: Node) -> list[Span]:
        """The paragraphs between a section's heading or mark and its first child, table rows left out."""
        end = node.children[0].start if node.children else node.end
        first = self.normal.paragraph_index(node.head_end) + (1 if node.kind == "heading" else 0)
        spans = []
        for paragraph in self.normal.paragraphs[first:]:
            if paragraph.start >= end:
                break
            if paragraph.grid is None and paragraph.start >= node.start:
                start = max(paragraph.start, node.head_end) if node.kind == "item" else paragraph.start
                spans.append(Span(start, paragraph.end))
        return spans

    def _lead_of(self, node: Node) -> _Lead | None:
        """The actor that a section names: in its heading or label, or at the head of its sentence."""
        paragraph = self.normal.paragraphs[self.normal.paragraph_index(node.start)]
        if node.kind == "heading" or node.title is not None:
            return self._label_unit(node)
        return self._leading_unit(Span(node.head_end, min(paragraph.end, node.end)))

    def _label_unit(self, node: Node) -> _Lead | None:
        """A heading or run-in label that is a unit's name as a whole."""
        title = node.title or ""
        start = self.normal.text.find(title.split("\n")[0][:20], node.start)
        if not title or start < 0:
            return None
        span = self._without_lead_in(Span(start, node.head_end))
        words = fold(self.normal.text[span.start : span.end])
        units = self.mentions.units_in(Span(span.start, span.end))
        named = [u for u in units if _can_act(u)]
        at_start = any(u.start - span.start <= _FAR for u in named)
        collective = _COLLECTIVE.match(words) and not _NO_ACTOR.match(words)
        if not (at_start or collective):
            return None
        if len(words) > _LONGEST_ACTOR:
            return None
        return _Lead(self._named(span, units), node.head_end + 1, "unit_heading", 0.9)

    def _leading_unit(self, sentence: Span) -> _Lead | None:
        """A sentence that begins with a unit, or with Giao/Đề nghị/Yêu cầu and a unit."""
        span = self._without_lead_in(trimmed(self.normal.text, sentence))
        units = [u for u in self.mentions.units if span.start <= u.start <= span.start + _FAR and u.end <= span.end]
        units = [u for u in units if _can_act(u)]
        if not units:
            return None
        end = self._last_of_list(units[0], span)
        if end >= span.end - 3:
            return None
        return _Lead(self._named(Span(units[0].start, end), self.mentions.units_in(span)), end, "leading_unit", 0.75)

    def _last_of_list(self, first: Unit, span: Span) -> int:
        """End of an enumeration of units: `Công an xã, Ban CHQS xã và các thôn`."""
        end = first.end
        for unit in self.mentions.units_in(span):
            if unit.start >= end and self.normal.text[end : unit.start].strip() in (",", "và", ", và", ";", "cùng"):
                end = unit.end
        return end

    def _without_lead_in(self, span: Span) -> Span:
        found = _LEAD_IN.match(fold(self.normal.text[span.start : span.end]))
        start = span.start + found.end() if found else span.start
        return trimmed(self.normal.text, Span(start, span.end))

    def _named(self, span: Span, units: list[Unit]) -> tuple[Actor, ...]:
        """The words that name the actors; parts between semicolons are actors of their own."""
        text = self.normal.text[span.start : span.end]
        actors, position = [], span.start
        for part in text.split(";"):
            piece = trimmed(self.normal.text, Span(position, position + len(part)))
            for one in by_units(self.normal.text, piece, units) if piece.end > piece.start else ():
                actors.append(actor(self.normal.text[one.start : one.end], one.start, units))
            position += len(part) + 1
        return tuple(actors)

    def _add(self, span: Span, lead: _Lead) -> None:
        span = _clean(self.normal.text, span)
        if span.end - span.start < 8:
            return
        self.tasks.append(
            Task(
                id="",
                text=" ".join(self.normal.text[span.start : span.end].split()),
                start=span.start,
                end=span.end,
                page=self.places.page(span.start),
                section_id=self.places.section_id(span.start),
                assignees=lead.actors,
                coordinators=self._behind(_SUPPORT, span),
                reports_to=self._behind(_REPORT, span),
                deadline=self._deadline(span),
                origin="prose",
                rule=lead.rule,
                confidence=lead.confidence,
            )
        )

    def _behind(self, pattern: re.Pattern[str], span: Span) -> tuple[Actor, ...]:
        """Units that stand right behind "phối hợp với", "báo cáo", "qua", and those listed on from them."""
        words = fold(self.normal.text[span.start : span.end])
        units = self.mentions.units_in(span)
        found: dict[str, Actor] = {}
        for lead in pattern.finditer(words):
            position = span.start + lead.end()
            for unit in units:
                if not _can_act(unit) or unit.start < position - 5:
                    continue
                near = unit.start - position <= (0 if found else _FAR)
                if not near and self._gap(position, unit.start) not in (",", "và", ", và"):
                    break
                found.setdefault(unit.id, Actor(text=unit.text, name=unit.name, unit_id=unit.id))
                position = unit.end
        return tuple(found.values())

    def _gap(self, start: int, end: int) -> str:
        return self.normal.text[start:end].strip()

    def _deadline(self, span: Span) -> Date | None:
        """`trước ngày …`, `chậm nhất …`; else the time by which something is to be done (`xong trong quý II`)."""
        dates = self.mentions.dates_in(span)
        deadline = next((d for d in dates if d.kind == "deadline" and d.rule not in _HORIZONS), None)
        return deadline or next((d for d in dates if d.edtf and self._is_due(span, d)), None)

    def _is_due(self, span: Span, date: Date) -> bool:
        if date.kind not in ("exact", "month", "quarter", "half", "range"):
            return False
        before = fold(self.normal.text[span.start : date.start])
        return bool(_DUE.search(before)) or bool(_DUE_INSIDE.match(fold(date.text)))


def _can_act(unit: Unit) -> bool:
    """A place does nothing, but "các thôn" are told to."""
    return unit.kind != "don_vi_hanh_chinh" or bool(_COLLECTIVE.match(fold(unit.text)))


def _clean(text: str, span: Span) -> Span:
    """A task's words without a leading colon, dash or blank."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip(" \n\t:;,.-–+*"))
    return Span(start, span.start + len(words.rstrip()))

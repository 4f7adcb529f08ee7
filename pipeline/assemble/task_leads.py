"""Who must act: the unit that a heading or label names, or that a sentence begins with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models import Actor, Unit
from pipeline.assemble.actors import actor, single_actors, trimmed
from pipeline.assemble.mentions import Mentions
from pipeline.assemble.task_text import TaskText
from pipeline.assemble.task_words import ATTRIBUTE, GROUP, UNNAMED, can_act
from pipeline.knowledge.tasks import TaskWords
from pipeline.knowledge.text import fold
from pipeline.values import Node, NormalText, Span

# What a sentence may tell before it names who must act (`Căn cứ Kế hoạch này, các thôn …`).
_SETTING = re.compile(
    r"(?:căn cứ|trên cơ sở|theo(?! dõi)|thực hiện (?:kế hoạch|nghị quyết|chỉ thị|công văn|quyết định|nhiệm vụ|chương trình)|"
    r"để|nhằm|tùy theo|hằng năm|hàng năm|hằng tháng|hàng tháng|hằng quý|định kỳ|kết thúc|sau khi|ngoài ra)"
    r"(?!\w)(?:[^,;:.]{0,60}chức năng, nhiệm vụ)?[^,;:.]{0,160},\s+"
)
# A time at the head of a sentence (`Ngay trong tháng 3/2016, các chi hội …`).
_TIME_SETTING = re.compile(
    r"(?:ngay\s+)?(?:từ|trong|đến|trước|vào|chậm nhất|sáng|chiều|ngày|tháng|quý)\b[^,;:]{0,60}\d[^,;:]{0,30},\s+"
)
_LEAD_IN = re.compile(
    r"(?:giao(?: (?:(?:nhiệm vụ|trách nhiệm) )?cho)?|(?:kính |trân trọng )?đề nghị|nhờ|kính mong|yêu cầu|phân công|"
    r"đối với|trách nhiệm của|nhiệm vụ của|ủy quyền cho|các ông(?:,\s|\s?\()bà\)?:?|(?:ông|bà|đ/c|đồng chí)\s*[.:]?)"
    r"\s+(?!nhiệm vụ)"
)
COLLECTIVE = re.compile(
    r"(?:các|những|toàn thể|tất cả|mọi|thủ trưởng|lãnh đạo|thành viên|(?:\w+ )?trưởng các|"
    r"bí thư các|giám đốc các|chủ tịch các)\s"
)
# Words before a unit that make its people the actor (`Thủ trưởng các phòng chuyên môn`).
_HEADS_OF = re.compile(
    r"(?:(?:thủ trưởng|lãnh đạo|thành viên|cán bộ|công chức|người đứng đầu|tổ trưởng|trưởng|bí thư|chủ tịch|giám đốc|"
    r"hiệu trưởng|toàn thể|tất cả|các|đồng chí|ông|bà)\s*)+$"
)
_NAME_ENDS = re.compile(r"\s+(?:là|có trách nhiệm|chịu trách nhiệm|chủ trì)\b|\s*\(")
_DUTY = re.compile(r"\s+(?:có|chịu) trách nhiệm\b")
_SEPARATOR = re.compile(r"\s*;\s*|\s+\+\s+")
_LEADER = re.compile(r"\s+trưởng\b")  # `Các xóm trưởng`
_COLON = re.compile(r"\s*:\s*")
_NOUN_BEFORE = re.compile(r"(?:,|\b(?:các|những|mọi|của|cho|về|và|địa|công))\s+$")  # `các tổ chức`, `công lập`: no verb
_NO_NAME = re.compile(r"[.;:()]|\bđã\b|\bkêu gọi\b")  # what was done is no task, and who calls is another
_SYLLABLE = re.compile(r"\S+")
_NEAR = re.compile(r"(?:các\s|cả\s|mọi\s|toàn\s)?")
_CHOOSES = re.compile(r"phân công\s")
_IS = re.compile(r"(?:là|làm)\s")
# Words behind a unit that are no part of its name.
_NO_REST = re.compile(
    r"\s*(?:[:,;.(–-]|(?:là|đã|có|được|bị|và|của|không|chưa|do|khi|nếu|để|với|cho|trong|tại|từ|về|theo|gồm|như|cũng|còn|"
    r"phối hợp|trước|sau|đến|vào|mỗi|từng)\b)"
)
_MOST_REST, _LONGEST_REST = 3, 60
_IN_CHARGE = re.compile(r"\s+phụ trách\s+")
_LONGEST_CHARGE = 7
_SHORT_SETTING = 7
_MOST_SETTINGS = 2  # `Hằng năm, trước ngày 05/12, …`
_LONGEST_NAME = 18
_SHORTEST_NAME = 2  # `thành viên`, `cán bộ` alone tell nobody by name
_LONGEST_ACTOR = 260
_LONGEST_UNKNOWN = 14
_LONGEST_COLLECTIVE = 90
_FAR = 4
LONGEST_LEAD = 2_000  # characters in which a sentence names its actors; a clause is looked at no further


@dataclass(frozen=True, slots=True)
class Lead:
    """Who must act, and where the words of the task begin."""

    actors: tuple[Actor, ...]
    end: int
    rule: str
    confidence: float


class LeadFinder:
    """Finds the lead of a section or a sentence."""

    def __init__(self, normal: NormalText, given: TaskText, mentions: Mentions, words: TaskWords) -> None:
        self.given, self.normal, self.mentions, self.words = given, normal, mentions, words
        self.text, self.folded = given
        self._of_sections: dict[str, Lead | None] = {}

    def of_section(self, node: Node) -> Lead | None:
        """The actor that a section names: in its heading or label, or at the head of its sentence; read once."""
        if node.id not in self._of_sections:
            self._of_sections[node.id] = self._named_in(node)
        return self._of_sections[node.id]

    def _named_in(self, node: Node) -> Lead | None:
        if node.kind == "heading" or node.title is not None:
            return self._of_label(node)
        paragraph = self.normal.paragraphs[self.normal.paragraph_index(node.start)]
        return self.of_sentence(Span(node.head_end, min(paragraph.end, node.end)))

    def by_position(self, node: Node, *, among_units: bool) -> Lead | None:
        """An actor that no rule knows by name: a short label before its task, or a heading among headings of units."""
        span = self._label_span(node)
        if span is None:
            return None
        words = self.folded[span.start : span.end]
        people = self.words.actor.match(words)
        if node.kind == "heading" and not (among_units or people):
            return None
        does = self.words.verb.match(self.folded[node.head_end : node.end].lstrip(" :"))
        told = node.kind == "heading" or people or does or among_units
        no_name = self.words.no_actor.match(words) or (self.words.verb.match(words) and not people)
        if not told or no_name or len(words.split()) > _LONGEST_UNKNOWN:
            return None
        if not words[:1].isalpha() or any(c.isdigit() for c in words):
            return None
        return Lead(self._named(span, self.mentions.units_in(span)), node.head_end + 1, "by_position", 0.5)

    def of_sentence(self, sentence: Span) -> Lead | None:
        """A sentence that begins with who must act, or with Giao/Đề nghị/Yêu cầu and that; a setting may stand before."""
        whole = trimmed(self.text, Span(sentence.start, min(sentence.end, sentence.start + LONGEST_LEAD)))
        start, people = whole.start, True
        for _ in range(_MOST_SETTINGS):
            setting = _SETTING.match(self.folded, start, whole.end) or _TIME_SETTING.match(self.folded, start, whole.end)
            if setting is None:
                break
            # Behind a long one nobody knows whether people are told or told of.
            people = people and (setting.re is _TIME_SETTING or len(setting[0].split()) <= _SHORT_SETTING)
            start = setting.end()
        return self._stated(Span(start, whole.end), people=people)

    def _stated(self, whole: Span, *, people: bool = True) -> Lead | None:
        span = self._without_lead_in(whole)
        told = span.start > whole.start
        unit = self._first_unit(span)
        if unit is None or not _NEAR.fullmatch(self.folded, span.start, unit.start):
            lead = self._collective(span) or (self._of_people(span) if people else None) or self._headed(unit, span)
            chosen = lead is not None and _CHOOSES.match(self.folded, whole.start, whole.end)
            # `Phân công giáo viên dạy thay`: whom to choose is the task of another.
            return None if lead is None or (chosen and self.words.actor.fullmatch(fold(lead.actors[0].text))) else lead
        end = self._last_of_list(unit, span)
        if leader := _LEADER.match(self.folded, end, span.end):
            end = leader.end()
        end = self._to_verb(end, span)
        if end >= span.end - 3:
            return None
        colon = _COLON.match(self.text, end, span.end)
        if colon is not None:
            return Lead(self._named(Span(unit.start, end), self.mentions.units_in(span)), colon.end(), "unit_heading", 0.85)
        ordered = None if told else self._ordered(Span(end, span.end))
        return ordered or Lead(self._named(Span(unit.start, end), self.mentions.units_in(span)), end, "leading_unit", 0.75)

    def _first_unit(self, span: Span) -> Unit | None:
        """The first unit that can act; a hamlet where a verb shows that its people do."""
        for unit in self.mentions.each_unit(span):
            if can_act(unit):
                return unit
            if unit.level == "thon" and self.words.verb.match(self.folded, self._last_of_list(unit, span), span.end):
                return unit
        return None

    def _headed(self, unit: Unit | None, span: Span) -> Lead | None:
        """People of a unit: `Thủ trưởng các phòng chuyên môn …`."""
        if unit is None or not _HEADS_OF.fullmatch(self.folded, span.start, unit.start):
            return None
        end = self._last_of_list(unit, span)
        if end >= span.end - 3:
            return None
        return Lead(self._named(Span(span.start, end), self.mentions.units_in(span)), end, "leading_unit", 0.75)

    def _ordered(self, rest: Span) -> Lead | None:
        """`UBND xã chỉ đạo Công an xã …`: who is told, where the words behind the first unit tell another."""
        orders = self.words.orders.match(self.folded, rest.start, rest.end)
        if orders is None:
            return None
        start = orders.end()
        unit = self._first_unit(Span(start, rest.end))
        known = unit is not None and unit.start - start <= _FAR
        lead = self._stated(Span(start, rest.end)) if known else self._of_people(Span(start, rest.end))
        named = lead is not None and (known or len(lead.actors[0].text.split()) > _SHORTEST_NAME)
        return lead if named else None

    def _of_people(self, span: Span) -> Lead | None:
        """People and groups that are no office, from their first word up to what they do (`Cán bộ thú y tiêm phòng …`)."""
        folded = self.folded
        head = self.words.actor.match(folded, span.start, span.end)
        if head is None:
            return None
        named = bool(GROUP.fullmatch(head[0]) or ATTRIBUTE.match(folded[head.end() : span.end].lstrip()))
        at = self._verb(span, head.end(), _LONGEST_NAME, pass_first=named)
        if at is None or UNNAMED.fullmatch(folded, span.start, at - 1):
            return None
        end = self._with_charge(at - 1, span)
        return Lead(self._named(Span(span.start, end), self.mentions.units_in(span)), end, "leading_people", 0.6)

    def _verb(self, span: Span, start: int, most: int, *, pass_first: bool) -> int | None:
        """Where what somebody does begins, at most so many syllables behind `start`.

        `pass_first`: what stands there is a part of the name. A verb behind "các", "của" … is a noun.
        """
        folded = self.folded
        many = folded.startswith("các ", span.start, span.end)
        passed = 0
        for count, syllable in enumerate(_SYLLABLE.finditer(folded, start, span.end)):
            at = syllable.start()
            if count > most or _NO_NAME.search(folded, start, at):
                return None
            if at < passed:
                continue
            verb = self.words.verb.match(folded, at, span.end) or _IS.match(folded, at, span.end)
            # A capital is a part of a name (`Hội đồng Xét công nhận …`), but begins a sentence behind many.
            if verb is None or (self.text[at].isupper() and not many):
                continue
            if (count == 0 and pass_first) or _NOUN_BEFORE.search(folded, span.start, at):
                passed = verb.end()
                continue
            return at
        return None

    def _to_verb(self, end: int, span: Span) -> int:
        """Where a name ends that goes on behind the unit that begins it (`Giáo viên chủ nhiệm lớp 12 hướng dẫn …`)."""
        rest = Span(end, min(span.end, end + _LONGEST_REST))
        if any(words.match(self.folded, rest.start, rest.end) for words in (self.words.verb, _NO_REST)):
            return end
        at = self._verb(rest, rest.start, _MOST_REST, pass_first=True)
        return at - 1 if at is not None and "," not in self.folded[rest.start : at] else end

    def _with_charge(self, end: int, span: Span) -> int:
        """Where a name ends that tells what its bearer is in charge of (`Phó Giám đốc phụ trách đào tạo kiểm tra …`)."""
        charge = _IN_CHARGE.match(self.folded, end, span.end)
        at = self._verb(Span(end, span.end), charge.end(), _LONGEST_CHARGE, pass_first=True) if charge else None
        return end if at is None else at - 1

    def _collective(self, span: Span) -> Lead | None:
        """`Các đơn vị được kiểm tra có trách nhiệm …`: many at once, named by words that no rule knows."""
        where = self.folded, span.start, min(span.end, span.start + _LONGEST_COLLECTIVE)
        duty = _DUTY.search(*where) if COLLECTIVE.match(*where) else None
        if duty is None or self.words.no_actor.match(*where):
            return None
        named = Span(span.start, duty.start())
        return Lead(self._named(named, self.mentions.units_in(named)), named.end, "leading_unit", 0.6)

    def _of_label(self, node: Node) -> Lead | None:
        """A heading or run-in label that is a unit's name as a whole."""
        span = self._label_span(node)
        if span is None:
            return None
        words = self.folded[span.start : span.end]
        units = self.mentions.units_in(span)
        at_start = any(u.start - span.start <= _FAR for u in units if can_act(u))
        collective = COLLECTIVE.match(words) and not self.words.no_actor.match(words)
        if not (at_start or collective) or len(words) > _LONGEST_ACTOR:
            return None
        return Lead(self._named(span, units), node.head_end + 1, "unit_heading", 0.9)

    def _label_span(self, node: Node) -> Span | None:
        """Where a heading's or label's name stands, without what leads in and what goes on behind it."""
        title = node.title or ""
        start = self.text.find(title.split("\n")[0][:20], node.start, node.end)
        if not title or start < 0:
            return None
        span = self._without_lead_in(Span(start, node.head_end))
        ends = _NAME_ENDS.search(self.folded, span.start, span.end)
        return trimmed(self.text, Span(span.start, ends.start())) if ends and ends.start() - span.start > 3 else span

    def _last_of_list(self, first: Unit, span: Span) -> int:
        """End of an enumeration of units: `Công an xã, Ban CHQS xã và các thôn`."""
        end = first.end
        for unit in self.mentions.each_unit(Span(end, span.end)):
            if unit.start < end:
                continue
            if self.text[end : unit.start].strip() not in (",", "và", ", và", ";", "cùng", "+", "-"):
                break
            end = unit.end
        return end

    def _without_lead_in(self, span: Span) -> Span:
        for _ in range(2):  # `Giao đồng chí …`
            found = _LEAD_IN.match(self.folded, span.start, span.end)
            if found is None:
                break
            span = trimmed(self.text, Span(found.end(), span.end))
        return trimmed(self.text, span)

    def _named(self, span: Span, units: list[Unit]) -> tuple[Actor, ...]:
        """The words that name the actors, cut at semicolons and between units that stand side by side."""
        actors, position = [], span.start
        parts = _SEPARATOR.split(self.text[span.start : span.end])
        for part in parts:
            start = self.text.find(part, position)
            piece = trimmed(self.text, Span(start, start + len(part)))
            for one in single_actors(self.given, piece, units, self.words) if piece.end > piece.start else ():
                actors.append(actor(self.text[one.start : one.end], one.start, units))
            position = start + len(part)
        return tuple(actors)

"""Who is told what to do inside a sentence: behind its label, in a later clause, or behind what is done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.assemble.task_fields import FieldReader
from pipeline.assemble.task_leads import LONGEST_LEAD, Lead, LeadFinder
from pipeline.assemble.task_words import can_act, must_end
from pipeline.knowledge.text import fold
from pipeline.values import Span

CLAUSE = re.compile(r"[;.,]\s+")
_DOES_IT = re.compile(
    r"\s+(?:phụ trách|đảm nhận|đảm nhiệm|đảm trách|chịu trách nhiệm|chủ trì|làm nòng cốt|"
    r"(?:phối hợp[^.;,]{2,60})?thực hiện)\b"
)
# How a sentence names who does it behind what is done: `… do Công an xã chủ trì`, `…, giao Công an xã …`.
# Its branches begin with what they look for, so that a search skips to these at once.
_BY = re.compile(r"d(?<!\wd)o\s+(?=\S)|p(?<!\wp)hải được\s+|[,;]\s+(?:việc này\s+)?giao(?: cho)?\s+")
_GIVES = re.compile(r"giao(?: cho)?\s+")  # at the head of the sentence
# Done by another already, or no work of the plan's (`tập huấn do Phòng Nội vụ tổ chức`).
_NOT_BY = re.compile(
    r"\s+(?:ban hành|quản lý|tổ chức|cấp|phát động|ký|phê duyệt|quyết định|cung cấp|quy định|giao|đầu tư|sản xuất|đề xuất|"
    r"công nhận|xác nhận|cho phép|đồng ý|chấp thuận|thẩm định|đóng góp|làm (?:chủ tịch|trưởng|phó|tổ trưởng))\b"
)
_SOME = ("đơn vị", "cơ quan", "tổ chức", "nhân dân", "người dân")
# The sender speaks, or tells what was.
_ASKS_OTHERS = re.compile(r"\s+(?:đề nghị|yêu cầu|kêu gọi|trân trọng|kính|mong)\b")
_PAST = re.compile(r"\bđã\b")
_NEAR_PAST = 60
_BEHIND_DASH = re.compile(r"[-–](?<=\s.)\s(?=[^\W\d_])")
_IS_CORE = re.compile(r"\s+là\s+(?:lực lượng|đầu mối|cơ quan|đơn vị|bộ phận|nòng cốt)[^.;:,]{0,60},\s*")
_COLON = re.compile(r"\s?:\s")
_LABEL = re.compile(r"[^:;.()]{2,90}?:\s*")
_MANY = ("các ", "những ", "mọi ")


def rest_from(span: Span, start: int) -> Span:
    """The part of a sentence in which a clause that begins there names its lead."""
    return Span(start, min(span.end, start + LONGEST_LEAD))


class ClauseReader:
    """Finds who the clauses of a sentence name."""

    def __init__(self, leads: LeadFinder, fields: FieldReader) -> None:
        self._leads, self._fields, self._mentions, self._words = leads, fields, leads.mentions, leads.words
        self._given, self._folded = leads.given, leads.folded

    def inline(self, span: Span) -> tuple[Lead | None, int]:
        """Who begins the sentence, what follows its label, or a later clause, and is told to do something; and where."""
        text = self._given.text
        label = _LABEL.match(text, span.start, span.end)
        cuts = {cut.end(): cut for cut in CLAUSE.finditer(text, span.start, span.end)}
        for start in (span.start, *((label.end(),) if label else ()), *cuts):
            rest = rest_from(span, start)
            cut = cuts.get(start)
            if cut is None or text[cut.start()] != ",":
                lead = self._leads.of_sentence(rest)
            else:
                lead = None if self._mentions.ends_unit(cut.start()) else self.other(rest, _DOES_IT)
            if lead is None or (start > span.start and lead.rule == "unit_heading"):
                continue
            if self._is_told(lead, rest, first=start == span.start):
                return replace(lead, confidence=min(lead.confidence, 0.6)), start
        agent = self._agent(span, tuple(cuts.values()))
        return agent, span.end if agent else span.start

    def _is_told(self, lead: Lead, rest: Span, *, first: bool) -> bool:
        """Whether who leads a clause does something by its words; `first`: the sentence begins so and may tell a time."""
        behind = lead.end
        if self._asks_others(lead, rest) or _PAST.search(self._folded, behind, min(rest.end, behind + _NEAR_PAST)):
            return False
        name = fold(lead.actors[0].text)
        if lead.rule == "leading_people" and not name.startswith(_MANY) and self._words.actor.fullmatch(name):
            return False
        core = _IS_CORE.match(self._folded, behind, rest.end)
        does = self._words.verb.match(self._folded, core.end() if core else behind, rest.end)
        return does is not None or (first and must_end(self._given, rest, self._mentions))

    def _agent(self, span: Span, cuts: Sequence[re.Match[str]]) -> Lead | None:
        """Who does it, named behind what is done: `… do X chủ trì`, `…, giao X …`, `…, X bảo vệ …`, `… - X, quý I`."""
        for mark in self._leading_to_agent(span):
            rest = rest_from(span, mark.end())
            lead = self._leads.of_sentence(rest)
            if lead is not None and (mark[0].strip() not in ("do", "phải được") or self._does(lead, rest)):
                return replace(lead, rule="agent", confidence=0.55)
        for cut in cuts:
            lead = self._called(cut, rest_from(span, cut.end()))
            if lead is not None:
                return replace(lead, rule="agent", confidence=0.5)
        for dash in _BEHIND_DASH.finditer(self._given.text, span.start + 1, span.end):
            fields = self._fields.actors_alone(Span(dash.end(), span.end))
            if fields:
                return Lead(fields, span.end, "agent", 0.5)
        return None

    def _called(self, cut: re.Match[str], rest: Span) -> Lead | None:
        """Who takes a clause of its own behind a comma, called by name; a list goes on in small letters."""
        text = self._given.text
        if text[cut.start()] != "," or not text[rest.start].isupper() or self._mentions.ends_unit(cut.start()):
            return None
        lead = self.other(rest, self._words.verb)
        return None if lead is None or self._asks_others(lead, rest) else lead

    def _asks_others(self, lead: Lead, rest: Span) -> bool:
        return _ASKS_OTHERS.match(self._folded, lead.end, rest.end) is not None

    def _does(self, lead: Lead, rest: Span) -> bool:
        behind = self._folded, lead.end, rest.end
        some = lead.rule == "leading_people" and fold(lead.actors[0].text).startswith(_SOME)
        return not some and bool(self._words.verb.match(*behind)) and not _NOT_BY.match(*behind)

    def _leading_to_agent(self, span: Span) -> Iterator[re.Match[str]]:
        """The words of a sentence behind which an agent may stand."""
        first = _GIVES.match(self._folded, span.start, span.end)
        if first is not None:
            yield first
        yield from _BY.finditer(self._folded, first.end() if first else span.start, span.end)

    def other(self, rest: Span, charge: re.Pattern[str] | None) -> Lead | None:
        """The unit that a clause begins with, followed by what it must do (where given, by words of `charge`)."""
        unit = self._mentions.unit_at(rest)
        if unit is None or not can_act(unit):
            return None
        ways = (charge,) if charge else (self._words.verb, _COLON)
        asks = any(way.match(self._folded, unit.end, rest.end) for way in ways)
        return self._leads.of_sentence(rest) if asks else None

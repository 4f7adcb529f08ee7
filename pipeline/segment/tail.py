"""The foot of a document: closing sentence, Nơi nhận, signature, appendices, a second document behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.knowledge.signatures import SignatureWords, authority_of, is_signed_mark
from pipeline.knowledge.text import fold
from pipeline.segment.frame import is_enclosure_note
from pipeline.segment.headings import is_capitals
from pipeline.segment.markers import Kind, parse_marker
from pipeline.values import NormalText, Span

_RECIPIENTS = re.compile(r"\W*nơi (?:nhận|gửi)\b")
_RECIPIENTS_LABEL = re.compile(r"\W*nơi (?:nhận|gửi)\s*:?[*\s]*")
_NEXT_RECIPIENT = re.compile(r";\s*(?=[-–+]\s*\S)")
_DIGITAL = re.compile(r"\W*(?:người ký|ký bởi|signed by|email|cơ quan|tổ chức|thời gian ký|ngày ký|chữ ký số)\s*:")
_CLOSING = re.compile(
    r"(?:trên đây là|trong quá trình|căn cứ (?:vào )?(?:nội dung )?kế hoạch này|đề nghị (?:các|thủ)|"
    r"yêu cầu (?:các|thủ trưởng|ban|cán bộ)|nhận được kế hoạch|"
    r"kế hoạch này (?:có hiệu lực|thay thế|được)|(?:ubnd|ủy ban nhân dân)\b[^.]{2,60}(?:yêu cầu|đề nghị))"
)
_APPENDIX = re.compile(r"\W*(?:phụ lục|biểu mẫu|mẫu số|mẫu biểu|danh mục|danh sách|biểu số|lịch)\b")
_SECOND_HEAD = re.compile(r"(?:cộng h\w{1,3}\s+xã h\w+ chủ nghĩa|độc lập\s*[-–]\s*tự do)")
_PLAN_LINE = re.compile(r"(?:kế hoạch|phương án|chương trình|đề án|quy chế|quy định|nội quy)(?: hành động| phối hợp)?")
_WORDS = re.compile(r"\w{3}\w* \w{2}|\w{2} \w{3}")  # two words; `KIE` and `H N` are a stamp's remains
_LAST_PARAGRAPHS = 5
_SIGNATURE_REACH = 14


@dataclass(slots=True)
class Tail:
    """What stands below the body, as spans; `body_end` is the index of the first paragraph that is no longer body."""

    body_end: int
    closing: Span | None = None
    recipients: list[Span] = field(default_factory=list)
    signature: list[Span] = field(default_factory=list)
    appendices: list[Span] = field(default_factory=list)
    second_document: Span | None = None
    enclosed: Span | None = None


class TailReader:
    """Reads the foot of one document whose body begins at a paragraph index."""

    def __init__(self, normal: NormalText, body: int, words: SignatureWords) -> None:
        self.normal = normal
        self.words = words
        self.body = body
        self.count = len(normal.paragraphs)

    def text(self, index: int) -> str:
        """The text of a paragraph."""
        paragraph = self.normal.paragraphs[index]
        return self.normal.reading[paragraph.start : paragraph.end]

    def span(self, index: int, last: int | None = None) -> Span:
        """The span of a paragraph, or of several."""
        end = self.normal.paragraphs[index if last is None else last].end
        return Span(self.normal.paragraphs[index].start, end)

    def read(self) -> Tail:
        """The foot; parts that are not there stay empty."""
        recipients = self._recipients_line()
        tail = Tail(self.count)
        after = self.body
        if recipients is not None:
            after = self._read_recipients(tail, recipients)
        signature = self._signature(recipients, after)
        if signature:
            tail.signature = [self.span(i) for i in signature]
            after = max(after, signature[-1] + 1)
        starts = [i for i in (recipients, signature[0] if signature else None) if i is not None]
        tail.body_end = min(starts, default=self.count)
        if starts:
            self._behind(tail, after)
        else:
            self._appendix_without_tail(tail)
        self._closing(tail)
        return tail

    def _recipients_line(self) -> int | None:
        for index in range(self.body, self.count):
            if self.normal.paragraphs[index].grid is None and _RECIPIENTS.match(fold(self.text(index)[:24])):
                return index
        return None

    def _read_recipients(self, tail: Tail, index: int) -> int:
        """Each line of Nơi nhận down to the `Lưu:` line; gives the index after it."""
        side = self.normal.paragraphs[index].side
        label = _RECIPIENTS_LABEL.match(fold(self.text(index)))
        if label and label.end() < len(self.text(index)):
            self._add_recipients(tail, Span(self.span(index).start + label.end(), self.span(index).end))
        position = index + 1
        while position < self.count:
            paragraph = self.normal.paragraphs[position]
            line = self.text(position)
            if paragraph.side != side or paragraph.grid is not None or self._is_signature(line) or len(line) > 260:
                break
            bullet = line[0] in "-–—+•*" or fold(line).startswith("lưu")
            ended = bool(tail.recipients) and self.normal.text[tail.recipients[-1].end - 1] in ";."
            if bullet or ended or not tail.recipients:
                if not bullet and (self.words.person(line) or _APPENDIX.match(fold(line))):
                    break
                self._add_recipients(tail, self.span(position))
            elif self.words.person(line) or is_capitals(line) or _APPENDIX.match(fold(line)):
                break
            else:
                tail.recipients[-1] = Span(tail.recipients[-1].start, paragraph.end)
            position += 1
            if "lưu" in fold(line)[:8] and not self._goes_on(position, side):
                break
        return position

    def _add_recipients(self, tail: Tail, span: Span) -> None:
        """One recipient a line; several on one line (`- A; - B; - Lưu: VT.`) are cut apart."""
        start = span.start
        for cut in _NEXT_RECIPIENT.finditer(self.normal.text, span.start, span.end):
            tail.recipients.append(Span(start, cut.start() + 1))
            start = cut.end()
        tail.recipients.append(Span(start, span.end))

    def _goes_on(self, position: int, side: str) -> bool:
        """Whether the `Lưu:` line goes on below (`(Toan 02b)`, a unit's code)."""
        if position >= self.count or self.normal.paragraphs[position].side != side:
            return False
        line = self.text(position)
        return len(line) < 24 and (line[0] == "(" or line[0].islower())

    def _is_signature(self, line: str) -> bool:
        """Whether a line is an authority or an office."""
        office = self.words.is_position(line) and (is_capitals(line) or len(line.split()) < 6)
        return office or authority_of(line) is not None

    def _signature(self, recipients: int | None, after: int) -> list[int]:
        """Indexes of the signature's lines: authority, position, name; behind Nơi nhận, or above it."""
        if recipients is not None:
            block = self._block(range(after, min(self.count, after + _SIGNATURE_REACH)))
            if block:
                return block
            return self._block(range(max(self.body, recipients - _SIGNATURE_REACH), recipients))
        return self._block(range(max(self.body, self.count - 40), self.count))

    def _block(self, indexes: range) -> list[int]:
        """The signature's lines among some paragraphs: from the first authority or office to the last name or office."""
        lines: list[int] = []
        for index in indexes:
            line = self.text(index)
            if self.normal.paragraphs[index].grid is not None or _DIGITAL.match(fold(line)) or is_signed_mark(line):
                continue
            opens = authority_of(line) is not None or (is_capitals(line) and self.words.is_position(line))
            named = bool(lines) and self.words.person(line) is not None
            office = is_capitals(line) and len(line) < 60 and _WORDS.search(line) is not None
            more = bool(lines) and (self._is_signature(line) or office)
            if (opens or named or more) and not _APPENDIX.match(fold(line)) and not self._enclosed(index):
                lines.append(index)
            elif lines:
                break
        return lines

    def _behind(self, tail: Tail, after: int) -> None:
        """Appendices and a second document behind the signature."""
        start = None
        for index in range(after, self.count):
            paragraph, folded = self.normal.paragraphs[index], fold(self.text(index)[:60])
            if paragraph.grid is None and self._enclosed(index):
                tail.enclosed = self.span(index, self.count - 1)
                break
            if paragraph.grid is None and _SECOND_HEAD.search(folded):
                tail.second_document = self.span(self._second_start(index, after), self.count - 1)
                break
            opens = paragraph.grid is None and bool(_APPENDIX.match(folded)) and len(self.text(index)) < 200
            if opens and (start is None or self._new_appendix(index)):
                if start is not None:
                    tail.appendices.append(self.span(start, index - 1))
                start = index
            elif start is None and paragraph.grid is not None:
                start = index
        if start is not None:
            end = self.count - 1
            other = tail.second_document or tail.enclosed
            if other is not None:
                end = max(start, self.normal.paragraph_index(other.start) - 1)
            tail.appendices.append(self.span(start, end))

    def _enclosed(self, index: int) -> bool:
        """A type line behind the signature with `(Ban hành kèm theo …)` below: the plan that a decision encloses."""
        if not _PLAN_LINE.fullmatch(fold(self.text(index)).strip(" *")) or not is_capitals(self.text(index)):
            return False
        return any(is_enclosure_note(self.normal, i) for i in range(index + 1, min(self.count, index + 6)))

    def _new_appendix(self, index: int) -> bool:
        return fold(self.text(index)).lstrip(" *(").startswith("phụ lục") and len(self.text(index)) < 80

    def _second_start(self, index: int, after: int) -> int:
        """The issuer lines above a second motto belong to the second document."""
        while index - 1 >= after and is_capitals(self.text(index - 1)):
            index -= 1
        return index

    def _appendix_without_tail(self, tail: Tail) -> None:
        for index in range(self.body + 3, self.count):
            text = self.text(index)
            if re.match(r"PHỤ LỤC\b", text) and len(text) < 80 and self.normal.paragraphs[index].grid is None:
                tail.body_end = index
                tail.appendices.append(self.span(index, self.count - 1))
                return

    def _closing(self, tail: Tail) -> None:
        """The closing sentence: the last paragraphs without a mark that begin as one does."""
        first = None
        for index in range(tail.body_end - 1, max(self.body, tail.body_end - _LAST_PARAGRAPHS) - 1, -1):
            text = self.text(index)
            marker = parse_marker(text)
            if self.normal.paragraphs[index].grid is not None or (marker is not None and marker.kind < Kind.DASH):
                break
            if marker is None and _CLOSING.match(fold(text)):
                first = index
        if first is not None:
            tail.closing = self.span(first, tail.body_end - 1)
            tail.body_end = first

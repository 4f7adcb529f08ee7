"""The foot of a document: closing sentence, Nơi nhận, signature, appendices, a second document behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.knowledge.text import LOWER, UPPER, fold
from pipeline.segment.headings import is_capitals
from pipeline.segment.markers import Kind, parse_marker
from pipeline.values import NormalText, Span

_RECIPIENTS = re.compile(r"\W*nơi nhận\b")
_AUTHORITY = re.compile(r"\W*(?:tm|kt|tl|tuq|t/m|k/t|t/l|q)\s*[./]{1,2}\s*\S")
_POSITION = re.compile(
    r"(?:phó |quyền )?(?:chủ tịch|giám đốc|phó giám đốc|hiệu trưởng|bí thư|chánh văn phòng|cục trưởng|vụ trưởng|bộ trưởng|"
    r"thứ trưởng|chỉ huy trưởng|trạm trưởng|tổng phụ trách|liên đội trưởng|trưởng \w+(?: \w+){0,3}|"
    r"phó trưởng \w+(?: \w+){0,3}|"
    r"viện trưởng|chánh án|thường trực|chủ nhiệm|đội trưởng|người lập\w*(?: \w+){0,3})\b[^.;:]{0,40}$"
)
_NAME = re.compile(rf"(?:[{UPPER}][{LOWER}]*\.?\s+){{1,5}}[{UPPER}][{LOWER}]+")
_SIGNED = re.compile(r"\(?\s*(?:đã ký|ký tên|ký, đóng dấu|chữ ký)\b")
_DIGITAL = re.compile(r"\W*(?:người ký|ký bởi|signed by|email|cơ quan|tổ chức|thời gian ký|ngày ký|chữ ký số)\s*:")
_CLOSING = re.compile(
    r"(?:trên đây là|trong quá trình|căn cứ (?:vào )?(?:nội dung )?kế hoạch này|đề nghị (?:các|thủ)|"
    r"yêu cầu (?:các|thủ trưởng|ban|cán bộ)|nhận được kế hoạch|"
    r"kế hoạch này (?:có hiệu lực|thay thế|được)|(?:ubnd|ủy ban nhân dân)\b[^.]{2,60}(?:yêu cầu|đề nghị))"
)
_APPENDIX = re.compile(r"\W*(?:phụ lục|biểu mẫu|mẫu số|mẫu biểu|danh mục|danh sách|biểu số|lịch)\b")
_SECOND_HEAD = re.compile(r"(?:cộng h\w{1,3}\s+xã h\w+ chủ nghĩa|độc lập\s*[-–]\s*tự do)")
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


class TailReader:
    """Reads the foot of one document whose body begins at a paragraph index."""

    def __init__(self, normal: NormalText, body: int) -> None:
        self.normal = normal
        self.body = body
        self.count = len(normal.paragraphs)

    def text(self, index: int) -> str:
        """The text of a paragraph."""
        paragraph = self.normal.paragraphs[index]
        return self.normal.text[paragraph.start : paragraph.end]

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
        text = self.text(index)
        first = re.match(r"\W*[Nn][Ơơ][Ii]\s+[Nn][Hh][Ậậ][Nn]\s*:?[*\s]*", text)
        rest = text[first.end() :] if first else ""
        if rest:
            tail.recipients.append(Span(self.span(index).end - len(rest), self.span(index).end))
        position = index + 1
        while position < self.count:
            paragraph = self.normal.paragraphs[position]
            line = self.text(position)
            if paragraph.side != side or paragraph.grid is not None or self._is_signature(line) or len(line) > 260:
                break
            bullet = line[0] in "-–—+•*" or fold(line).startswith("lưu")
            if bullet or not tail.recipients:
                tail.recipients.append(self.span(position))
            elif _NAME.fullmatch(line) or is_capitals(line) or _APPENDIX.match(fold(line)):
                break
            else:
                tail.recipients[-1] = Span(tail.recipients[-1].start, paragraph.end)
            position += 1
            if "lưu" in fold(line)[:8] and not self._goes_on(position, side):
                break
        return position

    def _goes_on(self, position: int, side: str) -> bool:
        """Whether the `Lưu:` line goes on below (`(Toan 02b)`, a unit's code)."""
        if position >= self.count or self.normal.paragraphs[position].side != side:
            return False
        line = self.text(position)
        return len(line) < 24 and (line[0] == "(" or line[0].islower())

    def _is_signature(self, line: str) -> bool:
        folded = fold(line)
        if _AUTHORITY.match(folded):
            return True
        return bool(_POSITION.match(folded)) and (is_capitals(line) or len(line.split()) <= 4)

    def _signature(self, recipients: int | None, after: int) -> list[int]:
        """Indexes of the signature's lines: authority, position, name; behind Nơi nhận, or above it."""
        if recipients is not None:
            block = self._block(range(after, min(self.count, after + _SIGNATURE_REACH)))
            if block:
                return block
            return self._block(range(max(self.body, recipients - _SIGNATURE_REACH), recipients))
        return self._block(range(max(self.body, self.count - 40), self.count))

    def _block(self, indexes: range) -> list[int]:
        lines: list[int] = []
        for index in indexes:
            line = self.text(index)
            if self.normal.paragraphs[index].grid is not None or _DIGITAL.match(fold(line)):
                continue
            if self._is_signature(line) and (is_capitals(line) or _AUTHORITY.match(fold(line)) or lines):
                lines.append(index)
            elif lines and _NAME.fullmatch(line.strip(" *.")) and not _APPENDIX.match(fold(line)):
                lines.append(index)
                follow = index + 1
                while follow in indexes and self._is_signature(self.text(follow)) and is_capitals(self.text(follow)):
                    lines.append(follow)
                    follow += 1
                if not self._another_signer(follow, indexes):
                    break
            elif lines and not (_SIGNED.match(fold(line)) or is_capitals(line)):
                break
            elif lines and is_capitals(line) and not _APPENDIX.match(fold(line)):
                lines.append(index)
        return lines

    def _another_signer(self, index: int, indexes: range) -> bool:
        return index in indexes and bool(_AUTHORITY.match(fold(self.text(index))))

    def _behind(self, tail: Tail, after: int) -> None:
        """Appendices and a second document behind the signature."""
        start = None
        for index in range(after, self.count):
            paragraph, folded = self.normal.paragraphs[index], fold(self.text(index)[:60])
            if _SECOND_HEAD.search(folded) and paragraph.grid is None:
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
            if tail.second_document is not None:
                end = max(start, self.normal.paragraph_index(tail.second_document.start) - 1)
            tail.appendices.append(self.span(start, end))

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

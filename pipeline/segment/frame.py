"""The head of a document: portal residue, letterhead, type line, title. Everything is a span; nothing is interpreted here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.knowledge.documents import DocTypeRow
from pipeline.knowledge.load import Knowledge
from pipeline.knowledge.text import LOWER, UPPER, fold
from pipeline.segment.headings import is_capitals
from pipeline.segment.markers import Kind, parse_marker
from pipeline.values import NormalText, Span

MOTTO = re.compile(r"(?:cộng h\w{1,3}\s+xã h\w+ chủ nghĩa|độc lập\s*[-–]\s*tự do|đảng cộng sản việt nam$)")
STATE = re.compile(r"cộng h\w{1,3}\s+xã h\w+ chủ nghĩa")
NUMBER = re.compile(
    r"(?!\W{0,3}số\s*[/,]?\s*(?:ký hiệu|kí hiệu|hiệu))"
    r"\W{0,3}số\s*:?\s*(?:\d{1,5}[a-zđ]?|[.…_/\\ ]{0,40})\s*[-/–]\s*(?:[a-zđ]|\d{4}\s*/)"
    r"|\W{0,3}\d{1,5}\s*[-/–]\s*[a-zđ&]{1,6}\s*[-/–]\s*[a-zđ]"
    r"|\W{0,3}số\s*:?\s*\d{1,5}[ \t]{1,3}[a-zđ]{2,6}\s?/\s?[a-zđ]"  # the mark after the serial was left out: `11 KH/ĐTN`
    r"|\W{0,3}số\s*:?\s*(?:\d{1,5}\s*)?$"
)
_BLANK = r"(?:[\d.…_\s]|/)"
_DATE = rf"ngày{_BLANK}{{0,30}}tháng{_BLANK}{{0,30}}năm{_BLANK}{{1,30}}"
DATELINE = re.compile(rf"(?P<lead>[*\s]*)(?P<place>[^\W\d_][^,;:()\d]{{1,45}}?|[.…]{{1,30}})\s*,?\s*(?P<date>{_DATE})\s*$")
_PROPER = rf"[{UPPER}][{LOWER}]*(?:[’'][{UPPER}]?[{LOWER}]+)?"  # Đắk R’Lang, Ia H'Drai
_AFTER_SYMBOL = rf"(?:\b|(?<=[{UPPER}])(?=[{UPPER}][{LOWER}]))"  # `…/KH-CAXĐại Đồng, ngày …` is printed without a blank
_NUMBER_THEN_DATE = re.compile(
    rf"(?P<place>{_AFTER_SYMBOL}{_PROPER}(?:[ -]{_PROPER}){{0,4}}\s*,?\s*)(?P<date>(?i:{_DATE}))\s*$"
)
_SYMBOL_THEN_PLACE = re.compile(rf"([{UPPER}&]{{2,8}}(?:-[{UPPER}&]{{1,8}})*)\s+(?=[{UPPER}][{LOWER}])")
_POSTING = re.compile(
    r"(?:ngày|đăng lúc:?|cập nhật:?|thứ \w+|chủ nhật)?[\s,:-]*\d{1,2}/\d{1,2}/\d{4}\s*[-|(]?\s*\d{0,2}:?\d{0,2}"
)
_ORGANISATION = re.compile(
    r"(?:ủy ban|ubnd|hội đồng|hđnd|đảng|huyện ủy|tỉnh ủy|thành ủy|thị ủy|quận ủy|sở|phòng|ban|bộ|cục|tổng cục|trường|công an|"
    r"trung tâm|trạm|liên đội|đội|đoàn|hội|mặt trận|ubmttq|chi bộ|chi cục|văn phòng|tòa án|viện|thanh tra|kho bạc|bhxh|bcđ|"
    r"liên đoàn|công đoàn|xã|phường|thị trấn|huyện|tỉnh|thành phố|ngân hàng|bệnh viện|chi đoàn|hợp tác xã|htx|khối|cụm|"
    r"mttq|lđlđ|tlđlđ|bch|btv|btt|btc|bql|bqt|ttyt|tyt|thành đoàn|quận đoàn|thị đoàn|đặc khu|thường trực|chi hội|"
    r"tổ công tác|tổ giúp việc|câu lạc bộ|clb|công ty|tổng công ty|tập đoàn|hạt|đồn|học viện|khoa|điện lực|bưu điện|"
    r"thuế (?:tỉnh|cơ sở|thành phố)|bảo hiểm|tt (?:y tế|gd|gdnn|vh|vhtt|dv|hcc|pvhcc|ct|htcđ)|đài|bảo tàng|thư viện|"
    r"liên hiệp|liên minh|kiểm toán)\b"
)
BASIS = re.compile(r"(?:[-–+*]\s*)?(?:căn cứ|thực hiện|xét|thi hành|theo|trên cơ sở|nhằm|để|được sự)\b")
_ADDRESSEE = re.compile(r"kính gửi")
_ENCLOSED = re.compile(r"\((?:ban hành )?(?:kèm|đính kèm)|kèm theo (?:quyết định|kế hoạch|công văn|văn bản)")
_SUBJECT = re.compile(r"(?:v/v|về việc)\b")
_ANNOUNCES = re.compile(r"(?:ban hành|xây dựng|như sau|sau đây)")
_HEAD_PARAGRAPHS = 60
_TITLE_PARAGRAPHS = 6


@dataclass(slots=True)
class Head:
    """What stands above the body, as spans, and the index of the first paragraph below the title."""

    portal: list[Span] = field(default_factory=list)
    letterhead: Span | None = None
    issuer_lines: list[Span] = field(default_factory=list)
    motto: Span | None = None
    number_line: Span | None = None
    dateline: Span | None = None
    doc_type: Span | None = None
    title: Span | None = None
    body: int = 0


@dataclass(frozen=True, slots=True)
class TypeNames:
    """Names of document types, longest first, for the type line."""

    pattern: re.Pattern[str]

    def leading(self, folded: str) -> int:
        """Length of the type name that begins a folded line, 0 if none does."""
        found = self.pattern.match(folded)
        return found.end() if found else 0


def type_names(knowledge: Knowledge) -> TypeNames:
    """Compiles the names of the table `doc_types` and their usual extensions (`kế hoạch hành động`, `… liên tịch`)."""
    names = sorted({fold(row.name) for row in knowledge.rows(DocTypeRow)}, key=len, reverse=True)
    extensions = r"(?:\s+(?:hành động|liên tịch|liên ngành|phối hợp|chuyên đề))?"
    return TypeNames(re.compile(rf"(?:{'|'.join(map(re.escape, names))}){extensions}(?![^\W_])"))


class HeadReader:
    """Reads the head of one document."""

    def __init__(self, normal: NormalText, knowledge: Knowledge) -> None:
        self.normal = normal
        self.names = knowledge.derived(type_names)
        self.limit = min(len(normal.paragraphs), _HEAD_PARAGRAPHS)
        self.texts = [self._text(i) for i in range(self.limit)]
        self.folded = [fold(text) for text in self.texts]

    def _text(self, index: int) -> str:
        paragraph = self.normal.paragraphs[index]
        return self.normal.reading[paragraph.start : paragraph.end]

    def span(self, index: int) -> Span:
        """The span of a paragraph."""
        paragraph = self.normal.paragraphs[index]
        return Span(paragraph.start, paragraph.end)

    def read(self) -> Head:
        """The head; parts that are not there stay empty."""
        head = Head()
        end = self._end_of_head()
        frame = self._frame_lines(head, end)
        self._cut_symbol(head)
        type_index = self._type_line(frame, end)
        first = min([*frame, *([type_index] if type_index is not None else [])], default=0)
        if frame:
            first = self._issuers(head, frame, type_index if type_index is not None else end)
        head.portal = [self.span(i) for i in range(first)]
        last_frame = max(frame, default=-1)
        if frame:
            head.letterhead = Span(self.span(first).start, self.span(last_frame).end)
        if type_index is not None:
            head.body = self._title(head, type_index, last_frame)
        else:
            self._subject(head, first, last_frame)
            head.body = self._after_letterhead(head, last_frame + 1)
        return head

    def _end_of_head(self) -> int:
        """Index of the first paragraph that can only be body: a Roman or PHẦN heading, a table, a basis sentence."""
        for index in range(self.limit):
            if self.normal.paragraphs[index].grid is not None:
                return index
            text = self.texts[index]
            marker = parse_marker(text)
            if marker is not None and marker.kind in (Kind.PHAN, Kind.ROMAN) and not NUMBER.match(self.folded[index]):
                return index
            if BASIS.match(self.folded[index]) and len(text) > 60 and text[-1] in ".;:":
                return index
        return self.limit

    def _frame_lines(self, head: Head, end: int) -> list[int]:
        """Indexes of motto, number and dateline; the first of each kind counts (a second head is another document's)."""
        found: list[int] = []
        for index in range(end):
            folded, span = self.folded[index], self.span(index)
            if len(folded) > 160 or _POSTING.match(folded):
                continue
            if head.number_line is not None and head.motto is not None and STATE.match(folded):
                self._forget(head, found)  # the head is printed twice: the later one is the document's
            if MOTTO.match(folded) and (head.motto is None or found[-1:] == [index - 1]):
                head.motto = head.motto or span
                found.append(index)
            elif head.number_line is None and NUMBER.match(folded):
                head.number_line = self._number_line(head, index)
                found.append(index)
            elif head.dateline is None and (line := DATELINE.match(folded)) and not BASIS.match(folded):
                head.dateline = Span(span.start + line.start("place"), span.start + line.end("date"))
                found.append(index)
            elif head.number_line is not None and self._symbol_rest(head, index):
                found.append(index)
        return found

    def _cut_symbol(self, head: Head) -> None:
        """`142/KH-` above `UBND Thanh Ba, ngày …`: the symbol's end stands before the dateline's place."""
        if head.number_line is None or head.dateline is None:
            return
        text, number, dateline = self.normal.text, head.number_line, head.dateline
        rest = _SYMBOL_THEN_PLACE.match(text, dateline.start, dateline.end)
        between = text[number.end : dateline.start]
        if rest and text[number.start : number.end].rstrip().endswith("-") and not between.strip():
            head.number_line = Span(number.start, rest.end(1))
            head.dateline = Span(rest.end(), dateline.end)

    @staticmethod
    def _forget(head: Head, found: list[int]) -> None:
        found.clear()
        head.motto = head.number_line = head.dateline = None

    def _number_line(self, head: Head, index: int) -> Span:
        """The number's span; a dateline that shares its line is cut off."""
        span = self.span(index)
        shared = _NUMBER_THEN_DATE.search(self.texts[index])
        if shared is None:
            return span
        start = span.start + shared.start("place")
        head.dateline = Span(start, span.start + shared.end("date"))
        return Span(span.start, start)

    def _symbol_rest(self, head: Head, index: int) -> bool:
        """`XMC` below a symbol that ended in a hyphen: a line of the letterhead, read by the header."""
        assert head.number_line is not None
        number = self.normal.text[head.number_line.start : head.number_line.end].rstrip()
        return number.endswith("-") and bool(re.fullmatch(r"[A-ZĐ&-]{1,12}", self.texts[index]))

    def _type_line(self, frame: list[int], end: int) -> int | None:
        """The document's type line: alone in its line after the letterhead, else the first line that begins with a type."""
        after = max(frame, default=-1)
        alone, leading = [], []
        for index in range(min(end + 1, self.limit)):
            folded = self.folded[index].strip(" *.:")
            length = self.names.leading(folded)
            if not length or self.normal.paragraphs[index].grid is not None:
                continue
            capitals = is_capitals(self.texts[index][:length])
            if length >= len(folded) and (capitals or self.normal.paragraphs[index].hint):
                alone.append(index)
            elif capitals or (index <= 1 and not frame and len(folded) < 220 and folded[-1:] not in ";:"):
                leading.append(index)
        for candidates in ([i for i in alone if i > after], [i for i in leading if i > after], alone, leading):
            if candidates:
                return candidates[0]
        return None

    def _issuers(self, head: Head, frame: list[int], end: int) -> int:
        """Collects the issuer lines (capitals, above or between the letterhead lines); gives the letterhead's first index."""
        first, last = min(frame), max(frame)
        index = first
        while index > 0 and self._is_issuer(index - 1):
            index -= 1
        lines: list[int] = []
        for candidate in range(index, min(end, last + 3)):
            if candidate not in frame and self._is_issuer(candidate):
                lines.append(candidate)
        sides = {self.normal.paragraphs[i].side for i in lines}
        # The right column holds the motto, or the superior organisation in its place; who issued stands on the left.
        head.issuer_lines = [self.span(i) for i in lines if sides <= {"right"} or self.normal.paragraphs[i].side != "right"]
        return index

    def _is_issuer(self, index: int) -> bool:
        folded = self.folded[index].strip(" *")
        if len(folded) > 140 or self.names.leading(folded) >= len(folded) > 0:
            return False
        capitals = is_capitals(self.texts[index])
        return capitals and bool(_ORGANISATION.match(folded) or "trường" in folded)

    def _title(self, head: Head, index: int, last_frame: int) -> int:
        """Sets type and title; gives the index of the first paragraph below them."""
        span, folded = self.span(index), self.folded[index]
        length = self.names.leading(folded)
        head.doc_type = Span(span.start, span.start + length)
        rest = folded[length:].strip(" *.:")
        start = None
        if rest:
            start = span.start + length + len(folded[length:]) - len(folded[length:].lstrip(" *.:–-"))
        following = index + 1
        end = span.end
        while following < self.limit and following - index <= _TITLE_PARAGRAPHS and following != last_frame:
            if not self._continues_title(following, index if rest else following - 1, first=start is None):
                break
            start = self.span(following).start if start is None else start
            end = self.span(following).end
            following += 1
        if start is not None:
            head.title = Span(start, end)
        while following < self.limit and self._is_note(self.folded[following]):
            following += 1
        return max(following, last_frame + 1)

    @staticmethod
    def _is_note(folded: str) -> bool:
        """`(Kèm theo Quyết định số …)` and a posting time below the title."""
        return bool(_ENCLOSED.match(folded) or _POSTING.fullmatch(folded))

    def _continues_title(self, index: int, previous: int, *, first: bool) -> bool:
        text, folded = self.texts[index], self.folded[index]
        if self.normal.paragraphs[index].grid is not None or parse_marker(text) or _ADDRESSEE.match(folded):
            return False
        if _ENCLOSED.match(folded) or _POSTING.match(folded) or MOTTO.match(folded) or NUMBER.match(folded):
            return False
        if text[-1] in ";:" or text.endswith("./.") or (text.endswith(".") and len(text) > 90):
            return False
        if first:
            return len(text) < 700
        if BASIS.match(folded) and not is_capitals(text):
            return False
        alike = is_capitals(text) == is_capitals(self.texts[previous]) or text[0].islower()
        return alike and len(text) < 160 and text[-1] != "."

    def _subject(self, head: Head, first: int, last: int) -> None:
        """The subject of a letter stands below its number in the left column (Nghị định 30/2020, Phụ lục I, II.5b)."""
        for index in range(first, last + 1):
            if _SUBJECT.match(self.folded[index]):
                head.title = self.span(index)
                return

    def _after_letterhead(self, head: Head, index: int) -> int:
        """No type line: a subject line (`V/v …`, a letter's) is the title."""
        while index < self.limit and head.title is None:
            if not _SUBJECT.match(self.folded[index]):
                return index
            end = index
            while end + 1 < self.limit and not _ADDRESSEE.match(self.folded[end + 1]) and end - index < 2:
                if parse_marker(self.texts[end + 1]) or self.texts[end + 1][-1] in ".;:":
                    break
                end += 1
            head.title = Span(self.span(index).start, self.span(end).end)
            return end + 1
        return index


def is_enclosure_note(normal: NormalText, index: int) -> bool:
    """Whether a paragraph is the note below an enclosed plan's title (`(Ban hành kèm theo Quyết định số …)`)."""
    paragraph = normal.paragraphs[index]
    return _ENCLOSED.match(fold(normal.reading[paragraph.start : paragraph.end])) is not None

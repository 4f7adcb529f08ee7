"""Citations without a number: resolutions of congresses and plenums, undated bases named by their title, and oral ones.

The rules `titled_basis` and `oral_basis` tell a reader that nobody can look such a basis up by number and date.
"""

from __future__ import annotations

import re

from pipeline.annotate.reference_reading import Found, Reading, TypeWord
from pipeline.annotate.reference_tail import issuer_at

_MEETING_TYPES = frozenset({"Nghị quyết", "Kết luận"})
_MEETING = re.compile(r" (?:của )?(?=(?:đại hội|hội nghị|kỳ họp|trung ương|tw [0-9ivx]|ban chấp hành trung ương)(?!\w))")
_MEETING_END = re.compile(
    r"[;.,:\n\t“”\"()]| (?:về|và|nhiệm kỳ|nhiệm kì|giai đoạn|đã|đề ra|được|trong|theo|với|gắn|năm|ngày|tại|do|vào|đến|là|có"
    r"|nhằm|để|cho|đối|cũng|thành(?! phố)|triển|xác|đi|tới|mà|nêu|trên|các(?! cơ quan)|số|phù|kế|chương|sát|một"
    r"|hoặc|–|-)(?!\w)|$"
)
_ORDINAL = re.compile(
    r"(?:lần thứ|lần|khóa|thứ) (?:[ivxl]+|[0-9]+|nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười(?: \w+)?)(?!\w)"
    r"|đại hội (?:đảng )?(?:[ivxl]+|[0-9]+)(?!\w)|(?:trung ương|tw) (?:[0-9]+|[ivxl]+)(?!\w)"
)
_SPELLED = re.compile(r"(?<=thứ )năm(?!\w)")
_TERM_BRACKET = re.compile(r" ?\(khóa [ivxl][ivxl, và]*\)")
_TERM = re.compile(r" ?,? ?\(?nhiệm k[ỳì] [0-9]{4}")
_NATIONAL = re.compile(
    r"đại hội (?:đại biểu )?(?:đảng )?(?:toàn quốc )?(?:đảng )?(?:cộng sản việt nam )?(?:lần thứ )?(?P<n>[ivx]+)"
    r"(?P<rest>(?: của)?(?: đảng)?(?: cộng sản việt nam)?)(?! ?\w)"
)
_PROVINCIAL = re.compile(
    r"đại hội (?:đại biểu )?đảng bộ tỉnh (?P<name>[^\W\d_]+(?: [^\W\d_]+){1,3}?) (?:lần thứ|lần) (?P<n>[ivx]+)(?! ?\w)"
)
_LONGEST_MEETING = 160

# In small letters the other types are as often verbs or plain nouns (hướng dẫn, kế hoạch, thông báo).
_ALWAYS_DOCUMENTS = frozenset({"Nghị quyết", "Chỉ thị"})
_BULLETS = r"[ \xa0*–•+-]{0,40}"  # within the line and bounded: lines of nothing else cost no more than others
_BASIS = re.compile(rf"{_BULLETS}căn cứ(?: vào)? ")
_GENERIC_BEFORE = re.compile(r"(?:các|những|mọi|theo) $")
_ENUMERATED = re.compile(r" ?, ?(?:nghị|quyết|chỉ|chương|kế|kết|thông|hướng|công|đề|quy)(?!\w)")
_TITLE_RUN = re.compile(r"[^;.:,()\n\t“”\"]{0,120}?(?= của )")
_NO_TITLE = re.compile(r" (?:này|trên|nêu|số)(?!\w)")
_ORAL = re.compile(
    rf"{_BULLETS}(?:căn cứ(?: vào)?|thực hiện|theo|trên cơ sở) (?P<oral>ý kiến (?:chỉ đạo|kết luận)"
    r"(?: trực tiếp| bằng lời| miệng)?)(?= của )"
)
_CLAUSE_END = re.compile(r"[;\n\t]|\.(?= |$)|$")
_OPENS_MEMBER = re.compile(r"(?:[;,] | và |căn cứ |căn cứ vào )$")


def find_meetings(reading: Reading) -> list[Found]:
    """Resolutions of congresses, plenums and conferences that are named by their number or term."""
    found = []
    for word in reading.types:
        opening = _MEETING.match(reading.folded, word.end) if word.row.name in _MEETING_TYPES else None
        mention = _meeting(reading, word, opening.end()) if opening else None
        if mention is not None:
            found.append(mention)
    return found


def _meeting(reading: Reading, word: TypeWord, start: int) -> Found | None:
    limit = min(reading.line_end(word.end), start + _LONGEST_MEETING)
    end = _meeting_end(reading, start, limit)
    if _ORDINAL.search(reading.folded, start, end) is None and not _TERM.match(reading.folded, end):
        return None
    bracket = _TERM_BRACKET.match(reading.folded, end)
    end = bracket.end() if bracket else end
    return Found(
        start=word.start,
        end=end,
        doc_type=word.row.name,
        rule="meeting",
        issuer=reading.text[start:end],
        after=end,
        key=_congress_key(reading.folded[start:end], word),
        confidence=0.9 if _ORDINAL.search(reading.folded, start, end) else 0.6,
    )


def _meeting_end(reading: Reading, start: int, limit: int) -> int:
    """Where a meeting's name ends; the "năm" of "lần thứ năm" is an ordinal, not a year."""
    end = start
    while True:
        stop = _MEETING_END.search(reading.folded, end, limit)
        if stop is None or stop.start() >= limit:
            return limit
        if _SPELLED.match(reading.folded, stop.start() + 1):
            end = stop.end()
            continue
        return stop.start()


def _congress_key(meeting: str, word: TypeWord) -> str | None:
    """The key of a national or provincial Party congress; other meetings pass several resolutions or are not unique."""
    if word.row.name != "Nghị quyết":
        return None
    provincial = _PROVINCIAL.fullmatch(meeting)
    if provincial is not None:
        return f"nghi_quyet:dai_hoi_dang_bo:{provincial['n'].upper()}@{provincial['name']}"
    national = _NATIONAL.match(meeting)
    if national is None or national.end() != len(meeting):
        return None
    marked = "toàn quốc" in meeting or national["rest"].strip()
    return f"nghi_quyet:dai_hoi_dang:{national['n'].upper()}" if marked else None


def find_titled(reading: Reading) -> list[Found]:
    """Undated bases that name type and issuer only (Căn cứ Nghị quyết của Đảng ủy xã Đông Hà): căn cứ lines only."""
    found = []
    for word in reading.types:
        if not word.row.titled:
            continue
        line = reading.line_start(word.start)
        basis = _BASIS.match(reading.folded, line)
        if basis is None or not _opens_member(reading, word, basis.end()):
            continue
        mention = _titled(reading, word)
        if mention is not None:
            found.append(mention)
    return found


def _opens_member(reading: Reading, word: TypeWord, first: int) -> bool:
    """Whether a type word, capitalised, opens a member of a căn cứ line: after its lead, after a mark or "và"."""
    if not (reading.text[word.start].isupper() or word.row.name in _ALWAYS_DOCUMENTS):
        return False
    if word.start == first:
        return True
    if "." in reading.text[first : min(word.start, first + 2000)]:
        return False
    before = reading.folded[max(first, word.start - 12) : word.start]
    return bool(_OPENS_MEMBER.search(before)) and not _GENERIC_BEFORE.search(before)


def _titled(reading: Reading, word: TypeWord) -> Found | None:
    if _ENUMERATED.match(reading.folded, word.end) or _NO_TITLE.match(reading.folded, word.end):
        return None
    if word.row.name == "Điều lệ":
        return _statute(reading, word)
    run = _TITLE_RUN.match(reading.folded, word.end)
    if run is None:
        return None
    inside = [other for other in reading.types_before(run.end(), 2) if other.start > word.start]
    issuer = issuer_at(reading, run.end())
    unit = reading.unit_at(issuer.end - len(issuer.text)) if issuer else None
    if inside or issuer is None or unit is None or unit.collective:
        return None
    title = run[0].strip()
    return Found(
        start=word.start,
        end=word.end + len(run[0].rstrip()),
        doc_type=word.row.name,
        rule="titled_basis",
        issuer=issuer.text,
        issuer_name=issuer.name,
        after=issuer.end,
        confidence=0.6 if title else 0.5,
    )


def _statute(reading: Reading, word: TypeWord) -> Found | None:
    """The statute of a Party, union or association, which its name identifies (Điều lệ Đội TNTP Hồ Chí Minh)."""
    stop = _MEETING_END.search(reading.folded, word.end, min(reading.line_end(word.end), word.end + _LONGEST_MEETING))
    end = stop.start() if stop else reading.line_end(word.end)
    name = reading.text[word.end : end].strip()
    if not name[:1].isupper():
        return None
    return Found(start=word.start, end=end, doc_type=word.row.name, rule="statute", after=end, confidence=0.7)


def find_oral(reading: Reading) -> list[Found]:
    """Oral bases at the head of a line (Căn cứ ý kiến chỉ đạo của …), unless the clause names the paper that holds them."""
    found = []
    for line in reading.lines():
        oral = _ORAL.match(reading.folded, line)
        if oral is None:
            continue
        issuer = issuer_at(reading, oral.end())
        stop = _CLAUSE_END.search(reading.text, oral.end())
        papers = reading.types_before(stop.start() if stop else len(reading.text), 1)
        if issuer is None or (papers and papers[0].start > oral.end()):
            continue
        found.append(
            Found(
                start=oral.start("oral"),
                end=oral.end(),
                doc_type="Ý kiến chỉ đạo",
                rule="oral_basis",
                issuer=issuer.text,
                issuer_name=issuer.name,
                after=issuer.end,
                confidence=0.5,
            )
        )
    return found

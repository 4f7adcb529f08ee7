"""The sheet `Tóm tắt`: what was received, what to look at first, and how to use the other sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from models import PlanRecord
from models.record import Severity
from pipeline.knowledge.columns import codes
from pipeline.knowledge.findings import FindingRow
from pipeline.knowledge.topics import topic_name
from pipeline.knowledge.wording import document_name, document_words
from pipeline.report import (
    workbook_citations,
    workbook_files,
    workbook_findings,
    workbook_plans,
    workbook_sections,
    workbook_tasks,
)
from pipeline.report.material import NO_ISSUER, Material, plan_issuer, plan_number
from pipeline.report.workbook_sheet import Book, Cell, clean, row_height, set_up_page, write_cell

TITLE = "Tóm tắt"
TOP = 10
FIRST_LOOKS = 15
WIDTHS = (48, 14, 76)
HOW_TO_USE = (
    (workbook_plans.TITLE, "mỗi kế hoạch một dòng: số hiệu, cơ quan ban hành, người ký, ngày, trích yếu."),
    (workbook_tasks.TITLE, "ai làm việc gì, khi nào xong; lọc theo cột “Chủ trì thực hiện” hoặc “Hạn cuối”."),
    (workbook_citations.TITLE, "kế hoạch nào viện dẫn văn bản nào, có bao nhiêu kế hoạch cùng viện dẫn."),
    (workbook_sections.TITLE, "kế hoạch nào còn thiếu phần nào; lọc chữ “thiếu”."),
    (workbook_findings.TITLE, "những chỗ máy không chắc hoặc thấy chưa ổn, lỗi nặng xếp trước, kèm cách xử lý."),
    (workbook_files.TITLE, "tất cả các tệp đã nhận, kể cả tệp không đọc được và lý do."),
)
CAUTION = (
    "Bảng này do máy đọc từ các tệp đã nhận. Ô để trống nghĩa là văn bản để trống hoặc máy không đọc được chắc chắn; "
    "khi dùng số liệu, xin đối chiếu với tệp gốc ghi ở cột “Tệp”."
)
NOTHING_FIRST = "Không có việc gì cần xem gấp."
Lines = list[tuple[Cell, ...]]


def write_summary(book: Book, material: Material) -> None:
    """Add the sheet."""
    sheet = book.workbook.add_worksheet(TITLE)
    for at, width in enumerate(WIDTHS):
        sheet.set_column(at, at, width)
    page = _Page(book, sheet)
    page.title("TỔNG HỢP CÁC KẾ HOẠCH ĐÃ NHẬN", _in_one_sentence(material))
    page.block("Xem trước những việc này", ("Kế hoạch hoặc tệp", "Mức độ", "Vì sao"), _first_looks(material))
    page.block("Tình trạng các tệp", ("Tình trạng", "Số tệp"), _states(material))
    page.block("Tệp chỉ ghi nhận, chưa đọc", ("Tệp", "", "Lý do và cách xử lý"), _set_aside(material))
    page.block("Theo năm của kế hoạch", ("Năm", "Số kế hoạch"), _years(material.records))
    page.block("Theo chủ đề", ("Chủ đề", "Số kế hoạch"), _topics(material))
    page.block(
        f"{TOP} văn bản được viện dẫn nhiều nhất", ("Văn bản", "Số kế hoạch", "Đầy đủ"), _most_cited(material.records)
    )
    page.block(f"{TOP} điều cần xem hay gặp nhất", ("Điều cần xem", "Số lần", "Cách xử lý"), _frequent(material))
    page.block("Cách dùng", ("Trang tính", "", "Có gì"), [(name, None, text) for name, text in HOW_TO_USE])
    page.note(CAUTION)
    set_up_page(sheet, TITLE)


class _Page:
    """Writes blocks one below the other."""

    def __init__(self, book: Book, sheet: Any) -> None:
        self.book = book
        self.sheet = sheet
        self.row = 0

    def title(self, title: str, sentence: str) -> None:
        """The sheet's title and the sentence that says it all."""
        self.sheet.write_string(0, 0, title, self.book.format(bold=True, font_size=15))
        self.sheet.write_string(1, 0, clean(sentence), self.book.format(font_size=12))
        self.row = 3

    def block(self, title: str, heads: Sequence[str], lines: Lines) -> None:
        """A small table with a title; a block without lines is left out."""
        if not lines:
            return
        self.sheet.write_string(self.row, 0, title, self.book.format(bold=True, font_size=12))
        for at, head in enumerate(heads):
            self.sheet.write_string(self.row + 1, at, head, self.book.head())
        self.row += 2
        for line in lines:
            for at, value in enumerate(line):
                kind = "integer" if isinstance(value, int) else "text"
                write_cell(self.sheet, self.row, at, value, self.book.body(kind, "plain"))  # type: ignore[arg-type]
            self.sheet.set_row(self.row, row_height(zip(line, WIDTHS, strict=False)))
            self.row += 1
        self.row += 1

    def note(self, text: str) -> None:
        """A paragraph over the whole width."""
        style = self.book.format(italic=True, text_wrap=True)
        self.sheet.merge_range(self.row, 0, self.row + 1, 2, text, style)
        self.row += 3


def _in_one_sentence(material: Material) -> str:
    states: Counter[str] = Counter(entry.state for entry in material.files)
    tasks = sum(len(record.tasks) for record in material.records)
    parts = [f"{states[state]} {material.name('state', state).lower()}" for state in _state_order(material) if states[state]]
    received = f"Đã nhận {len(material.files)} tệp" + (f" ({', '.join(parts)})" if parts else "")
    return f"{received}; tổng hợp được {len(material.records)} kế hoạch với {tasks} nhiệm vụ."


def _state_order(material: Material) -> tuple[str, ...]:
    return codes(material.knowledge, "state")


def _states(material: Material) -> Lines:
    states: Counter[str] = Counter(entry.state for entry in material.files)
    return [(material.name("state", state), states[state]) for state in _state_order(material)]


def _set_aside(material: Material) -> Lines:
    """The files that are listed and not read, such as sheets with an annex: not to be forgotten beside the plans."""
    entries = [entry for entry in material.files if entry.state == "set_aside"]
    lines: Lines = [
        (entry.path, None, f"{workbook_files.file_message(material, entry)}. {workbook_files.file_hint(material, entry)}")
        for entry in entries[:TOP]
    ]
    if len(entries) > TOP:
        lines.append((f"và {len(entries) - TOP} tệp nữa: xem trang “{workbook_files.TITLE}”", None, None))
    return lines


def _years(records: Iterable[PlanRecord]) -> Lines:
    years = Counter(workbook_plans.years_text(record.header.plan_years) for record in records)
    return [(year or "(không rõ năm)", count) for year, count in sorted(years.items(), reverse=True)]


def _topics(material: Material) -> Lines:
    topics = Counter(topic_name(material.knowledge, record.header.topic) for record in material.records)
    ranked = sorted(topics.items(), key=lambda item: (-item[1], item[0]))
    return [(topic or "(chưa rõ chủ đề)", count) for topic, count in ranked]


def _first_looks(material: Material) -> Lines:
    """Files that were not read, then plans with errors, then those with most other things to look at."""
    lines: Lines = []
    for state in ("failed", "needs_person"):
        for entry in material.files:
            if entry.state == state:
                why = workbook_files.file_message(material, entry)
                lines.append((entry.path, material.name("state", state), why))
    for severity in ("error", "warning"):
        lines.extend(_plans_to_look_at(material, severity))
    if len(lines) > FIRST_LOOKS:
        left = len(lines) - FIRST_LOOKS
        more = f"và {left} việc nữa: xem trang “{workbook_findings.TITLE}” và “{workbook_files.TITLE}”"
        lines = [*lines[:FIRST_LOOKS], (more, None, None)]
    return lines or [(NOTHING_FIRST, None, None)]


def _plans_to_look_at(material: Material, severity: Severity) -> Lines:
    """The plans with findings of a severity, those with most of them first."""
    found = []
    for record in material.records:
        messages = dict.fromkeys(finding.message for finding in record.findings if finding.severity == severity)
        if messages:
            found.append((len(messages), (_plan_words(record), material.name("severity", severity), " ".join(messages))))
    return [line for _, line in sorted(found, key=lambda pair: -pair[0])]


def _plan_words(record: PlanRecord) -> str:
    return " – ".join((plan_number(record) or "(chưa có số)", plan_issuer(record) or NO_ISSUER))


def _most_cited(records: tuple[PlanRecord, ...]) -> Lines:
    citing = workbook_citations.citing_plans(records)
    full: dict[str, str] = {}
    short: dict[str, str] = {}
    for record in records:
        for reference in record.references:
            if reference.key is not None:
                words = document_words(reference)
                full[reference.key] = max(full.get(reference.key, ""), words, key=len)
                short.setdefault(reference.key, document_name(reference))
    ranked = sorted(citing, key=lambda key: (-len(citing[key]), key))[:TOP]
    return [(short[key], len(citing[key]), full[key]) for key in ranked]


def _frequent(material: Material) -> Lines:
    """The most frequent findings in their general words, the details left open."""
    general = {row.id: (row.message, row.hint) for row in material.knowledge.rows(FindingRow)}
    counts: Counter[str] = Counter()
    for record in material.records:
        for finding in record.findings:
            counts[finding.code] += 1
            general.setdefault(finding.code, (finding.message, finding.hint))
    ranked = sorted(counts, key=lambda code: (-counts[code], code))[:TOP]
    return [
        (general[code][0].replace("{detail}", "…"), counts[code], general[code][1].replace("{detail}", "…"))
        for code in ranked
    ]

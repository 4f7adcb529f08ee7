"""Tables without ruling lines, invented for the tests: set on a PDF page, or laid out with blanks in a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from pdf_files import Sheet, grids, read
from plan_texts import in_characters
from reportlab.pdfbase import pdfmetrics

from pipeline.values import Extracted, Grid

SIZE = 11

Rows = Sequence[Sequence[str]]

STARTS, ENDS = (85, 125, 390), (112, 375, 540)
FOUR = ((85, 120, 310, 430), (110, 300, 420, 540))
WIDE = ((60, 95, 330, 470, 610, 720), (85, 320, 460, 600, 710, 790))
LANDSCAPE = (842.0, 595.0)
MEET = "Tổ chức hội nghị tuyên truyền, phổ biến pháp luật cho cán bộ, đảng viên và nhân dân trên địa bàn xã"
CLEAN = "Ra quân tổng vệ sinh môi trường"
REPORT = "Báo cáo sơ kết 6 tháng đầu năm và phương hướng nhiệm vụ 6 tháng cuối năm"
THREE: Rows = [
    ["STT", "Nội dung công việc", "Bộ phận tham mưu thực hiện"],
    ["1", MEET, "Công chức Tư pháp - Hộ tịch"],
    ["2", CLEAN, "- Các thôn;\n- Trạm Y tế xã phối hợp."],
    ["3", REPORT, "Văn phòng - thống kê"],
]


def wrapped(text: str, width: float, font: str = "Serif") -> list[str]:
    """The lines of a text set in a column of so many points; newlines begin lines of their own."""
    lines: list[str] = []
    for paragraph in text.split("\n") if text else ():
        line = ""
        for word in paragraph.split(" "):
            if line and pdfmetrics.stringWidth(f"{line} {word}", font, SIZE) > width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines.append(line)
    return lines


def aligned(
    sheet: Sheet, starts: Sequence[float], ends: Sequence[float], rows: Rows, *, step: float = 15, gap: float = 5,
    middle: bool = False, head: bool = True,
) -> None:  # fmt: skip
    """Sets a table at the sheet's cursor: the first row is its head, bold and centred; a row of one cell runs across.

    `step` is the distance of lines, `gap` what is added between rows, `middle` sets cells in the middle of their row.
    """
    for number, row in enumerate(rows):
        bold = head and number == 0
        font = "Serif-Bold" if bold else "Serif"
        if len(row) == 1:
            sheet.at(starts[0], sheet.y, row[0], bold=True, size=SIZE)
            sheet.y += step + gap
            continue
        cells = [wrapped(text, end - x, font) for text, x, end in zip(row, starts, ends, strict=True)]
        depth = max(map(len, cells))
        for lines, x, end in zip(cells, starts, ends, strict=True):
            top = (depth - len(lines)) * step / 2 if middle or bold else 0.0
            for at, line in enumerate(lines):
                left = x + (end - x - pdfmetrics.stringWidth(line, font, SIZE)) / 2 if bold else x
                sheet.at(left, sheet.y + top + at * step, line, bold=bold, size=SIZE)
        sheet.y += depth * step + gap


def laid_out(widths: Sequence[int], rows: Rows) -> str:
    """A table as `pdftotext -layout` gives it: cells wrapped at so many characters, three blanks between columns."""
    out: list[str] = []
    for row in rows:
        if len(row) == 1:
            out.append(row[0])
            continue
        cells = [in_characters(text, width) for text, width in zip(row, widths, strict=True)]
        for at in range(max(map(len, cells))):
            parts = [(lines[at] if at < len(lines) else "").ljust(width + 3) for lines, width in zip(cells, widths, strict=True)]
            out.append("".join(parts).rstrip())
    return "\n".join(out)


def cells(data: bytes) -> list[list[list[str]]]:
    """The grids of a file, cell by cell, paragraphs parted by blanks."""
    return [[[" ".join(cell.split()) for cell in row] for row in grid] for grid in grids(read(data))]


def plain(rows: Rows) -> list[list[str]]:
    return [[" ".join(cell.split()) for cell in row] for row in rows]


def words_of(extracted: Extracted) -> Counter[str]:
    """Every word of what was read, counted."""
    texts = [
        " ".join(cell.text for row in block.rows for cell in row) if isinstance(block, Grid) else block.text
        for block in extracted.blocks
    ]
    return Counter(" ".join(texts).split())


def table_page(rows: Rows, starts: Sequence[float] = STARTS, ends: Sequence[float] = ENDS, **options: float) -> Callable[[Sheet], None]:
    """A page with a heading, a table, and the next heading."""

    def page(sheet: Sheet) -> None:
        sheet.y = 60
        sheet.paragraph("II. NỘI DUNG", bold=True)
        sheet.paragraph("Các đơn vị căn cứ chức năng, nhiệm vụ tổ chức thực hiện những nội dung sau đây trong năm 2025:")
        aligned(sheet, starts, ends, rows, **options)
        sheet.y += 8
        sheet.paragraph("III. TỔ CHỨC THỰC HIỆN", bold=True)
        sheet.paragraph("Công an xã chủ trì, phối hợp với các đơn vị liên quan theo dõi, đôn đốc việc thực hiện Kế hoạch này.")

    return page

# mypy: disable-error-code="import-untyped, misc"
# reportlab carries no types
"""A plan as a born-digital PDF, in the layout of Nghị định 30/2020/NĐ-CP, Phụ lục I, by reportlab.

The font is DejaVu Serif, embedded, because it comes with matplotlib and has all Vietnamese letters; it runs wider than
Times, so the body is 11.5 pt instead of 14. Lines break at blanks and behind a hyphen that the text itself has.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import matplotlib
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Spacer,
    TableStyle,
)
from reportlab.platypus import Paragraph as Text
from reportlab.platypus import Table as Grid

from samples.markup import BREAK
from samples.plan import Block, Heading, Plan, Table

FACES = {
    "Serif": "DejaVuSerif.ttf",
    "Serif-Bold": "DejaVuSerif-Bold.ttf",
    "Serif-Italic": "DejaVuSerif-Italic.ttf",
    "Serif-BoldItalic": "DejaVuSerif-BoldItalic.ttf",
}
LEFT, RIGHT, TOP, BOTTOM = 30 * mm, 18 * mm, 22 * mm, 20 * mm
WIDTH = A4[0] - LEFT - RIGHT
BODY = 11.5


@cache
def register_fonts() -> None:
    """Make the four faces known to reportlab."""
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for name, file in FACES.items():
        pdfmetrics.registerFont(TTFont(name, folder / file))
    pdfmetrics.registerFontFamily("Serif", "Serif", "Serif-Bold", "Serif-Italic", "Serif-BoldItalic")


def style(
    size: float = BODY, *, face: str = "Serif", align: int = TA_LEFT, indent: float = 0, after: float = 0
) -> ParagraphStyle:
    """A paragraph style."""
    return ParagraphStyle(
        "plan", fontName=face, fontSize=size, leading=size * 1.36, alignment=align, firstLineIndent=indent,
        spaceAfter=after, justifyBreaks=1, spaceShrinkage=0, splitLongWords=0,
    )  # fmt: skip


def text(content: str, form: ParagraphStyle) -> Text:
    """A paragraph; forced line breaks are kept, and so are the blanks of a number left open."""
    content = escape(content).replace(BREAK, "<br/>").replace("  ", "\u00a0 ")
    return Text(content, form)


def break_at_hyphens(content: str, form: ParagraphStyle) -> str:
    """The text with a forced break where a word with a hyphen of its own ("11/KH-UBND") runs over the line's end."""
    lines, used, room = [""], 0.0, WIDTH - form.firstLineIndent
    for word in content.split(" "):
        gap, length = width_of(" ", form) if lines[-1] else 0.0, width_of(word, form)
        if used + gap + length <= room:
            lines[-1] += " " * bool(lines[-1]) + word
            used += gap + length
            continue
        head = next((part for part in heads(word) if used + gap + width_of(part, form) <= room), "")
        if head:
            lines[-1] += f" {head}{BREAK}"
        lines.append(word.removeprefix(head))
        used, room = width_of(lines[-1], form), WIDTH
    return "".join(line if line.endswith(BREAK) else line + " " for line in lines).rstrip()


def heads(word: str) -> list[str]:
    """What may stand at a line's end of a word with hyphens, the longest first."""
    cuts = [index + 1 for index, letter in enumerate(word) if letter == "-" and 0 < index < len(word) - 2]
    return [word[:cut] for cut in reversed(cuts)]


def width_of(content: str, form: ParagraphStyle) -> float:
    """The width of a text on one line, in points."""
    return float(pdfmetrics.stringWidth(content, form.fontName, form.fontSize))


def justified(content: str, face: str) -> Text:
    """A paragraph of the body: justified, its first line indented."""
    form = style(face=face, align=TA_JUSTIFY, indent=12.7 * mm, after=5)
    return text(break_at_hyphens(content, form), form)


def centred(lines: tuple[str, ...] | list[str], size: float, face: str = "Serif-Bold") -> list[Flowable]:
    """Centred lines, one under the other."""
    return [text(line, style(size, face=face, align=TA_CENTER)) for line in lines]


class Rule(Flowable):
    """The short centred line under the issuer, the motto and the title; `share` of the width it stands in."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Take the whole width and four points of height."""
        self.width = width
        return width, 4

    def draw(self) -> None:
        """Draw the line in the middle."""
        side = self.width * (1 - self.share) / 2
        self.canv.setLineWidth(0.7)
        self.canv.line(side, 1, self.width - side, 1)


def letterhead(plan: Plan) -> list[Flowable]:
    """Issuer and number on the left, motto and dateline on the right."""
    left = [*centred(plan.issuer, 10.5), Rule(0.35), *centred([plan.number], 10.5, "Serif")]
    motto = [*centred([plan.motto[0]], 9.5), *centred([plan.motto[1]], 10.5), Rule(0.5)]
    right = [*motto, *centred([plan.dateline.text], 10.5, "Serif-Italic")]
    columns = [WIDTH * 0.39, WIDTH * 0.61]
    return [bare([[left, right]], columns), Spacer(1, 14)]


def bare(rows: list[list[list[Flowable]]], columns: list[float]) -> Grid:
    """A table without rules."""
    form: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    form += [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT")]
    return Grid(rows, colWidths=columns, style=TableStyle(form))


def title(plan: Plan) -> list[Flowable]:
    """Type and subject of the document."""
    return [*centred([plan.doc_type], 12.5), *centred([plan.title.text], BODY), Rule(0.25), Spacer(1, 6)]


def signature(plan: Plan) -> list[Flowable]:
    """Nơi nhận on the left, the signature on the right."""
    left: list[Flowable] = [text("Nơi nhận:", style(10, face="Serif-BoldItalic"))]
    left += [text(line, style(9.5)) for line in plan.recipients]
    stamp: list[Flowable] = [text(line.text, style(7.5)) for line in plan.digital]
    space = Spacer(1, 10 if stamp else 48)
    right = [*centred(plan.signature, 11.5), space, *stamp, Spacer(1, 8), *centred([plan.name], 11.5)]
    return [Spacer(1, 10), bare([[left, right]], [WIDTH * 0.5, WIDTH * 0.5])]


def grid(block: Table) -> list[Flowable]:
    """A ruled table with its header repeated on each page."""
    total = sum(block.widths)
    head = style(10, face="Serif-Bold", align=TA_CENTER)
    rows = [[text(name, head) for name in block.header]]
    form: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
    for index, row in enumerate(block.rows, 1):
        group = len(row) == 2
        rows.append([cell_text(cell.text, group or column == 0, group) for column, cell in enumerate(row)])
        if group and len(block.header) > 2:
            rows[-1] += [""] * (len(block.header) - 2)
            form.append(("SPAN", (1, index), (-1, index)))
    widths = [WIDTH * width / total for width in block.widths]
    return [Spacer(1, 4), Grid(rows, colWidths=widths, repeatRows=1, style=TableStyle(form)), Spacer(1, 8)]


def cell_text(content: str, centre: bool, bold: bool) -> Text:
    """The text of one cell."""
    return text(content, style(10, face="Serif-Bold" if bold else "Serif", align=TA_CENTER if centre else TA_LEFT))


def blocks(content: tuple[Block, ...]) -> list[Flowable]:
    """Headings, paragraphs and tables in their order."""
    flow: list[Flowable] = []
    for block in content:
        if isinstance(block, Table):
            flow += grid(block)
        elif isinstance(block, Heading):
            heading = style(face="Serif-Bold", indent=12.7 * mm, after=5)
            heading.keepWithNext = 1
            flow.append(text(block.line.text, heading))
        elif block.centred:
            face = "Serif-Italic" if block.line.text.startswith("(") else "Serif-Bold"
            flow += centred([block.line.text], BODY, face)
        else:
            face = "Serif-Italic" if block.line.text.startswith("Căn cứ") else "Serif"
            flow.append(justified(block.line.text, face))
    return flow


def page_number(canvas: Canvas, document: BaseDocTemplate) -> None:
    """The page number in the middle of the top margin, from page 2 on."""
    if document.page > 1:
        canvas.setFont("Serif", 10.5)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 13 * mm, str(document.page))


def render_pdf(plan: Plan) -> bytes:
    """The bytes of a .pdf file; equal plans give equal bytes."""
    register_fonts()
    out, frame = io.BytesIO(), Frame(LEFT, BOTTOM, WIDTH, A4[1] - TOP - BOTTOM, 0, 0, 0, 0)
    document = BaseDocTemplate(
        out, pagesize=A4, invariant=1, title=plan.title.joined, author=" ".join(plan.issuer),
        pageTemplates=[PageTemplate(frames=[frame], onPage=page_number)],
    )  # fmt: skip
    *body, closing = blocks(plan.body)
    flow = [*letterhead(plan), *title(plan), *body, KeepTogether([closing, *signature(plan)])]
    if plan.appendix:
        flow += [PageBreak(), *blocks(plan.appendix)]
    document.build(flow)
    return out.getvalue()

"""Small PDF files for the tests, set by reportlab in a font that has every Vietnamese letter."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import matplotlib as mpl
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.extract.pdf import read_pdf
from pipeline.settings import Limits
from pipeline.values import Extracted, Grid, Line

FONTS = Path(mpl.get_data_path()) / "fonts" / "ttf"
pdfmetrics.registerFont(TTFont("Serif", FONTS / "DejaVuSerif.ttf"))
pdfmetrics.registerFont(TTFont("Serif-Bold", FONTS / "DejaVuSerif-Bold.ttf"))

WIDTH, HEIGHT, LEFT, RIGHT, INDENT, LEADING = 595.0, 842.0, 85.0, 540.0, 36.0, 17.0


class Sheet:
    """A canvas with the origin at the top left, and a cursor that paragraphs move."""

    def __init__(self, size: tuple[float, float] = (WIDTH, HEIGHT), **options: object) -> None:
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=size, **options)
        self.size = size
        self.y = 60.0

    def at(self, x: float, y: float, text: str, *, bold: bool = False, size: float = 12) -> None:
        """Text that begins at x, its baseline at y."""
        self.canvas.setFont("Serif-Bold" if bold else "Serif", size)
        self.canvas.drawString(x, self.size[1] - y, text)

    def middle(self, x: float, y: float, text: str, *, bold: bool = False, size: float = 12) -> None:
        """Text centred on x."""
        font = "Serif-Bold" if bold else "Serif"
        self.at(x - pdfmetrics.stringWidth(text, font, size) / 2, y, text, bold=bold, size=size)

    def paragraph(self, text: str, *, indent: float = INDENT, after: float = 6, bold: bool = False) -> None:
        """A paragraph set word by word as far as a line reaches; turns the page where it is full."""
        font = "Serif-Bold" if bold else "Serif"
        words, x = text.split(" "), LEFT + indent
        line = words[0]
        for word in words[1:]:
            if x + pdfmetrics.stringWidth(f"{line} {word}", font, 12) > RIGHT:
                self.line(x, line, bold=bold, full=True)
                line, x = word, LEFT
            else:
                line = f"{line} {word}"
        self.line(x, line, bold=bold)
        self.y += after

    def line(self, x: float, text: str, *, bold: bool = False, full: bool = False) -> None:
        """One line at the cursor; a full one is justified."""
        if self.y > self.size[1] - 60:
            self.turn()
        font = "Serif-Bold" if bold else "Serif"
        spare = RIGHT - x - pdfmetrics.stringWidth(text, font, 12)
        self.canvas.setFont(font, 12)
        writer = self.canvas.beginText(x, self.size[1] - self.y)
        writer.setWordSpace(0)
        if full:
            # A TrueType font of many bytes ignores word spacing: each word is placed.
            step = spare / max(1, text.count(" "))
            for word in text.split(" "):
                self.canvas.drawString(x, self.size[1] - self.y, word)
                x += pdfmetrics.stringWidth(word + " ", font, 12) + step
        else:
            self.canvas.drawString(x, self.size[1] - self.y, text)
        self.y += LEADING

    def turn(self) -> None:
        """The next page."""
        self.canvas.showPage()
        self.y = 60.0

    def rule(self, x0: float, y0: float, x1: float, y1: float, *, thin_box: bool = False) -> None:
        """A ruling, as a stroke or as a filled rectangle one point thick."""
        if thin_box:
            self.canvas.rect(x0, self.size[1] - y1, max(x1 - x0, 0.7), max(y1 - y0, 0.7), stroke=0, fill=1)
        else:
            self.canvas.line(x0, self.size[1] - y0, x1, self.size[1] - y1)

    def table(self, xs: Sequence[float], top: float, rows: Sequence[Sequence[str | None]], **options: bool) -> float:
        """A ruled table; None is merged with the cell to its left, newlines part lines. Gives the y of its end."""
        self.rule(xs[0], top, xs[-1], top, **options)
        for row in rows:
            depth = 16 * max(len((text or "").split("\n")) for text in row) + 6
            for column, text in enumerate(row):
                if text is None:
                    continue
                self.rule(xs[column], top, xs[column], top + depth, **options)
                for number, line in enumerate(text.split("\n")):
                    self.at(xs[column] + 5, top + 15 + 16 * number, line, size=11)
            self.rule(xs[-1], top, xs[-1], top + depth, **options)
            top += depth
            self.rule(xs[0], top, xs[-1], top, **options)
        return top

    def picture(self, x: float = 0, y: float = 0, width: float = WIDTH, height: float = HEIGHT) -> None:
        """A grey picture, lower left corner and size in points."""
        image = Image.effect_noise((40, 56), 60)
        self.canvas.drawImage(ImageReader(image), x, y, width, height)

    def done(self) -> bytes:
        """The file."""
        self.canvas.save()
        return self.buffer.getvalue()


def letterhead(sheet: Sheet, number: str = "Số: 27/KH-UBND") -> None:
    """Issuer and number on the left, motto and dateline on the right."""
    sheet.middle(165, 60, "ỦY BAN NHÂN DÂN")
    sheet.middle(165, 76, "XÃ BÌNH SƠN", bold=True)
    sheet.middle(165, 100, number)
    sheet.middle(400, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=11)
    sheet.middle(400, 78, "Độc lập - Tự do - Hạnh phúc", bold=True)
    sheet.middle(400, 100, "Bình Sơn, ngày 15 tháng 01 năm 2025")
    sheet.middle(312, 140, "KẾ HOẠCH", bold=True, size=14)
    sheet.middle(312, 158, "Công tác thi đua, khen thưởng năm 2025", bold=True)
    sheet.y = 190


def made(*draw: Callable[[Sheet], None], size: tuple[float, float] = (WIDTH, HEIGHT), **options: object) -> bytes:
    """A file with one page for each function."""
    sheet = Sheet(size, **options)
    for number, page in enumerate(draw):
        if number:
            sheet.turn()
        page(sheet)
    return sheet.done()


def read(data: bytes, limits: Limits | None = None) -> Extracted:
    return read_pdf(data, limits or Limits())


def paragraphs(extracted: Extracted) -> list[str]:
    """The paragraphs of the lines, those of a side marked with it; a grid is shown as `#`."""
    found: list[str] = []
    for block in extracted.blocks:
        if isinstance(block, Grid):
            found.append("#")
        elif block.opens is False and found:
            glue = "" if found[-1].endswith("-") and not found[-1].endswith(" -") else " "
            found[-1] += glue + block.text
        else:
            found.append({"full": "", "left": "L: ", "right": "R: "}[block.side] + block.text)
    return found


def lines(extracted: Extracted) -> list[Line]:
    return [block for block in extracted.blocks if isinstance(block, Line)]


def grids(extracted: Extracted) -> list[list[list[str]]]:
    """The cell texts of each grid."""
    found = [block for block in extracted.blocks if isinstance(block, Grid)]
    return [[[cell.text for cell in row] for row in grid.rows] for grid in found]


def raw_pdf(*objects: bytes) -> bytes:
    """A file of given objects, the first of which is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + head + table + trailer


def stream(entries: bytes, content: bytes) -> bytes:
    """A packed stream object."""
    packed = zlib.compress(content)
    return b"<<" + entries + b"/Filter /FlateDecode/Length %d>>\nstream\n" % len(packed) + packed + b"\nendstream"

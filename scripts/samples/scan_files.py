# mypy: disable-error-code="import-untyped, misc, no-untyped-call"
# pypdfium2 and reportlab carry no types
"""The files that offices make of scanned pages: PDF of pictures, JPEG, PNG, TIFF; PDFs half scanned, sealed, misread."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path
from time import gmtime

import pypdfium2
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from samples.plan import Plan
from samples.portable import register_fonts, render_pdf
from samples.scan import Scan, Signed, pictures

NO_TIME = gmtime(0)
INVISIBLE = 3
"""The PDF text render mode that draws nothing, as programs set it that lay a text under a picture."""
SIGNS = {"é": "êềếểễệ", "6": "óốổỗ", "tr": "ứửữ", "w": "ừự", "i": "ú"}
ENGLISH = {letter: sign for sign, letters in SIGNS.items() for letter in letters}


def render_scan(plan: Plan) -> bytes:
    """The bytes of a scanned plan, in the format of its file's suffix; `[render.scan]` holds the fields of `Scan`.

    Raises ValueError where a format of one page is asked for more.
    """
    fields = {name: tuple(value) if isinstance(value, list) else value for name, value in plan.render["scan"].items()}
    scan = Scan(**fields)
    pages = pictures(render_pdf(plan), scan, signed(plan))
    match Path(plan.file).suffix:
        case ".pdf":
            return pdf_of(pages, scan)
        case ".tif" | ".tiff":
            return tiff_of(pages, scan)
        case ".jpg" | ".png" as suffix if len(pages) == 1:
            return picture_of(pages[0], scan, {".jpg": "JPEG", ".png": "PNG"}[suffix])
    raise ValueError(f"no scan of {len(pages)} pages fits {plan.file}")


def signed(plan: Plan) -> Signed:
    """Who signed a plan: the name below the signature, the office and the place of its stamp."""
    return Signed(plan.name, plan.gold["issuer"] or "", plan.gold["place"] or "")


def pdf_of(pages: list[Image.Image], scan: Scan) -> bytes:
    """A PDF whose pages are pictures and nothing else: JPEG, one-bit as CCITT group 4."""
    out = io.BytesIO()
    how = {} if scan.mode == "one-bit" else {"quality": scan.quality}
    pages[0].save(
        out, "PDF", save_all=True, append_images=pages[1:], resolution=scan.dpi,
        creationDate=NO_TIME, modDate=NO_TIME, producer="scan", **how,
    )  # fmt: skip
    return out.getvalue()


def picture_of(page: Image.Image, scan: Scan, kind: str) -> bytes:
    """One page as `JPEG` or `PNG`."""
    out = io.BytesIO()
    page.save(out, kind, dpi=(scan.dpi, scan.dpi), **({"quality": scan.quality} if kind == "JPEG" else {}))
    return out.getvalue()


def tiff_of(pages: list[Image.Image], scan: Scan) -> bytes:
    """A TIFF of several pages: group 4 for one bit, JPEG inside for the rest."""
    out = io.BytesIO()
    how = {"compression": "group4"} if scan.mode == "one-bit" else {"compression": "jpeg", "quality": scan.quality}
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], dpi=(scan.dpi, scan.dpi), **how)
    return out.getvalue()


def mixed_pdf(pdf: bytes, pages: list[Image.Image], scan: Scan, scanned: set[int]) -> bytes:
    """A born-digital PDF in which some pages (from 1) are pictures: usually the last, printed, signed and scanned."""
    text, picture = pypdfium2.PdfDocument(pdf), pypdfium2.PdfDocument(pdf_of(pages, scan))
    mixed, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    for index in range(len(text)):
        mixed.import_pages(picture if index + 1 in scanned else text, [index])
    mixed.save(out)
    for document in (text, picture, mixed):
        document.close()
    return out.getvalue()


def sealed_pdf(pages: list[Image.Image], scan: Scan, lines: list[str]) -> bytes:
    """A scan that was then signed digitally: the signature's few lines, seen on the first page, are its only text."""
    return drawn([(page, [(line, 330.0, 805.0 - 11 * row) for row, line in enumerate(lines if not index else [])])
                  for index, page in enumerate(pages)], scan, 0)  # fmt: skip


def misread_pdf(pdf: bytes, pages: list[Image.Image], scan: Scan) -> bytes:
    """A scan under which a machine laid an invisible text, read with English letters: most marks lost, some letters wrong."""
    document = pypdfium2.PdfDocument(pdf)
    layers = [layer(document[index]) for index in range(len(document))]
    document.close()
    return drawn(list(zip(pages, layers, strict=True)), scan, INVISIBLE)


def layer(page: pypdfium2.PdfPage) -> list[tuple[str, float, float]]:
    """The lines of a page as they were misread, each where it stands, in points."""
    content = page.get_textpage()
    boxes = [content.get_rect(index) for index in range(content.count_rects())]
    return [(as_english(content.get_text_bounded(*box)), box[0], box[1]) for box in boxes]


def as_english(text: str) -> str:
    """A text as tesseract's English model reads it: marks gone, or the marked letter taken for another sign."""
    return "".join(ENGLISH.get(letter) or without_marks(letter) for letter in unicodedata.normalize("NFC", text))


def without_marks(letter: str) -> str:
    """The plain letter below the marks."""
    return {"đ": "d", "Đ": "D"}.get(letter, unicodedata.normalize("NFD", letter)[0])


def drawn(pages: list[tuple[Image.Image, list[tuple[str, float, float]]]], scan: Scan, mode: int) -> bytes:
    """A PDF of pictures with some lines of text on each, in a text render mode."""
    register_fonts()
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for page, lines in pages:
        width, height = (side * 72 / scan.dpi for side in page.size)
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(io.BytesIO(picture_of(page.convert("RGB"), scan, "JPEG"))), 0, 0, width, height)
        for line, left, bottom in lines:
            words = canvas.beginText(left, bottom)
            words.setFont("Serif", 9)
            words.setTextRenderMode(mode)
            words.textOut(line)
            canvas.drawText(words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()

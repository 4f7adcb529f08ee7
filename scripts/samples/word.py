"""A plan as a Word document, in the layout of Nghị định 30/2020/NĐ-CP, Phụ lục I, by python-docx.

`[render]` of a Word plan: `autonumber` (the numbers of headings of level 1 and 2 are Word's own and stand in no text),
`tables` (letterhead and signature in borderless tables, the usual way; else in paragraphs one after the other), `rule`
(`underscores` typed under the title in place of a line).
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from samples.markup import BREAK
from samples.plan import Heading, Paragraph, Plan, Table

EPOCH = (1980, 1, 1, 0, 0, 0)
WRITTEN = datetime(2026, 1, 1, 8, 0)
FONT = "Times New Roman"
LIST = 90
NUMBERING = """<w:abstractNum {ns} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:suff w:val="space"/>
<w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="space"/>
<w:lvlText w:val="%2."/></w:lvl>
</w:abstractNum>"""


class WordWriter:
    """Writes one plan into one document."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.document: DocumentType = Document()
        self.autonumber = bool(plan.render.get("autonumber"))
        self.set_page()

    def set_page(self) -> None:
        """A4, the decree's margins, 14 pt, the page number on top from page 2 on."""
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.top_margin = section.bottom_margin = Cm(2)
        section.left_margin, section.right_margin = Cm(3), Cm(1.8)
        section.different_first_page_header_footer = True
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(14)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        style.paragraph_format.space_after = Pt(0)
        number = section.header.paragraphs[0]
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = number.add_run()
        for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            element.text = text
            run._r.append(element)
        properties = self.document.core_properties
        properties.author, properties.comments = "Văn phòng", ""
        properties.created = properties.modified = WRITTEN
        if self.autonumber:
            self.add_numbering()

    def add_numbering(self) -> None:
        """A multilevel list: roman numerals, then arabic ones that start anew under each roman one."""
        numbering = self.document.part.numbering_part.element
        numbering.insert(0, parse_xml(NUMBERING.format(ns=nsdecls("w"), number=LIST)))
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{LIST}"><w:abstractNumId w:val="{LIST}"/></w:num>'))

    def write(self) -> bytes:
        """The document's bytes; equal plans give equal bytes."""
        plan = self.plan
        if plan.issuer:
            self.letterhead()
        self.centred(plan.doc_type, bold=True, before=18)
        self.centred(plan.title.text, bold=True)
        self.rule()
        self.blocks(plan.body)
        self.signature()
        for line in plan.digital:
            self.document.add_paragraph(line.joined)
        if plan.appendix:
            self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            self.blocks(plan.appendix)
        return self.saved()

    def saved(self) -> bytes:
        """The package with the dates of its parts made equal."""
        raw, fixed = io.BytesIO(), io.BytesIO()
        self.document.save(raw)
        with zipfile.ZipFile(raw) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(zipfile.ZipInfo(name, EPOCH), old.read(name), zipfile.ZIP_DEFLATED, 9)
        return fixed.getvalue()

    def centred(self, text: str, *, bold: bool = False, before: float = 0, after: float = 0) -> None:
        """A centred line."""
        paragraph = self.document.add_paragraph()
        fill(paragraph, text, bold=bold)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)

    def rule(self) -> None:
        """The short line under the title: a border of an empty paragraph, or the underscores some people type."""
        if self.plan.render.get("rule") == "underscores":
            self.centred("_" * 12, after=6)
            return
        paragraph = self.document.add_paragraph()
        border = f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(border))
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Cm(6.2)

    def letterhead(self) -> None:
        """Issuer and motto, number and dateline: two columns of a table without borders, or plain paragraphs."""
        plan = self.plan
        left = [(line, True, False) for line in plan.issuer]
        right = [(line, True, False) for line in plan.motto]
        if not plan.render.get("tables", True):
            for text, bold, _ in [*left, (plan.number, False, False), *right, (plan.dateline.text, False, True)]:
                self.centred(text, bold=bold)
            return
        rows = [(left, right), ([(plan.number, False, False)], [(plan.dateline.text, False, True)])]
        table = self.document.add_table(rows=2, cols=2)
        for row, columns in zip(table.rows, rows, strict=True):
            for cell, lines, width in zip(row.cells, columns, (Cm(6.4), Cm(9.8)), strict=True):
                cell.width = width
                fill_cell(cell, [(text, bold, italic) for text, bold, italic in lines], size=12)

    def signature(self) -> None:
        """Nơi nhận on the left, the signature on the right; or one after the other."""
        plan = self.plan
        signed = [(line, True, False) for line in (*plan.signature, "", "", "", plan.name)]
        if not plan.render.get("tables", True):
            for line in ("Nơi nhận:", *plan.recipients):
                fill(self.document.add_paragraph(), line)
            for text, bold, _ in signed:
                self.centred(text, bold=bold)
            return
        self.document.add_paragraph()
        table = self.document.add_table(rows=1, cols=2)
        left, right = table.rows[0].cells
        left.width, right.width = Cm(8.2), Cm(8)
        fill_cell(left, [("Nơi nhận:", True, True)], size=12, centred=False)
        for line in plan.recipients:
            fill(left.add_paragraph(), line, size=11)
        fill_cell(right, signed, size=14)

    def blocks(self, blocks: tuple[Heading | Paragraph | Table, ...]) -> None:
        """Headings, paragraphs and tables in their order."""
        for block in blocks:
            if isinstance(block, Table):
                self.table(block)
            elif isinstance(block, Heading):
                self.heading(block)
            elif block.centred:
                self.centred(block.line.text, bold=not block.line.text.startswith("("))
            else:
                self.indented(block.line.text, italic=block.line.text.startswith("Căn cứ"))

    def indented(self, text: str, *, bold: bool = False, italic: bool = False) -> WordParagraph:
        """A justified paragraph with a first-line indent."""
        paragraph = self.document.add_paragraph()
        fill(paragraph, text, bold=bold, italic=italic)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent, paragraph.paragraph_format.space_after = Cm(1.27), Pt(6)
        return paragraph

    def heading(self, heading: Heading) -> None:
        """A heading as a bold paragraph; its number is Word's own where the plan is numbered automatically."""
        text = heading.line.text
        automatic = self.autonumber and heading.level <= 2 and heading.marker
        if automatic:
            text = re.sub(r"^\S+\s+", "", text)
        paragraph = self.indented(text, bold=True)
        if automatic:
            numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            numbering.get_or_add_ilvl().val = heading.level - 1
            numbering.get_or_add_numId().val = LIST

    def table(self, block: Table) -> None:
        """A ruled table whose header row is repeated on each page."""
        table = self.document.add_table(rows=0, cols=len(block.header))
        table.style, table.autofit = "Table Grid", False
        widths = [Cm(16.2 * width / sum(block.widths)) for width in block.widths]
        rows = [[(text, True) for text in block.header]]
        rows += [[(cell.text, len(row) == 2) for cell in row] for row in block.rows]
        for index, texts in enumerate(rows):
            cells = table.add_row().cells
            for cell, width in zip(cells, widths, strict=True):
                cell.width = width
            if len(texts) < len(cells):
                cells[1].merge(cells[-1])
            for column, (text, bold) in enumerate(texts):
                short = index == 0 or column == 0
                parts = [(part, bold, False) for part in text.split(BREAK)]
                fill_cell(cells[column], parts, size=12, centred=short)
        mark = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(mark)
        self.document.add_paragraph()


def fill(paragraph: WordParagraph, text: str, *, bold: bool = False, italic: bool = False, size: float = 0) -> None:
    """Put a text with its forced line breaks into a paragraph."""
    run = paragraph.add_run()
    for index, part in enumerate(text.split(BREAK)):
        if index:
            run.add_break()
        run.add_text(part)
    run.bold, run.italic = bold or None, italic or None
    if size:
        run.font.size = Pt(size)


def fill_cell(cell: _Cell, lines: list[tuple[str, bool, bool]], *, size: float, centred: bool = True) -> None:
    """Put lines of (text, bold, italic) into a cell, one paragraph each."""
    for index, (text, bold, italic) in enumerate(lines):
        paragraph = cell.add_paragraph() if index else cell.paragraphs[0]
        fill(paragraph, text, bold=bold, italic=italic, size=size)
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def render_docx(plan: Plan) -> bytes:
    """The bytes of a .docx file."""
    return WordWriter(plan).write()

"""Word files made from bits of their XML, for the tests of the Word reader."""

from __future__ import annotations

import io
import zipfile

from pipeline.extract.docx import read_docx
from pipeline.values import Grid, Line

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
KINDS = {"styles": "styles", "theme": "theme", "numbering": "numbering", "footnotes": "footnotes", "header1": "header"}


def docx(body: str, extra: dict[str, str] | None = None, **parts: str) -> bytes:
    """A Word file with that body; `parts` are other parts' inner XML, `extra` whole files by name."""
    files = {
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
    }
    relations = ""
    for name, inner in parts.items():
        files[f"word/{name}.xml"] = f"<w:{name} {SPACES}>{inner}</w:{name}>"
        relations += f'<Relationship Id="{name}" Type="{R}/{KINDS[name]}" Target="{name}.xml"/>'
    files["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**files, **(extra or {})}.items():
            archive.writestr(name, text)
    return stream.getvalue()


def t(text: str) -> str:
    return f'<w:t xml:space="preserve">{text}</w:t>'


def r(text: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr>{t(text)}</w:r>"


def p(content: str, look: str = "") -> str:
    return f"<w:p><w:pPr>{look}</w:pPr>{content if content.startswith('<') else r(content) if content else ''}</w:p>"


def num(num_id: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>'


def cell(*paragraphs: str, look: str = "") -> str:
    inner = "".join(text if text.startswith("<") else p(text) for text in paragraphs)
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{inner}</w:tc>"


def table(*rows: str, ruled: bool = True) -> str:
    line = "single" if ruled else "nil"
    borders = f'<w:tblBorders><w:top w:val="{line}"/><w:insideV w:val="{line}"/></w:tblBorders>'
    return f"<w:tbl><w:tblPr>{borders}</w:tblPr>{''.join(rows)}</w:tbl>"


def tr(*cells: str, look: str = "") -> str:
    return f"<w:tr><w:trPr>{look}</w:trPr>{''.join(c if c.startswith('<w:tc>') else cell(c) for c in cells)}</w:tr>"


def lines(body: str, **parts: str) -> list[Line]:
    return [block for block in read_docx(docx(body, **parts)).blocks if isinstance(block, Line)]


def texts(body: str, **parts: str) -> list[str]:
    return [line.text for line in lines(body, **parts)]


def grid(body: str, **parts: str) -> Grid:
    return next(block for block in read_docx(docx(body, **parts)).blocks if isinstance(block, Grid))


def level(ilvl: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


OUTLINE = (
    level(0, "upperRoman", "%1."), level(1, "decimal", "%2."), level(2, "decimal", "%2.%3."), level(3, "lowerLetter", "%4)"),
    level(4, "bullet", "-"),
)  # fmt: skip


def numbering(*abstracts: str, nums: str = "") -> str:
    made = "".join(f'<w:abstractNum w:abstractNumId="{i}">{inner}</w:abstractNum>' for i, inner in enumerate(abstracts))
    own = "".join(f'<w:num w:numId="{i + 1}"><w:abstractNumId w:val="{i}"/></w:num>' for i in range(len(abstracts)))
    return made + own + nums


def field(instruction: str, result: str, end: bool = True) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}'
        + ('<w:r><w:fldChar w:fldCharType="end"/></w:r>' if end else "")
    )


STYLES = (
    '<w:style w:type="paragraph" w:styleId="Normal" w:default="1"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Muc"><w:basedOn w:val="H1"/><w:name w:val="Mục"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="character" w:styleId="Dam"><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>'
)

LETTERHEAD = table(
    tr(
        cell(p("ỦY BAN NHÂN DÂN"), p(r("XÃ AN HÒA", "<w:b/>"))),
        cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
    ),
    tr(cell("Số: 05/KH-UBND", "V/v thi đua"), "An Hòa, ngày 02 tháng 01 năm 2025"),
    ruled=False,
)

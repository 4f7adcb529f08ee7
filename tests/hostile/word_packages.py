"""Word files (DOCX): bombs, XML that calls out, structures without end, and packages that lack their parts."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from functools import cache

from corpus import READ, hostile
from docx_files import LETTERHEAD, SPACES, STYLES, R, cell, docx, num, numbering, p, r, table, tr
from parcels import patched, zipped

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TEXT = p("KẾ HOẠCH") + p("Công tác thi đua, khen thưởng năm 2025") + p("I. MỤC ĐÍCH, YÊU CẦU") + p("Nâng cao chất lượng.")
ROOT = (
    f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a" Type="{R}/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)


@cache
def plan() -> bytes:
    """A sound plan."""
    return docx(LETTERHEAD + TEXT, styles=STYLES)


def related(relation: str, body: str = TEXT, **extra: str) -> bytes:
    """A sound body whose document has that relation."""
    relations = f'<Relationships xmlns="{RELATIONS}">{relation}</Relationships>'
    return docx(LETTERHEAD + body, extra={"word/_rels/document.xml.rels": relations, **extra})


def with_document(xml: str) -> bytes:
    return zipped({"_rels/.rels": ROOT, "word/document.xml": xml})


# ------------------------------------------------------------------ bombs


@hostile("bom.docx", "too_complex", why="a document part of 120 kB that unpacks to 80 MB")
def packed_part() -> bytes:
    return packed_file("word/document.xml", 80)


@hostile("bom-anh.docx", "too_complex", why="a picture that nobody would look at, packed a thousand to one")
def packed_picture() -> bytes:
    return packed_file("word/media/image1.bmp", 80)


@hostile("bom-vua-du.docx", "too_complex", why="five million empty paragraphs, packed just below the ratio that is allowed")
def packed_below_the_ratio() -> bytes:
    noise = random.Random(5)
    return docx(LETTERHEAD + TEXT + "".join("<w:p/>" * 350 + p(noise.randbytes(20).hex()) for _ in range(14_000)))


@hostile("ti-le-doi.docx", "damaged_file", why="a directory that says 1 kB of a part of 20 MB")
def false_size() -> bytes:
    data = packed_file("word/document.xml", 20)
    return patched(data, 1, 24, struct.pack("<L", 1000))


@hostile("tram-phan.docx", "too_complex", why="twelve thousand parts")
def many_parts() -> bytes:
    return zipped({"_rels/.rels": ROOT, "word/document.xml": "x", **{f"word/x{n}.xml": "" for n in range(12_000)}})


@hostile("chong-phan.docx", "too_complex", why="two parts that share their bytes, as the smallest bombs do")
def overlapping_parts() -> bytes:
    data = zipped({"_rels/.rels": ROOT, "word/document.xml": "<a/>", "word/styles.xml": "<a/>"})
    place = struct.pack("<L", data.index(b"PK\x03\x04", 10))
    return patched(data, 2, 42, place)


# ------------------------------------------------------------------ XML that calls out


@hostile("ty-tieng-cuoi.docx", "damaged_file", why="a billion laughs: entities of entities")
def billion_laughs() -> bytes:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11))
    return with_document(f"<!DOCTYPE w:document [{entities}]><w:document {SPACES}><w:body>{p('&a10;')}</w:body></w:document>")


@hostile("thuc-the-ngoai.docx", "damaged_file", why="an entity that stands for a file of this machine")
def external_entity() -> bytes:
    doctype = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    return with_document(f"{doctype}<w:document {SPACES}><w:body>{p('&x;')}</w:body></w:document>")


@hostile("thuc-the-tham-so.docx", "damaged_file", why="a parameter entity fetched from the network")
def parameter_entity() -> bytes:
    doctype = '<!DOCTYPE w:document [<!ENTITY % x SYSTEM "http://example.vn/x.dtd"> %x;]>'
    return with_document(f"{doctype}<w:document {SPACES}><w:body>{TEXT}</w:body></w:document>")


@hostile("dtd-utf16.docx", "damaged_file", why="the same in UTF-16, where its letters are two bytes each")
def wide_doctype() -> bytes:
    doctype = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    xml = f"{doctype}<w:document {SPACES}><w:body>{p('&x;')}</w:body></w:document>"
    return zipped({"_rels/.rels": ROOT, "word/document.xml": xml.encode("utf-16")})


@hostile("dtd-phan-phu.docx", "damaged_file", why="a document type in the styles: any part with one is refused")
def doctype_in_the_styles() -> bytes:
    relation = f'<Relationship Id="s" Type="{R}/styles" Target="styles.xml"/>'
    styles = f'<!DOCTYPE w:styles [<!ENTITY x "y">]><w:styles {SPACES}/>'
    return related(relation, **{"word/styles.xml": styles})


@hostile("mau-tu-xa.docx", READ, why="a template to be fetched from the network when the file is opened")
def remote_template() -> bytes:
    relation = (
        f'<Relationship Id="t" Type="{R}/attachedTemplate" Target="http://127.0.0.1:9/x.dotm" TargetMode="External"/>'
        f'<Relationship Id="s" Type="{R}/styles" Target="http://127.0.0.1:9/styles.xml" TargetMode="External"/>'
        f'<Relationship Id="i" Type="{R}/image" Target="file:///etc/passwd" TargetMode="External"/>'
    )
    return related(relation)


@hostile("dau-phan-ra-ngoai.docx", READ, why="relations that point out of the package, up to the root")
def relations_that_climb() -> bytes:
    relation = (
        f'<Relationship Id="s" Type="{R}/styles" Target="../../../../etc/passwd"/>'
        f'<Relationship Id="n" Type="{R}/numbering" Target="/../../etc/passwd"/>'
    )
    return related(relation)


@hostile("chen-tep.docx", READ, why="parts to be taken in from elsewhere (altChunk), one a page with a script, one remote")
def foreign_chunks() -> bytes:
    relation = (
        f'<Relationship Id="c" Type="{R}/aFChunk" Target="x.html"/>'
        f'<Relationship Id="d" Type="{R}/aFChunk" Target="http://127.0.0.1:9/x.html" TargetMode="External"/>'
    )
    body = TEXT + '<w:altChunk r:id="c"/><w:altChunk r:id="d"/>'
    return related(relation, body, **{"word/x.html": "<script src='http://127.0.0.1:9/x.js'></script>"})


@hostile("truong-lenh.docx", READ, why="fields that run programs, include files and ask the network")
def fields_that_act() -> bytes:
    def acting(instruction: str) -> str:
        return p(f'<w:fldSimple w:instr="{instruction}">{r("ke hoach")}</w:fldSimple>')

    acts = ('DDEAUTO c:\\\\x cmd.exe', 'INCLUDETEXT &quot;/etc/passwd&quot;', 'INCLUDEPICTURE &quot;http://127.0.0.1:9/x&quot; \\d')
    return docx(LETTERHEAD + TEXT + "".join(map(acting, acts)))


@hostile("macro.docm", READ, why="a document with macros, which nobody runs")
def macros() -> bytes:
    return docx(LETTERHEAD + TEXT, extra={"word/vbaProject.bin": "Sub AutoOpen"})


# ------------------------------------------------------------------ structures without end


@hostile("bang-long-1000.docx", "too_complex", why="a table in a table, a thousand deep")
def deep_tables() -> bytes:
    return docx("<w:tbl><w:tr><w:tc>" * 1000 + p("a") + "</w:tc></w:tr></w:tbl>" * 1000)


@hostile("bang-long-60.docx", READ, why="a table in a table as deep as XML is read")
def deep_tables_that_are_read() -> bytes:
    return docx(LETTERHEAD + TEXT + "<w:tbl><w:tr><w:tc>" * 80 + p("a") + "</w:tc></w:tr></w:tbl>" * 80)


@hostile("bang-nhan-doi.docx", READ, why="two tables in each of two tables, eight levels down")
def branching_tables() -> bytes:
    body = p("ke hoach")
    for _ in range(8):
        body = table(tr(cell(body), cell(body))) + p("")
    return docx(LETTERHEAD + TEXT + body)


@hostile("dieu-khien-long.docx", READ, why="content controls in one another, a hundred deep")
def deep_controls() -> bytes:
    return docx(TEXT + "<w:sdt><w:sdtContent>" * 110 + p("a") + "</w:sdtContent></w:sdt>" * 110)


@hostile("trieu-doan-trong.docx", "too_complex", why="a million empty paragraphs in 9 kB")
def empty_paragraphs() -> bytes:
    return docx(LETTERHEAD + TEXT + "<w:p/>" * 1_000_000)


@hostile("nhieu-doan-trong.docx", READ, why="as many empty paragraphs as the ratio lets through")
def fewer_empty_paragraphs() -> bytes:
    return docx(LETTERHEAD + TEXT + "<w:p/>" * 80_000)


@hostile("chu-lap.docx", "too_complex", why="six million characters")
def many_characters() -> bytes:
    digits = random.Random(7).randbytes(3_000_000).hex()
    return docx(p(" ".join(digits[at : at + 9] for at in range(0, len(digits), 9))))


@hostile("bang-rong.docx", READ, why="a row of 5,000 cells, each of which says it is a million columns wide")
def wide_table() -> bytes:
    wide = "".join(cell(f"o{n}", look='<w:gridSpan w:val="1000000"/>') for n in range(5_000))
    return docx(LETTERHEAD + TEXT + f"<w:tbl><w:tr>{wide}</w:tr></w:tbl>")


@hostile("bang-gop-doc.docx", READ, why="fifteen hundred rows whose cells all begin a merge and go on")
def merged_table() -> bytes:
    look = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [tr(*[cell(f"{n}", look=look[n % 7 > 0]) for _ in range(6)]) for n in range(1_500)]
    return docx(LETTERHEAD + TEXT + table(*rows))


@hostile("kieu-vong.docx", READ, why="styles that are based on each other")
def cyclic_styles() -> bytes:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="S{n}"><w:basedOn w:val="S{(n + 1) % 50}"/><w:link w:val="S{n}"/></w:style>'
        for n in range(50)
    )
    return docx(LETTERHEAD + p("KẾ HOẠCH", '<w:pStyle w:val="S1"/>') + TEXT, styles=styles)


@hostile("danh-so-vong.docx", READ, why="lists defined by each other's styles, levels beyond the ninth, numbers beyond all bounds")
def cyclic_numbering() -> bytes:
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="99999999999999999999"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1.%9.%0"/></w:lvl>'
        '<w:lvl w:ilvl="8888888"><w:start w:val="-5"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl>'
        '<w:numStyleLink w:val="L"/>'
    )
    styles = '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    body = "".join(p("việc", num(1, level)) for level in (0, 8, 8888888, 0, -1))
    return docx(LETTERHEAD + TEXT + body, styles=styles, numbering=numbering(levels))


@hostile("chu-cai-lon.docx", READ, why="a list in letters that starts at two thousand million")
def endless_letters() -> bytes:
    level = '<w:lvl w:ilvl="0"><w:start w:val="2000000000"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl>'
    return docx(LETTERHEAD + TEXT + p("việc", num(1)) * 3, numbering=numbering(level))


@hostile("chu-thich-tu-goi.docx", READ, why="a footnote that refers to itself, a thousand times")
def footnote_in_a_ring() -> bytes:
    note = f'<w:footnote w:id="1">{p("<w:r><w:footnoteReference w:id=" + chr(34) + "1" + chr(34) + "/></w:r>" + r("chú"))}</w:footnote>'
    call = p('<w:r><w:footnoteReference w:id="1"/></w:r>' * 1000)
    return docx(LETTERHEAD + TEXT + call, footnotes=note)


@hostile("truong-khong-dong.docx", READ, why="ten thousand fields that begin and never end")
def open_fields() -> bytes:
    return docx(LETTERHEAD + TEXT + p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 10_000 + r("cuối")))


@hostile("khung-long.docx", READ, why="text boxes in text boxes, twenty-four deep")
def boxes_in_boxes() -> bytes:
    inner = p("trong cùng")
    for _ in range(24):
        inner = p(f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>")
    return docx(LETTERHEAD + TEXT + inner)


# ------------------------------------------------------------------ broken


@hostile("cat.docx", "truncated_file", why="an upload that broke off: the directory at the end is missing")
def cut_package() -> bytes:
    return plan()[: len(plan()) * 6 // 10]


@hostile("thieu-van-ban.docx", "damaged_file", why="no document among the parts")
def no_document() -> bytes:
    return zipped({"_rels/.rels": ROOT, "word/styles.xml": f"<w:styles {SPACES}/>"})


@hostile("thieu-than.docx", "damaged_file", why="a document without a body")
def no_body() -> bytes:
    return with_document(f"<w:document {SPACES}/>")


@hostile("thieu-quan-he.docx", READ, why="no relations at all: the document stands where it always does")
def no_relations() -> bytes:
    return zipped({"word/document.xml": f"<w:document {SPACES}><w:body>{TEXT}</w:body></w:document>"})


@hostile("khong-phai-xml.docx", "damaged_file", why="a document part that is no XML")
def no_xml() -> bytes:
    return with_document("KẾ HOẠCH không phải XML")


@hostile("hong-byte.docx", "damaged_file", why="bytes in the middle overwritten, as a bad disk does")
def flipped_bytes() -> bytes:
    data = bytearray(plan())
    at = data.index(b"word/document.xml") + 60
    data[at : at + 40] = b"\xff" * 40
    return bytes(data)


@hostile("khoa.docx", "password_protected", why="a part that is locked in the archive itself")
def locked_part() -> bytes:
    return patched(plan(), 1, 8, b"\x01\x00")


@hostile("rong.docx", "empty_file", why="no byte at all")
def nothing() -> bytes:
    return b""


@hostile("toan-so-khong.docx", "empty_file", why="a disk that filled the file with zeros")
def zeros() -> bytes:
    return bytes(5000)


# ------------------------------------------------------------------ how they are made


def packed_file(name: str, megabytes: int, block: bytes = b"<w:p/>" * 2000) -> bytes:
    """A package in which one part is so large, made of that block over and over."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", ROOT)
        with archive.open(name, "w", force_zip64=True) as part:
            part.write(f"<w:document {SPACES}><w:body>".encode())
            for _ in range(megabytes):
                part.write(block * (1024 * 1024 // len(block)))
            part.write(b"</w:body></w:document>")
        if name != "word/document.xml":
            archive.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{TEXT}</w:body></w:document>")
    return stream.getvalue()

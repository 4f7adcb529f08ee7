"""PDFs that are broken, locked, or made to exhaust whoever draws them."""

from __future__ import annotations

import io
import struct
import zlib
from functools import cache

from corpus import READ, hostile
from pdf_files import Sheet, letterhead, made, raw_pdf, stream
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption

STRIP_OFFSETS, ROWS_PER_STRIP, STRIP_BYTE_COUNTS = 273, 278, 279
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
SENTENCE = "Căn cứ Luật Thi đua, khen thưởng, Ủy ban nhân dân xã ban hành kế hoạch thực hiện trong năm 2025."


def _plan(sheet: Sheet) -> None:
    letterhead(sheet)
    for number in range(1, 9):
        sheet.paragraph(f"{number}. {SENTENCE}")


@cache
def plan(pages: int = 1) -> bytes:
    """A sound plan."""
    return made(*[_plan] * pages)


def document(
    content: bytes, *others: bytes, resources: bytes = b"/XObject<</A 5 0 R>>", page: bytes = b"", box: bytes = b"0 0 595 842"
) -> bytes:
    """One page with that content, an object already whole; `others` are the objects from number 5 on."""
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[" + box + b"]/Contents 4 0 R/Resources<<" + resources + b">>" + page + b">>",
        content,
        *others,
    )


def drawing(content: bytes) -> bytes:
    return stream(b"", content)


def form(content: bytes, resources: bytes = b"") -> bytes:
    return stream(FORM + b"/Resources<<" + resources + b">>", content)


def picture(entries: bytes, content: bytes) -> bytes:
    return b"<</Type/XObject/Subtype/Image" + entries + b"/Length %d>>\nstream\n" % len(content) + content + b"\nendstream"


SHOWN = b"q 595 0 0 842 0 0 cm /A Do Q"
STROKES = b"0 0 m 9 9 l S "


# ------------------------------------------------------------------ broken and locked


@hostile("cat-dau.pdf", "truncated_file", why="an upload that broke off after the first bytes")
def cut_early() -> bytes:
    return plan()[:300]


@hostile("cat-giua.pdf", "truncated_file", why="an upload that broke off in the middle")
def cut_in_the_middle() -> bytes:
    return plan()[: len(plan()) // 2]


@hostile("cat-cuoi.pdf", READ, "truncated_file", why="only the table of objects is cut off: pdfium finds them again")
def cut_at_the_end() -> bytes:
    return plan()[: plan().rfind(b"xref")]


@hostile("chi-dau.pdf", "truncated_file", "damaged_file", why="nothing but the first line")
def head_alone() -> bytes:
    return b"%PDF-1.7\n"


@hostile("khong-trang.pdf", "damaged_file", why="a document of no page")
def no_page() -> bytes:
    return raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>")


@hostile("khoa-mo.pdf", "password_protected", why="a password to open it")
def locked() -> bytes:
    return made(_plan, encrypt=StandardEncryption("mo", "chu"))


@hostile("khoa-chu.pdf", READ, why="a password for its owner alone keeps nobody from reading")
def owner_locked() -> bytes:
    return made(_plan, encrypt=StandardEncryption("", "chu", canCopy=0, canPrint=0))


@hostile("vong-trang.pdf", "damaged_file", why="a page tree that is its own child")
def pages_in_a_ring() -> bytes:
    return raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>")


@hostile("trang-khai-khong.pdf", "damaged_file", why="two billion pages by its own count")
def counted_pages() -> bytes:
    return raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 2000000000>>")


@hostile("3000-trang.pdf", "too_many_pages", why="more pages than any plan")
def many_pages() -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 3003))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[" + kids + b"]/Count 3000>>", *[page] * 3000
    )


# ------------------------------------------------------------------ drawings too large


@hostile("bom-nen.pdf", "too_complex", why="60 kB of a page's content unpack to 60 MB of strokes")
def packed_strokes() -> bytes:
    return document(drawing(STROKES * 4_000_000))


@hostile("bom-nen-hai-lop.pdf", "too_complex", why="packed twice, so that the outer layer looks small")
def packed_twice() -> bytes:
    packed = zlib.compress(zlib.compress(STROKES * 10_000_000))
    head = b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>\nstream\n" % len(packed)
    return document(head + packed + b"\nendstream")


@hostile("bom-lzw.pdf", "too_complex", why="the same packed by LZW, which makes as much of a byte")
def packed_by_lzw() -> bytes:
    packed = lzw(STROKES * 4_000_000)
    return document(b"<</Filter/LZWDecode/Length %d>>\nstream\n" % len(packed) + packed + b"\nendstream")


@hostile("bom-sau-khoa.pdf", "too_complex", why="the same behind a password for its owner, so that its bytes show nothing")
def packed_and_locked() -> bytes:
    def draw(sheet: Sheet) -> None:
        sheet.canvas._code.append((STROKES * 1_000_000).decode())

    return made(draw, encrypt=StandardEncryption("", "chu"), pageCompression=1)


@hostile("bom-lap-noi-dung.pdf", "too_complex", why="a page that names one content of 7 MB a thousand times")
def content_named_often() -> bytes:
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents[" + b"4 0 R " * 1000 + b"]>>",
        drawing(STROKES * 500_000),
    )


@hostile("bom-mau-ve.pdf", "too_complex", why="forms that draw one another twice, thirty levels deep")
def doubling_forms() -> bytes:
    forms = [form(b"/A Do /A Do", b"/XObject<</A %d 0 R>>" % number) for number in range(6, 36)]
    return document(drawing(b"/A Do"), *forms, form(STROKES))


@hostile("bom-mau-ve-an.pdf", "too_complex", why="the same, their names hidden in an object stream")
def doubling_forms_with_hidden_names() -> bytes:
    level = [stream(FORM + b"/Resources %d 0 R" % (100 + number), b"/A Do /A Do") for number in range(30)]
    return with_hidden(
        {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
         3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>>>>>",
         **{100 + number: b"<</XObject<</A %d 0 R>>>>" % (6 + number) for number in range(30)}},
        {4: drawing(b"/A Do"), **{5 + number: one for number, one in enumerate(level)}, 35: form(STROKES)},
    )  # fmt: skip


@hostile("bom-mau-ve-lon.pdf", "too_complex", why="one form of 7 MB that the page draws a thousand times")
def large_form_drawn_often() -> bytes:
    return document(drawing(b"/A Do " * 1000), form(STROKES * 500_000))


@hostile("bom-trang-chung.pdf", "too_complex", why="two thousand pages that share a content of 40,000 letters")
def pages_that_share_a_content() -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(5, 2005))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R/Resources<</Font<</F 4 0 R>>>>>>"
    letters = b"BT /F 9 Tf 9 700 Td (" + b") Tj (".join([b"ke hoach"] * 5_000) + b") Tj ET "
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[" + kids + b"]/Count 2000>>", drawing(letters),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", *[page] * 2000,
    )  # fmt: skip


@hostile("bom-luong-doi-tuong.pdf", "too_complex", "damaged_file", why="an object stream of 60 kB that unpacks to 60 MB")
def object_stream_bomb() -> bytes:
    packed = b"9 0 " + b" " * 60_000_000
    return document(drawing(STROKES), stream(b"/Type/ObjStm/N 1/First 4", packed))


@hostile("nua-trieu-chu.pdf", "too_complex", why="half a million characters on one page")
def half_a_million_letters() -> bytes:
    font = b"/Font<</F 5 0 R>>"
    letters = b"BT /F 9 Tf 9 700 Td (" + b") Tj (".join([b"ke hoach"] * 60_000) + b") Tj ET"
    return document(drawing(letters), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", resources=font)


@hostile("200000-net.pdf", "too_complex", why="two hundred thousand strokes on one page")
def many_strokes() -> bytes:
    return document(drawing(STROKES * 200_000))


@hostile("con-dau-lon.pdf", "too_complex", why="a hundred stamps that all show one appearance of 5 MB")
def many_large_stamps() -> bytes:
    stamp = b"<</Type/Annot/Subtype/Stamp/Rect[9 9 99 99]/F 4/AP<</N 5 0 R>>>>"
    marks = b" ".join(b"%d 0 R" % number for number in range(6, 106))
    return document(drawing(STROKES), form(STROKES * 360_000), *[stamp] * 100, page=b"/Annots[" + marks + b"]")


# ------------------------------------------------------------------ pages and pictures too large


@hostile("kho-lon.pdf", "too_complex", why="a page of 200 by 200 metres, with a picture on it")
def huge_page() -> bytes:
    grey = picture(b"/Width 8/Height 8/BitsPerComponent 8/ColorSpace/DeviceGray", b"\x80" * 64)
    return document(drawing(b"q 600000 0 0 600000 0 0 cm /A Do Q"), grey, box=b"0 0 600000 600000")


@hostile("kho-vo-cung.pdf", "damaged_file", READ, "no_text_layer", why="a page box without bounds")
def endless_page() -> bytes:
    return document(drawing(STROKES), box=b"0 0 99999999999999999999999999999999999999999999 1e39")


@hostile("anh-50000.pdf", "too_complex", why="a picture declared as 50,000 by 50,000")
def huge_picture() -> bytes:
    grey = b"/Width 50000/Height 50000/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/FlateDecode"
    return document(drawing(SHOWN), picture(grey, zlib.compress(bytes(1000))))


@hostile("anh-50000-trong-mau.pdf", "too_complex", why="the same inside a form")
def huge_picture_in_a_form() -> bytes:
    grey = b"/Width 50000/Height 50000/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/FlateDecode"
    whole = stream(b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</A 6 0 R>>>>", SHOWN)
    return document(drawing(b"/A Do"), whole, picture(grey, zlib.compress(bytes(1000))))


@hostile("mat-na-50000.pdf", "too_complex", why="a small picture whose mask is 50,000 by 50,000")
def huge_mask() -> bytes:
    grey = b"/BitsPerComponent 8/ColorSpace/DeviceGray"
    mask = picture(grey + b"/Width 50000/Height 50000/Filter/FlateDecode", zlib.compress(bytes(50_000_000)))
    small = picture(grey + b"/Width 8/Height 8/SMask 6 0 R", b"\x80" * 64)
    return document(drawing(SHOWN), small, mask)


@hostile("1000-anh.pdf", "too_complex", why="a thousand pictures of 80 million pixels on one page")
def many_pictures() -> bytes:
    grey = b"/Width 8000/Height 10000/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/FlateDecode"
    return document(drawing(SHOWN * 1000), picture(grey, zlib.compress(bytes(10_000_000))))


@hostile("anh-jpx-60000.pdf", "too_complex", why="a JPEG 2000 that is 60,000 by 60,000 by its own head and small by the PDF's")
def jpeg_2000_bomb() -> bytes:
    file = io.BytesIO()
    Image.new("L", (64, 64), 128).save(file, "JPEG2000", no_jp2=True)
    codestream = bytearray(file.getvalue())
    struct.pack_into(">LLLLLL", codestream, codestream.index(b"\xff\x51") + 6, 60_000, 60_000, 0, 0, 60_000, 60_000)
    grey = b"/Width 100/Height 100/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/JPXDecode"
    return document(drawing(SHOWN), picture(grey, bytes(codestream)))


@hostile("anh-rac.pdf", "no_text_layer", "unreadable_scan", why="pictures whose bytes are no JPEG 2000 and no JBIG2")
def rubbish_pictures() -> bytes:
    size = b"/Width 1000/Height 1400/BitsPerComponent 8/ColorSpace/DeviceGray"
    two = SHOWN + b" q 595 0 0 400 0 0 cm /B Do Q"
    noise = bytes(range(256)) * 40
    return document(
        drawing(two), picture(size + b"/Filter/JPXDecode", b"\0\0\0\x0cjP  \r\n\x87\n" + noise),
        picture(size + b"/Filter/JBIG2Decode", noise), resources=b"/XObject<</A 5 0 R/B 6 0 R>>",
    )  # fmt: skip


# ------------------------------------------------------------------ what must not act


@hostile("ma-chay.pdf", READ, why="scripts, programs to launch and forms to send, at opening and on the page")
def actions() -> bytes:
    launch = b"<</S/Launch/F(/bin/sh)/Win<</F(cmd.exe)>>/Next<</S/URI/URI(http://example.vn/x)>>>>"
    script = b"<</S/JavaScript/JS(app.launchURL\\('http://example.vn'\\))>>"
    content = b"BT /F 12 Tf 72 700 Td (KE HOACH cong tac nam 2025) Tj ET"
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R/OpenAction " + launch + b"/AA<</WC " + script + b">>/Names<</JavaScript<</Names[(a) "
        + script + b"]>>>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>/AA<</O "
        + launch + b"/C " + script + b">>>>",
        drawing(content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )  # fmt: skip


@hostile("bieu-mau-xfa.pdf", READ, why="a form whose content is XML with an entity from outside")
def xfa() -> bytes:
    xml = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/">&x;</xdp:xdp>'
    content = b"BT /F 12 Tf 72 700 Td (Please wait while the form loads) Tj ET"
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</XFA 6 0 R/Fields[]>>/NeedsRendering true>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        drawing(content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        drawing(xml),
    )


@hostile("tep-dinh-kem.pdf", READ, why="a program attached to a sound page: it is neither unpacked nor run")
def attachment() -> bytes:
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(../../x.sh) 6 0 R]>>>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        drawing(b"BT /F 12 Tf 72 700 Td (KE HOACH phong chong thien tai nam 2025) Tj ET"),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/Filespec/F(../../x.sh)/EF<</F 7 0 R>>>>",
        stream(b"/Type/EmbeddedFile", b"#!/bin/sh\ntouch /tmp/x\n"),
    )


# ------------------------------------------------------------------ how they are made


def with_hidden(hidden: dict[int, bytes], streams: dict[int, bytes]) -> bytes:
    """A file whose catalogue is object 1; the `hidden` objects stand packed in one object stream."""
    heads, body = [], b""
    for number, content in hidden.items():
        heads.append(b"%d %d" % (number, len(body)))
        body += content + b" "
    head = b" ".join(heads) + b" "
    holder, last = 900, 901
    packed = stream(b"/Type/ObjStm/N %d/First %d" % (len(hidden), len(head)), head + body)
    out, places = b"%PDF-1.7\n", {}
    for number, content in {**streams, holder: packed}.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    places[last] = len(out)
    rows = b""
    for number in range(last + 1):
        if number in hidden:
            rows += b"\x02" + holder.to_bytes(4, "big") + list(hidden).index(number).to_bytes(2, "big")
        elif number in places:
            rows += b"\x01" + places[number].to_bytes(4, "big") + bytes(2)
        else:
            rows += bytes(7)
    table = stream(b"/Type/XRef/Size %d/W[1 4 2]/Root 1 0 R" % (last + 1), rows)
    return out + b"%d 0 obj\n" % last + table + b"\nendobj\nstartxref\n%d\n%%%%EOF" % places[last]


def lzw(data: bytes, width: int = 1000) -> bytes:
    """LZW as PDF has it, which is that of TIFF: the only strip of a picture of these bytes."""
    height = len(data) // width
    file = io.BytesIO()
    image = Image.frombytes("L", (width, height), data[: width * height])
    image.save(file, "TIFF", compression="tiff_lzw", tiffinfo={ROWS_PER_STRIP: height})
    tags = Image.open(file).tag_v2
    (start,), (length,) = tags[STRIP_OFFSETS], tags[STRIP_BYTE_COUNTS]
    return file.getvalue()[start : start + length]

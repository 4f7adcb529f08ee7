"""What a PDF draws is added up before it is drawn: bombs are refused however they are packed, and no sound file is."""

from __future__ import annotations

import zlib

import pypdfium2 as pypdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_files import made, raw_pdf, stream

from pipeline.errors import ReadError
from pipeline.extract.pdf import read_pdf
from pipeline.extract.pdf_filters import most_unpacked, unpacked
from pipeline.extract.pdf_guard import check_document
from pipeline.settings import Limits

FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
SMALL = Limits(page_objects=10)  # a page may draw 800 bytes, all pages sixteen times as much
INK = b"0 0 m 9 9 l S "
TORN = zlib.compress(b"/A Do /A Do")[:-4] + b"loi!"  # two calls, and a checksum that is wrong


def form(content: bytes, resources: bytes = b"") -> bytes:
    return stream(FORM + (b"/Resources<<" + resources + b">>" if resources else b""), content)


def one_page(content: bytes, *others: bytes, page: bytes = b"/Resources<</XObject<</A 5 0 R>>>>") -> bytes:
    """A page whose content is object 4; the others are numbered from 5 on."""
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R" + page + b">>",
        content,
        *others,
    )


def is_refused(data: bytes, limits: Limits = SMALL) -> bool:
    try:
        check_document(pypdfium.PdfDocument(data), limits)
    except ReadError as error:
        assert error.cause == "too_complex"
        return True
    return False


@pytest.mark.parametrize(
    ("data", "refused"),
    [
        (one_page(stream(b"", INK * 50), form(INK)), False),
        (one_page(stream(b"", INK * 60), form(INK)), True),
        (one_page(stream(b"", b"/A Do " * 20), form(INK)), False),
        (one_page(stream(b"", b"/A Do " * 60), form(INK)), True),
        (one_page(stream(b"", b"/#41%x\n\0Do " * 60), form(INK)), True),
        (one_page(stream(b"", b"/A Do"), b"<<" + FORM + b"/Resources<</XObject<</A 6 0 R>>>>/Filter/FlateDecode/Length %d>>\nstream\n"
                  % len(TORN) + TORN + b"\nendstream", form(INK * 30)), True),
        (one_page(b"[7 0 R 8 0 R 7 0 R 8 0 R]", form(INK * 50), b"null", stream(b"", b"/A"), stream(b"", b"Do")), True),
        (one_page(b"[" + b"6 0 R " * 50 + b"]", b"null", stream(b"", INK * 2)), True),
        (one_page(stream(b"", b"/A Do"), form(b"/A Do /A Do /A Do", b"/XObject<</A 6 0 R>>"), form(INK * 20)), True),
        (one_page(stream(b"", b"/A Do"), form(b"/B Do"), form(INK * 60), page=b"/Resources 7 0 R"), False),
        (one_page(stream(b"", b"/A Do"), form(b"/B Do " * 3), form(INK * 20), b"<</XObject 8 0 R>>",
                  b"<</A 5 0 R/B 6 0 R>>", page=b"/Resources 7 0 R"), True),
        (one_page(stream(b"", INK), b"<</Type/Font/Subtype/Type3/CharProcs<</a 6 0 R/b 6 0 R>>>>", stream(b"", INK * 40)), True),
        (one_page(stream(b"", INK), form(INK * 20), *[b"<</Subtype/Stamp/Rect[0 0 9 9]/AP<</N 5 0 R>>>>"] * 3,
                  page=b"/Annots[6 0 R 7 0 R 8 0 R]"), True),
        (one_page(stream(b"", INK), form(INK * 20), *[b"<</Subtype/Stamp/Rect[0 0 9 9]/AP<</N 5 0 R>>>>"] * 3,
                  page=b"/Annots[6 0 R]"), False),
    ],
    ids=["content", "too large", "calls", "too many calls", "calls spelt oddly", "calls before a fault", "a call over two contents", "a content named often",
         "calls of calls", "a name nobody knows", "a form without names of its own", "glyphs", "stamps", "one stamp"],
)  # fmt: skip
def test_what_a_page_draws_is_added_up(data: bytes, refused: bool) -> None:
    assert is_refused(data) == refused


def test_a_picture_in_a_form_may_have_the_name_of_the_form() -> None:
    picture = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>\nstream\nx\nendstream"
    assert not is_refused(one_page(stream(b"", b"/A Do"), form(b"/A Do", b"/XObject<</A 6 0 R>>"), picture))


def test_forms_that_draw_themselves_are_refused() -> None:
    assert is_refused(one_page(stream(b"", b"/A Do"), form(b"/B Do", b"/XObject<</B 6 0 R>>"), form(b"/B Do", b"/XObject<</B 5 0 R>>")))


def test_pages_are_added_up_too_and_each_page_counts_for_itself() -> None:
    def pages(count: int) -> bytes:
        kids = b" ".join(b"%d 0 R" % number for number in range(4, 4 + count))
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 3 0 R>>"
        tree = b"<</Type/Pages/Kids[" + kids + b"]/Count %d>>" % count
        return raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", tree, stream(b"", INK * 50), *[page] * count)

    assert not is_refused(pages(18))
    assert is_refused(pages(19))


def test_a_plan_is_far_below_the_limits() -> None:
    data = made(*[lambda sheet: sheet.paragraph("Ủy ban nhân dân xã ban hành kế hoạch. " * 60)] * 3)
    assert not is_refused(data, Limits(page_objects=1_000))


def test_all_pages_together_hold_no_more_text_than_is_allowed() -> None:
    data = made(*[lambda sheet: sheet.paragraph("ban hành kế hoạch năm nay " * 10)] * 3)
    with pytest.raises(ReadError) as error:
        read_pdf(data, Limits(text_characters=600))
    assert error.value.cause == "too_complex"


def test_a_file_without_pages_is_not_told_as_locked_after_a_locked_one() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    empty = raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>")
    causes = []
    for data in (made(lambda sheet: sheet.paragraph("mật"), encrypt=StandardEncryption("mo", "chu")), empty):
        with pytest.raises(ReadError) as error:
            read_pdf(data, Limits())
        causes.append(error.value.cause)
    assert causes == ["password_protected", "damaged_file"]


# ------------------------------------------------------------------ filters


@pytest.mark.parametrize(
    ("packed", "filters", "plain"),
    [
        (zlib.compress(b"ke hoach"), [b"FlateDecode"], b"ke hoach"),
        (zlib.compress(b"ke hoach" * 99)[:-4] + b"loi!", [b"Fl"], b"ke hoach" * 98 + b"ke hoac"),
        (zlib.compress(zlib.compress(b"ke hoach")), [b"FlateDecode", b"FlateDecode"], b"ke hoach"),
        (b"6B 65 2>", [b"ASCIIHexDecode"], b"ke "),
        (b"87cURD]i,\"Ebo80~>", [b"ASCII85Decode"], b"Hello World!"),
        (b"zz~>", [b"A85"], bytes(8)),
        (b"\x02abc\xfez\x80x", [b"RunLengthDecode"], b"abczzz"),
        (b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", [b"LZWDecode"], b"-----A---B"),
        (b"9>", [b"ASCIIHexDecode", b"Unknown", b"FlateDecode"], b"\x90"),
        (b"rubbish", [b"FlateDecode"], b""),
        (b"\xff\xff\xff", [b"LZW"], b"\xff\xff\xff"),
    ],
)
def test_filters(packed: bytes, filters: list[bytes], plain: bytes) -> None:
    assert unpacked(packed, filters, 10_000) == plain


def test_unpacking_stops_at_the_limit() -> None:
    bomb = zlib.compress(bytes(50_000_000))
    assert len(unpacked(bomb, [b"FlateDecode"], 1000)) == 1001
    assert len(unpacked(b"\x81\0" * 1000, [b"RL"], 1000)) == 1001
    assert len(unpacked(b"z" * 1000, [b"A85"], 1000)) == 1001


@settings(max_examples=200, deadline=None)
@given(
    content=st.binary(max_size=200),
    filters=st.lists(st.sampled_from([b"Fl", b"LZW", b"RL", b"AHx", b"A85", b"DCT"]), max_size=3),
)
def test_any_bytes_unpack_to_some_bytes(content: bytes, filters: list[bytes]) -> None:
    assert len(unpacked(content, filters, 500)) <= 501
    assert len(unpacked(content, filters, 10_000_000)) <= max(most_unpacked(content, filters), len(content))

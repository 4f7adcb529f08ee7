"""Any change to a sound file of any format has an outcome with a known cause, and never is a fault of the program.

LibreOffice and tesseract are left out: what they are given, and what comes back from them, has tests of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache

import old_office
import pdf_bombs
import pictures
import pytest
import texts
import word_packages
import wrapped
from docx_files import LETTERHEAD, STYLES, docx, num, numbering, p, table, tr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from parcels import zipped
from pdf_files import Sheet, letterhead, made
from PIL import Image
from word_files import Part, odt, rtf, word

from pipeline.batch.reading import process_guarded
from pipeline.extract import tesseract
from pipeline.extract.office import converter
from pipeline.flow import Kit, make_kit
from pipeline.knowledge.causes import cause_named
from pipeline.values import Source

EXAMPLES = 30
NUMBERING = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
BODY = LETTERHEAD + p("KẾ HOẠCH") + p("MỤC ĐÍCH", num(1)) + table(tr("STT", "Việc"), tr("1", "Họp")) + p("1. Việc")
DOCUMENT = f"<w:document {word_packages.SPACES}><w:body>{BODY}</w:body></w:document>"

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")

Change = Callable[[bytes], bytes]


def _page(sheet: Sheet) -> None:
    letterhead(sheet)
    sheet.paragraph("1. Văn phòng chủ trì, báo cáo Ủy ban nhân dân xã trước ngày 15/12/2025.")
    sheet.table([85, 140, 500], sheet.y, [["STT", "Việc"], ["1", "Họp"]])


def _small(kind: str, **options: object) -> bytes:
    return pictures.saved(Image.new("L", (40, 56), 200), kind, **options)


SAMPLES: dict[str, Callable[[], bytes]] = {
    "pdf": lambda: made(_page),
    "pdf, unpacked": lambda: made(_page, pageCompression=0),
    "docx": lambda: docx(BODY, styles=STYLES, numbering=numbering(NUMBERING)),
    "doc": lambda: word(Part(texts.PLAN.replace("\n", "\r"))),
    "rtf": lambda: rtf(texts.PLAN.replace("\n", r"\par ") + r"\trowd\cellx100\cellx200\intbl a\cell b\cell\row"),
    "odt": lambda: odt(old_office.ODT_PLAN),
    "html": wrapped.page_that_calls_out,
    "mht": wrapped.page_with_parts_elsewhere,
    "txt": texts.PLAN.encode,
    "utf-16": lambda: texts.PLAN.encode("utf-16"),
    "windows-1258": lambda: texts.PLAN.encode("cp1258", "ignore"),
    "md": "# KẾ HOẠCH\n\n**Số: 1/KH-UBND**\n\n| STT | Việc |\n|---|---|\n| 1 | Họp |\n\n- một\n".encode,
    "png": lambda: _small("PNG"),
    "jpeg": lambda: _small("JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"),
    "tiff": lambda: _small("TIFF", save_all=True, append_images=[Image.new("L", (8, 8))]),
    "gif": lambda: _small("GIF"),
    "bmp": lambda: _small("BMP"),
    "webp": lambda: _small("WEBP"),
}


@cache
def sample(name: str) -> bytes:
    return SAMPLES[name]()


def _flipped(at: int, bit: int) -> Change:
    def change(data: bytes) -> bytes:
        place = at % max(1, len(data))
        return data[:place] + bytes(byte ^ 1 << bit for byte in data[place : place + 1]) + data[place + 1 :]

    return change


def _moved(start: int, length: int, to: int) -> Change:
    """A stretch taken out and, where `to` is not negative, put in elsewhere."""

    def change(data: bytes) -> bytes:
        first = start % max(1, len(data))
        taken = data[first : first + length]
        rest = data[:first] + data[first + length :]
        place = to % max(1, len(rest))
        return rest if to < 0 else rest[:place] + taken + rest[place:]

    return change


def _inserted(at: int, more: bytes) -> Change:
    return lambda data: data[: at % max(1, len(data))] + more + data[at % max(1, len(data)) :]


def _cut(at: int) -> Change:
    return lambda data: data[: at % max(1, len(data))]


place = st.integers(0, 200_000)
telling = st.sampled_from(
    [b"\0", b"\xff" * 4, b"99999999999", b"-1", b"<", b">", b"{", b"}", b"\\bin9 ", b"&x;", b"stream", b"endobj", b"\r\n\r\n",
     b"<w:tbl>", b"<!DOCTYPE a>", b"<table><tr><td colspan=9999>", b"\x80\x81", b"\xcc\x81", b"|---|", b"\f"]
)  # fmt: skip
change = st.one_of(
    st.builds(_flipped, place, st.integers(0, 7)),
    st.builds(_moved, place, st.integers(1, 400), st.one_of(st.just(-1), place)),
    st.builds(_inserted, place, st.one_of(telling, st.binary(min_size=1, max_size=12))),
    st.builds(_cut, place),
)
changes = st.lists(change, min_size=1, max_size=6)


@pytest.fixture(scope="module")
def kit() -> Iterator[Kit]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(converter.shutil, "which", lambda _: None)
        patch.setattr(tesseract, "_read", lambda *_: [[]])
        yield make_kit()


def has_a_known_fate(data: bytes, kit: Kit) -> None:
    outcome = process_guarded(Source("ke-hoach", data), kit)
    assert outcome.cause != "internal_error", outcome.detail
    assert (outcome.record is not None) == (outcome.state == "read")
    if outcome.cause is not None:
        assert cause_named(kit.knowledge, outcome.cause).id == outcome.cause


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sound_sample_is_what_it_should_be(name: str, kit: Kit) -> None:
    outcome = process_guarded(Source("ke-hoach", sample(name)), kit)
    picture = name in ("png", "jpeg", "tiff", "gif", "bmp", "webp")
    assert (outcome.state, outcome.cause) == (("needs_person", "no_text_layer") if picture else ("read", None))


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=EXAMPLES, deadline=timedelta(seconds=5), derandomize=True, suppress_health_check=list(HealthCheck))
@given(made=changes)
def test_any_change_to_a_file_is_an_outcome(name: str, made: list[Change], kit: Kit) -> None:
    data = sample(name)
    for one in made:
        data = one(data)
    has_a_known_fate(data, kit)


@settings(max_examples=EXAMPLES, deadline=timedelta(seconds=5), derandomize=True, suppress_health_check=list(HealthCheck))
@given(made=changes)
def test_any_change_to_the_xml_of_a_word_file_is_an_outcome(made: list[Change], kit: Kit) -> None:
    xml = DOCUMENT.encode()
    for one in made:
        xml = one(xml)
    has_a_known_fate(zipped({"word/document.xml": xml}), kit)


@settings(max_examples=EXAMPLES, deadline=timedelta(seconds=5), derandomize=True, suppress_health_check=list(HealthCheck))
@given(content=st.binary(max_size=60), more=st.lists(st.sampled_from(
    [b"/A Do ", b"q ", b"Q ", b"BT ", b"ET ", b"(a) Tj ", b"/F 9 Tf ", b"9e99 0 0 9 0 0 cm ", b"0 0 m ", b"9 9 l ", b"S ",
     b"-1 0 0 -1 0 0 cm ", b"BI /W 9 /H 9 ID x EI ", b"<< >> ", b"[ ", b"] TJ ", b"/P sh "]), max_size=40))  # fmt: skip
def test_any_content_of_a_page_is_an_outcome(content: bytes, more: list[bytes], kit: Kit) -> None:
    drawn = pdf_bombs.drawing(b"".join(more) + content)
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    resources = b"/Font<</F 6 0 R>>/XObject<</A 5 0 R>>"
    has_a_known_fate(pdf_bombs.document(drawn, pdf_bombs.form(content), font, resources=resources), kit)

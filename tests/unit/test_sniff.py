from __future__ import annotations

import io
import unicodedata
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ReadError
from pipeline.extract import MediaType, extract, sniff
from pipeline.extract.archive import names_in, open_archive
from pipeline.extract.encodings import decode
from pipeline.settings import Limits
from pipeline.values import Extracted, Source

PLAN = "ỦY BAN NHÂN DÂN XÃ AN HÒA\nSố: 12/KH-UBND\nKẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2025\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def zipped(*names: str, content: bytes = b"x") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return stream.getvalue()


def odt() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", MediaType.ODT.value)
        archive.writestr("content.xml", "<x/>")
    return stream.getvalue()


def stream_name(name: str) -> bytes:
    return OLE + name.encode("utf-16-le")


KINDS = [
    (b"%PDF-1.7\n", MediaType.PDF),
    (b"\r\n\r\n%PDF-1.4\n", MediaType.PDF),
    (zipped("[Content_Types].xml", "word/document.xml"), MediaType.DOCX),
    (zipped("[Content_Types].xml", "xl/workbook.xml"), MediaType.XLSX),
    (zipped("[Content_Types].xml", "ppt/presentation.xml"), MediaType.PPTX),
    (odt(), MediaType.ODT),
    (zipped("ke-hoach.docx", "phu-luc.pdf"), MediaType.ZIP),
    (zipped("[Content_Types].xml", "word/document.xml")[:-60], MediaType.DOCX),
    (stream_name("WordDocument"), MediaType.DOC),
    (stream_name("Workbook"), MediaType.XLS),
    (stream_name("EncryptedPackage"), MediaType.LOCKED_OFFICE),
    (OLE, MediaType.OLE),
    (b"{\\rtf1\\ansi ke hoach}", MediaType.RTF),
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", MediaType.PNG),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", MediaType.JPEG),
    (b"GIF89a\x01\0", MediaType.GIF),
    (b"II*\0\x08\0\0\0", MediaType.TIFF),
    (b"MM\0*\0\0\0\x08", MediaType.TIFF),
    (b"BM\x9a\0\0\0" + bytes(4) + b"\x36\0\0\0\x28\0\0\0" + bytes(30), MediaType.BMP),
    (b"RIFF\x10\0\0\0WEBPVP8 ", MediaType.WEBP),
    (b"\0\0\0\x18ftypheic\0\0\0\0", MediaType.HEIC),
    (b"Rar!\x1a\x07\x01\0", MediaType.RAR),
    (b"7z\xbc\xaf\x27\x1c\0\x04", MediaType.SEVEN_ZIP),
    (f"<!DOCTYPE html>\n<html><body>{PLAN}</body></html>".encode(), MediaType.HTML),
    (f"<html xmlns:o='urn:schemas-microsoft-com:office:office'><body>{PLAN}</body></html>".encode("utf-16"), MediaType.HTML),
    (f"\ufeff<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'><html>{PLAN}</html>".encode(), MediaType.HTML),
    (f"<!DOCTYPE html>\n<!-- saved from url=(0020)https://a.example/ -->\n<html>{PLAN}</html>".encode(), MediaType.HTML),
    (f"<div class='a'><p>{PLAN}</p><p>a</p><p>b</p></div>".encode(), MediaType.HTML),
    (f"<b>KẾ HOẠCH</b> <br> {PLAN}".encode(), MediaType.TEXT),
    (b"From: <Saved by Blink>\r\nSubject: Ke hoach\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"b\"\r\n\r\n\r\n--b\r\n", MediaType.MHTML),
    (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"b\"\n\nThis document is a Single File Web Page\n\n--b\n", MediaType.MHTML),
    (b"From: a@example.vn\r\nTo: b@example.vn\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\n", MediaType.MAIL),
    (b"Received: from mail\r\nFrom: vanthu@example.vn\r\nMIME-Version: 1.0\r\n\r\nKe hoach", MediaType.MAIL),
    (PLAN.encode(), MediaType.TEXT),
    (PLAN.encode("utf-8-sig"), MediaType.TEXT),
    (PLAN.encode("utf-16"), MediaType.TEXT),
    (b"**K\xe1\xba\xbe HO\xe1\xba\xa0CH**\n\n## **I. M\xe1\xbb\xa4C \xc4\x90\xc3\x8dCH**\n", MediaType.MARKDOWN),
    (bytes(range(256)) * 8, MediaType.UNKNOWN),
]  # fmt: skip


@pytest.mark.parametrize(("data", "kind"), KINDS, ids=lambda value: value.name if isinstance(value, MediaType) else "")
def test_kind_is_told_from_the_bytes_whatever_the_name(data: bytes, kind: MediaType) -> None:
    for name in ("ke-hoach.txt", "ke-hoach.docx", "ke-hoach.pdf", "khong-duoi"):
        assert sniff(data, name) is kind


def test_extension_decides_only_between_text_and_markdown() -> None:
    assert sniff(PLAN.encode(), "ke-hoach.MD") is MediaType.MARKDOWN
    assert sniff(b"%PDF-1.7\n", "ke-hoach.md") is MediaType.PDF


@pytest.mark.parametrize(
    "text",
    [
        "* Thuận lợi:\n- Có thêm giống mới\n* Khó khăn:\n(*) Ghi chú\n(**) Ghi chú hai",
        "ĐẢNG ỦY XÃ\n***\nSố 05 - KH/ĐU\n-------\n=====",
        "3 * 4 = 12\n2 ** 3\n# 1",
    ],
)
def test_marks_that_plain_plans_use_are_no_markdown(text: str) -> None:
    assert sniff(text.encode(), "a.txt") is MediaType.TEXT


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)  # fmt: skip
def test_unicode_is_decoded_with_and_without_a_mark(encoding: str, name: str) -> None:
    decoded = decode(PLAN.encode(encoding))
    assert decoded is not None
    assert (decoded.text, decoded.encoding, decoded.lost) == (PLAN, name, 0)


def cp1258(text: str) -> bytes:
    """As Windows writes it: the letter with its hat, then the tone as a combining mark."""
    made = []
    for letter in text:
        for part in (letter, *_split_tone(letter)):
            try:
                made.append(part.encode("cp1258"))
                break
            except UnicodeEncodeError:
                continue
    return b"".join(made)


def _split_tone(letter: str) -> list[str]:
    parts = unicodedata.normalize("NFD", letter)
    tones = [mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323"]
    base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones))
    return [base + "".join(tones)]


def test_windows_1258_becomes_whole_letters() -> None:
    decoded = decode(cp1258(PLAN))
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == (PLAN, "windows-1258")


def test_old_single_byte_fonts_keep_the_letters_that_were_seen() -> None:
    seen = "1.2.T×nh h×nh kinh tÕ-x· héi: kÕ ho¹ch \x8f n¨m 2009"
    decoded = decode(b"".join(letter.encode("latin-1") for letter in seen))
    assert decoded is not None
    assert decoded.encoding == "windows-1252"
    assert decoded.text.replace("\x8f", "") == seen.replace("\x8f", "")


def test_one_torn_character_does_not_cost_the_file() -> None:
    decoded = decode((PLAN * 20).encode()[:-2])
    assert decoded is not None
    assert decoded.encoding == "utf-8"
    assert decoded.text.startswith(PLAN)


def test_zip_guards() -> None:
    bomb = zipped("word/document.xml", content=bytes(5_000_000))
    with pytest.raises(ReadError) as ratio:
        open_archive(bomb, Limits(unpacked_ratio=100))
    assert ratio.value.cause == "too_complex"
    with pytest.raises(ReadError) as size:
        open_archive(bomb, Limits(unpacked_ratio=10_000, unpacked_bytes=1_000_000))
    assert size.value.cause == "too_complex"
    many = zipped(*(f"word/{i}.xml" for i in range(40)))
    with pytest.raises(ReadError) as parts:
        open_archive(many, Limits(archive_parts=39))
    assert parts.value.cause == "too_complex"
    with pytest.raises(ReadError) as cut:
        open_archive(many[:-30], Limits())
    assert cut.value.cause == "truncated_file"


def test_names_of_a_cut_archive_are_still_seen() -> None:
    assert names_in(zipped("word/document.xml", "word/styles.xml")[:-40])[0] == "word/document.xml"


def test_a_directory_that_lies_about_sizes_is_found_out() -> None:
    data = bytearray(zipped("word/document.xml", content=b"<x/>" * 500))
    entry = data.rfind(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    with pytest.raises(ReadError) as error:
        open_archive(bytes(data), Limits()).read("word/document.xml")
    assert error.value.cause == "damaged_file"


@pytest.mark.parametrize(
    ("data", "cause", "detail"),
    [
        (b"", "empty_file", ""),
        (b"  \r\n\t\n ", "empty_file", ""),
        (bytes(4096), "empty_file", ""),
        (bytes(range(256)) * 8, "unknown_format", ""),
        (stream_name("EncryptedPackage"), "password_protected", ""),
        (stream_name("WordDocument"), "damaged_file", ""),
        (b"{\\rtf1 x", "truncated_file", ""),
        (stream_name("__properties_version1.0"), "archive_not_read", "thư Outlook (.msg)"),
        (b"Rar!\x1a\x07\x01\0", "archive_not_read", "tệp nén RAR"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "archive_not_read", "tệp nén 7z"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "annex_not_read", "Excel (.xlsx)"),
        (stream_name("PowerPoint Document"), "annex_not_read", "PowerPoint 97-2003 (.ppt)"),
        (zipped("a.txt"), "container_given", "tệp nén ZIP"),
        (b"From: a\r\nSubject: b\r\n\r\nx", "container_given", "thư điện tử (.eml)"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "damaged_file", "UnidentifiedImageError"),
        (b"<html><body><script>x</script></body></html>", "empty_file", ""),
        (b"<html><body><img src='file:///etc/passwd'><p>x</p></body></html>", "no_text_layer", ""),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: image/png\n\nx\n--b--", "damaged_file", ""),
        (zipped("[Content_Types].xml", "word/document.xml")[:-60], "truncated_file", ""),
        (zipped("[Content_Types].xml", "word/document.xml")[:60], "truncated_file", ""),
        (zipped("[Content_Types].xml", "word/document.xml"), "damaged_file", ""),
    ],
)
def test_causes(data: bytes, cause: str, detail: str) -> None:
    with pytest.raises(ReadError) as error:
        extract(Source("ke-hoach.txt", data))
    assert error.value.cause == cause
    assert detail in error.value.detail


def test_too_large_is_said_before_anything_is_read() -> None:
    with pytest.raises(ReadError) as error:
        extract(Source("a.txt", PLAN.encode()), Limits(file_bytes=10))
    assert error.value.cause == "too_large"


def test_every_format_has_a_name_for_users() -> None:
    assert [kind for kind in MediaType if kind.label == kind.value] == [MediaType.UNKNOWN]


@settings(max_examples=80, deadline=None)
@given(
    head=st.sampled_from([
        b"", b"PK\x03\x04", OLE[:8], b"{\\rtf", b"\xff\xfe", b"\xef\xbb\xbf", b"# ", b"|a|b|\n|-|-|\n", b"<html>",
        b"<!doctype html><table><tr><td>",
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n",
    ]),
    body=st.one_of(st.binary(max_size=400), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))),
)
def test_any_bytes_are_read_or_refused(head: bytes, body: bytes) -> None:
    data = head + body
    if b"%PDF-" in data[:1024]:
        return
    try:
        read = extract(Source("bat-ky.bin", data))
    except ReadError as refused:
        assert refused.cause in {
            "empty_file", "unknown_format", "format_not_read", "damaged_file", "truncated_file", "password_protected",
            "too_complex", "no_text_layer", "container_given",
        }  # fmt: skip
    else:
        assert isinstance(read, Extracted)
        assert read.blocks

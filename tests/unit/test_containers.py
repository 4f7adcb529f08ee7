"""ZIP archives and messages: what lies in them, under which names, and what a hostile one can do."""

from __future__ import annotations

import base64
import stat
import unicodedata
import zipfile
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parcels import encrypted, mail, patched, raw_mail, twins, with_unicode_path, zipped, zipped_raw
from test_sniff import cp1258

from pipeline.errors import ReadError
from pipeline.extract import Container, MediaType, is_annex, is_container, open_container, sniff
from pipeline.extract.member_names import decode_names, distinct, harmless
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.causes import Cause
from pipeline.settings import Limits
from pipeline.values import Source

CAUSES = {cause.id for cause in load_knowledge().rows(Cause)}


def opened(data: bytes, limits: Limits | None = None) -> Container:
    return open_container(Source("goi", data), limits or Limits())


def labels(data: bytes) -> list[str]:
    return [member.label for member in opened(data).members]


def contents(data: bytes) -> dict[str, bytes | str]:
    """The members' bytes, or the cause why they cannot be had."""
    found: dict[str, bytes | str] = {}
    for member in opened(data).members:
        try:
            found[member.label] = member.read()
        except ReadError as error:
            found[member.label] = error.cause
    return found


# ------------------------------------------------------------------ what is a container


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (zipped({"a.pdf": b"x"}), MediaType.ZIP),
        (zipped({"a.pdf": b"%PDF-1.7"}, zipfile.ZIP_STORED), MediaType.ZIP),
        (zipped({"word/KH 1.docx": b"x", "word/KH 2.docx": b"x"}), MediaType.ZIP),
        (zipped({}), MediaType.ZIP),
        (zipped({"word/document.xml": b"x"}), MediaType.DOCX),
        (zipped({"mimetype": MediaType.ODS.value, "content.xml": "x"}, zipfile.ZIP_STORED), MediaType.ODS),
        (zipped({"[Content_Types].xml": b"x", "Documents/1/Pages/1.fpage": b"x"}), MediaType.OFFICE_PACKAGE),
        (mail({"a.pdf": b"x"}).as_bytes(), MediaType.MAIL),
        (b"From - Mon Jan  6 08:00:00 2025\r\n" + mail().as_bytes(), MediaType.MAIL),
        (b"\xef\xbb\xbf\r\nfrom: a\r\nX-Ma: b\r\nsubject: c\r\n\r\nx", MediaType.TEXT),
        (b"Date: Mon, 6 Jan 2025 08:00:00 +0700\r\nSubject:\r\n =?utf-8?Q?K=C3=AA?=\r\n\r\nx", MediaType.MAIL),
        ("Kính gửi: Phòng Nội vụ\nNội dung: Kế hoạch\n".encode(), MediaType.TEXT),
        (b"\x78\x9f\x3e\x22" + bytes(50), MediaType.OUTLOOK_ATTACHMENTS),
    ],
)
def test_kinds(data: bytes, kind: MediaType) -> None:
    assert sniff(data, "goi.zip") is kind
    assert is_container(Source("goi.zip", data)) is (kind in {MediaType.ZIP, MediaType.MAIL})
    assert is_annex(Source("goi.zip", data)) is (kind is MediaType.ODS)


# ------------------------------------------------------------------ names


@pytest.mark.parametrize(
    ("data", "label"),
    [
        (zipped({"Kế hoạch 2025.pdf": b"x"}), "Kế hoạch 2025.pdf"),
        (zipped({unicodedata.normalize("NFD", "Kế hoạch.pdf"): b"x"}), "Kế hoạch.pdf"),
        (zipped_raw("Kế hoạch.pdf".encode()), "Kế hoạch.pdf"),
        (zipped_raw(unicodedata.normalize("NFD", "Đề án.pdf").encode()), "Đề án.pdf"),
        (zipped_raw(cp1258("Kế hoạch cải cách.pdf")), "Kế hoạch cải cách.pdf"),
        (zipped_raw("Kê café.pdf".encode("cp437")), "Kê café.pdf"),
        (zipped_raw(b"ke hoach.pdf"), "ke hoach.pdf"),
        (with_unicode_path("K_ ho_ch.pdf", "Kế hoạch.pdf"), "Kế hoạch.pdf"),
        (with_unicode_path("doi-ten.pdf", "Kế hoạch.pdf", checksum=1), "doi-ten.pdf"),
    ],
)
def test_names_in_archives_are_read_as_their_packers_meant_them(data: bytes, label: str) -> None:
    assert labels(data) == [label]


def test_the_names_of_an_archive_vote_on_their_code_page() -> None:
    # 0xF2 alone is `≥` in one page and a tone in the other; the longer name tells which.
    names = [b"a.pdf", cp1258("Kế hoạch.pdf"), b"a\xf2.pdf", "Bảng".encode()]
    decoded = [unicodedata.normalize("NFC", name) for name in decode_names(names)]
    assert decoded == ["a.pdf", "Kế hoạch.pdf", "ạ.pdf", "Bảng"]


def b64(text: str, charset: str = "utf-8") -> bytes:
    data = cp1258(text) if charset == "windows-1258" else text.encode(charset)
    return f"=?{charset}?B?{base64.b64encode(data).decode()}?=".encode()


@pytest.mark.parametrize(
    ("header", "label"),
    [
        (b'Content-Disposition: attachment; filename="' + b64("Kế hoạch.pdf") + b'"', "Kế hoạch.pdf"),
        (b"Content-Disposition: attachment; filename=" + b64("Kế hoạch.pdf"), "Kế hoạch.pdf"),
        (b'Content-Type: application/pdf; name="' + b64("Kế ") + b"\r\n " + b64("hoạch.pdf") + b'"', "Kế hoạch.pdf"),
        (b'Content-Disposition: attachment; filename="' + b64("Kế hoạch.pdf", "windows-1258") + b'"', "Kế hoạch.pdf"),
        (
            b"Content-Disposition: attachment; filename*0*=utf-8''K%E1%BA%BF; filename*1*=%20ho%E1%BA%A1ch.pdf",
            "Kế hoạch.pdf",
        ),
        (b"Content-Disposition: attachment; filename*=utf-8''K%C3%AA%CC%81.pdf", "Kế.pdf"),
        ('Content-Disposition: attachment; filename="Kế hoạch.pdf"'.encode(), "Kế hoạch.pdf"),
        (b'Content-Disposition: attachment; filename="' + cp1258("Kế hoạch.pdf") + b'"', "Kế hoạch.pdf"),
        (b'Content-Disposition: attachment; filename="../../KH.pdf"', "KH.pdf"),
        (b"Content-Disposition: attachment", "đính kèm 1"),
        (b"Content-Disposition: attachment; filename", "đính kèm 1"),
        (b"Content-Disposition: attachment; filename=" + b"\\" * 3_000, "không tên"),
        (b"Content-Disposition: attachment;;; filename*=khong-co''K%E1%BA%BF; filename*9999=a", "Kế"),
        (b"Content-Type: application/pdf" + b"; a=b" * 5_000, "đính kèm 1"),
    ],
)
def test_names_in_messages_are_read_whatever_their_headers_look_like(header: bytes, label: str) -> None:
    found = opened(raw_mail(header))
    assert [(member.label, member.read()) for member in found.members] == [(label, b"x")]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("..\\..\\KH.pdf", "KH.pdf"),
        ("C:\\Users\\vt\\KH.pdf", "Users/vt/KH.pdf"),
        ("C:KH.pdf", "KH.pdf"),
        ("\\\\may-chu\\KH.pdf", "may-chu/KH.pdf"),
        ("a/./b//c.pdf", "a/b/c.pdf"),
        ("KH\x00.exe.pdf", "KH.exe.pdf"),
        ("KH\x1b[2J\r\n.pdf", "KH[2J .pdf"),
        ("KH\u202efdp.exe", "KHfdp.exe"),
        ("  KH.pdf ", "KH.pdf"),
        ("", "không tên"),
        ("../..", "không tên"),
        ("\udc80KH.pdf", "KH.pdf"),
        (unicodedata.normalize("NFD", "Kế hoạch.pdf"), "Kế hoạch.pdf"),
    ],
)
def test_no_name_leads_elsewhere_or_steers_a_terminal(name: str, label: str) -> None:
    assert harmless(name) == label


def test_long_names_keep_their_beginning_and_ending() -> None:
    label = harmless("Kế hoạch " + "rất " * 500 + "dài.pdf")
    assert len(label) == 120
    assert label.startswith("Kế hoạch rất")
    assert label.endswith("….pdf")
    assert len(harmless("/".join(["thư mục" * 10] * 100))) <= 400


def test_twins_are_told_apart() -> None:
    assert distinct(["a", "a", "b/a", "a (2)", "b"]) == ["a", "a (2)", "b/a", "a (2) (2)", "b (2)"]
    assert contents(twins(("KH.txt", "một"), ("KH.txt", "hai"), ("./KH.txt", "ba"))) == {
        "KH.txt": "một".encode(), "KH.txt (2)": b"hai", "KH.txt (3)": b"ba",
    }  # fmt: skip


@settings(max_examples=500)
@given(st.text(max_size=200) | st.text(st.sampled_from("aC:/\\. \x00\u202e\r\u0301"), max_size=20))
def test_any_name_becomes_a_label(name: str) -> None:
    label = harmless(name)
    assert label and len(label) <= 400
    assert harmless(label) == label
    assert not {"", ".", ".."} & set(label.split("/"))


# ------------------------------------------------------------------ what is left aside


def test_what_packers_add_is_left_aside_with_a_reason() -> None:
    link = zipfile.ZipInfo("loi-tat.pdf")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    names = ["KH/KH.pdf", "__MACOSX/KH/._KH.pdf", ".DS_Store", "KH/Thumbs.db", "KH/~$KH.docx", "KH.pdf.part", ".an/a.pdf", "KH/"]
    data = zipped({**dict.fromkeys(names, b"x"), link: b"/etc/passwd"})  # type: ignore[dict-item]
    found = opened(data)
    assert [member.label for member in found.members] == ["KH/KH.pdf"]
    assert found.ignored == {
        "__MACOSX/KH/._KH.pdf": "system", ".DS_Store": "hidden", "KH/Thumbs.db": "system", "KH/~$KH.docx": "temporary",
        "KH.pdf.part": "temporary", ".an/a.pdf": "hidden", "loi-tat.pdf": "link",
    }  # fmt: skip


def test_the_body_of_a_message_is_no_file_and_logos_are_left_aside() -> None:
    message = mail({"KH.pdf": b"%PDF-"})
    message.add_attachment(b"\x89PNG" + bytes(900), maintype="image", subtype="png", filename="logo.png", disposition="inline")
    message.add_attachment(bytes(99_000), maintype="image", subtype="jpeg", filename="trang 1.jpg", disposition="inline")
    message.add_attachment(bytes(900), maintype="image", subtype="jpeg", filename="nho.jpg")
    message.add_attachment(b"x", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    message.add_attachment("ghi chú", filename="ghi chú.txt")
    found = opened(message.as_bytes())
    assert [member.label for member in found.members] == ["KH.pdf", "trang 1.jpg", "nho.jpg", "ghi chú.txt"]
    assert found.ignored == {"logo.png": "inline_picture", "smime.p7s": "signature"}
    assert found.about == "Văn thư xã <vanthu@example.vn> — Gửi kế hoạch"


def test_a_message_of_text_alone_holds_nothing() -> None:
    message = mail()
    message.add_alternative("<p>Kính gửi</p>", subtype="html")
    found = opened(message.as_bytes())
    assert (found.members, found.ignored, found.fault) == ((), {}, None)


def test_a_forwarded_message_is_a_member_of_its_own() -> None:
    outer = mail({"a.pdf": b"A"})
    outer.add_attachment(mail({"Kế hoạch.pdf": b"%PDF-B"}, subject="V/v gửi KH 12/KH-UBND"))
    data = outer.as_bytes()
    name, inner = list(contents(data).items())[1]
    assert name == "V-v gửi KH 12-KH-UBND.eml"
    assert isinstance(inner, bytes)
    assert is_container(Source(name, inner))
    assert contents(inner) == {"Kế hoạch.pdf": b"%PDF-B"}
    assert contents(data)[name] == inner  # the same bytes each time: they make its plan_id


def test_a_forwarded_message_packed_like_a_file_is_unpacked() -> None:
    inner = mail({"a.pdf": b"A"}).as_bytes()
    head = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64"
    found = contents(raw_mail(head, base64.encodebytes(inner)))
    assert found == {"thư 1.eml": inner}


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit", "7bit", "x-uuencode", "khong-co"])
def test_transfer_encodings_never_raise(encoding: str) -> None:
    head = f"Content-Disposition: attachment; filename=a.pdf\r\nContent-Transfer-Encoding: {encoding}".encode()
    assert list(contents(raw_mail(head, b"=C3=81\xff!!"))) == ["a.pdf"]


# ------------------------------------------------------------------ hostile ones


def nested_multiparts(depth: int) -> bytes:
    head = "From: a\r\nSubject: b\r\n"
    for at in range(depth):
        head += f"Content-Type: multipart/mixed; boundary=c{at}\r\n\r\n--c{at}\r\n"
    return head.encode()


def nested_messages(depth: int) -> bytes:
    return b"From: a\r\nSubject: b\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * depth


TWO = zipped({"a.txt": b"A" * 40, "b.txt": b"B" * 40}, zipfile.ZIP_STORED)
BOMB = zipped({"bom.txt": bytes(5_000_000), "KH.txt": b"x"})


@pytest.mark.parametrize(
    ("data", "limits", "cause"),
    [
        (TWO[:-30], {}, "truncated_file"),
        (b"PK\x03\x04", {}, "truncated_file"),
        (patched(TWO, 1, 0, b"XXXX"), {}, "damaged_file"),
        (zipped(dict.fromkeys(map(str, range(40)), b"x")), {"archive_parts": 39}, "container_too_complex"),
        (BOMB, {"unpacked_bytes": 1_000_000}, "container_too_complex"),
        (patched(TWO, 1, 42, bytes(4)), {}, "container_too_complex"),
        (patched(TWO, 0, 20, (90).to_bytes(4, "little")), {}, "container_too_complex"),
        (mail({"a": bytes(900)}).as_bytes(), {"mail_bytes": 500}, "too_large"),
        (mail({str(at): b"x" for at in range(40)}).as_bytes(), {"archive_parts": 39}, "container_too_complex"),
        (nested_multiparts(5_000), {}, "container_too_complex"),
        (nested_messages(5_000), {}, "container_too_complex"),
        (raw_mail(b"boundary=" * 200, b"\n" * 400_000), {}, "container_too_complex"),
        (raw_mail(b"X: y", b"\n" * 20_000_000), {}, "container_too_complex"),
    ],
)
def test_a_container_beyond_limits_is_refused_with_its_cause(data: bytes, limits: dict[str, int], cause: str) -> None:
    with pytest.raises(ReadError) as refused:
        opened(data, Limits(**limits))
    assert refused.value.cause == cause


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (encrypted(TWO), "password_protected"),
        (patched(TWO, 0, 10, b"\x0e\x00"), "archive_not_read"),
        (patched(TWO, 0, 10, b"\x63\x00"), "archive_not_read"),
        (TWO.replace(b"A" * 40, b"C" * 40), "damaged_file"),
        (patched(TWO, 0, 24, (10).to_bytes(4, "little")), "damaged_file"),
        (patched(TWO, 0, 16, bytes(4)), "damaged_file"),
        (TWO[:2] + b"\x00\x00" + TWO[4:], "damaged_file"),
        (zipped({"a.txt": bytes(5_000_000), "b.txt": b"B" * 40}), "too_complex"),
    ],
    ids=["password", "lzma", "aes", "damaged", "too short", "checksum", "local head", "ratio"],
)
def test_one_bad_member_has_its_cause_and_the_others_are_read(data: bytes, cause: str) -> None:
    if data[:4] != b"PK\x03\x04":
        data = b"PK\x03\x04" + data  # still an archive by its head, with something before its first part
    assert contents(data) == {"a.txt": cause, "b.txt": b"B" * 40}


def test_a_block_that_swells_past_its_size_is_never_unpacked() -> None:
    data = zipped({"a.txt": bytes(40_000_000)}, zipfile.ZIP_BZIP2)
    assert len(data) < 1_000
    assert contents(patched(data, 0, 24, (10).to_bytes(4, "little"))) == {"a.txt": "archive_not_read"}


def test_a_message_cut_short_is_told_and_what_is_there_is_read() -> None:
    data = mail({"a.txt": b"A" * 90, "b.txt": b"B" * 90_000}).as_bytes()
    found = opened(data[:-60_000])
    assert found.fault == "truncated_file"
    assert [member.label for member in found.members] == ["a.txt", "b.txt"]
    assert found.members[0].read() == b"A" * 90


def readable_or_refused(data: bytes) -> None:
    """What a container may do with any bytes: be open, each member readable or refused, or be refused, with a cause."""
    try:
        found = open_container(Source("goi", data), Limits(unpacked_bytes=1_000_000))
        for member in found.members:
            try:
                assert isinstance(member.read(), bytes)
            except ReadError as refused:
                assert refused.cause in CAUSES
    except ReadError as refused:
        assert refused.cause in CAUSES


@settings(max_examples=150, deadline=None)
@given(
    head=st.sampled_from([b"PK\x03\x04", b"PK\x05\x06", TWO, b"From: a\r\nSubject: b\r\n", raw_mail(b"X: y")[:-9]]),
    body=st.binary(max_size=300),
)
def test_any_bytes_behind_the_head_of_a_container(head: bytes, body: bytes) -> None:
    readable_or_refused(head + body)


@settings(max_examples=200, deadline=None)
@given(
    data=st.sampled_from([TWO, BOMB, with_unicode_path("a", "b"), mail({"Kế hoạch.pdf": b"x" * 99}).as_bytes()]),
    changes=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=12),
)
def test_any_change_to_a_sound_container(data: bytes, changes: list[tuple[int, int]]) -> None:
    changed = bytearray(data)
    for at, value in changes:
        changed[at % len(changed)] = value
    readable_or_refused(bytes(changed))


HEADERS = st.sampled_from(["Content-Type", "Content-Disposition", "Content-Transfer-Encoding", "Content-ID", "Subject"])
PIECES = st.sampled_from(
    ["attachment", "inline", "multipart/mixed", "message/rfc822", "; ", "filename", "*0*", "*", "=", '"', "(", "<", "\\", "boundary",
     "=?utf-8?B?", "=?x?Q?=41?=", "utf-8''%E1", "base64", "\udcff", "\r\n ", ",", "@", "image/png", "/", "[", "::"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(HEADERS, st.lists(PIECES, max_size=12)), max_size=5))
def test_any_headers_of_a_part(headers: list[tuple[str, list[str]]]) -> None:
    lines = "\r\n".join(f"{name}: {''.join(pieces)}" for name, pieces in headers)
    readable_or_refused(raw_mail(lines.encode("utf-8", "surrogateescape")))
    readable_or_refused(b"From: a\r\nSubject: b\r\n" + lines.encode("utf-8", "surrogateescape") + b"\r\n\r\nx")


def test_an_empty_message_is_no_trouble() -> None:
    assert opened(EmailMessage().as_bytes() + b"From: a\r\nSubject: b\r\n\r\n").members == ()

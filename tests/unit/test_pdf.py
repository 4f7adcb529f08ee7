from __future__ import annotations

import io
import random
import unicodedata
from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from pdf_files import Sheet, grids, letterhead, lines, made, paragraphs, raw_pdf, read, stream
from reportlab.lib.pdfencrypt import StandardEncryption

from pipeline.errors import ReadError
from pipeline.settings import Limits
from pipeline.values import Extracted, SignatureInfo

BODY = (
    "Thực hiện Kế hoạch số 35/KH-UBND ngày 13 tháng 02 năm 2025 của Ủy ban nhân dân huyện Bình Khê về công tác thi đua,"
    " khen thưởng năm 2025, Ủy ban nhân dân xã xây dựng Kế hoạch như sau:",
    "I. MỤC ĐÍCH, YÊU CẦU",
    "- Đẩy mạnh các phong trào thi đua yêu nước trên địa bàn xã, tạo khí thế thi đua sôi nổi, góp phần phát triển kinh tế"
    " - xã hội của địa phương trong năm 2025 và các năm tiếp theo.",
    "- Thực hiện tốt Luật Thi đua, khen thưởng và các văn bản hướng dẫn thi hành.",
    "Các ban, ngành, đoàn thể phối hợp triển khai kịp thời, đúng quy định, bảo đảm thiết thực và hiệu quả.",
)
WORDS = " ".join(BODY).replace("- ", "").split(" ")
HEAD = [
    "L: ỦY BAN NHÂN DÂN XÃ BÌNH SƠN",
    "R: CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
    "L: Số: 27/KH-UBND",
    "R: Bình Sơn, ngày 15 tháng 01 năm 2025",
    "KẾ HOẠCH",
    "Công tác thi đua, khen thưởng năm 2025",
]


def body(sheet: Sheet) -> None:
    for text in BODY:
        sheet.paragraph(text, bold=text.isupper())


def closing(sheet: Sheet) -> None:
    sheet.y += 20
    for number, text in enumerate(("Nơi nhận:", "- UBND huyện (b/c);", "- Các ban, ngành;", "- Lưu: VT.")):
        sheet.at(85, sheet.y + 14 * number, text, bold=number == 0, size=10)
    for down, text in ((0, "TM. ỦY BAN NHÂN DÂN"), (17, "CHỦ TỊCH"), (110, "Lê Văn Bình")):
        sheet.middle(430, sheet.y + down, text, bold=True)


def plan(sheet: Sheet) -> None:
    letterhead(sheet)
    body(sheet)
    closing(sheet)


CLOSING = [
    "L: Nơi nhận:",
    "L: - UBND huyện (b/c);",
    "L: - Các ban, ngành;",
    "L: - Lưu: VT.",
    "R: TM. ỦY BAN NHÂN DÂN",
    "R: CHỦ TỊCH",
    "R: Lê Văn Bình",
]


def cause_of(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(ReadError) as caught:
        read(data, limits)
    return caught.value.cause


# ------------------------------------------------------------------ order and paragraphs


def test_a_plan_is_read_in_order_and_by_paragraphs() -> None:
    extracted = read(made(plan))
    assert paragraphs(extracted) == [*HEAD, *BODY, *CLOSING]
    assert extracted.media_type == "application/pdf"
    assert extracted.notices == extracted.signatures == extracted.loose == ()
    page = extracted.pages[0]
    assert (page.number, page.width, page.height, page.engine) == (1, 595, 842, "pdfium")


def test_boxes_are_points_from_the_top_left() -> None:
    line = next(line for line in lines(read(made(plan))) if line.text == "KẾ HOẠCH")
    assert line.box is not None
    assert line.box.top < 140 < line.box.bottom
    assert (line.box.x0 + line.box.x1) / 2 == pytest.approx(312, abs=1)
    assert line.hint


def test_the_order_of_the_content_does_not_matter() -> None:
    class Shuffled(Sheet):
        def __init__(self) -> None:
            super().__init__()
            self.calls: list[tuple[tuple[object, ...], dict[str, object]]] = []

        def at(self, *args: object, **options: object) -> None:
            self.calls.append((args, options))

        def line(self, x: float, text: str, *, bold: bool = False, full: bool = False) -> None:
            self.calls.append(((x, self.y, text), {"bold": bold}))
            self.y += 17

        def done(self) -> bytes:
            random.Random(7).shuffle(self.calls)
            for args, options in self.calls:
                super().at(*args, **options)  # type: ignore[arg-type]
            return super().done()

    sheet = Shuffled()
    plan(sheet)
    assert paragraphs(read(sheet.done())) == [*HEAD, *BODY, *CLOSING]


def test_a_paragraph_runs_over_the_page_and_page_numbers_and_running_heads_go() -> None:
    sheet = Sheet()
    chance = random.Random(3)
    texts = [f"{number}. " + " ".join(chance.sample(WORDS, chance.randint(30, 60))) for number in range(1, 25)]
    for text in texts:
        sheet.paragraph(text)
    data = sheet.done()
    plain = read(data)
    assert paragraphs(plain) == texts
    assert len(plain.pages) > 2

    numbered = Sheet()
    turn = numbered.turn

    def turn_with_furniture() -> None:
        numbered.middle(312, 30, str(numbered.canvas.getPageNumber()))
        numbered.at(85, 45, f"Kế hoạch thi đua trang {numbered.canvas.getPageNumber()}", size=9)
        turn()

    numbered.turn = turn_with_furniture  # type: ignore[method-assign]
    for text in texts:
        numbered.paragraph(text)
    numbered.turn()
    assert paragraphs(read(numbered.done())) == texts


def test_a_footnote_does_not_interrupt_the_sentence() -> None:
    note = "1 Quyết định số 12/QĐ-UBND ngày 05/01/2025."

    class Noted(Sheet):
        def turn(self) -> None:
            if self.canvas.getPageNumber() == 1:
                self.at(85, 812, note, size=8)
            super().turn()

    sheet = Noted()
    chance = random.Random(5)
    texts = [f"{number}. " + " ".join(chance.sample(WORDS, 50)) for number in range(1, 14)]
    for text in texts:
        sheet.paragraph(text)
    found = paragraphs(read(sheet.done()))
    assert [text for text in found if text != note] == texts
    assert note in found


def test_the_hyphen_at_the_end_of_a_line_stays() -> None:
    def page(sheet: Sheet) -> None:
        body(sheet)
        sheet.line(121, "Thực hiện Chỉ thị của Chủ tịch Ủy ban nhân dân xã số 11/CT-", full=True)
        sheet.line(85, "UBND ngày 05 tháng 01 năm 2025 về việc tăng cường công tác.")

    assert paragraphs(read(made(page)))[-1] == (
        "Thực hiện Chỉ thị của Chủ tịch Ủy ban nhân dân xã số 11/CT-UBND ngày 05 tháng 01 năm 2025 về việc tăng cường"
        " công tác."
    )


def test_decomposed_letters_come_out_composed() -> None:
    def page(sheet: Sheet) -> None:
        sheet.at(85, 100, unicodedata.normalize("NFD", "Ủy ban nhân dân xã triển khai thực hiện nghiêm túc."))

    assert [line.text for line in lines(read(made(page)))] == ["Ủy ban nhân dân xã triển khai thực hiện nghiêm túc."]


# ------------------------------------------------------------------ turned pages


def turned_by_flag(data: bytes) -> bytes:
    document = pypdfium2.PdfDocument(data)
    document[0].set_rotation(90)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def turned_content(angle: int) -> bytes:
    sheet = Sheet()
    corner = {90: (842.0, 0.0), 180: (595.0, 842.0), 270: (0.0, 595.0)}[angle]
    sheet.canvas = type(sheet.canvas)(sheet.buffer, pagesize=(842, 595) if angle % 180 else (595, 842))
    sheet.canvas.translate(*corner)
    sheet.canvas.rotate(angle)
    plan(sheet)
    sheet.table([85, 130, 360, 540], 700, [["STT", "Nội dung", "Đơn vị"], ["1", "Ban hành kế hoạch", "Văn phòng"]])
    return sheet.done()


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_turned_text_is_read_upright(angle: int) -> None:
    extracted = read(turned_content(angle))
    assert paragraphs(extracted) == [*HEAD, *BODY, *CLOSING, "#"]
    assert grids(extracted) == [[["STT", "Nội dung", "Đơn vị"], ["1", "Ban hành kế hoạch", "Văn phòng"]]]
    assert (extracted.pages[0].width, extracted.pages[0].height) == (595, 842)


def test_the_rotation_entry_alone_does_not_turn_the_text() -> None:
    extracted = read(turned_by_flag(made(plan)))
    assert paragraphs(extracted) == [*HEAD, *BODY, *CLOSING]
    assert (extracted.pages[0].width, extracted.pages[0].height) == (595, 842)


# ------------------------------------------------------------------ widgets and signatures


def with_field(value: str, number: str, x: float, width: float) -> Extracted:
    def page(sheet: Sheet) -> None:
        letterhead(sheet, number)
        body(sheet)
        sheet.canvas.acroForm.textfield(
            name="so", value=value, x=x, y=842 - 106, width=width, height=16, borderWidth=0, fontSize=11, maxlen=200
        )

    return read(made(page))


@pytest.mark.parametrize(
    ("printed", "x", "whole"),
    [
        ("Số:            /KH-UBND", 132.0, "L: Số: 1914 /KH-UBND"),
        ("Số:............/KH-UBND", 132.0, "L: Số: 1914 /KH-UBND"),
        ("Số: 88/KH-UBND", 140.0, "L: Số: 88/KH-UBND"),
    ],
)
def test_a_number_in_a_field_comes_into_its_line(printed: str, x: float, whole: str) -> None:
    extracted = with_field("1914", printed, x, 34)
    assert [(loose.text, loose.kind, loose.page) for loose in extracted.loose] == [("1914", "widget", 1)]
    assert paragraphs(extracted)[2].replace("1914/", "1914 /") == whole


def test_the_words_of_a_signature_stay_out_of_the_text() -> None:
    extracted = with_field("Signed by: Tran Minh, date: 05.01.2025", "Số: 27/KH-UBND", 330, 220)
    assert paragraphs(extracted)[:6] == HEAD
    assert "Signed by" in extracted.loose[0].text


def signed_file(contents: bytes) -> bytes:
    signature = (
        b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 1 2 3]"
        b"/M(D:20250605171955+07'00')/Contents<" + contents.hex().encode() + b"00000000>>>"
    )
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]/SigFlags 3>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Annots[5 0 R]"
        b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        stream(b"", b"BT /F 12 Tf 85 700 Td (Ban giao danh sach cac don vi) Tj ET"),
        b"<</Type/Annot/Subtype/Widget/FT/Sig/T(S1)/Rect[0 0 0 0]/V 6 0 R/P 3 0 R/F 132>>",
        signature,
    )


def test_a_digital_signature_is_told() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, "Ủy ban nhân dân xã Bình Sơn"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Ủy ban nhân dân huyện Bình Khê"),
        ]
    )
    now = datetime(2025, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder().subject_name(name).public_key(key.public_key()).serial_number(5)
    builder = builder.issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "CA")]))
    builder = builder.not_valid_before(now).not_valid_after(now + timedelta(days=30))
    mail = x509.SubjectAlternativeName([x509.RFC822Name("ubnd@binhson.example")])
    certificate = builder.add_extension(mail, critical=False).sign(key, hashes.SHA256())
    contents = pkcs7.serialize_certificates([certificate], serialization.Encoding.DER)
    assert read(signed_file(contents)).signatures == (
        SignatureInfo(
            "Ủy ban nhân dân xã Bình Sơn",
            "Ủy ban nhân dân huyện Bình Khê",
            "ubnd@binhson.example",
            "2025-06-05T17:19:55+07:00",
        ),
    )


def test_a_signature_without_a_readable_certificate_keeps_its_time() -> None:
    assert read(signed_file(b"\x30\x03abc")).signatures == (
        SignatureInfo(None, None, None, "2025-06-05T17:19:55+07:00"),
    )


# ------------------------------------------------------------------ refusals, limits, trust


def test_passwords() -> None:
    assert cause_of(made(plan, encrypt=StandardEncryption("mo", "chu"))) == "password_protected"
    owner_only = made(plan, encrypt=StandardEncryption("", "chu", canCopy=0, canPrint=0))
    assert paragraphs(read(owner_only))[:6] == HEAD


def test_damage() -> None:
    data = made(plan)
    assert cause_of(data[: len(data) * 6 // 10]) == "truncated_file"
    assert cause_of(b"<html>not a pdf</html>") == "damaged_file"
    assert cause_of(b"") == "damaged_file"


@pytest.mark.parametrize(
    ("limits", "cause"),
    [
        (Limits(pages=1), "too_many_pages"),
        (Limits(page_characters=200), "too_complex"),
        (Limits(page_objects=10), "too_complex"),
    ],
)
def test_limits(limits: Limits, cause: str) -> None:
    assert cause_of(made(plan, plan), limits) == cause


def page_file(content: bytes, *forms: bytes) -> bytes:
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>>>>>",
        stream(b"", content),
        *forms,
    )


def test_bombs_are_refused_before_pdfium_sees_them() -> None:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
    doubling = [
        stream(form + b"/Resources<</XObject<</A %d 0 R>>>>" % number, b"/A Do /A Do") for number in range(6, 36)
    ]
    assert cause_of(page_file(b"/A Do", *doubling, stream(form, b"0 0 m 9 9 l S"))) == "too_complex"
    assert cause_of(page_file(b"0 0 m 9 9 l S " * 700_000)) == "too_complex"

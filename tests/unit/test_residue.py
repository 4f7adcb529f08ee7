"""What a portal prints around a document: the table's rows, what is cut and what never is, and whole records."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import PlanRecord
from pipeline.flow import make_kit, read_stages
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.residue import ResidueRow, residue_words
from pipeline.normalize import normalize
from pipeline.segment import segment
from pipeline.values import Cell, Extracted, Grid, Line, NormalText, Outline, PageInfo, Source
from tests.unit.growth import grows_within
from tests.unit.web_pages import (
    BODY,
    MOTTO,
    RECIPIENTS,
    SIGNATURE,
    TITLE,
    cms_page,
    dnn_page,
    document,
    letterhead,
    paragraphs,
    word_page,
)

KIT = make_kit()
KNOWLEDGE = load_knowledge()
WORDS = KNOWLEDGE.derived(residue_words)
HEAD = [
    "ỦY BAN NHÂN DÂN XÃ BÌNH SƠN", "Số: 27/KH-UBND", MOTTO, "Độc lập - Tự do - Hạnh phúc", "Bình Sơn, ngày 20 tháng 01 năm 2025",
    "KẾ HOẠCH", TITLE,
]  # fmt: skip
FOOT = ["Nơi nhận:", *RECIPIENTS, *SIGNATURE]
MENU = ["Trang chủ", "Giới thiệu", "Hội đồng nhân dân xã", "Ủy ban nhân dân xã", "Tin tức - Sự kiện"]
BOX = [
    "Số ký hiệu", "72/KH-UBND", "Ngày ban hành", "22/01/2025", "Cơ quan ban hành", "UBND xã Đông Thành", "Người ký", "Đinh Quang Tám",
    "Trích yếu", "Kế hoạch trồng cây năm 2025",
]  # fmt: skip
NEWS = ["Các tin khác", "Kế hoạch số 31/KH-UBND ngày 02/02/2025 về chuyển đổi số", "© Bản quyền thuộc về UBND xã", "Chủ tịch: Đinh Quang Tám"]


def read(*blocks: str | Grid) -> tuple[NormalText, Outline]:
    lines = tuple(b if isinstance(b, Grid) else Line(b, opens=True) for b in blocks)
    normal = normalize(Extracted("x", lines, (PageInfo(1, None, None, "plain"),)))
    return normal, segment(normal, KNOWLEDGE)


def cut(*blocks: str | Grid) -> list[str]:
    normal, outline = read(*blocks)
    return [normal.text[span.start : span.end] for span in outline.frame.residue]


def record(data: str, name: str = "trang.html") -> PlanRecord:
    return read_stages(Source(name, data.encode()), KIT).record


def codes(found: PlanRecord) -> set[str]:
    return {finding.code for finding in found.findings}


# ------------------------------------------------------------------ the table


@pytest.mark.parametrize("row", KNOWLEDGE.rows(ResidueRow), ids=lambda row: row.id)
def test_rows_read_their_examples_and_no_sentence(row: ResidueRow) -> None:
    for example in row.examples:
        name, _, value = example.partition(": ")
        read_as = WORDS.read(example) or (WORDS.read(name) if value and row.takes == "value" else ())
        assert row.id in {found.id for found in read_as}, example
    assert row.not_examples
    assert [wrong for wrong in row.not_examples if WORDS.read(wrong)] == []


@pytest.mark.parametrize(
    "line",
    [
        *BODY, *HEAD, *FOOT, "KẾ HOẠCH", "THÔNG BÁO", "I. MỤC ĐÍCH", "Phụ lục", "V/v tổng vệ sinh môi trường", "Kính gửi: Các thôn",
        "1. Nội dung", "2. Tải về", "- Chia sẻ", "a) Liên hệ công tác", "Người ký xác nhận", "Ngày 14/09/2023", "12/03/2025",
    ],
)  # fmt: skip
def test_lines_of_a_document_are_no_residue(line: str) -> None:
    assert WORDS.read(line) == () or line.startswith(("- ", "2."))


def test_a_line_of_several_kinds_is_read_to_its_end() -> None:
    assert [row.id for row in WORDS.read("Đăng lúc: 16/01/2023 (GMT+7) | Lượt xem: 1.204 Cỡ chữ: A- A A+ In trang")][:2] == ["thoi_gian_dang", "luot_xem"]
    assert WORDS.read("Lượt xem: 1.204 và tải về nhiều nhất") == ()


@given(st.text(alphabet="aàxemtrngchủ tải vềinlượt:.,0123/-»|()©[]\t", max_size=400))
def test_any_line_is_read_in_little_time(line: str) -> None:
    assert isinstance(WORDS.read(line), tuple)


# ------------------------------------------------------------------ above and below


def test_all_above_the_letterhead_and_all_behind_the_signature() -> None:
    above = [*MENU, *(f"Chuyên trang số {i}" for i in range(80)), *BOX]
    normal, outline = read(*above, *HEAD, *BODY, *FOOT, *NEWS)
    frame = outline.frame
    assert [normal.text[s.start : s.end] for s in frame.residue] == [*above, *NEWS]
    assert frame.number_line is not None and normal.text[frame.number_line.start : frame.number_line.end] == "Số: 27/KH-UBND"
    assert frame.dateline is not None and len(frame.recipients) == len(RECIPIENTS) and len(frame.signature) == len(SIGNATURE)


def test_an_abstract_above_the_letterhead_does_not_hide_it() -> None:
    abstract = "Thực hiện Kế hoạch số 45/KH-UBND ngày 10/01/2025 của UBND huyện, UBND xã vừa ban hành kế hoạch về rác thải."
    _, outline = read("Trang chủ » Tin tức", abstract, *HEAD, *BODY, *FOOT)
    assert outline.frame.number_line is not None


def test_the_page_s_own_title_keeps_its_mentions() -> None:
    time = "Ngày 23/01/2025 08:15:22"
    assert cut("Lượt xem: 77", f"KẾ HOẠCH {TITLE}", time, *HEAD, *BODY, *FOOT) == ["Lượt xem: 77", time]


def test_without_a_head_the_portal_s_lines_go_and_the_title_stays() -> None:
    normal, outline = read("KẾ HOẠCH SẢN XUẤT VỤ ĐÔNG", "Đăng lúc: 14/09/2023 10:55", "Lượt xem: 12", "Cỡ chữ: A- A A+", *BODY, *NEWS)
    frame = outline.frame
    assert frame.title is not None and normal.text[frame.title.start : frame.title.end] == "SẢN XUẤT VỤ ĐÔNG"
    assert (frame.number_line, frame.dateline) == (None, None)
    assert [n.marker for n in outline.nodes] == [None, "I", "II", "III", None]


def test_a_type_line_far_below_the_menus_is_found_without_a_letterhead() -> None:
    _, outline = read(*MENU, *(f"Chuyên trang số {i}" for i in range(80)), *BOX, "KẾ HOẠCH", TITLE, *BODY)
    assert outline.frame.doc_type is not None and outline.frame.number_line is None


@pytest.mark.parametrize("box", [BOX, [f"{a}: {b}" for a, b in zip(BOX[::2], BOX[1::2], strict=True)]])
def test_the_data_box_never_gives_the_head(box: list[str]) -> None:
    blank = [line.replace("27/", "      /") for line in HEAD]
    normal, outline = read(*box, *blank, *BODY, *FOOT)
    number = outline.frame.number_line
    assert number is not None and normal.text[number.start : number.end].split() == ["Số:", "/KH-UBND"]
    _, bare = read(*box, "KẾ HOẠCH", TITLE, *BODY)
    assert (bare.frame.number_line, bare.frame.dateline, bare.frame.signature) == (None, None, ())


def test_a_data_box_that_is_a_table_is_cut_too() -> None:
    rows = tuple((Cell(a, 0), Cell(b, 1)) for a, b in zip(BOX[::2], BOX[1::2], strict=True))
    assert len(cut(Grid(rows, 2, 1), *HEAD, *BODY, *FOOT)) == len(rows)


def test_two_labels_are_no_box() -> None:
    """A digital signature prints its signer and time above the head."""
    assert cut("Người ký: Ủy ban nhân dân xã", "Ngày ký: 20/01/2025", *HEAD, *BODY, *FOOT) == []


@pytest.mark.parametrize(
    "last",
    [
        ["Các hình thức tuyên truyền:", "Facebook", "Zalo"],
        ["Địa chỉ: Nhà văn hóa thôn 3", "Điện thoại: 0200 000 000"],
        ["- Lượt truy cập trang thông tin của xã", "- Tags theo chủ đề"],
        ["Tải về", "và cấp phát tài liệu cho các thôn"],
    ],
)  # fmt: skip
def test_a_document_that_breaks_off_keeps_its_last_lines(last: list[str]) -> None:
    assert cut(*HEAD, *BODY[:-1], *last) == []


def test_inside_the_document_nothing_is_cut() -> None:
    inside = ["Tải về", "Chia sẻ", "Hôm nay: 65", "Từ khóa: rác thải", "Các tin khác", "Số ký hiệu", "Người ký", "Ngày ban hành"]
    assert cut(*HEAD, *BODY[:8], *inside, *BODY[8:], *FOOT) == []


def test_appendices_and_tables_behind_the_signature_are_no_residue() -> None:
    table = Grid((tuple(Cell(t, i) for i, t in enumerate(("STT", "Nội dung", "Thời gian"))), tuple(Cell(t, i) for i, t in enumerate(("1", "Họp", "Quý I")))), 3, 1)
    assert cut(*HEAD, *BODY, *FOOT, "PHỤ LỤC I", "Facebook", "Zalo của các thôn") == []
    assert cut(*HEAD, *BODY, *FOOT, "Email: vanphong@example.vn", table) == []
    assert cut(*HEAD, *BODY, *FOOT, table, "Các tin khác", "Họp thôn") == ["Các tin khác", "Họp thôn"]


def test_a_digital_signature_s_stamp_is_no_residue() -> None:
    stamp = ["Người ký: Ủy ban nhân dân xã", "Email: vanphong@example.vn", "Thời gian ký: 20.01.2025 08:41:07 +07:00"]
    for at in (len(FOOT) - 1, len(FOOT)):
        assert cut(*HEAD, *BODY, *FOOT[:at], *stamp, *FOOT[at:]) == []
    assert cut(*HEAD, *BODY, *FOOT[:-1], *stamp, FOOT[-1], *NEWS) == NEWS


def test_a_page_of_residue_alone_is_left_as_it_is() -> None:
    assert cut("Trang chủ", "Giới thiệu", "Lượt xem: 12") == []


@given(st.lists(st.sampled_from([*HEAD, *BODY, *FOOT, *MENU, *BOX, *NEWS, "PHỤ LỤC", "1", "."]), max_size=40))
def test_spans_stay_sound_whatever_is_cut(blocks: list[str]) -> None:
    normal, outline = read(*blocks)
    residue = outline.frame.residue
    for node in outline.walk():
        assert 0 <= node.start <= node.head_end <= node.end <= len(normal.text)
        assert not any(span.start <= node.start < span.end for span in residue)


def test_time_grows_with_the_lines_around() -> None:
    def work(times: int) -> None:
        read(*(MENU + BOX) * times, *BODY, *[*NEWS[:2], "Hôm nay: 1"] * times)

    assert grows_within(lambda: work(100), lambda: work(400), factor=8, slack=0.1)


# ------------------------------------------------------------------ whole records


@pytest.mark.parametrize("page", [dnn_page(), cms_page()], ids=["tables", "news_system"])
def test_a_portal_page_gives_the_document_s_record(page: str) -> None:
    found, bare = record(page), record(f"<html><body>{document()}</body></html>")
    header = found.header
    assert header.number is not None and header.issue_date is not None and header.issuer is not None
    assert (header.doc_type, header.number.canonical, header.issue_date.edtf) == ("Kế hoạch", "27/KH-UBND", "2025-01-20")
    assert (header.issuer.name, header.place, header.title) == ("Ủy ban nhân dân xã Bình Sơn", "Bình Sơn", TITLE)

    def outline(of: PlanRecord) -> list[tuple[str, str | None, str | None]]:
        return [(s.id, s.title, s.role) for s in walk(of.sections)]

    assert outline(found) == outline(bare)
    assert [r.text for r in found.references] == [r.text for r in bare.references]
    assert [u.text for u in found.units] == [u.text for u in bare.units]
    assert [t.text for t in found.tasks] == [t.text for t in bare.tasks] and found.tasks
    assert [r.text for r in found.closing.recipients] == RECIPIENTS
    assert [(s.name, s.position, s.authority) for s in found.closing.signers] == [("Hoàng Văn Lục", "PHÓ CHỦ TỊCH", "KT")]
    assert codes(found) - codes(bare) == {"portal_residue", "page_furniture"}
    assert codes(bare) == set()  # there are several communes of that name, but none in the district that the page names


def walk(sections):
    for section in sections:
        yield section
        yield from walk(section.children)


def test_a_blank_number_stays_blank_beside_a_filled_box() -> None:
    found = record(cms_page("Số: &nbsp;&nbsp;&nbsp;&nbsp;/KH-UBND"))
    assert found.header.number is not None and found.header.number.serial is None
    assert "missing_number_serial" in codes(found)


def test_words_of_portals_in_the_plan_s_own_sentences_stay_in_their_sections() -> None:
    found = record(cms_page())
    sections = {s.id: found.text[s.start : s.end] for s in walk(found.sections)}
    assert "lượt truy cập" in sections["I.1"] and "Tải về" in sections["II.1"] and "Tags" in sections["II.1"]


def test_a_word_page_reads_as_the_word_file_would() -> None:
    found = record(word_page(), "KH giam ngheo.doc")
    header = found.header
    assert header.number is not None and header.issue_date is not None
    assert (header.number.canonical, header.issue_date.edtf, header.title) == ("/KH-UBND", "2025-02-XX", "Giảm nghèo năm 2025")
    assert [(task.assignees[0].name, task.origin) for task in found.tasks] == [
        ("Công chức Văn hóa - Xã hội", "table"), ("Văn phòng Hội đồng nhân dân và Ủy ban nhân dân", "table"),
    ]  # fmt: skip
    assert [s.marker for s in walk(found.sections)] == [None, "I", "II", "1", "•", "III"]
    assert [s.name for s in found.closing.signers] == ["Hoàng Văn Lục"] and len(found.closing.recipients) == 2


def test_a_page_copied_into_a_text_file_gives_the_same_head() -> None:
    text = "\n".join([*MENU, "Đăng lúc: 23/01/2025 (GMT+7)", *BOX, "", *HEAD, *BODY, *FOOT, "", *NEWS])
    found = record(text, "trang.txt")
    header = found.header
    assert header.number is not None and header.issue_date is not None
    assert (header.number.canonical, header.issue_date.edtf, header.title) == ("27/KH-UBND", "2025-01-20", TITLE)
    assert "23/01/2025" in [date.text for date in found.dates]
    assert not [r for r in found.references if r.number in ("72/KH-UBND", "31/KH-UBND")]
    assert [s.name for s in found.closing.signers] == ["Hoàng Văn Lục"]


ARTICLE = (
    "<h1>UBND xã Bình Sơn triển khai Kế hoạch số 27/KH-UBND</h1><p>Ngày 23/01/2025 08:15:22</p><p>Thực hiện Kế hoạch số 27/KH-UBND "
    "ngày 20/01/2025 của UBND xã Bình Sơn về rác thải, các thôn đã ra quân dọn vệ sinh.</p><p>Chủ tịch UBND xã dự và phát biểu.</p>"
    "<p>Tác giả: Văn phòng</p><p>Các tin khác</p><p>Xã Đông Thành họp tổng kết</p>"
)


@pytest.mark.parametrize("headline", ["", "<h1>Kế hoạch thu gom rác thải của xã Bình Sơn đi vào cuộc sống</h1>"])
def test_an_article_about_a_plan_is_no_plan(headline: str) -> None:
    found = record(f"<html><body>{headline}{ARTICLE}</body></html>")
    assert found.header.number is None and found.header.issue_date is None
    assert {"not_a_plan", "missing_number", "missing_issue_date", "missing_section", "missing_signature"} <= codes(found)


def test_a_plan_on_a_page_without_a_head_is_a_plan() -> None:
    body = paragraphs(["KẾ HOẠCH SẢN XUẤT VỤ ĐÔNG NĂM 2025", "Lượt xem: 12", *BODY])
    found = record(f"<html><body>{body}</body></html>")
    assert "not_a_plan" not in codes(found) and "missing_number" in codes(found)
    assert "not_a_plan" not in codes(record(f"<html><body>{letterhead()}</body></html>"))

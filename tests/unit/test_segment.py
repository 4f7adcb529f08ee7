"""Markers, headings, the tree with its faults, roles, and the frame around the outline. Truth stands in the sentence."""

from __future__ import annotations

import pytest
from growth import grows_within
from hypothesis import given
from hypothesis import strategies as st

from models import Role
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.headings import HeadingRole, heading_lexicon
from pipeline.normalize import normalize
from pipeline.segment import segment
from pipeline.segment.markers import Kind, parse_marker, roman
from pipeline.values import Cell, Extracted, Grid, Line, Node, NormalText, Outline, PageInfo, Span

KNOWLEDGE = load_knowledge()
LEXICON = KNOWLEDGE.derived(heading_lexicon)


def read(*blocks: str | Grid) -> tuple[NormalText, Outline]:
    """Paragraphs (strings) and tables as a document that is already joined."""
    lines = tuple(b if isinstance(b, Grid) else Line(b, opens=True) for b in blocks)
    normal = normalize(Extracted("x", lines, (PageInfo(1, None, None, "plain"),)))
    return normal, segment(normal, KNOWLEDGE)


def shown(nodes: tuple[Node, ...], depth: int = 0) -> list[str]:
    """Headings as `  marker title`, indented by depth; items as `  marker ·`."""
    rows = []
    for node in nodes:
        label = node.title if node.kind == "heading" else f"· {node.title}" if node.title else "·"
        rows.append("  " * depth + " ".join(filter(None, [node.marker, label])))
        rows += shown(node.children, depth + 1)
    return rows


@pytest.mark.parametrize(
    ("text", "kind", "marker", "rest"),
    [
        ("PHẦN I KẾT QUẢ", Kind.PHAN, "PHẦN I", "KẾT QUẢ"),
        ("PHẦN THỨ NHẤT", Kind.PHAN, "PHẦN THỨ NHẤT", ""),
        ("Phần thứ hai. Nhiệm vụ", Kind.PHAN, "Phần thứ hai", "Nhiệm vụ"),
        ("A. MỤC ĐÍCH", Kind.LETTER, "A", "MỤC ĐÍCH"),
        ("A- MỤC ĐÍCH", Kind.LETTER, "A", "MỤC ĐÍCH"),
        ("I. MỤC ĐÍCH", Kind.ROMAN, "I", "MỤC ĐÍCH"),
        ("I- MỤC ĐÍCH", Kind.ROMAN, "I", "MỤC ĐÍCH"),
        ("II/ NỘI DUNG", Kind.ROMAN, "II", "NỘI DUNG"),
        ("III/.ĐỐI TƯỢNG", Kind.ROMAN, "III", "ĐỐI TƯỢNG"),
        ("I.KẾT QUẢ", Kind.ROMAN, "I", "KẾT QUẢ"),
        ("I MỤC ĐÍCH", Kind.ROMAN, "I", "MỤC ĐÍCH"),
        ("1. Mục đích", Kind.NUMBER, "1", "Mục đích"),
        ("1.Mục đích", Kind.NUMBER, "1", "Mục đích"),
        ("1/ Mục đích", Kind.NUMBER, "1", "Mục đích"),
        ("1/. Thời gian", Kind.NUMBER, "1", "Thời gian"),
        ("1.1. Vị trí", Kind.NUMBER, "1.1", "Vị trí"),
        ("1.1.Vị trí", Kind.NUMBER, "1.1", "Vị trí"),
        ("2.1 Ban hành quyết định", Kind.NUMBER, "2.1", "Ban hành quyết định"),
        ("10. Công an tỉnh", Kind.NUMBER, "10", "Công an tỉnh"),
        ("a) Rà soát", Kind.ALPHA, "a", "Rà soát"),
        ("a/ Rà soát", Kind.ALPHA, "a", "Rà soát"),
        ("đ) Báo cáo", Kind.ALPHA, "đ", "Báo cáo"),
        ("- Tuyên truyền", Kind.DASH, "-", "Tuyên truyền"),
        ("–  Tuyên truyền", Kind.DASH, "-", "Tuyên truyền"),
        ("-Tuyên truyền", Kind.DASH, "-", "Tuyên truyền"),
        ("+ Cây ngô", Kind.PLUS, "+", "Cây ngô"),
        ("* Thuận lợi:", Kind.STAR, "*", "Thuận lợi:"),
    ],
)
def test_marks(text: str, kind: Kind, marker: str, rest: str) -> None:
    found = parse_marker(text)
    assert found is not None
    assert (found.kind, found.text, text[found.end :]) == (kind, marker, rest)


@pytest.mark.parametrize(
    "text",
    ["2025 là năm cuối", "16/7/2021 của Chính phủ", "Mục đích", "V/v tuyên truyền", "V/V TỔ CHỨC", "Ủy ban", "50% hộ dân", "1.200 người",
     "27/KH-UBND ngày 02/3/2021", "06/TTr-TYT ngày 08/4/2024"],
)
def test_no_marks(text: str) -> None:
    assert parse_marker(text) is None


@pytest.mark.parametrize(("numeral", "value"), [("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("XX", 20)])
def test_roman_numerals(numeral: str, value: int) -> None:
    assert roman(numeral) == value


@pytest.mark.parametrize("row", KNOWLEDGE.rows(HeadingRole), ids=lambda row: row.id)
def test_every_heading_row_matches_its_examples_and_no_other(row: HeadingRole) -> None:
    for example in row.examples:
        found = LEXICON.match(example)
        assert found is not None and found.id == row.id, example
    for text in row.not_examples:
        found = LEXICON.match(text)
        assert found is None or found.id != row.id, text
    assert row.examples


# What practice writes over the same part (several wordings a role) keeps its role, whatever stands around it.
ROLES: dict[str, Role] = {
    "MỤC ĐÍCH – YÊU CẦU:": "muc_dich_yeu_cau",
    "MỤC TIÊU, YÊU CẦU": "muc_dich_yeu_cau",
    "Mục tiêu cụ thể đến năm 2025": "muc_tieu",
    "NHIỆM VỤ VÀ GIẢI PHÁP CHỦ YẾU": "nhiem_vu_giai_phap",
    "NỘI DUNG - HÌNH THỨC": "noi_dung",
    "HÌNH THỨC THỰC HIỆN": "noi_dung",
    "THỜI GIAN - ĐỊA ĐIỂM": "thoi_gian",
    "PHÂN CÔNG NHIỆM VỤ THỰC HIỆN": "to_chuc_thuc_hien",
    "TRÁCH NHIỆM THỰC HIỆN": "to_chuc_thuc_hien",
    "CHẾ ĐỘ THÔNG TIN, BÁO CÁO": "che_do_bao_cao",
    "KINH PHÍ THỰC HIỆN": "kinh_phi",
    "ĐÁNH GIÁ KẾT QUẢ NĂM 2024": "tinh_hinh",
    "CĂN CỨ XÂY DỰNG KẾ HOẠCH": "can_cu",
}


@pytest.mark.parametrize("title", ROLES)
def test_roles_come_from_the_wording(title: str) -> None:
    _, outline = read("KẾ HOẠCH", "Công tác năm 2025", f"I. {title}", "Nội dung của phần này là văn xuôi bình thường.")
    assert [n.role for n in outline.nodes if n.marker == "I"] == [ROLES[title]]


OUTLINES: dict[str, tuple[list[str], list[str], list[str]]] = {
    "numbered sentences are items": (
        ["I. YÊU CẦU", "1. Bảo đảm an toàn, tiết kiệm.", "2. Huy động nhân dân tham gia.", "II. NỘI DUNG", "Họp dân các thôn."],
        ["I YÊU CẦU", "  1 ·", "  2 ·", "II NỘI DUNG"],
        [],
    ),
    "a run-in line is an item with its label": (
        ["I. TỔ CHỨC THỰC HIỆN", "1. Công an xã: Phối hợp tuần tra.", "2. Trạm Y tế: Trực cấp cứu."],
        ["I TỔ CHỨC THỰC HIỆN", "  1 · Công an xã", "  2 · Trạm Y tế"],
        [],
    ),
    "headings and items under one number series": (
        ["II. TỔ CHỨC THỰC HIỆN", "1. Hội đồng xã chỉ đạo, kiểm tra các ngành.", "2. Công chức Văn phòng", "Tham mưu.", "3. Các ngành xây dựng kế hoạch."],
        ["II TỔ CHỨC THỰC HIỆN", "  1 ·", "  2 Công chức Văn phòng", "  3 ·"],
        [],
    ),
    "a numeral used twice": (
        ["I. MỤC ĐÍCH", "Nâng cao.", "II. NỘI DUNG", "Họp.", "II. TỔ CHỨC THỰC HIỆN", "Phân công."],
        ["I MỤC ĐÍCH", "II NỘI DUNG", "II TỔ CHỨC THỰC HIỆN"],
        ["duplicate_section_number"],
    ),
    "a numeral skipped": (
        ["I. MỤC ĐÍCH", "Nâng cao.", "III. NỘI DUNG", "Họp."],
        ["I MỤC ĐÍCH", "III NỘI DUNG"],
        ["skipped_section_number"],
    ),
    "a lost parent": (
        ["II. NỘI DUNG", "1. Tuyên truyền", "Phát thanh.", "2.1. Hình thức", "Loa.", "2.2. Thời gian", "Cả năm.", "3. Kiểm tra", "Định kỳ."],
        ["II NỘI DUNG", "  1 Tuyên truyền", "  2.1 Hình thức", "  2.2 Thời gian", "  3 Kiểm tra"],
        ["skipped_section_number"],
    ),
    "a list converter that numbered every heading anew": (
        ["1. MỤC ĐÍCH YÊU CẦU", "2. Mục đích:", "– Thiết thực, hiệu quả.", "1. Yêu cầu:", "An toàn, tiết kiệm."],
        ["1 MỤC ĐÍCH YÊU CẦU", "  2 Mục đích", "    - ·", "  1 Yêu cầu"],
        [],
    ),
    "numbering restarts in a PHẦN": (
        ["PHẦN I", "ĐÁNH GIÁ NĂM 2024", "I. KẾT QUẢ", "Tốt.", "PHẦN II", "KẾ HOẠCH NĂM 2025", "I. MỤC TIÊU", "Tốt hơn."],
        ["PHẦN I ĐÁNH GIÁ NĂM 2024", "  I KẾT QUẢ", "PHẦN II KẾ HOẠCH NĂM 2025", "  I MỤC TIÊU"],
        [],
    ),
    "numerals without punctuation": (
        ["I MỤC ĐÍCH", "1 MỤC ĐÍCH", "- Vui.", "2 YÊU CẦU", "- Khỏe.", "II Thời gian thực hiện", "- Tháng 9."],
        ["I MỤC ĐÍCH", "  1 MỤC ĐÍCH", "    - ·", "  2 YÊU CẦU", "    - ·", "II Thời gian thực hiện", "  - ·"],
        [],
    ),
    "headings without numerals": (
        ["MỤC ĐÍCH, YÊU CẦU", "Nâng cao.", "NỘI DUNG", "Họp dân.", "Đối với các thôn:", "- Tự rà soát.", "TỔ CHỨC THỰC HIỆN", "Phân công."],
        ["MỤC ĐÍCH, YÊU CẦU", "NỘI DUNG", "  Đối với các thôn", "    - ·", "TỔ CHỨC THỰC HIỆN"],
        [],
    ),
    "sentence case and closing marks": (
        ["I. Mục tiêu, yêu cầu:", "1. Mục tiêu:", "- Ngăn chặn.", "2. Yêu cầu.", "- Quán triệt."],
        ["I Mục tiêu, yêu cầu", "  1 Mục tiêu", "    - ·", "  2 Yêu cầu", "    - ·"],
        [],
    ),
    "deep levels": (
        ["I. NỘI DUNG", "1. Tuyên truyền", "1.1. Hình thức", "a) Trực quan:", "- Băng rôn;", "+ Cỡ lớn.", "1.2. Thời gian", "Quý I."],
        ["I NỘI DUNG", "  1 Tuyên truyền", "    1.1 Hình thức", "      a Trực quan", "        - ·", "          + ·", "    1.2 Thời gian"],
        [],
    ),
    "stars below numbers": (
        ["I. ĐẶC ĐIỂM TÌNH HÌNH", "1. Thuận lợi và khó khăn", "* Thuận lợi:", "- Có đất.", "* Khó khăn:", "- Thiếu nước."],
        ["I ĐẶC ĐIỂM TÌNH HÌNH", "  1 Thuận lợi và khó khăn", "    * Thuận lợi", "      - ·", "    * Khó khăn", "      - ·"],
        [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OUTLINES)
def test_outlines(name: str) -> None:
    body, tree, faults = OUTLINES[name]
    _, outline = read("KẾ HOẠCH", "Công tác năm 2025", *body)
    assert shown(outline.nodes) == tree
    assert [fault.code for fault in outline.faults] == faults


def test_ids_are_unique_and_name_the_way() -> None:
    _, outline = read("KẾ HOẠCH", "Năm 2025", "II. NỘI DUNG", "1. Tuyên truyền", "1.1. Loa", "Phát.", "II. TỔ CHỨC THỰC HIỆN", "x y.")
    ids = [node.id for node in outline.walk()]
    assert ids == ["II", "II.1", "II.1.1", "II(2)"]


def test_the_head_of_a_shattered_table_is_no_heading() -> None:
    _, outline = read("I. TIẾN ĐỘ", "STT", "Nội dung", "Thời gian", "Cơ quan thực hiện", "1", "Họp dân", "Tháng 3", "Công an xã")
    assert [node.title for node in outline.walk() if node.kind == "heading"] == ["TIẾN ĐỘ"]


def test_table_rows_are_never_headings() -> None:
    rows = tuple(tuple(Cell(text, i) for i, text in enumerate(row)) for row in (("STT", "Nội dung"), ("I", "Quý I"), ("1", "NỘI DUNG")))
    _, outline = read("KẾ HOẠCH", "Năm 2025", "I. NỘI DUNG", Grid(rows, 2, 1), "II. TỔ CHỨC THỰC HIỆN", "Phân công.")
    assert shown(outline.nodes) == ["I NỘI DUNG", "II TỔ CHỨC THỰC HIỆN"]


PLAN = [
    "ỦY BAN NHÂN DÂN XÃ SƠN HẠ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 12/KH-UBND",
    "Sơn Hạ, ngày 05 tháng 3 năm 2025", "KẾ HOẠCH", "Phòng, chống thiên tai năm 2025",
    "Căn cứ Luật Phòng, chống thiên tai;", "UBND xã ban hành Kế hoạch như sau:",
    "I. MỤC ĐÍCH, YÊU CẦU", "Chủ động ứng phó.", "II. TỔ CHỨC THỰC HIỆN", "1. Công an xã", "Trực ban.",
    "Trên đây là Kế hoạch của UBND xã./.", "Nơi nhận:", "- UBND huyện (b/c);", "- Các thôn;", "- Lưu: VT.",
    "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Bình", "PHỤ LỤC", "DANH SÁCH LỰC LƯỢNG", "1. Nguyễn Văn An",
]  # fmt: skip


def test_the_frame_of_a_whole_plan() -> None:
    normal, outline = read(*PLAN)
    frame = outline.frame

    def text(span: Span | None) -> str:
        assert span is not None
        return normal.text[span.start : span.end]

    assert text(frame.number_line) == "Số: 12/KH-UBND"
    assert text(frame.dateline) == "Sơn Hạ, ngày 05 tháng 3 năm 2025"
    assert [text(line) for line in frame.issuer_lines] == ["ỦY BAN NHÂN DÂN XÃ SƠN HẠ"]
    assert text(frame.title) == "Phòng, chống thiên tai năm 2025"
    assert text(frame.preamble).startswith("Căn cứ Luật") and text(frame.preamble).endswith("như sau:")
    assert text(frame.closing) == "Trên đây là Kế hoạch của UBND xã./."
    assert [text(r) for r in frame.recipients] == ["- UBND huyện (b/c);", "- Các thôn;", "- Lưu: VT."]
    assert [text(s) for s in frame.signature] == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Bình"]
    assert [n.role for n in outline.nodes] == ["can_cu", "muc_dich_yeu_cau", "to_chuc_thuc_hien", "ket_luan", "phu_luc"]


def test_portal_residue_stays_outside_and_its_time_is_no_dateline() -> None:
    normal, outline = read("Hôm nay: 65", "KẾ HOẠCH Phòng, chống thiên tai", "Ngày 06/04/2025 23:23:18", *PLAN)
    assert len(outline.frame.portal) == 3
    assert outline.frame.dateline is not None and normal.text[outline.frame.dateline.start :].startswith("Sơn Hạ, ngày 05")


def test_a_plan_without_a_head_has_none_and_takes_nothing_from_its_basis() -> None:
    _, outline = read("KẾ HOẠCH", "Sản xuất vụ Đông", "Thực hiện Kế hoạch số 35/KH-UBND ngày 13/02/2025 của UBND huyện;", "I. MỤC ĐÍCH", "Tăng vụ.")
    assert (outline.frame.number_line, outline.frame.dateline, outline.frame.letterhead) == (None, None, None)


def test_signature_before_recipients_is_found_too() -> None:
    head, tail = PLAN[:15], PLAN[15:19]
    normal, outline = read(*head, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Bình", *tail)
    assert [normal.text[s.start : s.end] for s in outline.frame.signature] == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Bình"]
    assert len(outline.frame.recipients) == 3


def test_a_second_document_behind_the_signature_is_told() -> None:
    _, outline = read(*PLAN[:23], *PLAN[:9])
    assert outline.frame.second_document is not None


def test_the_sections_of_a_plan_that_a_decision_encloses_are_read() -> None:
    decision = ["QUYẾT ĐỊNH", "Về việc ban hành Kế hoạch tuyển sinh", "Căn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019;", "Điều 1. Ban hành Kế hoạch."]
    foot = ["Nơi nhận:", "- Như Điều 1;", "- Lưu: VT.", "TRƯỞNG PHÒNG", "Trần Văn Bình"]
    plan = ["KẾ HOẠCH", "Tuyển sinh năm 2026", "(Ban hành kèm theo Quyết định số 5/QĐ-PGD)", "I. MỤC ĐÍCH", "Đủ chỗ học.", "II. NỘI DUNG", "Họp."]
    _, outline = read(*PLAN[:5], *decision, *foot, *plan)
    found = [(node.id, node.role) for node in outline.nodes if node.id.startswith("kem_theo")]
    assert found == [("kem_theo.I", "muc_dich"), ("kem_theo.II", "noi_dung")]
    assert (outline.frame.enclosed is not None, outline.frame.second_document) == (True, None)


def test_a_symbol_cut_above_the_dateline_is_put_together() -> None:
    normal, outline = read("ỦY BAN NHÂN DÂN", "Số: 142/KH-", "UBND Thanh Ba, ngày 5 tháng 7 năm 2023", "KẾ HOẠCH", "Ra quân")
    number, dateline = outline.frame.number_line, outline.frame.dateline
    assert number is not None and dateline is not None
    assert " ".join(normal.text[number.start : number.end].split()) == "Số: 142/KH- UBND"
    assert normal.text[dateline.start : dateline.end] == "Thanh Ba, ngày 5 tháng 7 năm 2023"


def test_a_number_glued_to_its_dateline_is_parted() -> None:
    normal, outline = read("ỦY BAN NHÂN DÂN", "Số: 12/KH-CAXĐại Đồng, ngày 5 tháng 7 năm 2025", "KẾ HOẠCH", "Ra quân")
    number, dateline = outline.frame.number_line, outline.frame.dateline
    assert number is not None and dateline is not None
    assert normal.text[number.start : number.end] == "Số: 12/KH-CAX"
    assert normal.text[dateline.start : dateline.end] == "Đại Đồng, ngày 5 tháng 7 năm 2025"


def test_a_name_of_the_highlands_begins_the_dateline_whole() -> None:
    normal, outline = read("ỦY BAN NHÂN DÂN", "Số: 45/KH-UBNDĐắk R’Lang, ngày 10 tháng 4 năm 2025", "KẾ HOẠCH", "Ra quân")
    number, dateline = outline.frame.number_line, outline.frame.dateline
    assert number is not None and dateline is not None
    assert normal.text[number.start : number.end] == "Số: 45/KH-UBND"
    assert normal.text[dateline.start : dateline.end] == "Đắk R’Lang, ngày 10 tháng 4 năm 2025"


def test_ids_are_counted_where_numbers_come_again() -> None:
    _, outline = read(*PLAN[:5], "I. MỤC ĐÍCH", "- một", "- hai", "I. MỤC ĐÍCH", "I. MỤC ĐÍCH", "- ba")
    assert [node.id for node in outline.walk() if node.id[0] in "Ix"] == ["I", "I.-1", "I.-2", "I(2)", "I(3)", "I(3).-1"]


@pytest.mark.parametrize("line", ["I. MỤC ĐÍCH, YÊU CẦU", "1.1. Việc", "- Việc", "1. Họp thôn"])
def test_time_grows_with_the_number_of_sections(line: str) -> None:
    def work(lines: int) -> object:
        return segment(normals[lines], KNOWLEDGE)

    normals = {count: read("KẾ HOẠCH", *[line] * count)[0] for count in (1_000, 4_000)}
    assert grows_within(lambda: work(1_000), lambda: work(4_000), factor=8, slack=0.1)


@given(st.lists(st.sampled_from([*PLAN, "I.", "1.", "a)", "-", "* ", "PHẦN", "1.1.1.1 X", "II) NỘI DUNG", "Đối với các thôn:", "."]), max_size=30))
def test_any_paragraphs_give_an_outline_whose_extents_nest(blocks: list[str]) -> None:
    normal, outline = read(*blocks)
    seen = [node.id for node in outline.walk()]
    assert len(seen) == len(set(seen))

    def check(nodes: tuple[Node, ...], start: int, end: int) -> None:
        for node in nodes:
            assert start <= node.start <= node.head_end <= node.end <= end
            start = node.start
            check(node.children, node.start, node.end)

    check(outline.nodes, 0, len(normal.text))


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("TỔ CBỨC THỰC HIỆN", "to_chuc_thuc_hien"),
        ("MỤC ĐÍCH, YÊU CẨU", "muc_dich_yeu_cau"),
        ("KINH PHỈ THỰC HIỆN", "kinh_phi"),
        ("THỜI GIAN THỰC HIỆRN", "thoi_gian"),
        ("TỔ CBỨC TBỰC HIỆN", None),
        ("Tổ chim thực hiện", None),
        ("Kinh phổ", None),
        ("UBND xã", None),
    ],
)
def test_a_heading_with_one_letter_misread_has_its_role(title: str, role: str | None) -> None:
    found = load_knowledge().derived(heading_lexicon).match(title)
    assert (found.role if found else None) == role

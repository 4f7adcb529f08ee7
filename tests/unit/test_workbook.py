"""The district's workbook: seven sheets a clerk can read, filter and print, and that no text can break."""

from __future__ import annotations

import datetime
import random
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from openpyxl import load_workbook

import pipeline.report.workbook_sheet as sheet_module
from models import Reference, Role
from models.mentions import Relation, UnitKind
from models.record import Severity
from pipeline.aggregate.comparison import Aspect, Status
from pipeline.knowledge.columns import Column, Label, codes, columns_of, label
from pipeline.knowledge.load import load_knowledge
from pipeline.knowledge.wording import day_words, document_words, period_words
from pipeline.report import write_workbook
from pipeline.report.workbook_sheet import CELL_LIMIT, CUT_NOTE, clean, row_height
from pipeline.values import FileEntry, State
from tests.unit.records import Draft, commune_plan

KNOWLEDGE = load_knowledge()
SHEETS = ["Tóm tắt", "Kế hoạch", "Nhiệm vụ", "Chỉ tiêu", "Căn cứ – viện dẫn", "Mục bắt buộc", "Cần xem lại", "Tệp"]


def _entry(record, path, **more):
    fields = {"size_bytes": 20_480, "modified": "2025-01-20T08:00:00+07:00", "state": "read"} | more
    return FileEntry(path=path, plan_id=record.plan_id, **fields)


def _received():
    """Records and ledger of a small run: two plans, one twice, one file that needs a person and one that failed."""
    good, blank = commune_plan("An Bình"), commune_plan("Bình Phú")
    good.section("III", "TỔ CHỨC THỰC HIỆN", "to_chuc_thuc_hien")
    good.section(None, None, "can_cu")
    blank.number, blank.issued = None, "2025-01-XX"
    blank.finding("stale_year", "warning", "Còn nhắc năm 2023.", "Sửa lại năm.")
    blank.finding("missing_number_serial", "error", "Kế hoạch để trống số.", "Hỏi lại đơn vị gửi.")
    records = [good.record(), blank.record()]
    first = _entry(records[0], "an-binh/kh.docx")
    files = [
        first,
        _entry(records[1], "binh-phu/kh.docx"),
        replace(first, path="an-binh/ban-sao.docx", state="duplicate", duplicate_of="an-binh/kh.docx"),
        replace(first, path="anh.jpg", plan_id="1" * 16, state="needs_person", cause="format_not_read"),
        replace(first, path="hong.docx", plan_id="2" * 16, state="failed", cause="damaged_file", detail="document.xml"),
    ]
    return records, files


def _open(tmp_path: Path, records=None, files=None):
    received = _received()
    path = tmp_path / "tong-hop.xlsx"
    records, files = received[0] if records is None else records, received[1] if files is None else files
    write_workbook(records, files, path, KNOWLEDGE)
    return load_workbook(path)


def _rows(sheet):
    """The rows of a sheet as dictionaries by heading."""
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_sheets_stand_in_their_order(tmp_path: Path):
    assert _open(tmp_path).sheetnames == SHEETS


def test_plans_begin_with_what_a_clerk_looks_for(tmp_path: Path):
    sheet = _open(tmp_path)["Kế hoạch"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:6] == ("Số hiệu", "Loại văn bản", "Cơ quan ban hành", "Người ký", "Ngày ban hành", "Trích yếu")
    assert rows[1][:6] == (
        "12/KH-UBND", "Kế hoạch", "Ủy ban nhân dân xã An Bình", "Trần Văn Bách", datetime.datetime(2025, 1, 15),
        "Công tác thi đua, khen thưởng năm 2025",
    )
    assert rows[2][0] == "/KH-UBND"
    assert rows[2][4] == "__/01/2025"
    assert sheet.cell(2, 5).number_format == "dd/mm/yyyy"
    assert _rows(sheet)[0]["Chủ đề"].startswith("Thi đua")
    assert _rows(sheet)[0]["Tệp"] == "an-binh/kh.docx"


def test_tasks_say_who_what_and_by_when(tmp_path: Path):
    row, due = _rows(_open(tmp_path)["Nhiệm vụ"])[:2]
    assert row["Chủ trì thực hiện"] == "Phòng Văn hóa - Xã hội"
    assert row["Kỳ thực hiện"] == "Quý I/2025"
    assert row["Đọc từ"] == "Lời văn"
    assert due["Hạn cuối"] == datetime.datetime(2025, 12, 15)
    assert due["Đọc từ"] == "Bảng"
    assert due["Độ chắc chắn"] == 0.9


def test_targets_say_how_much_of_what_in_which_words(tmp_path: Path):
    draft = commune_plan("An Bình")
    draft.measure("Phấn đấu giữ vững kết quả; đạt ", "từ 95% trở lên", " số hộ. Hết", value=95.0, unit="%", qualifier=">=")
    draft.measure("1\tTỷ lệ giảm\t%\t", "1-1,5", "\tCả năm", value=1.0, value_to=1.5, unit="%", rule="measure:cell")
    sheet = _open(tmp_path, [draft.record()], [])["Chỉ tiêu"]
    first, second = _rows(sheet)
    assert (first["Câu có chỉ tiêu"], first["Mức"]) == ("đạt từ 95% trở lên số hộ", "Ít nhất")
    assert (first["Giá trị"], first["Đơn vị tính"], first["Chỉ tiêu (như in)"]) == (95, "%", "từ 95% trở lên")
    assert (second["Câu có chỉ tiêu"], second["Giá trị"], second["Đến"]) == ("1 | Tỷ lệ giảm | % | 1-1,5 | Cả năm", 1, 1.5)
    assert (sheet.cell(2, 7).number_format, sheet.cell(3, 8).number_format) == ("#,##0", "#,##0.0##")


def test_citations_count_the_plans_that_cite_the_same(tmp_path: Path):
    rows = _rows(_open(tmp_path)["Căn cứ – viện dẫn"])
    decree = [row for row in rows if row["Số, ký hiệu"] == "98/2023/NĐ-CP"]
    assert [row["Số kế hoạch cùng viện dẫn"] for row in decree] == [2, 2]
    assert decree[0]["Ngày ban hành"] == datetime.datetime(2023, 12, 31)
    law = next(row for row in rows if row["Loại văn bản được viện dẫn"] == "Luật")
    assert law["Số kế hoạch cùng viện dẫn"] is None
    assert law["Ngày ban hành"] == "2022"


def test_a_document_mentioned_twice_in_a_plan_has_one_row(tmp_path: Path):
    draft = Draft()
    draft.reference("Chỉ thị", "05-CT/TW", relation="mentions", key="ct05")
    draft.reference("Chỉ thị", "05-CT/TW", "2016-05-15", relation="implements", key="ct05")
    draft.reference("Nghị định", "91/2017/NĐ-CP", "2017-07-31", status="replaced", replaced_by="98/2023/NĐ-CP")
    directive, decree = _rows(_open(tmp_path, [draft.record()], [])["Căn cứ – viện dẫn"])
    assert (directive["Dùng làm"], directive["Ngày ban hành"]) == ("Thực hiện", datetime.datetime(2016, 5, 15))
    assert decree["Hiệu lực"] == "Đã bị thay thế bằng 98/2023/NĐ-CP"


def test_required_parts_show_the_heading_as_printed_or_that_it_is_missing(tmp_path: Path):
    good, blank = _rows(_open(tmp_path)["Mục bắt buộc"])
    assert good["Mục đích, yêu cầu"] == "có: I. MỤC ĐÍCH, YÊU CẦU"
    assert good["Tổ chức thực hiện"] == "có: III. TỔ CHỨC THỰC HIỆN"
    assert good["Căn cứ"] == "có"
    assert good["Số mục thiếu"] == 0
    assert blank["Tổ chức thực hiện"] == "thiếu"
    assert blank["Số mục thiếu"] == 2


def test_only_plans_are_asked_for_the_required_parts(tmp_path: Path):
    decision, plan = Draft(doc_type="Quyết định", year=2024), Draft(year=2025)
    for heading in ("1", "2"):
        plan.section(heading, "Mục đích", "muc_dich")
    rows = _rows(_open(tmp_path, [decision.record(), plan.record()], [])["Mục bắt buộc"])
    assert [row["Mục đích, yêu cầu"] for row in rows] == ["có: 1. Mục đích; 2. Mục đích"]
    assert rows[0]["Nội dung"] == "thiếu"


def test_findings_stand_the_gravest_first(tmp_path: Path):
    rows = _rows(_open(tmp_path)["Cần xem lại"])
    assert [row["Mức độ"] for row in rows] == ["Lỗi", "Cần xem"]
    assert rows[0]["Cách xử lý"] == "Hỏi lại đơn vị gửi."
    assert rows[0]["Tệp"] == "binh-phu/kh.docx"


def test_every_received_file_has_its_row_with_cause_and_hint(tmp_path: Path):
    rows = {row["Tệp"]: row for row in _rows(_open(tmp_path)["Tệp"])}
    assert len(rows) == 5
    assert rows["hong.docx"]["Tình trạng"] == "Không đọc được"
    assert rows["hong.docx"]["Lý do"] and rows["hong.docx"]["Cách xử lý"]
    assert rows["an-binh/ban-sao.docx"]["Lý do"] == "Trùng với an-binh/kh.docx"
    assert rows["an-binh/kh.docx"]["Số hiệu kế hoạch"] == "12/KH-UBND"
    assert rows["an-binh/ban-sao.docx"]["Số hiệu kế hoạch"] == "12/KH-UBND"
    assert rows["an-binh/kh.docx"]["Ngày của tệp"] == datetime.datetime(2025, 1, 20)


def test_the_summary_says_what_came_and_what_to_look_at_first(tmp_path: Path):
    texts = [str(cell) for row in _open(tmp_path)["Tóm tắt"].iter_rows(values_only=True) for cell in row if cell]
    states = "2 đã đọc, 1 cần người xem, 1 không đọc được, 1 trùng"
    assert f"Đã nhận 5 tệp ({states}); tổng hợp được 2 kế hoạch với 4 nhiệm vụ." in texts
    look_first = texts.index("Xem trước những việc này")
    assert texts.index("hong.docx") > look_first
    assert texts.index("Kế hoạch để trống số.") < texts.index("Tình trạng các tệp")
    assert "Nghị định 98/2023/NĐ-CP" in texts
    assert "Cách dùng" in texts


def test_containers_and_annexes_are_told_apart_from_plans(tmp_path: Path):
    records, files = _received()
    annex = {"state": "set_aside", "cause": "annex_not_read", "detail": "Excel (.xlsx)"}
    files += [
        replace(files[0], path="thu.eml", plan_id="3" * 16, state="opened", detail="Văn thư xã — Gửi kế hoạch"),
        *(
            replace(files[0], path=f"thu.eml/{at:02}.xlsx", plan_id=f"{at:016}", inside="thu.eml", **annex)
            for at in range(12)
        ),
    ]
    book = _open(tmp_path, records, files)
    rows = {row["Tệp"]: row for row in _rows(book["Tệp"])}
    assert rows["thu.eml"]["Tình trạng"] == "Gói đã mở"
    assert rows["thu.eml"]["Lý do"] == "Đã mở: 12 tệp bên trong, mỗi tệp một dòng"
    assert rows["thu.eml"]["Chi tiết kỹ thuật"] == "Văn thư xã — Gửi kế hoạch"
    assert rows["thu.eml/03.xlsx"]["Nằm trong gói"] == "thu.eml"
    assert rows["an-binh/kh.docx"]["Nằm trong gói"] is None
    texts = [str(cell) for row in book["Tóm tắt"].iter_rows(values_only=True) for cell in row if cell]
    listed = texts[texts.index("Tệp chỉ ghi nhận, chưa đọc") : texts.index("Theo năm của kế hoạch")]
    assert [text for text in listed if text.endswith(".xlsx")] == [f"thu.eml/{at:02}.xlsx" for at in range(10)]
    assert "và 2 tệp nữa: xem trang “Tệp”" in listed
    assert "thu.eml/03.xlsx" not in texts[: texts.index("Tình trạng các tệp")]


def test_a_run_that_received_nothing_still_has_all_sheets(tmp_path: Path):
    book = _open(tmp_path, [], [])
    assert book.sheetnames == SHEETS
    texts = [cell for row in book["Tóm tắt"].iter_rows(values_only=True) for cell in row if cell]
    assert "Không có việc gì cần xem gấp." in texts


def test_tables_are_frozen_filtered_and_set_up_for_printing(tmp_path: Path):
    book = _open(tmp_path)
    for name in SHEETS[1:]:
        sheet = book[name]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.print_title_rows == "$1:$1"
    for sheet in book:
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in ((None, 0), (1, 0))


@pytest.mark.parametrize(
    "text",
    ["=1+1", "- Phối hợp", "+ Rà soát", "@SUM(A1)", "=HYPERLINK(\"http://a.b\")", "http://example.org", "<r>x</r>", "007"],
)
def test_text_stays_text(tmp_path: Path, text: str):
    draft = Draft()
    draft.task(text, "Văn phòng")
    cell = _open(tmp_path, [draft.record()], [])["Nhiệm vụ"].cell(2, 3)
    assert cell.data_type == "s"
    assert str(cell.value).strip() == text
    assert cell.hyperlink is None


def test_what_excel_cannot_hold_is_removed_or_cut_with_a_note():
    assert clean("a\x00b\x0bc\ud800d\ufffe\r\ne") == "abcd\ne"
    long = clean("ế" * (CELL_LIMIT + 1))
    assert len(long) == CELL_LIMIT
    assert long.endswith(CUT_NOTE)
    assert clean("ế" * CELL_LIMIT) == "ế" * CELL_LIMIT
    wide = clean("𠀀" * CELL_LIMIT)
    assert len(wide.encode("utf-16-le")) // 2 <= CELL_LIMIT
    assert wide.startswith("𠀀" * 16_000)


def test_rows_beyond_the_limit_of_excel_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sheet_module, "ROW_LIMIT", 10)
    draft = Draft()
    for number in range(12):
        draft.task(f"Việc {number}", "Văn phòng")
    rows = list(_open(tmp_path, [draft.record()], [])["Nhiệm vụ"].iter_rows(values_only=True))
    assert len(rows) == 10
    assert "còn 4 dòng nữa" in rows[-1][0]


def test_the_same_run_gives_the_same_bytes_in_any_order(tmp_path: Path):
    records, files = _received()
    one, other = tmp_path / "one.xlsx", tmp_path / "other.xlsx"
    write_workbook(records, files, one, KNOWLEDGE)
    random.Random(3).shuffle(files)
    write_workbook(records[::-1], [replace(entry, reused=True) for entry in files], other, KNOWLEDGE)
    assert one.read_bytes() == other.read_bytes()
    assert not list(tmp_path.glob(".*"))


def test_a_row_is_as_high_as_its_longest_text_needs():
    assert row_height([("ngắn", 20), (None, 5), (12, 5)]) == 15
    assert row_height([("một hai ba bốn " * 10, 20)]) > 5 * 15
    assert row_height([("chữ " * 100_000, 20)]) == 409
    assert row_height([("a" * 100, 10)]) >= 8 * 15


def test_no_link_or_formula_part_is_in_the_file(tmp_path: Path):
    draft = Draft()
    draft.task("Xem http://example.org và =A1", "Văn phòng")
    write_workbook([draft.record()], [], tmp_path / "x.xlsx", KNOWLEDGE)
    with zipfile.ZipFile(tmp_path / "x.xlsx") as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 8
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)


# ------------------------------------------------------------------ words


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2025-33", "Quý I/2025"),
        ("2025-36", "Quý IV/2025"),
        ("2025-40", "6 tháng đầu năm 2025"),
        ("2025-41", "6 tháng cuối năm 2025"),
        ("2025-05", "Tháng 5/2025"),
        ("2025", "Năm 2025"),
        ("2021/2025", "2021–2025"),
        ("2025-01-10/2025-02-20", "10/01/2025 – 20/02/2025"),
        ("../2025-12-15", "đến 15/12/2025"),
        ("2025-06-01/..", "từ 01/06/2025"),
        ("XXXX-11-25", "25/11"),
        ("XXXX-34", "Quý II"),
        ("2025-XX", "__/2025"),
        ("không phải", "không phải"),
        (None, ""),
    ],
)
def test_periods_in_words(edtf, words):
    assert period_words(edtf) == words


@pytest.mark.parametrize(
    ("edtf", "words"),
    [("2025-01-15", "15/01/2025"), ("2025-01-XX", "__/01/2025"), ("2025-XX-XX", "__/__/2025"), ("2025-01", "Tháng 1/2025")],
)
def test_days_in_words(edtf, words):
    assert day_words(edtf) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"doc_type": "Nghị định", "number": "98/2023/NĐ-CP", "date": "2023-12-31", "issuer": "Chính phủ"},
            "Nghị định số 98/2023/NĐ-CP ngày 31/12/2023 của Chính phủ",
        ),
        ({"doc_type": "Luật", "title": "Luật Đất đai", "date": "2024"}, "Luật Đất đai năm 2024"),
        ({"doc_type": "Luật", "title": "Thi đua, khen thưởng"}, "Luật Thi đua, khen thưởng"),
        ({"doc_type": "Nghị quyết", "issuer": "Đảng bộ xã"}, "Nghị quyết Đảng bộ xã"),
    ],
)
def test_documents_in_words(fields, words):
    text = "Nghị quyết  Đảng bộ\nxã"
    assert document_words(Reference(id="r", text=text, start=0, end=len(text), rule="t", **fields)) == words


# ------------------------------------------------------------------ knowledge


@pytest.mark.parametrize("column", KNOWLEDGE.rows(Column), ids=lambda column: column.id)
def test_each_column_shows_its_examples_only(column):
    assert column.examples
    assert all(column.shows(cell) for cell in column.examples)
    assert not any(column.shows(cell) for cell in column.not_examples)
    assert 5 <= column.width <= 80


@pytest.mark.parametrize("row", KNOWLEDGE.rows(Label), ids=lambda row: row.id)
def test_each_label_is_used_in_its_examples_only(row):
    assert row.examples
    assert row.en
    assert all(row.named_in(text) for text in row.examples)
    assert not any(row.named_in(text) for text in row.not_examples)


def test_every_code_of_the_record_has_a_name():
    groups = {
        "role": Role, "severity": Severity, "state": State, "relation": Relation, "unit_kind": UnitKind,
        "status": Status, "aspect": Aspect,
    }
    for group, literal in groups.items():
        assert set(get_args(literal)) == set(codes(KNOWLEDGE, group)), group
    assert label(KNOWLEDGE, "role", "mot_ma_la") == "mot ma la"
    assert label(KNOWLEDGE, "role", None) == ""


def test_columns_of_a_sheet_have_titles_of_their_own():
    for sheet in ("ke_hoach", "nhiem_vu", "vien_dan", "can_xem_lai", "tep"):
        titles = [column.title for column in columns_of(KNOWLEDGE, sheet)]
        assert len(titles) == len(set(titles)) > 5

"""`kehoach evaluate` and `kehoach changes`: what they read, print and write, and how they end."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from plan_texts import SMALL_PLAN
from records import Draft, commune_plan

from models import PlanRecord
from pipeline.cli import main
from pipeline.store import record_json

Printed = pytest.CaptureFixture[str]

GOLD = {
    "file": "xa/ke-hoach.txt", "number": "15/KH-UBND", "issue_date": "2025-01-10",
    "issuer": "Ủy ban nhân dân xã An Hòa",
    "sections": [["I", "MỤC ĐÍCH, YÊU CẦU", "muc_dich_yeu_cau", 1], ["II", "TỔ CHỨC THỰC HIỆN", "to_chuc_thuc_hien", 1]],
    "dates": [["trước ngày 15/12/2025", "../2025-12-15"]],
}  # fmt: skip


@pytest.fixture
def out(tmp_path: Path) -> Path:
    inbox = tmp_path / "nhan"
    (inbox / "xa").mkdir(parents=True)
    (inbox / "xa" / "ke-hoach.txt").write_text(SMALL_PLAN, encoding="utf-8")
    assert main(["run", str(inbox), "--out", str(tmp_path / "ra"), "--quiet"]) == 0
    return tmp_path / "ra"


def put_gold(folder: Path, name: str = "ke-hoach", **changes: object) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.json"
    path.write_text(json.dumps(GOLD | changes, ensure_ascii=False), encoding="utf-8")
    return path


def put_record(folder: Path, record: PlanRecord) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{record.plan_id}.json"
    path.write_bytes(record_json(record))
    return path


def test_an_output_folder_its_records_and_a_record_give_the_same_scores(out: Path, tmp_path: Path, capsys: Printed) -> None:
    gold = put_gold(tmp_path / "dap-an")
    record = next((out / "records").glob("*.json"))
    shown = set()
    for records, truth in [(out, gold.parent), (out / "records", gold.parent), (record, gold)]:
        assert main(["evaluate", str(records), str(truth)]) == 0
        shown.add(capsys.readouterr().out)
    (text,) = shown
    assert text.startswith("Chấm 1 tài liệu theo đáp án")
    assert "Không có lỗi nào." in text


def test_errors_are_listed_in_both_languages_and_left_out_on_request(out: Path, tmp_path: Path, capsys: Printed) -> None:
    put_gold(tmp_path / "dap-an", number="16/KH-UBND", units=["Trạm Y tế xã\x1b[2J"])
    command = ["evaluate", str(out), str(tmp_path / "dap-an")]
    assert main(command) == 0
    shown = capsys.readouterr().out
    assert "  sai · Phần đầu, số, ký hiệu: cần “16/KH-UBND”, thấy “15/KH-UBND” (trang 1, ký tự " in shown
    assert "  thiếu · Đơn vị: cần “Trạm Y tế xã [2J”, thấy “–”" in shown
    assert main([*command, "--lang", "en", "--summary"]) == 0
    shown = capsys.readouterr().out
    assert "Document" in shown
    assert "wanted “" not in shown


def test_gold_without_a_record_and_gold_that_is_none_are_told_with_status_10(out: Path, tmp_path: Path, capsys: Printed) -> None:
    put_gold(tmp_path / "dap-an")
    put_gold(tmp_path / "dap-an", "khac", file="khong-co.txt")
    (tmp_path / "dap-an" / "hong.json").write_text("{", encoding="utf-8")
    assert main(["evaluate", str(out), str(tmp_path / "dap-an")]) == 10
    told = capsys.readouterr().err
    assert "hong.json: " in told
    assert "khac: không có bản ghi cho đáp án này" in told


def test_two_records_of_one_name_are_told_apart_by_the_path_in_the_gold_or_not_at_all(tmp_path: Path, capsys: Printed) -> None:
    one, other = Draft(file_name="kh.pdf").record(), Draft(file_name="kh.pdf", year=2024).record()
    folder = tmp_path / "records"
    put_record(folder, one)
    put_record(folder, other)
    gold = put_gold(tmp_path / "dap-an", "kh", file=None)
    assert main(["evaluate", str(folder), str(gold)]) == 20
    assert "có nhiều bản ghi cùng tên" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("records", "gold", "more", "status"),
    [
        ("khong-co", "dap-an", [], 2),
        ("ra", "khong-co", [], 2),
        ("trong", "dap-an", [], 20),
        ("ra", "trong", [], 20),
        ("ra", "dap-an", ["--out", "bang.docx"], 2),
        ("ra", "dap-an", ["--out", "."], 2),
        ("ra", "dap-an", ["--out", "ra/run.json"], 2),
        ("ra", "dap-an", ["--out", "dap-an/bang.json"], 2),
        ("ra", "dap-an", ["--out", "khong-co/bang.csv"], 74),
    ],
)
def test_how_a_command_ends_that_cannot_go_on(
    records: str, gold: str, more: list[str], status: int, out: Path, tmp_path: Path, capsys: Printed
) -> None:
    put_gold(tmp_path / "dap-an")
    (tmp_path / "trong").mkdir()
    where = [str(tmp_path / part) if not part.startswith("--") else part for part in (records, gold, *more)]
    assert main(["evaluate", *where]) == status
    assert "Traceback" not in capsys.readouterr().err


def test_tables_hold_scores_and_errors_and_no_formulas(out: Path, tmp_path: Path, capsys: Printed) -> None:
    put_gold(tmp_path / "dap-an", units=["=HYPERLINK(\"x\")", "+84", "- Công an xã", " @SUM"])
    command = ["evaluate", str(out), str(tmp_path / "dap-an"), "--out"]
    for name in ("bang.csv", "bang.xlsx", "bang.json"):
        assert main([*command, str(tmp_path / name)]) == 0
    tables = json.loads((tmp_path / "bang.json").read_text(encoding="utf-8"))
    assert [len(tables[name]) for name in ("danh_gia", "danh_gia_tep", "danh_gia_loi")] == [8, 7, 4]
    number = next(row for row in tables["danh_gia"] if row["field"] == "header.number")
    assert (number["strict_f1"], number["documents_right"]) == (1.0, 1)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "bang.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) == 19
    expected = [row["expected"] for row in rows if row["table"] == "danh_gia_loi"]
    assert expected == ["'=HYPERLINK(\"x\")", "'+84", "'- Công an xã", "' @SUM"]
    book = openpyxl.load_workbook(tmp_path / "bang.xlsx")
    assert book.sheetnames == ["Tổng", "Tài liệu", "Lỗi"]
    cells = [cell for row in book["Lỗi"].iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert "=HYPERLINK(\"x\")" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    capsys.readouterr()


def test_changes_between_two_runs(out: Path, tmp_path: Path, capsys: Printed) -> None:
    plan = tmp_path / "nhan" / "xa" / "ke-hoach.txt"
    assert main(["changes", str(out), str(out)]) == 0
    assert "1 tệp, 0 tệp khác nhau" in capsys.readouterr().out
    plan.write_text(SMALL_PLAN.replace("15/12/2025", "20/12/2025"), encoding="utf-8")
    assert main(["run", str(plan.parent.parent), "--out", str(tmp_path / "sau"), "--quiet"]) == 0
    table = tmp_path / "doi.csv"
    assert main(["changes", str(out), str(tmp_path / "sau"), "--out", str(table)]) == 0
    shown = capsys.readouterr().out
    assert "- Thời gian: trước ngày 15/12/2025 = 2025-12-15" in shown
    assert "+ Thời gian: trước ngày 20/12/2025 = 2025-12-20" in shown
    assert "thay_doi_muc" in table.read_text(encoding="utf-8-sig")
    plan.write_bytes(b"\x00\x01\x02")
    assert main(["run", str(plan.parent.parent), "--out", str(tmp_path / "hong"), "--quiet"]) == 20
    capsys.readouterr()
    assert main(["changes", str(out), str(tmp_path / "hong"), "--lang", "en"]) == 10
    assert "xa/ke-hoach.txt: Read → Not readable (unknown_format)" in capsys.readouterr().out


def test_changes_of_records_without_a_ledger(tmp_path: Path, capsys: Printed) -> None:
    old, new = commune_plan(), commune_plan()
    new.issued = None
    before, after = put_record(tmp_path / "a", old.record()), put_record(tmp_path / "b", new.record())
    for pair in ((before, after), (before.parent, after.parent)):
        assert main(["changes", *map(str, pair), "--lang", "en", "--summary"]) == 0
        assert "Head, issue date" in capsys.readouterr().out
    assert main(["changes", str(before), str(tmp_path / "khong")]) == 2

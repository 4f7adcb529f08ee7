"""What the commands say of archives and messages, and how a file in one is named."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from batch_fakes import put
from parcels import encrypted, mail, zipped
from plan_texts import SMALL_PLAN

from pipeline.cli import main

Printed = pytest.CaptureFixture[str]
OTHER = SMALL_PLAN.replace("15/KH", "16/KH")
SHEET = zipped({"[Content_Types].xml": "x", "xl/workbook.xml": "x"})


def shown(inbox: Path, path: str, capsys: Printed) -> tuple[int, str, str]:
    status = main(["show", str(inbox / path)])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


@pytest.mark.parametrize(
    "data",
    [
        zipped({"kh.txt": SMALL_PLAN}),
        zipped({"kh.txt": SMALL_PLAN, "phu-luc.xlsx": SHEET, ".DS_Store": "x"}),
        zipped({"trong.zip": zipped({"kh.txt": SMALL_PLAN})}),
        mail({"kh.txt": SMALL_PLAN, "phu-luc.xlsx": SHEET}).as_bytes(),
    ],
)
def test_show_of_a_container_of_one_plan_shows_the_plan(data: bytes, inbox: Path, capsys: Printed) -> None:
    put(inbox, "goi.zip", data)
    status, out, _ = shown(inbox, "goi.zip", capsys)
    assert status == 0
    assert "Số, ký hiệu: 15/KH-UBND" in out


def test_show_of_a_container_of_several_names_them_and_says_what_to_do(inbox: Path, capsys: Printed) -> None:
    put(inbox, "goi.zip", zipped({"KH 1.txt": SMALL_PLAN, "xa/KH 2.txt": OTHER}))
    status, out, err = shown(inbox, "goi.zip", capsys)
    assert (status, out) == (2, "")
    assert err.splitlines()[0] == "Lỗi: Đây là gói nhiều tệp, không phải một kế hoạch (KH 1.txt; xa/KH 2.txt)"
    assert err.splitlines()[1].startswith("→ Nêu một tệp trong gói")


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("goi.zip/KH 1.txt", "15/KH-UBND"),
        ("goi.zip/xã/Kế hoạch.txt", "16/KH-UBND"),
        (unicodedata.normalize("NFD", "goi.zip/xã/Kế hoạch.txt"), "16/KH-UBND"),
        ("goi.zip/thu.eml/kh.txt", "15/KH-UBND"),
    ],
)
def test_show_of_a_file_named_as_the_workbook_names_it(path: str, number: str, inbox: Path, capsys: Printed) -> None:
    put(inbox, "goi.zip", zipped({"KH 1.txt": SMALL_PLAN, "xã/Kế hoạch.txt": OTHER, "thu.eml": mail({"kh.txt": SMALL_PLAN}).as_bytes()}))
    status, out, _ = shown(inbox, path, capsys)
    assert status == 0
    assert f"Số, ký hiệu: {number}" in out


@pytest.mark.parametrize(
    ("data", "path", "status", "said"),
    [
        (zipped({"a.txt": SMALL_PLAN}), "goi/b.txt", 2, "Không có tệp hoặc thư mục này"),
        (SMALL_PLAN.encode(), "goi/b.txt", 2, "Không có tệp hoặc thư mục này"),
        (mail().as_bytes(), "goi", 20, "bên trong không có kế hoạch nào"),
        (zipped({"a.xlsx": SHEET, "b.xlsx": SHEET}), "goi", 2, "(a.xlsx; b.xlsx)"),
        (zipped({"a.xlsx": SHEET}), "goi/a.xlsx", 20, "Bảng tính hoặc bản trình chiếu"),
        (encrypted(zipped({"a.txt": SMALL_PLAN})), "goi", 20, "Tệp có mật khẩu"),
        (zipped({"a.txt": SMALL_PLAN})[:-30], "goi", 20, "Tệp bị cắt cụt"),
        (zipped({"1.zip": zipped({"2.zip": zipped({"a.txt": SMALL_PLAN})})}), "goi", 20, "nằm sâu trong nhiều lớp gói"),
        (zipped({str(at): f"{SMALL_PLAN}{at}" for at in range(30)}), "goi", 2, "; 19; …)"),
    ],
)
def test_what_cannot_be_shown_is_told(
    data: bytes, path: str, status: int, said: str, inbox: Path, capsys: Printed
) -> None:
    put(inbox, "goi", data)
    found, out, err = shown(inbox, path, capsys)
    assert (found, out) == (status, "")
    assert said in err


def test_compare_reads_the_files_in_containers(inbox: Path, tmp_path: Path, capsys: Printed) -> None:
    put(inbox, "goi.zip", zipped({"kh.txt": SMALL_PLAN, "phu-luc.xlsx": SHEET}))
    put(tmp_path / "sau", "thu.eml", mail({"kh.txt": SMALL_PLAN.replace("2025", "2026")}).as_bytes())
    assert main(["compare", str(inbox), str(tmp_path / "sau")]) == 0
    printed = capsys.readouterr()
    assert "Số cặp kế hoạch: 1" in printed.out
    assert "chỉ ghi nhận: goi.zip/phu-luc.xlsx" in printed.err
    put(tmp_path / "sau", "chao.eml", mail().as_bytes())
    assert main(["compare", str(inbox), str(tmp_path / "sau")]) == 10
    assert "chao.eml" in capsys.readouterr().err


def test_a_run_tells_of_containers_and_annexes(inbox: Path, out: Path, capsys: Printed) -> None:
    put(inbox, "goi.zip", zipped({"kh.txt": SMALL_PLAN, "phu-luc.xlsx": SHEET}))
    put(inbox, "goi.rar", b"Rar!\x1a\x07\x01\x00")
    assert main(["run", str(inbox), "--out", str(out)]) == 10
    shown = capsys.readouterr().out
    assert "[4/4] đã mở: goi.zip" in shown
    assert "1 đọc được, 1 gói đã mở, 1 chỉ ghi nhận, 1 cần người xem" in shown
    assert "Giải nén" in shown[shown.index("Cần xem trước:") :]
    (inbox / "goi.rar").unlink()
    assert main(["run", str(inbox), "--out", str(out), "--quiet"]) == 0

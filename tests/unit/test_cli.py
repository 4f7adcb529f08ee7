from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from batch_fakes import FakeFlow, put
from plan_texts import SMALL_PLAN

from models import PlanRecord
from pipeline.cli import main
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.causes import Cause
from pipeline.knowledge.ui import UiMessage, Words
from pipeline.store import locked

Printed = pytest.CaptureFixture[str]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "ke-hoach.txt"
    path.write_text(SMALL_PLAN, encoding="utf-8")
    return path


# ------------------------------------------------------------------ words


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--help"], ["Cách dùng: kehoach", "Tùy chọn:", "Lệnh:", "in trợ giúp này rồi thoát", "Mã kết thúc: 0 xong"]),
        (["run", "--help"], ["Cách dùng: kehoach run", "Tham số:", "THƯ_MỤC_NHẬN", "--out THƯ_MỤC"]),
        (["show", "--help"], ["{extracted,text,outline,mentions,record}", "--no-colour"]),
        (["--help", "--lang", "en"], ["Usage: kehoach", "Options:", "Commands:", "Exit status: 0 all done"]),
        (["compare", "--help", "--lang=en"], ["Usage: kehoach compare", "Arguments:"]),
    ],
)
def test_help_speaks_the_language(arguments: list[str], words: list[str], capsys: Printed) -> None:
    assert main(arguments) == 0
    shown = capsys.readouterr().out
    assert [word for word in words if word not in shown] == []


@pytest.mark.parametrize("command", [[], ["run"], ["show"], ["compare"], ["evaluate"], ["changes"], ["schema"], ["doctor"]])
def test_vietnamese_help_has_no_english_of_argparse(command: list[str], capsys: Printed) -> None:
    main([*command, "--help"])
    assert re.findall(r"\b(?:usage|options|positional|arguments|show this|exit)\b", capsys.readouterr().out) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Lỗi: thiếu: LỆNH"),
        (["run", "a"], "Lỗi: thiếu: --out"),
        (["run", "a", "--out"], "Lỗi: --out cần một giá trị"),
        (["run", "a", "--out", "b", "--log", "xml"], "Lỗi: --log không nhận giá trị 'xml'; chọn một trong: 'text', 'json'"),
        (["show", "a", "b"], "Lỗi: không hiểu: b"),
        (["show", "a", "\x1b[2J"], "Lỗi: không hiểu: \\x1b[2J"),
        (["xem"], "Lỗi: LỆNH không nhận giá trị 'xem'"),
        (["run", "a", "--out", "b", "--quiet=1"], "Lỗi: --quiet không nhận giá trị '1'"),
        (["run", "--lang", "en"], "Error: the following arguments are required: INBOX, --out"),
    ],
)
def test_wrong_usage_is_told_with_status_2(arguments: list[str], said: str, capsys: Printed) -> None:
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""


def test_version(capsys: Printed) -> None:
    assert main(["--version"]) == 0
    assert re.fullmatch(r"kehoach \d+\.\d+\.\d+\S*\n", capsys.readouterr().out)


@pytest.mark.parametrize("row", load_knowledge().rows(UiMessage), ids=lambda row: row.id)
def test_messages_match_their_examples(row: UiMessage) -> None:
    pattern = re.sub(r"\\{\w+\\}", ".+", re.escape(row.vi))
    assert [example for example in row.examples if not re.fullmatch(pattern, example)] == []
    assert sorted(re.findall(r"{(\w+)}", row.vi)) == sorted(re.findall(r"{(\w+)}", row.en))


@pytest.mark.parametrize("cause", load_knowledge().rows(Cause), ids=lambda cause: cause.id)
def test_causes_tell_what_happened_and_what_to_do(cause: Cause) -> None:
    assert cause.state in {"needs_person", "failed", "set_aside", "stops_run"}
    for example in cause.examples:
        assert cause.message("vi", example) == f"{cause.message_vi} ({example})"
    for hint in (cause.hint("vi"), cause.hint("en")):
        assert hint.endswith(".")
    assert not cause.message("vi").endswith(".")


def test_words_refuse_what_they_do_not_know() -> None:
    words = Words(load_knowledge(), "vi")
    with pytest.raises(KeyError):
        words("khong_co")
    with pytest.raises(KeyError):
        words("count_read")


# ------------------------------------------------------------------ run


def run(inbox: Path, out: Path, *options: str) -> int:
    return main(["run", str(inbox), "--out", str(out), *options])


def test_run_sums_up_and_names_what_to_look_at_first(flow: FakeFlow, inbox: Path, out: Path, capsys: Printed) -> None:
    for name, text in {"a.txt": "một", "b\x1b[2J.txt": "hong", "c.txt": "khoa", "d.txt": "một"}.items():
        put(inbox, name, text)
    assert run(inbox, out) == 10
    shown = capsys.readouterr().out
    assert "[1/4] đọc được: a.txt (0,0 giây)" in shown
    assert "[4/4] trùng: d.txt — giống a.txt" in shown
    assert re.search(r"Xong 4 tệp trong \d+,\d giây: 1 đọc được, 1 trùng, 1 cần người xem, 1 không đọc được\.", shown)
    look = shown[shown.index("Cần xem trước:") :].split("\n")
    assert look[1:8] == [
        "Không đọc được — Tệp hỏng, không mở được:",
        look[2],
        "  - b\\x1b[2J.txt (chi tiết)",
        "Cần người xem — Tệp có mật khẩu:",
        look[5],
        "  - c.txt (chi tiết)",
        "",
    ]
    assert look[2].startswith("  → Đề nghị đơn vị gửi lại")
    assert look[5].startswith("  → Xin mật khẩu")
    assert f"Kết quả trong {out}:" in shown
    assert "\x1b" not in shown


def test_second_run_tells_what_was_kept(flow: FakeFlow, inbox: Path, out: Path, capsys: Printed) -> None:
    put(inbox, "a.txt", "một")
    assert run(inbox, out) == 0
    capsys.readouterr()
    assert run(inbox, out, "--lang", "en") == 0
    shown = capsys.readouterr().out
    assert "[1/1] kept: a.txt" in shown
    assert "1 unchanged files kept their earlier results." in shown


def test_run_in_json_tells_one_object_a_line(flow: FakeFlow, inbox: Path, out: Path, capsys: Printed) -> None:
    put(inbox, "a.txt", "một")
    put(inbox, "b.txt", "khoa")
    put(inbox, "c.txt", "Số: 3\nmột")
    assert run(inbox, out, "--log", "json") == 10
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [event["event"] for event in events] == [
        "started", "begun", "file", "begun", "file", "begun", "file", "duplicate", "writing", "finished",
    ]  # fmt: skip
    assert events[4]["cause"] == "password_protected"
    assert events[7]["duplicate_of"] == "c.txt"
    assert (events[-1]["status"], events[-1]["counts"]["read"]) == (10, 1)


def test_quiet_run_tells_only_trouble(flow: FakeFlow, inbox: Path, out: Path, capsys: Printed) -> None:
    put(inbox, "a.txt", "một")
    assert run(inbox, out, "--quiet") == 0
    assert capsys.readouterr() == ("", "")
    put(inbox, "b.txt", "hong")
    assert run(inbox, out, "--quiet") == 10
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "1 đọc được, 1 không đọc được" in printed.err


def test_terminal_gets_a_bar_and_trouble_above_it(
    flow: FakeFlow, inbox: Path, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    put(inbox, "a.txt", "một")
    put(inbox, f"{'dài' * 20}[red]\x1b[2J.txt", "hong")
    monkeypatch.setattr("pipeline.cli.progress.is_terminal", lambda stream: True)
    assert run(inbox, out) == 10
    printed = capsys.readouterr()
    assert "không đọc được: " in printed.err
    assert "[red]\\x1b[2J.txt — Tệp hỏng, không mở được (chi tiết)" in printed.err
    assert "[1/2]" not in printed.out
    assert "Xong 2 tệp" in printed.out


def test_empty_inbox_is_status_20(flow: FakeFlow, inbox: Path, out: Path, capsys: Printed) -> None:
    assert run(inbox, out) == 20
    assert f"Không thấy tệp nào trong {inbox}" in capsys.readouterr().out


def test_run_that_cannot_go_on_is_told_without_a_traceback(
    flow: FakeFlow, inbox: Path, out: Path, tmp_path: Path, capsys: Printed
) -> None:
    put(inbox, "a.txt", "một")
    assert run(inbox / "khong", out) == 2
    assert run(inbox, inbox) == 78
    assert run(inbox, out, "--knowledge", str(tmp_path / "khong")) == 78
    out.mkdir()
    with locked(out):
        assert run(inbox, out, "--log", "json") == 75
    printed = capsys.readouterr()
    assert "Traceback" not in printed.err
    assert [line for line in printed.err.splitlines() if line.startswith("Lỗi:")] == [
        f"Lỗi: Không có thư mục nhận này ({inbox / 'khong'})",
        f"Lỗi: Thư mục kết quả trùng hoặc chứa thư mục nhận ({inbox})",
        f"Lỗi: Bảng dữ liệu nghiệp vụ không đúng dạng ({tmp_path / 'khong'})",
        f"Lỗi: Một lượt chạy khác đang ghi vào thư mục này ({out})",
    ]
    assert json.loads(printed.out.splitlines()[-1])["cause"] == "another_run"


def test_ctrl_c_is_status_130(flow: FakeFlow, inbox: Path, out: Path, capsys: Printed) -> None:
    put(inbox, "a.txt", "một")
    flow.stop_after = 0
    assert run(inbox, out) == 130
    assert "chạy lại lệnh này để làm tiếp" in capsys.readouterr().err


def test_missing_library_is_status_69(flow: FakeFlow, monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> None:
    monkeypatch.setitem(sys.modules, "pipeline.cli.schema_command", None)
    assert main(["schema"]) == 69
    assert "Bản cài thiếu thành phần bắt buộc" in capsys.readouterr().err


# ------------------------------------------------------------------ show, schema, compare, doctor


def test_schema_is_that_of_the_record(capsys: Printed) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == PlanRecord.model_json_schema()


@pytest.mark.parametrize("command", [["show", "{}"], ["compare", "{}", "{}"]])
@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        ("khong-co.pdf", 2, "Không có tệp hoặc thư mục này"),
        ("rong.pdf", 20, "Tệp"),
        ("ghi-chu.json", 20, "không phải bản ghi của kehoach"),
    ],
)
def test_unreadable_file_is_told(
    command: list[str], name: str, status: int, said: str, tmp_path: Path, capsys: Printed
) -> None:
    (tmp_path / "rong.pdf").write_bytes(b"")
    (tmp_path / "ghi-chu.json").write_text("{}")
    assert main([part.format(tmp_path / name) for part in command]) == status
    printed = capsys.readouterr()
    assert printed.out == ""
    assert said in printed.err
    assert "Traceback" not in printed.err


def test_show_wants_a_file(tmp_path: Path, capsys: Printed) -> None:
    assert main(["show", str(tmp_path)]) == 2
    assert "Đây là thư mục" in capsys.readouterr().err


def test_compare_wants_two_alike(plan: Path, tmp_path: Path, capsys: Printed) -> None:
    assert main(["compare", str(plan), str(tmp_path)]) == 2
    assert "Không so được một tệp với một thư mục" in capsys.readouterr().err


def test_show_every_stage(plan: Path, capsys: Printed) -> None:
    shown = {}
    for stage in ("extracted", "text", "outline", "mentions", "record"):
        assert main(["show", str(plan), "--stage", stage]) == 0
        shown[stage] = capsys.readouterr().out
    assert shown["extracted"].startswith("text/plain")
    assert "KẾ HOẠCH" in shown["text"]
    assert "MỤC ĐÍCH, YÊU CẦU" in shown["outline"]
    assert "edtf=../2025-12-15" in shown["mentions"]
    record = PlanRecord.model_validate_json(shown["record"])
    assert record.header.number is not None
    assert record.header.number.canonical == "15/KH-UBND"
    assert all("\x1b" not in text for text in shown.values())


def test_show_a_record_is_show_of_its_file(plan: Path, tmp_path: Path, capsys: Printed) -> None:
    main(["show", str(plan), "--stage", "record"])
    stored = tmp_path / "ban-ghi.json"
    stored.write_text(capsys.readouterr().out)
    assert main(["show", str(plan)]) == 0
    from_file = capsys.readouterr().out
    assert main(["show", str(stored)]) == 0
    assert capsys.readouterr().out == from_file
    assert "Số, ký hiệu: 15/KH-UBND" in from_file


def test_compare_plans_records_and_folders(plan: Path, tmp_path: Path, capsys: Printed) -> None:
    (tmp_path / "truoc").mkdir()
    (tmp_path / "sau").mkdir()
    plan.rename(tmp_path / "truoc/kh.txt")
    (tmp_path / "sau/kh.txt").write_text(SMALL_PLAN.replace("2025", "2026"), encoding="utf-8")
    (tmp_path / "sau/hong.pdf").write_bytes(b"%PDF-1.7")
    assert main(["compare", str(tmp_path / "truoc/kh.txt"), str(tmp_path / "sau/kh.txt")]) == 0
    assert capsys.readouterr().out
    assert main(["compare", str(tmp_path / "truoc"), str(tmp_path / "sau")]) == 10
    printed = capsys.readouterr()
    assert printed.out
    assert "hong.pdf" in printed.err
    assert main(["compare", str(tmp_path / "truoc"), str(tmp_path)]) in (0, 10)
    (tmp_path / "trong").mkdir()
    assert main(["compare", str(tmp_path / "truoc"), str(tmp_path / "trong")]) == 20


def test_doctor_examines_the_installation(capsys: Printed) -> None:
    assert main(["doctor"]) == 0
    shown = capsys.readouterr().out
    assert re.search(r"có +pypdfium2 \d", shown)
    assert re.search(r"(có|thiếu) +tesseract", shown)
    assert "Bản cài dùng được." in shown


# ------------------------------------------------------------------ as a program


def test_help_loads_no_heavy_library() -> None:
    script = (
        "import sys, pipeline.cli\n"
        "pipeline.cli.main(['--help'])\n"
        "sys.exit(sorted(sys.modules.keys() & {'pydantic', 'pandas', 'spacy', 'rich', 'underthesea', 'pyarrow'}) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_latin_terminal_gets_no_traceback() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    command = [sys.executable, "-m", "pipeline.cli", "--help"]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Cách dùng: kehoach".encode("latin-1") in done.stdout

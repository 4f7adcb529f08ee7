"""The corpus of hostile and broken files, read as one inbox: each has its outcome, and nothing else happens."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import old_office  # noqa: F401 - each of these puts its files into the corpus
import openpyxl
import pdf_bombs  # noqa: F401
import pictures  # noqa: F401
import pytest
import texts  # noqa: F401
import word_packages  # noqa: F401
import wrapped  # noqa: F401
from corpus import FILES, READ, Hostile

from pipeline.extract.tesseract import found as tesseract_found
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.causes import cause_named

ROOT = Path(__file__).resolve().parents[2]
SECONDS_A_FILE, SECONDS_IN_ALL, PEAK_MIB = 20, 240, 900
PICTURES = (".png", ".jpg", ".gif", ".tif", ".bmp", ".webp")


@dataclass(frozen=True)
class Ran:
    """What the run told, and what was there before and after it."""

    events: list[dict[str, Any]]
    output: str
    status: int
    out: Path
    report: dict[str, Any]
    before: dict[str, str]
    after: dict[str, str]
    left: list[str]
    cut_off: bool

    @property
    def rows(self) -> dict[str, dict[str, Any]]:
        """What became of each file, by its path."""
        return {event["path"]: event for event in self.events if event["event"] == "file"}


def contents(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): digest(path) for path in sorted(folder.rglob("*")) if path.is_file()}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def without_network() -> list[str]:
    """A command that cuts a program and its children off from every network, where this machine has one."""
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-n", "true"], capture_output=True, check=False).returncode:
        return []
    return [unshare, "-n"]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    base = tmp_path_factory.mktemp("doc-hai")
    inbox, out, report = base / "nhan", base / "ra", base / "report.json"
    aside = {name: base / name for name in ("home", "tmp", "cwd")}
    for folder in (inbox, *aside.values()):
        folder.mkdir()
    for file in FILES:
        (inbox / file.name).write_bytes(file.make())
    before, cut = contents(inbox), without_network()
    command = [*cut, sys.executable, str(ROOT / "tests/hostile/read_inbox.py"), str(inbox), str(out), str(report)]
    environment = {**os.environ, "HOME": str(aside["home"]), "TMPDIR": str(aside["tmp"]), "PYTHONPATH": str(ROOT),
                   "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
    done = subprocess.run(
        command, cwd=aside["cwd"], env=environment, capture_output=True, timeout=SECONDS_IN_ALL, check=False
    )
    output = done.stdout.decode("utf-8", "strict")
    told = json.loads(report.read_text()) if report.exists() else {}
    left = [str(path.relative_to(base)) for folder in aside.values() for path in folder.rglob("*")]
    events = [json.loads(line) for line in output.splitlines()]
    yield Ran(events, output + done.stderr.decode("utf-8", "replace"), done.returncode, out, told, before, contents(inbox),
              left, bool(cut))  # fmt: skip
    shutil.rmtree(base, ignore_errors=True)


def test_the_run_ends_by_itself(ran: Ran) -> None:
    last = next((event["path"] for event in reversed(ran.events) if event["event"] == "begun"), "nothing")
    assert ran.status == 0, f"ended at {last}: {ran.output[-2000:]}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.encode("unicode_escape").decode())
def test_each_file_has_its_fate(file: Hostile, ran: Ran) -> None:
    if file.name.endswith(PICTURES) and READ in file.fates and not tesseract_found():
        pytest.skip("tesseract with Vietnamese is not installed")
    row = ran.rows[file.name]
    fate = row.get("cause") or row["state"]
    assert (READ if fate == "duplicate" else fate) in file.fates, f"{file.why}: {row}"


def test_every_state_is_that_of_its_cause_and_has_words_for_a_clerk(ran: Ran) -> None:
    knowledge = load_knowledge()
    for row in ran.rows.values():
        if "cause" in row:
            cause = cause_named(knowledge, row["cause"])
            assert (cause.id, cause.outcome) == (row["cause"], row["state"]), row
            assert cause.message_vi
            assert cause.hint_vi


def test_no_file_is_a_fault_of_the_program(ran: Ran) -> None:
    assert [row for row in ran.rows.values() if row.get("cause") == "internal_error"] == []


def test_no_file_takes_long(ran: Ran) -> None:
    slow = {path: row["seconds"] for path, row in ran.rows.items() if row["seconds"] > SECONDS_A_FILE}
    assert slow == {}


def test_memory_stays_within_bounds(ran: Ran) -> None:
    assert ran.report["peak_kib"] / 1024 < PEAK_MIB


def test_what_was_received_is_as_it_was(ran: Ran) -> None:
    assert ran.after == ran.before
    assert len(ran.before) == len(FILES)


def test_nothing_is_written_but_the_results(ran: Ran) -> None:
    assert ran.left == []
    kinds = {path.split("/")[0] for path in contents(ran.out)}
    assert kinds <= {"records", "tables", "tong-hop.xlsx", "run.json", ".lock", ".kehoach.lock"}


def test_nobody_is_called(ran: Ran) -> None:
    assert ran.report["calls"] == []


def test_the_run_did_its_work_without_any_network(ran: Ran) -> None:
    if not ran.cut_off:
        pytest.skip("unshare -n is not allowed here: only the calls of Python itself are watched")
    assert ran.rows["doi-tuong.rtf"]["state"] == "read"


def test_no_name_or_text_steers_the_terminal_that_shows_the_log(ran: Ran) -> None:
    assert [sign for sign in ran.output if ord(sign) < 32 and sign != "\n"] == []


def test_no_cell_of_the_workbook_is_a_formula_or_a_link(ran: Ran) -> None:
    book = openpyxl.load_workbook(ran.out / "tong-hop.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=") for cell in cells)
    assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == []


def test_the_corpus_says_why_and_has_no_name_twice() -> None:
    assert all(file.why and file.fates for file in FILES)
    assert len({file.name for file in FILES}) == len(FILES)

"""LibreOffice as a program: what it is given, what is believed of what it leaves, and that it never outlives us.

A small program stands in for it; what it does with a file is said in the file's own text.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from word_files import ENCRYPTED, odt, rtf, word

from pipeline.errors import ReadError
from pipeline.extract import Office, extract
from pipeline.extract.office.converter import NotConvertedError
from pipeline.extract.office.start import convert
from pipeline.settings import Limits
from pipeline.values import Extracted, Source

# What the stand-in does at a file with that word in it; at any other file it writes a DOCX with the file's first word.
STAND_IN = r'''#!{python}
import json, os, re, subprocess, sys, time, zipfile
arguments = sys.argv[1:]
out = arguments[arguments.index("--outdir") + 1]
files = arguments[arguments.index("--outdir") + 2:]
with open("{log}", "a") as log:
    log.write(json.dumps([len(files), [os.path.basename(file) for file in files], dict(os.environ), os.getcwd()]) + "\n")
if {deaf}:
    sys.exit(0)
for file in files:
    text = open(file, encoding="latin-1").read()
    if "treo" in text:
        child = subprocess.Popen(["/bin/sleep", "300"])
        with open("{log}.pids", "w") as pids:
            pids.write(f"{{os.getpid()}} {{child.pid}}")
        time.sleep(300)
    if "dung" in text:
        os._exit(0)
    if "phinh" in text:
        with open(os.path.join(out, "to.tmp"), "wb") as stream:
            while True:
                stream.write(bytes(100_000)); stream.flush()
    if "choi" in text:
        continue
    target = os.path.join(out, os.path.basename(file).rsplit(".", 1)[0] + ".docx")
    if "nua" in text:
        open(target, "wb").write(b"PK\x03\x04 nua chung")
        continue
    word = re.search(r"Tep [a-z0-9]+|Ke hoach", text)
    body = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'
    body += (word.group() if word else "?") + "</w:t></w:r></w:p></w:body></w:document>"
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "" if "rong" in text else body)
'''
SHORT = Limits(office_seconds=1)


class StandIn:
    def __init__(self, folder: Path) -> None:
        self.path = folder / "soffice"
        self.log = folder / "starts.jsonl"

    def write(self, deaf: bool = False) -> None:
        self.path.write_text(STAND_IN.format(python=sys.executable, log=self.log, deaf=deaf))
        self.path.chmod(0o755)

    @property
    def starts(self) -> list[tuple[int, list[str], dict[str, str], str]]:
        return [tuple(json.loads(line)) for line in self.log.read_text().splitlines()] if self.log.exists() else []

    @property
    def pids(self) -> list[int]:
        file = Path(f"{self.log}.pids")
        return [int(pid) for pid in file.read_text().split()] if file.exists() else []


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    (tmp_path / "bin").mkdir()
    (tmp_path / "tmp").mkdir()
    found = StandIn(tmp_path / "bin")
    found.write()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    return found


def source(text: str) -> Source:
    return Source(f"{text}.rtf", rtf(rf"\pard {text}\par"))


def first_line(read: Extracted) -> str:
    return getattr(read.blocks[0], "text", "")


def results(office: Office, sources: list[Source]) -> list[str]:
    """What came of each file: the text that was made of it, or the cause why none was."""
    made = []
    for one in sources:
        try:
            made.append(first_line(extract(Source(one.file_name, office.docx_of(one)))))
        except NotConvertedError as error:
            made.append(error.cause)
    return made


def gone(pid: int) -> bool:
    """Whether a process has ended; a dead one that nobody has waited for counts as ended."""
    try:
        return "State:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return True


def wait_for(true: Callable[[], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


# ------------------------------------------------------------------ what it is given


def test_several_files_go_into_one_start_under_neutral_names(stand_in: StandIn) -> None:
    office = Office(SHORT)
    sources = [source(f"Tep {number}") for number in range(5)]
    office.prepare(sources)
    assert results(office, sources) == [f"Tep {number}" for number in range(5)]
    assert [(count, names) for count, names, *_ in stand_in.starts] == [(5, [f"000{n}.rtf" for n in range(5)])]


def test_many_files_are_shared_out_to_starts_side_by_side(stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.extract.office.converter._cores", lambda: 2)
    office = Office(SHORT)
    sources = [source(f"Tep {number}") for number in range(17)]
    office.prepare(sources)
    assert sorted(count for count, *_ in stand_in.starts) == [8, 9]
    assert results(office, sources) == [f"Tep {number}" for number in range(17)]
    assert len(stand_in.starts) == 2


def test_a_file_that_was_not_prepared_is_converted_alone(stand_in: StandIn) -> None:
    read = extract(source("Tep 7"), SHORT)
    assert first_line(read) == "Tep 7"
    assert read.media_type == "application/rtf"
    assert [page.engine for page in read.pages] == ["libreoffice+docx"]
    assert read.notices == ()


def test_it_gets_nothing_of_the_users_own(stand_in: StandIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET", "x")
    office = Office(SHORT)
    office.prepare([source("Tep 1")])
    ((_, _, environment, folder),) = stand_in.starts
    assert "SECRET" not in environment
    assert Path(environment["HOME"]).parent == Path(folder)
    assert environment["http_proxy"] == environment["https_proxy"] == "http://127.0.0.1:9"
    assert Path(folder).parent == tmp_path / "tmp"
    assert not Path(folder).exists()


def test_each_start_has_a_profile_without_macros_links_and_network(tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text('#!/bin/sh\ncp profile/user/registrymodifications.xcu "$0.xcu"\n')
    program.chmod(0o755)
    convert(str(program), [("rtf", b"")], SHORT, Event())
    profile = Path(f"{program}.xcu").read_text()
    for setting, value in {"MacroSecurityLevel": "3", "DisableMacrosExecution": "true", "BlockUntrustedRefererLinks": "true",
                           "ooInetProxyType": "2", "ooInetHTTPProxyName": "127.0.0.1", "Link": "0"}.items():  # fmt: skip
        assert f'oor:name="{setting}" oor:op="fuse"><value>{value}</value>' in profile


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (word("mật\r", flags=ENCRYPTED), "password_protected"),
        (odt("<text:p>mật</text:p>", manifest="<manifest:encryption-data/>"), "password_protected"),
        (word("cắt\r")[:-2000], "truncated_file"),
        (b"{\\rtf1 cat", "truncated_file"),
    ],
)
def test_files_that_nobody_could_read_never_reach_it(stand_in: StandIn, data: bytes, cause: str) -> None:
    office = Office(SHORT)
    office.prepare([Source("a.doc", data)])
    with pytest.raises(ReadError) as error:
        extract(Source("a.doc", data), SHORT, office)
    assert error.value.cause == cause
    assert stand_in.starts == []


def test_what_a_file_is_decides_not_its_name(stand_in: StandIn) -> None:
    office = Office(SHORT)
    wanted = {
        "a.doc": rtf("x"), "b.pdf": word("x\r"), "c.docx": odt("<text:p>x</text:p>"), "d.doc": b"PK\x03\x04", "e.doc": b"%PDF-1.7",
        "f.doc": b"<html><body>x</body></html>", "g.rtf": "Kế hoạch".encode(), "h.doc": bytes(range(256)) * 20,
    }  # fmt: skip
    assert [name for name, data in wanted.items() if office.wants(Source(name, data))] == ["a.doc", "b.pdf", "c.docx"]


# ------------------------------------------------------------------ what is believed


@pytest.mark.parametrize(
    ("texts", "made", "starts"),
    [
        (["Tep 1", "choi", "Tep 2"], ["Tep 1", "damaged_file", "Tep 2"], [3]),
        (["Tep 1", "nua", "Tep 2"], ["Tep 1", "damaged_file", "Tep 2"], [3]),
        (["Tep 1", "dung", "Tep 2", "Tep 3"], ["Tep 1", "damaged_file", "Tep 2", "Tep 3"], [4, 3, 1, 2]),
        (["Tep 1", "treo", "Tep 2", "Tep 3"], ["Tep 1", "too_complex", "Tep 2", "Tep 3"], [4, 3, 1, 2]),
        (["treo", "Tep 1"], ["too_complex", "Tep 1"], [2, 1, 1]),
        (["dung", "dung", "Tep 1"], ["damaged_file", "damaged_file", "Tep 1"], [3, 1, 2, 1]),
    ],
)
def test_a_bad_file_alone_bears_the_blame(stand_in: StandIn, texts: list[str], made: list[str], starts: list[int]) -> None:
    """A start of one file among those counted proves that LibreOffice works at all; it is made once at most."""
    office = Office(SHORT)
    sources = [source(f"{text}{' ' * number}") for number, text in enumerate(texts)]
    office.prepare(sources)
    assert results(office, sources) == made
    assert [count for count, *_ in stand_in.starts] == starts


def test_a_hanging_program_is_killed_with_its_children(stand_in: StandIn, tmp_path: Path) -> None:
    began = time.monotonic()
    made = convert(str(stand_in.path), [("rtf", source("treo").data)], SHORT, Event())
    assert made.files == {}
    assert made.overdue
    assert 1 <= time.monotonic() - began < 20
    assert len(stand_in.pids) == 2
    assert wait_for(lambda: all(map(gone, stand_in.pids)))
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_program_that_fills_the_disk_is_stopped(stand_in: StandIn, tmp_path: Path) -> None:
    for limits in (Limits(unpacked_bytes=1_000_000), Limits(file_bytes=1_000_000)):
        assert convert(str(stand_in.path), [("rtf", source("phinh").data)], limits, Event()).files == {}
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_it_never_outlives_the_one_who_started_it(stand_in: StandIn, tmp_path: Path, sent: signal.Signals) -> None:
    script = (
        "from pipeline.extract import Office; from pipeline.settings import Limits; from pipeline.values import Source\n"
        f"Office(Limits()).prepare([Source('a.rtf', {source('treo').data!r})])\n"
    )
    environment = {"PATH": os.environ["PATH"], "TMPDIR": str(tmp_path / "tmp"), "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen([sys.executable, "-c", script], env=environment, stderr=subprocess.DEVNULL) as parent:
        assert wait_for(lambda: len(stand_in.pids) == 2, 30)
        parent.send_signal(sent)
        parent.wait(20)
    assert wait_for(lambda: all(map(gone, stand_in.pids)))
    assert wait_for(lambda: not list((tmp_path / "tmp").iterdir()))


def test_a_word_file_that_cannot_be_read_is_as_good_as_none(stand_in: StandIn) -> None:
    read = extract(source("Tep rong"), SHORT)
    assert first_line(read) == "Tep rong"
    assert [(page.engine) for page in read.pages] == ["rtf-text"]
    assert [notice.code for notice in read.notices] == ["office_failed"]


# ------------------------------------------------------------------ where it is missing


def test_without_the_program_files_are_read_roughly(stand_in: StandIn) -> None:
    stand_in.path.unlink()
    office = Office(SHORT)
    assert not office.works
    assert not office.wants(source("Tep 1"))
    assert [notice.code for notice in extract(source("Tep 1"), SHORT, office).notices] == ["read_without_office"]


def test_a_program_that_converts_nothing_is_missing_its_writer(stand_in: StandIn) -> None:
    """So it is where only Calc is installed: found out once, not for every file."""
    stand_in.write(deaf=True)
    office = Office(SHORT)
    sources = [source(f"Tep {number}") for number in range(5)]
    office.prepare(sources)
    assert results(office, sources) == ["office_missing"] * 5
    assert [count for count, *_ in stand_in.starts] == [5, 1]
    assert results(office, [source("Tep 9")]) == ["office_missing"]
    assert not office.works
    assert not office.wants(source("Tep 9"))
    assert [count for count, *_ in stand_in.starts] == [5, 1]


def test_no_room_for_temporary_files_is_told_with_each_file(stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/khong-co")
    office = Office(SHORT)
    office.prepare([source("Tep 1")])
    with pytest.raises(ReadError) as error:
        extract(source("Tep 1"), SHORT, office)
    assert (error.value.cause, error.value.detail) == ("unreadable_io", "LibreOffice: No such file or directory")

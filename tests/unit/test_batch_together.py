"""A run over old Word files: they are converted together, in bounded chunks, and once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from batch_fakes import OLD, FakeFlow, put, states
from word_files import rtf

from models import Finding, PlanRecord
from pipeline.batch import run_folder
from pipeline.batch.inbox import Received, Stamp
from pipeline.batch.together import Together, Waiting
from pipeline.extract import Office
from pipeline.settings import Limits
from pipeline.values import Source

ROUGH = Finding(code="read_without_office", severity="warning", message="sơ lược", hint="cài", stage="extract")


class Prepared:
    """Notes what is prepared together, and says that LibreOffice is there or not."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.chunks: list[list[str]] = []
        self.works = True
        monkeypatch.setattr(Office, "prepare", self.prepare)
        monkeypatch.setattr(Office, "wants", lambda _, source: self.works and source.data.startswith(b"{\\rtf"))
        monkeypatch.setattr(Office, "works", property(lambda _: self.works))

    def prepare(self, sources: Sequence[Source]) -> None:
        if sources:
            self.chunks.append([source.file_name for source in sources])


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> Prepared:
    return Prepared(monkeypatch)


def put_rtf(inbox: Path, name: str, text: str) -> None:
    file = inbox / name
    file.write_bytes(rtf(text))
    os.utime(file, (OLD, OLD))


def test_old_word_files_are_prepared_together_and_read_in_order(
    flow: FakeFlow, prepared: Prepared, inbox: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.batch.together.FILES_AT_ONCE", 2)
    for name in ("a.rtf", "c.rtf", "d.rtf"):
        put_rtf(inbox, name, name)
    put(inbox, "b.txt", "văn bản")
    summary = run_folder(inbox, out)
    assert prepared.chunks == [["a.rtf", "c.rtf"], ["d.rtf"]]
    assert flow.read == ["b.txt", "a.rtf", "c.rtf", "d.rtf"]
    assert [entry.path for entry in summary.entries] == ["a.rtf", "b.txt", "c.rtf", "d.rtf"]
    assert set(states(summary).values()) == {"read"}


def test_waiting_files_are_bounded_in_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.batch.together.BYTES_AT_ONCE", 10)
    together = Together(Office(Limits()))
    for data, full in ((b"123456", False), (b"7890", True)):
        together.add(Waiting(Received("a", Path("a")), Source("a", data), Stamp(1, 1)))
        assert together.is_full is full
    assert len(together.converted()) == 2
    assert not together.is_full


def test_a_second_run_converts_nothing_again(flow: FakeFlow, prepared: Prepared, inbox: Path, out: Path) -> None:
    put_rtf(inbox, "a.rtf", "một")
    run_folder(inbox, out)
    put_rtf(inbox, "b.rtf", "hai")
    put_rtf(inbox, "nhu-b.rtf", "hai")
    summary = run_folder(inbox, out)
    assert prepared.chunks == [["a.rtf"], ["b.rtf"]]
    assert states(summary) == {"a.rtf": "read", "b.rtf": "read", "nhu-b.rtf": "duplicate"}


def test_what_was_read_roughly_is_read_again_once_libreoffice_is_there(
    flow: FakeFlow, prepared: Prepared, inbox: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_office(source: Source, kit: object) -> object:
        outcome = flow.process(source, kit)
        assert isinstance(outcome.record, PlanRecord)
        found = () if prepared.works else (ROUGH,)
        return type(outcome)(outcome.file_name, "read", outcome.plan_id, outcome.size_bytes,
                             record=outcome.record.model_copy(update={"findings": found}))  # fmt: skip

    monkeypatch.setattr("pipeline.batch.reading.process", without_office)
    prepared.works = False
    put_rtf(inbox, "a.rtf", "một")
    for _ in range(2):
        run_folder(inbox, out)
    assert flow.read == ["a.rtf"]
    prepared.works = True
    for _ in range(2):
        run_folder(inbox, out)
    assert flow.read == ["a.rtf", "a.rtf"]
    assert prepared.chunks == [["a.rtf"]]

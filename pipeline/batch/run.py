"""One run over an inbox: list, read, sum up, write."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from models import PlanRecord
from pipeline.aggregate import make_tables, write_tables
from pipeline.atomic import disk_trouble
from pipeline.batch.folders import RECORDS, TABLES, WORKBOOK, check_folders, prepare
from pipeline.batch.inbox import Inbox, list_inbox
from pipeline.batch.reading import fault_place
from pipeline.batch.summary import Reporter, RunSummary, Silent
from pipeline.batch.work import Work
from pipeline.errors import ExitStatus, KehoachError
from pipeline.flow import Kit, make_kit
from pipeline.report import write_workbook
from pipeline.settings import DEFAULT_SETTINGS, Settings
from pipeline.store import Journal, Memory, RecordFolder, RunFile, locked, read_memory
from pipeline.values import FileEntry

_CLOCK_TICK = timedelta(seconds=2)  # the coarsest file times still met: FAT and old network shares


def run_folder(
    inbox: Path, out: Path, settings: Settings = DEFAULT_SETTINGS, *, report: Reporter | None = None
) -> RunSummary:
    """Reads every plan below `inbox` into `out`: records/, tables/, tong-hop.xlsx and, last, run.json.

    What an earlier run read is held over where file and engine are unchanged, so a second run gives the same bytes
    (`this_run` in run.json apart). What is done is kept if the run is stopped or killed; the next run goes on from
    there. An inbox without files changes nothing in `out`: an unmounted share must not wipe the results.

    Raises KehoachError where the whole run cannot go on: status 2 no such inbox, 73 and 74 trouble with writing,
    75 another run at work in `out`, 78 unsafe folders or malformed knowledge.
    """
    began, started = time.monotonic(), datetime.now(UTC)
    check_folders(inbox, out)
    kit = make_kit(settings)
    reporter = report or Silent()
    received = list_inbox(inbox, out)
    reporter.started(len(received.files))
    if not received.files:
        return RunSummary(inbox, out, kit.engine, (), received.ignored)
    prepare(out)
    with locked(out):
        summary = _run_locked(inbox, out, kit, received, reporter)
        summary = replace(summary, seconds=time.monotonic() - began)
        _run_file(summary, started).write(out)
    return summary


def _run_locked(inbox: Path, out: Path, kit: Kit, received: Inbox, reporter: Reporter) -> RunSummary:
    records = RecordFolder(out / RECORDS)
    records.prepare()
    memory = read_memory(out)
    work = Work(kit, memory, records, Journal(out), trusted_before=_trusted_before(memory), reporter=reporter)
    entries = work.all(received.files)
    reporter.writing()
    found = [record for entry in entries if (record := _record_of(entry, records)) is not None]
    stale = memory.owned.union(entry.plan_id for entry in entries if entry.plan_id)
    stale -= {record.plan_id for record in found}
    removed = sum(records.remove(plan_id) for plan_id in sorted(stale))
    _write_outputs(out, found, entries, kit)
    ignored = dict(sorted({**received.ignored, **work.ignored}.items()))
    return RunSummary(inbox, out, kit.engine, entries, ignored, removed=removed, records=len(found))


def _trusted_before(memory: Memory) -> str:
    """Files changed before this moment (ISO 8601) are known by size and time alone; later ones by their bytes."""
    if memory.started_at is None:
        return ""
    return (memory.started_at - _CLOCK_TICK).isoformat(timespec="microseconds")


def _record_of(entry: FileEntry, records: RecordFolder) -> PlanRecord | None:
    """The record that an entry stands for: none for duplicates, failed files and those that gave no text."""
    if entry.state not in ("read", "needs_person") or not entry.plan_id:
        return None
    return records.read(entry.plan_id)


def _write_outputs(out: Path, records: Sequence[PlanRecord], entries: Sequence[FileEntry], kit: Kit) -> None:
    """Tables and workbook, made from the results alone: whether a result was held over must not show in them."""
    files = [replace(entry, reused=False) for entry in entries]
    _guarded(out / TABLES, lambda: write_tables(make_tables(records), out / TABLES))
    _guarded(out / WORKBOOK, lambda: write_workbook(records, files, out / WORKBOOK, kit.knowledge))


def _guarded(path: Path, write: Callable[[], None]) -> None:
    """Writes one output; a fault there stops the run, with the records and the journal kept for the next one."""
    try:
        write()
    except KehoachError:
        raise
    except Exception as error:
        cause = error if isinstance(error, OSError) else error.args[0] if error.args else None
        if isinstance(cause, OSError):
            raise disk_trouble(cause, path) from error
        detail = f"{path.name}: {fault_place(error)}"
        raise KehoachError("output_failed", detail, status=ExitStatus.IO_TROUBLE) from error


def _run_file(summary: RunSummary, started: datetime) -> RunFile:
    return RunFile(
        engine=summary.engine,
        status=summary.status,
        counts=summary.counts,
        files=summary.entries,
        ignored=summary.ignored,
        this_run={
            "started_at": started.isoformat(timespec="microseconds"),
            "seconds": round(summary.seconds, 3),
            "reused": summary.reused,
            "removed_records": summary.removed,
            "inbox": str(summary.inbox),
        },
    )

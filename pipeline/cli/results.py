"""Results of earlier runs that a user names: an output folder of `kehoach run`, its records folder, or one record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from models import PlanRecord
from pipeline.batch.folders import RECORDS
from pipeline.cli.received import RECORD_SUFFIX, named_record
from pipeline.errors import ExitStatus, KehoachError
from pipeline.evaluate import Reading
from pipeline.report import sheet_format
from pipeline.settings import Limits
from pipeline.store import RUN_FILE, RecordFolder, is_run_file, read_memory
from pipeline.values import FileEntry

_WITH_RECORD = ("read", "needs_person")


def stored_records(folder: Path) -> list[PlanRecord]:
    """The records of an output folder, in the order of their plan_id."""
    stored = RecordFolder(folder / RECORDS)
    return [record for plan_id in sorted(read_memory(folder).read) if (record := stored.read(plan_id))]


def check_table_file(out: Path | None, inputs: Iterable[Path]) -> None:
    """Raises KehoachError where a table file cannot be written: unknown ending, a folder, or in what is being read."""
    if out is None:
        return
    sheet_format(out)
    place = out.resolve()
    for path in inputs:
        if place == path.resolve() or path.resolve() in place.parents:
            raise KehoachError("out_in_input", str(out), status=ExitStatus.USAGE)


def is_output_folder(folder: Path) -> bool:
    """Whether `kehoach run` left its results in a folder."""
    return is_run_file(folder / RUN_FILE)


def named_results(path: Path, limits: Limits) -> list[Reading]:
    """What became of every file, of an output folder; the records alone, of a records folder or a record.

    Records are read when they are asked for. Raises KehoachError: status 2 no such file or folder, 20 no result in it.
    """
    if is_output_folder(path):
        found = _ledger(path)
    elif path.is_dir():
        found = _records(path, limits)
    else:
        found = [_reading(named_record(path, limits))]
    if not found:
        raise KehoachError("no_results", str(path), status=ExitStatus.NOTHING_READABLE)
    return found


def _ledger(folder: Path) -> list[Reading]:
    """Every received file; a duplicate has the record of the file that it repeats."""
    entries, stored = read_memory(folder).by_path, RecordFolder(folder / RECORDS)
    found = []
    for entry in entries.values():
        holder = entries.get(entry.duplicate_of or "", entry)
        found.append(Reading(entry.path, entry.plan_id, entry.state, entry.cause, _reader(stored, holder)))
    return found


def _reader(stored: RecordFolder, entry: FileEntry) -> Callable[[], PlanRecord | None]:
    if entry.state not in _WITH_RECORD or not entry.plan_id:
        return _none
    return partial(stored.read, entry.plan_id)


def _none() -> None:
    return None


def _records(folder: Path, limits: Limits) -> list[Reading]:
    """The records in a folder; of two files of one name each is known by name and plan_id."""
    found = [_reading(named_record(path, limits)) for path in sorted(folder.glob(f"*{RECORD_SUFFIX}")) if path.is_file()]
    names = [reading.path for reading in found]
    twice = {name for name in names if names.count(name) > 1}
    return [
        Reading(f"{r.path} ({r.plan_id})", r.plan_id, r.state, r.cause, r.read) if r.path in twice else r for r in found
    ]


def _reading(record: PlanRecord) -> Reading:
    return Reading(record.source.file_name, record.plan_id, None, None, lambda: record)

"""Refuses folders in which a run could do harm: received files are never written to, foreign ones never replaced."""

from __future__ import annotations

from pathlib import Path

from pipeline.atomic import clear_parts, disk_trouble
from pipeline.errors import ExitStatus, KehoachError
from pipeline.store import LOCK_FILE, RUN_FILE, is_run_file

RECORDS = "records"
TABLES = "tables"
WORKBOOK = "tong-hop.xlsx"
_OURS = (RECORDS, TABLES, WORKBOOK, RUN_FILE)


def check_folders(inbox: Path, out: Path) -> None:
    """Raises KehoachError where the inbox is no folder (status 2) or `out` is no safe place for results (78, 73)."""
    if not inbox.is_dir():
        raise KehoachError("inbox_missing", str(inbox), status=ExitStatus.USAGE)
    received, results = inbox.resolve(), out.resolve()
    if results == received or results in received.parents:
        raise KehoachError("unsafe_folder", str(out), status=ExitStatus.BAD_SETTINGS)
    if out.exists() and not out.is_dir():
        raise KehoachError("cannot_write", str(out), status=ExitStatus.CANNOT_WRITE)
    for name in _OURS:
        if (out / name).is_symlink():
            raise KehoachError("foreign_output", str(out / name), status=ExitStatus.BAD_SETTINGS)
    if not (out / LOCK_FILE).exists() and not is_run_file(out / RUN_FILE):
        taken = next((out / name for name in _OURS if (out / name).exists()), None)
        if taken is not None:
            raise KehoachError("foreign_output", str(taken), status=ExitStatus.BAD_SETTINGS)


def prepare(out: Path) -> None:
    """Makes the output folder and clears what a killed run left half written. Raises KehoachError (73, 74)."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        for folder in (out, out / TABLES):
            clear_parts(folder)
    except OSError as error:
        raise disk_trouble(error, out) from error

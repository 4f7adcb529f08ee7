"""From a received plan to a checkable record: one way through the rooms, read in `pipeline.flow`.

Imports are local so that the command line answers `--help` at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models import PlanRecord
    from pipeline.batch import RunSummary


def parse_plan(path: str | Path) -> PlanRecord:
    """The record of one file (TXT, MD, PDF, DOCX, DOC, RTF, ODT); raises ReadError with its cause if it cannot be read."""
    from pipeline.batch.inbox import Received  # noqa: PLC0415
    from pipeline.batch.reading import read_source  # noqa: PLC0415
    from pipeline.flow import make_kit, read_stages  # noqa: PLC0415

    kit = make_kit()
    source, _ = read_source(Received.of(Path(path)), kit.settings.limits)
    return read_stages(source, kit).record


def run_folder(inbox: str | Path, out: str | Path) -> RunSummary:
    """Reads every plan below a folder and leaves records, tables and workbook in `out`, as `kehoach run` does."""
    from pipeline.batch import run_folder as run  # noqa: PLC0415

    return run(Path(inbox), Path(out))


__all__ = ["parse_plan", "run_folder"]

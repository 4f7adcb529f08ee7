"""The folder of records: one JSON file a plan, named by its plan_id."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import ValidationError

from models import PlanRecord
from pipeline.atomic import clear_parts, disk_trouble, write_atomic

_PLAN_ID = re.compile(r"[0-9a-f]{16}")


def record_json(record: PlanRecord) -> bytes:
    """The record's one written form: UTF-8, indented by one blank, fields in the order of the model, newline at end."""
    return record.model_dump_json(indent=1).encode() + b"\n"


class RecordFolder:
    """Reads, writes and removes records by plan_id; touches no other file of its folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def prepare(self) -> None:
        """Makes the folder and clears what a killed run left half written. Raises KehoachError (73, 74)."""
        try:
            self.folder.mkdir(exist_ok=True)
            clear_parts(self.folder)
        except OSError as error:
            raise disk_trouble(error, self.folder) from error

    def path(self, plan_id: str) -> Path:
        """Where the record of a plan stands. Raises ValueError for anything but 16 hex digits."""
        if not _PLAN_ID.fullmatch(plan_id):
            raise ValueError(f"no plan_id: {plan_id!r}")
        return self.folder / f"{plan_id}.json"

    def write(self, record: PlanRecord) -> None:
        """Stores a record. Raises KehoachError (73, 74).

        Not synced to the disk: a record torn by a power cut is no valid record, so the next run reads the plan again.
        """
        write_atomic(self.path(record.plan_id), record_json(record))

    def read(self, plan_id: str) -> PlanRecord | None:
        """The stored record, or None where there is none or it is broken or of another schema."""
        try:
            record = PlanRecord.model_validate_json(self.path(plan_id).read_bytes())
        except (OSError, ValidationError):
            return None
        return record if record.plan_id == plan_id else None

    def remove(self, plan_id: str) -> bool:
        """Removes a record; whether there was one. Raises KehoachError (73, 74)."""
        path = self.path(plan_id)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise disk_trouble(error, path) from error
        return True

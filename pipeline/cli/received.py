"""Files that a user names on the command line: read whole, under limits, with clear words where that cannot be."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from models import PlanRecord
from pipeline.batch.inbox import Received
from pipeline.batch.reading import read_source
from pipeline.errors import ExitStatus, KehoachError, ReadError
from pipeline.settings import Limits
from pipeline.values import Source

RECORD_SUFFIX = ".json"


def named_source(path: Path, limits: Limits) -> Source:
    """The file a user named, links followed. Raises KehoachError: status 2 no such file, 20 or 74 where it cannot be read."""
    if path.is_dir():
        raise KehoachError("folder_given", str(path), status=ExitStatus.USAGE)
    if not path.exists():
        raise KehoachError("no_such_file", str(path), status=ExitStatus.USAGE)
    try:
        source, _ = read_source(Received.of(path), limits)
    except ReadError as error:
        status = ExitStatus.IO_TROUBLE if error.cause == "unreadable_io" else ExitStatus.NOTHING_READABLE
        raise KehoachError(error.cause, error.detail, status=status) from error
    return source


def named_record(path: Path, limits: Limits) -> PlanRecord:
    """A stored record. Raises KehoachError as `named_source` does, and with status 20 where it is no record."""
    data = named_source(path, limits).data
    try:
        return PlanRecord.model_validate_json(data)
    except ValidationError as error:
        raise KehoachError("no_record", path.name, status=ExitStatus.NOTHING_READABLE) from error

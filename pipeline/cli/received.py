"""Files that a user names on the command line: read whole, under limits, with clear words where that cannot be."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from models import PlanRecord
from pipeline.batch.containers import Opener, holds_files
from pipeline.batch.inbox import Received
from pipeline.errors import ExitStatus, KehoachError, ReadError
from pipeline.extract import is_annex
from pipeline.settings import Limits
from pipeline.values import Source

RECORD_SUFFIX = ".json"
_LISTED = 20  # files of a container that a message names


def named_source(path: Path, limits: Limits) -> Source:
    """The file a user named, links followed; a name such as `goi.zip/ke-hoach.pdf` is a file in a container.

    A container stands for the one file in it that can be a plan. Raises KehoachError: status 2 no such file, or a
    container of several, 20 or 74 where it cannot be read.
    """
    if path.is_dir():
        raise KehoachError("folder_given", str(path), status=ExitStatus.USAGE)
    opener = Opener(limits)
    try:
        received = Received.of(path) if path.exists() else _in_container(path, opener)
        if received is None:
            raise KehoachError("no_such_file", str(path), status=ExitStatus.USAGE)
        return _document(received, opener)
    except ReadError as error:
        status = ExitStatus.IO_TROUBLE if error.cause == "unreadable_io" else ExitStatus.NOTHING_READABLE
        raise KehoachError(error.cause, error.detail, status=status) from error


def _in_container(path: Path, opener: Opener) -> Received | None:
    """The file whose path leads through a container, as the workbook writes it."""
    holder = next((parent for parent in path.parents if parent.is_file()), None)
    if holder is None:
        return None
    label = unicodedata.normalize("NFC", path.relative_to(holder).as_posix())
    return _member(Received.of(holder), label, opener)


def _member(holder: Received, label: str, opener: Opener) -> Received | None:
    source, stamp = opener.source(holder)
    if not holds_files(source):
        return None
    for member in opener.open(holder, source, stamp)[1]:
        if member.label == label:
            return member
        if label.startswith(f"{member.label}/"):
            return _member(member, label.removeprefix(f"{member.label}/"), opener)
    return None


def _document(received: Received, opener: Opener) -> Source:
    """The file, or the only one in the container that can be a plan."""
    source, stamp = opener.source(received)
    if not holds_files(source):
        return source
    _, members = opener.open(received, source, stamp)
    if not members:
        raise ReadError("nothing_in_container", received.path)
    plans = (member for member in members if not _is_annex(member, opener))
    first, second = next(plans, None), next(plans, None)
    if first is None or second is not None:
        raise KehoachError("container_given", _listed(members), status=ExitStatus.USAGE)
    return _document(first, opener)


def _is_annex(member: Received, opener: Opener) -> bool:
    try:
        return is_annex(opener.source(member)[0])
    except ReadError:
        return False


def _listed(members: Sequence[Received]) -> str:
    names = "; ".join(member.label for member in members[:_LISTED])
    return f"{names}; …" if len(members) > _LISTED else names


def named_record(path: Path, limits: Limits) -> PlanRecord:
    """A stored record. Raises KehoachError as `named_source` does, and with status 20 where it is no record."""
    data = named_source(path, limits).data
    try:
        return PlanRecord.model_validate_json(data)
    except ValidationError as error:
        raise KehoachError("no_record", path.name, status=ExitStatus.NOTHING_READABLE) from error

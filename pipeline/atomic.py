"""Writes a file whole or not at all: a reader never sees half a file, whatever kills the program."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from pipeline.errors import ExitStatus, KehoachError

PART = ".part"
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENAMETOOLONG}


def part_path(path: Path) -> Path:
    """Where a file is prepared: hidden, beside its final place, so that moving it there is one step."""
    return path.with_name(f".{path.name}{PART}")


def write_atomic(path: Path, data: bytes, *, durable: bool = False) -> None:
    """Puts `data` at `path` in one step; `durable` waits until the disk has it.

    Raises KehoachError: status 73 where writing is forbidden, 74 where the disk is full or fails.
    """
    part = part_path(path)
    try:
        with part.open("wb") as stream:
            stream.write(data)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        part.replace(path)
    except OSError as error:
        raise disk_trouble(error, path) from error


def clear_parts(folder: Path) -> None:
    """Removes what a killed run left half written in a folder of ours. Raises OSError."""
    for part in folder.glob(".*"):
        if part.suffix == PART and part.is_file() and not part.is_symlink():
            part.unlink(missing_ok=True)


def disk_trouble(error: OSError, path: Path) -> KehoachError:
    """The trouble of the whole run that a failed write means."""
    detail = f"{path.name}: {error.strerror or type(error).__name__}"
    if error.errno in _NO_ROOM:
        return KehoachError("disk_full", detail, status=ExitStatus.IO_TROUBLE)
    if error.errno in _FORBIDDEN:
        return KehoachError("cannot_write", detail, status=ExitStatus.CANNOT_WRITE)
    return KehoachError("disk_trouble", detail, status=ExitStatus.IO_TROUBLE)

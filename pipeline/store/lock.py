"""One run at a time in an output folder. The lock file also marks the folder as ours."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.atomic import disk_trouble
from pipeline.errors import ExitStatus, KehoachError

LOCK_FILE = ".kehoach.lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the folder's lock; the system gives it back when the process ends, however it ends.

    Raises KehoachError: status 75 where another run holds it, 73 or 74 where the file cannot be made.
    """
    path = folder / LOCK_FILE
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise disk_trouble(error, path) from error
    try:
        _take(handle, path)
        yield
    finally:
        os.close(handle)


def _take(handle: int, path: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            raise KehoachError("another_run", str(path.parent), status=ExitStatus.ANOTHER_RUN) from error
        raise disk_trouble(error, path) from error

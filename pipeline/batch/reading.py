"""Reads one received file and puts it through the flow; whatever happens, an outcome comes back."""

from __future__ import annotations

import os
import stat
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.batch.inbox import Received, Stamp
from pipeline.errors import ExitStatus, KehoachError, ReadError
from pipeline.flow import Kit, Stages, process, read_stages
from pipeline.knowledge.causes import cause_named
from pipeline.settings import Limits
from pipeline.values import Outcome, Source

_DETAIL_LENGTH = 200


def read_source(received: Received, limits: Limits) -> tuple[Source, Stamp]:
    """The bytes of a received file, read under the size limit and never through a link.

    Raises ReadError: `too_large`, `file_changing` (somebody is writing it right now) or `unreadable_io`.
    """
    try:
        handle = os.open(received.file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise _unreadable(error) from error
    with os.fdopen(handle, "rb") as stream:
        before = os.fstat(handle)
        if not stat.S_ISREG(before.st_mode):
            raise ReadError("unreadable_io", "no regular file")
        if before.st_size > limits.file_bytes:
            raise ReadError("too_large", f"{before.st_size / 1024**2:.0f} MiB")
        try:
            data = stream.read(limits.file_bytes + 1)
        except OSError as error:
            raise _unreadable(error) from error
        stamp = Stamp.of(os.fstat(handle))
    if stamp != Stamp.of(before) or len(data) != stamp.size_bytes:
        raise ReadError("file_changing")
    return Source(received.name, data, stamp.received_at), stamp


def process_guarded(source: Source, kit: Kit) -> Outcome:
    """What became of the file. An error nobody expected becomes the state `failed` with its type and place.

    Raises KehoachError alone: a trouble of the whole run, such as a malformed knowledge table or a missing library.
    """
    began = time.monotonic()
    try:
        return process(source, kit)
    except KehoachError:
        raise
    except ImportError as error:  # no file's fault: every file would fail alike
        raise KehoachError("broken_install", str(error), status=ExitStatus.COMPONENT_MISSING) from error
    except Exception as error:  # noqa: BLE001 - the one place where a file's unknown fault must not stop the others
        return Outcome(
            file_name=source.file_name,
            state="failed",
            plan_id=source.plan_id,
            size_bytes=len(source.data),
            cause="internal_error",
            detail=fault_place(error),
            seconds=time.monotonic() - began,
        )


def stages_guarded(source: Source, kit: Kit) -> Stages:
    """Every stage of one file, for a user who named it. Raises KehoachError (status 20) where it cannot be read."""
    try:
        return read_stages(source, kit)
    except KehoachError:
        raise
    except ReadError as error:
        raise KehoachError(error.cause, error.detail, status=ExitStatus.NOTHING_READABLE) from error
    except ImportError as error:
        raise KehoachError("broken_install", str(error), status=ExitStatus.COMPONENT_MISSING) from error
    except Exception as error:
        raise KehoachError("internal_error", fault_place(error), status=ExitStatus.NOTHING_READABLE) from error


@contextmanager
def faults_told() -> Iterator[None]:
    """Turns an error nobody expected into a ReadError `internal_error` with its type and place: a container's fault."""
    try:
        yield
    except (KehoachError, ReadError):
        raise
    except Exception as error:
        raise ReadError("internal_error", fault_place(error)) from error


def unread(received: Received, error: ReadError, kit: Kit) -> Outcome:
    """The outcome of a file whose bytes could not be had at all: it has no plan_id and no size."""
    state = cause_named(kit.knowledge, error.cause).outcome
    return Outcome(received.name, state, "", 0, cause=error.cause, detail=error.detail)


def fault_place(error: BaseException) -> str:
    """An unexpected error for the log: its type, where in our code it arose, and the start of its message."""
    places = [(Path(frame.filename), frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    ours = [f" ({path.parent.name}/{path.name}:{line})" for path, line in places if "pipeline" in path.parts]
    place = ours[-1] if ours else ""
    message = " ".join(str(error).split())[:_DETAIL_LENGTH]
    return f"{type(error).__name__}{place}: {message}" if message else f"{type(error).__name__}{place}"


def _unreadable(error: OSError) -> ReadError:
    return ReadError("unreadable_io", error.strerror or type(error).__name__)

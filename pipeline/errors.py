"""What can go wrong, with the exit status and what the user can do. The library raises, the command line translates."""

from __future__ import annotations

from enum import IntEnum


class ExitStatus(IntEnum):
    """The exit statuses of the command line (contract, last section)."""

    DONE = 0
    USAGE = 2
    NEEDS_PERSON = 10
    NOTHING_READABLE = 20
    COMPONENT_MISSING = 69
    CANNOT_WRITE = 73
    IO_TROUBLE = 74
    ANOTHER_RUN = 75
    BAD_SETTINGS = 78
    STOPPED = 130


class KehoachError(Exception):
    """A trouble that stops the whole run: an exit status, a cause of the causes table, and what it is about."""

    def __init__(self, cause: str, detail: str = "", *, status: ExitStatus = ExitStatus.IO_TROUBLE) -> None:
        super().__init__(f"{cause}: {detail}" if detail else cause)
        self.cause = cause
        self.detail = detail
        self.status = status


class ReadError(Exception):
    """One file cannot be read: a cause of the causes table (`password_protected`, `truncated_file`, …) and a detail."""

    def __init__(self, cause: str, detail: str = "") -> None:
        super().__init__(f"{cause}: {detail}" if detail else cause)
        self.cause = cause
        self.detail = detail

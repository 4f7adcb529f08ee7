"""What became of a received file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from models import PlanRecord

# `opened` is a container whose members have rows of their own; `set_aside` is listed and, by rule, not read.
State = Literal["read", "duplicate", "opened", "set_aside", "needs_person", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one received file: never silence. `cause` is a row of the causes table, None when all is well."""

    file_name: str
    state: State
    plan_id: str
    size_bytes: int
    cause: str | None = None
    detail: str = ""
    record: PlanRecord | None = None
    duplicate_of: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One received file in the ledger of a run: its path below the inbox (NFC, `/`), what it was and what became of it.

    `cause` is a row of the causes table, `size_bytes` and `modified` (ISO 8601) tell a changed file from an old one,
    `inside` is the path of the container that a file came in (a ZIP, an e-mail), `reused` is true where an earlier
    run's result still held.
    """

    path: str
    plan_id: str
    size_bytes: int
    modified: str
    state: State
    cause: str | None = None
    detail: str = ""
    duplicate_of: str | None = None
    inside: str | None = None
    reused: bool = False

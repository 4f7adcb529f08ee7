"""A finding before its words are looked up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """A finding code, what its message names, and where it stands (code points; pages from 1)."""

    code: str
    detail: str = ""
    start: int | None = None
    end: int | None = None
    page: int | None = None
    pages: tuple[int, ...] = ()

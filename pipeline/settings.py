"""The numbers a user or an operator may want to change, with their units and reasons."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits that every reader holds before it spends memory or time on a received file."""

    file_bytes: int = 200 * 1024 * 1024
    pages: int = 2_000
    archive_parts: int = 10_000
    unpacked_bytes: int = 300 * 1024 * 1024
    unpacked_ratio: int = 100
    container_depth: int = 2
    mail_bytes: int = 64 * 1024 * 1024
    text_characters: int = 5_000_000
    page_objects: int = 100_000
    page_characters: int = 100_000
    page_pixels: int = 100_000_000
    ocr_seconds: float = 120.0
    office_seconds: int = 60  # LibreOffice is stopped when this long no further file is done
    office_memory_bytes: int = 4 * 1024**3


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that steers a run. `knowledge` is a folder with the office's own rows, read beside ours."""

    limits: Limits = Limits()
    knowledge: Path | None = None


DEFAULT_SETTINGS = Settings()

"""Files that are converted together: they wait until a start of LibreOffice is worth its time, or memory is full."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from pipeline.batch.inbox import Received, Stamp
from pipeline.extract import BYTES_AT_ONCE, FILES_AT_ONCE, Office
from pipeline.values import Source


@dataclass(frozen=True, slots=True)
class Waiting:
    """A received file with its bytes, and the seconds that its conversion took."""

    received: Received
    source: Source
    stamp: Stamp
    seconds: float = 0.0


@dataclass
class Together:
    """Gathers files; at most so many, of so many bytes, are held at once."""

    office: Office
    _files: list[Waiting] = field(default_factory=list)
    _bytes: int = 0

    def add(self, waiting: Waiting) -> None:
        """Takes a file in."""
        self._files.append(waiting)
        self._bytes += len(waiting.source.data)

    @property
    def is_full(self) -> bool:
        """Whether no more should wait."""
        return len(self._files) >= FILES_AT_ONCE or self._bytes >= BYTES_AT_ONCE

    def converted(self) -> list[Waiting]:
        """All that waited, in order, prepared to be read; each bears its share of the time."""
        files, self._files, self._bytes = self._files, [], 0
        began = time.monotonic()
        self.office.prepare([waiting.source for waiting in files])
        share = (time.monotonic() - began) / max(len(files), 1)
        return [Waiting(one.received, one.source, one.stamp, share) for one in files]

"""Turns old Word files, RTF and ODT into DOCX with LibreOffice, many files a start.

A start takes as long as ten files, so a batch lets files be prepared together; a file that was not prepared is
converted alone when it is asked for.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cached_property
from threading import Event

from pipeline.errors import ReadError
from pipeline.extract.archive import open_archive
from pipeline.extract.office.guard import FORMATS, check, kind_of
from pipeline.extract.office.start import convert
from pipeline.settings import Limits
from pipeline.values import Source

PACKAGE = "libreoffice-writer-nogui"  # Debian's name of what must be installed
READ_WITHOUT_OFFICE = "read_without_office"  # the finding of a file that LibreOffice would have read better
FILES_AT_ONCE = 50
BYTES_AT_ONCE = 64 * 1024 * 1024
_PROGRAMS = ("soffice", "libreoffice")
_FEWEST_FILES = 8  # a start of their own is worth it for no fewer
_MOST_STARTS = 4  # at the same time; each takes about 200 MB
_PROOF = ("rtf", b"{\\rtf1\\ansi\\pard Ke hoach\\par}")


class NotConvertedError(Exception):
    """LibreOffice gave no Word file: `office_missing`, `too_complex` (the time limit) or `damaged_file`."""

    def __init__(self, cause: str, detail: str) -> None:
        super().__init__(f"{cause}: {detail}")
        self.cause = cause
        self.detail = detail


class Office:
    """LibreOffice as this machine has it. What was prepared is kept until it is asked for."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._program = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
        self._prepared: dict[str, bytes | NotConvertedError] = {}

    @cached_property
    def works(self) -> bool:
        """Whether LibreOffice is there and reads text documents: without its Writer it starts and converts nothing."""
        if self._program is None:
            return False
        try:
            proven = bool(convert(self._program, [_PROOF], self._limits, Event()).files)
        except OSError:
            proven = False
        if not proven:
            self._program = None  # no file is worth another start
        return proven

    def wants(self, source: Source) -> bool:
        """Whether a received file is to be converted, and so gains from being prepared together with others."""
        return self._program is not None and kind_of(source) is not None

    def prepare(self, sources: Sequence[Source]) -> None:
        """Converts files together; what came of each is told when `docx_of` asks for it.

        At most FILES_AT_ONCE files of BYTES_AT_ONCE bytes in all should be given: all their results are held in memory.
        """
        sound = [source for source in sources if self._is_sound(source)]
        starts = max(1, min(_cores(), _MOST_STARTS, len(sound) // _FEWEST_FILES))
        with suppress(ReadError):  # no room for temporary files: each file tells it when it is read
            self._convert([sound[number::starts] for number in range(starts)])

    def docx_of(self, source: Source) -> bytes:
        """The Word file that LibreOffice makes of a file.

        Raises NotConvertedError where it makes none, ReadError (`unreadable_io`) where it cannot be started at all.
        """
        if source.sha256 not in self._prepared:
            self._convert([[source]])
        made = self._prepared.pop(source.sha256)
        if isinstance(made, NotConvertedError):
            raise made
        return made

    def _is_sound(self, source: Source) -> bool:
        kind = kind_of(source)
        if kind is None:
            return False
        try:
            check(source.data, kind, self._limits)
        except ReadError:  # told with its cause when the file is read
            return False
        return True

    def _convert(self, shares: Sequence[Sequence[Source]]) -> None:
        """Converts the shares side by side; an interruption stops all of them."""
        stop = Event()
        with ThreadPoolExecutor(len(shares)) as pool:
            try:
                for _ in pool.map(lambda share: self._share(share, stop), shares):
                    pass
            finally:
                stop.set()

    def _share(self, sources: Sequence[Source], stop: Event) -> None:
        """Converts files one start after another: each start goes on behind the file at which the last one ended.

        LibreOffice may end or hang at any file. So a file that was not reached, or was the first not to be made, is
        tried again as the first of a start; only what failed there has itself to blame.
        """
        waiting = list(sources)
        while waiting and not stop.is_set():
            made, overdue = self._start(waiting, stop)
            if not made and not stop.is_set() and not self.works:
                self._refuse(waiting, NotConvertedError("office_missing", PACKAGE))
                return
            last = max(made, default=-1)
            for place, data in made.items():
                self._prepared[waiting[place].sha256] = data
            passed = [source for place, source in enumerate(waiting[:last]) if place not in made]
            self._refuse(passed, NotConvertedError("damaged_file", "LibreOffice"))
            if last < 0:
                cause = "too_complex" if overdue else "damaged_file"
                self._refuse(waiting[:1], NotConvertedError(cause, "LibreOffice"))
            waiting = waiting[max(last + 1, 1) :]

    def _start(self, sources: Sequence[Source], stop: Event) -> tuple[dict[int, bytes], bool]:
        """The whole Word files of one start by the place of their source, and whether it had to be stopped."""
        if self._program is None:
            return {}, False
        inputs = [(FORMATS[kind], source.data) for source in sources if (kind := kind_of(source)) is not None]
        try:
            made = convert(self._program, inputs, self._limits, stop)
        except OSError as error:
            raise ReadError("unreadable_io", f"LibreOffice: {error.strerror or type(error).__name__}") from error
        return {place: data for place, data in made.files.items() if self._is_whole(data)}, made.overdue

    def _is_whole(self, data: bytes) -> bool:
        try:
            open_archive(data, self._limits)
        except ReadError:
            return False
        return True

    def _refuse(self, sources: Sequence[Source], error: NotConvertedError) -> None:
        self._prepared.update({source.sha256: error for source in sources})


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

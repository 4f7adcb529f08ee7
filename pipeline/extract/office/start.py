"""One start of LibreOffice over several files: in a folder of its own, under limits, and never outliving this process.

LibreOffice has no time limit of its own, ends with status 0 where it made nothing, and may end in the middle of a
batch. So only the files that it left are believed, and what came of each is told in the order in which it works.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from pipeline.extract.office.profile import environment, write_profile
from pipeline.settings import Limits

_LOOK_AGAIN = 0.05  # seconds
_BLOCK = 512  # bytes, the unit of `ulimit -f`
_KIB = 1024
# The shell becomes LibreOffice. What it leaves in the background waits for the end of a pipe that this process holds
# open: if this process dies, however it dies, the private folder and the whole group go with it.
_SHELL = """
ulimit -c 0; ulimit -f "$1"; ulimit -v "$2"; ulimit -t "$3"; folder=$4; shift 4
exec 3<&0 </dev/null
{ read -r _; rm -rf -- "$folder"; kill -KILL 0; } <&3 &
exec 3<&-
exec "$@"
"""


@dataclass(frozen=True, slots=True)
class Made:
    """What a start left: the Word file of each input by its place, and whether it was stopped at the time limit."""

    files: dict[int, bytes]
    overdue: bool


def convert(program: str, inputs: Sequence[tuple[str, bytes]], limits: Limits, stop: Event) -> Made:
    """Converts files, each given by its extension (`doc`) and its bytes, to DOCX in one start of LibreOffice.

    Ends at the time limit, when too much was written, and when `stop` is set. Raises OSError where the private folder
    cannot be written or the program cannot be started.
    """
    with tempfile.TemporaryDirectory(prefix="kehoach-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for part in ("in", "out", "home"):
            (folder / part).mkdir()
        write_profile(folder / "profile")
        paths = []
        for number, (extension, data) in enumerate(inputs):
            paths.append(folder / "in" / f"{number:04d}.{extension}")
            paths[-1].write_bytes(data)
        overdue = _run(program, folder, paths, limits, stop)
        return Made(_collected(folder / "out", len(inputs), limits), overdue)


def _run(program: str, folder: Path, paths: Sequence[Path], limits: Limits, stop: Event) -> bool:
    """Runs LibreOffice until it ends by itself (False) or must be stopped (True)."""
    command = [
        program, "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to", "docx", "--outdir", str(folder / "out"), *map(str, paths),
    ]  # fmt: skip
    with _started(command, folder, len(paths), limits) as process:
        seen, last = 0, time.monotonic()
        while not _ended(process):
            count, written = _written(folder / "out")
            if count != seen:
                seen, last = count, time.monotonic()
            if stop.is_set() or written > limits.unpacked_bytes or time.monotonic() - last > limits.office_seconds:
                return True
    return False


@contextmanager
def _started(command: Sequence[str], folder: Path, files: int, limits: Limits) -> Iterator[subprocess.Popen[bytes]]:
    """The running program, leader of a process group that is killed whole at the end, whatever happened."""
    lifeline, held = os.pipe()
    blocks, kibibytes = limits.file_bytes // _BLOCK, limits.office_memory_bytes // _KIB
    seconds = limits.office_seconds * (files + 1)
    arguments = [str(number) for number in (blocks, kibibytes, seconds)]
    try:
        process = subprocess.Popen(
            ["/bin/sh", "-c", _SHELL, "sh", *arguments, str(folder), *command],
            cwd=folder, env=environment(folder / "home"), start_new_session=True,
            stdin=lifeline, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    finally:
        os.close(lifeline)
        os.close(held)


def _ended(process: subprocess.Popen[bytes]) -> bool:
    with suppress(subprocess.TimeoutExpired):
        process.wait(_LOOK_AGAIN)
    return process.returncode is not None


def _written(folder: Path) -> tuple[int, int]:
    """How many files there are, and their bytes in all; a file may go while it is looked at."""
    count, size = 0, 0
    with os.scandir(folder) as entries:
        for entry in entries:
            with suppress(FileNotFoundError):
                count, size = count + 1, size + entry.stat(follow_symlinks=False).st_size
    return count, size


def _collected(folder: Path, count: int, limits: Limits) -> dict[int, bytes]:
    """The files that were made, by the place of their input, as long as they are within the limits together."""
    found: dict[int, bytes] = {}
    room = limits.unpacked_bytes
    for number in range(count):
        path = folder / f"{number:04d}.docx"
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= room:
            found[number] = path.read_bytes()
            room -= len(found[number])
    return found

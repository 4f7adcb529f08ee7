"""Reads a folder as `kehoach run` does, in a process that may take only so much memory and time, and may not call out.

The test of the corpus starts it: `read_inbox.py INBOX OUT REPORT`. What it tells while it reads is `--log json`.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

from pipeline.batch import run_folder
from pipeline.cli.progress import JsonLines
from pipeline.settings import Limits, Settings

ADDRESS_SPACE, CPU_SECONDS, FILE_BYTES = 3 * 1024**3, 240, 512 * 1024**2
OFFICE_SECONDS = 15  # a file at which LibreOffice hangs costs no more


def main(inbox: Path, out: Path, report: Path) -> None:
    """Runs, and leaves the calls for the network and the memory that was used at most (KiB)."""
    calls: list[str] = []

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request"):
            calls.append(f"{event} {arguments[-1]}")
            raise PermissionError(f"no network: {event}")

    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(watch)
    run_folder(inbox, out, Settings(limits=Limits(office_seconds=OFFICE_SECONDS)), report=JsonLines())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    report.write_text(json.dumps({"calls": calls, "peak_kib": peak}))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))

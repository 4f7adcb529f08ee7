"""How long a folder of old Word files takes, against as many single starts of LibreOffice.

    python benchmarks/bench_office.py [FILE.doc ...] [--count 50]

Wall time. The folder holds COUNT files, copies of the given ones that differ in a byte; it is read by `kehoach run` as a
user calls it, with the start of Python and the making of tables and workbook. The single starts only convert, with a
profile that is already there; half of them run before and half after the folder, so that a busy machine slows both.
Without files: ../shared/rebuilt/*.doc where that folder is there, else the .docx below data/raw, saved as .doc first.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from pipeline.extract import Office
from pipeline.settings import Limits

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "rebuilt"


def convert(program: str, profile: Path, to: str, out: Path, *files: Path) -> None:
    """One start of LibreOffice as anybody would call it."""
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", to, "--outdir", str(out)]
    subprocess.run([*command, *map(str, files)], capture_output=True, check=True, timeout=300)


def originals(program: str, given: Sequence[Path], folder: Path) -> list[Path]:
    files = list(given) or sorted(SHARED.glob("*.doc"))
    if not files:
        convert(program, folder / "profile", "doc", folder / "doc", *sorted((ROOT / "data" / "raw").rglob("*.docx")))
        files = sorted((folder / "doc").glob("*.doc"))
    return files


def filled(inbox: Path, files: Sequence[Path], count: int) -> list[Path]:
    """COUNT files of other bytes each; what follows a Word file's last sector changes nothing in it."""
    inbox.mkdir()
    made = []
    for number in range(count):
        file = files[number % len(files)]
        made.append(inbox / f"{number:04d}-{file.name}")
        made[-1].write_bytes(file.read_bytes() + str(number).encode())
    return made


def seconds_single(program: str, profile: Path, out: Path, files: Sequence[Path]) -> float:
    began = time.monotonic()
    for file in files:
        convert(program, profile, "docx", out, file)
    return time.monotonic() - began


def seconds_folder(inbox: Path, out: Path) -> float:
    began = time.monotonic()
    command = [sys.executable, "-m", "pipeline.cli", "run", str(inbox), "--out", str(out), "--quiet"]
    done = subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.DEVNULL)
    if done.returncode not in (0, 10):
        sys.exit(f"kehoach run: status {done.returncode}")
    return time.monotonic() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--count", type=int, default=50)
    options = parser.parse_args()
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None or not Office(Limits()).works:
        print("LibreOffice Writer is not installed: nothing to measure")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = filled(folder / "inbox", originals(program, options.files, folder), options.count)
        convert(program, folder / "profile", "docx", folder / "out", files[0])  # makes the profile
        half = len(files) // 2
        single = seconds_single(program, folder / "profile", folder / "out", files[:half])
        together = seconds_folder(folder / "inbox", folder / "results")
        single += seconds_single(program, folder / "profile", folder / "out", files[half:])
    each = single / len(files)
    print(f"{len(files)} files: single starts {single:.1f} s ({each:.2f} s each), kehoach run {together:.1f} s")
    print(f"ratio {single / together:.1f}")


if __name__ == "__main__":
    main()

"""What the program did with each sample, as a person reads it: outline, mentions, findings. Golden, not gold.

A change here is to be read and judged, then written with `KEHOACH_REVIEWED=1 pytest tests/test_golden.py`; a run that writes is never green.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from pipeline.cli import main

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden"
SCANS = {path.stem for path in (ROOT / "tests" / "gold").glob("*.json") if json.loads(path.read_text(encoding="utf-8")).get("scanned")}
SAMPLES = sorted(path for path in (ROOT / "data" / "raw").rglob("*") if path.is_file() and path.stem not in SCANS)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_read_as_they_were_reviewed(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(path)]) == 0
    shown = capsys.readouterr().out
    golden = GOLDEN / f"{path.stem}.txt"
    if os.environ.get("KEHOACH_REVIEWED") == "1":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(shown, encoding="utf-8")
        pytest.fail(f"written, to be read: {golden.name}")
    assert shown == golden.read_text(encoding="utf-8")

"""Make the sample plans below `data/raw` and their gold in `tests/gold` from the data in `scripts/samples/plans`.

    python scripts/make_samples.py

To add a plan, write one more TOML file beside the others: `file` (its place below data/raw; the suffix chooses the
format), `[head]`, `body`, `[tail]`, `[render]` for the faults of its format, `[render.scan]` where its pages are pictures,
and `[gold]` for what no tag can say. How the body is written stands in `samples/plan.py`, the tags in
`samples/markup.py`, the fields of a scan in `samples/scan.py`, the conventions of gold in `samples/gold.py`. Gold is
written by hand in that file, never taken from the program. Running twice gives equal bytes.
"""

from __future__ import annotations

import json
from pathlib import Path

from samples.gold import build
from samples.plan import Plan, load_all
from samples.portable import render_pdf
from samples.scan_files import render_scan
from samples.text import render_md, render_txt
from samples.word import render_docx

ROOT = Path(__file__).resolve().parent.parent
PLANS = Path(__file__).resolve().parent / "samples" / "plans"
RENDERERS = {".txt": render_txt, ".md": render_md, ".docx": render_docx, ".pdf": render_pdf}


def render(plan: Plan) -> bytes:
    """The published bytes of a plan, in the format of its file's suffix; `[render.scan]` makes it a scan."""
    if "scan" in plan.render:
        return render_scan(plan)
    return RENDERERS[Path(plan.file).suffix](plan)


def gold_text(plan: Plan) -> str:
    """The gold of a plan as it is kept in its file."""
    return json.dumps(build(plan), ensure_ascii=False, indent=1) + "\n"


def outputs() -> dict[Path, bytes]:
    """Every file this script makes, by its path below the project."""
    files: dict[Path, bytes] = {}
    for plan in load_all(PLANS):
        files[Path("data/raw") / plan.file] = render(plan)
        files[Path("tests/gold") / f"{plan.stem}.json"] = gold_text(plan).encode()
    return files


def main() -> None:
    """Write all files."""
    for path, data in outputs().items():
        target = ROOT / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


if __name__ == "__main__":
    main()

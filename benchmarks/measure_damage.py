"""How far each measure falls when sound texts are made worse in known ways. Status 1 where the mild level costs too much.

    python benchmarks/measure_damage.py [TEXTS GOLD ...] [--only NAME ...] [--level LEVEL ...] [--seeds N] [--misses]

TEXTS is a folder of .txt files, GOLD a folder of gold of the same names; without them the project's own samples and texts
serve (`data/raw`, `tests/gold`): text files as they are, the others as the text that is read from them. Figures are points
of strict F1 (recall where gold is a sample): the sound texts first, then what each damage costs. `page_true` in
`damage.py` says what of the damage is the page's own and not held against the reader.
"""

from __future__ import annotations

import argparse
import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from damage import CHANGES_WORDING, DAMAGES, LEVELS, Level, damaged, page_true

from pipeline.evaluate import Evaluation, evaluate, headline, read_gold
from pipeline.flow import Kit, make_kit, read_stages
from pipeline.values import Source

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (ROOT / "data" / "raw", ROOT / "tests" / "gold" / "texts")
MOST_POINTS = 10.0
"""What no measure may lose at the mild level."""
# Groups, not each of their fields: a field of which there are twenty jumps by five points.
MEASURES = (
    "header", "sections", "sections.role", "references", "references.number", "references.date", "dates", "units", "tasks",
    "tasks.assignees", "tasks.deadline", "assignees", "signers", "recipients.count", "findings",
)  # fmt: skip


@dataclass(frozen=True)
class Sound:
    """A sound text with its gold."""

    name: str
    text: str
    gold: dict[str, Any]


def own_samples(kit: Kit) -> Iterator[Sound]:
    """The project's samples that are no scans, and its texts."""
    for path in sorted((ROOT / "tests" / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold.get("scanned"):
            continue
        file = next(p for folder in FOLDERS if (p := folder / gold["file"]).exists())
        data = file.read_bytes()
        stages = read_stages(Source(file.name, data), kit)
        as_it_is = file.suffix in (".txt", ".md") and (stages.extracted.encoding or "").startswith("utf-8")
        text = data.decode("utf-8-sig").replace("\r\n", "\n") if as_it_is else stages.normal.text
        yield Sound(path.stem, unicodedata.normalize("NFC", text), gold)


def samples_of(texts: Path, golds: Path) -> Iterator[Sound]:
    """Texts and gold of the same names."""
    for path in sorted(golds.glob("*.json")):
        file = texts / f"{path.stem}.txt"
        if file.exists():
            text = unicodedata.normalize("NFC", file.read_text(encoding="utf-8-sig"))
            yield Sound(path.stem, text, json.loads(path.read_text(encoding="utf-8")))


def read(samples: Iterable[Sound], kit: Kit) -> Evaluation:
    """Every text read and held against its gold."""
    return evaluate(
        (s.name, read_stages(Source(f"{s.name}.txt", s.text.encode()), kit).record, read_gold(json.dumps(s.gold).encode()))
        for s in samples
    )


def worsened(samples: Iterable[Sound], name: str, level: Level, seeds: int) -> Iterator[Sound]:
    """The samples under one damage, once for each seed."""
    for sample in samples:
        for seed in range(seeds):
            pieces = damaged(sample.text, name, level, seed)
            gold = page_true(sample.gold, sample.text, pieces) if name in CHANGES_WORDING else sample.gold
            yield Sound(f"{sample.name} {seed}", "".join(pieces), gold)


def points(evaluation: Evaluation) -> dict[str, float]:
    """The headline of each measure in points."""
    found = {name: headline(score) for name, score in evaluation.measures.items() if name in MEASURES}
    return {name: 100 * figure for name, figure in found.items() if figure is not None}


def report(sound: dict[str, float], falls: dict[tuple[str, Level], dict[str, float]]) -> Iterator[str]:
    """The table: a line for each damage and level, a column for each measure."""
    names = [name for name in MEASURES if name in sound]
    titles = " ".join(f"{name.replace('references', 'refs').replace('sections.', '')[:9]:>9}" for name in names)
    yield f"{'':<16} {titles}"
    yield f"{'sound':<16} " + " ".join(f"{sound[name]:9.1f}" for name in names)
    for (damage, level), fall in falls.items():
        yield f"{damage + ' ' + level:<16} " + " ".join(f"{-fall.get(name, 0.0):9.1f}" for name in names)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, help="pairs of a folder of texts and a folder of gold")
    parser.add_argument("--only", nargs="+", choices=tuple(DAMAGES), default=tuple(DAMAGES))
    parser.add_argument("--level", nargs="+", choices=LEVELS, default=LEVELS)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--misses", action="store_true", help="list the errors that the sound texts do not have")
    args = parser.parse_args()
    kit = make_kit()
    pairs = list(zip(args.folders[::2], args.folders[1::2], strict=True))
    samples = [s for texts, golds in pairs for s in samples_of(texts, golds)] if pairs else list(own_samples(kit))
    before = read(samples, kit)
    sound, falls = points(before), {}
    known = {(e.document, e.measure, e.expected, e.found) for e in before.errors}
    for damage in args.only:
        for level in args.level:
            after = read(worsened(samples, damage, level, args.seeds), kit)
            now = points(after)
            falls[damage, level] = {name: sound[name] - now.get(name, 0.0) for name in sound}
            if args.misses:
                print_new_errors(after, known, f"{damage} {level}")
    print("\n".join(report(sound, falls)))
    worst = [(d, name, fall) for (d, level), found in falls.items() if level == "mild" for name, fall in found.items()]
    bad = [f"{damage}: {name} falls by {fall:.1f}" for damage, name, fall in worst if fall > MOST_POINTS]
    print("\n".join(bad) or f"no measure falls by more than {MOST_POINTS:.0f} points at the mild level")
    return 1 if bad else 0


def print_new_errors(after: Evaluation, known: set[tuple[str, str, str | None, str | None]], title: str) -> None:
    for e in after.errors:
        if (e.document.rpartition(" ")[0], e.measure, e.expected, e.found) not in known:
            print(f"{title} | {e.document[:24]} | {e.measure} {e.verdict} | {e.expected} | {e.found}")


if __name__ == "__main__":
    sys.exit(main())

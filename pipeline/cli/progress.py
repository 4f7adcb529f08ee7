"""Tells how a run goes: a bar for a person at a terminal, a line a file for a log, JSON lines for a nightly job."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from pipeline.batch import Reporter
from pipeline.batch.summary import Silent
from pipeline.cli.terminal import is_terminal
from pipeline.knowledge import Knowledge
from pipeline.knowledge.causes import Language, cause_named
from pipeline.knowledge.ui import Words
from pipeline.show.paint import visible
from pipeline.values import FileEntry

_NAME = 40  # columns for the current file beside the bar


@dataclass(frozen=True, slots=True)
class Explanation:
    """What happened to a file, about what, and what to do: each one harmless line, the detail maybe empty."""

    message: str
    detail: str
    hint: str


Explain = Callable[[FileEntry], Explanation]


def explainer(knowledge: Knowledge, words: Words) -> Explain:
    """Explains entries by the causes table; one without a cause is one whose findings a person must look at."""

    def explain(entry: FileEntry) -> Explanation:
        if entry.cause is None:
            return Explanation(words("look_message"), "", words("look_hint"))
        cause = cause_named(knowledge, entry.cause)
        return Explanation(visible(cause.message(words.lang)), visible(entry.detail), visible(cause.hint(words.lang)))

    return explain


@contextmanager
def reporter_for(log: str, quiet: bool, words: Words, explain: Explain) -> Iterator[Reporter]:
    """The reporter that fits how the command was called and where its output goes."""
    if log == "json":
        yield JsonLines()
    elif quiet:
        yield Silent()
    elif is_terminal(sys.stderr):
        with Bar(words, explain) as bar:
            yield bar
    else:
        yield Lines(words, explain)


class Lines(Silent):
    """A plain line a file on standard output."""

    def __init__(self, words: Words, explain: Explain) -> None:
        self._words = words
        self._explain = explain
        self._total = 0
        self._count = 0

    def started(self, total: int) -> None:
        """Tells how many files there are."""
        self._total = total

    def found(self, more: int) -> None:
        """Counts the files of a container too."""
        self._total += more

    def done(self, entry: FileEntry, seconds: float) -> None:
        """Tells count, state, path and time of a file, and what is wrong with it."""
        self._count += 1
        state = self._words("reused_state" if entry.reused else f"state_{entry.state}")
        print(f"[{self._count}/{self._total}] {state}: {_about(entry, seconds, self._words, self._explain)}", flush=True)

    def duplicate(self, entry: FileEntry) -> None:
        """Tells of a duplicate that was seen only when all files were read."""
        print(f"{self._words('state_duplicate')}: {_about(entry, 0.0, self._words, self._explain)}", flush=True)

    def writing(self) -> None:
        """Tells that the files are done."""
        print(self._words("writing"), flush=True)


class Bar(Silent):
    """A bar with count, time left and the current file; files that need a person are told above it."""

    def __init__(self, words: Words, explain: Explain) -> None:
        self._words = words
        self._explain = explain
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[file]}", markup=False),
            console=Console(stderr=True, highlight=False),
            transient=True,
        )
        self._task = self._progress.add_task(words("reading"), total=None, file="")
        self._total = 0

    def __enter__(self) -> Bar:
        """Shows the bar."""
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Takes the bar away."""
        self._progress.stop()

    def started(self, total: int) -> None:
        """Knows the bar's length."""
        self._total = total
        self._progress.update(self._task, total=total)

    def found(self, more: int) -> None:
        """The bar grows by the files of a container."""
        self._total += more
        self._progress.update(self._task, total=self._total)

    def begun(self, path: str) -> None:
        """Shows the current file."""
        shown = visible(path)
        self._progress.update(self._task, file=shown if len(shown) <= _NAME else f"…{shown[1 - _NAME :]}")

    def done(self, entry: FileEntry, seconds: float) -> None:
        """Goes one step on."""
        self._progress.advance(self._task)
        if entry.state in ("failed", "needs_person"):
            about = _about(entry, 0.0, self._words, self._explain)
            self._progress.console.print(f"{self._words(f'state_{entry.state}')}: {about}", markup=False, soft_wrap=True)

    def writing(self) -> None:
        """Shows that the workbook is being made."""
        self._progress.update(self._task, description=self._words("writing"), file="")


class JsonLines:
    """One JSON object a line on standard output."""

    def started(self, total: int) -> None:
        """The number of files received."""
        tell("started", total=total)

    def found(self, more: int) -> None:
        """The number of files received in a container."""
        tell("found", more=more)

    def begun(self, path: str) -> None:
        """The file that a killed run stood at."""
        tell("begun", path=path)

    def done(self, entry: FileEntry, seconds: float) -> None:
        """All that is known of a finished file."""
        tell("file", **entry_facts(entry), seconds=round(seconds, 3))

    def duplicate(self, entry: FileEntry) -> None:
        """A file told as read that is the same text as another."""
        tell("duplicate", **entry_facts(entry))

    def writing(self) -> None:
        """Tables and workbook begin."""
        tell("writing")


def tell(event: str, **facts: Any) -> None:
    """Prints one event as a line of JSON, with the time in UTC."""
    time = datetime.now(UTC).isoformat(timespec="milliseconds")
    print(json.dumps({"time": time, "event": event, **facts}, ensure_ascii=False), flush=True)


def entry_facts(entry: FileEntry) -> dict[str, Any]:
    """An entry's facts that tell something."""
    facts = {
        "path": entry.path,
        "state": entry.state,
        "plan_id": entry.plan_id,
        "cause": entry.cause,
        "detail": entry.detail,
        "duplicate_of": entry.duplicate_of,
        "inside": entry.inside,
        "reused": entry.reused,
    }
    return {name: value for name, value in facts.items() if value or name == "state"}


def seconds_text(seconds: float, lang: Language) -> str:
    """Seconds with one decimal place, with a comma in Vietnamese."""
    text = f"{seconds:.1f}"
    return text if lang == "en" else text.replace(".", ",")


def _about(entry: FileEntry, seconds: float, words: Words, explain: Explain) -> str:
    about = visible(entry.path)
    if seconds:
        about += f" ({words('seconds', seconds=seconds_text(seconds, words.lang))})"
    if entry.duplicate_of:
        about += f" — {words('same_as', path=visible(entry.duplicate_of))}"
    if entry.state in ("failed", "needs_person"):
        told = explain(entry)
        about += f" — {told.message} ({told.detail})" if told.detail else f" — {told.message}"
    return about

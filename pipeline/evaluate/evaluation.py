"""Records held against gold: a score for each field, over all values and document by document, and every error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from models import PlanRecord
from pipeline.evaluate.gold import Gold
from pipeline.evaluate.items import GROUPS, MEASURES, NOWHERE, Item, Place
from pipeline.evaluate.matching import Pair, paired
from pipeline.evaluate.recorded import items_of
from pipeline.evaluate.scores import Score, Verdict, summed, verdict
from pipeline.evaluate.wanted import Wanted, wanted
from pipeline.knowledge.text import fold


@dataclass(frozen=True, slots=True)
class Error:
    """One thing that is not as gold has it: what was expected, what was found, and where it stands or should stand."""

    document: str
    measure: str
    verdict: Verdict
    expected: str | None
    found: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """One document: scores by measure and its errors in the order of the measures."""

    document: str
    scores: Mapping[str, Score]
    errors: tuple[Error, ...]

    @property
    def total(self) -> Score:
        """All measures together."""
        return summed(self.scores.values())


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All documents that have both a record and gold."""

    documents: tuple[DocumentScore, ...]

    @property
    def measures(self) -> dict[str, Score]:
        """Every measure over all values of all documents, groups before their fields."""
        found: dict[str, Score] = {}
        for group, names in _rows():
            score = summed(document.scores[name] for document in self.documents for name in names if name in document.scores)
            if any(name in document.scores for document in self.documents for name in names):
                found[group] = score
        return found

    def flawless(self, measure: str) -> tuple[int, int]:
        """In how many documents a measure or group is wholly right, and how many have it."""
        names = GROUPS.get(measure, (measure,))
        held = [document for document in self.documents if any(name in document.scores for name in names)]
        right = [d for d in held if all(d.scores[name].flawless for name in names if name in d.scores)]
        return len(right), len(held)

    def mean_f1(self, measure: str) -> float | None:
        """The mean over documents of a measure's strict F1 (its recall where the gold is a sample)."""
        names = GROUPS.get(measure, (measure,))
        sums = [summed(d.scores[name] for name in names if name in d.scores) for d in self.documents]
        figures = [figure for score in sums if (figure := headline(score)) is not None]
        return sum(figures) / len(figures) if figures else None

    @property
    def errors(self) -> Iterator[Error]:
        """Every error, document by document."""
        for document in self.documents:
            yield from document.errors


def headline(score: Score) -> float | None:
    """The one figure of a score: strict F1, or recall where no gold lists everything; None where nothing was wanted."""
    f1 = score.f1()
    return score.recall() if f1 is None else f1


def evaluate(pairs: Iterable[tuple[str, PlanRecord, Gold]]) -> Evaluation:
    """Holds records against their gold; each comes with the name by which people know the document."""
    return Evaluation(tuple(score_document(name, record, gold) for name, record, gold in pairs))


def score_document(name: str, record: PlanRecord, gold: Gold) -> DocumentScore:
    """One record against its gold."""
    asked, found = wanted(gold), items_of(record)
    counter = _Counter(name, record, asked)
    for measure in MEASURES:
        if measure in asked.items:
            counter.measure(measure, asked.items[measure], found.get(measure, []))
    order = {measure: at for at, measure in enumerate(MEASURES)}
    errors = sorted(counter.errors, key=lambda error: order[error.measure])
    return DocumentScore(name, counter.scores, tuple(errors))


class _Counter:
    """Counts the pairs of one document and remembers what is wrong."""

    def __init__(self, document: str, record: PlanRecord, asked: Wanted) -> None:
        self.document = document
        self.record = record
        self.asked = asked
        self.scores: dict[str, Score] = {}
        self.errors: list[Error] = []
        self._folded = fold(record.text)

    def measure(self, measure: str, want: list[Item], got: list[Item]) -> None:
        complete = measure in self.asked.complete
        score = self.scores.setdefault(measure, Score())
        score.judged = score.judged or complete
        for pair in paired(want, got):
            if pair.want is None and pair.got is not None and (not complete or self.asked.excused(pair.got)):
                continue
            score.count(pair)
            self._note(measure, pair)
            self._parts(pair)

    def _parts(self, pair: Pair) -> None:
        """The parts of a pair; what the gold does not say is held against the record only where it would have said it."""
        want = pair.want.parts if pair.want else ()
        got = pair.got.parts if pair.got else ()
        told = {part.measure for part in want}
        by_name = pair.want is not None and pair.want.framed  # the year in a law's name may be told as its date or not
        untold = _IF_TOLD | {"references.date"} if by_name else _IF_TOLD
        for measure in dict.fromkeys(part.measure for part in (*want, *got)):
            if measure not in _SCORED or (measure in untold and measure not in told):
                continue
            score = self.scores.setdefault(measure, Score(judged=True))
            for part in paired(_of(measure, want), _of(measure, got)):
                score.count(part)
                self._note(measure, part)

    def _note(self, measure: str, pair: Pair) -> None:
        outcome = verdict(pair, "strict")
        if outcome == "right":
            return
        if outcome == "wrong" and verdict(pair, "partial") == "partly":
            outcome = "partly"
        expected = pair.want.shown if pair.want else None
        found = pair.got.shown if pair.got else None
        place = pair.got.place if pair.got else self._place(expected or "")
        self.errors.append(Error(self.document, measure, outcome, expected, found, place))

    def _place(self, wording: str) -> Place:
        """Where a missed wording stands in the text, if it stands there once as printed."""
        folded = fold(" ".join(wording.split()))
        start = self._folded.find(folded) if folded else -1
        if start < 0 or self._folded.find(folded, start + 1) >= 0:
            return NOWHERE
        page = next((page.number for page in self.record.pages if page.start <= start < page.end), None)
        return Place(page, start, start + len(folded))


_SCORED = frozenset(MEASURES)
_IF_TOLD = frozenset({"sections.role", "references.issuer"})


def _of(measure: str, parts: Iterable[Item]) -> list[Item]:
    return [part for part in parts if part.measure == measure]


def _rows() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Groups and measures in the order of the table, each with the measures that it sums."""
    begun: set[str] = set()
    for measure in MEASURES:
        group = next((name for name, members in GROUPS.items() if measure in members), None)
        if group and group not in begun:
            begun.add(group)
            yield group, GROUPS[group]
        yield measure, (measure,)

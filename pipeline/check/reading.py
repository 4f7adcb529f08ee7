"""Values that were read from a picture without being sure of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from models import PlanRecord
from pipeline.check.found import Found
from pipeline.values import Span

# The fields of the header that a clerk enters into the register.
_FIELDS = ("number", "issue_date", "issuer", "title")


def check_doubts(record: PlanRecord, doubts: Sequence[Span]) -> Iterator[Found]:
    """A finding for each value that a doubtful word touches: head, signer, cited documents, deadlines."""
    ordered = sorted(doubts)
    for value in _values(record) if doubts else ():
        last = bisect_left(ordered, value.end, key=attrgetter("start")) - 1  # words lie apart: no earlier one reaches further
        if last >= 0 and ordered[last].end > value.start:
            text = " ".join(record.text[value.start : value.end].split())
            yield Found("low_ocr_confidence", f"“{text}”", value.start, value.end)


def _values(record: PlanRecord) -> list[Span]:
    """The spans of the values, each once, in reading order."""
    evidence = [record.header.evidence[name] for name in _FIELDS if name in record.header.evidence]
    evidence += [signer.evidence for signer in record.closing.signers]
    spans = {Span(one.start, one.end) for one in evidence if one.start is not None and one.end is not None}
    spans.update(Span(one.start, one.end) for one in record.references if one.number)
    spans.update(Span(task.deadline.start, task.deadline.end) for task in record.tasks if task.deadline)
    return sorted(spans)

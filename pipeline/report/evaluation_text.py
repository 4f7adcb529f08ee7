"""Scores and errors for the terminal, and as tables for a file."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.evaluate import Error, Evaluation, Score, headline
from pipeline.evaluate.scores import SCHEMES
from pipeline.knowledge.columns import label
from pipeline.knowledge.ui import Words
from pipeline.report.plain_table import NOTHING, percent, safe, short, table
from pipeline.report.sheet_files import Row, Sheet

_NAME = 44
_VALUE = 160
_COUNTS = ("right", "wrong", "missed", "extra")


def render_evaluation(evaluation: Evaluation, words: Words, *, errors: bool = True) -> str:
    """The total table, a line for each document, and every error where asked, ending with a newline."""
    lines = [words("evaluate_title", count=len(evaluation.documents)), "", *_totals(evaluation, words)]
    lines += ["", words("evaluate_legend"), "", *_documents(evaluation, words)]
    if errors:
        lines += ["", *_errors(evaluation, words)]
    return "\n".join(lines) + "\n"


def _totals(evaluation: Evaluation, words: Words) -> Iterator[str]:
    names = ("wanted", *_COUNTS, "precision", "recall", "f1", "exact", "partial", "type", "mean", "flawless")
    head = [words("evaluate_field"), *(words(f"evaluate_{name}") for name in names)]
    rows = []
    for measure, score in evaluation.measures.items():
        right, held = evaluation.flawless(measure)
        counts = score.counts["strict"]
        figures = [score.precision(), score.recall(), score.f1(), *(_soft(score, s) for s in SCHEMES[1:])]
        rows.append([
            _measure_name(measure, words),
            str(counts.wanted), str(counts.right), str(counts.wrong), str(counts.missed), str(counts.extra),
            *(percent(figure, words.lang) for figure in (*figures, evaluation.mean_f1(measure))),
            f"{right}/{held}",
        ])  # fmt: skip
    yield from table(head, rows)


def _soft(score: Score, scheme: str) -> float | None:
    """F1 under a softer scheme, recall where no gold lists everything."""
    found = next(one for one in SCHEMES if one == scheme)
    f1 = score.f1(found)
    return score.recall(found) if f1 is None else f1


def _measure_name(measure: str, words: Words) -> str:
    """The field's name in the table, below its group or the thing it is part of."""
    name = label(words.knowledge, "measure", measure, words.lang)
    return f"  {name}" if "." in measure and not measure.endswith(".count") else name


def _documents(evaluation: Evaluation, words: Words) -> Iterator[str]:
    """The documents, those with most trouble first."""
    head = [words("evaluate_document"), *(words(f"evaluate_{name}") for name in ("wanted", *_COUNTS, "f1"))]
    rows = []
    for document in sorted(evaluation.documents, key=lambda one: (headline(one.total) or 0.0, one.document)):
        counts = document.total.counts["strict"]
        figures = (counts.wanted, counts.right, counts.wrong, counts.missed, counts.extra)
        figure = percent(headline(document.total), words.lang)
        rows.append([short(document.document, _NAME), *map(str, figures), figure])
    yield from table(head, rows)


def _errors(evaluation: Evaluation, words: Words) -> Iterator[str]:
    found = list(evaluation.errors)
    yield words("evaluate_errors", count=len(found)) if found else words("evaluate_no_errors")
    document = None
    for error in found:
        if error.document != document:
            document = error.document
            yield f"{safe(document)}:"
        yield f"  {_error_line(error, words)}"


def _error_line(error: Error, words: Words) -> str:
    what = label(words.knowledge, "verdict", error.verdict, words.lang)
    name = full_name(error.measure, words)
    expected = short(error.expected, _VALUE) if error.expected is not None else NOTHING
    found = short(error.found, _VALUE) if error.found is not None else NOTHING
    place = error.place
    where = "" if place.start is None else f" ({words('at_place', page=place.page or NOTHING, start=place.start)})"
    return f"{what} · {name}: {words('evaluate_expected', expected=expected, found=found)}{where}"


def full_name(measure: str, words: Words) -> str:
    """The field's name where it stands alone: `Văn bản viện dẫn, ngày`."""
    name, above = label(words.knowledge, "measure", measure, words.lang), measure.partition(".")[0]
    if above == measure or measure.endswith(".count"):
        return name
    return f"{label(words.knowledge, 'measure', above, words.lang)}, {name}"


def evaluation_sheets(evaluation: Evaluation, words: Words) -> list[Sheet]:
    """Totals, documents by field, and errors as tables."""
    totals = [_figures("", measure, score, words) for measure, score in evaluation.measures.items()]
    for row, measure in zip(totals, evaluation.measures, strict=True):
        right, held = evaluation.flawless(measure)
        row |= {"documents": held, "documents_right": right, "document_mean": evaluation.mean_f1(measure)}
    documents = [
        _figures(document.document, measure, score, words)
        for document in evaluation.documents
        for measure, score in document.scores.items()
    ]
    return [
        Sheet("danh_gia", words("sheet_totals"), totals),
        Sheet("danh_gia_tep", words("sheet_documents"), documents),
        Sheet("danh_gia_loi", words("sheet_errors"), [_error_row(error, words) for error in evaluation.errors]),
    ]


def _figures(document: str, measure: str, score: Score, words: Words) -> dict[str, str | int | float | None]:
    counts = score.counts["strict"]
    row: dict[str, str | int | float | None] = {
        "document": document or None,
        "field": measure,
        "field_name": full_name(measure, words),
        "wanted": counts.wanted,
        "right": counts.right,
        "wrong": counts.wrong,
        "missed": counts.missed,
        "extra": counts.extra,
    }
    for scheme in SCHEMES:
        row |= {
            f"{scheme}_precision": score.precision(scheme),
            f"{scheme}_recall": score.recall(scheme),
            f"{scheme}_f1": score.f1(scheme),
        }
    return row


def _error_row(error: Error, words: Words) -> Row:
    return {
        "document": error.document,
        "field": error.measure,
        "field_name": full_name(error.measure, words),
        "verdict": label(words.knowledge, "verdict", error.verdict, words.lang),
        "expected": error.expected,
        "found": error.found,
        "page": error.place.page,
        "start": error.place.start,
        "end": error.place.end,
    }

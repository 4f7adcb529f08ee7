"""How right records are (held against gold read by a person), and what changed between two runs over the same files."""

from pipeline.evaluate.changes import Change, FileChanges, Reading, RunChanges, compare_records, compare_runs
from pipeline.evaluate.evaluation import DocumentScore, Error, Evaluation, evaluate, headline, score_document
from pipeline.evaluate.gold import Gold, read_gold
from pipeline.evaluate.scores import SCHEMES, Score

__all__ = [
    "SCHEMES",
    "Change",
    "DocumentScore",
    "Error",
    "Evaluation",
    "FileChanges",
    "Gold",
    "Reading",
    "RunChanges",
    "Score",
    "compare_records",
    "compare_runs",
    "evaluate",
    "headline",
    "read_gold",
    "score_document",
]

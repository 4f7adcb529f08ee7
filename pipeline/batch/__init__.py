"""Many files: walk, skip, guard, sum up. One bad file never stops the others, and none is silently absent."""

from pipeline.batch.inbox import list_inbox
from pipeline.batch.run import run_folder
from pipeline.batch.summary import Reporter, RunSummary

__all__ = ["Reporter", "RunSummary", "list_inbox", "run_folder"]

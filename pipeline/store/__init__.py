"""Keeps results on disk: records one by one, the memory of earlier runs, and the lock of an output folder."""

from pipeline.store.ledger import RUN_FILE, Journal, Memory, RunFile, is_run_file, read_memory
from pipeline.store.lock import LOCK_FILE, locked
from pipeline.store.records import RecordFolder, record_json

__all__ = [
    "LOCK_FILE",
    "RUN_FILE",
    "Journal",
    "Memory",
    "RecordFolder",
    "RunFile",
    "is_run_file",
    "locked",
    "read_memory",
    "record_json",
]

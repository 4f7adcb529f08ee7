"""The house rules, held by reading the code: who may import whom, how long things may be, what a table must have."""

from __future__ import annotations

import ast
import csv
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import pipeline.knowledge
from pipeline.knowledge import Row, load_knowledge
from pipeline.knowledge.causes import Cause
from pipeline.knowledge.load import TABLES
from pipeline.knowledge.ui import UiMessage

ROOT = Path(__file__).parent.parent
SOURCES = sorted(path for folder in ("models", "pipeline") for path in (ROOT / folder).rglob("*.py"))
ALL_SOURCES = SOURCES + sorted(
    path for folder in ("tests", "scripts", "benchmarks") for path in (ROOT / folder).rglob("*.py")
)
LONGEST_FILE = 400
LONGEST_FUNCTION = 60

# Arrows only point down this list; rooms of one line never import one another.
LAYERS = (
    {"models"},
    {"errors", "values", "settings", "atomic"},
    {"knowledge"},
    {"extract", "normalize", "segment", "annotate", "assemble", "check"},
    {"store", "aggregate", "evaluate"},
    {"report", "show"},
    {"flow"},
    {"batch"},
    {"doctor"},
    {"review", "cli"},
)
MAY_IMPORT_EACH_OTHER = {"errors", "values", "settings", "atomic"}
HEAVY = {
    "pypdfium2": {"extract"}, "pdfplumber": {"extract"}, "pdfminer": {"extract"}, "lxml": {"extract"},
    "docx": {"extract"}, "olefile": {"extract"}, "spacy": {"annotate/nlp.py"}, "underthesea": {"annotate/nlp.py"},
    "pandas": {"aggregate", "report"}, "pyarrow": {"aggregate", "report"}, "xlsxwriter": {"report"},
    "matplotlib": {"report"}, "rich": {"cli"},
}  # fmt: skip
FORBIDDEN = {"pickle", "marshal", "shelve", "urllib", "http", "socket", "requests", "httpx"}
FORBIDDEN_CALLS = {"eval", "exec", "print"}
MAY_PRINT = {"cli"}


def named(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=[str(path.relative_to(ROOT)) for path in paths])


def room_of(path: Path) -> str:
    """`pipeline/extract/pdf.py` -> `extract`; `pipeline/flow.py` -> `flow`; `models/base.py` -> `models`."""
    parts = path.relative_to(ROOT).parts
    return "models" if parts[0] == "models" else parts[1].removesuffix(".py")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it; `from pipeline import x` counts as `pipeline.x`."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            module = node.module or ""
            yield from (f"{module}.{alias.name}" for alias in node.names) if module == "pipeline" else (module,)


def layer_of(room: str) -> int:
    return next(level for level, rooms in enumerate(LAYERS) if room in rooms)


def room_of_module(module: str) -> str | None:
    parts = module.split(".")
    if parts[0] == "models":
        return "models"
    return parts[1] if parts[0] == "pipeline" and len(parts) > 1 else None


@named([path for path in SOURCES if room_of(path) != "__init__"])
def test_imports_point_down(path: Path) -> None:
    room = room_of(path)
    for module in imports_of(path):
        other = room_of_module(module)
        if other is None or other == room or {room, other} <= MAY_IMPORT_EACH_OTHER:
            continue
        assert layer_of(other) < layer_of(room), f"{room} must not import {module}"


@named(SOURCES)
def test_heavy_libraries_have_one_room(path: Path) -> None:
    here = {room_of(path), "/".join(path.relative_to(ROOT / path.relative_to(ROOT).parts[0]).parts)}
    for module in imports_of(path):
        library = module.split(".")[0]
        assert library not in HEAVY or HEAVY[library] & here, f"{module} belongs in {HEAVY[library]}"
        assert library not in FORBIDDEN, f"{module} has no place here"


@named(ALL_SOURCES)
def test_files_and_functions_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < LONGEST_FILE
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"


@named(SOURCES)
def test_only_the_batch_catches_everything(path: Path) -> None:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ExceptHandler) and room_of(path) != "batch":
            caught = [node.type] if not isinstance(node.type, ast.Tuple) else node.type.elts
            names = {kind.id if isinstance(kind, ast.Name) else None for kind in caught if kind is not None}
            assert node.type is not None, f"line {node.lineno}: bare except"
            reraises = any(isinstance(inner, ast.Raise) and inner.exc is None for inner in ast.walk(node))
            assert not names & {"Exception", "BaseException"} or reraises, f"line {node.lineno}: broad except"


@named(SOURCES)
def test_no_forbidden_calls(path: Path) -> None:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS:
            assert node.func.id == "print" and room_of(path) in MAY_PRINT, f"line {node.lineno}: {node.func.id}()"


def test_there_is_no_room_for_odds_and_ends() -> None:
    assert not [path for path in SOURCES if path.stem in {"utils", "util", "helpers", "common", "misc"}]


# ------------------------------------------------------------------ knowledge


def row_types() -> dict[str, type[Row]]:
    """The row type of every table, found by importing the whole knowledge room."""
    found: dict[str, type[Row]] = {}
    for info in pkgutil.iter_modules(pipeline.knowledge.__path__, "pipeline.knowledge."):
        for _, kind in inspect.getmembers(importlib.import_module(info.name), inspect.isclass):
            if issubclass(kind, Row) and kind is not Row and kind.__module__ == info.name:
                assert found.setdefault(kind.TABLE, kind) is kind, f"two row types for {kind.TABLE}"
    return found


TABLE_FILES = sorted(TABLES.glob("*.csv"))


@pytest.mark.parametrize("table", [path.stem for path in TABLE_FILES])
def test_every_table_has_a_row_type_and_every_row_an_example(table: str) -> None:
    kinds = row_types()
    assert table in kinds, f"no row type reads {table}.csv"
    rows = load_knowledge().rows(kinds[table])
    assert rows, f"{table}.csv is empty"
    assert [row.id for row in rows if not row.examples] == []


@pytest.mark.parametrize("path", TABLE_FILES, ids=[path.stem for path in TABLE_FILES])
def test_ids_of_a_table_are_unique(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        ids = [row["id"] for row in csv.DictReader(stream)]
    assert sorted({one for one in ids if ids.count(one) > 1}) == []


def test_every_row_type_has_its_table() -> None:
    assert set(row_types()) == {path.stem for path in TABLE_FILES}


def test_every_cause_in_the_code_is_a_row_of_the_table_and_every_row_is_met() -> None:
    nodes = [node for path in SOURCES for node in ast.walk(tree_of(path))]
    raised = {
        node.args[0].value
        for node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args
        if node.func.id in {"ReadError", "KehoachError"} and isinstance(node.args[0], ast.Constant)
    }
    named_somewhere = {node.value for node in nodes if isinstance(node, ast.Constant)}
    rows = {cause.id for cause in load_knowledge().rows(Cause)}
    assert raised
    assert raised - rows == set()
    assert rows - named_somewhere == set()


def test_every_message_of_the_command_line_is_used() -> None:
    """By its whole id, or by a prefix such as `state_` that the code completes."""
    said = {
        node.value
        for path in SOURCES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    unused = {
        row.id
        for row in load_knowledge().rows(UiMessage)
        if row.id not in said and not any(row.id.startswith(prefix) for prefix in said if prefix.endswith("_"))
    }
    assert unused == set()

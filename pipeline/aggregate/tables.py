"""Records as tidy tables (pandas), and the tables as Parquet files and back."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from models import PlanRecord
from pipeline.aggregate.rows import Row, rows_of
from pipeline.aggregate.schema import TABLES, Columns
from pipeline.atomic import write_atomic

if TYPE_CHECKING:
    import pandas
    import pyarrow

_DTYPES = {
    "text": "str", "integer": "Int64", "number": "float64", "flag": "bool", "day": "datetime64[us]", "texts": "object",
    "integers": "object",
}  # fmt: skip


def make_tables(records: Iterable[PlanRecord]) -> dict[str, pandas.DataFrame]:
    """The tables of `schema.TABLES` (plans, sections, references, …), one row a thing, joined by `plan_id`.

    Rows stand in the order of `plan_id`, then of the text, whatever the order of the records; of records with the same
    `plan_id` the first by file name counts. Columns and their types are those of `schema.TABLES`, for no records too.
    """
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for record in _distinct(records):
        for name, more in rows_of(record).items():
            rows[name].extend(more)
    return {
        name: _frame(columns, {column: [row[column] for row in rows[name]] for column in columns})
        for name, columns in TABLES.items()
    }


def write_tables(tables: Mapping[str, pandas.DataFrame], folder: Path) -> None:
    """Write every table as `<name>.parquet`, each in one step; the same tables give the same bytes.

    Raises OSError where the folder cannot be made or written.
    """
    import pyarrow.parquet  # noqa: PLC0415 - half a second that only a run with results has to spend

    folder.mkdir(parents=True, exist_ok=True)
    for name, columns in TABLES.items():
        table = pyarrow.Table.from_pandas(tables[name], schema=_arrow_schema(columns), preserve_index=False)
        buffer = io.BytesIO()
        pyarrow.parquet.write_table(table, buffer, compression="zstd")
        write_atomic(folder / f"{name}.parquet", buffer.getvalue(), durable=True)


def read_tables(folder: Path) -> dict[str, pandas.DataFrame]:
    """The tables that `write_tables` left in a folder, with the same types. Raises OSError where one is missing."""
    import pyarrow.parquet  # noqa: PLC0415 - see write_tables

    return {
        name: _frame(columns, pyarrow.parquet.read_table(folder / f"{name}.parquet", partitioning=None).to_pydict())
        for name, columns in TABLES.items()
    }


def _distinct(records: Iterable[PlanRecord]) -> list[PlanRecord]:
    by_id: dict[str, PlanRecord] = {}
    for record in sorted(records, key=lambda record: (record.plan_id, record.source.file_name)):
        by_id.setdefault(record.plan_id, record)
    return list(by_id.values())


def _frame(columns: Columns, values: Mapping[str, list[object]]) -> pandas.DataFrame:
    import pandas  # noqa: PLC0415 - see write_tables

    return pandas.DataFrame(
        {name: pandas.Series(values[name], dtype=_DTYPES[kind]) for name, kind in columns.items()}
    )


def _arrow_schema(columns: Columns) -> pyarrow.Schema:
    import pyarrow  # noqa: PLC0415 - see write_tables

    types = {
        "text": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "flag": pyarrow.bool_(),
        "day": pyarrow.timestamp("us"),
        "texts": pyarrow.list_(pyarrow.string()),
        "integers": pyarrow.list_(pyarrow.int64()),
    }
    return pyarrow.schema([(name, types[kind]) for name, kind in columns.items()])

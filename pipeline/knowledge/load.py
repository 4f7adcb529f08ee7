"""Reads the knowledge tables: CSV files whose rows carry their own examples, into frozen rows of one type a table.

A row type names its table in `TABLE`; its fields are the table's columns. Cells hold plain text; a field of type
`tuple[str, ...]` is split at ` | `, `int`, `bool`, `date` and `| None` are converted, anything else is an error that
names file, line and column. The office may add rows in files of the same name in a folder of its own.

A register is an official list taken over whole: thousands of rows without examples, proven by what must hold throughout,
read as plain lines by the module that knows its columns. The office adds none to them.
"""

from __future__ import annotations

import csv
import hashlib
import types
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, TypeVar, Union, get_args, get_origin, get_type_hints

from pipeline.errors import ExitStatus, KehoachError

TABLES = Path(__file__).parent / "tables"
REGISTERS = Path(__file__).parent / "registers"
SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Row:
    """What every knowledge row has: an id, texts that it must match and texts that it must not match."""

    TABLE: ClassVar[str]
    id: str
    examples: tuple[str, ...]
    not_examples: tuple[str, ...]


R = TypeVar("R", bound=Row)


class Knowledge:
    """All tables of one run. Rows are read when first asked for; the fingerprint covers every table."""

    def __init__(self, extra: Path | None = None) -> None:
        self._folders = (TABLES,) if extra is None else (TABLES, extra)
        self._rows: dict[type[Row], tuple[Row, ...]] = {}
        self._derived: dict[Callable[[Knowledge], Any], Any] = {}
        self.fingerprint = _fingerprint((*self._folders, REGISTERS))

    def rows(self, row_type: type[R]) -> tuple[R, ...]:
        """The rows of one table, the built-in ones first; a later row with the same id replaces an earlier one.

        Raises KehoachError (status 78) where a table of the office's own is malformed.
        """
        if row_type not in self._rows:
            found: dict[str, R] = {}
            for folder in self._folders:
                for row in _read(folder / f"{row_type.TABLE}.csv", row_type):
                    found[row.id] = row
            self._rows[row_type] = tuple(found.values())
        return self._rows[row_type]  # type: ignore[return-value]

    def derived(self, make: Callable[[Knowledge], T]) -> T:
        """Something compiled from the tables (a matcher, an index), made once for these tables."""
        if make not in self._derived:
            self._derived[make] = make(self)
        return self._derived[make]  # type: ignore[no-any-return]


T = TypeVar("T")


@lru_cache(maxsize=8)
def load_knowledge(extra: Path | None = None) -> Knowledge:
    """The knowledge tables, with the office's own rows from the folder `extra` where given."""
    if extra is not None and not extra.is_dir():
        raise KehoachError("bad_knowledge", str(extra), status=ExitStatus.BAD_SETTINGS)
    return Knowledge(extra)


def register_lines(name: str) -> list[str]:
    """The lines of a register below its header; cells are parted by commas, none is quoted."""
    return (REGISTERS / f"{name}.csv").read_text(encoding="utf-8").splitlines()[1:]


def _fingerprint(folders: tuple[Path, ...]) -> str:
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.glob("*.csv")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _read(path: Path, row_type: type[R]) -> list[R]:
    if not path.exists():
        return []
    hints = get_type_hints(row_type)
    wanted = {f.name: hints[f.name] for f in fields(row_type)}
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        columns = [name for name in reader.fieldnames or [] if name != "source"]
        if set(columns) - set(wanted) or set(wanted) - set(columns):
            raise _malformed(path, 1, f"columns {columns}, wanted {sorted(wanted)}")
        rows = []
        for record in reader:
            values = {}
            for name, kind in wanted.items():
                try:
                    values[name] = _convert(record[name] or "", kind)
                except ValueError as error:
                    raise _malformed(path, reader.line_num, f"{name}: {error}") from error
            rows.append(row_type(**values))
    return rows


def _malformed(path: Path, line: int, why: str) -> KehoachError:
    return KehoachError("bad_knowledge", f"{path.name}:{line}: {why}", status=ExitStatus.BAD_SETTINGS)


def _convert(cell: str, kind: Any) -> Any:
    """One cell as the type its field asks for; raises ValueError where it cannot be."""
    cell = cell.strip()
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        return tuple(part.strip() for part in cell.split(SEPARATOR) if part.strip())
    if origin in (types.UnionType, Union):
        if cell == "":
            return None
        kind = next(k for k in inner if k is not types.NoneType)
    if kind is bool:
        if cell not in ("", "yes", "no"):
            raise ValueError(f"'{cell}' is neither yes nor no")
        return cell == "yes"
    if kind is int:
        return int(cell)
    if kind is date:
        return date.fromisoformat(cell)
    return cell

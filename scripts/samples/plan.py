"""A sample plan as data: what `plans/*.toml` holds, read into frozen values that the renderers and the gold share.

The body is written line by line, one paragraph a line (tags: see `markup.py`; ` // ` forces a line break):

    #1{muc_dich_yeu_cau} I. MỤC ĐÍCH, YÊU CẦU      a heading of level 1 with its role (`#2 …` where the role is open)
    #1{khac; marker=; title=CHỦ ĐỀ} CHỦ ĐỀ: …      marker and title where they are not "first word" and "the rest"
    #1{noi_dung; md=## **@**} II. NỘI DUNG         how Markdown shows this one heading (`@` is its text)
    ^ PHỤ LỤC                                       a centred bold line
    |= STT:8 | Nội dung:52 | Chủ trì:40             a table's header with column widths in percent
    | 1 | Ban hành kế hoạch | <who>Công an xã</who> a table row; a row of two cells spans the other columns (`Quý I`)
    anything else                                   a paragraph
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from samples.markup import Marked, parse

HEADING = re.compile(r"#(?P<level>\d)(?:\{(?P<options>[^}]*)\})?\s+(?P<text>.+)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as printed; `marker` and `title` are what gold says, without punctuation."""

    line: Marked
    level: int
    role: str | None
    marker: str | None
    title: str
    markdown: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or a numbered item; `centred` for the title lines of an appendix."""

    line: Marked
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table: header, column widths in percent, and rows of marked cells."""

    header: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[Marked, ...], ...]


Block = Heading | Paragraph | Table


@dataclass(frozen=True)
class Plan:
    """One sample: where it goes (`file`, below data/raw), what it says, how it is set, and what is true of it."""

    file: str
    issuer: tuple[str, ...]
    motto: tuple[str, ...]
    number: str
    dateline: Marked
    doc_type: str
    title: Marked
    body: tuple[Block, ...]
    recipients: tuple[str, ...]
    signature: tuple[str, ...]
    name: str
    digital: tuple[Marked, ...]
    appendix: tuple[Block, ...]
    before: tuple[Marked, ...]
    after: tuple[Marked, ...]
    render: dict[str, Any] = field(default_factory=dict)
    gold: dict[str, Any] = field(default_factory=dict)

    @property
    def stem(self) -> str:
        """The file's name without folder and suffix: the name of its gold."""
        return Path(self.file).stem

    def lines(self) -> list[Marked]:
        """All marked lines in reading order, table cells included."""
        found = [*self.before, self.dateline, self.title]
        for block in (*self.body, *self.appendix):
            if isinstance(block, Table):
                found += [cell for row in block.rows for cell in row]
            else:
                found.append(block.line)
        return [*found, *self.digital, *self.after]

    def content(self) -> str:
        """Everything that is printed, one line a paragraph, without tags."""
        tables = [cell for block in (*self.body, *self.appendix) if isinstance(block, Table) for cell in block.header]
        lines = [line.joined for line in self.lines()]
        head = [" ".join(self.issuer), *self.motto, self.number, self.doc_type]
        return "\n".join([*head, *lines, *tables, *self.recipients, *self.signature, self.name])


def read_heading(line: str) -> Heading:
    """A `#` line: its level, role and text; marker and title as written or by the convention of the gold."""
    found = HEADING.fullmatch(line)
    if not found:
        raise ValueError(f"not a heading: {line}")
    options = [part.strip() for part in (found["options"] or "").split(";")]
    named = dict(part.split("=", 1) for part in options if "=" in part)
    role = next((part for part in options if part and "=" not in part), None)
    text = parse(found["text"])
    first, _, rest = text.joined.partition(" ")
    marker = named.get("marker", first.rstrip(".)/:-"))
    title = named.get("title", rest if "marker" not in named or named["marker"] else text.joined)
    return Heading(text, int(found["level"]), role, marker or None, title.rstrip(" .:"), named.get("md"))


def cells(line: str) -> list[str]:
    """The cells of a table line, its outer bars dropped."""
    return [cell.strip() for cell in line.lstrip("|=").split("|")]


def read_table(lines: list[str]) -> Table:
    """A table from its `|=` header line and its `|` rows."""
    head = [cell.rpartition(":") for cell in cells(lines[0])]
    rows = tuple(tuple(parse(cell) for cell in cells(line)) for line in lines[1:])
    if any(len(row) not in {2, len(head)} for row in rows):
        raise ValueError(f"a row does not fit its table: {lines[0]}")
    return Table(tuple(name for name, _, _ in head), tuple(float(width) for _, _, width in head), rows)


def read_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a body, line by line."""
    blocks: list[Block] = []
    table: list[str] = []
    for line in [*(line.rstrip() for line in text.strip().splitlines()), ""]:
        if table and not line.startswith("| "):
            blocks.append(read_table(table))
            table = []
        if line.startswith("|"):
            table.append(line)
        elif line.startswith("#"):
            blocks.append(read_heading(line))
        elif line.startswith("^"):
            blocks.append(Paragraph(parse(line[1:].strip()), centred=True))
        elif line:
            blocks.append(Paragraph(parse(line)))
    return tuple(blocks)


def load(path: Path) -> Plan:
    """One plan from its TOML file. Raises MarkupError or ValueError where it is not well written."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    head, tail = data.get("head", {}), data.get("tail", {})
    return Plan(
        file=data["file"],
        issuer=tuple(head.get("issuer", ())),
        motto=tuple(head.get("motto", ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"))),
        number=head.get("number", ""),
        dateline=parse(head.get("dateline", "")),
        doc_type=head.get("type", "KẾ HOẠCH"),
        title=parse(head["title"]),
        body=read_blocks(data["body"]),
        recipients=tuple(tail.get("recipients", ())),
        signature=tuple(tail.get("signature", ())),
        name=tail.get("name", ""),
        digital=tuple(parse(line) for line in tail.get("digital", ())),
        appendix=read_blocks(data.get("appendix", "")),
        before=tuple(parse(line) for line in data.get("before", "").splitlines()),
        after=tuple(parse(line) for line in data.get("after", "").splitlines()),
        render=data.get("render", {}),
        gold=data.get("gold", {}),
    )


def load_all(folder: Path) -> list[Plan]:
    """All plans of a folder, in the order of their files' names."""
    return [load(path) for path in sorted(folder.glob("*.toml"))]

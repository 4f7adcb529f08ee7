"""A plan as received text: plain (with the marks that copying and portals leave) or Markdown.

`[render]` of a text plan: `encoding` (utf-8, utf-8-sig, utf-16, cp1258), `newline`, `wrap` (columns, 0 for none),
`gap` (blank line between paragraphs), `head` (columns, stacked, pipes), `tail` (columns, stacked), `table` (cells,
tabs), `motto_first`.
For Markdown: `headings`, the form of each level (`@` is the heading's text), and `bold` for the head and signature.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable

from samples.markup import BREAK, Marked, joined
from samples.plan import Block, Heading, Plan, Table

TONES = "\u0300\u0301\u0303\u0309\u0323"
HALF = 44


def windows_1258(text: str) -> bytes:
    """Windows-1258 bytes: letters with circumflex, breve or horn as one byte, the tone mark after its letter."""
    parts = []
    for letter in text:
        pieces = unicodedata.normalize("NFD", letter)
        base = "".join(piece for piece in pieces if piece not in TONES)
        tone = "".join(piece for piece in pieces if piece in TONES)
        parts.append(unicodedata.normalize("NFC", base) + tone)
    return "".join(parts).encode("cp1258")


def encode(text: str, encoding: str, newline: str) -> bytes:
    """The text as bytes; `utf-16` is little-endian with a byte order mark, as Windows writes it."""
    text = text.replace("\n", newline)
    if encoding == "cp1258":
        return windows_1258(text)
    if encoding == "utf-16":
        return b"\xff\xfe" + text.encode("utf-16-le")
    return text.encode(encoding)


def beside(left: list[str], right: list[str]) -> list[str]:
    """Two columns set beside each other with blanks, as a text export does."""
    rows = max(len(left), len(right))
    left, right = left + [""] * (rows - len(left)), right + [""] * (rows - len(right))
    return [f"{a:<{HALF}}{b}".rstrip() for a, b in zip(left, right, strict=True)]


def letterhead(plan: Plan) -> list[str]:
    """The lines above the title, in the form that `[render] head` names."""
    form = plan.render.get("head", "stacked")
    left = [*plan.issuer, *filter(None, [plan.number])]
    right = [*plan.motto, *filter(None, [plan.dateline.text])]
    if form == "columns":
        gap = [""] * max(0, len(plan.issuer) - len(plan.motto)), [""] * max(0, len(plan.motto) - len(plan.issuer))
        top = beside([*plan.issuer, *gap[1]], [*plan.motto, *gap[0]])
        return [*top, *beside([plan.number], [plan.dateline.text])]
    if form == "pipes":
        columns = [*plan.issuer, "-------", "|", *plan.motto, "---------------", "|"]
        lines = [*columns, plan.number, "|", plan.dateline.text, "|"]
        return [line for line in lines if line]
    return [*plan.motto, *left, plan.dateline.text] if plan.render.get("motto_first") else [*left, *right]


def signature(plan: Plan) -> list[str]:
    """The closing block: recipients and signature beside each other or one after the other."""
    left = ["Nơi nhận:", *plan.recipients] if plan.recipients else []
    right = [*plan.signature, "", "", plan.name]
    digital = [line.text for line in plan.digital]
    if plan.render.get("tail") == "columns":
        return [*beside(left, right), *digital]
    return [*left, "", *right, *digital]


def table_lines(table: Table, form: str) -> list[str]:
    """A table as text extraction leaves it: one cell per line, or the cells of a row parted by tabs."""
    rows = [list(table.header), *([cell.joined for cell in row] for row in table.rows)]
    if form == "tabs":
        return ["\t".join(row) for row in rows]
    return [cell for row in rows for cell in row if cell]


def wrapped(line: str, width: int) -> list[str]:
    """A paragraph cut into lines at blanks; forced breaks are kept."""
    parts = line.split(BREAK)
    if not width:
        return parts
    return [
        piece
        for part in parts
        for piece in textwrap.wrap(part, width, break_long_words=False, break_on_hyphens=False, drop_whitespace=True)
    ]


def body_lines(plan: Plan, blocks: Iterable[Block]) -> list[str]:
    """The body's lines, wrapped and spaced as `[render]` says."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            lines += table_lines(block, plan.render.get("table", "cells"))
        else:
            lines += wrapped(block.line.text, plan.render.get("wrap", 0))
        lines += [""] if plan.render.get("gap") else []
    return lines


def plain(plan: Plan) -> str:
    """The whole plan as plain text."""
    title = plan.title.text.split(BREAK)
    head = [*letterhead(plan), ""] if plan.issuer else []
    doc_type = [plan.doc_type] if plan.doc_type else []
    lines = [*texts(plan.before), *head, *doc_type, *title, ""]
    lines += [*body_lines(plan, plan.body), *signature(plan), *body_lines(plan, plan.appendix), *texts(plan.after)]
    return "\n".join(lines) + "\n"


def texts(lines: tuple[Marked, ...]) -> list[str]:
    """The plain texts of some lines."""
    return [line.text for line in lines]


def markdown_heading(block: Heading, forms: list[str]) -> str:
    """A heading in the form of its level, or in the one it asks for."""
    form = block.markdown or (forms[min(block.level, len(forms)) - 1] if forms else "@")
    return form.replace("@", block.line.joined)


def markdown_table(table: Table) -> list[str]:
    """A pipe table; a row that spans columns is filled up with empty cells."""
    rows = [list(table.header), ["---"] * len(table.header)]
    rows += [[*(cell.joined for cell in row), *[""] * (len(table.header) - len(row))] for row in table.rows]
    return ["| " + " | ".join(row) + " |" for row in rows]


def markdown_blocks(plan: Plan, blocks: Iterable[Block]) -> list[str]:
    """The blocks as Markdown, parted by blank lines; bullets of one list stay together."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            lines += [*markdown_table(block), ""]
        elif isinstance(block, Heading):
            lines += [markdown_heading(block, plan.render.get("headings", [])), ""]
        else:
            lines += [f"**{block.line.joined}**" if block.centred else block.line.joined, ""]
    return lines


def markdown(plan: Plan) -> str:
    """The whole plan as Markdown: head and signature bold where `[render] bold` says so."""
    strong = "**{}**".format if plan.render.get("bold") else "{}".format
    lines = [*(strong(line) for line in (*plan.issuer, *plan.motto)), plan.number, plan.dateline.joined]
    lines = [part for line in lines if line for part in (line, "")]
    lines += [strong(plan.doc_type) + "  ", strong(joined(plan.title.text)), ""]
    lines += markdown_blocks(plan, plan.body)
    lines += [plan.render.get("recipients_form", "@").replace("@", "Nơi nhận:"), "", *plan.recipients, ""]
    lines += [*(strong(line) + "  " for line in plan.signature), "", strong(plan.name)]
    lines += ["", *markdown_blocks(plan, plan.appendix)] if plan.appendix else []
    return "\n".join(lines) + "\n"


def render_txt(plan: Plan) -> bytes:
    """The bytes of a .txt file."""
    return encode(plain(plan), plan.render.get("encoding", "utf-8"), plan.render.get("newline", "\n"))


def render_md(plan: Plan) -> bytes:
    """The bytes of a .md file."""
    return encode(markdown(plan), plan.render.get("encoding", "utf-8"), plan.render.get("newline", "\n"))

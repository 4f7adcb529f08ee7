"""Markdown -> lines: the marks are taken off and kept as knowledge of headings and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.extract.columns import Region
from pipeline.extract.pipes import has_bar, read_pipes, regions_without_bars
from pipeline.extract.text_rows import TextRow, without_drawn_lines
from pipeline.extract.text_tables import TextTable
from pipeline.values import Grid, Line

_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ ]+(.*)")
_SETEXT = re.compile(r"[ ]{0,3}(?:=+|-{2,})\s*$")
_FENCE = re.compile(r"[ ]{0,3}(?:```|~~~)")
_QUOTE = re.compile(r"[ ]{0,3}>[ ]?")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~&\"'/:;,=%$^@?])")
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,1000}\)")
_LINK = re.compile(r"\[([^\[\]\n]{0,500})\]\((?:[^()\s]{0,1000})(?:[ ]\"[^\"\n]{0,300}\")?\)")
_STRONG = re.compile(r"(\*\*\*|\*\*|__|~~)(?=\S)([^\n]{0,400}?\S)\1")
_STAR = re.compile(r"(?<![\w*(])\*(?=[^\s*)])([^*\n]{0,400}?[^\s*(])\*(?![\w*])")
_UNDERSCORE = re.compile(r"(?<![\w_])_(?=[^\s_])([^_\n]{0,400}?[^\s_])_(?![\w_])")
_CODE = re.compile(r"`([^`\n]{1,500})`")
_TORN_STRONG = re.compile(r"^\*\*(?=[^\s*])|(?<=[^\s*(])\*\*(?=\s*$)")
_BOLD_LINE = re.compile(r"\s*(?:[-+*]\s+)?(\*\*\*|\*\*|__)(?=\S)(.{1,500}\S)\1[\s:.;]*$")
_ITEM = re.compile(
    r"\s*(?:[-–—+*•]\s+\S|\d{1,2}(?:\.\d{1,2}){0,3}[.)/]\s|\d{1,2}(?:\.\d{1,2}){1,3}\s|[IVX]{1,5}[./)]\s?\S|[a-zđ]\)\s?\S)"
)
_UNCLOSED = re.compile(r"[^.;:!?…]$")
_WIDE_GAP = "    "
_LONG_LINE = 60
_PRIVATE = 0xE000


def read_markdown(rows: Sequence[TextRow], tables: Mapping[int, TextTable]) -> list[Line | Grid]:
    """Lines and tables of a Markdown text; blank rows stay blank lines. `tables` are those that no bars draw, by row."""
    reader = _Reader()
    columns = _columns(rows)
    at = 0
    while at < len(rows):
        if at in tables:
            reader.take_table([tables[at].grid])
            at = tables[at].end
        elif at in columns:
            reader.take_table(without_drawn_lines(columns[at].lines))
            at = columns[at].end
        elif has_bar(rows[at]):
            block = read_pipes(rows, at, without_marks)
            reader.take_table(block.blocks)
            at = block.end
        else:
            reader.take(rows[at])
            at += 1
    return reader.blocks


def _columns(rows: Sequence[TextRow]) -> dict[int, Region]:
    """Letterhead and signature block set in columns with blanks, which Markdown itself would not keep."""
    if not any(_WIDE_GAP in row.text.strip() for row in rows if not has_bar(row)):
        return {}
    return regions_without_bars(rows, [without_marks(row.text) for row in rows])


def without_marks(text: str) -> str:
    """A line's text without Markdown's inline marks; escaped characters stay as they are printed."""
    text = _ESCAPE.sub(lambda escape: chr(_PRIVATE + ord(escape[1])), text)
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    for _ in range(2):
        text = _STRONG.sub(r"\2", text)
    text = _UNDERSCORE.sub(r"\1", _STAR.sub(r"\1", _CODE.sub(r"\1", text)))
    text = _TORN_STRONG.sub("", text)
    return _ESCAPED.sub(lambda letter: chr(ord(letter[0]) - _PRIVATE), text)


_ESCAPED = re.compile(f"[{chr(_PRIVATE)}-{chr(_PRIVATE + 0x7F)}]")


@dataclass
class _Reader:
    """Reads row by row; remembers how the row above ended."""

    blocks: list[Line | Grid] = field(default_factory=list)
    after_blank: bool = True
    after_break: bool = False
    after_heading: bool = False
    in_bold: bool = False

    def take(self, row: TextRow) -> None:
        """Reads one row."""
        text = _QUOTE.sub("", row.text)
        if _FENCE.match(text):
            self.after_blank = True
        elif row.is_blank:
            self.blocks.append(Line("", row.page))
            self.after_blank, self.in_bold = True, False
        elif row.is_rule:
            self._rule(text)
        elif heading := _HEADING.match(text):
            self._add(Line(without_marks(heading[1].rstrip(" #")).strip(), row.page, opens=True, hint=True))
            self.after_heading = True
        else:
            self._paragraph_row(text, row.page)

    def take_table(self, blocks: Sequence[Line | Grid]) -> None:
        """Takes what rows with bars were read as."""
        self.blocks.extend(blocks)
        self._forget(after_blank=True)

    def _rule(self, text: str) -> None:
        """A drawn line; directly under a text it makes that a heading."""
        last = self.blocks[-1] if self.blocks else None
        underlined = bool(_SETEXT.match(text)) and isinstance(last, Line) and bool(last.text) and not self.after_blank
        if underlined and isinstance(last, Line):
            self.blocks[-1] = replace(last, hint=True)
        self._forget(after_blank=True)
        self.after_heading = underlined

    def _paragraph_row(self, text: str, page: int) -> None:
        broken = text.endswith("  ") or text.rstrip().endswith("\\")
        text = text.rstrip().removesuffix("\\")
        bold = bool(_BOLD_LINE.match(text)) and not self._has_inner_strong(text)
        torn = text.count("**") % 2 == 1 and not bold
        hint = bold or self.in_bold or (torn and text.lstrip().startswith("**"))
        plain = without_marks(text).strip()
        self._add(Line(plain, page, opens=self._opens(plain, hint), hint=hint))
        self.after_break = broken
        self.in_bold = self.in_bold != torn if torn else self.in_bold

    @staticmethod
    def _has_inner_strong(text: str) -> bool:
        return text.count("**") > 2 or text.count("__") > 2

    def _opens(self, plain: str, hint: bool) -> bool | None:
        last = self._last_line()
        if last is None:
            return True
        small = plain[:1].islower() and not _ITEM.match(plain)
        if small and not self.after_heading and _UNCLOSED.search(last.text):
            return None if self.after_blank or self.after_break or hint != last.hint else False
        if self.after_blank or self.after_break or self.after_heading or _ITEM.match(plain):
            return True
        if hint != last.hint:
            return True
        if hint:
            return None
        return False if len(last.text) >= _LONG_LINE and _UNCLOSED.search(last.text) else None

    def _last_line(self) -> Line | None:
        """The last line with text, unless a table stands between."""
        for block in reversed(self.blocks):
            if isinstance(block, Grid):
                return None
            if block.text:
                return block
        return None

    def _add(self, line: Line) -> None:
        if line.text:
            self.blocks.append(line)
            self._forget()

    def _forget(self, after_blank: bool = False) -> None:
        self.after_blank, self.after_break, self.after_heading = after_blank, False, False

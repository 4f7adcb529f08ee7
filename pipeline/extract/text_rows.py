"""A text cut into physical lines, with what copying from web pages leaves behind taken off."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.values import Grid, Line

_LINE_END = re.compile(r"\r\n|[\r\n\u2028\u2029\x0b\x85]|\\r\\n")
_BREAK_TAG = re.compile(r"<\s{0,3}(?:br|/p|/div|/tr|/li)\s{0,3}/?\s{0,3}>", re.IGNORECASE)
_BOLD_TAG = re.compile(r"</?(?:b|strong)>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:b|i|u|p|em|strong|span|font|div|a|sup|sub|center|li|ul|ol|td|tr|th|table|tbody|thead|h[1-6]|img)"
    r"(?:\s[^<>]{0,300})?/?>"
    r"|<!--[^<>]{0,500}-->",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8}\d?);")
_NOTHING = ("", "null", "undefined")
_DRAWN = "-–—_=*|~+#─━═│┃┌┐└┘├┤┬┴┼"
_RULE = re.compile(rf"[{_DRAWN}][{_DRAWN}:.\s]{{2,}}|[|*]|-{{1,10}}\s?o0o\s?-{{1,10}}")
_PIPES = str.maketrans("│┃", "||")
HARD_BREAK = "  "


@dataclass(frozen=True, slots=True)
class TextRow:
    """A physical line, its leading blanks kept, and its page (form feeds count pages)."""

    text: str
    page: int

    @property
    def is_blank(self) -> bool:
        """Nothing but blanks, or what a form left for nothing."""
        return self.text.strip() in _NOTHING

    @property
    def is_rule(self) -> bool:
        """Whether this is a drawn line."""
        return is_drawn(self.text)


def is_drawn(text: str) -> bool:
    """Whether a text is a drawn line: it says that what follows begins anew, and nothing else."""
    return bool(_RULE.fullmatch(text.strip()))


def without_drawn_lines(blocks: Sequence[Line | Grid]) -> list[Line | Grid]:
    """The blocks without drawn lines; a line after one opens."""
    kept: list[Line | Grid] = []
    after_rule = False
    for block in blocks:
        if isinstance(block, Grid):
            after_rule = False
        elif block.text and is_drawn(block.text):
            after_rule = True
            continue
        elif block.text and after_rule:
            block = replace(block, opens=True)  # noqa: PLW2901 - the same line, better known
            after_rule = False
        kept.append(block)
    return kept


def rows_of(text: str, markdown: bool) -> Iterator[TextRow]:
    """The physical lines of a text; a `<br>` ends a line as well, but not inside a Markdown table."""
    for page, sheet in enumerate(text.split("\f"), start=1):
        for line in _LINE_END.split(sheet):
            for part in _parts(line.translate(_PIPES), markdown):
                yield TextRow(part, page)


def _parts(line: str, markdown: bool) -> list[str]:
    if "<" not in line and "&" not in line:
        return [line]
    if markdown and "|" in line:
        return [_without_markup(line, markdown)]
    parts = _BREAK_TAG.split(line)
    broken = [part.rstrip() + HARD_BREAK for part in parts[:-1]]
    kept = [*broken, parts[-1]] if parts[-1].strip() or not broken else broken
    return [_without_markup(part, markdown) for part in kept]


def _without_markup(line: str, markdown: bool) -> str:
    """Tags taken off (bold ones become Markdown's where that is read), character references resolved."""
    if markdown:
        line = _BOLD_TAG.sub("**", line)
    line = _TAG.sub("", line)
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]).replace("\xa0", " "), line)

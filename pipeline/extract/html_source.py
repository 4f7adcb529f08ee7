"""The bytes of a saved web page -> its markup as text: encoding, and everything off that the tree has no use for.

A saved page carries pictures as text, scripts and tags with any number of attributes; the tree builder holds limits of
its own against these, which would cut the page short, and compares every attribute of a tag with every other.
"""

from __future__ import annotations

import re

from pipeline.errors import ReadError
from pipeline.extract.encodings import Decoded, decode
from pipeline.settings import Limits

_LONGEST_SOURCE = 64 * 1024 * 1024  # bytes, pictures as text included
_MARKUP_SHARE = 4  # markup is at most so many times the text that is allowed
_MOST_TAGS = 500_000  # a tree takes about 300 bytes a tag
_LONGEST_VALUE = 400
_DECLARED = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{3,20})", re.IGNORECASE)
_DECLARATION_BYTES = 4096
_VIETNAMESE_CODE_PAGE = re.compile(r"(?:windows-|cp|x-cp)1258", re.IGNORECASE)
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")

# Each alternative consumes what it begins with, closed or not, so that one pass over the source is enough.
_MARKUP = re.compile(
    r"<!--(?P<comment>(?:[^-]++|-(?!->))*+(?:-->)?)"
    r"|<!doctype(?P<doctype>[^>\[]*+(?:\[[^\]]*+\]?\s*+)?>?)"
    r"|<(?P<raw>script|style|noscript|template|svg|math)\b[^>]*+>(?:[^<]++|<(?!/(?P=raw)\b))*+(?:</(?P=raw)\b[^>]*+>?)?"
    r"|<(?P<tag>[a-z][^\s/>]*+)"
    r"(?P<attributes>(?:[\s/]++|=?+[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"?+|'[^']*+'?+|[^\s>]++)?+)?+|=)*+)(?P<end>>?)",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s/>=]++)(?:\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"?+|'(?P<single>[^']*+)'?+|(?P<bare>[^\s>]++))?+)?+"
)
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "wbr"))
_READ = frozenset(
    ("border", "colspan", "face", "hidden", "href", "role", "rowspan", "start", "style", "type", "value")
)  # fmt: skip


def markup_of(data: bytes, limits: Limits, declared: str = "") -> Decoded:
    """The page's markup without comments, scripts, styles and attributes that say nothing about its text.

    `declared` is an encoding named outside the page. Raises ReadError: `too_complex` beyond the limits, `unknown_format`
    where the bytes are no text.
    """
    if len(data) > _LONGEST_SOURCE:
        raise ReadError("too_complex", f"{len(data)} bytes of markup")
    decoded = _decoded(data.replace(b"\0", b"") if _is_single_byte(data) else data, declared)
    text = _MARKUP.sub(_kept, decoded.text)
    if len(text) > _MARKUP_SHARE * limits.text_characters:
        raise ReadError("too_complex", f"{len(text)} characters of markup")
    tags = text.count("<")
    if tags > _MOST_TAGS:
        raise ReadError("too_complex", f"{tags} tags")
    return Decoded(text, decoded.encoding, decoded.lost)


def _is_single_byte(data: bytes) -> bool:
    """Whether a zero byte is dirt: in UTF-16 every other byte of a tag is one."""
    head = data[:_DECLARATION_BYTES]
    return head.count(0) < len(head) // 8


def _decoded(data: bytes, declared: str) -> Decoded:
    """By the bytes; the encoding that the page names decides only where these leave a choice.

    Pages are saved anew as UTF-8 with their old declaration, and Windows-1258 is told by its tone marks: short of these
    (all accented letters written as character references) it looks like Windows-1252.
    """
    decoded = decode(data)
    if decoded is None:
        raise ReadError("unknown_format", "no text in a web page")
    if decoded.encoding != "windows-1252":
        return decoded
    found = _DECLARED.search(data[:_DECLARATION_BYTES])
    named = declared or (found[1].decode("ascii", "replace") if found else "")
    if not _VIETNAMESE_CODE_PAGE.fullmatch(named):
        return decoded
    text = data.decode("cp1258", errors="replace")
    return decoded if _TONES.search(text) else Decoded(text, "windows-1258", text.count("\ufffd"))


def _kept(found: re.Match[str]) -> str:
    """A tag with the attributes that are read; nothing of the rest."""
    if found["tag"] is None:
        return " " if found["raw"] else ""
    if not found["end"]:
        return ""
    kept = []
    for attribute in _ATTRIBUTE.finditer(found["attributes"]):
        name = attribute["name"].lower()
        if name in _READ:
            value = attribute["double"] or attribute["single"] or attribute["bare"] or ""
            kept.append(f' {name}="{value[:_LONGEST_VALUE].replace(chr(34), "&quot;")}"')
            if len(kept) == len(_READ):
                break
    closed = found["attributes"].endswith("/") and found["tag"].lower() not in VOID
    return f"<{found['tag']}{''.join(kept)}>" + (f"</{found['tag']}>" if closed else "")

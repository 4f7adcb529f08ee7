"""What stands before the root of the XML parts of an office file: a document type declaration there is refused.

Such a declaration can make a few bytes unfold without end, or take in files and pages from elsewhere; no office program
writes one. Only the first bytes of each part are unpacked for it.
"""

from __future__ import annotations

import re

from pipeline.errors import ReadError
from pipeline.extract.archive import Archive

_ENDINGS = (".xml", ".rels", ".rdf")
_HEAD = 16 * 1024
# Byte order mark, XML declaration, comments and instructions; then the root, or the declaration.
_BEFORE = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?(?:\s++|<\?[^>]*+>|<!--(?:[^-]|-(?!->))*+-->)*+")


def refuse_doctypes(archive: Archive) -> None:
    """Raises ReadError(damaged_file) where a part declares a document type, or hides what it begins with."""
    for name in archive.names():
        if name.lower().endswith(_ENDINGS):
            head = archive.head(name, _HEAD).replace(b"\0", b"")  # in UTF-16 every other byte of a tag is zero
            start = _BEFORE.match(head)
            rest = head[start.end() :] if start else head
            if rest.startswith(b"<!"):
                raise ReadError("damaged_file", f"{name}: document type declaration")

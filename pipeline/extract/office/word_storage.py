"""The binary Word file (97-2003): its streams, its header and what the header says of the whole ([MS-DOC], [MS-CFB])."""

from __future__ import annotations

import io
import struct
from contextlib import ExitStack
from types import TracebackType
from typing import Self

import olefile

from pipeline.errors import ReadError
from pipeline.extract.sniff import MediaType

_MAIN = "WordDocument"
_WORD = (0xA5EC, 0xA5DC)  # Word 6 and later; Word 6 of the Far East
_HEADER = struct.Struct("<HH6xHH")
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_FIRST_OF_97 = 0x00C1
_SECTOR = 512
_NO_SECTOR = 0xFFFFFFFA
_Broken = (OSError, ValueError, IndexError, TypeError, KeyError, AttributeError, struct.error, RecursionError, MemoryError)


class WordStorage:
    """An open Word file; streams are read when asked for."""

    def __init__(self, container: olefile.OleFileIO) -> None:
        self._container = container
        self.main = self._stream(_MAIN)
        if len(self.main) < _HEADER.size:
            raise ReadError("truncated_file", _MAIN)
        self._ident, self._version, self._flags, _ = _HEADER.unpack_from(self.main)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._container.close()

    @property
    def is_old(self) -> bool:
        """Whether Word 6 or 95 wrote the file, whose parts stand elsewhere."""
        return int(self._version) < _FIRST_OF_97

    def check(self) -> None:
        """Raises ReadError: `password_protected`, `damaged_file`, `truncated_file`."""
        if self._ident not in _WORD:
            raise ReadError("damaged_file", f"{_MAIN}: header")
        if self._flags & _ENCRYPTED:
            raise ReadError("password_protected", "Word 97-2003")
        if not self.is_old:
            self.table()

    def table(self) -> bytes:
        """The table stream that the header names."""
        return self._stream("1Table" if self._flags & _SECOND_TABLE else "0Table")

    def _stream(self, name: str) -> bytes:
        try:
            if not self._container.exists(name):
                raise ReadError("damaged_file", name)
            data: bytes = self._container.openstream(name).read()
            size: int = self._container.get_size(name)
        except _Broken as error:
            raise ReadError("truncated_file", name) from error
        if len(data) < size:
            raise ReadError("truncated_file", name)
        return data


def open_word(data: bytes) -> WordStorage:
    """Opens a Word file; raises ReadError: `truncated_file`, `damaged_file`, `format_not_read` (no text document)."""
    try:
        container = olefile.OleFileIO(io.BytesIO(data))
    except _Broken as error:
        raise ReadError("truncated_file" if _is_cut(data) else "damaged_file", "OLE") from error
    with ExitStack() as opened:
        opened.callback(container.close)
        if _has_crossing(container):
            raise ReadError("damaged_file", "OLE: sectors of several streams at once")
        if not container.exists(_MAIN):
            if _lacks_sectors(container, len(data)):
                raise ReadError("truncated_file", "OLE")
            raise ReadError("format_not_read", MediaType.OLE.label)
        storage = WordStorage(container)
        opened.pop_all()  # whoever has the storage closes it
    return storage


def _is_cut(data: bytes) -> bool:
    """Whether the container's header points behind the end of the file: at its directory or its sector tables."""
    if len(data) < _SECTOR:
        return True
    shift = min(struct.unpack_from("<H", data, 30)[0], 16)  # 512 or 4096 bytes
    wanted = [struct.unpack_from("<L", data, 48)[0], *struct.unpack_from("<109L", data, 76)]
    return any(((sector + 1) << shift) >= len(data) for sector in wanted if sector < _NO_SECTOR)


def _has_crossing(container: olefile.OleFileIO) -> bool:
    """Whether two sectors have the same next one: chains that run into each other, or in a ring."""
    following = [follows for follows in container.fat if follows < _NO_SECTOR]
    return len(set(following)) < len(following)


def _lacks_sectors(container: olefile.OleFileIO, size: int) -> bool:
    """Whether a sector in use lies, wholly or in part, behind the end of the file."""
    table = container.fat
    last = max((number for number, follows in enumerate(table) if follows != olefile.FREESECT), default=-1)
    named = any(len(table) <= follows < _NO_SECTOR for follows in table)
    return named or (last + 2) * int(container.sectorsize) > size

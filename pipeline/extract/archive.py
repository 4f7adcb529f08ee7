"""ZIP archives (Word files, parcels of files): guarded before anything is unpacked.

The limits are held against what the archive's directory says and again against what comes out, for a directory can
lie. Office files hold some dozens of parts and pack at 5 to 20 to one.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from itertools import pairwise

from pipeline.errors import ReadError
from pipeline.settings import Limits

_END = b"PK\x05\x06"
_END_BYTES = 22
_LONGEST_COMMENT = 65_535
_NAME_BYTES = 512  # a directory entry: 46 bytes, the name and the extra fields
_RATIO_FREE = 1024 * 1024  # small parts of repeated markup may pack better than any limit
_LOCAL = b"PK\x03\x04"
_LOCAL_BYTES = 30
_SNIFFED_NAMES = 200
_ENCRYPTED = 1
# Of the other methods zipfile unpacks whole blocks at once, however large they turn out: nothing would bound them.
_BOUNDED_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_Broken = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, struct.error)


@dataclass(frozen=True)
class Archive:
    """An open archive; parts are read one by one, within the limits."""

    _zip: zipfile.ZipFile
    _limits: Limits

    def has(self, name: str) -> bool:
        """Whether the archive holds a part of that name."""
        return name in self._zip.NameToInfo

    def names(self) -> list[str]:
        """The parts' names, in the directory's order."""
        return self._zip.namelist()

    def parts(self) -> list[zipfile.ZipInfo]:
        """What the directory says about each part, twins of one name included."""
        return self._zip.infolist()

    def read(self, name: str) -> bytes:
        """The bytes of the part of that name; raises ReadError as `read_part` does."""
        return self.read_part(self._zip.NameToInfo[name])

    def head(self, name: str, length: int) -> bytes:
        """The first bytes of the part of that name; raises ReadError as `read_part` does."""
        part = self._zip.NameToInfo[name]
        return self._unpacked(part, min(length, part.file_size))

    def read_part(self, part: zipfile.ZipInfo) -> bytes:
        """The bytes of a part; raises ReadError.

        Causes: `password_protected`, `damaged_file`, `archive_not_read` (an uncommon way of packing), `too_complex`.
        """
        return self._unpacked(part, part.file_size)  # the checksum tells where the directory lied about the size

    def _unpacked(self, part: zipfile.ZipInfo, length: int) -> bytes:
        if part.flag_bits & _ENCRYPTED:
            raise ReadError("password_protected", part.filename)
        if part.compress_type not in _BOUNDED_METHODS:
            raise ReadError("archive_not_read", f"ZIP, method {part.compress_type}")
        _guard_ratio(part, self._limits)
        try:
            with self._zip.open(part) as stream:
                return stream.read(length)
        except _Broken as error:
            raise ReadError("damaged_file", part.filename) from error


def open_archive(data: bytes, limits: Limits) -> Archive:
    """Opens the archive of one document, which is refused whole where one part is beyond the limits.

    Raises ReadError: `truncated_file`, `damaged_file`, or `too_complex` beyond the limits.
    """
    archive = open_parcel(data, limits)
    for part in archive.parts():
        _guard_ratio(part, limits)
    return archive


def open_parcel(data: bytes, limits: Limits) -> Archive:
    """Opens an archive whose parts are documents of their own: one that packs too well is refused when it is read.

    Raises ReadError as `open_archive` does.
    """
    directory = _directory_bytes(data)
    if directory is None:
        raise ReadError("truncated_file", "no directory at the archive's end")
    if directory > limits.archive_parts * _NAME_BYTES:
        raise ReadError("too_complex", f"archive directory of {directory} bytes")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _Broken as error:
        raise ReadError("damaged_file", "archive directory") from error
    _guard(archive, limits)
    return Archive(archive, limits)


def names_in(data: bytes) -> list[str]:
    """The names of an archive's parts for telling its kind; of a damaged one, the names that can still be seen."""
    directory = _directory_bytes(data)
    if directory is not None and directory <= Limits().archive_parts * _NAME_BYTES:
        try:
            return zipfile.ZipFile(io.BytesIO(data)).namelist()
        except _Broken:
            pass
    return _local_names(data)


def _local_names(data: bytes) -> list[str]:
    """The names that stand before the parts themselves, up to some hundreds."""
    names: list[str] = []
    at = data.find(_LOCAL)
    while 0 <= at <= len(data) - _LOCAL_BYTES and len(names) < _SNIFFED_NAMES:
        length = struct.unpack_from("<H", data, at + 26)[0]
        name = data[at + _LOCAL_BYTES : at + _LOCAL_BYTES + length]
        names.append(name.decode("utf-8", errors="replace"))
        at = data.find(_LOCAL, at + len(_LOCAL))
    return names


def _directory_bytes(data: bytes) -> int | None:
    """Size of the central directory, or None where the archive's end is missing."""
    tail = data[-(_END_BYTES + _LONGEST_COMMENT) :]
    at = tail.rfind(_END)
    if at < 0 or at + _END_BYTES > len(tail):
        return None
    size: int = struct.unpack_from("<L", tail, at + 12)[0]
    return size


def _guard(archive: zipfile.ZipFile, limits: Limits) -> None:
    parts = archive.infolist()
    if len(parts) > limits.archive_parts:
        raise ReadError("too_complex", f"{len(parts)} parts")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked_bytes:
        raise ReadError("too_complex", f"{unpacked} bytes unpacked")
    places = sorted((part.header_offset, part.compress_size) for part in parts)
    if any(at + _LOCAL_BYTES + size > following for (at, size), (following, _) in pairwise(places)):
        raise ReadError("too_complex", "parts that overlap")


def _guard_ratio(part: zipfile.ZipInfo, limits: Limits) -> None:
    if part.file_size > _RATIO_FREE and part.file_size > limits.unpacked_ratio * max(part.compress_size, 1):
        raise ReadError("too_complex", f"{part.filename}: packed more than {limits.unpacked_ratio} to one")

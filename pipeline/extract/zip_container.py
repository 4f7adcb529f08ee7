"""A ZIP archive as a container of received files."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from functools import partial

from pipeline.errors import ReadError
from pipeline.extract.archive import open_parcel
from pipeline.extract.container import Container, Part, sorted_out
from pipeline.extract.member_names import decode_names, harmless
from pipeline.settings import Limits

_UTF8_NAME = 0x800
_UNICODE_PATH = 0x7075  # Info-ZIP's extra field: the name in UTF-8 with the checksum of the name that it stands for


def open_zip(data: bytes, limits: Limits) -> Container:
    """What lies in an archive; nothing is unpacked yet.

    Raises ReadError: `truncated_file`, `damaged_file`, or `container_too_complex` beyond the limits.
    """
    try:
        archive = open_parcel(data, limits)
    except ReadError as error:
        raise ReadError("container_too_complex", error.detail) if error.cause == "too_complex" else error from error
    directory = archive.parts()
    parts = [
        Part(harmless(name), info.file_size, partial(archive.read_part, info), _link(info))
        for info, name in zip(directory, _names(directory), strict=True)
        if not name.endswith(("/", "\\"))
    ]
    members, ignored = sorted_out(parts)
    return Container(members, ignored, len(directory), sum(info.file_size for info in directory))


def _link(part: zipfile.ZipInfo) -> str | None:
    return "link" if stat.S_ISLNK(part.external_attr >> 16) else None


def _names(directory: list[zipfile.ZipInfo]) -> list[str]:
    """The parts' names as their packers meant them: marked UTF-8, the Unicode field, else bytes of some code page."""
    told = [part.orig_filename if part.flag_bits & _UTF8_NAME else _unicode_path(part) for part in directory]
    untold = iter(decode_names([_raw(part) for part, name in zip(directory, told, strict=True) if name is None]))
    return [next(untold) if name is None else name for name in told]


def _raw(part: zipfile.ZipInfo) -> bytes:
    """The name's bytes, which the library shows as code page 437."""
    return part.orig_filename.encode("cp437", "replace")


def _unicode_path(part: zipfile.ZipInfo) -> str | None:
    """The name in the Unicode Path field, unless the archive was renamed by a program that did not know the field."""
    extra, at = part.extra, 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + length]
        if kind == _UNICODE_PATH and len(field) > 5 and field[0] == 1:
            if struct.unpack_from("<L", field, 1)[0] != zlib.crc32(_raw(part)):
                return None
            return field[5:].decode("utf-8", "replace")
        at += 4 + length
    return None

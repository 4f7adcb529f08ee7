"""Examines the installation: required libraries, optional programs, fonts, and whether a plan is read from end to end."""

from __future__ import annotations

import platform
import shutil
import subprocess
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from pipeline.errors import KehoachError
from pipeline.settings import Limits
from pipeline.values import Source

Purpose = Literal[
    "program", "pdf", "word", "nlp", "tables", "records", "terminal", "ocr", "old_word", "fonts", "self_test"
]

_LIBRARIES: dict[str, Purpose] = {
    "pypdfium2": "pdf",
    "pdfplumber": "pdf",
    "lxml": "word",
    "olefile": "old_word",
    "spacy": "nlp",
    "underthesea": "nlp",
    "pydantic": "records",
    "pandas": "tables",
    "pyarrow": "tables",
    "xlsxwriter": "tables",
    "rich": "terminal",
}
_INSTALL = "make setup"
_SECONDS = 20
_SAMPLE = """ỦY BAN NHÂN DÂN\nXÃ AN HÒA\nSố: 15/KH-UBND\nAn Hòa, ngày 10 tháng 01 năm 2025\nKẾ HOẠCH
Tuyên truyền, phổ biến pháp luật năm 2025\nCăn cứ Luật Tổ chức chính quyền địa phương;
I. MỤC ĐÍCH, YÊU CẦU\nNâng cao nhận thức của cán bộ và nhân dân.\nII. TỔ CHỨC THỰC HIỆN
Công chức Văn hóa - Xã hội tham mưu thực hiện trước ngày 15/12/2025.\n"""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the installation; `remedy` is the command that brings it."""

    name: str
    purpose: Purpose
    required: bool
    found: bool
    version: str = ""
    remedy: str = ""


def examine() -> list[Part]:
    """All parts, required ones first. Runs `tesseract` and `soffice` where they are there, and reads a small plan."""
    own = [_library("kehoach", "program"), Part("Python", "program", True, True, platform.python_version())]
    libraries = [_library(name, purpose) for name, purpose in _LIBRARIES.items()]
    return [*own, *libraries, _self_test(), _tesseract(), _vietnamese_ocr(), _office(), _fonts()]


def _library(name: str, purpose: Purpose) -> Part:
    try:
        return Part(name, purpose, True, True, version(name))
    except PackageNotFoundError:
        return Part(name, purpose, True, False, remedy=_INSTALL)


def _self_test() -> Part:
    """Whether the knowledge tables are sound and a plan goes through every room."""
    try:
        # Imported here: a missing library must not stop the examination.
        from pipeline.batch.reading import process_guarded  # noqa: PLC0415
        from pipeline.flow import make_kit  # noqa: PLC0415

        outcome = process_guarded(Source("kiem-tra.txt", _SAMPLE.encode()), make_kit())
    except (KehoachError, ImportError) as error:
        return Part("self-test", "self_test", True, False, str(error), _INSTALL)
    reason = f"{outcome.cause} {outcome.detail}".strip() if outcome.record is None else ""
    return Part("self-test", "self_test", True, outcome.record is not None, reason, _INSTALL)


def _tesseract() -> Part:
    found = _output("tesseract", "--version")
    remedy = "apt-get install tesseract-ocr tesseract-ocr-vie"
    return Part("tesseract", "ocr", False, found is not None, _last_word(found), remedy)


def _vietnamese_ocr() -> Part:
    languages = (_output("tesseract", "--list-langs") or "").split()
    return Part("tesseract-vie", "ocr", False, "vie" in languages, remedy="apt-get install tesseract-ocr-vie")


def _office() -> Part:
    """LibreOffice counts as found where it converts a text: without its Writer it starts, answers, and converts nothing."""
    name = next((name for name in ("soffice", "libreoffice") if shutil.which(name)), "soffice")
    number = (_output(name, "--version") or "").split()[1:2]
    remedy = "apt-get install libreoffice-writer-nogui"
    return Part("LibreOffice Writer", "old_word", False, bool(number) and _converts(), "".join(number), remedy)


def _converts() -> bool:
    try:
        from pipeline.extract import Office  # noqa: PLC0415 - as in the self-test
    except ImportError:
        return False
    return Office(Limits()).works


def _fonts() -> Part:
    """LibreOffice sets old Word files with fonts of its own; without Vietnamese letters in them nothing can be read."""
    names = (_output("fc-list", ":lang=vi", "family") or "").splitlines()
    count = str(len(names)) if names else ""
    return Part("fc-list :lang=vi", "fonts", False, bool(names), count, "apt-get install fontconfig fonts-liberation")


def _output(program: str, *arguments: str) -> str | None:
    """What a program prints, or None where it is missing, fails or does not answer in time."""
    path = shutil.which(program)
    if path is None:
        return None
    try:
        done = subprocess.run(
            [path, *arguments], capture_output=True, timeout=_SECONDS, check=True, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return (done.stdout or done.stderr).decode("utf-8", "replace")


def _last_word(found: str | None) -> str:
    """The version in a first line such as `tesseract 5.3.0`."""
    first = (found or "").partition("\n")[0].split()
    return first[-1] if first else ""

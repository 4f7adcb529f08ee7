"""The arguments of every command, with help in Vietnamese or English, argparse's own words included."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn

from pipeline.errors import ExitStatus
from pipeline.knowledge.causes import Language
from pipeline.knowledge.ui import Words
from pipeline.show.paint import visible

STAGES = ("extracted", "text", "outline", "mentions", "record")
_ARGPARSE = "argparse_"


def language_of(arguments: Sequence[str]) -> Language:
    """The language asked for with --lang, wherever it stands; needed before the parser, which speaks it, is built."""
    for at, argument in enumerate(arguments):
        value = argument.removeprefix("--lang=") if argument.startswith("--lang=") else None
        if argument == "--lang" and at + 1 < len(arguments):
            value = arguments[at + 1]
        if value is not None:
            return "en" if value == "en" else "vi"
    return "vi"


def build_parser(words: Words) -> argparse.ArgumentParser:
    """The parser of `kehoach`; the chosen command's name is in `options.command`."""
    parser = _Parser(words=words, prog="kehoach", description=words("about"), epilog=words("exit_statuses"))
    parser.add_argument("--version", action="version", version=f"kehoach {version('kehoach')}", help=words("opt_version"))
    commands = parser.add_subparsers(
        dest="command", required=True, metavar=words("commands_metavar"), title=words("commands_title")
    )
    for add in (_add_run, _add_show, _add_compare, _add_evaluate, _add_changes, _add_schema, _add_doctor):
        add(commands, words)
    return parser


def _add_run(commands: Any, words: Words) -> None:
    parser = _command(commands, words, "run")
    parser.add_argument("inbox", metavar=words("inbox_metavar"), type=Path, help=words("arg_inbox"))
    parser.add_argument("--out", metavar=words("folder_metavar"), type=Path, required=True, help=words("opt_out"))
    parser.add_argument("--knowledge", metavar=words("folder_metavar"), type=Path, help=words("opt_knowledge"))
    parser.add_argument("--log", choices=("text", "json"), default="text", help=words("opt_log"))
    parser.add_argument("--quiet", action="store_true", help=words("opt_quiet"))


def _add_show(commands: Any, words: Words) -> None:
    parser = _command(commands, words, "show")
    parser.add_argument("file", metavar=words("file_metavar"), type=Path, help=words("arg_file"))
    parser.add_argument("--stage", choices=STAGES, help=words("opt_stage"))
    parser.add_argument("--knowledge", metavar=words("folder_metavar"), type=Path, help=words("opt_knowledge"))
    _add_no_colour(parser, words)


def _add_compare(commands: Any, words: Words) -> None:
    parser = _command(commands, words, "compare")
    parser.add_argument("before", metavar="A", type=Path, help=words("arg_before"))
    parser.add_argument("after", metavar="B", type=Path, help=words("arg_after"))
    parser.add_argument("--knowledge", metavar=words("folder_metavar"), type=Path, help=words("opt_knowledge"))
    _add_no_colour(parser, words)


def _add_evaluate(commands: Any, words: Words) -> None:
    parser = _command(commands, words, "evaluate")
    parser.add_argument("records", metavar=words("records_metavar"), type=Path, help=words("arg_records"))
    parser.add_argument("gold", metavar=words("gold_metavar"), type=Path, help=words("arg_gold"))
    _add_tables(parser, words)


def _add_changes(commands: Any, words: Words) -> None:
    parser = _command(commands, words, "changes")
    parser.add_argument("before", metavar="A", type=Path, help=words("arg_run_before"))
    parser.add_argument("after", metavar="B", type=Path, help=words("arg_run_after"))
    _add_tables(parser, words)


def _add_tables(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("--out", metavar=words("file_metavar"), type=Path, help=words("opt_table_out"))
    parser.add_argument("--summary", action="store_true", help=words("opt_summary"))


def _add_schema(commands: Any, words: Words) -> None:
    _command(commands, words, "schema")


def _add_doctor(commands: Any, words: Words) -> None:
    _command(commands, words, "doctor")


def _add_no_colour(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("--no-colour", "--no-color", dest="colour", action="store_false", help=words("opt_no_colour"))


def _command(commands: Any, words: Words, name: str) -> argparse.ArgumentParser:
    about = words(f"about_{name}")
    parser: argparse.ArgumentParser = commands.add_parser(name, words=words, help=about, description=about)
    return parser


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help with the word for `usage` in the user's language; descriptions keep their own line breaks."""

    def __init__(self, words: Words, prog: str) -> None:
        super().__init__(prog, max_help_position=28)
        self._usage_word = f"{words('usage')} "

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """As argparse does, with our own first word."""
        super().add_usage(usage, actions, groups, self._usage_word if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """An argument parser that speaks the language of `words`."""

    def __init__(self, *, words: Words, **options: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=partial(_Formatter, words), **options)
        self._words = words
        self._positionals.title = words("positionals")
        self._optionals.title = words("options")
        self.add_argument("-h", "--help", action="help", help=words("opt_help"))
        self.add_argument("--lang", choices=("vi", "en"), default=argparse.SUPPRESS, help=words("opt_lang"))

    def format_usage(self) -> str:
        """The usage line alone."""
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        return formatter.format_help()

    def error(self, message: str) -> NoReturn:
        """Tells wrong usage in the user's language and ends with status 2."""
        self.exit(ExitStatus.USAGE, f"{self.format_usage()}{self._words('error', message=visible(self._own(message)))}\n")

    def _own(self, message: str) -> str:
        """argparse's message in the user's language; the table knows its English forms."""
        for key, row in self._words.rows.items():
            if key.startswith(_ARGPARSE):
                pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.*)", re.escape(row.en))
                found = re.fullmatch(pattern, message, re.DOTALL)
                if found:
                    return self._words(key, **found.groupdict())
        return message

"""The command line: `main` translates what the library raises into words and an exit status."""

from __future__ import annotations

import importlib
import io
import os
import sys
from collections.abc import Sequence

from pipeline.cli.parser import build_parser, language_of
from pipeline.errors import ExitStatus, KehoachError
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.causes import cause_named
from pipeline.knowledge.ui import Words
from pipeline.show.paint import visible

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status; no error of the user's or the files' ends in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal of another encoding shows escapes, never a traceback
            stream.reconfigure(errors="backslashreplace")
    arguments = list(sys.argv[1:] if argv is None else argv)
    words = Words(load_knowledge(), language_of(arguments))
    try:
        options = build_parser(words).parse_args(arguments)
        command = importlib.import_module(f"pipeline.cli.{options.command}_command")
        return int(command.execute(options, words))
    except KehoachError as error:
        return _stopped_by(error, words)
    except ImportError as error:
        return _stopped_by(KehoachError("broken_install", str(error), status=ExitStatus.COMPONENT_MISSING), words)
    except SystemExit as ended:  # argparse, after help, version or wrong usage
        return int(ended.code or 0)
    except KeyboardInterrupt:
        print(words("stopped"), file=sys.stderr)
        return ExitStatus.STOPPED
    except BrokenPipeError:
        # The reader of our output has gone (`kehoach show … | head`): no error, but nothing may be flushed to it later.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitStatus.DONE


def _stopped_by(error: KehoachError, words: Words) -> int:
    cause = cause_named(load_knowledge(), error.cause)
    print(words("error", message=visible(cause.message(words.lang, error.detail))), file=sys.stderr)
    print(words("hint", hint=cause.hint(words.lang)), file=sys.stderr)
    return error.status

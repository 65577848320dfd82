"""The console script ``gongkai``: one command, one file in the folder of its subject.

Each module holds one function ``command`` with Typer annotations (or an ``app`` of several); its
name is the module's name with dashes, its purpose stands in ``listing.py`` as well. Commands parse,
compose, print, and hold no logic. What they compose they import when they run: the help page, a
completion or a wrong option must not wait for Scrapy and SQLAlchemy.
"""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated, Any

import typer
from typer.main import get_command

from crawler.commands.listing import CommandLine
from crawler.terminal.usage import complaint

EXIT_USAGE = 2
EXIT_UNFINISHED = 3
# What a shell reports for a program whose reader went away (128 + SIGPIPE), as with ``| head``.
EXIT_PIPE = 141


def build() -> Any:
    """The command line, with no command imported yet."""
    app = typer.Typer(
        name="gongkai",
        help="公开：按政务公开考核的办法审计政府网站。",
        cls=CommandLine,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )
    app.callback()(_gongkai)
    return get_command(app)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"gongkai {version('gongkai')}")
        raise typer.Exit


def _gongkai(
    version: Annotated[
        bool, typer.Option("--version", help="显示版本。", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Options of the command line itself; they act as soon as they are read."""


def main() -> None:
    """Run the command line; our own errors become one clear line each and an exit status."""
    raise SystemExit(run())


def run(arguments: list[str] | None = None) -> int:
    """The command line as a function: what is wrong is told on the error output; the exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character must not cost the office its result.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = build()(args=arguments, prog_name="gongkai", standalone_mode=False)
        sys.stdout.flush()
    except typer.TyperException as error:
        helped = type(error).__name__ == "NoArgsIsHelpError"
        sys.stderr.write(f"{error.format_message() if helped else complaint(error)}\n")
        return EXIT_USAGE
    except BrokenPipeError:
        _silence()
        return EXIT_PIPE
    except SystemExit as left:
        # Typer itself leaves this way: when the reader is gone, and when a completion is done.
        if isinstance(left.__context__, BrokenPipeError):
            _silence()
            return EXIT_PIPE
        return left.code if isinstance(left.code, int) else 0
    except Exception as error:
        refused = _refused(error)
        if refused is None:
            raise
        sys.stderr.write(f"{error}\n")
        return refused
    return status if isinstance(status, int) else 0


def _refused(error: Exception) -> int | None:
    """The exit status that one of our own errors means; None for a fault of the program.

    Looked up only now: whoever raised one has imported the contract, the help page need not.
    """
    from plugins.errors import ConfigurationError, PluginError, StoreError, UnfinishedRunError

    if isinstance(error, ConfigurationError | PluginError | StoreError):
        return EXIT_USAGE
    return EXIT_UNFINISHED if isinstance(error, UnfinishedRunError) else None


def _silence() -> None:
    """Whatever is still to be flushed goes nowhere: without this Python complains on its way out."""
    sys.stdout = sys.__stdout__
    if sys.stdout is not None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)

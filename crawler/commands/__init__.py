"""The console script ``gongkai``: one command, one file in this folder.

Each module holds one function ``command`` with Typer annotations; its name is the module's name
with dashes. Commands parse, compose, print, and hold no logic.
"""

from __future__ import annotations

import importlib
import io
import os
import pkgutil
import sys

import typer

from crawler.terminal.usage import Command, CommandGroup, complaint
from plugins.errors import ConfigurationError, PluginError, StoreError, UnfinishedRunError

EXIT_USAGE = 2
EXIT_UNFINISHED = 3
# What a shell reports for a program whose reader went away (128 + SIGPIPE), as with ``| head``.
EXIT_PIPE = 141


def build() -> typer.Typer:
    """Put the commands of this folder together."""
    app = typer.Typer(
        name="gongkai",
        help="公开：按政务公开考核的办法审计政府网站。",
        cls=CommandGroup,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for found in sorted(pkgutil.iter_modules(__path__), key=lambda item: item.name):
        module = importlib.import_module(f"{__name__}.{found.name}")
        name = found.name.replace("_", "-")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name, cls=CommandGroup)
        elif hasattr(module, "command"):
            app.command(name=name, cls=Command)(module.command)
    return app


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
    except (ConfigurationError, PluginError, StoreError) as error:
        sys.stderr.write(f"{error}\n")
        return EXIT_USAGE
    except UnfinishedRunError as error:
        sys.stderr.write(f"{error}\n")
        return EXIT_UNFINISHED
    except (BrokenPipeError, SystemExit):
        # Typer itself leaves this way when the reader is gone; nothing else of ours does.
        _silence()
        return EXIT_PIPE
    return status if isinstance(status, int) else 0


def _silence() -> None:
    """Whatever is still to be flushed goes nowhere: without this Python complains on its way out."""
    sys.stdout = sys.__stdout__
    if sys.stdout is not None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)

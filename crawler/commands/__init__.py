"""The console script ``gongkai``: one command, one file in this folder.

Each module holds one function ``command`` with Typer annotations; its name is the module's name
with dashes. Commands parse, compose, print, and hold no logic.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys

import typer

from plugins.errors import ConfigurationError, PluginError, StoreError, UnfinishedRunError

EXIT_USAGE = 2
EXIT_UNFINISHED = 3


def build() -> typer.Typer:
    """Put the commands of this folder together."""
    app = typer.Typer(
        name="gongkai",
        help="公开：按政务公开考核的办法审计政府网站。",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for found in sorted(pkgutil.iter_modules(__path__), key=lambda item: item.name):
        module = importlib.import_module(f"{__name__}.{found.name}")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=found.name.replace("_", "-"))
        elif hasattr(module, "command"):
            app.command(name=found.name.replace("_", "-"))(module.command)
    return app


def main() -> None:
    """Run the command line; our own errors become one clear line each and an exit status."""
    try:
        build()()
    except (ConfigurationError, PluginError, StoreError) as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(EXIT_USAGE) from None
    except UnfinishedRunError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(EXIT_UNFINISHED) from None

"""Where findings are kept: one place for the ``--database`` option of all commands."""

from __future__ import annotations

import getpass
import os
from collections.abc import Sequence
from datetime import date, datetime
from difflib import get_close_matches
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from findings.records.records import RunKind, RunRecord
from findings.store.store import Store
from plugins.errors import ConfigurationError, Problem, StoreError

VARIABLE = "GONGKAI_DATABASE"
DEFAULT = "sqlite:///var/gongkai.db"
PLACE = ZoneInfo("Asia/Shanghai")

DatabaseOption = Annotated[
    str,
    typer.Option(
        "--database",
        metavar="URL",
        help=f"数据库地址；默认取环境变量{VARIABLE}，未设置时为{DEFAULT}。",
    ),
]
RunOption = Annotated[
    int | None, typer.Option("--run", metavar="N", help="第几次检查；默认为最近完成的一次。")
]


def database_url(option: str = "") -> str:
    """The database to use: the option, else the environment, else the file in ``var/``."""
    return option or os.environ.get(VARIABLE, "") or DEFAULT


def reading_store(option: str = "") -> Store:
    """The store for commands that only read: a missing database is refused, never made.

    Raises:
        StoreError: in Chinese, as one line.
    """
    return Store.open(database_url(option), create=False)


def chosen_run(store: Store, number: int | None) -> RunRecord:
    """The run that a command was asked about, by default the newest finished one.

    Raises:
        StoreError: when there is none.
    """
    run = store.latest() if number is None else store.run(number)
    if run is not None and run.kind is RunKind.RECHECK:
        raise StoreError(f"第{run.id}次是复查，只看了部分问题，没有评分和报告：请改用一次检查。")
    if run is None:
        raise StoreError("数据库中还没有完成的检查：请先运行 gongkai audit。")
    return run


def person() -> str:
    """Who is at the keyboard, as the machine knows them; "" where it does not."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def today() -> date:
    """The day in the office's time zone."""
    return datetime.now(PLACE).date()


def day_option(text: str, option: str) -> date | None:
    """A day as typed on the command line; empty = none given.

    Raises:
        ConfigurationError: when it is not a day.
    """
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigurationError([Problem(option, f"“{text}”不是日期，应写作2026-03-01")]) from None


def known(word: str, words: Sequence[str], option: str) -> None:
    """Refuse a name that the run has nothing of; "" passes.

    Raises:
        ConfigurationError: in Chinese, naming the option and the nearest name.
    """
    if word and word not in words:
        near = get_close_matches(word, words, n=1)
        hint = f"，是否应为“{near[0]}”" if near else ""
        raise ConfigurationError([Problem(option, f"这次检查中没有“{word}”{hint}")])


def choice(word: str, known: tuple[str, ...], option: str) -> None:
    """Refuse a word that is none of the known ones.

    Raises:
        ConfigurationError: in Chinese, naming the option.
    """
    if word not in known:
        raise ConfigurationError([Problem(option, f"“{word}”无法识别：可用{'、'.join(known)}。")])

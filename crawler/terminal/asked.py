"""What was typed, read and refused: days, words of a list, names that must be known."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches

from crawler.plan.days import read_date
from plugins.errors import ConfigurationError, Problem


def person() -> str:
    """Who is at the keyboard, as the machine knows them; "" where it does not."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def day_option(text: str, option: str) -> date | None:
    """A day as typed on the command line; empty = none given.

    Raises:
        ConfigurationError: when it is not a day.
    """
    return read_date(text, option) if text else None


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

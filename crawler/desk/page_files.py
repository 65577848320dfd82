"""A saved page on this machine, read as if it had just been fetched."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from pathlib import Path

from crawler.inventory.bare import inventory_for
from crawler.settings import GONGKAI_BODY_LIMIT
from plugins import Page
from plugins.errors import ConfigurationError, Problem
from plugins.facts.attachments.formats import format_of
from plugins.reasons import system_reason

# What a file stands for where nobody says: an address that tells nothing of its kind.
NOWHERE = "http://site.test/page.html"
MARKUP = ("", "html")
# UTF-16 and UTF-32 have zeros too, and say so.
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
HEAD = 1024
ENDING = re.compile(r"\.[xs]?html?$", re.IGNORECASE)


def is_file(word: str) -> bool:
    """Whether an argument means a file: one that is there, or a word that is plainly a path.

    ``www.example.cn/a.html`` stays an address where no such file is.
    """
    if "://" in word:
        return False
    path = Path(word).expanduser()
    if path.is_absolute() or path.exists() or word.startswith((".", "~")):
        return True
    folder, slash, _ = word.partition("/")
    host = slash and ("." in folder or ":" in folder)
    return not host and ENDING.search(word) is not None


def read_page_files(words: Sequence[str], url: str) -> dict[str, Page]:
    """The pages of all arguments that mean files; every problem at once.

    Args:
        words: files and addresses as given.
        url: the address that the one file stands for; "" = not said.

    Raises:
        ConfigurationError: in Chinese.
    """
    named = [word for word in dict.fromkeys(words) if is_file(word)]
    problems: list[Problem] = []
    address = NOWHERE
    if url and (len(words) != 1 or not named):
        problems.append(Problem("--url", "只能与一个本地文件一起用，说明它是哪个网址的页面"))
    elif url:
        try:
            address = inventory_for(url).sites[0].start[0]
        except ConfigurationError as error:
            problems += [Problem("--url", one.message) for one in error.problems]
    pages: dict[str, Page] = {}
    for word in named:
        try:
            pages[word] = Page(address, status=200, body=_body(Path(word).expanduser()))
        except ConfigurationError as error:
            problems += error.problems
    if problems:
        raise ConfigurationError(problems)
    return pages


def _body(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            body = file.read(GONGKAI_BODY_LIMIT + 1)
    except OSError as error:
        raise ConfigurationError([Problem(str(path), system_reason(error))]) from None
    if not body.strip():
        raise ConfigurationError([Problem(str(path), "文件是空的")])
    if len(body) > GONGKAI_BODY_LIMIT:
        most = GONGKAI_BODY_LIMIT // 1024 // 1024
        raise ConfigurationError([Problem(str(path), f"文件超过{most}MB，不像网页")])
    if (form := format_of(body)) not in MARKUP:
        raise ConfigurationError([Problem(str(path), f"不是网页，是{form}文件")])
    if b"\0" in body[:HEAD] and not body.startswith(WIDE):
        raise ConfigurationError([Problem(str(path), "不是网页，是二进制文件")])
    return body

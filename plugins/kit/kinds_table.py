"""The tests by which a page is judged, as a page for authors: ``docs/kinds.md`` is made by this.

Run ``python -m plugins.kit.kinds_table > docs/kinds.md``; a test holds it fresh.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from plugins.facts.columns.newest import NEWEST
from plugins.facts.lists.mainpart import MAIN
from plugins.facts.lists.pager import PAGER
from plugins.facts.lists.rows import OWN
from plugins.facts.markup.titles import TITLE
from plugins.facts.page import emptiness
from plugins.facts.page.bodies import WHOLENESS
from plugins.facts.page.kinds import SIGNS, PageKind
from plugins.facts.page.reading import ROWS
from plugins.facts.papers.documents import ISSUED, OWN_NUMBER, SAID_VALID
from plugins.facts.papers.published import PUBLISHED_ON

# What each kind is, and what it means for what is read next.
MEANINGS = {
    PageKind.HOME: "网站首页。所有带日期的列表都是它的信息，不按栏目判断是否为空。",
    PageKind.LIST: "列表页。有自己的一个列表，读取其中的行；按栏目判断是否为空。",
    PageKind.PORTAL: "栏目门户。由多个列表或一组入口组成，读取各列表的行；按栏目判断是否为空。",
    PageKind.SINGLE: "单页。主要内容是一篇文字，没有行；按栏目判断是否为空。",
    PageKind.FORM: "表单页。供公众在线填写，没有行。",
    PageKind.ARTICLE: "文章页。一篇信息，没有行，读取标题、发布日期和正文；不按栏目判断是否为空。",
    PageKind.SEARCH: "检索页。检索的入口或结果，不按栏目判断是否为空。",
    PageKind.DATA: "数据。接口返回的 JSON、XML 等，读取其中的记录。",
    PageKind.ERROR: "出错页。没有正常打开，或者内容是出错、拦截、关停的提示，不再读取。",
}
INTRODUCTION = """# Kinds of page, and what makes each

Written by `python -m plugins.kit.kinds_table > docs/kinds.md`; do not edit.

Every question about a page is answered by an ordered table of named tests: the first that holds decides. The names below are what
`gongkai facts --why` prints and what `expect_why` in a fixture names. Numbers that a test compares with stand in the `limits.py` of its room
(`plugins/facts/page`, `lists`, `papers`, `markup`, `language`), each with its reason."""
OTHERS: Sequence[tuple[str, str, Sequence[str]]] = (
    ("main", "主要部分在哪里", [test.name for test in MAIN.tests]),
    ("rows", "取哪些列表", [test.name for test in OWN.tests]),
    ("rows", "取哪些行", [test.name for test in ROWS.tests]),
    ("newest", "最晚的日期", [test.name for test in NEWEST.tests]),
    ("pager", "怎样翻页", [test.name for test in PAGER.tests]),
    ("title", "标题", [test.name for test in TITLE.tests]),
    ("published", "发布日期", [test.name for test in PUBLISHED_ON.tests]),
    ("empty", "栏目是否为空（列表、门户、单页、表单）", [test.name for test in emptiness.COLUMN]),
    ("empty", "文章页的正文", [test.name for test in emptiness.ARTICLE]),
    ("empty", "首页和检索页", [test.name for test in emptiness.HOME]),
    ("empty", "数据", [test.name for test in emptiness.DATA]),
    ("whole", "文章的正文是否完整", [test.name for test in WHOLENESS.tests]),
    (
        "document",
        "文号、成文日期、有效性",
        [test.name for judge in (OWN_NUMBER, ISSUED, SAID_VALID) for test in judge.tests],
    ),
)


def kinds_table() -> str:
    """The whole page, in Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield INTRODUCTION
    yield "\n## The kinds\n"
    yield "| kind | what it is | told by test |"
    yield "|---|---|---|"
    for kind in PageKind:
        numbers = (str(place) for place, sign in enumerate(SIGNS, 1) if sign.kind is kind)
        yield f"| `{kind.value}` | {MEANINGS[kind]} | {', '.join(numbers)} |"
    yield "\n## `kind`: the tests in order\n"
    yield "| | test | kind |"
    yield "|---|---|---|"
    for place, sign in enumerate(SIGNS, 1):
        yield f"| {place} | {sign.name} | `{sign.kind.value}` |"
    for question, title, names in OTHERS:
        yield f"\n## `{question}`: {title}\n"
        yield from (f"{place}. {name}" for place, name in enumerate(names, 1))


if __name__ == "__main__":
    sys.stdout.write(kinds_table())

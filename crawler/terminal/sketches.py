"""What a new check begins with, by what it judges: a module that works, and fixtures that pass."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MODULE = '''"""{title}。

为什么：写明这一问题对办事群众或公开工作的影响。
看什么：写明检查的对象和方法。
不报：写明哪些情形不算问题，宁可漏报，不可错报。
整改：写明责任单位应当怎样改。
依据：写明文件名称、文号和条款。

可调整：{tunable}。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins import {names}


@dataclass(frozen=True)
class Options:
    """{options_doc}"""

    {option}


RULE = Rule(__doc__, code="{code}", severity=Severity.ADVICE, options=Options())


@hookimpl
def check_{hook}({arguments}) -> Iterator[Finding]:
    """{hook_doc}"""
{body}
'''


class Hook(StrEnum):
    """What a check judges."""

    PAGE = "page"
    COLUMN = "column"
    SITE = "site"
    ATTACHMENT = "attachment"


@dataclass(frozen=True)
class Sketch:
    """What differs between the kinds of check."""

    names: str
    tunable: str
    options_doc: str
    option: str
    arguments: str
    hook_doc: str
    body: str
    suffix: str
    bad: str
    good: str

    def words(self) -> dict[str, str]:
        """What the module is filled with."""
        names = ("names", "tunable", "options_doc", "option", "arguments", "hook_doc", "body")
        return {name: getattr(self, name) for name in names}


SKETCHES = {
    Hook.PAGE: Sketch(
        names="Finding, Page, PageKind, Rule, Severity, hookimpl",
        tunable="words（表明有问题的文字，默认“样例问题”）",
        options_doc="Text by which the fault is known.",
        option='words: tuple[str, ...] = ("样例问题",)',
        arguments="page: Page, options: Options",
        hook_doc="One finding for each word that the page shows.",
        body="""    if page.failure is not None or page.kind is PageKind.ERROR:
        return
    for word in options.words:
        if word in page.text:
            yield Finding(f"页面中有“{word}”。", key=word, where=(page.address,))""",
        suffix="html",
        bad="""<!-- expect: 页面中有“样例问题”。 -->
<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>样例</title></head>
<body><p>这里写着样例问题。</p></body>
</html>
""",
        good="""<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>样例</title></head>
<body><p>这里一切正常。</p></body>
</html>
""",
    ),
    Hook.COLUMN: Sketch(
        names="Column, Finding, Rule, Severity, hookimpl",
        tunable="least（栏目至少应有的条数，默认2）",
        options_doc="Entries that a column must have.",
        option="least: int = 2",
        arguments="column: Column, options: Options",
        hook_doc="A column that was read and has too few entries.",
        body="""    if column.empty is not False:
        return
    count = len(column.entries)
    if count < options.least:
        yield Finding(f"栏目“{column.name}”只有{count}条信息。", where=(column.url,))""",
        suffix="toml",
        bad="""expect = ["栏目“样例栏目”只有1条信息。"]

[[entries]]
url = "/a.html"
title = "样例标题一"
date = 2026-06-01
""",
        good="""[[entries]]
url = "/a.html"
title = "样例标题一"
date = 2026-06-01

[[entries]]
url = "/b.html"
title = "样例标题二"
date = 2026-06-02
""",
    ),
    Hook.SITE: Sketch(
        names="Finding, Rule, Severity, Site, hookimpl",
        tunable="least（全站至少应有的栏目数，默认1）",
        options_doc="Columns that a site must have.",
        option="least: int = 1",
        arguments="site: Site, options: Options",
        hook_doc="A site of which too few columns were found.",
        body="""    if site.coverage.state != "complete":
        return
    count = len(site.columns)
    if count < options.least:
        yield Finding(f"全站只有{count}个栏目。", where=(site.url,))""",
        suffix="toml",
        bad='expect = ["全站只有0个栏目。"]\n',
        good="""[[columns]]
name = "样例栏目"
url = "/column/"
""",
    ),
    Hook.ATTACHMENT: Sketch(
        names="Attachment, Finding, Rule, Severity, hookimpl",
        tunable="words（表明有问题的文字，默认“样例问题”）",
        options_doc="Text by which the fault is known.",
        option='words: tuple[str, ...] = ("样例问题",)',
        arguments="attachment: Attachment, options: Options",
        hook_doc="One finding for each word that the document shows; the first page that links to it comes first.",
        body="""    for word in options.words:
        if word in attachment.contents.text:
            yield Finding(
                f"附件“{attachment.name}”中有“{word}”。",
                key=word,
                where=(*(place.page for place in attachment.places[:1]), attachment.url),
            )""",
        suffix="toml",
        bad="""expect = ["附件“样例名单”中有“样例问题”。"]

[attachment]
url = "/f/a.docx"
text = "这里写着样例问题。"

[[attachment.places]]
page = "/a.html"
text = "样例名单"
""",
        good="""[attachment]
url = "/f/a.docx"
text = "这里一切正常。"

[[attachment.places]]
page = "/a.html"
text = "样例名单"
""",
    ),
}

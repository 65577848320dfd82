"""文章正文只有标题。

为什么：正文只重复标题或只留下文件抬头，实际内容缺失，群众无法查阅。
看什么：文章页正文里除了与标题相同或相近的一行（或“主席令”一类抬头）之外没有任何内容。
不报：正文有图片、视频、表格、附件的；有完整句子的短消息；由脚本写入正文的页面。
整改：补全正文，或附上原文件。
依据：港政公开发〔2022〕1号第（十五）条“及时发现和纠正错漏信息”；判断方法是本工具的做法。
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins import Confidence, Evidence, Finding, Page, Rule, Severity, hookimpl
from plugins.facts.page.bodies import BodyState

RULE = Rule(
    __doc__,
    code="TXT203",
    severity=Severity.MINOR,
    deduct=1,
    requirements=("R63",),
    confidence=Confidence.MEDIUM,
)


@hookimpl
def check_page(page: Page) -> Iterator[Finding]:
    """Articles that repeat their title and say nothing more."""
    found = page.wholeness
    if found.state is BodyState.HEADING:
        yield Finding(
            f"文章《{page.title}》的正文只有“{found.words}”，没有内容。",
            where=(Evidence(page.address, found.words, "article"),),
            review=found.doubtful,
        )

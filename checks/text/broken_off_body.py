"""文章正文没有写完。

为什么：正文在句子中间断开，多因迁移或粘贴时丢失内容，读者得不到完整的政策和信息。
看什么：文章正文最后一段：书名号、引号或括号没有闭合，以残缺的字符代码结束，或以“的、和、与、及”、逗号、顿号结束；短文（400字以内）最后一段是句子却没有句末标点的。
不报：落款、日期、署名、联系方式、附件名称、“特此公告”一类结尾；不成句的条目和名单；后面还有图片、表格、附件的短文。
整改：对照原文补全正文。
依据：港政公开发〔2022〕1号第（十五）条“及时发现和纠正错漏信息”；判断方法是本工具的做法。

仅因没有句末标点而怀疑的，交人工核实。
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins import Confidence, Evidence, Finding, Page, Rule, Severity, hookimpl
from plugins.facts.language.personal import hide
from plugins.facts.page.bodies import BodyState

RULE = Rule(
    __doc__,
    code="TXT204",
    severity=Severity.MINOR,
    deduct=0.5,
    requirements=("R63",),
    confidence=Confidence.MEDIUM,
)
SHOWN = 30


@hookimpl
def check_page(page: Page) -> Iterator[Finding]:
    """Articles that end in the middle of a sentence."""
    found = page.wholeness
    if found.state is BodyState.BROKEN:
        words = hide(found.words)
        doubt = "请人工核实。" if found.doubtful else ""
        yield Finding(
            f"文章《{page.title}》的正文在“…{words[-SHOWN:]}”处中断。{doubt}",
            where=(Evidence(page.address, words, "article"),),
            review=found.doubtful,
        )

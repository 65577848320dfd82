"""文章没有正文。

为什么：群众点开标题却看不到内容，等于没有公开；网站迁移后常成批出现。
看什么：文章页正文为空，没有文字，也没有图片、视频、表格、框架和附件。
不报：列表、表单和首页；正文是图片、视频、附件的；正文由脚本写入、静态页面看不出的；只有标题的（另一条规则）。
整改：补发正文；确已失效的，撤下文章和列表里的链接。
依据：国办秘函〔2019〕19号功能设计与内容发布指标（内容无法访问）；港政公开发〔2022〕1号第（十五）条“及时发现和纠正错漏信息”。

页面引用了用途不明的脚本的，正文可能由脚本写入，交人工核实。
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins import Confidence, Evidence, Finding, Page, Rule, Severity, hookimpl
from plugins.facts.page.bodies import BodyState

RULE = Rule(
    __doc__,
    code="TXT202",
    severity=Severity.MINOR,
    deduct=1,
    requirements=("R63",),
    confidence=Confidence.MEDIUM,
)


@hookimpl
def check_page(page: Page) -> Iterator[Finding]:
    """Articles without any content."""
    found = page.wholeness
    if found.state is BodyState.EMPTY:
        doubt = "页面有用途不明的脚本，正文也可能由它写入，请人工核实。" if found.doubtful else ""
        yield Finding(
            f"文章《{page.title}》没有正文。{doubt}",
            where=(Evidence(page.address, page.title, "article"),),
            review=found.doubtful,
        )

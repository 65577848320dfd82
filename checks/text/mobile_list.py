"""页面公布大量个人手机号码。

为什么：成批公布个人手机号码会给当事人带来骚扰和诈骗风险，确需公开联系方式的应当公开办公电话。
看什么：文章正文里不重复的完整手机号码，达到一定数量（选项 least，默认10个）的。
不报：数量不足的；办公、咨询、报名、投标等写明是对外联系方式的号码；公安机关备案号等编号；固定电话；已打码的号码。
整改：核实是否确需公开；不需公开的撤下或打码，需要公开的改用办公电话。
依据：《政府信息公开条例》第十五条；《个人信息保护法》第四条、第六条（限于实现目的的最小范围）。数量界限是本工具的做法。

是否属于依法公开的联系方式机器不能判断，一律交人工核实，确认前不扣分。报告中只出现打码后的号码。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins import Confidence, Evidence, Finding, Page, Rule, Severity, hookimpl
from plugins.facts.language.personal import private_mobiles


@dataclass(frozen=True)
class Options:
    """Distinct numbers from which on a text is a list of them."""

    least: int = 10


RULE = Rule(
    __doc__,
    code="TXT102",
    severity=Severity.MAJOR,
    deduct=2,
    options=Options(),
    requirements=("R62",),
    confidence=Confidence.MEDIUM,
    private=True,
)
QUOTED = 3
PLACES = 20


@hookimpl
def check_page(page: Page, options: Options) -> Iterator[Finding]:
    """Articles with many mobile numbers that are nobody's line of contact."""
    article = page.article
    if article is None or "1" not in article.text:
        return
    finds = private_mobiles(article.text)
    if len(finds) < options.least:
        return
    shown = "、".join(find.masked for find in finds[:QUOTED])
    yield Finding(
        f"正文公布了{len(finds)}个完整的手机号码：{shown}等（此处已打码），请核实是否属于个人隐私。",
        where=tuple(Evidence(page.address, find.around, "article") for find in finds[:PLACES]),
        review=True,
    )

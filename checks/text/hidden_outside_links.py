"""页面藏有指向站外的暗链。

为什么：暗链多由入侵者植入，把群众和搜索引擎引向医疗广告、博彩、色情等网站，属于网络安全事故。
看什么：各页面中隐藏（不显示、零尺寸、移出屏幕）的站外链接：指向博彩、色情、代办等内容的；移出屏幕或零尺寸的达到一定数量（选项 offstage，默认3个）；不显示的区块里指向多个商业网站的（选项 least，默认8个网站）。
不报：指向政府、教育、新闻等单位的下拉友情链接；技术支持、分享工具等个别链接；本单位的其他域名；页面上显示的链接。
整改：立即删除，排查被入侵的原因，修补漏洞，并按网络安全规定报告。
依据：国办秘函〔2019〕19号单项否决“安全、泄密事故等严重问题”；《政府网站发展指引》安全防护要求（转述）。

只因不显示而怀疑的，可能是由脚本打开的友情链接，交人工核实。同一批链接出现在多个页面的合并为一条。
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from plugins import Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl
from plugins.addresses.urls import host_of
from plugins.facts.page.hidden import HiddenLink


@dataclass(frozen=True)
class Options:
    """Links of no size or off the screen; hosts in blocks that are switched off."""

    offstage: int = 3
    least: int = 8


RULE = Rule(
    __doc__,
    code="TXT301",
    severity=Severity.VETO,
    deduct=5,
    options=Options(),
    requirements=("R63",),
    confidence=Confidence.MEDIUM,
    shows=True,
)
BAD = re.compile(
    r"博彩|彩票|赌场|赌博|娱乐城|百家乐|棋牌|六合彩|时时彩|色情|情色|成人(?:影|视|网|用品)|裸聊|约炮|私服|外挂|代孕|代开发票|办证|刷单|网赚|性病|男科医院"
)
PLACES = 20
QUOTED = 5


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """Hidden links, one finding for each batch of hosts."""
    pages: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    links: dict[tuple[str, ...], tuple[HiddenLink, ...]] = {}
    for page in site.pages.values():
        foreign = tuple(one for one in page.hidden_links if host_of(one.url) not in site.hosts)
        if not foreign or not page.readable:
            continue
        batch = tuple(sorted({host_of(link.url) for link in foreign}))
        pages[batch].append(page.url)
        links.setdefault(batch, foreign)
    for batch, found in links.items():
        bad = [link for link in found if BAD.search(link.text)]
        offstage = [link for link in found if link.offstage]
        certain = bool(bad) or len(offstage) >= options.offstage
        if not certain and len(batch) < options.least:
            continue
        shown = bad or offstage or list(found)
        named = "、".join(
            f"{link.text or '（无文字）'}（{host_of(link.url)}）" for link in shown[:QUOTED]
        )
        urls = sorted(pages[batch])
        doubt = "" if certain else "也可能是由脚本打开的友情链接，请人工核实。"
        yield Finding(
            f"{len(urls)}个页面藏有{len(found)}个看不见的站外链接：{named}{'等' if len(shown) > QUOTED else ''}。{doubt}",
            key=host_of(shown[0].url) if len(batch) == 1 else batch[0],
            where=tuple(Evidence(url, named) for url in urls[:PLACES]),
            review=not certain,
        )

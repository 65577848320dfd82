"""依申请公开渠道不完整。

为什么：申请人需要在线表单、可下载的申请表，以及受理机构的地址和电话；缺了哪一样，都有人办不成。
看什么：本站各“依申请公开”页面和“政府信息公开指南”合起来，有没有在线申请表单（或通往申请平台的链接）、可下载的申请表、受理地址和联系电话。
不报：没有依申请公开页面的（见DSC601）；写在同类其他页面或指南里的；附件打不开的另由LNK103报告。
整改：在依申请公开页面补上所缺的表单、申请表附件、地址或电话。
依据：《中华人民共和国政府信息公开条例》（国令第711号）第二十九条、第十二条；黄石港区2022年度通报“增设了依申请公开在线平台”。

可调整：parts（要求有的内容，默认form在线表单、sheet申请表、address地址、phone电话）。本次没有看完全站的，以及页面提到了表单或申请表而没有读到的，交人工核实。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins import Confidence, Evidence, Finding, PageDigest, Rule, Severity, Site, hookimpl
from plugins.addresses.urls import host_of
from plugins.facts.kept.fittings import GUIDE, ON_REQUEST, Fittings
from plugins.facts.site.doubts import NOT_ALL, doubt, unseen

NAMES = {
    "form": "在线申请表单",
    "sheet": "可下载的申请表",
    "address": "受理地址",
    "phone": "联系电话",
}


@dataclass(frozen=True)
class Options:
    """What a channel must offer."""

    parts: tuple[str, ...] = tuple(NAMES)


RULE = Rule(
    __doc__,
    code="DSC602",
    severity=Severity.MINOR,
    deduct=1,
    options=Options(),
    requirements=("R52",),
    confidence=Confidence.HIGH,
    absence=True,
)
PLACES = 10


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each part that no page offers."""
    offered: set[str] = set()
    pages: list[PageDigest] = []
    for page in site.pages.values():
        fittings = page.get(Fittings)
        if fittings is None or not page.readable:
            continue
        if fittings.request and host_of(fittings.request) not in site.hosts:
            # The form stands on another platform.
            offered.add("form")
        if fittings.channel:
            offered.update(fittings.channel)
            if "request" in fittings.channel and page.kind in (
                "form",
                "single",
                "portal",
            ):
                pages.append(page)
    if not pages:
        return
    doubts = unseen(
        site,
        lambda words: ON_REQUEST.search(words) or GUIDE.search(words) or "申请" in words,
        NOT_ALL,
    )
    for part in options.parts:
        if part not in offered:
            spoken = f"{part}?" in offered
            mine = doubts or doubt("页面提到了它，可能由脚本提供" if spoken else "")
            yield Finding(
                f"依申请公开的页面没有找到{NAMES.get(part, part)}。{mine.sentence()}",
                key=part,
                where=tuple(Evidence(page.url, page.title) for page in pages[:PLACES]),
                review=bool(doubts) or spoken,
            )

"""索引号用了别的机关的代码。

为什么：索引号的前段是发布机构的代码，照抄模板默认值或者别的单位的代码，信息就归错了机关。
看什么：要素表中索引号“/”以前的一段：同一发布机构的文件多数用同一代码，少数几份用了另一个代码，而那个代码是站内别的机构常用的，或者是国务院办公厅的代码（000014349）。
不报：索引号没有“/”的；发布机构不明的；该机构的文件不足fewest份，或者没有占share%以上的常用代码的；几个机构共用的代码；转发国务院办公厅文件的。
整改：在后台把索引号的机构代码改为本机关的代码，检查模板的默认值。
依据：《中华人民共和国政府信息公开条例》（国令第711号）第二十四条关于编排方法的要求（凭经验转述）；金寨县评分标准要求规范性文件标明索引号（外地文件，供参照）。代码的含义是从页面上看出来的做法，文件没有规定。

机构、代码各报一条，写明份数和例子，一律交人工核实，确认前不扣分。可调整：fewest（默认5）、share（百分比，默认70），均系本工具的默认值。
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plugins import Confidence, Evidence, Finding, PageDigest, Rule, Severity, Site, hookimpl
from plugins.facts.papers.documents import Document


@dataclass(frozen=True)
class Options:
    """Papers that an issuer must have, and the share in per cent of its usual prefix."""

    fewest: int = 5
    share: int = 70


RULE = Rule(
    __doc__,
    code="DSC208",
    severity=Severity.ADVICE,
    options=Options(),
    requirements=("R34",),
    confidence=Confidence.LOW,
)
PREFIX = re.compile(r"([0-9A-Za-z]{6,24})\s?/")
STATE_COUNCIL = "000014349"
CENTRAL = re.compile("国务院|国办")
SHOWN = 5


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each issuer and each prefix that is another body's."""
    papers = _by_issuer(site)
    usual = {
        issuer: prefix
        for issuer, found in papers.items()
        if (prefix := _usual(found, options)) and prefix != STATE_COUNCIL
    }
    owners: dict[str, list[str]] = defaultdict(list)
    for issuer, prefix in sorted(usual.items()):
        owners[prefix].append(issuer)
    for issuer, own in sorted(usual.items()):
        by_prefix: dict[str, list[PageDigest]] = defaultdict(list)
        for page, prefix in papers[issuer]:
            by_prefix[prefix].append(page)
        for prefix, pages in sorted(by_prefix.items()):
            whose = "国务院办公厅" if prefix == STATE_COUNCIL else "、".join(owners.get(prefix, ()))
            if prefix == own or not whose or len(owners.get(prefix, ())) > 1:
                continue
            pages.sort(key=lambda one: one.key)
            yield Finding(
                f"{issuer}的文件多数用索引号代码{own}，有{len(pages)}份用了{whose}的代码{prefix}"
                f"（如“{pages[0].title}”），可能是照抄了模板，请人工核实。",
                key=f"{issuer} {prefix}",
                where=tuple(
                    Evidence(one.final_url or one.url, one.title, "article")
                    for one in pages[:SHOWN]
                ),
                review=True,
                unit=pages[0].unit,
            )


def _by_issuer(site: Site) -> Mapping[str, list[tuple[PageDigest, str]]]:
    """Pages with an index number, by who issued them, with the prefix of each."""
    found: dict[str, list[tuple[PageDigest, str]]] = defaultdict(list)
    for page in site.pages.values():
        document = page.get(Document)
        match = PREFIX.match(document.index) if document else None
        if document is None or match is None or not document.issuer:
            continue
        unit = site.unit_named(document.issuer)
        issuer = unit.name if unit else document.issuer
        if not CENTRAL.search(issuer):
            found[issuer].append((page, match[1].upper()))
    return found


def _usual(found: list[tuple[PageDigest, str]], options: Options) -> str:
    """The prefix that most papers of an issuer bear; "" where there is none."""
    if len(found) < options.fewest:
        return ""
    prefix, count = Counter(prefix for _, prefix in found).most_common(1)[0]
    return prefix if count * 100 >= options.share * len(found) else ""

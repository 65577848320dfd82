"""政策解读没有链接回政策文件。

为什么：群众看了解读找不到文件原文；文件与解读应双向关联。
看什么：站内能找到所解读文件的解读页面（标题中的《…》或名称一致、写明文号、有单向链接或标题高度相似），没有链接到该文件；正文里直接写出的网址也算链接。
不报：已链接所解读文件任何一处页面的；链接到站外或未巡查到的文件页面的；把文件作为附件附在页面上的；解读的是上级文件、站内没有原文的；年份、批次、文号、地名对不上的；任何一页没有读到的；归在政策解读栏目却没有解读任何文件的（见POL104）；所解读的文件标明废止、失效的。
整改：在解读页面加“相关文件”并链接到列出的文件。
依据：《黄石港区2022年政务公开工作要点》“政策解读产品与政策文件相关联”（地方规定）；《政府网站与政务新媒体检查指标》有文件与解读未相互关联的扣分（条目凭经验转述，未对照原文，分值可改）。

一篇解读报一条，证据列出所解读的文件和配对理由。只凭标题相似配上的，交人工核实，确认前不扣分。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins import (
    Evidence,
    Finding,
    Rule,
    Severity,
    Site,
    Subject,
    SubjectKind,
    TargetKind,
    hookimpl,
    known,
)
from plugins.facts.language.titles import plain
from plugins.facts.papers.pairs import place
from plugins.facts.site.mentions import links_naming
from plugins.facts.site.pairing import Pairing

REPEALED = re.compile(r"废止|失效|作废|宣布无效")
RULE = Rule(__doc__, code="POL102", severity=Severity.MAJOR, deduct=1, requirements=("R01",))
SHOWN = 5


@hookimpl
def check_site(site: Site) -> Iterator[Finding]:
    """One finding for each interpretation that links to none of its documents."""
    pairing = known(Pairing, site)
    unlinked = {
        key: pairs
        for key, pairs in sorted(pairing.of_interpretation.items())
        if not any(pair.back for pair in pairs)
        and not pairing.links_elsewhere(pairs[0].interpretation)
    }
    cores = {pair.document.title.core for pairs in unlinked.values() for pair in pairs} - {""}
    attached = links_naming(cores, site, lambda target: target.kind is TargetKind.ATTACHMENT)
    for key, pairs in unlinked.items():
        reading = pairs[0].interpretation
        pair = min(pairs, key=lambda one: (not one.sure, one.document.key))
        document = pair.document
        if document.document and REPEALED.search(document.document.validity):
            continue
        # The paper itself, attached, serves as well as a link to its page.
        if any(place(reading.url) in attached.get(one.document.title.core, ()) for one in pairs):
            continue
        number = document.document.number if document.document else ""
        number = f"（{number}）" if number and plain(number) not in document.title.text else ""
        yield Finding(
            f"解读“{reading.heading}”的页面没有链接回所解读的文件“{document.heading}”{number}"
            f"（{document.url}），{pair.why}。",
            of=Subject(SubjectKind.PAGE, site.host, key),
            where=(
                Evidence(reading.url, reading.heading, "article"),
                *(
                    Evidence(one.document.url, f"{one.document.heading}（{one.why}）", "article")
                    for one in pairs[:SHOWN]
                ),
            ),
            review=not pair.sure,
        )

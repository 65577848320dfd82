"""政策文件没有链接到已发布的解读。

为什么：文件与解读互不关联，群众看了文件找不到解读；要点要求政策解读与政策文件相关联，解读回应是扣分最多的一类。
看什么：站内已有某份文件的解读（标题中的《…》或名称一致、写明文号、有单向链接或标题高度相似），文件页面却没有链接到它；正文里直接写出的网址也算链接。
不报：已链接任何一份本文件解读的（含同一解读的另一地址、站外的解读）；同一文件在另一栏目的页面已链接解读的；年份、批次、文号、地名对不上的；任何一页没有读到的；征求意见稿及其起草说明；标明废止、失效的文件。
整改：在文件页面加“相关解读”并链接到列出的解读，同时在解读页面链接回文件。
依据：《黄石港区2022年政务公开工作要点》“政策解读产品与政策文件相关联”（地方规定）；《政府网站与政务新媒体检查指标》有文件与解读未相互关联的扣分（条目凭经验转述，未对照原文，分值可改）。

一份文件报一条，证据列出建议关联的解读和配对理由；同一文件发布在几处的只报一处。只凭标题相似配上的，交人工核实，确认前不扣分。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins import Evidence, Finding, Rule, Severity, Site, Subject, SubjectKind, hookimpl, known
from plugins.facts.language.titles import plain
from plugins.facts.site.pairing import Pairing

REPEALED = re.compile(r"废止|失效|作废|宣布无效")
RULE = Rule(__doc__, code="POL101", severity=Severity.MAJOR, deduct=1, requirements=("R01",))
SHOWN = 5


@hookimpl
def check_site(site: Site) -> Iterator[Finding]:
    """One finding for each document that links to none of its interpretations."""
    pairing = known(Pairing, site)
    for key, pairs in sorted(pairing.of_document.items()):
        copies = pairing.copies(pairs[0].document)
        first = next((one for one in copies if one.key in pairing.of_document), None)
        if first is None or first.key != key:
            continue
        linked = (pair.forward for one in copies for pair in pairing.of_document.get(one.key, ()))
        if any(linked) or any(pairing.links_elsewhere(one) for one in copies):
            continue
        pair = min(pairs, key=lambda one: (not one.sure, one.interpretation.key))
        document, reading = pair.document, pair.interpretation
        if document.document and REPEALED.search(document.document.validity):
            continue
        number = document.document.number if document.document else ""
        number = f"（{number}）" if number and plain(number) not in document.title.text else ""
        when = f"，{reading.published}发布" if reading.published else ""
        yield Finding(
            f"文件“{document.heading}”{number}的页面没有链接到它的解读；站内已有“{reading.heading}”"
            f"（{reading.url}{when}），{pair.why}。",
            of=Subject(SubjectKind.PAGE, site.host, key),
            where=(
                Evidence(document.url, document.heading, "article"),
                *(
                    Evidence(
                        one.interpretation.url,
                        f"{one.interpretation.heading}（{one.why}）",
                        "article",
                    )
                    for one in pairs[:SHOWN]
                ),
            ),
            review=not pair.sure,
        )

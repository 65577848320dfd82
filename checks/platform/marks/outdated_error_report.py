"""“找错”入口用的是旧地址。

为什么：找错平台早已更换地址，旧地址或写成IP的地址随时可能停用，群众留言会石沉大海。
看什么：首页“找错”的链接或脚本，指向旧平台（pucha.kaipuyun）或者直接写IP地址的。
不报：指向现行平台的；把脚本存到本站使用的；本站自办的纠错页面；没有入口的（见PLT304）。
整改：从现行的全国政府网站找错平台重新取得代码，替换旧地址。
依据：国办秘函〔2019〕19号扣分指标“我为政府网站找错”；旧平台地址为实际所见，未见条文。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins import (
    Confidence,
    Evidence,
    Finding,
    Page,
    Rule,
    Severity,
    Site,
    Subject,
    SubjectKind,
    hookimpl,
)
from plugins.facts.page.site_codes import without_comments
from plugins.facts.site.home import is_start

RULE = Rule(
    __doc__,
    code="PLT305",
    severity=Severity.ADVICE,
    deduct=0.5,
    requirements=("R23", "R54"),
    confidence=Confidence.HIGH,
)
OLD = re.compile(r"""(?:https?:)?//pucha\.kaipuyun\.[^\s"'<>]*""", re.IGNORECASE)
REPORT = re.compile("找错|jiucuo|exposure/", re.IGNORECASE)
BARE = re.compile(r"(?:https?:)?//\d{1,3}(?:\.\d{1,3}){3}(?:[:/]|$)")


@hookimpl
def check_page(page: Page, site: Site) -> Iterator[Finding]:
    """Look at the home page and the scripts that write its footer."""
    if not is_start(page, site):
        return
    read = "\n".join(body.decode("utf-8", "replace") for body in page.scripts_read.values())
    match = OLD.search(without_comments(page.markup)) or OLD.search(read)
    address, what = (match[0], "旧平台") if match else ("", "")
    named = [(link.raw, link.words) for link in page.links]
    named += [(script.raw, script.id) for script in page.scripts]
    for raw, words in named:
        if not address and BARE.match(raw) and REPORT.search(f"{raw} {words}"):
            address, what = raw, "IP地址"
    if address:
        yield Finding(
            f"“找错”入口指向{what}：{address[:200]}。",
            of=Subject(SubjectKind.SITE, site.host, site.host),
            where=(Evidence(page.address, address[:200], "footer"),),
        )

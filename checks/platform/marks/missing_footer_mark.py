"""首页底部标识不全。

为什么：底部功能区的标识是公众辨认真假政府网站的凭据，也是监管部门核验网站身份的依据。
看什么：首页（连同写出页脚的本站脚本）有没有党政机关网站标识、网站标识码、ICP备案编号、公安备案号、主办单位和联系方式，逐项报告。
不报：首页打不开的；页面上任何一处有该标识的；只写在注释里的不算有。
整改：在网站统一页脚补上所缺的标识，并保证各页都用同一页脚。
依据：《政府网站发展指引》（国办发〔2017〕47号）第五部分和附件《网页设计规范》之底部功能区；国务院办公厅政府网站抽查通报对底部标识的要求。

可调整：marks（要求有的标识，默认六项：party_badge党政机关网站标识、site_code网站标识码、icp备案编号、police公安备案、sponsor主办单位、contact联系方式）。“联系我们”一类链接也算联系方式。首页的页脚可能由没有读到的脚本或内嵌页面写出时，交人工核实，确认前不扣分。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

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
from plugins.facts.site.fittings import is_home, unread_part

NAMES = {
    "party_badge": "党政机关网站标识",
    "site_code": "网站标识码",
    "icp": "ICP备案编号",
    "police": "公安机关备案号",
    "sponsor": "主办单位",
    "contact": "联系方式",
}
CONTACT = re.compile(r"联系(?:我们|方式|电话)|网站(?:电话|邮箱)")
# The unit's name after 版权所有 or ©, or 承办, is no 主办单位; but 主管/主办 may be spelt apart.
SPONSOR = re.compile(r"主\s*办|版权所有|Copyright|©", re.IGNORECASE)
FEW_LINKS = 5


@dataclass(frozen=True)
class Options:
    """Marks that a home page must show."""

    marks: tuple[str, ...] = tuple(NAMES)


RULE = Rule(
    __doc__,
    code="PLT301",
    severity=Severity.MINOR,
    deduct=1,
    options=Options(),
    requirements=("R54",),
    confidence=Confidence.HIGH,
    shows=True,
)


@hookimpl
def check_page(page: Page, site: Site, options: Options) -> Iterator[Finding]:
    """Look at the home page only."""
    if not is_home(page, site):
        return
    missing = [name for name in options.marks if not _shown(page, name)]
    if not missing:
        return
    doubt = unread_part(page)
    if len(page.links) < FEW_LINKS and not doubt:
        return
    for name in missing:
        tail = f"{doubt}，请人工核实。" if doubt else ""
        yield Finding(
            f"首页没有找到{NAMES.get(name, name)}。{tail}",
            key=name,
            of=Subject(SubjectKind.SITE, site.host, site.host),
            where=(Evidence(page.address, selector="footer"),),
            review=bool(doubt),
        )


def _shown(page: Page, name: str) -> bool:
    if page.footer.get(name):
        return True
    if name == "contact":
        return any(CONTACT.search(link.words) for link in page.links)
    return name == "sponsor" and SPONSOR.search(page.text[-3000:]) is not None

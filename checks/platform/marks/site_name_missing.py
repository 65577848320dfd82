"""首页页头没有网站全称。

为什么：页头写明网站全称，公众一眼就知道是哪一级、哪个单位的网站。
看什么：首页的标题、页头文字和徽标的替代文本里，有没有台账登记的网站名称（没有登记的，取SiteName标签）。
不报：名称出现在标题、正文或任何图片替代文本中的；台账没有名称、页面也没有SiteName标签的；首页打不开的。
整改：在页头写出网站全称；名称做在图片里的，给图片加上同样文字的替代文本。
依据：《政府网站发展指引》（国办发〔2017〕47号）附件《网页设计规范》“头部标识区”。

页头有图片而名称不在文字里时，名称可能写在图片中，交人工核实，确认前不扣分。
"""

from __future__ import annotations

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
from plugins.facts.language.text import solid
from plugins.facts.site.home import is_home, unread_part

RULE = Rule(
    __doc__,
    code="PLT307",
    severity=Severity.MINOR,
    deduct=0.5,
    requirements=("R54",),
    confidence=Confidence.MEDIUM,
)
SHORTEST = 4
HEAD_IMAGES = 8


@hookimpl
def check_page(page: Page, site: Site) -> Iterator[Finding]:
    """Look at the home page only."""
    if not is_home(page, site):
        return
    name = solid(site.name or page.meta.get("SiteName") or "")
    if len(name) < SHORTEST:
        return
    bare = _short(name.removesuffix("门户网站").removesuffix("网站"))
    # The title belongs to the browser's bar: a name there alone is not in the header.
    shown = solid(page.text) + "".join(solid(image.text + image.title) for image in page.images)
    shown += "".join(solid(link.title) for link in page.links)
    if bare in _short(shown):
        return
    doubt = unread_part(page)
    if not doubt and page.images[:HEAD_IMAGES]:
        doubt = "名称可能写在图片里"
    tail = f"{doubt}，请人工核实。" if doubt else ""
    yield Finding(
        f"首页页头没有网站全称“{(site.name or page.meta.get('SiteName') or '')[:60]}”。{tail}",
        of=Subject(SubjectKind.SITE, site.host, site.host),
        where=(Evidence(page.address, selector="header"),),
        review=bool(doubt),
    )


def _short(text: str) -> str:
    """Without what is said or left out at will: 人民, 中华人民共和国, dots."""
    return text.replace("中华人民共和国", "").replace("人民政府", "政府").replace("·", "")

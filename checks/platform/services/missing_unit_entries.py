"""单位主页没有统一的互动交流或在线办事入口。

为什么：群众从哪个单位的页面进来，都应当能找到同一个互动平台和办事平台，不必再回门户首页。
看什么：台账各单位在本站的主页（栏目名就是单位全称或别名的页面），菜单和页头里有没有“互动交流”“政务服务”一类入口，是否与首页的入口指向同一主机。
不报：在本站没有主页的单位；首页也没有该入口的；单位主页没有读到的；页面由脚本生成而没有在浏览器中打开的。
整改：在单位主页的统一页头加上门户网站的互动交流和在线办事入口。
依据：《江汉区基层政务公开标准化规范化工作实施方案》（2020年）“统一的互动交流入口和在线办事入口”（外地文件，供参照）。

可调整：dialogue、services（是否要求互动交流、在线办事入口，默认都要求）。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins import (
    Confidence,
    Evidence,
    Finding,
    PageDigest,
    Rule,
    Severity,
    Site,
    Subject,
    SubjectKind,
    hookimpl,
)
from plugins.addresses.urls import host_of
from plugins.facts.kept.fittings import Fittings
from plugins.facts.language.text import solid

ENTRIES = (("dialogue", "互动交流"), ("services", "在线办事"))


@dataclass(frozen=True)
class Options:
    """Which of the two entries a unit's page must have."""

    dialogue: bool = True
    services: bool = True


RULE = Rule(
    __doc__,
    code="PLT504",
    severity=Severity.MINOR,
    deduct=0.5,
    options=Options(),
    requirements=("R58",),
    confidence=Confidence.HIGH,
)


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """One finding for each unit's main page and entry."""
    home = site.home
    if home is None or home.get(Fittings) is None:
        return
    names = {solid(name): unit.name for unit in site.units for name in (unit.name, *unit.aliases)}
    asked = {"dialogue": options.dialogue, "services": options.services}
    pages: dict[str, PageDigest] = {}
    for page in site.pages.values():
        unit = names.get(solid(page.title)) if page.kind in ("portal", "list") else None
        if unit is None or page.get(Fittings) is None or not page.readable or page.key == home.key:
            continue
        # Templates that put the unit's name above every list: its main page is nearest to the top.
        if unit not in pages or _rank(page, home) < _rank(pages[unit], home):
            pages[unit] = page
    for unit, page in sorted(pages.items()):
        for name, words in ENTRIES:
            wanted = getattr(home.get(Fittings), name)
            if asked[name] and wanted:
                yield from _judge(page, site, unit, (name, words), wanted)


def _rank(page: PageDigest, home: PageDigest) -> tuple[bool, int, bool, int, str]:
    """A page that the home page leads to comes first, then the nearest portal."""
    return page.key not in home.out, page.depth, page.kind != "portal", len(page.url), page.url


def _judge(
    page: PageDigest, site: Site, unit: str, entry: tuple[str, str], wanted: str
) -> Iterator[Finding]:
    name, words = entry
    found = getattr(page.get(Fittings), name)
    if found and host_of(found) in (host_of(wanted), *site.hosts):
        return
    subject = Subject(SubjectKind.PAGE, site.host, page.key)
    address = page.final_url or page.url
    if not found:
        message = f"{unit}的主页没有{words}入口（门户首页的入口是 {wanted}）。"
    else:
        message = f"{unit}的主页{words}入口指向 {found}，与门户首页的 {wanted} 不是同一平台。"
    yield Finding(message, key=name, of=subject, where=(Evidence(address, page.title, "nav"),))

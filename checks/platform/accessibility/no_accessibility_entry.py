"""首页没有无障碍浏览或适老化入口。

为什么：政府网站应方便老年人和残疾人使用；没有入口，辅助工具装了也没有人找得到。
看什么：首页上有没有“无障碍浏览”“长者助手”“关怀版”“适老版”一类的链接、按钮或图片，或者常用无障碍工具的脚本和标记。
不报：首页打不开或只有一个跳转画面的；页面上有任何一种入口的，无论名称和做法。
整改：在首页醒目位置（一般是页头）增加无障碍浏览和适老化入口，并保证能用。
依据：国办公开办函〔2021〕28号（政府网站适老化与无障碍改造）；工业和信息化部《互联网网站适老化通用设计规范》；GB/T 37668—2019。

首页没有在浏览器中打开，而页头、页脚或工具栏由脚本或内嵌页面写出时，入口可能在其中，机器不能断定没有，交人工核实，确认前不扣分。
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
from plugins.addresses.urls import host_of, resolve
from plugins.facts.site.digest import accessibility_links, accessibility_scripts
from plugins.facts.site.home import is_home

RULE = Rule(
    __doc__,
    code="PLT201",
    severity=Severity.MINOR,
    deduct=1,
    requirements=("R56",),
    confidence=Confidence.MEDIUM,
)

# A splash page ("click to enter") has no header to look into.
FEW_LINKS = 5
# Scripts that write parts of a page, by what their authors call them.
WRITES = re.compile(
    r"head|top|foot|bottom|tool|common|public|include|/inc|nav|menu|layout|main|index|site|app",
    re.IGNORECASE,
)
LIBRARY = re.compile(
    r"jquery|bootstrap|swiper|slide|layer|echarts|polyfill|respond|html5|modernizr|require\.js",
    re.IGNORECASE,
)


@hookimpl
def check_page(page: Page, site: Site) -> Iterator[Finding]:
    """Look at the home page only."""
    if not is_home(page, site) or accessibility_links(page) or accessibility_scripts(page):
        return
    doubt = "" if page.rendered else _unread(page)
    if len(page.links) < FEW_LINKS and not doubt:
        return
    tail = f"{doubt}，入口可能在其中，请人工核实。" if doubt else ""
    yield Finding(
        f"首页没有找到无障碍浏览、长者模式或适老化入口。{tail}",
        of=Subject(SubjectKind.SITE, site.host, site.host),
        where=(Evidence(page.address, selector="home"),),
        review=bool(doubt),
    )


def _unread(page: Page) -> str:
    """What may hold the entry and was not read; "" where all of the page was."""
    if page.needs_browser:
        return "首页内容由脚本生成"
    for frame in page.tree.css("iframe[src], frame[src]"):
        # A weather box of somebody else's is no place for the site's own tools.
        source = resolve(page.address, frame.attributes.get("src") or "")
        if host_of(source) == host_of(page.address):
            return "首页含有内嵌页面"
    for script in page.scripts:
        name = script.url.rpartition("/")[2]
        if script.url and WRITES.search(script.url) and not LIBRARY.search(name):
            return f"首页的部分内容由脚本（{name[:60]}）写出"
    return ""

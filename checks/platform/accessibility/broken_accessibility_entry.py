"""无障碍或适老化入口打不开。

为什么：入口点开是“页面不存在”，等于没有入口，最需要帮助的人反而用不上。
看什么：首页上“无障碍浏览”“长者助手”“关怀版”一类入口的链接地址，以及无障碍工具的脚本地址，经核实确已失效（404、410，并经复核，或软404）。
不报：写在页面里、没有地址的入口和脚本；拒绝自动访问、超时等不能断定失效的（见LNK106）；没有核实到的。
整改：恢复该页面或脚本，或把入口改到可用的无障碍服务地址。
依据：国办公开办函〔2021〕28号（政府网站适老化与无障碍改造）；工业和信息化部《互联网网站适老化通用设计规范》；GB/T 37668—2019。

入口的链接地址失效，另由LNK101或LNK102报告；评分方案应避免重复扣分。
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins import (
    Confidence,
    Evidence,
    Finding,
    Rule,
    Severity,
    Site,
    TargetKind,
    hookimpl,
)
from plugins.addresses.urls import url_key
from plugins.facts.site.causes import what_happened

RULE = Rule(
    __doc__,
    code="PLT202",
    severity=Severity.MINOR,
    deduct=1,
    requirements=("R56",),
    confidence=Confidence.HIGH,
)


@hookimpl
def check_site(site: Site) -> Iterator[Finding]:
    """One finding for each entry of the home page whose target is dead."""
    if site.home is None:
        return
    home = site.home
    marks = (*home.accessibility_links, *home.accessibility_scripts)
    entries = {url_key(mark) for mark in marks if "://" in mark}
    if not entries:
        return
    for target in site.targets:
        if target.key not in entries or not target.verdict.dead:
            continue
        reason = what_happened(target.reason) or f"HTTP {target.status}"
        if target.kind is TargetKind.SCRIPT:
            words, what = "", "工具的脚本"
        else:
            places = [place for place in target.places if place.home] or list(target.places)
            words = next((place.text for place in places if place.text), "")
            what = f"入口“{words}”" if words else "入口"
        yield Finding(
            f"首页的无障碍{what}打不开：{target.url}（{reason}）。",
            key=target.key,
            where=(Evidence(home.url, words, "home"),),
        )

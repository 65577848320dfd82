"""Whose paper it is: titles and sources that name a body above, or beside, the one that runs a site."""

from __future__ import annotations

import re

from plugins.facts.language.title_words import LEVELS, PLACE
from plugins.facts.language.titles import Title, plain

CENTRAL = re.compile(
    r"(?:中共中央|国务院|最高人民|全国人大|全国人民|全国政协|中华人民共和国|国家(?!级|重点|基本)|教育部|科技部|科学技术部|工业和信息化部|公安部|民政部|司法部"
    r"|财政部|人力资源(?:和)?社会保障部|自然资源部|生态环境部|住房(?:和)?城乡建设部|交通运输部|水利部|农业农村部|商务部|文化和旅游部|退役军人事务部|应急管理部"
    r"|中国人民银行|审计署|税务总局|市场监管总局|市场监督管理总局|金融监管总局|中国证监会|中国气象局|海关总署|体育总局|广电总局|中办|国办|新华社|人民日报|中国政府网)"
)
# 省教育厅, 市人民政府办公室: bodies named without their place, as their subordinates speak of them.
UNPLACED = re.compile(
    r"(省|市)(?:人民|委|政府|人大|政协|(?!场|容|民|域|政(?!府))[\u4e00-\u9fff]{1,14}?(?:厅|局|委|办|院|署|指挥部|领导小组))"
)
REPRINTED = re.compile(r"^[\[【(](?:转载|转发|转)[\]】)]|^(?:转载|转发)[:|]")
# Districts and counties make no 条例: only the State Council and the congresses above them do.
ACT = re.compile(r"条例(?:\([^()]*\))?$")
CITY = 2
PROVINCE = 1


def level_of(site: str) -> int:
    """The level of the innermost place that a site's name holds (1 省 … 4 街道); 0 = names none."""
    found = [LEVELS[match[1]] for match in PLACE.finditer(plain(site))]
    return max(found, default=0)


def of_another_body(title: Title, site: str, source: str = "") -> bool:
    """Whether a paper is no business of the body whose site is named ``site``.

    True where title or source names a central body, a province or a city that the site is not of,
    a 省… or 市… body seen from below, where the title says it is reprinted, and for the acts
    (条例) that no district can make. An empty ``site`` speaks for nothing but plain reprints.
    """
    text = title.text
    if REPRINTED.search(text):
        return True
    if not site:
        return False
    name = plain(site)
    level = level_of(site)
    if level > CITY and any(ACT.search(core) for core in (*title.cores, text)):
        return True
    return any(_elsewhere(part, name, level) for part in (text, title.place, plain(source)) if part)


def _elsewhere(text: str, site: str, level: int) -> bool:
    """Whether a text opens with a body or a place, above district level, that is not the site's."""
    if central := CENTRAL.match(text):
        return central[0] not in site
    if unplaced := UNPLACED.match(text):
        return level > LEVELS[unplaced[1]]
    last, end = None, 0
    while segment := PLACE.match(text, end):
        last, end = segment, segment.end()
    return bool(last and LEVELS[last[1]] <= CITY and last[0] not in site)

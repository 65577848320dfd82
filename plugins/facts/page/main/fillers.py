"""Scripts that may fill a list after the page has loaded: then an empty list proves nothing."""

from __future__ import annotations

import re

from plugins.facts.markup.outline import Element
from plugins.facts.page import limits
from plugins.facts.page.drawing import Drawing
from plugins.facts.page.main.contents import empty_containers, in_main

FILLING = re.compile(
    r"""\$\.(?:ajax|get|post|getJSON)\b|\.load\s*\(|\bfetch\s*\(|axios|XMLHttpRequest|\.getJSON|new\s+Vue"""
    r"""|<scr["']\s*\+|createElement\(\s*["']script|avalon\.|angular\.|createApp\s*\(|template\s*\("""
    r"""|\.innerHTML\s*\+?=|\.append\s*\(|\.html\s*\(\s*[^)'"\s]|dataproxy|jpaas|api-gateway|ListFilter"""
    r"""|\beval\s*\(|\.datalist|tmpl\s*\(|laytpl|juicer|Mustache|Handlebars"""
)
TARGET = re.compile(
    r"""\$\(\s*["']([#.][\w-]+)[^"']*["']\s*\)(?:\.\w+\([^()]*\))?\s*\.(?:append|prepend|html|load|after|before|replaceWith|text)\s*\(|getElementById\(\s*["']([\w-]+)["']\s*\)\s*\.innerHTML|\bel\s*:\s*["']([#.][\w-]+)["']|appendTo\(\s*["']([#.][\w-]+)["']"""
)
# Tools by the names of their files: libraries, effects, counters, share and accessibility bars.
HARMLESS = re.compile(
    r"jquery|vsb|slide|swiper|bootstrap|layer|layui|pagination|tongji|analytics|webtrends|jiathis|bshare"
    r"|jiucuo|conac|polyfill|modernizr|allmobilize|uaredirect|nicescroll|fancybox|lightbox|colorbox|marquee"
    r"|(?<![a-z])(?:create_?page|page(?:nav|r|turn)?(?![a-z])|hm|ta-?\d|wza|aria|barrier|toolbar|share|weather|calendar"
    r"|date|time|scroll|tab|menu|nav|respond|html5|placeholder|png|ie\d|font|resize|mobile|device|print"
    r"|favorite|search|suggest|qrcode|foot|head|top|banner|lazy|base|counter|count|visit|click|hits|stat"
    r"|wow|animate|css|jump|cookie|md5|crypto|secur|login|user|left_?tree|public|s-\d+|main|index|js|global"
    r"|comm(?:on)?|util|func|trs|zfxxgk|video|audio|player|zoom)(?:s|er|ing|ination|ate)?(?![a-z]{4})",
    re.IGNORECASE,
)
# Functions that fetch or draw a list, by the custom of their names; drawing a pager is none.
LOADER = re.compile(
    r"(?<![\w.])((?:get|load|query|fetch|render|init|show|find|search)_?(?:\w{0,12}?)(?:List|Data|Info|News|Content|Article|Channel|Docs?|Table|Record|Item)s?\w{0,8})\s*\(",
    re.IGNORECASE,
)
SOURCE_NAME = re.compile(
    r"data-(?:url|api|src|source|ajax|href|load|channel(?:-?id)?|column(?:-?id)?|cid|template)"
)
DATA_SCRIPT = re.compile(
    r"list|data|load|ajax|query|channel|column|article|news|info|api|app[-.]|chunk|vendor|bundle|vue|react|angular|avalon|require|render|template|dynamic|content|jpage",
    re.IGNORECASE,
)


def unknown_script(drawing: Drawing) -> str:
    """A linked script that is no known tool: it may draw what is missing."""
    if drawing.rendered:
        return ""
    for script in drawing.scripts:
        name = script.raw.partition("?")[0].rpartition("/")[2]
        if script.raw and name and not HARMLESS.search(_stem(name)):
            return name
    return ""


def _stem(name: str) -> str:
    """A script's file name without its ending, which says nothing."""
    return re.sub(r"(?:[.-]min)?\.js$", "", name)


def find_filler(drawing: Drawing) -> str:
    """A script that may fill the list: named for people; "" = none can be seen.

    Libraries, counters and pagers that are known by their names fill nothing.
    """
    if drawing.rendered:
        return ""
    places = empty_containers(drawing)
    ids = [element.attrs["id"] for element in places if element.attrs.get("id")]
    for script in drawing.scripts:
        if script.text:
            text = script.text
            for name in ids:
                if re.search(rf"[\"'#]{re.escape(name)}[\"'\s]", text):
                    return f"脚本写入#{name}"
            match = FILLING.search(text) or _called(text)
            if match and not _only_tools(text) and _may_fill(drawing, text, places):
                return f"页内脚本含{match[0].strip('.( =')}"
        elif script.raw:
            name = script.raw.partition("?")[0].rpartition("/")[2]
            if DATA_SCRIPT.search(name) and not HARMLESS.search(_stem(name)):
                return name
    return _by_attributes(drawing)


def _by_attributes(drawing: Drawing) -> str:
    """A place that names its data source, an element of a component, a body that loads on opening."""
    for element in drawing.outline.elements:
        if element.tag == "body" and (match := LOADER.search(element.attrs.get("onload", ""))):
            return f"打开页面时调用{match[1]}"
        if not in_main(drawing, element) or drawing.outline.anchors_in(element):
            continue
        if "-" in element.tag and not drawing.outline.line(element, 20):
            return f"组件{element.tag}"
        for name, value in element.attrs.items():
            if SOURCE_NAME.fullmatch(name) and value:
                return f"属性{name}"
    return ""


def _called(text: str) -> re.Match[str] | None:
    """A call such as ``getList(1)`` of a function that stands in another file."""
    for match in LOADER.finditer(text):
        if not re.search(rf"function\s+{match[1]}\b|\b{match[1]}\s*=\s*(?:function|\()", text):
            return match
    return None


def _may_fill(drawing: Drawing, text: str, places: list[Element]) -> bool:
    """Whether a script writes into the list, or nobody can see where it writes.

    A script whose targets all stand elsewhere (a menu, a counter) does not fill the list.
    """
    targets = {next(filter(None, match.groups())) for match in TARGET.finditer(text)}
    if not targets:
        return True
    known = False
    for element in drawing.outline.elements:
        if not element.attrs:
            continue
        names = {f".{name}" for name in element.attrs.get("class", "").split()} | {
            f"#{element.attrs.get('id', '')}"
        }
        if not targets & (names | {element.attrs.get("id", "")}):
            continue
        known = True
        if places:
            if any(element.holds(place) or place.holds(element) for place in places):
                return True
        elif in_main(drawing, element) and not drawing.outline.anchors_in(element):
            return True
    return not known


def _only_tools(text: str) -> bool:
    """Whether an inline script only counts visits, shares or searches."""
    return (
        re.search(
            r"tongji|analytics|hits|click|visit|share|weather|search|wza|jiucuo|favorite|conac|hm\.baidu|google",
            text,
            re.IGNORECASE,
        )
        is not None
        and len(text) < limits.TOOL_SCRIPT
    )

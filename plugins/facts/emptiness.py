"""Is a column page empty? Three answers: yes, no, could not tell, each with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.facts.outline import Element
from plugins.facts.phrases import LOADING, PLACEHOLDER, TEMPLATE, TEMPLATE_NAMES
from plugins.facts.text import solid, squeeze

if TYPE_CHECKING:
    from plugins.facts.layout import Layout

FILLING = re.compile(
    r"\$\.(?:ajax|get|post|getJSON)\b|\.load\s*\(|\bfetch\s*\(|axios|XMLHttpRequest|\.getJSON|new\s+Vue|avalon\.|angular\.|createApp\s*\(|template\s*\(|\.innerHTML\s*\+?=|\.append\s*\(|\.html\s*\(\s*[^)'\"\s]|dataproxy|jpaas|api-gateway|ListFilter|\.datalist|tmpl\s*\(|laytpl|juicer|Mustache|Handlebars",
)
TARGET = re.compile(
    r"""\$\(\s*["']([#.][\w-]+)[^"']*["']\s*\)(?:\.\w+\([^()]*\))?\s*\.(?:append|prepend|html|load|after|before|replaceWith|text)\s*\(|getElementById\(\s*["']([\w-]+)["']\s*\)\s*\.innerHTML|\bel\s*:\s*["']([#.][\w-]+)["']|appendTo\(\s*["']([#.][\w-]+)["']"""
)
HARMLESS = re.compile(
    r"jquery|slide|swiper|bootstrap|layer|layui|createpage|page(?:nav|r|turn)?[-_.\d]*(?:min\.)?js|pagination|tongji|analytics|hm\.js|ta-?\d|webtrends|wza|aria|barrier|toolbar|share|jiathis|bshare|jiucuo|conac|weather|calendar|date|time|marquee|scroll|tab|menu|nav|respond|html5|polyfill|modernizr|placeholder|png|ie\d|font|resize|mobile|device|print|favorite|search|suggest|qrcode|foot|head|top|banner|lazy|base\d*(?:\.min)?\.js|counter|count|visit|click|hits|stat|wow|animate|css|jump|cookie|md5|crypto|secur|login|user|allmobilize|uaredirect|superslide|nicescroll|lefttree|public\.js|scripts?/s-\d+|main\.js|index\.js|js\.js|global|comm(?:on)?|util|func|trs_|zfxxgk|video|audio|player|zoom|fancybox|lightbox|colorbox",
    re.IGNORECASE,
)
DATA_SCRIPT = re.compile(r"list|data|load|ajax|query|channel|column|article|news|info|api|app[-.]|chunk|vendor|bundle|vue|react|angular|avalon|require|render|template|dynamic|content|jpage", re.IGNORECASE)
LIST_MARKS = re.compile(r"(?<![a-z])(?:list|news|lists|newslist|newlist|listbox|items?|con|content|main|right|box|data|zcwj|wenzhang|article)(?![a-z])|list|news[-_]?|_con|con_|liebiao")
CONTENT = frozenset(("img", "iframe", "frame", "video", "audio", "embed", "object", "a", "form", "input", "canvas", "svg", "script"))
SHORT_TEXT = 40
ENOUGH = 40
FEW = 12
LONG_LINK = 9


@dataclass(frozen=True)
class Emptiness:
    """``empty`` True, False or None (could not tell), why (Chinese), the placeholder sentence, and
    why the static form is not enough ("" = it is)."""

    empty: bool | None
    why: str
    placeholder: str = ""
    needs_browser: str = ""


def judge_empty(layout: Layout) -> Emptiness:
    """Judge by the main part only: its lists, texts, pictures, frames, forms and scripts."""
    from plugins.facts.kinds import PageKind

    kind = layout.kind
    if kind is PageKind.ERROR:
        return Emptiness(None, "页面没有正常打开，无法判断")
    if kind is PageKind.DATA:
        return _judge_data(layout)
    template = find_template(layout)
    if layout.rows:
        if all(not entry.title or TEMPLATE.search(entry.title) for entry in layout.rows):
            return Emptiness(None, "列表只有未填数据的模板行，须用浏览器打开", needs_browser="列表由脚本按模板填充")
        return Emptiness(False, f"列表中有{len(layout.rows)}条信息")
    if kind in (PageKind.HOME, PageKind.SEARCH):
        return Emptiness(None if not layout.finder.content else False, "首页或检索页，不按栏目判断", needs_browser=_thin(layout))
    main = main_text(layout)
    found = find_placeholder(layout)
    if kind is PageKind.ARTICLE:
        if found:
            return Emptiness(None, "文章页，不按栏目判断；正文位置只有提示语", found)
        why = "文章页，不按栏目判断" if main >= ENOUGH else "文章页正文为空或极短，不按栏目判断"
        return Emptiness(False if main >= ENOUGH else None, why, needs_browser="" if main >= ENOUGH else _thin(layout))
    if template:
        return Emptiness(None, f"列表是未填数据的模板（{template}），须用浏览器打开", needs_browser="列表由脚本按模板填充")
    loading = find_loading(layout)
    if loading:
        return Emptiness(None, f"页面显示“{loading}”，内容由脚本加载", needs_browser="内容由脚本加载")
    if main_frames(layout):
        return Emptiness(None, "内容在内嵌框架中，本页无法判断")
    if kind is PageKind.FORM or any(not form.is_search for form in layout.forms):
        return Emptiness(False, "页面是在线填写的表单")
    filler = find_filler(layout)
    if found and main < ENOUGH + len(found) and not main_pictures(layout) and _main_links(layout, 1) < 3:
        if filler and not _plain_placeholder(layout):
            return Emptiness(None, f"页面有提示语“{found}”，但列表可能由脚本填充（{filler}）", found, "列表可能由脚本填充")
        return Emptiness(True, f"栏目中没有信息，只有提示语“{found}”", found)
    if main >= (FEW if kind is PageKind.SINGLE else ENOUGH):
        return Emptiness(False, f"正文约{main}字")
    pictures = main_pictures(layout)
    if pictures:
        return Emptiness(False if pictures >= 1 else None, f"主要内容是{pictures}张图片")
    paged = layout.found_pager is not None and layout.found_pager.pager.kind != "bare"
    if _main_links(layout, 1 if paged else 2) >= 3:
        return Emptiness(False, "主要部分有链接")
    if attachments(layout):
        return Emptiness(False, "主要部分有附件或播放器")
    if filler:
        return Emptiness(None, f"没有取得任何一条信息，但列表可能由脚本填充（{filler}）", needs_browser=f"列表为空且有脚本：{filler}")
    if paged:
        return Emptiness(True, "有分页条，但列表中没有一条信息")
    if empty_containers(layout) or empty_body(layout) or bare_heading(layout):
        stranger = unknown_script(layout)
        if stranger:
            return Emptiness(None, f"列表或正文容器为空，但不知道脚本{stranger}是否填充它", needs_browser=f"容器为空且有脚本：{stranger}")
        return Emptiness(True, "列表或正文容器为空，也没有内嵌框架和加载数据的脚本")
    return Emptiness(None, "没有找到列表或正文的位置，无法判断", needs_browser=_thin(layout))


def _judge_data(layout: Layout) -> Emptiness:
    answer = layout.answer
    assert answer is not None
    if layout.rows:
        return Emptiness(False, f"数据中有{len(layout.rows)}条信息")
    if not answer.listing:
        return Emptiness(None, "单篇数据，不按栏目判断")
    if answer.total == 0 or (answer.total is None and not squeeze(re.sub(r"<[^>]*>", " ", answer.html[:50_000]))):
        return Emptiness(True, "数据接口返回的列表为空")
    return Emptiness(None, "数据接口的回答中没有认出任何一条信息")


def _thin(layout: Layout) -> str:
    """Whether the page is a shell to be filled by scripts."""
    if layout.rendered:
        return ""
    outline = layout.outline
    text = sum(len(piece.strip()) for piece in outline.texts[:2_000])
    if text < 200 and len(outline.anchors) < 10 and any(script.raw or len(script.text) > 40 for script in layout.scripts):
        return "页面正文几乎为空，内容由脚本生成"
    return ""


# -- the main part ---------------------------------------------------------------------------


def in_main(layout: Layout, element: Element) -> bool:
    """Whether an element stands in the main part: not in menu, breadcrumb, side bar or footer."""
    marks = layout.landmarks
    return not (
        element.unseen
        or element.hidden
        or marks.in_footer(element)
        or marks.in_nav(element)
        or marks.in_crumb(element)
        or marks.in_side(element)
        or (layout.main is not None and not layout.main.holds(element))
        or (marks.crumb is not None and element.index < marks.crumb.index)
    )


def main_text(layout: Layout) -> int:
    """How much text stands in the main part outside links, headings and pager."""
    outline = layout.outline
    names = {solid(name) for name in (*layout.crumb_names, layout.title, layout.meta.first("ColumnName"))}
    pager = layout.found_pager.element if layout.found_pager else None
    total = 0
    side = side_spans(layout)
    for position, text in enumerate(outline.texts):
        stripped = squeeze(text)
        if len(stripped) < 2:
            continue
        owner = outline.owners[position]
        if not in_main(layout, owner) or (pager is not None and pager.tag != "script" and pager.holds(owner)):
            continue
        if any(first <= owner.index < last for first, last in side):
            continue
        if solid(stripped) in names or _in_tag(owner, ("a", "h1", "h2", "h3", "h4", "button", "label", "th", "dt")) or re.fullmatch(r"[\W\d]*|共\s*\d+\s*[条页篇].{0,20}|第.{1,10}页.*", stripped):
            continue
        total += len(stripped)
    return total


def side_spans(layout: Layout) -> list[tuple[int, int]]:
    """Lists that are not the page's own: they prove nothing about its content."""
    chosen = {id(group) for group in layout.chosen}
    if layout.kind.value in ("article", "single", "form"):
        chosen = set()
    return [(group.holder.index, group.holder.end) for group in layout.groups if id(group) not in chosen and group.holder.tag != "body"]


def _in_tag(owner: Element, tags: tuple[str, ...]) -> bool:
    node: Element | None = owner
    for _ in range(4):
        if node is None:
            return False
        if node.tag in tags:
            return True
        node = node.parent
    return False


def main_pictures(layout: Layout) -> int:
    """Pictures in the main part that are no icons."""
    count = 0
    for element in layout.outline.elements:
        if element.tag == "img" and in_main(layout, element):
            source = element.attrs.get("src", "")
            width = re.match(r"\d+", element.attrs.get("width", ""))
            if re.search(r"icon|logo|dot|arrow|line|bg|spacer|blank|loading|sous|search", source, re.IGNORECASE) or (width and int(width[0]) < 60):
                continue
            count += 1
    return count


def attachments(layout: Layout) -> bool:
    """Players, objects and links to files in the main part."""
    for element in layout.outline.elements:
        if element.tag in ("video", "audio", "embed", "object", "canvas") and in_main(layout, element):
            return True
    return False


def _main_links(layout: Layout, kind: int = 2) -> int:
    """Content links in the main part; ``kind`` 1 = only such as read like titles, 2 = all.

    Beside a pager short links are a menu of columns; without one they may be the content.
    """
    shortest = LONG_LINK if kind == 1 else 2
    return sum(in_main(layout, anchor) and len(layout.finder.title(anchor)) >= shortest for anchor in layout.finder.content)


def main_frames(layout: Layout) -> bool:
    """Whether an inner frame stands in the main part."""
    return any(
        element.tag in ("iframe", "frame") and in_main(layout, element) and not re.search(r"foot|head|top|conac|weather|tianqi", element.attrs.get("src", ""))
        for element in layout.outline.elements
    )


def empty_containers(layout: Layout) -> list[Element]:
    """List elements of the main part without any row: ``ul``, ``ol``, ``tbody`` or a named block."""
    outline = layout.outline
    found = []
    for element in outline.elements:
        if element.tag not in ("ul", "ol", "dl", "tbody", "table") or not in_main(layout, element):
            continue
        if outline.anchors_in(element):
            continue
        inner = [child.tag for child in outline.inside(element)]
        if any(tag in ("img", "iframe", "input", "video", "form", "object", "textarea", "ul", "table") for tag in inner):
            continue
        if len(outline.line(element, 200)) <= SHORT_TEXT:
            found.append(element)
    return found


def empty_body(layout: Layout) -> bool:
    """Whether an element that calls itself the text of a page stands there without any."""
    from plugins.facts.article import marked_body

    body = marked_body(layout.outline, layout.landmarks)
    if body is None or not in_main(layout, body):
        return False
    inner = {child.tag for child in layout.outline.inside(body)}
    return len(layout.outline.line(body, 100)) < 10 and not inner & {"img", "iframe", "video", "embed", "object", "a", "form", "table"}


def bare_heading(layout: Layout) -> bool:
    """Whether the column's heading is followed by empty blocks only: a text column without text."""
    from plugins.facts.mainpart import headings_of

    for heading in headings_of(layout.outline, layout.landmarks, layout.names):
        node: Element | None = heading
        for _ in range(3):
            if node is None or node.parent is None or node.parent.tag in ("body", "html"):
                break
            behind = [child for child in layout.outline.children(node.parent) if child.index >= node.end]
            blocks = [child for child in behind if child.tag in ("div", "section", "article", "p", "td", "table", "font")]
            if blocks:
                return all(
                    not layout.outline.line(child, 40)
                    and not any(inner.tag in CONTENT for inner in (child, *layout.outline.inside(child)))
                    for child in behind
                    if child.tag not in ("script", "style", "br")
                )
            node = node.parent
    return False


def unknown_script(layout: Layout) -> str:
    """A linked script that is no known tool: it may draw what is missing."""
    if layout.rendered:
        return ""
    for script in layout.scripts:
        name = script.raw.partition("?")[0].rpartition("/")[2]
        if script.raw and name and not HARMLESS.search(script.raw):
            return name
    return ""


def find_placeholder(layout: Layout) -> str:
    """The sentence that stands in the main part in place of content; "" = none."""
    outline = layout.outline
    for position, text in enumerate(outline.texts):
        stripped = squeeze(text)
        if not 3 <= len(stripped) <= SHORT_TEXT + 20 or not PLACEHOLDER.search(stripped):
            continue
        owner = outline.owners[position]
        if _in_tag(owner, ("a", "script", "option")) or not in_main(layout, owner):
            continue
        block = outline.elements[owner.block]
        line = outline.line(block, 200)
        match = PLACEHOLDER.search(line)
        if match and len(line) <= SHORT_TEXT + 20 and (len(match[0]) >= 0.4 * len(solid(line)) or len(line) <= 24):
            return line
    return ""


def _plain_placeholder(layout: Layout) -> bool:
    """Whether the placeholder stands in a list element that no script names."""
    outline = layout.outline
    inline = "\n".join(script.text for script in layout.scripts)
    for position, text in enumerate(outline.texts):
        if PLACEHOLDER.search(text) and in_main(layout, outline.owners[position]):
            for node in (outline.owners[position], *outline.owners[position].ancestors()):
                name = node.attrs.get("id", "")
                if name and re.search(rf"[\"'#]{re.escape(name)}[\"'\s]", inline):
                    return False
                if node.tag in ("body", "html"):
                    break
            return True
    return False


def find_loading(layout: Layout) -> str:
    """A text such as 数据加载中 in the main part."""
    outline = layout.outline
    for position, text in enumerate(outline.texts):
        stripped = squeeze(text)
        if 3 <= len(stripped) <= 24 and LOADING.search(stripped) and in_main(layout, outline.owners[position]) and not PLACEHOLDER.search(stripped):
            return stripped
    return ""


def find_template(layout: Layout) -> str:
    """An unfilled template row in the main part: its attribute or its braces."""
    if layout.rendered:
        return ""
    outline = layout.outline
    for element in outline.elements:
        if element.attrs:
            for name in TEMPLATE_NAMES:
                if name in element.attrs and not layout.landmarks.in_nav(element) and not layout.landmarks.in_footer(element):
                    return name
    for position, text in enumerate(outline.texts):
        if "{" in text and TEMPLATE.search(text) and in_main(layout, outline.owners[position]):
            return squeeze(text)[:30]
    return ""


def find_filler(layout: Layout) -> str:
    """A script that may fill the list: named for people; "" = none can be seen.

    Libraries, counters and pagers that are known by their names fill nothing.
    """
    if layout.rendered:
        return ""
    places = empty_containers(layout)
    ids = [element.attrs["id"] for element in places if element.attrs.get("id")]
    for script in layout.scripts:
        if script.text:
            text = script.text
            for name in ids:
                if re.search(rf"[\"'#]{re.escape(name)}[\"'\s]", text):
                    return f"脚本写入#{name}"
            match = FILLING.search(text)
            if match and not _only_tools(text) and _may_fill(layout, text, places):
                return f"页内脚本含{match[0].strip('.( =')}"
        elif script.raw:
            name = script.raw.partition("?")[0]
            if DATA_SCRIPT.search(name.rpartition("/")[2]) and not HARMLESS.search(name.rpartition("/")[2]):
                return name.rpartition("/")[2]
    return ""


def _may_fill(layout: Layout, text: str, places: list[Element]) -> bool:
    """Whether a script writes into the list, or nobody can see where it writes.

    A script whose targets all stand elsewhere (a menu, a counter) does not fill the list.
    """
    targets = {next(filter(None, match.groups())) for match in TARGET.finditer(text)}
    if not targets:
        return True
    known = False
    for element in layout.outline.elements:
        if not element.attrs:
            continue
        names = {f".{name}" for name in element.attrs.get("class", "").split()} | {f"#{element.attrs.get('id', '')}"}
        if not targets & (names | {element.attrs.get("id", "")}):
            continue
        known = True
        if places:
            if any(element.holds(place) or place.holds(element) for place in places):
                return True
        elif in_main(layout, element) and not layout.outline.anchors_in(element):
            return True
    return not known


def _only_tools(text: str) -> bool:
    """Whether an inline script only counts visits, shares or searches."""
    return re.search(r"tongji|analytics|hits|click|visit|share|weather|search|wza|jiucuo|favorite", text, re.IGNORECASE) is not None and len(text) < 3_000

"""What is kept of a page for the checks that look at the whole site."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING

from plugins.addresses.urls import url_pattern
from plugins.facts.kept.kept_fact import read_page_facts
from plugins.facts.language.text import solid
from plugins.facts.markup.links import Region
from plugins.facts.page.kinds import PageKind
from plugins.facts.page.page import Page
from plugins.facts.site import limits
from plugins.facts.site.site import PageDigest, Site

if TYPE_CHECKING:
    from plugins.facts.papers.article import Article

ACCESS_WORDS = re.compile(
    r"无障碍(?:浏览|阅读|版|模式|通道|服务|工具|辅助|访问)?|长者(?:助手|模式|专区|版|关怀|服务)|长辈(?:版|模式)|适老(?:版|化|模式|化版|专区)|关怀(?:版|模式)|老年(?:版|模式|人模式|专区)|大字版|辅助阅读|智能阅读|读屏"
)
ACCESS_MARKS = re.compile(
    r"toolbarSwitch|toolbarCtrl|toolbar_?switch|aria\.(?:start|oldFixedStart|oldStart|init)|barrierFree\w*|cniil_?wza|cnillWza\w*|num-wza|wza(?:\.js|_|-|Instance|btn)|govwza|wzaa?\b|canyou|esdToolbar|slb:isSlb|oldFixed\w*|elderly?Mode|careMode|icon_wza|btn_wza|youai_?ui",
    re.IGNORECASE,
)
ACCESS_STEMS = (
    "toolbar",
    "aria.",
    "barrierfree",
    "wza",
    "canyou",
    "slb:",
    "oldfixed",
    "elder",
    "caremode",
    "youai",
    "cnill",
)


def digest(page: Page, site: Site | None = None) -> PageDigest:
    """Pack what site-wide checks need; small enough to keep for every page of a site."""
    article: Article | None = page.article
    home = page.kind is PageKind.HOME
    links = page.links
    out = {
        link.key: None
        for link in links
        if link.key and (home or link.region not in (Region.NAV, Region.HEADER, Region.FOOTER))
    }
    source = article.source if article else ""
    source = source or page.meta.first("ContentSource")
    unit = ""
    if site is not None:
        found = site.unit_named(source) if source else None
        if found is None:
            for name in reversed(page.crumb_names):
                found = site.unit_named(name)
                if found is not None:
                    break
        unit = found.name if found else site.unit
    return PageDigest(
        url=page.url,
        key=page.key,
        status=page.status,
        kind=page.kind.value,
        title=page.title,
        published=page.published,
        depth=page.depth,
        final_url=page.final_url,
        failure=page.failure.kind.value if page.failure else "",
        rendered=page.rendered,
        column=column_key(page),
        crumbs=page.crumb_names,
        column_type=page.meta.first("ColumnType"),
        source=source,
        unit=unit,
        template=url_pattern(page.address),
        text_length=len(article.text) if article else len(page.text),
        interpretation_links=page.interpretation_links,
        document_links=page.document_links,
        quoted=page.quoted,
        numbers=page.numbers,
        accessibility_links=accessibility_links(page),
        accessibility_scripts=accessibility_scripts(page),
        newest=page.newest,
        undated_rows=sum(entry.date is None for entry in page.rows),
        out=tuple(out),
        text_hash=text_hash(article.text) if article and page.kind is PageKind.ARTICLE else "",
        published_from=page.published_from,
        facts=read_page_facts(page),
    )


def text_hash(text: str) -> str:
    """Names a text by its letters and digits; "" where it is too short to tell two texts apart."""
    letters = solid(text)
    if len(letters) < limits.SHORTEST_TEXT:
        return ""
    return blake2b(letters.encode("utf-8", "replace"), digest_size=8).hexdigest()


def column_key(page: Page) -> str:
    """The key of the column that the breadcrumb files an article under; "" = not known."""
    crumbs = [link for link in page.breadcrumbs if link.key]
    if page.kind is PageKind.ARTICLE:
        crumbs = [link for link in crumbs if link.key != page.key]
        return crumbs[-1].key if len(crumbs) > 1 else ""
    return (
        page.key
        if page.kind in (PageKind.LIST, PageKind.PORTAL, PageKind.SINGLE, PageKind.FORM)
        else ""
    )


def accessibility_links(page: Page) -> tuple[str, ...]:
    """Addresses of entries such as 无障碍浏览 or 长者助手; an entry without address is its word."""
    found: dict[str, None] = {}
    drawing = page.drawing
    for element in drawing.outline.anchors:
        line = drawing.outline.line(element, limits.ACCESS_WORDS_DRAWN) or element.attrs.get(
            "title", ""
        )
        picture = next(
            (
                child.attrs.get("alt", "")
                for child in drawing.outline.inside(element)
                if child.tag == "img"
            ),
            "",
        )
        words = line or picture
        fits = limits.ACCESS_SHORTEST <= len(words) <= limits.ACCESS_LONGEST
        if fits and ACCESS_WORDS.search(words):
            url = drawing.extractor.address(element.attrs.get("href", ""))[0]
            # A script entry has no address of its own: what it is called stands for it.
            found.setdefault(url or words)
    return tuple(found)


def accessibility_scripts(page: Page) -> tuple[str, ...]:
    """Marks of accessibility tools in scripts and attributes; comments do not count.

    A tool that is a script file comes first, by its whole address, so that it can be verified.
    """
    outline = page.drawing.outline
    files = [
        script.url for script in page.scripts if script.url and ACCESS_MARKS.search(script.raw)
    ]
    named = [
        attrs[name]
        for attrs in (element.attrs for element in outline.elements)
        for name in ("id", "class", "onclick")
        if name in attrs
    ]
    texts = [
        f"{script.raw} {script.id} {script.text[: limits.ACCESS_SCRIPT]}" for script in page.scripts
    ]
    marks = [
        match[0]
        for text in (*texts, "\n".join(named))
        # Most texts have none of them: looking for the stems is much cheaper than for the marks.
        if _has_stem(text.lower())
        for match in ACCESS_MARKS.finditer(text)
    ]
    return tuple(dict.fromkeys((*files, *marks)))[: limits.ACCESS_MARKS_KEPT]


def _has_stem(lower: str) -> bool:
    return any(stem in lower for stem in ACCESS_STEMS)

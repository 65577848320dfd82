"""The title of a page: what its tags, headings and ``<title>`` say, without the site's name."""

from __future__ import annotations

import re

from plugins.facts.language.text import CHINESE, solid, squeeze
from plugins.facts.markup.landmarks import Landmarks
from plugins.facts.markup.meta import Meta
from plugins.facts.markup.outline import Outline


def find_title(outline: Outline, landmarks: Landmarks, meta: Meta, site_name: str = "") -> str:
    """The page's own title: ArticleTitle, a heading that ``<title>`` repeats, or ``<title>``."""
    # Editors paste titles with tags into the CMS; some templates print them into the attribute.
    named = squeeze(re.sub(r"<[^<>]{1,60}>", " ", meta.first("ArticleTitle")))
    if named:
        return named
    shown = document_title(outline)
    wanted = solid(shown)
    headings: list[str] = []
    for element in outline.elements:
        if element.tag in ("h1", "h2", "h3") or (
            element.attrs
            and element.tag in ("div", "p", "td", "span", "font")
            and re.search(
                r"title|(?<![a-z])bt(?![a-z])|biaoti|(?<![a-z])tit(?![a-z])", element.marks
            )
        ):
            if landmarks.in_footer(element) or landmarks.in_nav(element):
                continue
            line = outline.line(element, 300)
            if 2 <= len(line) <= 200 and len(outline.anchors_in(element)) == 0:
                headings.append(line)
    for line in headings:
        if len(line) >= 4 and solid(line) in wanted and len(solid(line)) >= 0.3 * len(wanted):
            return line
    stripped = _without_site(shown, meta, site_name)
    first = next((line for line in headings if len(CHINESE.findall(line)) >= 8), "")
    if first and (not stripped or len(stripped) < 6 or stripped == squeeze(meta.first("SiteName"))):
        return first
    return stripped or first


def document_title(outline: Outline) -> str:
    """The text of ``<title>``."""
    for element in outline.elements[:600]:
        if element.tag == "title" and (element.parent is None or element.parent.tag != "svg"):
            return squeeze(outline.raws.get(element.index, ""))
    return ""


def _without_site(shown: str, meta: Meta, site_name: str) -> str:
    """The ``<title>`` without the site's name before or behind a dash."""
    parts = [
        part
        for part in re.split(r"\s*[_|｜–—]+\s*|\s+-+\s*|-(?=[^\d\s])|(?<=[^\d\s])-", shown)
        if part
    ]
    if len(parts) < 2:
        return shown
    site = {solid(meta.first("SiteName")), solid(site_name)} - {""}
    column = solid(meta.first("ColumnName"))
    rest = [part for part in parts if solid(part) not in site]
    if column and any(solid(part) == column for part in rest):
        return next(part for part in rest if solid(part) == column)
    ending = re.compile(
        r"(?:人民政府|政府网|门户网站|网站|信息网|委员会|管理局|[^的]{2,12}(?:局|厅|部|委|办公室|街道办事处))(?:\(.*\))?$"
    )
    kept = [part for part in rest if not ending.search(part)] or rest
    return kept[0] if kept else shown

"""Pagers of list pages: how many pages there are, and their addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from plugins import urls
from plugins.facts.extract import Extractor, Script
from plugins.facts.landmarks import Landmarks
from plugins.facts.outline import Element, Outline
from plugins.facts.text import squeeze

MOST = 200
# What no pager holds beside its own links.
OTHER = frozenset(("ul", "ol", "dl", "table", "h1", "h2", "h3", "iframe", "img"))
PAGING = re.compile(r"[Pp]age|dataproxy|PAGE")
CALL = re.compile(r"(?<!function )(?<!function  )\b(?:createPage\w*|create_?page\w*|showPage|pageHtml|setPage|pagination|initPage)\s*\(([^(){};]{1,240})\)", re.IGNORECASE)
COUNT = re.compile(
    r"""(?:count_?page|total_?page_?(?:s|num|count)?|page_?(?:count|total|s)|max_?page|all_?page|pagination_script_config\.total)["']?\s*[=:]\s*["']?(\d{1,6})["']?""",
    re.IGNORECASE,
)
CURRENT = re.compile(r"""(?:current_?page|curr?_?page|page_?(?:index|no|num)|now_?page)["']?\s*[=:]\s*["']?\(?(\d{1,6})""", re.IGNORECASE)
PREFIX = re.compile(r"""["']([^"'<>\s]{0,300}?[?&/_]?(?:pageIndex|pageNo|pageNum|pagenum|currPage|curPage|currentPage|page|pn|p)=)["']\s*\+""")
OF_PAGES = re.compile(r"共\s*(?:<[^>]*>)?\s*(\d{1,6})\s*页|第\s*\d+\s*/\s*(\d{1,6})\s*页|页次\s*[：:]?\s*\d+\s*/\s*(\d{1,6})")
NEXT = re.compile(r"[\[【<>»›→\s]*(?:下\s*一?\s*页|后\s*一?\s*页|next(?:\s*page)?|>|›|»|＞)[\]】<>»›→\s]*", re.IGNORECASE)
LAST = re.compile(r"[\[【<>»›\s]*(?:尾\s*页|末\s*页|最后一?\s*页|last(?:\s*page)?|>>|»»)[\]】<>»›\s]*", re.IGNORECASE)
FIRST = re.compile(r"[\[【<>«‹\s]*(?:首\s*页|第\s*一\s*页|上\s*一?\s*页|first|prev(?:ious)?)[\]】<>«‹\s]*", re.IGNORECASE)
NUMBER = re.compile(r"\[?\s*(\d{1,5})\s*\]?")
PARAMETERS = re.compile(r"""["']?(col|appid|webid|path|columnid|sourceContentType|unitid|webname|permissiontype|currpath)["']?\s*[:=]\s*(?:"([^"]*)"|'([^']*)'|([\w./%-]+))""", re.IGNORECASE)
PAGER_MARKS = re.compile(r"(?<![a-z])(?:page|pages|pager|paging|pagination|pagenav|pageno|page_?div|page_?num|fenye|fy|turnpage|pageturn|page-?list|paginate)(?![a-z])|pagination|laypage|jpage|pagedec")


@dataclass(frozen=True, slots=True)
class Pager:
    """How a list goes on: ``kind`` names the family, ``total`` the number of pages (None = unknown),
    ``urls`` the addresses of the FURTHER pages (absolute, same host, at most 200)."""

    kind: str
    total: int | None = None
    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundPager:
    """A pager and the element at which it stands (None where it cannot be told)."""

    pager: Pager
    element: Element | None = None


def find_pager(outline: Outline, landmarks: Landmarks, scripts: Sequence[Script], address: str, extractor: Extractor) -> FoundPager | None:
    """The page's pager: what a script draws first, then static links, then an element that is one."""
    elements = [element for element in outline.elements if element.tag == "script"]
    drawing = [
        (script, element)
        for script, element in zip(scripts, elements, strict=True)
        if script.text and PAGING.search(script.text)
    ]
    for finder in (_from_call, _from_proxy, _from_widget, _from_variables):
        for script, element in drawing:
            pager = finder(script.text, address)
            if pager is not None:
                return FoundPager(_bounded(pager, address), element)
    found = _from_attributes(outline, address) or _from_links(outline, landmarks, address, extractor)
    if found is not None:
        return FoundPager(_bounded(found.pager, address), found.element)
    return _bare(outline, landmarks)


def _bounded(pager: Pager, address: str) -> Pager:
    """Without the page itself, other hosts and repetitions; at most MOST addresses."""
    host, own = urls.host_of(address), urls.url_key(address)
    kept: dict[str, str] = {}
    for url in pager.urls:
        key = urls.url_key(url) if url else ""
        if key and key != own and urls.host_of(url) == host:
            kept.setdefault(key, url)
        if len(kept) >= MOST:
            break
    return Pager(pager.kind, pager.total, tuple(kept.values()))


def _arguments(raw: str, text: str) -> list[str]:
    """The arguments of a call, quotes off, variables replaced by their numbers or strings."""
    result = []
    for piece in raw.split(","):
        word = piece.strip()
        if word[:1] in "\"'":
            result.append(word.strip("\"'"))
        elif re.fullmatch(r"[A-Za-z_]\w*", word):
            match = re.search(rf"""\b{word}\s*=\s*(?:parseInt\()?["']?([\w./-]{{1,80}})["']?""", text)
            result.append(match[1] if match else word)
        else:
            result.append(re.sub(r"[^\w./-]", "", word))
    return result


def _from_call(text: str, address: str) -> Pager | None:
    """TRS: ``createPageHTML(total, current, "index", "html")``, with or without a container."""
    for match in CALL.finditer(text):
        if text[max(0, match.start() - 12) : match.start()].rstrip().endswith("function"):
            continue
        arguments = _arguments(match[1], text)
        numbers = [place for place, word in enumerate(arguments) if word.isdigit()]
        if len(numbers) < 2 or numbers[1] != numbers[0] + 1:
            continue
        total, current = int(arguments[numbers[0]]), int(arguments[numbers[1]])
        rest = arguments[numbers[1] + 1 :]
        words = [word for word in rest if word and not word.isdigit()]
        if len(words) < 2 or not re.fullmatch(r"\.?\w{2,6}", words[1]):
            continue
        container = numbers[0] > 0
        return Pager("trs", total, _numbered(address, words[0], words[1].lstrip("."), total, _base_of(current, address, words[0], container)))
    return None


def _base_of(current: int, address: str, name: str, container: bool) -> int:
    """0 where page 2 is ``index_1``, 1 where it is ``index_2``; the current number tells which."""
    if current == 0:
        return 0
    numbered = re.search(rf"{re.escape(name)}_\d+\.\w+$", address.partition("?")[0])
    if current == 1 and not numbered:
        return 1
    return 1 if container else 0


def _numbered(address: str, name: str, extension: str, total: int, base: int) -> tuple[str, ...]:
    pages = range(1, min(total, MOST + 1)) if base == 0 else range(2, min(total, MOST + 1) + 1)
    first = [f"{name}.{extension}"] if re.search(rf"{re.escape(name)}_\d+\.\w+$", address.partition("?")[0]) else []
    return tuple(urls.resolve(address, raw) for raw in (*first, *(f"{name}_{page}.{extension}" for page in pages)))


def _from_variables(text: str, address: str) -> Pager | None:
    """``var countPage = 12; var currentPage = 0;`` with the links drawn by a function of the page."""
    match = COUNT.search(text)
    if not match:
        return None
    total = int(match[1])
    current = CURRENT.search(text)
    file = re.search(r"/([^/?]*)(?:\?.*)?$", address)
    name, _, extension = (file[1] if file else "").partition(".")
    name = re.sub(r"_\d+$", "", name) or "index"
    written = re.search(r"""["']\s*\+?\s*(?:[^"']{0,40}["'])?\.(s?html?|jhtml|aspx?)["']""", text)
    extension = extension or (written[1] if written else "html")
    base = 0 if current and current[1] == "0" else 1
    if "prevPage" in text and "(countPage" in text.replace(" ", ""):
        base = 0 if re.search(r"currentPage\s*=\s*0", text) else base
    return Pager("variables", total, _numbered(address, name, extension, total, base))


def _from_widget(text: str, address: str) -> Pager | None:
    """Widgets that go to ``…pageIndex=`` + number: Ls.pagination, laypage and their like."""
    prefix = PREFIX.search(text)
    total = COUNT.search(text) or re.search(r"(?:pages|total)\s*:\s*(\d{1,6})\b", text)
    if not prefix or not total:
        return None
    count = int(total[1])
    start = urls.resolve(address, prefix[1] + "1")[:-1] if not prefix[1].startswith("&") else ""
    if not start:
        return None
    return Pager("widget", count, tuple(f"{start}{page}" for page in range(2, min(count, MOST + 1) + 1)))


def _from_proxy(text: str, address: str) -> Pager | None:
    """大汉: groups of records from ``dataproxy.jsp``, named by ``<nextgroup>`` or by parameters."""
    if "dataproxy" not in text:
        return None
    total = re.search(r"<totalrecord>\s*(\d+)|totalRecord\s*[=:]\s*['\"]?(\d+)", text)
    records = int(next(filter(None, total.groups()))) if total else None
    step = re.search(r"perPage\s*[=:]\s*['\"]?(\d+)|perpage=(\d+)", text)
    size = int(next(filter(None, step.groups()))) if step else 15
    pages = -(-records // size) if records is not None and size else None
    following = next_group(text, address)
    if following:
        return Pager("dataproxy", pages, (following,))
    place = re.search(r"""["']([^"'\s]*dataproxy\.jsp[^"'\s]*)["']""", text)
    if not place:
        return None
    pairs = {match[1].lower(): next(filter(None, match.groups()[1:]), "") for match in PARAMETERS.finditer(text)}
    if "columnid" not in pairs:
        return Pager("dataproxy", pages)
    group = re.search(r"groupSize\s*[=:]\s*['\"]?(\d+)", text)
    block = size * (int(group[1]) if group else 3)
    names = {"sourcecontenttype": "sourceContentType"}
    query = "&".join(f"{names.get(name, name)}={value}" for name, value in pairs.items())
    there = place[1] + ("&" if "?" in place[1] else "?")
    starts = range(1, (records or block) + 1, block)
    made = [urls.resolve(address, f"{there}startrecord={start}&endrecord={min(start + block - 1, records or start + block - 1)}&perpage={size}&{query}") for start in starts[: MOST + 1]]
    return Pager("dataproxy", pages, tuple(made if "<record>" not in text else made[1:]))


def next_group(text: str, address: str) -> str:
    """The address in ``<nextgroup>`` of a datastore; "" where there is none."""
    match = re.search(r"<nextgroup>[^<]*(?:<!\[CDATA\[)?[^<]*<a\s[^>]*href\s*=\s*[\"']([^\"']+)", text)
    return urls.resolve(address, match[1].replace("&amp;", "&")) if match else ""


def _from_attributes(outline: Outline, address: str) -> FoundPager | None:
    """``<div id="pageDec" pagesize="20" pagecount="7">`` and their like."""
    for element in outline.elements:
        attrs = element.attrs
        if not attrs or element.tag == "script":
            continue
        count = next((attrs[name] for name in ("pagecount", "data-pagecount", "data-page-count", "totalpage", "data-totalpage", "data-total-page", "pagetotal") if attrs.get(name, "").strip().isdigit()), "")
        if count:
            total = int(count)
            file = re.search(r"/([^/?]*)(?:\?.*)?$", address)
            name, _, extension = (file[1] if file else "").partition(".")
            name = re.sub(r"_\d+$", "", name) or "index"
            return FoundPager(Pager("attributes", total, _numbered(address, name, extension or "html", total, 1)), element)
    return None


def _from_links(outline: Outline, landmarks: Landmarks, address: str, extractor: Extractor) -> FoundPager | None:
    """Static links: 下一页, 尾页 and numbers; what lies between them is filled in."""
    following = last = None
    numbers: list[tuple[int, str]] = []
    place: Element | None = None
    for anchor in outline.anchors:
        words = outline.line(anchor, 40) or anchor.attrs.get("title", "")
        if len(words) > 12 or not words:
            continue
        url = extractor.address(_target(anchor))[0]
        if NEXT.fullmatch(words) and words not in (">", "»", "›", "＞"):
            following = following or url
            place = place or anchor
        elif LAST.fullmatch(words):
            last = url or last
            place = place or anchor
    if place is None:
        place = _number_row(outline, landmarks)
        if place is None:
            return None
    holder = _holder(outline, place)
    for anchor in outline.anchors_in(holder):
        match = NUMBER.fullmatch(outline.line(anchor, 12))
        url = extractor.address(_target(anchor))[0]
        if match and url:
            numbers.append((int(match[1]), url))
    near = squeeze(outline.line(holder, 400))
    said = OF_PAGES.search(near)
    total = int(next(filter(None, said.groups()))) if said else None
    found = [url for _, url in numbers]
    if following:
        found.insert(0, following)
    if following or numbers:
        found = _between(address, found, last, total) or found
    if last:
        found.append(last)
    unique = list(dict.fromkeys(url for url in found if url))
    if total is None:
        total = len({urls.url_key(url) for url in unique} | {urls.url_key(address)}) if unique else 1
    return FoundPager(Pager("links", total, tuple(unique)), holder)


def _target(anchor: Element) -> str:
    """The address of a paging link, also where a script call carries it."""
    raw = anchor.attrs.get("href", "")
    if raw.lower().startswith("javascript:") or not raw or raw == "#":
        match = re.search(r"""["']([^"']*(?:\.s?html?|\?)[^"']*)["']""", raw + anchor.attrs.get("onclick", ""))
        return match[1] if match else ""
    return raw


def _number_row(outline: Outline, landmarks: Landmarks) -> Element | None:
    """A row of numbers 2 3 4 … in an element that calls itself a pager."""
    for anchor in outline.anchors:
        if outline.line(anchor, 4) == "2" and not landmarks.in_footer(anchor):
            for node in list(anchor.ancestors())[:3]:
                if PAGER_MARKS.search(node.marks):
                    return anchor
    return None


def _holder(outline: Outline, anchor: Element) -> Element:
    """The element around all links of a pager."""
    node = anchor
    for parent in list(anchor.ancestors())[:4]:
        if parent.tag in ("body", "html") or len(outline.line(parent, 600)) > 300:
            break
        words = [outline.line(a, 20) for a in outline.anchors_in(parent)]
        if any(len(word) > 8 for word in words):
            break
        if any(child.tag in OTHER and not node.holds(child) and not child.holds(node) for child in outline.inside(parent)):
            break
        node = parent
    return node


def _between(address: str, known: list[str], last: str | None, total: int | None) -> list[str]:
    """Fill a series of addresses that differ in one number, up to the last page."""
    start = known[0]
    pieces = re.split(r"(\d+)", start)
    ends = [url for url in (last, known[-1]) if url and url != start]
    for end in ends:
        others = re.split(r"(\d+)", end)
        if len(others) != len(pieces):
            continue
        differing = [place for place in range(len(pieces)) if pieces[place] != others[place]]
        if len(differing) != 1 or differing[0] % 2 == 0:
            continue
        place = differing[0]
        first, final = int(pieces[place]), int(others[place])
        step = 1 if final >= first else -1
        if total and step == 1 and end is not last:
            final = max(final, first + total - 2)
        return ["".join((*pieces[:place], str(number), *pieces[place + 1 :])) for number in range(first, final + step, step)[:MOST]]
    if total and total > 2 and len(pieces) > 1:
        place = len(pieces) - 2
        first = int(pieces[place])
        # 博达 counts down to 1, all others count up.
        down = first == total - 1 and re.search(r"/\d+\.\w+$", start) is not None
        numbers = range(first, 0, -1) if down else range(first, first + total - 1)
        return ["".join((*pieces[:place], str(number), *pieces[place + 1 :])) for number in numbers[:MOST]]
    return []


def _bare(outline: Outline, landmarks: Landmarks) -> FoundPager | None:
    """A pager without any address: 第一页 最后一页 on empty columns, or an element to be filled."""
    for anchor in outline.anchors:
        words = outline.line(anchor, 12)
        if (LAST.fullmatch(words) and words not in (">>", "»»")) or re.fullmatch(r"下\s*一\s*页", words):
            return FoundPager(Pager("links", 1), _holder(outline, anchor))
    for element in outline.elements:
        if element.attrs and element.tag in ("div", "ul", "p", "td", "nav") and not landmarks.in_footer(element) and PAGER_MARKS.search(element.marks):
            line = outline.line(element, 80)
            if len(line) < 60 and (not line or re.search(r"页|\d", line)):
                return FoundPager(Pager("bare"), element)
    return None

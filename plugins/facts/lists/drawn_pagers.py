"""Pagers that a script draws: TRS calls, variables, widgets, the 大汉 proxy."""

from __future__ import annotations

import re

from plugins.addresses import urls
from plugins.facts.lists import limits
from plugins.facts.lists.paging import MOST, Pager

CALL = re.compile(
    r"(?<!function )(?<!function  )\b(?:createPage\w*|create_?page\w*|showPage|pageHtml|setPage|pagination|initPage)\s*\(([^(){};]{1,240})\)",
    re.IGNORECASE,
)
COUNT = re.compile(
    r"""(?:count_?page|total_?page_?(?:s|num|count)?|page_?(?:count|total|s)|max_?page|all_?page|pagination_script_config\.total)["']?\s*[=:]\s*["']?(\d{1,6})["']?""",
    re.IGNORECASE,
)
WRITES_LINKS = re.compile(
    r"index_|下\s*一?\s*页|next_?page|currentPage|createPage|_[\"']\s*\+", re.IGNORECASE
)
CURRENT = re.compile(
    r"""(?:current_?page|curr?_?page|page_?(?:index|no|num)|now_?page)["']?\s*[=:]\s*["']?\(?(\d{1,6})""",
    re.IGNORECASE,
)
PREFIX = re.compile(
    r"""["']([^"'<>\s]{0,300}?[?&/_]?(?:pageIndex|pageNo|pageNum|pagenum|currPage|curPage|currentPage|page|pn|p)=)["']\s*\+"""
)
PARAMETERS = re.compile(
    r"""["']?(col|appid|webid|path|columnid|sourceContentType|unitid|webname|permissiontype|currpath)["']?\s*[:=]\s*(?:"([^"]*)"|'([^']*)'|([\w./%-]+))""",
    re.IGNORECASE,
)


def _arguments(raw: str, text: str) -> list[str]:
    """The arguments of a call, quotes off, variables replaced by their numbers or strings."""
    result = []
    for piece in raw.split(","):
        word = piece.strip()
        if word[:1] in "\"'":
            result.append(word.strip("\"'"))
        elif re.fullmatch(r"[A-Za-z_]\w*", word):
            match = re.search(
                rf"""\b{word}\s*=\s*(?:parseInt\()?["']?([\w./-]{{1,80}})["']?""", text
            )
            result.append(match[1] if match else word)
        else:
            result.append(re.sub(r"[^\w./-]", "", word))
    return result


def from_call(text: str, address: str) -> Pager | None:
    """TRS: ``createPageHTML(total, current, "index", "html")``, with or without a container."""
    for match in CALL.finditer(text):
        if text[max(0, match.start() - 12) : match.start()].rstrip().endswith("function"):
            continue
        arguments = _arguments(match[1], text)
        numbers = [place for place, word in enumerate(arguments) if word.isdigit()]
        if len(numbers) < limits.CALL_NUMBERS or numbers[1] != numbers[0] + 1:
            continue
        total, current = int(arguments[numbers[0]]), int(arguments[numbers[1]])
        rest = arguments[numbers[1] + 1 :]
        words = [word for word in rest if word and not word.isdigit()]
        if len(words) < limits.CALL_NUMBERS or not re.fullmatch(r"\.?\w{2,6}", words[1]):
            continue
        container = numbers[0] > 0
        return Pager(
            "trs",
            total,
            numbered(
                address,
                words[0],
                words[1].lstrip("."),
                total,
                _base_of(current, address, words[0], container),
            ),
        )
    return None


def _base_of(current: int, address: str, name: str, container: bool) -> int:
    """0 where page 2 is ``index_1``, 1 where it is ``index_2``; the current number tells which."""
    if current == 0:
        return 0
    numbered = re.search(rf"{re.escape(name)}_\d+\.\w+$", address.partition("?")[0])
    if current == 1 and not numbered:
        return 1
    return 1 if container else 0


def numbered(address: str, name: str, extension: str, total: int, base: int) -> tuple[str, ...]:
    """Addresses ``name_1.ext`` … (``base`` 0) or ``name_2.ext`` … (``base`` 1) beside a page."""
    pages = range(1, min(total, MOST + 1)) if base == 0 else range(2, min(total, MOST + 1) + 1)
    first = (
        [f"{name}.{extension}"]
        if re.search(rf"{re.escape(name)}_\d+\.\w+$", address.partition("?")[0])
        else []
    )
    return tuple(
        urls.resolve(address, raw)
        for raw in (*first, *(f"{name}_{page}.{extension}" for page in pages))
    )


def from_variables(text: str, address: str) -> Pager | None:
    """``var countPage = 12; var currentPage = 0;`` with the links drawn by a function of the page."""
    match = COUNT.search(text)
    if not match or not WRITES_LINKS.search(text):
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
    return Pager("variables", total, numbered(address, name, extension, total, base))


def from_widget(text: str, address: str) -> Pager | None:
    """Widgets that go to ``…pageIndex=`` + number: Ls.pagination, laypage and their like."""
    prefix = PREFIX.search(text)
    total = COUNT.search(text) or re.search(r"(?:pages|total)\s*:\s*(\d{1,6})\b", text)
    if not prefix or not total:
        return None
    count = int(total[1])
    start = urls.resolve(address, prefix[1] + "1")[:-1] if not prefix[1].startswith("&") else ""
    if not start:
        return None
    return Pager(
        "widget", count, tuple(f"{start}{page}" for page in range(2, min(count, MOST + 1) + 1))
    )


def from_proxy(text: str, address: str) -> Pager | None:
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
    pairs = {
        match[1].lower(): next(filter(None, match.groups()[1:]), "")
        for match in PARAMETERS.finditer(text)
    }
    if "columnid" not in pairs:
        return Pager("dataproxy", pages)
    group = re.search(r"groupSize\s*[=:]\s*['\"]?(\d+)", text)
    block = size * (int(group[1]) if group else 3)
    names = {"sourcecontenttype": "sourceContentType"}
    query = "&".join(f"{names.get(name, name)}={value}" for name, value in pairs.items())
    there = place[1] + ("&" if "?" in place[1] else "?")
    starts = range(1, (records or block) + 1, block)
    made = [
        urls.resolve(
            address,
            f"{there}startrecord={start}&endrecord={min(start + block - 1, records or start + block - 1)}&perpage={size}&{query}",
        )
        for start in starts[: MOST + 1]
    ]
    return Pager("dataproxy", pages, tuple(made if "<record>" not in text else made[1:]))


def next_group(text: str, address: str) -> str:
    """The address in ``<nextgroup>`` of a datastore; "" where there is none."""
    match = re.search(
        r"<nextgroup>[^<]*(?:<!\[CDATA\[)?[^<]*<a\s[^>]*href\s*=\s*[\"']([^\"']+)", text
    )
    return urls.resolve(address, match[1].replace("&amp;", "&")) if match else ""

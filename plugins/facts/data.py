"""Data answers and embedded data: JSON, datastore XML, rows written by a script."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from plugins.facts import dates
from plugins.facts.text import CHINESE, squeeze

MAX_DATA = 4_000_000
MAX_RECORDS = 2_000
RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</record>", re.DOTALL | re.IGNORECASE)
TOTAL = re.compile(r"<totalrecord>\s*(\d+)", re.IGNORECASE)
TAGGED = re.compile(r"<(?:li|a|tr|div|ul|p|table|dl|span)[\s>]", re.IGNORECASE)
TITLES = re.compile(r"title|subject|biaoti|(?<![a-z])bt(?![a-z])|headline|docsub|topic", re.IGNORECASE)
ADDRESSES = re.compile(r"url|link|href|puburl|address|path", re.IGNORECASE)
STATUSES = re.compile(r"status|state|zt$", re.IGNORECASE)
PUBLISHED = re.compile(r"pub|fbsj|fbrq|release|issue_?(?:time|date)|showtime|display|docrel|firstpub|发布", re.IGNORECASE)
OTHER_DAY = re.compile(r"date|time|day|rq$|sj$", re.IGNORECASE)
NO_DAY = re.compile(r"end|stop|expire|dead|jz|start|begin|effect|valid|abol|fail|modif|edit", re.IGNORECASE)
BODIES = re.compile(r"content|body|clob|html|text|zw$", re.IGNORECASE)
NUMBERS = re.compile(r"documentno|wenhao|(?<![a-z])wh(?![a-z])|docno|filenum|fwzh|pcode|c_wjbh|文号", re.IGNORECASE)
TOTALS = ("total", "totalcount", "totalnum", "totalrecord", "count", "recordcount", "totalelements", "searchtotal")


@dataclass(frozen=True)
class Record:
    """One record of a data list; "" or None where it has no such field."""

    title: str
    url: str = ""
    day: date | None = None
    status: str = ""


@dataclass(frozen=True)
class Answer:
    """A data answer taken apart.

    ``html`` is markup carried inside (a list fragment or an article's body), ``records`` the rows
    of a list of objects, ``total`` what the answer says there is (None = it does not say);
    ``listing`` = the answer is a list, even if an empty one. ``fields`` are the plain values of a
    single object.
    """

    html: str = ""
    records: tuple[Record, ...] = ()
    total: int | None = None
    listing: bool = False
    title: str = ""
    published: date | None = None
    number: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    next_group: str = ""


def read_answer(text: str, content_type: str = "") -> Answer | None:
    """Take a JSON, JSONP or XML data answer apart; None = it is no data."""
    head = text[:300].lstrip("\ufeff \t\r\n")
    if len(text) > MAX_DATA or not head:
        return None
    if head.startswith("<"):
        return _read_xml(text) if re.match(r"<(?:\?xml[^>]*>\s*)?(?:datastore|recordset|rss|feed)\b", head, re.IGNORECASE) else None
    raw = text.strip()
    match = re.match(r"[\w.$]{1,60}\s*\(", raw)
    if match and raw.rstrip("; \n").endswith(")"):
        raw = raw[match.end() : raw.rstrip("; \n").rfind(")")]
    if raw[:1] not in "{[":
        return None
    try:
        value = json.loads(raw, strict=False)
    except (ValueError, RecursionError):
        return None
    return _read_value(value) if isinstance(value, (dict, list)) else None


def _read_xml(text: str) -> Answer:
    records = [match[1].strip() for match in RECORD.finditer(text)][:MAX_RECORDS]
    total = TOTAL.search(text)
    following = re.search(r"<nextgroup>[^<]*(?:<!\[CDATA\[)?[^<]*<a\s[^>]*href\s*=\s*[\"']([^\"']+)", text)
    items = []
    if not records:
        for match in list(re.finditer(r"<(item|entry)\b.*?</\1>", text, re.DOTALL))[:MAX_RECORDS]:
            inner = match[0]
            title = re.search(r"<title[^>]*>(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?</title>", inner, re.DOTALL)
            link = re.search(r"<link[^>]*>(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?</link>|<link[^>]*href=[\"']([^\"']+)", inner, re.DOTALL)
            when = re.search(r"<(?:pubDate|updated|published|dc:date)>(.*?)</", inner)
            items.append(Record(squeeze(title[1]) if title else "", squeeze((link[1] or link[2] or "") if link else ""), _feed_day(when[1]) if when else None))
    return Answer(
        html=fragment(records),
        records=tuple(items),
        total=int(total[1]) if total else None,
        listing=True,
        next_group=following[1].replace("&amp;", "&") if following else "",
    )


def _feed_day(text: str) -> date | None:
    day = dates.first_day(text)
    if day:
        return day
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(text.strip()).astimezone(dates.BEIJING).date()
    except (TypeError, ValueError):
        return None


def fragment(records: Sequence[str]) -> str:
    """Records as one piece of markup, each in a block of its own, so that they are siblings."""
    if not records:
        return ""
    rows = all(record.lstrip()[:3].lower() == "<tr" for record in records)
    if rows:
        return "<table><tbody>" + "".join(records) + "</tbody></table>"
    return "<div>" + "".join(f"<section>{record}</section>" for record in records) + "</div>"


def _read_value(value: Any) -> Answer:
    html = _find_html(value)
    lists = sorted(_object_lists(value), key=lambda found: found[0], reverse=True)
    total = _find_total(value)
    if lists and lists[0][0] > 0:
        records = tuple(_record(item, _keys(lists[0][1])) for item in lists[0][1][:MAX_RECORDS])
        if not html or len(records) >= 2:
            return Answer(records=records, total=total, listing=True)
    subject = _subject(value)
    body = next((text for name, text in subject.items() if BODIES.search(name) and TAGGED.search(text) and len(text) > 40), "")
    title = next((squeeze(text) for name, text in subject.items() if TITLES.search(name) and CHINESE.search(text) and len(text) < 300), "")
    if title and body:
        return Answer(html=body, title=title, published=_published(subject), number=_number(subject), fields=_short(subject))
    if html is not None:
        return Answer(html=html, total=total, listing=True)
    empty = total == 0 and any(isinstance(item, list) and not item for item in _walk(value))
    return Answer(total=total, listing=empty, title=title, published=_published(subject), number=_number(subject), fields=_short(subject))


def _walk(value: Any, most: int = 20_000) -> Iterator[Any]:
    """All values inside, breadth first, bounded, without recursion."""
    queue = [value]
    place = 0
    while place < len(queue) and place < most:
        item = queue[place]
        place += 1
        yield item
        if isinstance(item, dict):
            queue.extend(item.values())
        elif isinstance(item, list):
            queue.extend(item)


def _find_html(value: Any) -> str | None:
    """The list markup that jpaas and its like carry in ``html``; None = no such field."""
    for item in _walk(value, 2_000):
        if isinstance(item, dict):
            for name, text in item.items():
                if isinstance(text, str) and name.lower() in ("html", "content", "listhtml", "data") and (name.lower() == "html" or (TAGGED.search(text) and text.count("<a") >= 1 and text.count("<li") >= 1)):
                    return text
    return None


def _object_lists(value: Any) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Lists of objects that have a title, with how well they look like a list of entries."""
    for item in _walk(value):
        if isinstance(item, list) and item and isinstance(item[0], dict):
            objects = [entry for entry in item if isinstance(entry, dict)]
            title, url, day, _ = _keys(objects)
            if title and (url or day):
                yield len(objects) * (1 + bool(url) + 2 * bool(day)), objects


def _keys(objects: Sequence[Mapping[str, Any]]) -> tuple[str, str, str, str]:
    """The names of the fields for title, address, publishing date and status."""
    sample = objects[:20]
    names = [name for name in sample[0] if isinstance(name, str)]
    titles = []
    for name in names:
        texts = [value for item in sample if isinstance(value := item.get(name), str)]
        if texts and sum(bool(CHINESE.search(text)) for text in texts) * 2 >= len(texts):
            average = sum(len(text) for text in texts) / len(texts)
            if average < 300:
                titles.append((bool(TITLES.search(name)), name.lower() in ("title", "doctitle", "name"), average, name))
    title = max(titles)[3] if titles and (max(titles)[0] or max(titles)[2] >= 8 or max(titles)[1]) else ""
    url = next((name for name in sorted(names, key=lambda name: len(name)) if ADDRESSES.search(name) and any(isinstance(item.get(name), str) and re.search(r"[/.]", item[name]) for item in sample)), "")
    days = []
    for name in names:
        if (PUBLISHED.search(name) or OTHER_DAY.search(name)) and sum(dates.value_day(item.get(name)) is not None for item in sample) * 2 >= len(sample):
            days.append((NO_DAY.search(name) is None, PUBLISHED.search(name) is not None, -len(name), name))
    day = max(days)[3] if days and max(days)[0] else ""
    status = next((name for name in names if STATUSES.search(name)), "")
    return title, url, day, status


def _record(item: Mapping[str, Any], keys: tuple[str, str, str, str]) -> Record:
    from plugins.facts.statuses import status_alone

    title, url, day, status = keys
    label = item.get(status) if status else ""
    link = item.get(url) if url else ""
    return Record(
        squeeze(re.sub(r"<[^<>]{1,80}>", "", str(item.get(title) or ""))),
        link if isinstance(link, str) else "",
        dates.value_day(item.get(day)) if day else None,
        status_alone(label) if isinstance(label, str) else "",
    )


def _find_total(value: Any) -> int | None:
    for item in _walk(value, 2_000):
        if isinstance(item, dict):
            for name, number in item.items():
                if isinstance(name, str) and name.lower() in TOTALS and isinstance(number, (int, str)) and str(number).isdigit():
                    return int(number)
    return None


def _subject(value: Any) -> dict[str, str]:
    """The plain texts of the object that has the longest text: the article of a data answer."""
    best: dict[str, str] = {}
    size = 0
    for item in _walk(value, 3_000):
        if isinstance(item, dict):
            texts = {str(name): text for name, text in item.items() if isinstance(text, str)}
            length = sum(map(len, texts.values()))
            if length > size:
                best, size = texts, length
    return best


def _short(subject: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in subject.items() if 0 < len(text) <= 300}


def _published(subject: Mapping[str, str]) -> date | None:
    for pattern in (PUBLISHED, OTHER_DAY):
        for name, text in subject.items():
            if pattern.search(name) and not NO_DAY.search(name):
                day = dates.value_day(text)
                if day:
                    return day
    return None


def _number(subject: Mapping[str, str]) -> str:
    return next((squeeze(text) for name, text in subject.items() if NUMBERS.search(name) and 0 < len(text) <= 60), "")


# -- data inside an HTML page ---------------------------------------------------------------

LITERAL = re.compile(r"""=\s*(?=\[\s*\{|\{\s*["'])""")
WRITE = re.compile(r"document\.write(?:ln)?\s*\(")
ASSIGN = re.compile(r"""(?:var|let|const)?\s*\b([A-Za-z_]\w{0,40})\s*=\s*("(?:[^"\\\n]|\\.){0,2000}"|'(?:[^'\\\n]|\\.){0,2000}')""")
TOKEN = re.compile(r"""("(?:[^"\\\n]|\\.){0,4000}"|'(?:[^'\\\n]|\\.){0,4000}')|([A-Za-z_]\w{0,40})|(\+)|(\))|\s+""")
ESCAPES = {"n": "\n", "t": "\t", "r": ""}


def embedded_records(text: str) -> tuple[Record, ...]:
    """The rows of ``var dataList=[{…}]`` and its like in a script; () where there is none."""
    if len(text) > 1_500_000:
        return ()
    best: tuple[Record, ...] = ()
    for count, match in enumerate(LITERAL.finditer(text)):
        if count > 30:
            break
        try:
            value, _ = json.JSONDecoder(strict=False).raw_decode(text, match.end())
        except (ValueError, RecursionError):
            continue
        if isinstance(value, (dict, list)):
            for _, objects in _object_lists(value):
                if len(objects) > len(best):
                    keys = _keys(objects)
                    best = tuple(_record(item, keys) for item in objects[:MAX_RECORDS])
    return best


def datastore_fragment(text: str) -> str:
    """The records of a 大汉 datastore inside a script or textarea, as markup; "" where none."""
    if "<record>" not in text.lower():
        return ""
    return fragment([match[1].strip() for match in RECORD.finditer(text)][:MAX_RECORDS])


def written_markup(text: str) -> str:
    """What ``document.write`` calls with plain strings and known variables put on the page.

    Both ways of an ``if`` are taken: rows and menu entries that appear twice are told apart later
    by their address. Calls that need more than strings and ``+`` are left out.
    """
    if "document.write" not in text or len(text) > 400_000:
        return ""
    pieces: list[str] = []
    values: dict[str, str] = {}
    place = 0
    events = sorted(
        [(match.start(), match, True) for match in WRITE.finditer(text)]
        + [(match.start(), match, False) for match in ASSIGN.finditer(text)],
        key=lambda event: event[0],
    )
    for start, match, is_write in events[:4_000]:
        if start < place:
            continue
        if not is_write:
            values[match[1]] = _unquoted(match[2])
            continue
        place = _expression(text, match.end(), values, pieces)
    return "".join(pieces)


def _expression(text: str, start: int, values: Mapping[str, str], pieces: list[str]) -> int:
    """Evaluate strings and variables joined by ``+`` up to the closing bracket."""
    position = start
    found: list[str] = []
    while position < len(text):
        match = TOKEN.match(text, position)
        if match is None:
            return start
        position = match.end()
        if match[1]:
            found.append(_unquoted(match[1]))
        elif match[2]:
            if match[2] == "unescape":
                return start
            found.append(values.get(match[2], ""))
        elif match[4]:
            pieces.extend(found)
            return position
    return start


def _unquoted(raw: str) -> str:
    return re.sub(r"\\(.)", lambda match: ESCAPES.get(match[1], match[1]), raw[1:-1])

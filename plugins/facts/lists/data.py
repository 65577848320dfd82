"""Data answers and embedded data: JSON, datastore XML, rows written by a script."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from plugins.facts.language import dates
from plugins.facts.language.text import CHINESE, squeeze
from plugins.facts.lists import limits
from plugins.facts.lists.records import (
    MAX_RECORDS,
    TITLES,
    Record,
    field_names,
    find_number,
    find_published,
    find_total,
    make_record,
    object_lists,
    walk,
)

MAX_DATA = 4_000_000
TOTAL = re.compile(r"<totalrecord>\s*(\d+)", re.IGNORECASE)
TAGGED = re.compile(r"<(?:li|a|tr|div|ul|p|table|dl|span)[\s>]", re.IGNORECASE)
BODIES = re.compile(r"content|body|clob|html|text|zw$", re.IGNORECASE)


@dataclass(frozen=True)
class DataAnswer:
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


def read_answer(text: str) -> DataAnswer | None:
    """Take a JSON, JSONP or XML data answer apart; None = it is no data."""
    head = text[:300].lstrip("\ufeff \t\r\n")
    if len(text) > MAX_DATA or not head:
        return None
    if head.startswith("<"):
        return (
            _read_xml(text)
            if re.match(
                r"(?:<\?xml[^>]*>\s*)?<(?:datastore|recordset|rss|feed)\b", head, re.IGNORECASE
            )
            else None
        )
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


def _read_xml(text: str) -> DataAnswer:
    records = stored_records(text)
    total = TOTAL.search(text)
    following = re.search(
        r"<nextgroup>[^<]*(?:<!\[CDATA\[)?[^<]*<a\s[^>]*href\s*=\s*[\"']([^\"']+)", text
    )
    items = []
    if not records:
        for piece in re.split(r"<(?:item|entry)\b", text)[1 : MAX_RECORDS + 1]:
            inner = piece[:20_000]
            title = re.search(
                r"<title[^>]*>(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?</title>", inner, re.DOTALL
            )
            link = re.search(
                r"<link[^>]*>(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?</link>|<link[^>]*href=[\"']([^\"']+)",
                inner,
                re.DOTALL,
            )
            when = re.search(r"<(?:pubDate|updated|published|dc:date)>(.*?)</", inner)
            items.append(
                Record(
                    squeeze(title[1]) if title else "",
                    squeeze((link[1] or link[2] or "") if link else ""),
                    _feed_day(when[1]) if when else None,
                )
            )
    return DataAnswer(
        html=fragment(records),
        records=tuple(items),
        total=int(total[1]) if total else None,
        listing=True,
        next_group=following[1].replace("&amp;", "&") if following else "",
    )


def stored_records(text: str) -> list[str]:
    """What stands between ``<record>`` and ``</record>``, CDATA marks off."""
    found: list[str] = []
    place = 0
    while len(found) < MAX_RECORDS:
        start = text.find("<record>", place)
        end = text.find("</record>", start)
        if start < 0 or end < 0:
            break
        inner = text[start + len("<record>") : end].strip()
        found.append(inner.removeprefix("<![CDATA[").removesuffix("]]>").strip())
        place = end
    return found


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


def _read_value(value: Any) -> DataAnswer:
    html = _find_html(value)
    lists = sorted(object_lists(value), key=lambda found: found[0], reverse=True)
    total = find_total(value)
    if lists and lists[0][0] > 0:
        records = tuple(
            make_record(item, field_names(lists[0][1])) for item in lists[0][1][:MAX_RECORDS]
        )
        if not html or len(records) >= limits.DATA_ROWS:
            return DataAnswer(records=records, total=total, listing=True)
    subject = _subject(value)
    body = next(
        (
            text
            for name, text in subject.items()
            if BODIES.search(name) and TAGGED.search(text) and len(text) > limits.DATA_BODY
        ),
        "",
    )
    title = next(
        (
            squeeze(text)
            for name, text in subject.items()
            if TITLES.search(name) and CHINESE.search(text) and len(text) < limits.DATA_TITLE
        ),
        "",
    )
    if title and body:
        return DataAnswer(
            html=body,
            title=title,
            published=find_published(subject),
            number=find_number(subject),
            fields=_short(subject),
        )
    if html is not None:
        return DataAnswer(html=html, total=total, listing=True)
    empty = total == 0 and any(isinstance(item, list) and not item for item in walk(value))
    return DataAnswer(
        total=total,
        listing=empty,
        title=title,
        published=find_published(subject),
        number=find_number(subject),
        fields=_short(subject),
    )


def _find_html(value: Any) -> str | None:
    """The list markup that jpaas and its like carry in ``html``; None = no such field."""
    for item in walk(value, 2_000):
        if isinstance(item, dict):
            for name, text in item.items():
                if (
                    isinstance(text, str)
                    and name.lower() in ("html", "content", "listhtml", "data")
                    and (
                        name.lower() == "html"
                        or (
                            TAGGED.search(text) and text.count("<a") >= 1 and text.count("<li") >= 1
                        )
                    )
                ):
                    return text
    return None


def _subject(value: Any) -> dict[str, str]:
    """The plain texts of the object that has the longest text: the article of a data answer."""
    best: dict[str, str] = {}
    size = 0
    for item in walk(value, 3_000):
        if isinstance(item, dict):
            texts = {str(name): text for name, text in item.items() if isinstance(text, str)}
            length = sum(map(len, texts.values()))
            if length > size:
                best, size = texts, length
    return best


def _short(subject: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in subject.items() if 0 < len(text) <= limits.SHORT_FIELD}

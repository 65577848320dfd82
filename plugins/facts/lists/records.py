"""Lists of objects in data answers: which field is the title, the address, the publishing date."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from plugins.facts.language import dates
from plugins.facts.language.statuses import status_alone
from plugins.facts.language.text import CHINESE, squeeze
from plugins.facts.lists import limits

MAX_RECORDS = 2_000

TITLES = re.compile(
    r"title|subject|biaoti|(?<![a-z])bt(?![a-z])|headline|docsub|topic", re.IGNORECASE
)
ADDRESSES = re.compile(r"url|link|href|puburl|address|path", re.IGNORECASE)
STATUSES = re.compile(r"status|state|zt$", re.IGNORECASE)
PUBLISHED = re.compile(
    r"pub|fbsj|fbrq|release|issue_?(?:time|date)|showtime|display|docrel|firstpub|发布",
    re.IGNORECASE,
)
OTHER_DAY = re.compile(r"date|time|day|rq$|sj$", re.IGNORECASE)
NO_DAY = re.compile(
    r"end|stop|expire|dead|jz|start|begin|effect|valid|abol|fail|modif|edit", re.IGNORECASE
)
NUMBERS = re.compile(
    r"documentno|wenhao|(?<![a-z])wh(?![a-z])|docno|filenum|fwzh|pcode|c_wjbh|文号", re.IGNORECASE
)
TOTALS = (
    "total",
    "totalcount",
    "totalnum",
    "totalrecord",
    "count",
    "recordcount",
    "totalelements",
    "searchtotal",
)


@dataclass(frozen=True)
class Record:
    """One record of a data list; "" or None where it has no such field."""

    title: str
    url: str = ""
    day: date | None = None
    status: str = ""


def walk(value: Any, most: int = 20_000) -> Iterator[Any]:
    """All values inside, breadth first, bounded, without recursion."""
    queue = [value]
    place = 0
    while place < len(queue) and place < most:
        item = queue[place]
        place += 1
        yield item
        if isinstance(item, str) and item[:2] in ("[{", '{"') and len(item) < limits.NESTED_DATA:
            # Some interfaces put their data as text into their data.
            with suppress(ValueError, RecursionError):
                queue.append(json.loads(item, strict=False))
        if isinstance(item, dict):
            queue.extend(item.values())
        elif isinstance(item, list):
            queue.extend(item)


def object_lists(value: Any) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Lists of objects that have a title, with how well they look like a list of entries."""
    for item in walk(value):
        if isinstance(item, list) and item and isinstance(item[0], dict):
            objects = [entry for entry in item if isinstance(entry, dict)]
            title, url, day, _ = field_names(objects)
            if title and (url or day):
                yield len(objects) * (1 + bool(url) + 2 * bool(day)), objects


def field_names(objects: Sequence[Mapping[str, Any]]) -> tuple[str, str, str, str]:
    """The names of the fields for title, address, publishing date and status; "" = no such field."""
    sample = objects[:20]
    names = [name for name in sample[0] if isinstance(name, str)]
    url = next(
        (
            name
            for name in sorted(names, key=len)
            if ADDRESSES.search(name)
            and any(re.search(r"[/.]", text) for text in _texts(sample, name))
        ),
        "",
    )
    status = next((name for name in names if STATUSES.search(name)), "")
    return _title_name(sample, names), url, _day_name(sample, names), status


def _texts(sample: Sequence[Mapping[str, Any]], name: str) -> list[str]:
    return [value for item in sample if isinstance(value := item.get(name), str)]


def _title_name(sample: Sequence[Mapping[str, Any]], names: Sequence[str]) -> str:
    """The field whose values are mostly Chinese: called a title, or the longest of them."""
    ranked = []
    for name in names:
        texts = _texts(sample, name)
        average = sum(map(len, texts)) / len(texts) if texts else 0.0
        chinese = sum(bool(CHINESE.search(text)) for text in texts)
        if texts and chinese * 2 >= len(texts) and average < limits.DATA_TITLE:
            exact = name.lower() in ("title", "doctitle", "name")
            ranked.append((bool(TITLES.search(name)), exact, average, name))
    if not ranked:
        return ""
    called, exact, average, name = max(ranked)
    return name if called or exact or average >= limits.AVERAGE_TITLE else ""


def _day_name(sample: Sequence[Mapping[str, Any]], names: Sequence[str]) -> str:
    """The field of the publishing date: before those of creation, never one of a deadline."""
    ranked = [
        (PUBLISHED.search(name) is not None, -len(name), name)
        for name in names
        if (PUBLISHED.search(name) or OTHER_DAY.search(name))
        and not NO_DAY.search(name)
        and sum(dates.value_day(item.get(name)) is not None for item in sample) * 2 >= len(sample)
    ]
    return max(ranked)[2] if ranked else ""


def make_record(item: Mapping[str, Any], keys: tuple[str, str, str, str]) -> Record:
    """One object as a record, by the names that :func:`field_names` found."""
    title, url, day, status = keys
    label = item.get(status) if status else ""
    link = item.get(url) if url else ""
    return Record(
        squeeze(re.sub(r"<[^<>]{1,80}>", "", str(item.get(title) or ""))),
        link if isinstance(link, str) else "",
        dates.value_day(item.get(day)) if day else None,
        status_alone(label) if isinstance(label, str) else "",
    )


def find_total(value: Any) -> int | None:
    """How many entries the answer says there are; None = it does not say."""
    for item in walk(value, 2_000):
        if isinstance(item, dict):
            for name, number in item.items():
                if (
                    isinstance(name, str)
                    and name.lower() in TOTALS
                    and isinstance(number, (int, str))
                    and str(number).isdigit()
                ):
                    return int(number)
    return None


def find_published(subject: Mapping[str, str]) -> date | None:
    """The publishing date among the fields of one object."""
    for pattern in (PUBLISHED, OTHER_DAY):
        for name, text in subject.items():
            if pattern.search(name) and not NO_DAY.search(name):
                day = dates.value_day(text)
                if day:
                    return day
    return None


def find_number(subject: Mapping[str, str]) -> str:
    """The 文号 among the fields of one object."""
    return next(
        (
            squeeze(text)
            for name, text in subject.items()
            if NUMBERS.search(name) and 0 < len(text) <= limits.NUMBER_FIELD
        ),
        "",
    )

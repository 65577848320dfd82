"""Data inside an HTML page: datastores, object lists in scripts, rows written by a script."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from plugins.facts.lists import limits
from plugins.facts.lists.data import fragment, stored_records
from plugins.facts.lists.records import MAX_RECORDS, Record, field_names, make_record, object_lists

LITERAL = re.compile(r"""=\s*(?=\[\s*\{|\{\s*["'])""")
WRITE = re.compile(r"document\.write(?:ln)?\s*\(")
ASSIGN = re.compile(
    r"""(?:var|let|const)?\s*\b([A-Za-z_]\w{0,40})\s*=\s*("(?:[^"\\\n]|\\.){0,2000}"|'(?:[^'\\\n]|\\.){0,2000}')"""
)
TOKEN = re.compile(
    r"""("(?:[^"\\\n]|\\.){0,4000}"|'(?:[^'\\\n]|\\.){0,4000}')|([A-Za-z_]\w{0,40})|(\+)|(\))|\s+"""
)
ESCAPES = {"n": "\n", "t": "\t", "r": ""}


def embedded_records(text: str) -> tuple[Record, ...]:
    """The rows of ``var dataList=[{…}]`` and its like in a script; () where there is none."""
    if len(text) > limits.MAX_SCRIPT:
        return ()
    best: tuple[Record, ...] = ()
    for count, match in enumerate(LITERAL.finditer(text)):
        if count > limits.LITERALS:
            break
        try:
            value, _ = json.JSONDecoder(strict=False).raw_decode(text, match.end())
        except (ValueError, RecursionError):
            continue
        if isinstance(value, (dict, list)):
            for _, objects in object_lists(value):
                if len(objects) > len(best):
                    keys = field_names(objects)
                    best = tuple(make_record(item, keys) for item in objects[:MAX_RECORDS])
    return best


def datastore_fragment(text: str) -> str:
    """The records of a 大汉 datastore inside a script or textarea, as markup; "" where none."""
    if "<record>" not in text.lower():
        return ""
    return fragment(stored_records(text))


def written_markup(text: str) -> str:
    """What ``document.write`` calls with plain strings and known variables put on the page.

    Both ways of an ``if`` are taken: rows and menu entries that appear twice are told apart later
    by their address. Calls that need more than strings and ``+`` are left out.
    """
    if "document.write" not in text or len(text) > limits.WRITTEN_SCRIPT:
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

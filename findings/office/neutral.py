"""Makes text of audited pages harmless where it is shown: in spreadsheets, as links, in table cells."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

LONGEST = 600
# A spreadsheet takes a cell that begins so for a formula; the minus sign (and, by NFKC, full-width
# forms) included, as some programs fold them on import.
_FORMULA = frozenset("=+-@\N{MINUS SIGN}")
_CELL = 32_000  # Excel holds 32,767 characters in a cell and mangles the file beyond


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    text = "".join(sign for sign in text if sign in "\t\r\n" or sign.isprintable() or sign == "　")
    text = text[:_CELL]
    first = text.lstrip("\t\r\n \u00a0\u3000\u200b\ufeff")[:1]
    if text[:1] in {"\t", "\r", "\n"} or unicodedata.normalize("NFKC", first) in _FORMULA:
        return "'" + text
    return text


def safe_href(url: str) -> str:
    """The address if it may become a link, else nothing: http and https only."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    plain = parts.scheme in {"http", "https"} and parts.netloc and url.isprintable()
    return url if plain and " " not in url else ""


def shorten(text: str, length: int = LONGEST) -> str:
    """Text of any length as text that a table can hold."""
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return text if len(text) <= length else text[: length - 1] + "…"

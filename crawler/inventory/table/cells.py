"""Spreadsheet cells of the register, as text and back: guarded formulas, dates, digits of any width."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

# A spreadsheet takes text that begins so for a formula; full-width signs and the minus sign as well.
FORMULA_SIGNS = frozenset("=+-@\N{MINUS SIGN}")
MARKUP = re.compile(r"</?[A-Za-z!][^<>]*>|&(?:lt|gt|#x?[0-9A-Fa-f]+);")
DAY = re.compile(
    r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:[ T]0?0:00(?::00)?)?"
)
# Excel counts days; these are 2000-01-01 and 2099-12-31.
FIRST_SERIAL, LAST_SERIAL = 36_526, 73_050
SERIAL_START = date(1899, 12, 30)
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
LINE_ENDS = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One cell: its value, why it cannot be read ("" = it can), and where its merged block begins.

    ``merged`` is the first row of the block that lends it its value, 0 where the value is its own.
    """

    value: Any = None
    flaw: str = ""
    merged: int = 0

    @property
    def blank(self) -> bool:
        """Whether there is nothing in it."""
        return not self.flaw and (self.value is None or not str(self.value).strip())


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula; :func:`unguarded` gives the text back."""
    text = CONTROLS.sub("", text)
    return "'" + text if _formula_like(text.lstrip("'")) else text


def unguarded(text: str) -> str:
    """The text without the apostrophe that :func:`guarded` has put before it."""
    return text[1:] if text.startswith("'") and _formula_like(text.lstrip("'")) else text


def _formula_like(text: str) -> bool:
    first = unicodedata.normalize("NFKC", text.lstrip("\t\r\n \u00a0\u3000\u200b\ufeff")[:1])
    return first in FORMULA_SIGNS


def text_of(value: Any) -> str:
    """A cell's value as the office would read it, without blanks around it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time | timedelta):
        return str(value)
    text = LINE_ENDS.sub("\n", str(value)).strip()
    return unguarded(CONTROLS.sub("", text)).strip()


def line_of(value: Any) -> str:
    """As :func:`text_of`, on one line: a name that was broken to fit its cell is one name."""
    return re.sub(r"[ \t]*\n[ \t]*", "", text_of(value))


def day_of(value: Any) -> date:
    """A day: a date, a day number of the spreadsheet, or text; ValueError with a Chinese reason."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        if FIRST_SERIAL <= value <= LAST_SERIAL and value == int(value):
            return SERIAL_START + timedelta(days=int(value))
        value = text_of(value)
    text = unicodedata.normalize("NFKC", text_of(value))
    match = DAY.fullmatch("".join(text.split()) if "年" in text else text)
    if match:
        year, month, day = match[1], match[2] or match[4], match[3] or match[5]
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            pass
    if re.fullmatch(r"\d{5}", text) and FIRST_SERIAL <= int(text) <= LAST_SERIAL:
        return SERIAL_START + timedelta(days=int(text))
    raise ValueError(f"“{text}”不是日期，应写作 2026-03-01")

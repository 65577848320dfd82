"""How the office writes points, days and numbers."""

from __future__ import annotations

from datetime import date

DIGITS = "零一二三四五六七八九"
TEN = 10


def figure(points: float) -> str:
    """Points as the office writes them: no needless zeros, no minus before nothing."""
    return f"{round(points, 2) + 0:g}"


def spelt(day: date) -> str:
    """A day as official documents write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese(number: int) -> str:
    """A number below 100 in Chinese, as headings count."""
    tens, ones = divmod(number, TEN)
    head = "" if not tens else ("" if tens == 1 else DIGITS[tens]) + "十"
    return head + (DIGITS[ones] if ones or not tens else "")

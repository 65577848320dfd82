"""Days: today in Shanghai, and days as they are typed."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

from plugins.errors import ConfigurationError, Problem

# China has no daylight saving time, so a fixed offset needs no time zone database.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")


def today() -> date:
    """The day in Shanghai; the only place where a clock is read for judging."""
    return datetime.now(SHANGHAI).date()


def read_date(text: str, option: str = "--as-of") -> date:
    """A date from the command line; ConfigurationError when it is none."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip()):
        try:
            return date.fromisoformat(text.strip())
        except ValueError:
            pass
    raise ConfigurationError([Problem(option, f"“{text}”不是日期，应写作2026-03-01")])


def judging_day(text: str) -> date:
    """The day as of which a site is judged, "" = today.

    Tomorrow is allowed, for clocks and time zones differ; later days are not: whatever is due until
    then would be charged though it can still be done.

    Raises:
        ConfigurationError: it is no day, or lies after tomorrow.
    """
    if not text:
        return today()
    day = read_date(text)
    last = today() + timedelta(days=1)
    if day > last:
        raise ConfigurationError(
            [Problem("--as-of", f"{day}还没有到，不能按那一天判断；最晚可写{last}（明天）")]
        )
    return day

"""How a host's request to wait is read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.network.pacing import retry_after

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("1.5", 1.5),
        ("1m30s", 90),
        ("2h", 7200),
        ("Sun, 01 Mar 2026 12:01:00 GMT", 60),
        ("Sun, 01 Mar 2026 20:01:00 +0800", 60),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("m", None),
        ("30 apples", None),
    ],
)
def test_retry_after_is_read_as_number_duration_or_date(text, seconds):
    assert retry_after(text, NOW) == seconds

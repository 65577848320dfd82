"""What the crawler sees on a page, as the JSON object that ``gongkai facts`` prints (design §10)."""

from __future__ import annotations

from datetime import date
from typing import Any

from plugins.facts.columns.column import Entry
from plugins.facts.language.covering import cover
from plugins.facts.page.page import Page


def describe(page: Page, today: date | None = None) -> dict[str, Any]:  # noqa: ARG001
    """One page as plain data; dates in ISO form, personal numbers masked.

    A row's ``date`` is null where it has none of its own. A date printed without its year is given
    as it stands, ``--MM-DD``, and a period as ``A/B`` (both ISO 8601): neither is a publishing
    date, and neither counts for ``newest``. ``today`` changes nothing: ``newest`` is what the page
    prints, and what a date after the audit day proves is for checks to say.
    """
    document = page.document
    return cover(
        {
            "url": page.url,
            "status": page.status,
            "kind": page.kind.value,
            "title": page.title,
            "published": _iso(page.published),
            "published_from": page.published_from,
            "meta": page.meta.annex,
            "meta_empty": list(page.meta.empty),
            "rows": [_row(entry) for entry in page.rows],
            "newest": _iso(page.newest),
            "empty": page.empty,
            "empty_why": page.empty_why,
            "documents": {
                "number": document.number if document else "",
                "issued": _iso(document.issued) if document else None,
                "validity": document.validity if document else "",
                "index": document.index if document else "",
                "posted": _iso(document.posted) if document else None,
                "issuer": document.issuer if document else "",
                "theme": document.theme if document else "",
                "expires": _iso(document.expires) if document else None,
            },
            "interpretation_links": list(page.interpretation_links),
            "document_links": list(page.document_links),
            "footer": dict(page.footer),
            "columns": [{"name": column.name, "url": column.url} for column in page.nav_columns],
        }
    )


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "title": entry.title,
        "url": entry.url,
        "date": shown_date(entry),
        "status": entry.status,
    }


def shown_date(entry: Entry) -> str | None:
    """The row's own date as text: full, without a year (``--11-07``) or a period (``A/B``)."""
    if entry.date:
        return entry.date.isoformat()
    if entry.shown:
        return f"--{entry.shown}"
    if entry.period:
        return f"{entry.period[0].isoformat()}/{entry.period[1].isoformat()}"
    return None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

"""Published scorecards: kept as they were given out, with the scheme they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from findings.schemes.scheme import Scheme
from findings.store import rows
from findings.store.models import PublishedScore


@dataclass(frozen=True, slots=True)
class PublishedCard:
    """One published scorecard.

    ``content`` holds ``score`` (as ``score_json``) and ``findings`` (fingerprint → ``brief_json``);
    ``scheme_text`` is the scheme's whole file, named by ``scheme_digest``. ``id`` 0 = not kept yet.
    """

    run: int
    as_of: date
    scheme: str
    scheme_title: str
    scheme_version: str
    scheme_digest: str
    scheme_text: str
    content: Mapping[str, Any]
    by: str = ""
    note: str = ""
    id: int = 0
    at: datetime | None = None

    @classmethod
    def of(
        cls,
        scheme: Scheme,
        run: int,
        as_of: date,
        content: Mapping[str, Any],
        *,
        by: str = "",
        note: str = "",
    ) -> PublishedCard:
        """A scorecard under a scheme, ready to be kept."""
        return cls(
            run=run,
            as_of=as_of,
            scheme=scheme.id,
            scheme_title=scheme.title,
            scheme_version=scheme.version,
            scheme_digest=scheme.digest,
            scheme_text=scheme.text,
            content=content,
            by=by,
            note=note,
        )

    def head_json(self) -> dict[str, Any]:
        """Everything but the content."""
        return {
            "id": self.id,
            "at": self.at.isoformat() if self.at else None,
            "by": self.by,
            "note": self.note,
            "run": self.run,
            "as_of": self.as_of.isoformat(),
            "scheme": self.scheme,
            "title": self.scheme_title,
            "version": self.scheme_version,
            "digest": self.scheme_digest,
        }


def publish(connection: Connection, publication: PublishedCard, at: datetime) -> tuple[int, bool]:
    """Keep a scorecard; gives its number, and whether it is new.

    The same scores of the same run under the same scheme are kept once.
    """
    table = PublishedScore.table()
    same = connection.execute(
        select(table)
        .where(table.c.run_id == publication.run)
        .where(table.c.scheme_digest == publication.scheme_digest)
        .order_by(table.c.id)
    )
    for row in same.mappings():
        if row["content"] == publication.content:
            return int(row["id"]), False
    added = connection.execute(
        insert(table).values(
            at=at,
            by=rows.clean(publication.by),
            note=rows.clean(publication.note),
            run_id=publication.run,
            as_of=publication.as_of,
            scheme=publication.scheme,
            scheme_title=publication.scheme_title,
            scheme_version=publication.scheme_version,
            scheme_digest=publication.scheme_digest,
            scheme_text=publication.scheme_text,
            content=dict(publication.content),
        )
    )
    assert added.inserted_primary_key is not None
    return int(added.inserted_primary_key[0]), True


def published(connection: Connection, number: int | None = None) -> list[PublishedCard]:
    """The published scorecards, newest first; the one of that number where one is given."""
    table = PublishedScore.table()
    wanted = select(table).order_by(table.c.id.desc())
    if number is not None:
        wanted = wanted.where(table.c.id == number)
    return [
        PublishedCard(
            id=row["id"],
            at=rows.moment(row["at"]),
            by=row["by"],
            note=row["note"],
            run=row["run_id"],
            as_of=row["as_of"],
            scheme=row["scheme"],
            scheme_title=row["scheme_title"],
            scheme_version=row["scheme_version"],
            scheme_digest=row["scheme_digest"],
            scheme_text=row["scheme_text"],
            content=row["content"],
        )
        for row in connection.execute(wanted).mappings()
    ]

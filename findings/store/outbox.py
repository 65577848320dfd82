"""The outbox: which message went to whom, and what became of it, so that nothing is sent twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, insert, select, update

from findings.store import rows
from findings.store.models import OutboxRow, Run

# Who began to send and has said nothing for so long was killed; each attempt renews it.
LEASE = timedelta(minutes=15)


class Delivery(StrEnum):
    """What became of a message. UNKNOWN = handed over, but nobody said whether it was accepted."""

    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Channel(StrEnum):
    """How a message goes out."""

    MAIL = "mail"
    APPRISE = "apprise"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What makes a message the same message: kind, run, unit ("" = the office), recipient, content.

    ``recipient`` is an address, or for Apprise a digest of one (it holds a secret); ``content`` is a
    digest of what is said, not of the bytes that carry it.
    """

    kind: str
    run: int
    unit: str
    channel: Channel
    recipient: str
    content: str

    def name(self, copy: int = 0) -> str:
        """Its name for ever; ``copy`` counts how often people asked for it once more."""
        parts = (self.kind, str(self.run), self.unit, self.channel, self.recipient, self.content)
        text = "\x1f".join((*parts, str(copy)))
        return blake2b(text.encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Posted:
    """A message in the outbox. ``doubtful`` = an earlier try may have been accepted."""

    id: str
    parcel: Outgoing
    copy: int
    message_id: str
    state: Delivery
    attempts: int
    tried: datetime
    sent: datetime | None
    note: str = ""
    doubtful: bool = False


def take(
    connection: Connection, parcel: Outgoing, *, domain: str, again: bool, now: datetime
) -> tuple[Posted, bool]:
    """Take a message in hand; gives it, and whether it is ours to send.

    It is not where it was sent already (unless ``again``), or where another program is at it. Until
    it was sent, it keeps its Message-ID; ``again`` after that makes a new one, as servers drop what
    they have seen.
    """
    # Two programs at once take turns here: the run's row is the lock (SQLite has one writer anyway).
    connection.execute(select(Run.id).where(Run.id == parcel.run).with_for_update())
    table = OutboxRow.table()
    found = connection.execute(
        select(table)
        .where(table.c.kind == parcel.kind, table.c.run_id == parcel.run)
        .where(table.c.unit == parcel.unit, table.c.channel == parcel.channel.value)
        .where(table.c.recipient == parcel.recipient, table.c.content == parcel.content)
        .order_by(table.c["copy"].desc())
        .limit(1)
    )
    row = found.mappings().one_or_none()
    last = _posted(row) if row is not None else None
    if last is None or (again and last.state is Delivery.SENT):
        return _add(connection, parcel, last.copy + 1 if last else 0, domain, now), True
    at_it = last.state is Delivery.SENDING and last.tried > now - LEASE
    if last.state is Delivery.SENT or at_it:
        return last, False
    _change(connection, last.id, state=Delivery.SENDING.value, tried=now)
    return last, True


def _add(connection: Connection, parcel: Outgoing, copy: int, domain: str, now: datetime) -> Posted:
    name = parcel.name(copy)
    made = {
        "id": name,
        "kind": parcel.kind,
        "run_id": parcel.run,
        "unit": parcel.unit,
        "channel": parcel.channel.value,
        "recipient": parcel.recipient,
        "content": parcel.content,
        "copy": copy,
        "message_id": f"<{name}.gongkai@{domain}>",
        "state": Delivery.SENDING.value,
        "attempts": 0,
        "created": now,
        "tried": now,
        "sent": None,
        "note": "",
    }
    connection.execute(insert(OutboxRow.table()).values(made))
    return _posted(made, doubtful=False)


def attempt(connection: Connection, name: str, now: datetime) -> None:
    """Note that a message is being tried once more."""
    table = OutboxRow.table()
    _change(connection, name, attempts=table.c.attempts + 1, tried=now)


def settle(connection: Connection, name: str, state: Delivery, note: str, now: datetime) -> None:
    """Note what became of a message; ``note`` is what the server said, or why it failed."""
    sent = {"sent": now} if state is Delivery.SENT else {}
    _change(connection, name, state=state.value, note=rows.clean(note), tried=now, **sent)


def posted(connection: Connection, **of: str | int) -> list[Posted]:
    """What is in the outbox, newest first; ``of`` names columns and what they must hold."""
    table = OutboxRow.table()
    wanted = select(table).order_by(table.c.created.desc(), table.c["copy"].desc(), table.c.id)
    for name, value in of.items():
        wanted = wanted.where(table.c[name] == value)
    return [_posted(row) for row in connection.execute(wanted).mappings()]


def _change(connection: Connection, name: str, **values: Any) -> None:
    table = OutboxRow.table()
    connection.execute(update(table).where(table.c.id == name).values(values))


def _posted(row: Mapping[Any, Any], *, doubtful: bool = True) -> Posted:
    state = Delivery(row["state"])
    return Posted(
        id=row["id"],
        parcel=Outgoing(
            kind=row["kind"],
            run=row["run_id"],
            unit=row["unit"],
            channel=Channel(row["channel"]),
            recipient=row["recipient"],
            content=row["content"],
        ),
        copy=row["copy"],
        message_id=row["message_id"],
        state=state,
        attempts=row["attempts"],
        tried=rows.moment(row["tried"]),
        sent=rows.moment(row["sent"]) if row["sent"] else None,
        note=row["note"],
        # One that was never brought to an end may have been accepted as well.
        doubtful=doubtful and state in {Delivery.UNKNOWN, Delivery.SENDING},
    )

"""The tables. Their history is in ``migrations``; a test says that both agree."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, Index, MetaData, String, Table, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

DIGEST = String(32)
WORD = String(32)


class Model(DeclarativeBase):
    """What all tables share: names of constraints that migrations can rely on."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - read once by SQLAlchemy, which wants a plain dict
        str: Text,
        dict[str, Any]: JSON,
        list[Any]: JSON,
        datetime: DateTime(timezone=True),
    }

    @classmethod
    def table(cls) -> Table:
        """The table itself, for statements that are not about objects."""
        assert isinstance(cls.__table__, Table)
        return cls.__table__


class Rulebook(Model):
    """The rules in force in runs: one row for each different set, not for each run."""

    __tablename__ = "rulebooks"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(DIGEST, unique=True)
    content: Mapped[list[Any]]


class Register(Model):
    """The units known in runs: one row for each different list."""

    __tablename__ = "registers"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(DIGEST, unique=True)
    content: Mapped[list[Any]]


class CoverageSheet(Model):
    """Coverage of a site by rule family: one row for each different outcome."""

    __tablename__ = "coverages"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(DIGEST, unique=True)
    content: Mapped[dict[str, Any]]


class Run(Model):
    """One night, or one command."""

    __tablename__ = "runs"
    # SQLite would hand out the number of a deleted run again; runs are referred to by number.
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - read once by SQLAlchemy

    id: Mapped[int] = mapped_column(primary_key=True)
    as_of: Mapped[date]
    started: Mapped[datetime]
    ended: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(WORD)
    version: Mapped[str]
    options: Mapped[str]
    kind: Mapped[str] = mapped_column(WORD, server_default="audit")
    rulebook_id: Mapped[int] = mapped_column(ForeignKey("rulebooks.id"))
    register_id: Mapped[int] = mapped_column(ForeignKey("registers.id"))


class SiteSheet(Model):
    """A site as it was last registered."""

    __tablename__ = "sites"

    host: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    url: Mapped[str]
    unit: Mapped[str]


class RunSite(Model):
    """One site in one run."""

    __tablename__ = "run_sites"

    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    host: Mapped[str] = mapped_column(ForeignKey("sites.host"), primary_key=True)
    state: Mapped[str] = mapped_column(WORD)
    why: Mapped[str]
    ended: Mapped[datetime | None]
    coverage_id: Mapped[int | None] = mapped_column(ForeignKey("coverages.id"))


class SubjectRow(Model):
    """Everything that was ever examined, once, with the run that did so last.

    The primary key is a digest: addresses may be longer than an index entry of PostgreSQL.
    """

    __tablename__ = "subjects"
    __table_args__ = (Index(None, "site", "examined_run"),)

    id: Mapped[str] = mapped_column(DIGEST, primary_key=True)
    kind: Mapped[str] = mapped_column(WORD)
    site: Mapped[str]
    ref: Mapped[str]
    examined_run: Mapped[int | None]
    examined_on: Mapped[date | None]
    url: Mapped[str]
    title: Mapped[str]
    status: Mapped[int | None]
    digest: Mapped[str]
    changed_run: Mapped[int | None]
    place: Mapped[str] = mapped_column(server_default="")


class FindingRow(Model):
    """One fault for ever. The machine writes all but ``verdict*``, people only these."""

    __tablename__ = "findings"
    __table_args__ = (Index(None, "site", "presence"),)

    fingerprint: Mapped[str] = mapped_column(DIGEST, primary_key=True)
    code: Mapped[str] = mapped_column(WORD, index=True)
    kind: Mapped[str] = mapped_column(WORD)
    site: Mapped[str]
    ref: Mapped[str]
    key: Mapped[str]
    subject_id: Mapped[str] = mapped_column(DIGEST)
    message: Mapped[str]
    evidence: Mapped[list[Any]]
    review: Mapped[bool]
    traits: Mapped[list[Any]]
    unit: Mapped[str]
    due: Mapped[date | None]
    presence: Mapped[str] = mapped_column(WORD)
    first_run: Mapped[int]
    first_seen: Mapped[date]
    last_run: Mapped[int]
    last_seen: Mapped[date]
    gone_run: Mapped[int | None]
    gone_on: Mapped[date | None]
    times_back: Mapped[int]
    back_run: Mapped[int | None]
    breach_run: Mapped[int | None]
    breached_on: Mapped[date | None]
    warned_run: Mapped[int | None]
    verdict: Mapped[str] = mapped_column(WORD)
    verdict_until: Mapped[date | None]


class FindingChange(Model):
    """What a finding looked like before run ``until_run`` changed it."""

    __tablename__ = "finding_changes"
    __table_args__ = (Index(None, "fingerprint", "until_run"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(DIGEST, ForeignKey("findings.fingerprint"))
    until_run: Mapped[int]
    message: Mapped[str]
    evidence: Mapped[list[Any]]
    review: Mapped[bool]
    traits: Mapped[list[Any]]
    unit: Mapped[str]
    due: Mapped[date | None]
    presence: Mapped[str] = mapped_column(WORD)
    last_run: Mapped[int]
    last_seen: Mapped[date]
    gone_run: Mapped[int | None]
    gone_on: Mapped[date | None]
    times_back: Mapped[int]
    back_run: Mapped[int | None]
    breach_run: Mapped[int | None]
    breached_on: Mapped[date | None]
    warned_run: Mapped[int | None]


class StagedSighting(Model):
    """What an unfinished run has seen so far; folded into the findings when its site finishes."""

    __tablename__ = "staged_sightings"
    __table_args__ = (Index(None, "run_id", "site"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"))
    fingerprint: Mapped[str] = mapped_column(DIGEST)
    code: Mapped[str] = mapped_column(WORD)
    kind: Mapped[str] = mapped_column(WORD)
    site: Mapped[str]
    ref: Mapped[str]
    key: Mapped[str]
    message: Mapped[str]
    evidence: Mapped[list[Any]]
    review: Mapped[bool]
    traits: Mapped[list[Any]]
    unit: Mapped[str]
    due: Mapped[date | None]


class ErrorRow(Model):
    """A rule that failed on a subject: one row, however many nights it keeps failing."""

    __tablename__ = "check_errors"
    __table_args__ = (Index(None, "site", "last_run"),)

    id: Mapped[str] = mapped_column(DIGEST, primary_key=True)
    code: Mapped[str] = mapped_column(WORD)
    kind: Mapped[str] = mapped_column(WORD)
    site: Mapped[str]
    ref: Mapped[str]
    message: Mapped[str]
    first_run: Mapped[int]
    last_run: Mapped[int]


class VerdictLine(Model):
    """The verdict log: rows are added, never changed and never removed (triggers see to it)."""

    __tablename__ = "verdict_log"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - read once by SQLAlchemy

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(DIGEST, ForeignKey("findings.fingerprint"), index=True)
    at: Mapped[datetime]
    by: Mapped[str]
    verdict: Mapped[str] = mapped_column(WORD)
    previous: Mapped[str] = mapped_column(WORD)
    why: Mapped[str]
    until: Mapped[date | None]


class ClaimLine(Model):
    """What units say of their findings: rows are added, never changed or removed (triggers)."""

    __tablename__ = "claims"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - read once by SQLAlchemy

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(DIGEST, ForeignKey("findings.fingerprint"), index=True)
    at: Mapped[datetime]
    by: Mapped[str]
    unit: Mapped[str]
    done: Mapped[bool]
    text: Mapped[str]
    source: Mapped[str]


class PublishedScore(Model):
    """A scorecard as it was given out; rows are added, never changed or removed (triggers)."""

    __tablename__ = "published_scores"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - read once by SQLAlchemy

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    note: Mapped[str]
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"))
    as_of: Mapped[date]
    scheme: Mapped[str]
    scheme_title: Mapped[str]
    scheme_version: Mapped[str]
    scheme_digest: Mapped[str] = mapped_column(DIGEST)
    scheme_text: Mapped[str]
    content: Mapped[dict[str, Any]]


class OutboxRow(Model):
    """One message to one recipient: a later try changes it, a message is never forgotten."""

    __tablename__ = "outbox"

    id: Mapped[str] = mapped_column(DIGEST, primary_key=True)
    kind: Mapped[str] = mapped_column(WORD)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), index=True)
    unit: Mapped[str]
    channel: Mapped[str] = mapped_column(WORD)
    recipient: Mapped[str]
    content: Mapped[str] = mapped_column(DIGEST)
    copy: Mapped[int]
    message_id: Mapped[str]
    state: Mapped[str] = mapped_column(WORD)
    attempts: Mapped[int]
    created: Mapped[datetime]
    tried: Mapped[datetime]
    sent: Mapped[datetime | None]
    note: Mapped[str]


class PictureRow(Model):
    """A picture of the place that a finding speaks of: the newest one only, for thirty days."""

    __tablename__ = "pictures"

    fingerprint: Mapped[str] = mapped_column(DIGEST, primary_key=True)
    site: Mapped[str] = mapped_column(index=True)
    page: Mapped[str]
    run_id: Mapped[int]
    taken: Mapped[datetime]
    width: Mapped[int]
    height: Mapped[int]
    outlined: Mapped[bool]
    look: Mapped[str] = mapped_column(DIGEST)
    image: Mapped[bytes]


class TraceRow(Model):
    """Why a page that a finding rests on was taken for what it was: as it was last, for thirty days."""

    __tablename__ = "traces"

    fingerprint: Mapped[str] = mapped_column(DIGEST, primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    site: Mapped[str] = mapped_column(index=True)
    run_id: Mapped[int]
    since: Mapped[datetime]
    kept: Mapped[datetime] = mapped_column(index=True)
    digest: Mapped[str] = mapped_column(DIGEST)
    data: Mapped[bytes]

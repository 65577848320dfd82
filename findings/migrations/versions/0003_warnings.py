"""Early warnings: the day on which a fault is due, and the run in which it came about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step: all that was remembered until now was a fault from its first day."""
    for table in ("findings", "finding_changes", "staged_sightings"):
        op.add_column(table, sa.Column("due", sa.Date(), nullable=True))
    for table in ("findings", "finding_changes"):
        op.add_column(table, sa.Column("breach_run", sa.Integer(), nullable=True))
        op.add_column(table, sa.Column("breached_on", sa.Date(), nullable=True))
        op.add_column(table, sa.Column("warned_run", sa.Integer(), nullable=True))
    op.execute("UPDATE findings SET breach_run = first_run, breached_on = first_seen")
    for name, source in (("breach_run", "first_run"), ("breached_on", "first_seen")):
        op.execute(
            f"UPDATE finding_changes SET {name} = (SELECT {source} FROM findings "  # noqa: S608
            "WHERE findings.fingerprint = finding_changes.fingerprint)"
        )

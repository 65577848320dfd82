"""Runs are audits or rechecks: what is newest, new or back goes by audits alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step: all runs until now were audits."""
    op.add_column(
        "runs",
        sa.Column("kind", sa.String(length=32), nullable=False, server_default="audit"),
    )

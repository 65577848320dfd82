"""Published scorecards: kept as they were given out; the table refuses to be changed or cut."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

REFUSAL = "published_scores is append-only"


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "published_scores",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("scheme_title", sa.Text(), nullable=False),
        sa.Column("scheme_version", sa.Text(), nullable=False),
        sa.Column("scheme_digest", sa.String(length=32), nullable=False),
        sa.Column("scheme_text", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_published_scores_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_scores")),
        sqlite_autoincrement=True,
    )
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER published_scores_no_{act.lower()} BEFORE {act} "
                f"ON published_scores BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION gongkai_scores_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER published_scores_append_only BEFORE UPDATE OR DELETE OR TRUNCATE "
        "ON published_scores FOR EACH STATEMENT EXECUTE FUNCTION gongkai_scores_append_only()"
    )

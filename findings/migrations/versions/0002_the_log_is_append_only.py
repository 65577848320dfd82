"""The verdict log refuses to be changed or cut, whoever asks."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

REFUSAL = "verdict_log is append-only"


def upgrade() -> None:
    """Apply this step."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER verdict_log_no_{act.lower()} BEFORE {act} ON verdict_log "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION gongkai_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER verdict_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON verdict_log "
        "FOR EACH STATEMENT EXECUTE FUNCTION gongkai_append_only()"
    )

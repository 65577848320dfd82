"""Alembic's entry: migrates the connection that it is handed, and knows no address of its own."""

from __future__ import annotations

from alembic import context

from findings.store.database import VERSION_TABLE
from findings.store.models import Model

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Model.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()

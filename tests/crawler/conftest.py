"""A real PostgreSQL for audits, as the tests of the store have it."""

from __future__ import annotations

from tests.findings.conftest import postgres, postgres_url

__all__ = ["postgres", "postgres_url"]

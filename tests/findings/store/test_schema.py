"""The schema: built, upgraded, and refused where it cannot be used."""

from __future__ import annotations

import sqlite3
import threading
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from findings.records.records import Claim, Verdict
from findings.store.database import VERSION_TABLE, connect, migrations, writing
from findings.store.models import Model
from findings.store.store import Store
from plugins.errors import StoreError
from tests.findings.nights import night, page, sight

REVISIONS = [
    revision.revision for revision in ScriptDirectory.from_config(migrations()).walk_revisions()
]


def drift(url):
    engine = connect(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True}
        )
        found = compare_metadata(context, Model.metadata)
    engine.dispose()
    return found


@pytest.fixture(params=["file", "postgresql"])
def lasting_url(request, tmp_path):
    if request.param == "file":
        return f"sqlite:///{tmp_path}/gongkai.db"
    return request.getfixturevalue("postgres_url")


@pytest.mark.parametrize("old", REVISIONS)
def test_every_old_revision_is_upgraded_without_drift(lasting_url, old):
    engine = sa.create_engine(lasting_url)
    with engine.begin() as connection:
        command.upgrade(migrations(connection), old)
    engine.dispose()
    with Store.open(lasting_url) as store:
        night(store, seen=[sight("COL101", page("http://demo.example/a"))])
    assert drift(lasting_url) == []


def test_an_empty_database_has_no_drift(lasting_url):
    assert drift(lasting_url) == []


def test_drift_would_be_seen(lasting_url):
    engine = connect(lasting_url)
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE left_behind (id INTEGER)")
    engine.dispose()
    assert drift(lasting_url) != []


def test_opening_again_keeps_what_is_there(lasting_url):
    with Store.open(lasting_url) as store:
        night(store, seen=[sight("COL101", page("http://demo.example/a"))])
    with Store.open(lasting_url, create=False) as store:
        assert len(store.find()) == 1


def test_two_programs_may_open_a_new_database_at_once(lasting_url):
    failed = []

    def opens():
        try:
            Store.open(lasting_url).close()
        except StoreError as error:
            failed.append(error)

    threads = [threading.Thread(target=opens) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_a_newer_schema_is_refused(lasting_url):
    engine = connect(lasting_url)
    with writing(engine) as connection:
        connection.exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    engine.dispose()
    with pytest.raises(StoreError, match=r"更新版本.*9999.*升级"):
        Store.open(lasting_url)


@pytest.mark.parametrize("act", ["UPDATE verdict_log SET why = 'x'", "DELETE FROM verdict_log"])
def test_the_log_refuses_to_be_changed(store, act):
    night(store, seen=[sight("COL101", page("http://demo.example/a"))])
    (found,) = store.find()
    store.decide(found.fingerprint, Verdict.CONFIRMED, by="张三", why="核对过")
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), store._engine.begin() as connection:
        connection.exec_driver_sql(act)
    assert [line.why for line in store.decisions()] == ["核对过"]


@pytest.mark.parametrize("act", ["UPDATE claims SET text = 'x'", "DELETE FROM claims"])
def test_what_units_said_is_never_changed(store, act):
    night(store, seen=[sight("COL101", page("http://demo.example/a"))])
    (found,) = store.find()
    said = Claim(
        found.fingerprint, datetime(2026, 3, 2, tzinfo=UTC), "张三", "区教育局", True, "已整改"
    )
    store.claim([said])
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), store._engine.begin() as connection:
        connection.exec_driver_sql(act)
    assert store.claims(found.fingerprint) == [said]


def test_postgresql_refuses_to_empty_the_log(postgres_url):
    engine = connect(postgres_url)
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), engine.begin() as connection:
        connection.exec_driver_sql("TRUNCATE verdict_log")
    engine.dispose()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "无法识别"),
        ("nonsense", "无法识别"),
        ("oracle://x", "不支持 oracle"),
        ("mysql+nodriver://x", "无法识别"),
        ("postgresql://nobody:geheim@127.0.0.1:1/x", "无法使用"),
        ("sqlite:////proc/nowhere/x.db", "无法建立"),
    ],
)
def test_an_address_that_cannot_be_used_is_one_clear_line(url, words):
    with pytest.raises(StoreError, match=words) as refused:
        Store.open(url)
    assert "\n" not in str(refused.value)
    assert "geheim" not in str(refused.value)


def test_reading_makes_no_database(tmp_path):
    file = tmp_path / "var" / "none.db"
    with pytest.raises(StoreError, match="不存在"):
        Store.open(f"sqlite:///{file}", create=False)
    assert not file.parent.exists()


def test_other_peoples_files_are_left_alone(tmp_path):
    text = tmp_path / "notes.db"
    text.write_text("不是数据库" * 1000)
    with pytest.raises(StoreError, match="无法使用"):
        Store.open(f"sqlite:///{text}")
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE theirs (id INTEGER)")
    connection.close()
    with pytest.raises(StoreError, match="不是 gongkai"):
        Store.open(f"sqlite:///{other}")
    assert text.read_text() == "不是数据库" * 1000

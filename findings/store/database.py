"""Opens a database: address, engine, and the schema brought up to date from the package itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from plugins.errors import StoreError
from plugins.reasons import system_reason

VERSION_TABLE = "gongkai_version"
# What SQLite says most often; anything else is quoted as it is.
SAID = {
    "unable to open database file": "打不开数据库文件（文件夹不存在或没有权限）",
    "file is not a database": "这个文件不是数据库",
    "database is locked": "正被别的程序占用",
    "attempt to write a readonly database": "数据库文件只读",
    "database or disk is full": "磁盘已满",
}
BUSY_MILLISECONDS = 30_000
# Any number will do, as long as nothing else on that server uses it.
_MIGRATION_LOCK = 0x676F6E67


def connect(url: str, *, create: bool = True) -> Engine:
    """An engine on a database whose schema is up to date.

    Args:
        url: ``sqlite:///file``, ``sqlite://`` (in memory) or ``postgresql+psycopg://…``.
        create: whether a missing SQLite file may be made; reading commands must not.

    Raises:
        StoreError: in Chinese, when the address cannot be used or the schema is a newer one.
    """
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        engine = _sqlite(address, create=create)
    else:
        engine = create_engine(address, json_serializer=_json, pool_pre_ping=True)
    try:
        with writing(engine) as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
            _upgrade(connection, shown(address), create=create)
    except StoreError:
        engine.dispose()
        raise
    except SQLAlchemyError as error:
        engine.dispose()
        raise StoreError(f"数据库 {shown(address)} 无法使用：{cause(error)}") from error
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that means to write; it commits at the end of the block or undoes everything."""
    with engine.connect() as plain:
        connection = plain.execution_options(gongkai_writes=True)
        with connection.begin():
            yield connection


def shown(address: URL) -> str:
    """The address for people: without its password."""
    return address.render_as_string(hide_password=True)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _address(url: str) -> URL:
    try:
        address = make_url(url)
        backend = address.get_backend_name()
        if backend == "postgresql" and address.drivername == "postgresql":
            address = address.set(drivername="postgresql+psycopg")
        address.get_dialect()
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise StoreError(
            f"数据库地址“{url}”无法识别：应形如 sqlite:///var/gongkai.db 或 "
            "postgresql://用户:口令@主机/库名。"
        ) from error
    if backend not in {"sqlite", "postgresql"}:
        raise StoreError(f"不支持 {backend} 数据库：请使用 SQLite 或 PostgreSQL。")
    return address


def _sqlite(address: URL, *, create: bool) -> Engine:
    if address.database in {None, "", ":memory:"}:
        # One connection for all threads: every connection to memory is a database of its own.
        engine = create_engine(
            address,
            json_serializer=_json,
            poolclass=StaticPool,
            connect_args={"check_same_thread": False},
        )
    else:
        file = Path(str(address.database))
        if not create and not file.is_file():
            raise StoreError(
                f"数据库 {file} 不存在：请先运行 gongkai audit，或用 --database 指明。"
            )
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"数据库目录 {file.parent} 无法建立：{system_reason(error)}。"
            ) from error
        engine = create_engine(address, json_serializer=_json)
    event.listen(engine, "connect", partial(_prepare, wal=create))
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(raw: Any, _record: Any, *, wal: bool) -> None:
    # The driver's own idea of when to begin a transaction would leave DDL outside of it.
    raw.isolation_level = None
    cursor = raw.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    if wal:
        cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A reader that turns into a writer fails at once when another wrote meanwhile; so say it first.
    writes = connection.get_execution_options().get("gongkai_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def migrations(connection: Connection | None = None) -> Config:
    """Alembic's configuration for the migrations inside this package."""
    config = Config()
    config.set_main_option(
        "script_location", str(Path(__file__).parents[1] / "migrations").replace("%", "%%")
    )
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection, name: str, *, create: bool) -> None:
    config = migrations(connection)
    script = ScriptDirectory.from_config(config)
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    current = context.get_current_revision()
    if current == script.get_current_head():
        return
    if current is None:
        tables = inspect(connection).get_table_names()
        if not create:
            raise StoreError(f"数据库 {name} 中还没有检查结果：请先运行 gongkai audit。")
        if tables and connection.dialect.name == "sqlite":
            raise StoreError(f"{name} 不是 gongkai 的数据库（其中已有其他数据表），未作改动。")
    elif current not in {revision.revision for revision in script.walk_revisions()}:
        raise StoreError(
            f"数据库 {name} 由更新版本的 gongkai 建立（结构版本 {current}），请先升级本程序。"
        )
    command.upgrade(config, "head")


def cause(error: SQLAlchemyError) -> str:
    """What the database itself said, in one line."""
    said = error.orig if isinstance(error, DBAPIError) and error.orig else error
    line = " ".join(str(said).split())
    return SAID.get(line, line)

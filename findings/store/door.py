"""An open database: connections, and units of work that are done as a whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from threading import RLock
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

from findings.store import database
from plugins.errors import StoreError

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


class Door:
    """Opens and closes a database, and lets one unit of work at a time through."""

    def __init__(self, engine: Engine, clock: Clock = _now) -> None:
        self._engine = engine
        self._clock = clock
        # Memory is one connection for all threads, so they take turns; files need no such thing.
        shared = isinstance(engine.pool, StaticPool)
        self._turn: AbstractContextManager[Any] = RLock() if shared else nullcontext()

    @classmethod
    def open(cls, url: str, *, create: bool = True, clock: Clock = _now) -> Self:
        """Open a database and bring its schema up to date.

        Args:
            url: ``sqlite:///var/gongkai.db``, ``sqlite://``, ``postgresql+psycopg://…``.
            create: make a missing SQLite database; reading commands pass False.
            clock: tells the time of log lines.

        Raises:
            StoreError: when the address cannot be used, or the schema is newer than this program.
        """
        return cls(database.connect(url, create=create), clock)

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._turn, database.writing(self._engine) as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StoreError(f"写入数据库失败：{database.cause(error)}") from error

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._turn, self._engine.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StoreError(f"读取数据库失败：{database.cause(error)}") from error

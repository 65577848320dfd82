"""The file itself: one connection for those who write it, read-only ones for views.

One SQLite file per run, in the run's folder. It is ours alone and thrown away or kept whole; what
must last goes through ``findings.store.store``. Rows are pickled frozen dataclasses of ``plugins``,
written and read by this program only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


class WorkDatabase:
    """The one connection that writes the file, and its transactions.

    Losing the file in a power cut costs one night's crawl, so it never syncs.
    """

    def __init__(self, path: Path) -> None:
        import sqlite3

        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=OFF")
        self._db.execute("PRAGMA busy_timeout=20000")
        self._db.execute("PRAGMA cache_size=-8000")

    def connection(self, schema: str) -> sqlite3.Connection:
        """The connection, with the tables that ``schema`` makes where they are missing."""
        self._db.executescript(schema)
        return self._db

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Several statements as one: all of them or none."""
        self._db.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def close(self) -> None:
        """Close the file; it stays on disk for a look afterwards."""
        self._db.close()


class SharedView:
    """A view of the working file that travels between processes as a path, not as its content."""

    def __init__(self, path: Path, site: str) -> None:
        self.path = path
        self.site = site
        self._db: sqlite3.Connection | None = None

    @property
    def db(self) -> sqlite3.Connection:
        """The file, opened when the first is asked of it."""
        if self._db is None:
            # Only now: a worker that reads pages opens no view.
            import sqlite3

            self._db = sqlite3.connect(
                f"file:{self.path}?mode=ro", uri=True, check_same_thread=False
            )
        return self._db

    def close(self) -> None:
        """Let go of the file."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def __getstate__(self) -> tuple[Path, str]:
        return self.path, self.site

    def __setstate__(self, state: tuple[Path, str]) -> None:
        self.path, self.site = state
        self._db = None

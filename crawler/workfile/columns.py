"""The columns of a site, put together when all its pages are in."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence

from crawler.workfile.database import SharedView, WorkDatabase
from plugins import Column

SCHEMA = """
CREATE TABLE IF NOT EXISTS col (
    key TEXT NOT NULL, site TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (site, key)) WITHOUT ROWID;
"""


class ColumnTable:
    """Columns by site and key."""

    def __init__(self, database: WorkDatabase) -> None:
        self.database = database
        self.db = database.connection(SCHEMA)

    def has(self, site: str, key: str) -> bool:
        """Whether a column was assembled under this key."""
        row = self.db.execute("SELECT 1 FROM col WHERE site=? AND key=?", (site, key)).fetchone()
        return row is not None

    def put(self, site: str, column: Column) -> None:
        """Keep an assembled column."""
        self.db.execute(
            "INSERT OR REPLACE INTO col VALUES (?,?,?)", (column.key, site, pickle.dumps(column, 5))
        )


class ColumnView(SharedView, Sequence[Column]):
    """``Site.columns`` read from disk on demand."""

    def __iter__(self) -> Iterator[Column]:
        for (data,) in self.db.execute(
            "SELECT data FROM col WHERE site=? ORDER BY key", (self.site,)
        ):
            yield pickle.loads(data)  # noqa: S301 - our own file

    def __len__(self) -> int:
        return int(
            self.db.execute("SELECT count(*) FROM col WHERE site=?", (self.site,)).fetchone()[0]
        )

    def __getitem__(self, index: int) -> Column:  # type: ignore[override]
        if index < 0:
            index += len(self)
        row = self.db.execute(
            "SELECT data FROM col WHERE site=? ORDER BY key LIMIT 1 OFFSET ?", (self.site, index)
        ).fetchone()
        if row is None:
            raise IndexError(index)
        column: Column = pickle.loads(row[0])  # noqa: S301 - our own file
        return column

"""The working file of one run: everything that grows with a site, so that memory stays flat."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crawler.workfile.attachments import AttachmentTable, AttachmentView
from crawler.workfile.columns import ColumnTable, ColumnView
from crawler.workfile.database import WorkDatabase
from crawler.workfile.frontier import Frontier
from crawler.workfile.gaps import GapTable
from crawler.workfile.listings import ListingTable
from crawler.workfile.pages import PageTable, PageView
from crawler.workfile.sightings import SightingTable
from crawler.workfile.targets import TargetTable, TargetView
from crawler.workfile.traces import TraceTable

# Its name in the run's folder.
NAME = "spool.db"


class Workfile:
    """What a run keeps on disk, each kind of thing in a table of its own; one connection for all."""

    def __init__(self, path: Path) -> None:
        self.database = WorkDatabase(path)
        self.path = path
        self.pages = PageTable(self.database)
        self.listings = ListingTable(self.database)
        self.frontier = Frontier(self.database)
        self.targets = TargetTable(self.database)
        self.gaps = GapTable(self.database)
        self.attachments = AttachmentTable(self.database)
        self.columns = ColumnTable(self.database)
        self.sightings = SightingTable(self.database)
        self.traces = TraceTable(self.database)

    def close(self) -> None:
        """Close the file; it stays on disk for a look afterwards."""
        self.database.close()

    def facts(self, site: str) -> dict[str, Any]:
        """The parts of a ``Site`` that are read from the file on demand, here or in a worker."""
        return {
            "columns": ColumnView(self.path, site),
            "pages": PageView(self.path, site),
            "targets": TargetView(self.path, site),
            "attachments": AttachmentView(self.path, site),
        }

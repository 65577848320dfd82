"""The one writer thread: findings and examined subjects go to the store in batches."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field

from findings.records.records import Batch, Observed, PageSeen, RuleFailure
from findings.store.store import Store
from plugins.engine.examine import CheckError
from plugins.finding import Sighting, Subject

BATCH = 400


@dataclass
class Harvest:
    """What one page, column or site gives to write."""

    observed: tuple[Observed, ...] = ()
    examined: tuple[Subject, ...] = ()
    errors: tuple[RuleFailure, ...] = ()
    pages: tuple[PageSeen, ...] = ()
    flushed: threading.Event | None = field(default=None, repr=False)


class Writer:
    """Owns the thread that alone writes findings; everybody else only hands parcels over."""

    def __init__(self, store: Store, run: int) -> None:
        self.store = store
        self.run = run
        self.parcels: queue.Queue[Harvest | None] = queue.Queue(maxsize=2000)
        self.problem: BaseException | None = None
        self.thread = threading.Thread(target=self._work, name="gongkai-writer", daemon=True)
        self.thread.start()

    async def put(self, parcel: Harvest) -> None:
        """Hand a parcel over; waits, without blocking the event loop, while the queue is full."""
        self._raise_problem()
        try:
            self.parcels.put_nowait(parcel)
        except queue.Full:
            await asyncio.get_running_loop().run_in_executor(None, self.parcels.put, parcel)

    async def flush(self) -> None:
        """Return when all that was handed over is in the database."""
        done = threading.Event()
        await self.put(Harvest(flushed=done))
        await asyncio.get_running_loop().run_in_executor(None, done.wait)
        self._raise_problem()

    def close(self) -> None:
        """Write what is left and end the thread; raises what went wrong in it."""
        self.parcels.put(None)
        self.thread.join()
        self._raise_problem()

    def _raise_problem(self) -> None:
        if self.problem is not None:
            raise self.problem

    def _work(self) -> None:
        going = True
        while going:
            parcels = [self.parcels.get()]
            while len(parcels) < BATCH:
                try:
                    parcels.append(self.parcels.get_nowait())
                except queue.Empty:
                    break
            going = None not in parcels
            full = [parcel for parcel in parcels if parcel is not None]
            if self.problem is None:
                try:
                    self._write(full)
                except BaseException as problem:  # noqa: BLE001 - handed to the main thread, which raises it
                    self.problem = problem
            for parcel in full:
                if parcel.flushed is not None:
                    parcel.flushed.set()

    def _write(self, parcels: Iterable[Harvest]) -> None:
        parcels = list(parcels)
        batch = Batch(
            sightings=tuple(item for parcel in parcels for item in parcel.observed),
            examined=tuple(item for parcel in parcels for item in parcel.examined),
            errors=tuple(item for parcel in parcels for item in parcel.errors),
            pages=tuple(item for parcel in parcels for item in parcel.pages),
        )
        if batch != Batch():
            self.store.record(self.run, batch)


class Collector:
    """In place of the writer, for a recheck: keeps what came, for the one who decides on it.

    ``seen`` by fingerprint, the latest last; ``where`` the rules that found something, with its
    subject; ``failed`` the rules that failed.
    """

    def __init__(self) -> None:
        self.seen: dict[str, Observed] = {}
        self.where: set[tuple[str, Subject]] = set()
        self.examined: set[Subject] = set()
        self.failed: dict[str, str] = {}

    async def put(self, parcel: Harvest) -> None:
        """Keep a parcel's findings, what it examined, and what failed."""
        for one in parcel.observed:
            self.seen[one.sighting.fingerprint] = one
            self.where.add((one.sighting.code, one.sighting.subject))
        self.examined.update(parcel.examined)
        self.failed.update({error.code: error.message for error in parcel.errors})

    async def flush(self) -> None:
        """Nothing is under way."""

    def close(self) -> None:
        """Nothing is left to be written."""


def failures(errors: Iterable[CheckError]) -> tuple[RuleFailure, ...]:
    """Check errors as the store keeps them; rules left out for a missing probe are no failures."""
    return tuple(
        RuleFailure(code=error.code, subject=error.subject, message=error.message)
        for error in errors
        if error.kind != "needs"
    )


def observed(sightings: Iterable[Sighting], unit: str) -> tuple[Observed, ...]:
    """Sightings with the unit that answers for them."""
    return tuple(Observed(sighting, unit) for sighting in sightings)

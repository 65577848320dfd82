"""A pool of worker processes for page work, awaited from the event loop.

One thread owns each process. It pickles, writes, waits, reads and unpickles, so the event loop only
ever puts a task on a queue and gets a call back. ``loop.add_reader`` would do without threads, but
then bodies of 10 MB are framed, pickled and copied between two turns of the loop; a thread spends
that time in system calls without the interpreter lock (``pytest -s tests/crawler/run/test_workers.py`` measures it).

What a check may do to a worker, and what becomes of it:

========================  =======================================================================
raises, or runs over its  the examiner's affair: a CheckError in the result
limit in Python code
does not stop, dies,      the process is replaced, and the same job done again without that check:
eats the memory           the other results are kept, the check is in ``JobOutcome.lost``
three times any of that   the check is switched off for the rest of the run: ``switched_off``
========================  =======================================================================
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import pickle
import queue
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from crawler.workers.child import Child, LostError, StartError
from crawler.workers.outcome import JobOutcome, Loss
from crawler.workers.worker import Handler, Reply, build_handler
from plugins.engine.examine import CheckError, ErrorKind
from plugins.errors import UnfinishedRunError

# A worker that has taken this share of its memory limit is retired between two jobs, so that a
# check that leaks does not starve the others.
FULL = 0.6
# Workers that one job may lose before it is given up.
MOST_LOSSES = 5
STOPPED = "运行已中止"
STRIKES = frozenset({ErrorKind.TIMEOUT, ErrorKind.MEMORY})


class Job(Protocol):
    """A frozen dataclass of plain data. ``ref`` names it for people; checks in ``skip`` are not run."""

    @property
    def ref(self) -> str:
        """What the job is about."""

    @property
    def skip(self) -> frozenset[str]:
        """Codes that are not to be run."""


@dataclass(frozen=True)
class _Task:
    job: Any
    hard_limit: float
    future: asyncio.Future[JobOutcome]


def reported_errors(result: Any) -> Iterable[CheckError]:
    """The check errors in an ``Examined``, or in whatever carries one as ``examined``."""
    errors: Iterable[CheckError] = getattr(getattr(result, "examined", result), "errors", ())
    return errors


class WorkerPool:
    """Worker processes that do jobs.

    Args:
        make_handler: ``module:function``; called with ``args`` inside each worker, it returns
            ``handle(job, announce) -> result``. The handler says by ``announce(code)`` which check
            it is about to run, and by ``announce("")`` that it runs none.
        args: plain data.
        workers: number of processes; 0 does the jobs in this process, for debugging: without hard
            limit, and the loop stands still meanwhile.
        hard_limit: seconds that one check, or what lies between two, may take before its process
            is killed. Longer than the examiner's own limit, which costs less.
        memory_limit: bytes of address space for each process; 0 for no limit.
        strikes: how often a check may hang, die or eat the memory before it is switched off.
        told: called in the event loop with code and reason when a check is switched off.
        errors_of: the check errors in a result, of which time-outs count as strikes too.
    """

    def __init__(
        self,
        make_handler: str,
        args: tuple[Any, ...] = (),
        workers: int = 2,
        hard_limit: float = 15.0,
        memory_limit: int = 0,
        *,
        strikes: int = 3,
        told: Callable[[str, str], None] | None = None,
        errors_of: Callable[[Any], Iterable[CheckError]] = reported_errors,
    ) -> None:
        self.make_handler = make_handler
        self.args = args
        self.workers = workers
        self.hard_limit = hard_limit
        self.memory_limit = memory_limit
        self.strikes = strikes
        self.told = told
        self.errors_of = errors_of
        self.switched_off: dict[str, str] = {}
        # How many processes had to be replaced: a run that replaces many is ill, and tests count them.
        self.replaced = 0
        self._guilt: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._pending: dict[asyncio.Future[JobOutcome], str] = {}
        self._threads: list[threading.Thread] = []
        self._children: dict[int, Child] = {}
        self._closing = False
        self._handler: Handler | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def start(self) -> None:
        """Start the processes; UnfinishedRunError when their handler cannot be built."""
        self._loop = asyncio.get_running_loop()
        if self.workers <= 0:
            self._handler = build_handler(self.make_handler, self.args)
            return
        ready = []
        for number in range(self.workers):
            future: asyncio.Future[str] = self._loop.create_future()
            thread = threading.Thread(
                target=self._serve, args=(number, future), name=f"worker-{number}", daemon=True
            )
            ready.append(future)
            self._threads.append(thread)
            thread.start()
        wrong = [why for why in await asyncio.gather(*ready) if why]
        if wrong:
            await self.close()
            raise UnfinishedRunError(f"工作进程无法启动：{wrong[0]}")

    async def run(self, job: Job, hard_limit: float | None = None) -> JobOutcome:
        """Have a job done; never raises for what the job does. Awaiting it is the back-pressure.

        ``hard_limit`` replaces the pool's own for this job (a whole site takes longer than a page).
        """
        assert self._loop is not None, "start() first"
        if self._closing:
            return JobOutcome(job.ref, failure=STOPPED)
        if self._handler is not None:
            return self._in_process(job, self._handler)
        future: asyncio.Future[JobOutcome] = self._loop.create_future()
        self._pending[future] = job.ref
        future.add_done_callback(self._pending.pop)
        self._tasks.put(_Task(job, hard_limit or self.hard_limit, future))
        return await future

    async def close(self) -> None:
        """End all processes: idle ones by closing their pipe, busy ones at once. Waits for them."""
        self._closing = True
        for future, ref in list(self._pending.items()):
            _settle(future, JobOutcome(ref, failure=STOPPED))
        for _ in self._threads:
            self._tasks.put(None)
        with self._lock:
            for child in self._children.values():
                child.kill()
        for thread in self._threads:
            await asyncio.to_thread(thread.join)
        self._threads.clear()

    def strike(self, code: str, why: str) -> None:
        """Count one failing of a check that harms the run; the last one allowed switches it off."""
        with self._lock:
            self._guilt[code] += 1
            if self._guilt[code] < self.strikes or code in self.switched_off:
                return
            reason = f"已{self._guilt[code]}次失败，本次运行不再执行；最后一次：{why}"
            # A new dict each time: other threads may be reading the old one.
            self.switched_off = {**self.switched_off, code: reason}
        if self.told is not None and self._loop is not None:
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self.told, code, reason)

    def _in_process(self, job: Job, handler: Handler) -> JobOutcome:
        try:
            result = handler(self._allowed(job, ()), lambda _code: None)
        except Exception as error:  # noqa: BLE001 - as in a worker: one job's failure, by name
            return JobOutcome(job.ref, failure=f"{type(error).__name__}：{error}")
        self._count(result)
        return JobOutcome(job.ref, result)

    def _allowed(self, job: Any, lost: Iterable[Loss]) -> Any:
        """The job without the checks that are switched off or were lost on it."""
        skip = job.skip | self.switched_off.keys() | {loss.code for loss in lost}
        return job if skip == job.skip else dataclasses.replace(job, skip=frozenset(skip))

    def _count(self, result: Any) -> None:
        for error in self.errors_of(result):
            if error.kind in STRIKES:
                self.strike(error.code, error.message)

    def _serve(self, number: int, ready: asyncio.Future[str]) -> None:
        """One thread's life: own a process, do tasks, replace the process when it is lost."""
        assert self._loop is not None
        try:
            child: Child | None = self._fresh(number)
            why = ""
        except (StartError, OSError) as error:
            child, why = None, str(error)
        self._call(_settle, ready, why)
        while (task := self._tasks.get()) is not None:
            if not task.future.done():
                outcome, child = self._do(task, number, child)
                self._call(_settle, task.future, outcome)
        self._drop(number, child)

    def _do(self, task: _Task, number: int, child: Child | None) -> tuple[JobOutcome, Child | None]:
        """Do one task, whatever number of processes it takes; the outcome and the living child."""
        ref = task.job.ref
        lost: list[Loss] = []
        why = ""
        for _ in range(MOST_LOSSES):
            if self._closing:
                return JobOutcome(ref, failure=STOPPED), child
            try:
                raw = pickle.dumps(self._allowed(task.job, lost), protocol=5)
                child = child or self._fresh(number)
                reply = child.do(raw, task.hard_limit)
            except LostError as loss:
                self._drop(number, None)
                child, why = None, loss.why
                if loss.begun and not loss.code:
                    return JobOutcome(ref, None, tuple(lost), why), None
                if loss.begun and not self._closing:
                    kind = ErrorKind.KILLED if loss.hung else ErrorKind.DIED
                    lost.append(Loss(loss.code, why, kind))
                    self.strike(loss.code, why)
            except (StartError, OSError) as error:
                why = f"工作进程无法启动：{error}"
            except Exception as error:  # noqa: BLE001 - a job or result that cannot be pickled
                return JobOutcome(ref, None, tuple(lost), f"{type(error).__name__}：{error}"), child
            else:
                return self._answered(task, reply, lost), self._retired(number, child)
        return JobOutcome(
            ref, None, tuple(lost), f"已换{MOST_LOSSES}个工作进程，放弃：{why}"
        ), child

    def _answered(self, task: _Task, reply: Reply, lost: list[Loss]) -> JobOutcome:
        if not reply.failure:
            self._count(reply.result)
        return JobOutcome(task.job.ref, reply.result, tuple(lost), reply.failure)

    def _fresh(self, number: int) -> Child:
        child = Child(self.make_handler, self.args, self.memory_limit)
        with self._lock:
            self._children[number] = child
            if self._closing:
                child.kill()
        return child

    def _drop(self, number: int, child: Child | None) -> None:
        """Forget a child; end it if it lives."""
        with self._lock:
            self._children.pop(number, None)
            if not self._closing:
                self.replaced += 1
        if child is not None:
            child.end()

    def _retired(self, number: int, child: Child) -> Child | None:
        if not self.memory_limit or child.size < self.memory_limit * FULL:
            return child
        self._drop(number, child)
        return None

    def _call(self, function: Callable[..., None], *args: Any) -> None:
        """Call back into the loop; a loop that is closed already wants no answer."""
        assert self._loop is not None
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(function, *args)


def _settle(future: asyncio.Future[Any], value: Any) -> None:
    if not future.done():
        future.set_result(value)

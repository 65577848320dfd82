"""The inside of a worker process: builds its handler, does one job after another, says what it is at.

Started by ``crawler.workers.pool`` as ``python -c …``, not by multiprocessing: that would import the
parent's main script again (Scrapy, the browser, a script without a guard) into every worker.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import mmap
import os
import pickle
import resource
import signal
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

PR_SET_PDEATHSIG = 1
Handler = Callable[[Any, Callable[[str], None]], Any]


@dataclass(frozen=True)
class Setup:
    """What a worker is told first. ``memory_limit`` bytes of address space, 0 for none."""

    make_handler: str
    args: tuple[Any, ...]
    memory_limit: int
    parent: int


@dataclass(frozen=True)
class Reply:
    """What a worker sends back. ``failure`` is "" when ``result`` is one; ``size`` its address space."""

    number: int
    result: Any = None
    failure: str = ""
    size: int = 0


class Board:
    """A page of memory shared with the parent: the job, the check being run, and since when.

    Shared memory, because it still tells the truth after the process has died, and because a
    message for each check would cost more than most checks do.
    """

    SIZE = 128
    FORM = struct.Struct("=qdi")

    def __init__(self, file: int) -> None:
        self.map = mmap.mmap(file, self.SIZE)

    def write(self, number: int, code: str) -> None:
        """Say which check (""= none) of which job is run from now on."""
        raw = code.encode()[: self.SIZE - self.FORM.size]
        self.map[self.FORM.size : self.FORM.size + len(raw)] = raw
        self.FORM.pack_into(self.map, 0, number, time.monotonic(), len(raw))

    def read(self) -> tuple[int, float, str]:
        """Job number, moment (monotonic clock, one for the whole machine), code."""
        number, moment, length = self.FORM.unpack_from(self.map, 0)
        raw = self.map[self.FORM.size : self.FORM.size + length]
        return number, moment, raw.decode("utf-8", "replace")

    def close(self) -> None:
        """Give the memory back."""
        self.map.close()


def build_handler(name: str, args: tuple[Any, ...]) -> Handler:
    """Call the function named ``module:function``, which makes the handler."""
    module, _, function = name.partition(":")
    made: Handler = getattr(importlib.import_module(module), function)(*args)
    return made


def main(pipe_file: int, board_file: int) -> None:
    """Serve the pipe until it is closed."""
    # The parent decides when to stop, not a Ctrl-C that reaches the whole terminal.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pipe: Connection = Connection(pipe_file)
    board = Board(board_file)
    setup: Setup = pickle.loads(pipe.recv_bytes())  # noqa: S301 - from our own parent
    _die_with(setup.parent)
    try:
        handle = build_handler(setup.make_handler, setup.args)
    except Exception as error:  # noqa: BLE001 - told to the parent, which refuses to start
        pipe.send_bytes(pickle.dumps(Reply(0, failure=f"{type(error).__name__}：{error}")))
        return
    # What was loaded stays and is no garbage; from here on the collector works as ever.
    gc.freeze()
    gc.enable()
    # Only now: what the handler needs for itself is not the checks' doing.
    _limit_memory(setup.memory_limit)
    pipe.send_bytes(pickle.dumps(Reply(0, size=_size())))
    while True:
        try:
            number = int(pipe.recv_bytes())
            job = pipe.recv_bytes()
        except (EOFError, OSError):
            return
        pipe.send_bytes(_done(number, job, handle, board))


def _done(number: int, job: bytes, handle: Handler, board: Board) -> bytes:
    board.write(number, "")
    try:
        result = handle(pickle.loads(job), lambda code: board.write(number, code))  # noqa: S301
        answer = pickle.dumps(Reply(number, result, size=_size()), protocol=5)
    except BaseException as error:  # noqa: BLE001 - one job's failure, told by name; the next goes on
        board.write(number, "")
        words = " ".join(str(error).split())[:300]
        answer = pickle.dumps(
            Reply(number, failure=f"{type(error).__name__}：{words}", size=_size())
        )
    return answer


def _die_with(parent: int) -> None:
    """Have the system kill this process when the parent ends, whatever it ends of."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _limit_memory(limit: int) -> None:
    if limit > 0:
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        soft = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    # A crash is recorded under its code; an image of the memory would only fill the disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _size() -> int:
    """Bytes of address space in use; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - read after every job
            return int(file.read().split()[0]) * mmap.PAGESIZE
    except (OSError, ValueError):
        return 0

"""One live worker process, as the thread that owns it sees it: started, given jobs, killed."""

from __future__ import annotations

import json
import os
import pickle
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from typing import Any

from crawler.workers.worker import Board, Reply, Setup

START_SECONDS = 60.0
# Modules are made to stay: until they are loaded, looking for garbage among them is lost time.
START = (
    "import gc; gc.disable(); import json, sys; sys.path[:] = json.loads(sys.argv[3]); "
    "from crawler.workers.worker import main; main(int(sys.argv[1]), int(sys.argv[2]))"
)
# Waiting for the rest of a message, in either direction, from a process that stands still.
STALL_SECONDS = 30


class StartError(Exception):
    """A worker process that could not be started; the message says why."""


class LostError(Exception):
    """A worker that is gone, with what it was at.

    ``code`` is the check it was running ("" = none), ``begun`` whether it had taken up the job at
    all, ``hung`` whether we had to kill it; ``why`` is Chinese.
    """

    def __init__(self, why: str, code: str = "", *, begun: bool, hung: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.code = code
        self.begun = begun
        self.hung = hung


class Child:
    """A process of our own, connected by a socket pair and a page of shared memory.

    Not thread-safe, but for ``kill``: the thread that owns the child blocks in ``do``, and the pool
    may kill it from outside to close down.
    """

    def __init__(self, make_handler: str, args: tuple[Any, ...], memory_limit: int) -> None:
        """Start the process and wait until its handler is built; StartError if that fails."""
        self.count = 0
        self.last = (0, 0.0, "")
        with tempfile.TemporaryFile() as shared:
            shared.truncate(Board.SIZE)
            ours, theirs = socket.socketpair()
            with theirs:
                for option in (socket.SO_SNDTIMEO, socket.SO_RCVTIMEO):
                    ours.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", STALL_SECONDS, 0))
                self.board = Board(shared.fileno())
                self.pipe: Connection = Connection(ours.detach())
                files = (theirs.fileno(), shared.fileno())
                self.process = subprocess.Popen(  # noqa: S603 - our own interpreter
                    [sys.executable, "-c", START, *map(str, files), json.dumps(sys.path)],
                    stdin=subprocess.DEVNULL,
                    # What a check prints must not get into a command's JSON output.
                    stdout=2,
                    pass_fds=files,
                    # Out of the terminal's reach: Ctrl-C is for the parent.
                    process_group=0,
                )
        try:
            self.size = self._greeted(Setup(make_handler, args, memory_limit, os.getpid()))
        except BaseException:
            self.kill()
            self.end()
            raise

    def _greeted(self, setup: Setup) -> int:
        """Tell the process what it is for and wait until it is ready; its address space in bytes."""
        try:
            self.pipe.send_bytes(pickle.dumps(setup))
            ready = self.pipe.poll(START_SECONDS)
            reply: Reply = pickle.loads(self.pipe.recv_bytes()) if ready else Reply(0)  # noqa: S301
        except (OSError, EOFError) as error:
            raise StartError("进程在启动时结束") from error
        if not ready:
            raise StartError(f"{START_SECONDS:g}秒内没有就绪")
        if reply.failure:
            raise StartError(reply.failure)
        return reply.size

    def do(self, job: bytes, hard_limit: float) -> Reply:
        """Have one pickled job done.

        LostError when the process dies, or when one step of the job (a check, or what lies between
        checks) takes longer than ``hard_limit`` seconds; the child is gone then.
        """
        self.count += 1
        sent = time.monotonic()
        try:
            self.pipe.send_bytes(str(self.count).encode())
            self.pipe.send_bytes(job)
            while not self.pipe.poll(max(self._since(sent) + hard_limit - time.monotonic(), 0.0)):
                moment = self._since(sent)
                if moment + hard_limit <= time.monotonic():
                    raise self._hung(moment, hard_limit)
            reply: Reply = pickle.loads(self.pipe.recv_bytes())  # noqa: S301 - our own child
        except (OSError, EOFError):
            self.kill()
            code = self.end()
            number, _, check = self.last
            raise LostError(
                f"工作进程意外结束（{_ending(code)}）", check, begun=number == self.count
            ) from None
        self.size = reply.size
        return reply

    def _since(self, sent: float) -> float:
        """When the current step began."""
        number, moment, _ = self.board.read()
        return moment if number == self.count else sent

    def _hung(self, moment: float, hard_limit: float) -> LostError:
        self.kill()
        self.end()
        number, last, check = self.last
        # It moved on between our looking and our killing: then nobody is known to be guilty.
        begun = number == self.count and last == moment
        return LostError(
            f"超过{hard_limit:g}秒且无法中止，工作进程已被终止", check, begun=begun, hung=True
        )

    def kill(self) -> None:
        """End the process at once; from any thread."""
        if self.process.returncode is None:
            self.process.kill()

    def end(self) -> int:
        """Close the pipe, so that an idle process ends by itself, and wait for it; its exit status."""
        self.pipe.close()
        try:
            status = self.process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        self.last = self.board.read()
        self.board.close()
        return status


def _ending(status: int) -> str:
    if status >= 0:
        return f"退出码{status}"
    try:
        return f"信号{signal.Signals(-status).name}"
    except ValueError:
        return f"信号{-status}"

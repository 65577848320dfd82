"""A time limit on a stretch of Python code that may not want to stop."""

from __future__ import annotations

import signal
import threading
import time
from types import FrameType, TracebackType
from typing import Any, Self

# How often the alarm is raised again for code that swallows it.
AGAIN = 0.5


class OutOfTimeError(BaseException):
    """The limit was reached. Not an ``Exception``, so that ``except Exception`` cannot swallow it."""


class Deadline:
    """``with Deadline(5.0):`` raises OutOfTimeError inside the block when five seconds are over.

    Works by the alarm signal, so only in the main thread of a process and only where the system
    has it (``available``); elsewhere the block runs without a limit, and only the worker pool's
    hard limit holds. The signal's earlier handler and timer (pytest-timeout has one) are put back.
    C code that never looks for signals, and ``except BaseException`` in a loop, outlast it too.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.armed = False
        self.running = False
        self.before: Any = None
        self.timer = (0.0, 0.0)
        self.started = 0.0

    @staticmethod
    def available() -> bool:
        """Whether a limit can be set here."""
        return (
            hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
        )

    def __enter__(self) -> Self:
        if self.seconds > 0 and self.available():
            self.started = time.monotonic()
            self.before = signal.signal(signal.SIGALRM, self._ring)
            self.armed = self.running = True
            self.timer = signal.setitimer(signal.ITIMER_REAL, self.seconds, AGAIN)
        return self

    def _ring(self, _number: int, _frame: FrameType | None) -> None:
        if self.armed:
            raise OutOfTimeError

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.armed = False
        finally:
            # Reached even when the alarm rings on the line above.
            self.armed = False
            if self.running:
                self._restore()

    def _restore(self) -> None:
        self.running = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self.before or signal.SIG_DFL)
        left, interval = self.timer
        if left:
            left = max(left - (time.monotonic() - self.started), 0.001)
            signal.setitimer(signal.ITIMER_REAL, left, interval)

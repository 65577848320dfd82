"""What became of a job, as whoever gave it gets it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from plugins.engine.examine import CheckError, ErrorKind
from plugins.finding import Subject


@dataclass(frozen=True)
class Loss:
    """A check that cost a worker its life on one job."""

    code: str
    message: str
    kind: ErrorKind

    def error(self, subject: Subject) -> CheckError:
        """The same as the examiner's kind of record."""
        return CheckError(self.code, subject, self.message, self.kind)


@dataclass(frozen=True)
class JobOutcome:
    """What became of one job: its result, the checks it lost, or why it failed (Chinese, "" = not)."""

    ref: str
    result: Any = None
    lost: tuple[Loss, ...] = ()
    failure: str = ""

"""What became of one try to send: accepted, to be tried again, refused for good, or not known."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SendingState(StrEnum):
    """What a try tells. UNKNOWN = handed over whole, and no answer came."""

    ACCEPTED = "accepted"
    LATER = "later"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SendingOutcome:
    """One try: what it tells, and why, in one Chinese line.

    ``away`` = the server itself cannot be used: who comes next need not try it again.
    """

    result: SendingState
    why: str = ""
    away: bool = False

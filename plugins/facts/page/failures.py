"""Why nothing (whole) came back for an address, and the steps on the way to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FailureKind(StrEnum):
    """Why there is no (whole) answer; the world's failures are facts."""

    DNS = "dns"
    REFUSED = "refused"
    RESET = "reset"
    TIMEOUT = "timeout"
    TLS = "tls"
    REDIRECT_LOOP = "redirect_loop"
    TOO_LARGE = "too_large"
    DECOMPRESSION = "decompression"
    TRUNCATED = "truncated"
    ROBOTS = "robots"
    PRIVATE_ADDRESS = "private_address"
    BROWSER = "browser"
    INVALID = "invalid"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed fetch: its class, and the words of whoever noticed."""

    kind: FailureKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Redirect:
    """One step on the way to the final address: the address that was left, and its status."""

    url: str
    status: int

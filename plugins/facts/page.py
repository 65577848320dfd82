"""What came back for one address: raw fields, and facts drawn from them on demand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class PageKind(StrEnum):
    """What a page is (design §10)."""

    HOME = "home"
    LIST = "list"
    PORTAL = "portal"
    SINGLE = "single"
    FORM = "form"
    ARTICLE = "article"
    SEARCH = "search"
    DATA = "data"
    ERROR = "error"


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


@dataclass(frozen=True)
class Page:
    """One address as it answered. Raw fields only are sent between processes.

    ``url`` as asked (absolute); ``final_url`` after redirects ("" = the same); ``status`` None when
    nothing came back; ``headers`` lower-case names; ``body`` bytes after decompression, bounded by
    the downloader; ``rendered`` = ``body`` is the browser's DOM; ``elapsed`` seconds; ``depth``
    clicks from the start address; ``referrers`` up to a few pages that link here; ``scripts_read``
    bodies of same-host footer scripts by address, fetched because the footer is written by them.
    """

    url: str
    status: int | None = None
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    final_url: str = ""
    redirects: tuple[Redirect, ...] = ()
    encoding: str = ""
    elapsed: float | None = None
    failure: Failure | None = None
    rendered: bool = False
    depth: int = 0
    referrers: tuple[str, ...] = ()
    probes: Mapping[str, Any] = field(default_factory=dict)
    scripts_read: Mapping[str, bytes] = field(default_factory=dict)

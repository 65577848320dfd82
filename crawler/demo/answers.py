"""What a demo host is asked and what it answers: plain values between generators and the server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Question:
    """One request as the server understood it.

    ``host`` is the Host header without its port, lower case; ``target`` path with query, as sent;
    ``times`` how often this server was asked for this address before; ``ipv6`` whether it came
    over IPv6.
    """

    host: str
    target: str
    method: str = "GET"
    cookie: str = ""
    ipv6: bool = False
    times: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """One response. ``delay`` seconds pass first; ``drop`` closes the connection without a word."""

    body: bytes = b""
    status: int = 200
    content_type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0
    drop: bool = False


Maker = Callable[[Question], Answer]


class Respondent(Protocol):
    """What the server serves: host names, and an answer for every question."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """Host names it answers for; the first one also answers for unknown hosts."""

    def answer(self, question: Question) -> Answer:
        """Answer one request; never raises."""

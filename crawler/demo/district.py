"""A whole district on paper: what its hosts answer, what its inventory says, what its name server says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from crawler.demo.answers import Answer, Maker, Question
from crawler.demo.dns_server import Records
from crawler.demo.ground import Ground, Registered

LOST = (
    '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>404 Not Found</title></head>'
    "<body><main><h1>404 Not Found</h1><p>您访问的地址不存在。</p>"
    '<p><a href="/">首页</a></p></main></body></html>'
)


@dataclass(frozen=True)
class District:
    """Everything that was built on a ground: a :class:`crawler.demo.answers.Respondent`.

    ``first`` is the host that also answers for unknown ones; ``register`` is the inventory's TOML
    but for its columns, which the pages bring; ``ipv4_only`` are the hosts without an AAAA record.
    """

    ground: Ground
    first: str
    register: str = ""
    ipv4_only: Collection[str] = ()

    @property
    def today(self) -> date:
        """The day of the audit, from which every date is counted."""
        return self.ground.today

    @cached_property
    def hosts(self) -> tuple[str, ...]:
        """Every host that is served, the portal first."""
        served = sorted({host for host, _ in self.ground.answers})
        return (self.first, *(host for host in served if host != self.first))

    @property
    def answers(self) -> Mapping[tuple[str, str], Answer | Maker]:
        """What is served, by host and target."""
        return self.ground.answers

    @property
    def registered(self) -> tuple[Registered, ...]:
        """The rows of the inventory's column register."""
        return tuple(self.ground.registered)

    def answer(self, question: Question) -> Answer:
        """Answer one request; what is not served is an honest 404."""
        found = self.ground.respond(question, self.hosts)
        return Answer(LOST.encode(), 404) if found is None else found

    @property
    def dns_records(self) -> Records:
        """What the name server says: A and AAAA of every host on loopback, but for ``ipv4_only``."""
        six = (("AAAA", "::1"),)
        return {
            host: (("A", "127.0.0.1"), *(() if host in self.ipv4_only else six))
            for host in self.hosts
        }

    def inventory_text(self, *, resolver: str = "", ipv6_selftest: str = "") -> str:
        """The inventory as TOML.

        ``resolver`` is the name server (``127.0.0.1:port``), ``ipv6_selftest`` where this machine
        proves its IPv6 (``[::1]:port`` of the site server); "" leaves the machine's own.
        """
        lines = [self.register, "[audit]"]
        audit = (("resolver", resolver), ("ipv6_selftest", ipv6_selftest))
        lines += [f"{key} = {_quoted(value)}" for key, value in audit if value]
        lines += [f"allow_private = {_listed(self.hosts)}", ""]
        for row in self.registered:
            lines += ["[[column]]", f"name = {_quoted(row.name)}", f"url = {_quoted(row.url)}"]
            told = (
                ("unit", row.unit),
                ("type", row.type),
                ("duty", row.duty),
                ("reason", row.reason),
            )
            lines += [f"{key} = {_quoted(value)}" for key, value in told if value]
            lines.append("")
        return "\n".join(lines)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _listed(values: Iterable[str]) -> str:
    return "[" + ", ".join(map(_quoted, values)) + "]"

"""What a site's IPv6 was found to be (answers of the probes ``ipv6`` and ``ipv6_links``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from plugins.values import build


@dataclass(frozen=True, slots=True)
class Ipv6Answer:
    """IPv6 of one site, as far as it could be tested from the auditing machine.

    ``addresses`` are the usable AAAA addresses of the host, ``dropped`` those that nobody outside
    can use (IPv4-mapped, private, link-local …). ``nameservers`` tells for each name server of the
    zone whether it has an AAAA record (None = could not tell).

    ``tested`` = the machine's own IPv6 passed its self-test, so that reachability could be asked
    about; otherwise ``why`` says in Chinese why not, and everything below is unknown. ``proved`` =
    some IPv6 connection did succeed, so that a failure is the site's. ``reachable``: the home page
    answered over IPv6 (None = not tested, or IPv4 did not answer either). ``open4``/``open6`` are
    the ports that took a connection. ``detail`` says in Chinese what failed.
    ``status4``/``status6``/``distance`` (0 to 100, share of the content that differs) compare the
    home page over both; None = not compared.
    """

    host: str
    addresses: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    nameservers: Mapping[str, bool | None] = field(default_factory=dict)
    tested: bool = False
    why: str = ""
    proved: bool = False
    reachable: bool | None = None
    detail: str = ""
    open4: tuple[int, ...] = ()
    open6: tuple[int, ...] = ()
    status4: int | None = None
    status6: int | None = None
    distance: int | None = None

    @classmethod
    def of(cls, answer: Any) -> Self:
        """The probe's answer, also where a fixture gives it as a table.

        Raises:
            MisfitError: it is neither.
        """
        return answer if isinstance(answer, cls) else build(cls, answer)


"""Host → has a usable AAAA record; None = could not tell (the answer of ``ipv6_links``)."""

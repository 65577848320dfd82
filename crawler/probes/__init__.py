"""Probes: questions that need the network or the browser, one module each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crawler.plan.config import AuditConfig


def build_probes(config: AuditConfig) -> tuple[Any, ...]:
    """The built-in probes, set up for one audit: each has a ``name`` and a ``probe_…`` hook."""
    from crawler.probes.axe import AxeProbe
    from crawler.probes.ipv6 import Ipv6Probe
    from crawler.settings import USER_AGENT

    return (
        Ipv6Probe(
            config.resolver or None,
            config.ipv6_selftest or None,
            config.resolution,
            user_agent=USER_AGENT,
        ),
        AxeProbe(),
    )

"""The probe ``ipv6_links``: which of the hosts that a site links to have IPv6.

It is asked at the end of the crawl, when the hosts are known: :meth:`Ipv6Probe.linked_hosts` does it.
This module gives it its name, so that a rule can need it.
"""

from __future__ import annotations

from typing import Any

from plugins import Site, hookimpl

PROBE = "ipv6_links"


@hookimpl
async def probe_site(site: Site, timeout: float) -> Any:  # noqa: ASYNC109
    """No answer yet: before the crawl nobody knows where the site links to."""

"""What is asked of a site as a whole: by probes before its crawl, and at its end with what was found."""

from __future__ import annotations

import asyncio

from crawler.probes.site_search import ask_search
from crawler.run.run import AuditRun
from crawler.run.site_state import SiteState
from crawler.workfile.pages import PageView

HOSTS_SECONDS = 120.0


async def ask_beforehand(run: AuditRun, state: SiteState) -> None:
    """Every probe that needs nothing but the site's address."""
    for name, probe in run.wiring.site_probes():
        answer = await run.wiring.ask(name, probe, state.site)
        if answer is not None:
            state.probes[name] = answer


async def ask_at_the_end(run: AuditRun, state: SiteState) -> None:
    """What can be asked only when the pages were read."""
    await _ask_linked_hosts(run, state)
    await _ask_search(run, state)


async def _ask_linked_hosts(run: AuditRun, state: SiteState) -> None:
    """Ask about the hosts that the site's pages link to."""
    for probe in run.wiring.probes:
        ask = getattr(probe, "linked_hosts", None)
        if ask is None:
            continue
        hosts = run.file.targets.linked_hosts(state.host, state.site.hosts)
        try:
            answer = await asyncio.wait_for(ask(hosts), HOSTS_SECONDS)
        except (TimeoutError, OSError) as problem:
            run.wiring.failed_probes[f"{state.host} {probe.name}_links"] = repr(problem)
            continue
        if answer is not None:
            state.probes[f"{probe.name}_links"] = answer


async def _ask_search(run: AuditRun, state: SiteState) -> None:
    """Ask the site's own search for titles that were found in the crawl."""
    pages = PageView(run.file.path, state.host)
    try:
        answer = await ask_search(
            state.site,
            state.home_page,
            pages.values(),
            run.crawler.engine,
            robots_exempt=state.row.robots == "ignore",
        )
    finally:
        pages.close()
    if answer is not None:
        state.probes["site_search"] = answer

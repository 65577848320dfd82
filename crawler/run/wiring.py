"""The composition of one audit: plugins, worker pool, probes, browser, second client."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

from crawler.browser.chromium import find_browser
from crawler.browser.policy import RenderMode
from crawler.browser.rendering import Rendering
from crawler.browser.requests import PageProbe, RenderLimits
from crawler.links.second_client import SecondOpinion
from crawler.network.dialing import Dialer
from crawler.plan.config import AuditConfig
from crawler.plan.rules import PACKAGES, discovered
from crawler.probes import build_probes
from crawler.run.site_state import SiteState
from crawler.settings import USER_AGENT
from crawler.workers.pool import WorkerPool
from findings.records.records import RuleRecord, SiteRecord
from plugins import Site
from plugins.engine.manager import Plugins, arguments

logger = logging.getLogger(__name__)

PROBE_SECONDS = 30.0
# Address space, of which a worker that has parsed the largest allowed page uses a fraction.
WORKER_BYTES = 3 << 30
# The second client only reads the start of an answer.
SECOND_SECONDS = 20.0
BROWSER_SECONDS = 5.0


@dataclass
class Wiring:
    """What an audit is made of; built once by :func:`build_wiring` and handed down."""

    config: AuditConfig
    plugins: Plugins
    dialer: Dialer
    rendering: Rendering
    pool: WorkerPool
    probes: tuple[Any, ...]
    failed_probes: dict[str, str] = field(default_factory=dict)
    clients: list[SecondOpinion] = field(default_factory=list)

    @property
    def browser(self) -> str | None:
        """Path of the browser, None where there is none or it must not be used."""
        return self.rendering.executable

    @property
    def version(self) -> str:
        """Our own version, for the run's record."""
        return version("gongkai")

    def rule_records(self) -> list[RuleRecord]:
        """The rules in force."""
        return [RuleRecord.of(rule) for rule in self.plugins.rules]

    def site_records(self, sites: Iterable[SiteState]) -> list[SiteRecord]:
        """The sites of the audit."""
        return [
            SiteRecord(host=s.host, name=s.site.name, url=s.site.url, unit=s.site.unit)
            for s in sites
        ]

    # -- probes --------------------------------------------------------------------------------

    def site_probes(self) -> list[tuple[str, Any]]:
        """Name and function of every probe that is asked of a site beforehand."""
        own = [(p.name, p.probe_site) for p in self.probes if hasattr(p, "probe_site")]
        taken = {name for name, _ in own}
        foreign = [item for item in self.plugins.probes("probe_site") if item[0] not in taken]
        return [*own, *foreign]

    def page_probes(self) -> tuple[PageProbe, ...]:
        """Probes that ask the open browser page."""
        return tuple(p for p in self.probes if hasattr(p, "probe_page"))

    async def ask(self, name: str, probe: Any, site: Site) -> Any:
        """Ask a probe under its time limit; None, recorded with the reason, where it failed."""
        try:
            given = arguments(probe, site=site, timeout=PROBE_SECONDS)
            return await asyncio.wait_for(probe(**given), PROBE_SECONDS * 2)
        except Exception as problem:  # noqa: BLE001 - a failed probe is a result (style.md "Errors")
            logger.info("probe %s failed on %s: %r", name, site.host, problem)
            self.failed_probes[f"{site.host} {name}"] = f"{type(problem).__name__}: {problem}"
            return None

    # -- fetching ------------------------------------------------------------------------------

    def second_opinion(self, state: SiteState) -> SecondOpinion:
        """The second client, for the end of a site's crawl."""
        client = SecondOpinion(
            dialer=self.dialer,
            rate=self.config.rate or state.row.rate or 2.0,
            home=state.site.url,
            timeout=min(SECOND_SECONDS, self.config.timeout),
        )
        self.clients.append(client)
        return client

    async def close(self) -> None:
        """Let go of processes and connections."""
        for client in self.clients:
            await client.close()
        await self.pool.close()

    async def close_browser(self) -> None:
        """End the browser where Scrapy will not come to it any more."""
        if self.rendering.started:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.rendering.service.close(), BROWSER_SECONDS)


def plugin_arguments(config: AuditConfig) -> dict[str, Any]:
    """How plugins are found, here and in every worker."""
    return {
        "local": config.plugins_folder,
        "options": config.options,
        "without": config.without,
        "packages": PACKAGES,
    }


def allowed_hosts(config: AuditConfig) -> set[str]:
    """Hosts that may lie at private addresses because the office named them."""
    named = {host for row in config.inventory.sites for host in (row.host, *row.hosts)}
    return named | set(config.inventory.allow_private)


def build_dialer(config: AuditConfig) -> Dialer:
    """The one way to addresses, for every client of the run."""
    return Dialer(config.resolution, allowed_hosts(config))


def build_rendering(config: AuditConfig, dialer: Dialer) -> Rendering:
    """The browser's part of the settings; without a browser or with ``--render never`` it is empty."""
    wanted = config.render.value != RenderMode.NEVER.value
    return Rendering(
        executable=find_browser() if wanted else None,
        limits=RenderLimits(page_seconds=config.timeout),
        dialer=dialer,
        user_agent=USER_AGENT,
    )


def build_wiring(config: AuditConfig, dialer: Dialer, rendering: Rendering) -> Wiring:
    """Put an audit together.

    Raises:
        PluginError: a built-in plugin is broken.
        ConfigurationError: an option of the inventory fits no rule.
    """
    found = discovered(config.inventory.path, **plugin_arguments(config))
    return Wiring(
        config=config,
        plugins=found,
        dialer=dialer,
        rendering=rendering,
        pool=WorkerPool(
            "crawler.jobs.page:make_handler",
            (plugin_arguments(config), config.check_limit),
            workers=config.workers,
            hard_limit=config.check_limit * 3,
            memory_limit=WORKER_BYTES,
        ),
        probes=build_probes(config),
    )

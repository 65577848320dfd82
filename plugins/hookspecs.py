"""Every place where a plugin can join in.

A check is a module with a ``RULE`` and one ``check_*`` hook. It takes only the arguments it
names and yields a Finding for every fault. It judges; it never fetches, sleeps, reads the clock
or remembers: the same facts give the same findings on any day, in any process. What needs the
network is a probe.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    from plugins.facts.attachments import Attachment
    from plugins.facts.columns.column import Column
    from plugins.facts.page.page import Page
    from plugins.facts.site.site import Site
    from plugins.finding import Finding

NAME = "gongkai"
hookspec = pluggy.HookspecMarker(NAME)
hookimpl = pluggy.HookimplMarker(NAME)


@hookspec
def check_page(page: Page, site: Site, options: Any) -> Iterable[Finding]:  # type: ignore[empty-body]
    """Judge one fetched page: as it arrives, in a worker, in no set order."""


@hookspec
def check_attachment(attachment: Attachment, site: Site, options: Any) -> Iterable[Finding]:  # type: ignore[empty-body]
    """Judge one document offered for download, by what was read of it: in a worker, in no set order."""


@hookspec
def check_column(column: Column, site: Site, options: Any) -> Iterable[Finding]:  # type: ignore[empty-body]
    """Judge one column and its entries: once, when its last page is in."""


@hookspec
def check_site(site: Site, options: Any) -> Iterable[Finding]:  # type: ignore[empty-body]
    """Judge a site by all that was learned of it: once, at the end."""


@hookspec
async def probe_site(site: Site, timeout: float) -> Any:  # noqa: ASYNC109 - a limit that is told, not enforced here
    """Ask the network one thing about a site, before its pages are fetched.

    The module's ``PROBE`` names the fact; checks name it in ``Rule.needs``. A probe that raises
    leaves no answer, and the checks that need it are not run.
    """


@hookspec
async def probe_page(browser_page: Any, page: Page, timeout: float) -> Any:  # noqa: ASYNC109 - as above
    """Ask the open browser one thing about a rendered page, as ``probe_site`` does."""


@hookspec
def report_formats() -> Mapping[str, Any]:  # type: ignore[empty-body]
    """Offer ways of writing a report: names, and callables that take a Report."""

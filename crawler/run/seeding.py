"""The first addresses of a site: where it starts, what is registered, what open findings rest on."""

from __future__ import annotations

from crawler.plan.focus import FOCUS, Focus
from crawler.plan.scope import target_kind
from crawler.run.links_to_follow import Follower
from crawler.run.run import AuditRun
from crawler.run.site_state import SiteState
from crawler.workfile.frontier import Candidate, Rank
from plugins import SubjectKind, TargetKind
from plugins.addresses.urls import url_key

REMEMBERED = 3000


def seed(run: AuditRun, follower: Follower, state: SiteState) -> None:
    """Put a site's first addresses in line."""
    if run.config.focus is not None:
        _seed_focus(run, follower, state, run.config.focus)
        return
    start = [Candidate(url_key(url), url, 0, Rank.START) for url in state.row.start]
    columns = [Candidate(url_key(row.url), row.url, 1, Rank.START) for row in state.columns]
    remembered: dict[str, Candidate] = {}
    for finding in run.store.present(state.host):
        urls = [item.url for item in finding.evidence]
        if finding.subject.kind in (SubjectKind.PAGE, SubjectKind.COLUMN):
            urls.append(finding.subject.ref)
        for url in urls:
            own = target_kind(url, state.site.hosts) is TargetKind.PAGE
            if own and len(remembered) < REMEMBERED:
                key = url_key(url)
                remembered[key] = Candidate(key, url, 2, Rank.REMEMBERED)
    follower.admit(state, [*start, *columns, *remembered.values()])


def _seed_focus(run: AuditRun, follower: Follower, state: SiteState, focus: Focus) -> None:
    """The home page, which tells whether the site is well, and what the findings rest on."""
    registered = {url_key(row.url): row.url for row in state.columns}
    candidates = [Candidate(url_key(url), url, 0, Rank.START) for url in state.row.start[:1]]
    for url in focus.pages(state.host, state.site.hosts):
        key = url_key(url)
        rank = Rank.START if key in registered else Rank.REMEMBERED
        candidates.append(Candidate(key, registered.get(key, url), 2, rank))
    follower.admit(state, candidates)
    run.file.gaps.put(state.host, FOCUS, "复查只看有关的页面和链接，其余未抓取", state.row.start[0])

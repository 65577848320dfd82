"""How much of a site was looked at, and what was not: the ground of every rule of absence."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.network.pacing import PaceMiddleware
from crawler.network.robots import RobotsMiddleware
from crawler.plan.focus import FOCUS
from crawler.run.run import AuditRun
from crawler.run.site_state import FRONTS, SiteState
from findings.records.records import FamilyCoverage
from plugins import Coverage, Gap
from plugins.addresses.urls import url_key
from plugins.facts.site.fittings import is_root
from plugins.rule import families, letters_of

# Gaps that say something of pages, and thus of every family that looks at pages.
PAGE_GAPS = frozenset(
    {
        "budget",
        "depth",
        "path_prefix",
        "query_combinations",
        "repeated_segments",
        "url_length",
        "robots",
        "unread",
        "error_page",
        "lost",
        "list_pages",
        "start",
        "host_given_up",
        "robots_unreachable",
        FOCUS,
    }
)
REFUSALS = frozenset({"host_given_up", "robots_unreachable"})
# Bounds that keep out an unknown number of addresses.
BOUND_GAPS = PAGE_GAPS - {"unread", "error_page", "robots", "lost"} - REFUSALS
# Unread pages that are named one by one; with more, nothing is known by its absence.
LISTED = 300
EXAMPLES = 5


class CoverageTeller:
    """Tells the coverage of one site."""

    def __init__(self, run: AuditRun, state: SiteState) -> None:
        self.run = run
        self.file = run.file
        self.wiring = run.wiring
        self.state = state

    def coverage(self) -> Coverage:
        """How much of the site was looked at."""
        gaps = (
            *(Gap(*gap) for gap in self.file.gaps.summed(self.state.host)),
            *self._budget(),
            *self._list_pages(),
            *self._start(),
            *self._refusals(),
        )
        pages = self.file.frontier.count(self.state.host, "done")
        if self.state.unhealthy:
            return Coverage("failed", pages, gaps)
        unread = tuple(self.file.gaps.unread(self.state.host, LISTED + 1))
        return Coverage(
            state="partial" if gaps else "complete",
            pages=pages,
            gaps=gaps,
            unread=unread[:LISTED],
            listed=len(unread) <= LISTED
            and self.file.frontier.count(self.state.host, "left") == 0
            and not {gap.kind for gap in gaps} & BOUND_GAPS,
        )

    def settle_error_pages(self) -> None:
        """An error page that answers 200 is no gap when the second look shows that its page is gone."""
        host = self.state.host
        for url in self.file.gaps.urls(host, "error_page"):
            verdict = self.file.targets.verdict(host, url_key(url))
            if verdict is not None and verdict.dead:
                self.file.gaps.settle(host, "error_page", url)

    def _budget(self) -> Iterator[Gap]:
        """What the budget left unfetched."""
        left = self.file.frontier.count(self.state.host, "left")
        if left:
            why = f"已达页数上限{self.run.config.bounds.max_pages}，其余页面未抓取"
            yield Gap("budget", why, left, self.file.frontier.left(self.state.host))

    def _list_pages(self) -> Iterator[Gap]:
        """Further pages of long lists that were beyond the bound, and that no link led to."""
        most = self.run.config.bounds.list_pages
        missing = [
            url
            for listing in self.file.listings.of_site(self.state.host)
            for url in listing.pager[most:]
            if not self.file.frontier.is_done(self.state.host, url_key(url))
        ]
        missing = list(dict.fromkeys(missing))
        if missing:
            why = f"列表超过{most}页，其余各页未抓取"
            yield Gap("list_pages", why, len(missing), tuple(missing[:EXAMPLES]))

    def _start(self) -> Iterator[Gap]:
        """A start page that is no home page: what nothing leads to from there was not seen."""
        home = self.state.home
        if (
            home is None
            or home.kind in FRONTS
            or is_root(home.url)
            or is_root(self.state.row.start[0])
        ):
            return
        if home.readable:
            yield Gap("start", "检查不是从首页开始，未必看到全站", 1, (home.url,))

    def _refusals(self) -> tuple[Gap, ...]:
        """What pace and robots.txt kept the downloader from; single excluded pages are known already."""
        crawler = self.run.crawler
        found: list[Gap] = []
        if (pace := crawler.get_downloader_middleware(PaceMiddleware)) is not None:
            found += pace.gaps(self.state.site.hosts)
        if (robots := crawler.get_downloader_middleware(RobotsMiddleware)) is not None:
            found += robots.gaps(self.state.site.hosts)
        return tuple(gap for gap in found if gap.kind in REFUSALS)

    def family_coverage(self, coverage: Coverage) -> dict[str, FamilyCoverage]:
        """Coverage for each rule family, with the reasons in Chinese."""
        found = {}
        plugins = self.wiring.plugins
        ran = {rule.family for rule in plugins.rules}
        codes = (*(rule.code for rule in plugins.rules), *plugins.left_out)
        for letters, family in families(codes).items():
            left_out = [code for code in plugins.left_out if letters_of(code) == letters]
            if family not in ran and not left_out:
                continue
            gaps = [gap for gap in coverage.gaps if gap.kind in PAGE_GAPS or _concerns(gap, family)]
            reasons = [f"{gap.why}（{gap.count}处）" for gap in gaps]
            if family == "platform":
                reasons += self._platform_gaps()
            if family == "links" and not self.run.config.verify_targets:
                reasons.append("未核实链接目标")
            if left_out:
                reasons.append("按要求未执行：" + "、".join(left_out))
            why = self.state.unhealthy or "；".join(reasons)
            failed = self.state.unhealthy or family not in ran
            outcome = "failed" if failed else "partial" if reasons else "complete"
            found[family] = FamilyCoverage(outcome, why, tuple(gaps))
        return found

    def _platform_gaps(self) -> list[str]:
        reasons = []
        if self.wiring.browser is None:
            reasons.append("没有可用的浏览器，未做无障碍检测")
        missing = self.wiring.plugins.needs - self._answered()
        if missing:
            reasons.append("以下探测没有结果：" + "、".join(sorted(missing)))
        return reasons

    def _answered(self) -> set[str]:
        return set(self.state.probes) | self.wiring.plugins.page_probes

    def in_force(self) -> set[str]:
        """Rules that ran on all of this site: not those without their probe, or switched off."""
        return {
            rule.code
            for rule in self.wiring.plugins.rules
            if set(rule.needs) <= self._answered()
            and rule.code not in self.wiring.pool.switched_off
        }


def _concerns(gap: Gap, family: str) -> bool:
    return (gap.kind, family) in {
        ("browser", "platform"),
        ("browser", "columns"),
        ("attachments", "text"),
    }

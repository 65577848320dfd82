"""Pages that arrived: worked on by a worker, offered to the browser where that helps, then accepted."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.browser.policy import RenderPolicy
from crawler.browser.requests import ANSWER
from crawler.jobs.page import PageJob, PageResult, whole
from crawler.links.answers import TargetAnswer, answer_of
from crawler.network.footer_reading import with_footer_scripts
from crawler.network.pages import page_of, page_of_failure
from crawler.run.arrivals.acceptance import Acceptance
from crawler.run.arrivals.targets import TargetDesk
from crawler.run.fetches import PageFetch, PlainFetch, RenderFetch, Waiting
from crawler.run.run import AuditRun
from crawler.run.site_state import SiteState, answered
from plugins import Failure, FailureKind, Page, Subject, SubjectKind
from plugins.addresses.urls import host_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

logger = logging.getLogger(__name__)


class PageDesk:
    """Takes the answers of pages, plain and rendered."""

    def __init__(
        self,
        run: AuditRun,
        waiting: Waiting,
        policy: RenderPolicy,
        targets: TargetDesk,
        acceptance: Acceptance,
    ) -> None:
        self.run = run
        self.file = run.file
        self.waiting = waiting
        self.policy = policy
        self.targets = targets
        self.acceptance = acceptance

    async def arrived(self, state: SiteState, fetch: PageFetch, response: Response) -> None:
        """An answer came."""
        page = page_of(
            response,
            asked=fetch.url,
            depth=fetch.depth,
            referrers=(fetch.referrer,) if fetch.referrer else (),
            rendered=response.meta.get(ANSWER) is not None,
            failure=response.meta.get("gongkai_failure"),
        )
        # What was fetched plainly before was judged as a link target then.
        answer = answer_of(response, fetch.url) if fetch.first else None
        await self._look(state, fetch, page, answer)

    async def failed(
        self, state: SiteState, fetch: PageFetch, request: Request, failure: Failure
    ) -> None:
        """No answer came; that is a fact of the page, unless it is the browser's or our own doing."""
        if isinstance(fetch, RenderFetch):
            await self._without_browser(state, fetch)
            return
        answer = TargetAnswer(url=fetch.url, failure=failure)
        if failure.kind is FailureKind.ROBOTS:
            await self._forbidden(state, fetch, answer)
            return
        page = page_of_failure(request, failure, asked=fetch.url, depth=fetch.depth)
        await self._look(state, fetch, page, answer)

    def broken(self, state: SiteState, fetch: PageFetch) -> None:
        """An answer that we failed on ourselves: a gap, as if it had not come."""
        self.file.gaps.put(state.host, "lost", "页面内容未能处理（程序出错）", fetch.url)

    async def _forbidden(self, state: SiteState, fetch: PageFetch, answer: TargetAnswer) -> None:
        """What robots.txt keeps us from: not a fault of the site's and not a look at it, a gap."""
        if not self.acceptance.nobodys(state, fetch):
            self.file.gaps.put(state.host, "robots", "robots.txt不允许抓取", fetch.url)
        if fetch.key in state.home_keys:
            state.refused = "robots.txt不允许抓取首页（确需检查的，在台账中登记robots例外和理由）"
        await self.targets.first_look(state, fetch.key, answer)
        self.acceptance.over(state, fetch)

    async def _without_browser(self, state: SiteState, fetch: RenderFetch) -> None:
        """The browser failed: what the plain fetch gave still stands, or it is made now."""
        self.file.gaps.put(
            state.host, "browser", "需要浏览器显示的页面未能在浏览器中打开", fetch.url
        )
        if fetch.static is not None:
            await self.acceptance.accept(state, fetch, fetch.static)
        else:
            self.waiting.pages.append(fetch.plain())

    async def _look(
        self, state: SiteState, fetch: PageFetch, page: Page, answer: TargetAnswer | None
    ) -> None:
        """Have a worker look at the page, and see whether that is enough."""
        state.asked += fetch.first
        elsewhere = host_of(page.final_url or page.url)
        if elsewhere not in state.site.hosts:
            # The address leads out of the site: a link to elsewhere, nothing to audit here.
            if answer is not None:
                await self.targets.first_look(state, fetch.key, answer)
            if fetch.key in state.home_keys:
                state.refused = f"首页跳转到{elsewhere}，不在本网站登记的域名之内（请改查该地址，或登记到hosts）"
            self.acceptance.over(state, fetch)
            return
        page = await self._whole_home(state, page, fetch)
        job = PageJob(
            page=page,
            site=state.site,
            home=fetch.key in state.home_keys,
            answer=answer,
            home_keys=state.home_keys,
        )
        outcome = await self.run.wiring.pool.run(job)
        if not isinstance(outcome.result, PageResult):
            if isinstance(fetch, RenderFetch) and fetch.static is not None:
                await self._without_browser(state, fetch)
            else:
                self._lost(state, fetch, outcome.failure)
            return
        subject = Subject(SubjectKind.PAGE, state.host, outcome.result.digest.key)
        result = replace(outcome.result, examined=whole(outcome, outcome.result.examined, subject))
        if answer is not None and result.judgement is not None:
            self.targets.note(state, fetch.key, answer, result.judgement)
        if isinstance(fetch, RenderFetch):
            if fetch.static is not None:
                self.policy.learn(fetch.url, fetch.static.shape, result.shape)
                result = keep_status(fetch.static, result)
        elif self._wants_browser(fetch, page, result):
            self.waiting.pages.append(fetch.rendered(result))
            return
        await self.acceptance.accept(state, fetch, result)

    def _wants_browser(self, fetch: PageFetch, page: Page, result: PageResult) -> bool:
        return (
            not isinstance(fetch, PlainFetch)
            and answered(result.digest)
            and page.failure is None
            and self.policy.wanted(page.final_url or page.url, result.shape)
        )

    async def _whole_home(self, state: SiteState, page: Page, fetch: PageFetch) -> Page:
        """The home page with the scripts that write its footer: marks in it are judged."""
        if fetch.key not in state.home_keys:
            return page
        page = await with_footer_scripts(page, self.run.crawler.engine)
        # Without facts drawn from it: it is kept till the end, when its search is asked.
        state.home_page = replace(page)
        return page

    def _lost(self, state: SiteState, fetch: PageFetch, why: str) -> None:
        """The page could not be worked on (parser crash): a gap, and the rest goes on."""
        logger.error("page lost: %s: %s", fetch.url, why)
        self.file.gaps.put(state.host, "lost", "页面内容未能解析", fetch.url)
        state.failed += 1
        self.acceptance.over(state, fetch)


def keep_status(static: PageResult, rendered: PageResult) -> PageResult:
    """The rendered page with the status of the plain fetch: browsers turn some into their own.

    And with the hash of the bytes that the server sent: two renderings of one page hardly ever
    have the same, and by it index pages are compared with their folders.
    """
    digest = replace(rendered.digest, status=static.digest.status)
    return replace(rendered, digest=digest, content=static.content)

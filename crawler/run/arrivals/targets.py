"""Link targets: the first look's verdicts, and the second opinions."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

from crawler.jobs.page import TargetJob
from crawler.links.answers import TargetAnswer, answer_of
from crawler.links.verdicts import Judgement, judge
from crawler.run.fetches import TargetFetch
from crawler.run.run import AuditRun
from crawler.run.site_state import SiteState
from plugins import Failure, TargetKind

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response


class TargetDesk:
    """Writes down what became of every address that pages point to."""

    def __init__(self, run: AuditRun) -> None:
        self.targets = run.file.targets
        self.wiring = run.wiring

    async def arrived(self, state: SiteState, fetch: TargetFetch, response: Response) -> None:
        """The start of a target's answer."""
        await self.first_look(state, fetch.key, answer_of(response, fetch.url), fetch.kind)

    async def failed(
        self, state: SiteState, fetch: TargetFetch, request: Request, failure: Failure
    ) -> None:
        """A target that did not answer."""
        del request
        await self.first_look(
            state, fetch.key, TargetAnswer(url=fetch.url, failure=failure), fetch.kind
        )

    async def first_look(
        self, state: SiteState, key: str, answer: TargetAnswer, kind: TargetKind = TargetKind.PAGE
    ) -> None:
        """Judge a first answer; reading a web page for signs of a soft 404 is a worker's work."""
        if answer.arrived and answer.is_html:
            outcome = await self.wiring.pool.run(TargetJob(answer, kind, state.home_keys))
            if isinstance(outcome.result, Judgement):
                self.note(state, key, answer, outcome.result, kind)
                return
        self.note(state, key, answer, judge(answer, home_keys=state.home_keys, kind=kind), kind)

    def note(
        self,
        state: SiteState,
        key: str,
        answer: TargetAnswer,
        found: Judgement,
        kind: TargetKind = TargetKind.PAGE,
    ) -> None:
        """Write a first verdict down; suspicions wait for the second client."""
        self.targets.put_verdict(
            state.host,
            key,
            found.verdict,
            found.status,
            found.reason,
            url=answer.url,
            kind=kind,
            suspect=found.suspicious,
            answer=pickle.dumps(answer, 5) if found.suspicious else None,
        )

    async def second_look(self, state: SiteState) -> None:
        """Ask what seemed dead again, with another client, at the end of the crawl."""
        suspects = self.targets.suspects(state.host)
        first = {url: pickle.loads(data) for _, url, _, data in suspects if data}  # noqa: S301 - our own file
        if not first:
            return
        verdicts = await self.wiring.second_opinion(state).settle(first)
        for key, url, _, _ in suspects:
            if (verdict := verdicts.get(url)) is not None:
                self.targets.put_verdict(
                    state.host, key, verdict.verdict, verdict.status, verdict.reason, url=url
                )

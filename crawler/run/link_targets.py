"""Link targets: the first look's verdicts, what was never asked, and the second opinions."""

from __future__ import annotations

import pickle

from crawler.jobs.page import TargetJob
from crawler.links.answers import Answer
from crawler.links.verdicts import Judgement, judge
from crawler.run.site_state import SiteState
from crawler.run.wiring import Wiring
from crawler.workfile.pages import Spool
from plugins import TargetKind


class TargetDesk:
    """Writes down what became of every address that pages point to."""

    def __init__(self, spool: Spool, wiring: Wiring) -> None:
        self.spool = spool
        self.wiring = wiring

    async def first_look(
        self, state: SiteState, key: str, answer: Answer, kind: TargetKind
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
        answer: Answer,
        found: Judgement,
        kind: TargetKind = TargetKind.PAGE,
    ) -> None:
        """Write a first verdict down; suspicions wait for the second client."""
        self.spool.put_verdict(
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
        suspects = self.spool.suspects(state.host)
        first = {url: pickle.loads(data) for _, url, _, data in suspects if data}  # noqa: S301 - our own file
        if not first:
            return
        verdicts = await self.wiring.second_opinion(state).settle(first)
        for key, url, _, _ in suspects:
            if (verdict := verdicts.get(url)) is not None:
                self.spool.put_verdict(
                    state.host, key, verdict.verdict, verdict.status, verdict.reason, url=url
                )

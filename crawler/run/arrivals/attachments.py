"""Documents that a site offers for download: what reading them whole gave, and what was left unread."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.jobs.page import AttachmentJob, AttachmentResult, whole
from crawler.links.answers import TargetAnswer, answer_of
from crawler.run.arrivals.targets import TargetDesk
from crawler.run.fetches import AttachmentFetch, Waiting
from crawler.run.run import AuditRun
from crawler.run.site_state import SiteState
from crawler.run.writer import Harvest, failures
from crawler.workfile.gaps import DOCUMENTS
from plugins import Attachment, Contents, Failure, FailureKind, State, Subject, SubjectKind
from plugins.addresses.endings import ending_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

# Longer than reading may take by itself, which costs less than killing a worker.
READ_SECONDS = 45.0
# A document that was read whole, and those that a finding of their own tells of (TXT105).
TOLD = frozenset({State.READ, State.ENCRYPTED, State.DAMAGED})
KINDS = {FailureKind.TOO_LARGE: "附件超过20MB，未读取内容"}


class AttachmentDesk:
    """Has documents read by the workers, and says what was left unread."""

    def __init__(self, run: AuditRun, waiting: Waiting, targets: TargetDesk) -> None:
        self.run = run
        self.file = run.file
        self.waiting = waiting
        self.targets = targets

    async def arrived(self, state: SiteState, fetch: AttachmentFetch, response: Response) -> None:
        """A document came whole: it is a live target, and it is read."""
        answer = answer_of(response, fetch.url)
        await self.targets.first_look(state, fetch.key, answer, fetch.kind)
        await self._read(state, fetch.key, answer, response.body)

    async def failed(
        self, state: SiteState, fetch: AttachmentFetch, request: Request, failure: Failure
    ) -> None:
        """Too slow to be read whole is not too slow to be there: asked again for its start only."""
        del request, failure
        self.file.gaps.put(state.host, DOCUMENTS, "附件未能完整下载，内容未检查", fetch.url)
        self.waiting.targets.append(fetch.target())

    async def _read(self, state: SiteState, key: str, answer: TargetAnswer, body: bytes) -> None:
        """Read what came, unless it is no document (an error, a web page), and write down what was found."""
        if not answer.arrived or answer.is_html:
            return
        if answer.failure is not None:
            why = KINDS.get(answer.failure.kind, "附件未能完整下载，内容未检查")
            self.file.gaps.put(state.host, DOCUMENTS, why, answer.url)
            return
        job = AttachmentJob(
            Attachment(
                url=answer.url,
                key=key,
                suffix=ending_of(answer.url),
                contents=Contents("", State.UNREAD),
                places=self.file.targets.places(state.host, key),
                size=len(body),
                media=answer.headers.get("content-type", ""),
            ),
            body,
            state.site,
        )
        outcome = await self.run.wiring.pool.run(job, hard_limit=READ_SECONDS)
        subject = Subject(SubjectKind.LINK, state.host, key)
        if not isinstance(outcome.result, AttachmentResult):
            why = f"附件未能读取（{outcome.failure}）"
            self.file.gaps.put(state.host, DOCUMENTS, why, answer.url)
            return
        result = replace(outcome.result, examined=whole(outcome, outcome.result.examined, subject))
        if result.state is State.UNREAD:
            self.file.gaps.put(state.host, DOCUMENTS, result.why, answer.url)
        else:
            state.attachments_read.add(key)
            if result.state not in TOLD:
                # Nobody looked at what is in it, or at all of it: that is told with the coverage.
                why = f"附件内容没有全部检查：{result.why}"
                self.file.gaps.put(state.host, DOCUMENTS, why, answer.url)
        if result.digest is not None:
            self.file.attachments.put(state.host, result.digest)
        examined = result.examined
        state.check_seconds.update(examined.seconds)
        state.check_errors.update(error.code for error in examined.errors)
        # Written at the end, when it is known who answers for them.
        self.file.sightings.put(examined.sightings)
        await self.run.writer.put(Harvest(errors=failures(examined.errors)))

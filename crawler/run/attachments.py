"""Documents that a site offers for download: which are fetched whole, and what reading them gave."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from crawler.jobs.page import AttachmentJob, AttachmentResult, whole
from crawler.links.answers import Answer
from crawler.run.site_state import SiteState
from crawler.run.wiring import Wiring
from crawler.run.writer import Parcel, failures, observed
from crawler.workfile.pages import Spool
from plugins import Attachment, Contents, FailureKind, State, Subject, SubjectKind
from plugins.addresses.urls import host_of

# Kind of the gap under which documents are reported whose contents were not looked at.
UNREAD = "attachments"
# Longer than reading may take by itself, which costs less than killing a worker.
READ_SECONDS = 45.0
READABLE = frozenset(
    [
        "pdf",
        "doc",
        "docx",
        "docm",
        "wps",
        "rtf",
        "xls",
        "xlsx",
        "xlsm",
        "xlsb",
        "et",
        "csv",
        "txt",
        "zip",
        "ofd",
        "ppt",
        "pptx",
        "rar",
        "7z",
    ]
)
# A document that was read whole, and those that a finding of their own tells of (TXT105).
TOLD = frozenset({State.READ, State.ENCRYPTED, State.DAMAGED})
KINDS = {FailureKind.TOO_LARGE: "附件超过20MB，未读取内容"}


class AttachmentDesk:
    """Has documents read by the workers, within each site's budget, and says what was left unread."""

    def __init__(self, spool: Spool, wiring: Wiring) -> None:
        self.spool = spool
        self.wiring = wiring
        self.judged = any("check_attachment" in plugin.hooks for plugin in wiring.plugins.plugins)

    def wanted(self, state: SiteState, url: str) -> bool:
        """Whether a document is to be fetched whole; one that the budget leaves out is a gap."""
        if (
            not self.judged
            or suffix_of(url) not in READABLE
            or host_of(url) not in state.site.hosts
        ):
            return False
        most = self.wiring.config.attachments
        if state.attachments >= most:
            self.spool.put_gap(state.host, UNREAD, f"附件超过{most}个，其余未读取内容", url)
            return False
        state.attachments += 1
        return True

    async def read(self, state: SiteState, key: str, answer: Answer, body: bytes) -> Parcel | None:
        """Read what came; None where it is no document (an error, a web page) or was not read."""
        if not answer.arrived or answer.is_html:
            return None
        if answer.failure is not None:
            why = KINDS.get(answer.failure.kind, "附件未能完整下载，内容未检查")
            self.spool.put_gap(state.host, UNREAD, why, answer.url)
            return None
        job = AttachmentJob(
            Attachment(
                url=answer.url,
                key=key,
                suffix=suffix_of(answer.url),
                contents=Contents("", State.UNREAD),
                places=self.spool.places(state.host, key),
                size=len(body),
                media=answer.headers.get("content-type", ""),
            ),
            body,
            state.site,
        )
        outcome = await self.wiring.pool.run(job, hard_limit=READ_SECONDS)
        subject = Subject(SubjectKind.LINK, state.host, key)
        if not isinstance(outcome.result, AttachmentResult):
            why = f"附件未能读取（{outcome.failure}）"
            self.spool.put_gap(state.host, UNREAD, why, answer.url)
            return None
        result = replace(outcome.result, examined=whole(outcome, outcome.result.examined, subject))
        if result.state is State.UNREAD:
            self.spool.put_gap(state.host, UNREAD, result.why, answer.url)
        else:
            state.attachments_read.add(key)
            if result.state not in TOLD:
                # Nobody looked at what is in it, or at all of it: that is told with the coverage.
                why = f"附件内容没有全部检查：{result.why}"
                self.spool.put_gap(state.host, UNREAD, why, answer.url)
        if result.digest is not None:
            self.spool.put_attachment(state.host, result.digest)
        examined = result.examined
        state.check_seconds.update(examined.seconds)
        state.check_errors.update(error.code for error in examined.errors)
        # Units are known at the end: written once more then, with those of the pages.
        self.spool.put_sightings(examined.sightings)
        return Parcel(
            observed=observed(examined.sightings, state.site.unit),
            errors=failures(examined.errors),
        )


def suffix_of(url: str) -> str:
    """The ending of an address's path, lower case, without the dot."""
    return PurePosixPath(urlsplit(url).path).suffix.lower().lstrip(".")

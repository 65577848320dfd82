"""What is fetched, a class for each purpose, and what waits to be fetched beside the frontier."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, ClassVar

from crawler.browser.requests import render_request
from crawler.jobs.page import PageResult
from crawler.run.site_state import SiteState
from crawler.run.wiring import Wiring
from plugins import TargetKind
from plugins.facts.attachments import Limits

if TYPE_CHECKING:
    from scrapy import Request

# The start of a target's answer is enough to tell whether it is alive.
TARGET_BYTES = 64 * 1024
# A large file through a narrow line takes longer than a page may.
ATTACHMENT_SECONDS = 120.0


class Room(Enum):
    """What a fetch takes up, beside its place on the network."""

    NONE = auto()
    BROWSER = auto()
    MEMORY = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """One address to be fetched for a site."""

    room: ClassVar[Room] = Room.NONE

    url: str
    site: str
    key: str

    def prepare(self, request: Request, wiring: Wiring, state: SiteState) -> Request:
        """Set what the downloader must know of the request: bounds, manners, the browser's task."""
        if state.row.robots == "ignore":
            request.meta["robots_exempt"] = True
        return self.mark(request, wiring)

    def mark(self, request: Request, wiring: Wiring) -> Request:
        """Set what is peculiar to the purpose."""
        del wiring
        return request


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFetch(Fetch):
    """A page of the site, to be audited.

    ``owner`` is the column whose further page it is; ``invented`` = a folder that is asked only for
    the sake of its index page.
    """

    depth: int = 0
    owner: str = ""
    referrer: str = ""
    invented: bool = False

    @property
    def first(self) -> bool:
        """Whether nothing was learned of the page by an earlier fetch of this run."""
        return True

    def mark(self, request: Request, wiring: Wiring) -> Request:
        """Say where the link stood."""
        del wiring
        if self.referrer:
            request.headers["Referer"] = self.referrer
        return request

    def plain(self) -> PlainFetch:
        """The same page once more, without the browser."""
        return PlainFetch(
            url=self.url,
            site=self.site,
            key=self.key,
            depth=self.depth,
            owner=self.owner,
            referrer=self.referrer,
            invented=self.invented,
        )

    def rendered(self, static: PageResult | None = None) -> RenderFetch:
        """The same page in the browser; ``static`` is what the plain fetch gave."""
        return RenderFetch(
            url=self.url,
            site=self.site,
            key=self.key,
            depth=self.depth,
            owner=self.owner,
            referrer=self.referrer,
            invented=self.invented,
            static=static,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainFetch(PageFetch):
    """A page again without the browser, which had failed on it: it is not offered to it once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderFetch(PageFetch):
    """A page in the browser; ``static`` stands in case the browser fails, None = not fetched plainly."""

    room: ClassVar[Room] = Room.BROWSER

    static: PageResult | None = None

    @property
    def first(self) -> bool:
        """Whether the page was not fetched plainly before."""
        return self.static is None

    def mark(self, request: Request, wiring: Wiring) -> Request:
        """Hand it to the browser."""
        return render_request(PageFetch.mark(self, request, wiring))


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleFetch(Fetch):
    """A page that was read, opened in the browser once more to ask the page probes."""

    room: ClassVar[Room] = Room.BROWSER

    def mark(self, request: Request, wiring: Wiring) -> Request:
        """Hand it to the browser with the probes."""
        return render_request(request, wiring.page_probes())


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFetch(Fetch):
    """The target of a link that is no page to audit: only whether it is alive is asked."""

    kind: TargetKind

    def mark(self, request: Request, wiring: Wiring) -> Request:
        """Read the start only, once."""
        del wiring
        request.meta["body_limit"] = TARGET_BYTES
        request.meta["start_only"] = True
        request.meta["attempts"] = 1
        return request


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentFetch(TargetFetch):
    """A target that is a document of the site: fetched whole and read."""

    room: ClassVar[Room] = Room.MEMORY

    def mark(self, request: Request, wiring: Wiring) -> Request:
        """Larger files are not begun: what is too long to be read needs no loading."""
        request.meta["body_limit"] = Limits().size
        request.meta["download_timeout"] = max(ATTACHMENT_SECONDS, wiring.config.timeout)
        request.meta["attempts"] = 1
        return request

    def target(self) -> TargetFetch:
        """The same address, asked for its start only."""
        return TargetFetch(url=self.url, site=self.site, key=self.key, kind=self.kind)


@dataclass(slots=True)
class Waiting:
    """What waits to be fetched beside the frontier: arrivals put it there, the schedule takes it.

    ``pages`` are those for the browser, and those that it failed on.
    """

    pages: deque[PageFetch | SampleFetch] = field(default_factory=deque)
    targets: deque[TargetFetch] = field(default_factory=deque)
    attachments: deque[AttachmentFetch] = field(default_factory=deque)

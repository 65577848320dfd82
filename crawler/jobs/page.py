"""The work on one page, done in a worker process: facts, page checks, links. Plain data in and out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any
from urllib.parse import urlsplit

from crawler.browser.shape import PageShape, shape_of
from crawler.links.answers import TargetAnswer
from crawler.links.verdicts import Judgement, judge
from crawler.plan.scope import target_kind
from crawler.workers.outcome import JobOutcome
from crawler.workfile.listings import Listing
from plugins import (
    Attachment,
    AttachmentDigest,
    Column,
    Link,
    LinkVerdict,
    Page,
    PageDigest,
    PageKind,
    Region,
    Site,
    State,
    Subject,
    TargetKind,
)
from plugins.addresses.urls import bad_address, host_of, url_key
from plugins.engine.examine import Examined, Examiner
from plugins.engine.manager import Plugins
from plugins.facts.attachments import reading
from plugins.facts.language.covering import cover
from plugins.facts.language.personal import covered
from plugins.facts.site.attachment_digest import digest as attachment_digest
from plugins.facts.site.digest import accessibility_scripts, digest
from plugins.taken import Taken, packed
from plugins.why import listening, note

LISTING_KINDS = frozenset(
    {PageKind.LIST, PageKind.SINGLE, PageKind.PORTAL, PageKind.FORM, PageKind.DATA}
)


@dataclass(frozen=True)
class PageJob:
    """Look at one page; ``answer`` is its first fetch as a link target, None = judged before."""

    page: Page
    site: Site
    home: bool = False
    answer: TargetAnswer | None = None
    home_keys: frozenset[str] = frozenset()
    skip: frozenset[str] = frozenset()

    @property
    def ref(self) -> str:
        """What the job is about, for records of failure."""
        return self.page.url


@dataclass(frozen=True)
class TargetJob:
    """Judge the answer of a link target that is a web page, but none to audit."""

    answer: TargetAnswer
    kind: TargetKind
    home_keys: frozenset[str] = frozenset()
    skip: frozenset[str] = frozenset()

    @property
    def ref(self) -> str:
        """What the job is about, for records of failure."""
        return self.answer.url


@dataclass(frozen=True)
class AttachmentJob:
    """Read a document that was fetched whole, and judge what it says."""

    attachment: Attachment
    body: bytes
    site: Site
    skip: frozenset[str] = frozenset()

    @property
    def ref(self) -> str:
        """What the job is about, for records of failure."""
        return self.attachment.url


@dataclass(frozen=True)
class AttachmentResult:
    """What became of a document; its text stays in the worker. ``digest`` None = nothing was learned."""

    state: State
    why: str
    examined: Examined
    digest: AttachmentDigest | None = None


@dataclass(frozen=True)
class ColumnJob:
    """Judge one column."""

    column: Column
    site: Site
    skip: frozenset[str] = frozenset()

    @property
    def ref(self) -> str:
        """What the job is about, for records of failure."""
        return self.column.url


@dataclass(frozen=True)
class SiteJob:
    """Judge one site."""

    site: Site
    skip: frozenset[str] = frozenset()

    @property
    def ref(self) -> str:
        """What the job is about, for records of failure."""
        return self.site.host


@dataclass(frozen=True)
class PageResult:
    """What the main process needs of a page: small, plain, without its body.

    ``links`` are de-duplicated by (key, words, region) and carry their target's kind and, where no
    asking is needed (malformed, intranet, preview), its verdict and reason. ``trace`` tells why the
    page was taken for what it is (``plugins.taken``).
    """

    digest: PageDigest
    content: str
    links: tuple[tuple[Link, TargetKind, LinkVerdict, str], ...]
    listing: Listing | None
    nav: tuple[tuple[str, str, str], ...]
    examined: Examined
    shape: PageShape
    judgement: Judgement | None = None
    site_name: str = ""
    trace: bytes = b""


Job = PageJob | TargetJob | AttachmentJob | ColumnJob | SiteJob


def make_handler(
    plugins: dict[str, Any], limit: float
) -> Callable[[Any, Callable[[str], None]], Any]:
    """Build, inside the worker, the function that does a job.

    ``plugins`` are the arguments of ``Plugins.discover``: rules are code and are found anew in
    each process instead of being sent.
    """
    found = Plugins.discover(**plugins)

    def handle(job: Job, announce: Callable[[str], None]) -> Any:
        examiner = Examiner(found, limit=limit, announce=announce)
        if isinstance(job, PageJob):
            return work(job, examiner)
        if isinstance(job, TargetJob):
            return judge(job.answer, home_keys=job.home_keys, kind=job.kind)
        if isinstance(job, AttachmentJob):
            return read_attachment(job, examiner)
        if isinstance(job, ColumnJob):
            return examiner.column(job.column, job.site, job.skip)
        return examiner.site(job.site, job.skip)

    return handle


def _is_front(made: PageDigest) -> bool:
    """Whether a start page of another kind is the home page: blocks of links, in no deep folder.

    An audit may be started at one list or one article; that makes it no home page.
    """
    deep = urlsplit(made.url).path.strip("/").count("/") > 1
    return made.kind == PageKind.PORTAL and not deep


def work(job: PageJob, examiner: Examiner) -> PageResult:
    """Draw the facts of a page, run the page checks on it, and pack what others need.

    Its judges are listened to on the way: a fault that rests on this page may be found only at the
    end, by a rule about a column or the site, when its bytes are gone.
    """
    with listening() as trace:
        result = _work(job, examiner)
        taken = replace(Taken.of(job.page, trace), kind=result.digest.kind)
        return replace(result, trace=packed(taken))


def _work(job: PageJob, examiner: Examiner) -> PageResult:
    page, site = job.page, job.site
    # Personal data that stands in titles, rows or words of links is masked before it leaves here.
    made = cover(digest(page, site))
    if job.home and page.status == 200 and _is_front(made):  # noqa: PLR2004
        note("kind", "检查从这里开始，且像门户而不在深层目录", PageKind.HOME)
        made = replace(made, kind=PageKind.HOME.value)
    return PageResult(
        digest=made,
        content=blake2b(page.body, digest_size=16).hexdigest(),
        links=tuple(_links(page, site)),
        listing=cover(_listing(page, made)),
        nav=cover(tuple(_nav(page, site))),
        examined=examiner.page(page, site, job.skip),
        shape=shape_of(page),
        judgement=judge(job.answer, home_keys=job.home_keys, is_home=job.home, kind=TargetKind.PAGE)
        if job.answer is not None
        else None,
        site_name=_site_name(page, made) if job.home else "",
    )


def read_attachment(job: AttachmentJob, examiner: Examiner) -> AttachmentResult:
    """Read a document within bounds and run the attachment checks on it.

    A document that nothing was learned of (out of time or memory) is not judged at all.
    """
    known = reading.read(job.body, job.attachment.suffix)
    attachment = replace(job.attachment, contents=known)
    if known.state is State.UNREAD and not known.parts:
        return AttachmentResult(known.state, known.why, Examined())
    examined = examiner.attachment(attachment, job.site, job.skip)
    made = cover(attachment_digest(attachment, job.site.unit))
    return AttachmentResult(known.state, known.why, examined, made)


def _site_name(page: Page, made: PageDigest) -> str:
    """The site's name as its home page gives it: the tag, else the title without "首页" and the like.

    The title of a list or an article is none.
    """
    named = made.kind in (PageKind.HOME.value, PageKind.PORTAL.value)
    name = page.meta.get("SiteName") or (page.title if named else "")
    return re.sub(r"^\W*(网站)?首页\W*|\W*(网站)?首页\W*$|\W*欢迎您.*$", "", name).strip()[:60]


def _links(page: Page, site: Site) -> list[tuple[Link, TargetKind, LinkVerdict, str]]:
    seen: set[tuple[str, str, str]] = set()
    found = []
    if page.kind is PageKind.ERROR:
        # An error page's links are the server's, not the editors'.
        return []
    for link in (*page.links, *page.images):
        mark = (link.key or link.raw, link.words, link.region.value)
        if mark in seen:
            continue
        seen.add(mark)
        if covered(link.words) != link.words:
            link = cover(link)  # noqa: PLW2901 - the same link, its words masked
        bad = bad_address(link.raw, link.url, own=site.hosts)
        if bad is not None:
            verdict, reason = bad
            kind = TargetKind.IMAGE if link.image else TargetKind.PAGE
            found.append((link, kind, verdict, reason))
        elif link.url:
            kind = target_kind(link.url, site.hosts, image=link.image)
            found.append((link, kind, LinkVerdict.UNKNOWN, ""))
    if page.kind is PageKind.HOME:
        # PLT202: an accessibility tool whose script is gone is an entry that does not work.
        for url in accessibility_scripts(page):
            if "://" in url:
                link = Link(url, url, url_key(url), text="无障碍工具脚本", region=Region.HEADER)
                found.append((link, TargetKind.SCRIPT, LinkVerdict.UNKNOWN, ""))
    return found


MENU = frozenset({Region.HEADER, Region.NAV, Region.FOOTER})
LONGEST_NAME = 20


def _nav(page: Page, site: Site) -> Iterator[tuple[str, str, str]]:
    """Columns that the page's navigation names, and whatever else its menus and footer lead to.

    A single text ("联系方式") is a column only because a menu or the footer leads to it.
    """
    for column in page.nav_columns:
        if host_of(column.url) in site.hosts:
            yield column.key, column.name, column.url
    for link in page.links:
        if (
            link.region in MENU
            and 0 < len(link.words) <= LONGEST_NAME
            and link.url
            and target_kind(link.url, site.hosts) is TargetKind.PAGE
        ):
            yield link.key, link.words, link.url


def _listing(page: Page, made: PageDigest) -> Listing | None:
    if page.kind not in LISTING_KINDS and not page.rows:
        return None
    if page.kind is PageKind.HOME:
        return None
    return Listing(
        key=page.key,
        url=page.address,
        kind=page.kind.value,
        entries=page.rows,
        empty=page.empty,
        empty_why=page.empty_why,
        placeholder=page.placeholder,
        pager=tuple(page.pager.urls) if page.pager else (),
        rendered=page.rendered,
        name=page.meta.get("ColumnName") or "",
        type=page.meta.get("ColumnType") or "",
        crumbs=made.crumbs,
        needs_browser=page.needs_browser,
    )


def whole(outcome: JobOutcome, examined: Examined, subject: Subject) -> Examined:
    """What was examined, with the checks that cost a worker its life among the errors."""
    lost = tuple(loss.error(subject) for loss in outcome.lost)
    return replace(examined, errors=(*examined.errors, *lost)) if lost else examined

"""What a recheck says of one finding: verified, still there, or could not tell.

Whoever says "verified" from a few pages must have seen everything that the rule looks at. Page and
attachment rules look at one thing, column rules at a column and the pages of its rows, and a dead
link is dead by itself; whatever needs the whole site waits for the next audit.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus

from crawler.network.status_words import failure_words
from crawler.plan.focus import PREFIX, Focus
from crawler.run.attachments import UNREAD
from crawler.run.judging import CONCLUSIVE_VERDICTS, SiteCloser
from crawler.run.site_state import SiteState, conclusive
from crawler.run.writer import Collector
from crawler.workfile.pages import SpooledColumns
from findings.records.records import LONGEST_EVIDENCE, Observed, StoredFinding
from plugins import (
    Column,
    FailureKind,
    LinkVerdict,
    PageDigest,
    PageKind,
    Scope,
    Subject,
    SubjectKind,
)
from plugins.addresses.urls import url_key

SITEWIDE = "须检查全站才能判断，下一次 gongkai audit 会给出结论"
DOUBTFUL = (LinkVerdict.BLOCKED, LinkVerdict.TRANSIENT, LinkVerdict.UNKNOWN)
ABSENT = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


class Outcome(StrEnum):
    """What a recheck says of a finding."""

    VERIFIED = "verified"
    STILL = "still"
    UNKNOWN = "unknown"


OUTCOME_NAMES = {
    Outcome.VERIFIED: "已核实整改",
    Outcome.STILL: "仍存在",
    Outcome.UNKNOWN: "无法判定",
}


@dataclass(frozen=True, slots=True)
class Recheck:
    """One finding looked at again; ``why`` in Chinese, ``observed`` what its rule says today."""

    finding: StoredFinding
    outcome: Outcome
    why: str = ""
    observed: Observed | None = None

    @property
    def message(self) -> str:
        """What is wrong, as seen today where it was seen."""
        return self.observed.sighting.finding.message if self.observed else self.finding.message


class Judge:
    """Says of each finding of one site what became of it."""

    def __init__(self, closer: SiteCloser, state: SiteState, focus: Focus) -> None:
        assert isinstance(closer.night.writer, Collector)
        self.closer = closer
        self.state = state
        self.focus = focus
        self.spool = closer.spool
        self.plugins = closer.night.wiring.plugins
        self.got = closer.night.writer
        self.in_force = closer.in_force(state)
        self.columns: dict[str, Column] = {
            one.key: one for one in SpooledColumns(self.spool.path, state.host)
        }

    def judge(self, finding: StoredFinding) -> Recheck:
        """What became of one finding."""
        code, kind = finding.code, finding.subject.kind
        if trouble := self._not_run(code):
            return _unknown(finding, trouble)
        hooks = {name for name in self.plugins.plugin(code).hooks if name.startswith("check_")}
        if hooks == {"check_page"}:
            made = self._home(finding) if kind is SubjectKind.SITE else self._page(finding)
        elif hooks == {"check_attachment"}:
            made = self._document(finding)
        elif hooks == {"check_column"} and self.plugins.rule(code).scope is Scope.SUBJECT:
            made = self._column(finding)
        elif kind is SubjectKind.LINK and finding.rule.family == "links":
            made = self._link(finding)
        else:
            made = _unknown(finding, SITEWIDE)
        if made.outcome is Outcome.VERIFIED and made.observed is None:
            expected = self.focus.settings.get(finding.site, "")
            if expected and expected != self.plugins.digest:
                return _unknown(
                    finding,
                    "规则或其设置与发现问题时不同，请用 --inventory 给出台账，或等下一次检查",
                )
        return made

    def _not_run(self, code: str) -> str:
        """Why a rule says nothing in this recheck; "" = it ran."""
        rule = next((one for one in self.plugins.rules if one.code == code), None)
        if rule is None:
            return f"规则{code}本次没有启用"
        if rule.needs:
            return f"复查不做探测，{SITEWIDE}"
        return f"规则{code}执行出错" if code in self.got.failed or code not in self.in_force else ""

    # -- pages ---------------------------------------------------------------------------------

    def _page(self, finding: StoredFinding) -> Recheck:
        """A rule that looks at one page."""
        if (seen := self._seen(finding)) is not None:
            return seen
        ref = finding.subject.ref
        digest = self.closer.pages(self.state).get(ref)
        if (trouble := self._trouble(ref, digest)) or digest is None:
            return _unknown(finding, trouble)
        if digest.status in ABSENT:
            return _verified(finding, "原页面已撤下（两次访问都打不开）")
        if digest.key != ref:
            there = Subject(SubjectKind.PAGE, finding.site, digest.key)
            if (finding.code, there) in self.got.where:
                return _unknown(finding, f"原地址跳转到 {digest.url}，那里仍有同类问题")
            return _verified(finding, f"原地址已跳转到 {digest.url}，那里没有这个问题")
        if finding.subject not in self.got.examined:
            return _unknown(finding, "页面内容未能检查")
        return _verified(finding, "重新抓取了页面，已没有这个问题")

    def _home(self, finding: StoredFinding) -> Recheck:
        """A page rule that speaks of the site: only what was seen on the home page alone."""
        home = self.state.home
        keys = {url_key(one.url) for one in finding.evidence if one.url}
        pages = self.closer.pages(self.state)
        if (
            home is None
            or not keys
            or any((page := pages.get(key)) is None or page.key != home.key for key in keys)
        ):
            return _unknown(finding, SITEWIDE)
        if (seen := self._seen(finding)) is not None:
            return seen
        if trouble := self._trouble(home.key, home):
            return _unknown(finding, trouble)
        if home.kind != PageKind.HOME.value:
            return _unknown(finding, "起始页不像首页，无法比对")
        return _verified(finding, "重新抓取了首页，已没有这个问题")

    def _trouble(self, key: str, digest: PageDigest | None) -> str:
        """Why a page says nothing; "" = it was read, or is certainly not there any more."""
        host = self.state.host
        if digest is None:
            if key in {url_key(url) for url in self.spool.gap_urls(host, "robots")}:
                return "robots.txt不允许抓取这个页面"
            return "页面未能抓取（可能已跳转到本网站之外，或超出范围）"
        if digest.status in ABSENT:
            verdict = self.spool.verdict(host, key) or self.spool.verdict(host, digest.key)
            if verdict is not None and verdict.dead:
                return ""
            return f"页面答复{digest.status}，但未能用另一种方式证实已撤下"
        if digest.failure and digest.status is None:
            words = failure_words(FailureKind(digest.failure)).partition("。")[0]
            return f"页面未能打开：{words}"
        if not conclusive(digest):
            return f"页面未能正常打开（状态码{digest.status}）或答复的是错误、拦截页面"
        if digest.key in self.state.unrendered:
            return "页面内容靠脚本显示，本次没有用浏览器打开"
        if self.spool.verdict(host, digest.key) in DOUBTFUL:
            return f"页面的答复可疑：{self.spool.told(host, digest.key)}"
        return ""

    # -- documents -----------------------------------------------------------------------------

    def _document(self, finding: StoredFinding) -> Recheck:
        """A rule that reads one document."""
        if (seen := self._seen(finding)) is not None:
            return seen
        host, ref = self.state.host, finding.subject.ref
        partly = {url_key(url) for url in self.spool.gap_urls(host, UNREAD)}
        if ref in self.state.attachments_read and ref not in partly:
            return _verified(finding, "重新读取了文件，已没有这个问题")
        verdict = self.spool.verdict(host, ref)
        if verdict is not None and verdict.dead:
            return _verified(finding, "文件已撤下（两次访问都打不开）")
        return _unknown(finding, "文件未能完整读取")

    # -- columns -------------------------------------------------------------------------------

    def _column(self, finding: StoredFinding) -> Recheck:
        """A rule that looks at a column, and at the pages of its rows."""
        if not self.focus.registered:
            return _unknown(finding, "没有台账，不知道栏目的更新要求：请用 --inventory 给出台账")
        if not (own := _column_of(finding)):
            return _unknown(finding, SITEWIDE)
        if (seen := self._seen(finding)) is not None:
            return seen
        digest = self.closer.pages(self.state).get(own)
        if trouble := self._trouble(own, digest):
            return _unknown(finding, f"栏目：{trouble}")
        if digest is not None and digest.status in ABSENT:
            if own in {url_key(row.url) for row in self.state.columns}:
                return _unknown(finding, "栏目页已打不开，但台账中仍登记着这个栏目")
            return _verified(finding, "栏目已撤下（两次访问都打不开）")
        if trouble := self._unlooked(finding, self.key(own)):
            return _unknown(finding, trouble)
        return _verified(finding, "重新抓取了栏目，已没有这个问题")

    def _unlooked(self, finding: StoredFinding, key: str) -> str:
        """What of a column, or of the row's page, was not looked at; "" = all was."""
        column = Subject(SubjectKind.COLUMN, self.state.host, key)
        if key not in self.columns or column not in self.got.examined:
            return "栏目内容未能读取"
        if missing := self._unread_rows(key):
            return f"栏目的部分列表页未能读取（如 {missing}）"
        if finding.subject.kind is SubjectKind.COLUMN:
            return ""
        ref = finding.subject.ref
        return self._trouble(ref, self.closer.pages(self.state).get(ref))

    def key(self, key: str) -> str:
        """The key of the page that an address leads to."""
        digest = self.closer.pages(self.state).get(key)
        return digest.key if digest is not None else key

    def _unread_rows(self, key: str) -> str:
        """A further page of the column's list that was not read; "" = all were."""
        listing = self.spool.listing(self.state.host, key)
        for url in listing.pager if listing is not None else ():
            digest = self.closer.pages(self.state).get(url_key(url))
            if digest is None or not conclusive(digest):
                return url
        return ""

    # -- links ---------------------------------------------------------------------------------

    def _link(self, finding: StoredFinding) -> Recheck:
        """A dead or wrong link: its target is asked again, its places are read again."""
        host, ref = self.state.host, finding.subject.ref
        if finding.key:
            return self._links(finding)
        verdict = self.spool.verdict(host, ref)
        linked = self.spool.has_target(host, ref)
        if linked and verdict is not None:
            if verdict in (LinkVerdict.OK, LinkVerdict.REDIRECTED):
                return _verified(finding, "链接现在能打开")
            if verdict in CONCLUSIVE_VERDICTS:
                return Recheck(finding, Outcome.STILL, self.spool.told(host, ref) or "链接仍打不开")
        if linked:
            return _unknown(finding, self.spool.told(host, ref) or "链接未能核实")
        if verdict is LinkVerdict.OK:
            return _verified(finding, "链接的页面现在能打开")
        if trouble := self._places_unread(finding):
            return _unknown(finding, trouble)
        return _verified(finding, "原来有这个链接的页面上都已没有它")

    def _links(self, finding: StoredFinding) -> Recheck:
        """Several dead links of one cause."""
        host, ref = self.state.host, finding.subject.ref
        if finding.key != PREFIX:
            return _unknown(finding, SITEWIDE)
        if dead := self.spool.dead_below(host, ref):
            return Recheck(finding, Outcome.STILL, f"其中的链接仍打不开，如 {dead}")
        if self.spool.undecided(host, ref, CONCLUSIVE_VERDICTS):
            return _unknown(finding, "其中有链接未能核实")
        if trouble := self._places_unread(finding):
            return _unknown(finding, trouble)
        return _verified(finding, "原来有这些链接的页面上，链接都已更正或能打开")

    def _places_unread(self, finding: StoredFinding) -> str:
        """Why it is not known that nobody links there any more; "" = all places were read."""
        if len(finding.evidence) >= LONGEST_EVIDENCE:
            return f"这个链接出现在{LONGEST_EVIDENCE}处以上，未逐一记录，{SITEWIDE}"
        pages = self.closer.pages(self.state)
        for one in finding.evidence:
            key = url_key(one.url)
            if trouble := self._trouble(key, pages.get(key)):
                return f"有这个链接的页面 {one.url}：{trouble}"
        return "" if finding.evidence else SITEWIDE

    # -- words ---------------------------------------------------------------------------------

    def _seen(self, finding: StoredFinding) -> Recheck | None:
        """What to say where the rule found it again, None where it did not."""
        observed = self.got.seen.get(finding.fingerprint)
        if observed is None:
            return None
        found = observed.sighting.finding
        if found.review:
            return _unknown(finding, f"机器不能断定：{found.message}")
        if found.due is not None and finding.due is None:
            return Recheck(
                finding, Outcome.VERIFIED, f"已整改；又将到期：{found.message}", observed
            )
        return Recheck(finding, Outcome.STILL, "", observed)


def _column_of(finding: StoredFinding) -> str:
    """The key of the column that a column rule found it in, "" where that is not known."""
    kind = finding.subject.kind
    if kind is SubjectKind.COLUMN:
        return finding.subject.ref
    lists = [url_key(one.url) for one in finding.evidence if one.selector == "list"]
    return lists[0] if kind is SubjectKind.PAGE and lists else ""


def _verified(finding: StoredFinding, why: str) -> Recheck:
    return Recheck(finding, Outcome.VERIFIED, why)


def _unknown(finding: StoredFinding, why: str) -> Recheck:
    return Recheck(finding, Outcome.UNKNOWN, why)

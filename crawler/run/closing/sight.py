"""What counts as seen: absence is not evidence until one looked (design §7).

Decided here and handed to the store: which subjects are nowhere any more, and which findings were
not judged because what they rest on was not seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from crawler.plan.scope import target_kind
from crawler.run.run import AuditRun
from crawler.run.site_state import SiteState, conclusive
from crawler.workfile.pages import PageView
from findings.records.records import StoredFinding
from plugins import LinkVerdict, SubjectKind, TargetKind
from plugins.addresses.endings import READABLE, ending_of
from plugins.addresses.urls import host_of, url_key

CONCLUSIVE_VERDICTS = frozenset(
    {
        LinkVerdict.OK,
        LinkVerdict.REDIRECTED,
        LinkVerdict.BROKEN,
        LinkVerdict.SOFT_404,
        LinkVerdict.MALFORMED,
        LinkVerdict.INTERNAL,
        LinkVerdict.PREVIEW,
    }
)


class Sight:
    """What was seen of one site in this run. ``pages`` are its pages as read; close it when done."""

    def __init__(self, run: AuditRun, state: SiteState) -> None:
        self.run = run
        self.file = run.file
        self.wiring = run.wiring
        self.state = state
        self.pages = PageView(run.file.path, state.host)

    def close(self) -> None:
        """Let go of the file."""
        self.pages.close()

    def key(self, key: str) -> str:
        """The key of the page that an address leads to."""
        digest = self.pages.get(key)
        return digest.key if digest is not None else key

    def vanished(self, finding: StoredFinding) -> bool:
        """Whether what a finding is about was looked for and is nowhere any more."""
        kind, ref = finding.subject.kind, finding.subject.ref
        if kind is SubjectKind.LINK:
            return self._unlinked(finding)
        if kind is SubjectKind.PAGE:
            # An alias now, a redirect out of the site, or a soft 404: no page of its own.
            return not self._has_page(ref) and self._seen(ref)
        if kind is SubjectKind.COLUMN:
            return not self.file.columns.has(self.state.host, ref) and self._seen(ref)
        return False

    def _unlinked(self, finding: StoredFinding) -> bool:
        """Whether nobody links to a target any more; a group must have no undecided target left."""
        host, ref = self.state.host, finding.subject.ref
        if not finding.key and self.file.targets.linked(host, ref):
            return False
        if finding.key:
            below = ref if finding.key == "prefix" else ""
            if self.file.targets.undecided(host, below, CONCLUSIVE_VERDICTS):
                return False
        return self._all_seen(item.url for item in finding.evidence)

    def not_judged(self) -> Iterator[tuple[str, str]]:
        """Findings of column and site rules, where what they rest on was not seen.

        "The document has no link to its interpretation" needs both pages: when the partner could
        not be opened tonight, the rule found nothing because it saw nothing.
        """
        page_rules = {rule.code for rule in self.wiring.plugins.rules if self._on_pages(rule.code)}
        for finding in self.run.store.present(self.state.host):
            if not self._asked_in_browser(finding) or self._unread(finding):
                yield finding.code, finding.fingerprint
            kind = finding.subject.kind
            if finding.code in page_rules or kind is SubjectKind.COLUMN:
                continue
            if finding.code in self.state.check_errors:
                # It failed on some column: perhaps on the one that gave this finding.
                yield finding.code, finding.fingerprint
            elif kind is not SubjectKind.LINK and not (
                self._all_seen(item.url for item in finding.evidence)
                and self._all_read(item.url for item in finding.evidence)
            ):
                yield finding.code, finding.fingerprint

    def _asked_in_browser(self, finding: StoredFinding) -> bool:
        """Whether the page probes that its rule rests on answered on one of its pages tonight.

        A night without a browser, or with other samples, mends nothing (PLT203).
        """
        plugins = self.wiring.plugins
        needs = {
            name
            for rule in plugins.rules
            if rule.code == finding.code
            for name in plugins.page_probes.intersection(rule.needs)
        }
        pages = (
            self.file.pages.get(self.state.host, url_key(item.url)) for item in finding.evidence
        )
        return not needs or any(page is not None and needs <= page.probes.keys() for page in pages)

    def _unread(self, finding: StoredFinding) -> bool:
        """Whether it speaks of a document that is still linked and alive, but was not read tonight."""
        return finding.code in self._document_rules and self._left_unread(finding.subject.ref)

    @cached_property
    def _document_rules(self) -> frozenset[str]:
        """Rules on documents. One that is not in force tonight closes nothing in any case."""
        return frozenset(
            plugin.rule.code
            for plugin in self.wiring.plugins.plugins
            if plugin.rule is not None and "check_attachment" in plugin.hooks
        )

    @cached_property
    def _kept_out(self) -> frozenset[str]:
        """Keys that robots.txt keeps us from; all pages are in when a site is closed."""
        return frozenset(map(url_key, self.file.gaps.urls(self.state.host, "robots")))

    def _left_unread(self, key: str) -> bool:
        """Whether a document is still linked and alive, but was not read tonight."""
        if key in self.state.attachments_read or not self.file.targets.linked(self.state.host, key):
            return False
        verdict = self.file.targets.verdict(self.state.host, key)
        return verdict is None or not verdict.dead

    def _on_pages(self, code: str) -> bool:
        return "check_page" in self.wiring.plugins.plugin(code).hooks

    def _all_seen(self, urls: Iterable[str]) -> bool:
        """Whether every one of these addresses of the site was really looked at tonight."""
        return all(
            self._seen(url_key(url)) for url in urls if host_of(url) in self.state.site.hosts
        )

    def _all_read(self, urls: Iterable[str]) -> bool:
        """Whether every document of the site among these addresses was read tonight, or is gone."""
        return not any(
            ending_of(url) in READABLE and self._left_unread(url_key(url))
            for url in urls
            if host_of(url) in self.state.site.hosts
        )

    def _seen(self, key: str) -> bool:
        """Whether an address of the site was read, or verified as a target; or needs no reading.

        An attachment that nobody links to any more needs none; nor does what robots.txt keeps us
        from, since nothing that was found can ever have rested on its content.
        """
        digest = self.pages.get(key)
        if digest is not None and conclusive(digest):
            return True
        verdict = self.file.targets.verdict(self.state.host, key)
        if verdict is None:
            return target_kind(key, self.state.site.hosts) is not TargetKind.PAGE
        if verdict.dead or (digest is None and verdict in CONCLUSIVE_VERDICTS):
            return True
        return key in self._kept_out

    def _has_page(self, key: str) -> bool:
        """Whether a page was read under this very key (not as an alias of another)."""
        digest = self.pages.get(key)
        return digest is not None and digest.key == key and conclusive(digest)

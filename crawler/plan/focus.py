"""What a recheck looks at: some findings, and the addresses that they rest on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from crawler.plan.scope import target_kind
from findings.records.records import StoredFinding
from plugins import SubjectKind, TargetKind
from plugins.addresses.urls import host_of, url_key

# Kind of the gap that says that nothing else was looked at.
FOCUS = "focus"
PREFIX = "prefix"
NOTHING: tuple[frozenset[str], tuple[str, ...]] = (frozenset(), ())


@dataclass(frozen=True)
class Focus:
    """The findings that are looked at again. Nothing outside of them is fetched or changed.

    ``registered`` = the register that the last audit went by is known: without it, nobody can say
    what a column must do. ``settings`` by site: the digest of the rules' settings without which
    nothing is verified (none = as they are now).
    """

    findings: tuple[StoredFinding, ...]
    registered: bool = True
    settings: Mapping[str, str] = field(default_factory=dict)

    def of(self, site: str) -> tuple[StoredFinding, ...]:
        """The findings of one site."""
        return tuple(one for one in self.findings if one.site == site)

    def pages(self, site: str, hosts: Collection[str]) -> tuple[str, ...]:
        """Addresses of the site's pages that its findings are about or rest on."""
        found = dict.fromkeys(
            url
            for finding in self.of(site)
            for url in addresses(finding)
            if target_kind(url, hosts) is TargetKind.PAGE
        )
        return tuple(found)

    def columns(self, site: str) -> frozenset[str]:
        """Keys of pages that may be columns which the findings are about: their lists are read on."""
        found: set[str] = set()
        for finding in self.of(site):
            if finding.subject.kind is SubjectKind.COLUMN:
                found.add(finding.subject.ref)
            found.update(url_key(one.url) for one in finding.evidence if one.selector == "list")
        return frozenset(found)

    def targets(self, site: str) -> frozenset[str]:
        """Keys of the link targets that findings are about."""
        return self._links.get(site, NOTHING)[0]

    def wants(self, site: str, key: str) -> bool:
        """Whether a link target of the site is asked: one of these, or one below a folder of theirs."""
        single, folders = self._links.get(site, NOTHING)
        return key in single or (bool(folders) and key.startswith(folders))

    @cached_property
    def _links(self) -> Mapping[str, tuple[frozenset[str], tuple[str, ...]]]:
        """By site: targets of findings, and folders whose targets one finding speaks of together."""
        found: dict[str, tuple[frozenset[str], tuple[str, ...]]] = {}
        for one in self.findings:
            if one.subject.kind is SubjectKind.LINK:
                single, folders = found.get(one.site, NOTHING)
                below = (one.subject.ref,) if one.key == PREFIX else ()
                found[one.site] = (single | {one.subject.ref}, (*folders, *below))
        return found


def addresses(finding: StoredFinding) -> Iterator[str]:
    """The addresses that a finding is about or rests on."""
    kind, ref = finding.subject.kind, finding.subject.ref
    linked = kind is SubjectKind.LINK and not finding.key and bool(host_of(ref))
    if linked or kind in (SubjectKind.PAGE, SubjectKind.COLUMN):
        yield ref
    for one in finding.evidence:
        if one.url:
            yield one.url


def about(findings: Iterable[StoredFinding], pages: Collection[str]) -> list[StoredFinding]:
    """The findings that are about one of these pages, or can be seen there."""
    wanted = {url_key(url) for url in pages}
    return [one for one in findings if wanted & {url_key(url) for url in addresses(one)}]

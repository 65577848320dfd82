"""Why the page of a finding was taken for what it was: the steps that are kept with a finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from findings.records.pictures import KEPT
from findings.records.records import StoredFinding
from plugins import SubjectKind
from plugins.addresses.urls import url_key
from plugins.taken import Taken, unpacked

# A pair ("no link from the document to its interpretation") rests on two pages.
PAGES_EACH = 2


@dataclass(frozen=True, slots=True)
class FindingTrace:
    """One page of one finding: ``place`` 0 is the page it speaks of, 1 another that it rests on.

    ``run`` saw the page so first, at ``since``; ``data`` is what ``plugins.taken.packed`` made.
    """

    fingerprint: str
    site: str
    place: int
    run: int
    since: datetime
    data: bytes

    @property
    def page(self) -> Taken:
        """What the page was taken for, and why."""
        return unpacked(self.data)


def pages_of_finding(finding: StoredFinding) -> Iterator[str]:
    """Keys of the pages that a finding may rest on, the one that it speaks of first.

    A link's own address is none: the finding rests on the pages that hold the link.
    """
    found = [finding.subject.ref] if finding.subject.kind in _OWN else []
    found += [url_key(item.url) for item in finding.evidence if item.url]
    yield from dict.fromkeys(found)


_OWN = (SubjectKind.PAGE, SubjectKind.COLUMN)


def why_none(finding: StoredFinding) -> str:
    """Why nothing is kept of a finding, for people."""
    if not finding.present:
        return f"问题已不存在：判断过程只随现存问题保存，问题消失{KEPT.days}天后清除。"
    if not any(True for _ in pages_of_finding(finding)):
        return (
            "这条问题说的是整个网站（或单位）没有的内容，不是由某一个页面得出的，没有页面可供说明。"
        )
    if finding.last_run < finding.run:
        return (
            "最近一次检查没有重新得出这条问题（沿用以前的结果），"
            f"当时的判断过程已超过{KEPT.days}天或没有保存。"
        )
    return "所在页面没有留下判断过程：页面不在本网站、本次没有读到，或由较早版本检查得出；重新检查后可查看。"

"""A fix list (整改清单) as values: what one unit has to mend, where, why, how, and by when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from findings.office.neutral import safe_href, shorten
from findings.office.wording import figure, spelt
from findings.records.pictures import Picture, chosen
from findings.records.records import Claim, StoredFinding, Whereabouts
from findings.reports.annex import ANNEX_HEAD, AnnexRow, annex_rows
from findings.reports.report import Report, Section
from findings.reports.rows import ListedFinding, RemedyGroup, region_name
from plugins import Evidence, Severity, Subject, SubjectKind
from plugins.addresses.urls import url_key
from plugins.facts.language.workdays import add_workdays

SCORE_HEAD = ANNEX_HEAD
QUOTE = 120
# Of pictures: a list goes out by mail.
LIST_BYTES = 4_000_000
# What a unit may say of a row; the first one is a claim that only looking again can prove.
DONE = "已整改"
ANSWERS = (DONE, "正在整改", "无法整改", "有异议")


@dataclass(frozen=True, slots=True)
class Terms:
    """Working days that a unit has, counted from ``start``; vetoes are urgent.

    The sources give no period: both are defaults that the office sets with ``--days``.
    """

    start: date
    days: int = 10
    urgent: int = 5

    def deadline(self, severity: str) -> str:
        """The last day in words; where the calendar of that year is not known, the period itself."""
        count = min(self.days, self.urgent) if severity == Severity.VETO else self.days
        day = add_workdays(self.start, count)
        return day.isoformat() if day else f"{spelt(self.start)}起{count}个工作日内"


@dataclass(frozen=True, slots=True)
class FixRow:
    """One row: number, column, page, what is wrong with the words, why, how, points, deadline.

    ``href`` is empty where the address must not become a link. ``claim`` is what the unit last said,
    ``answer`` one of ``ANSWERS`` or "".
    """

    number: int
    fingerprint: str
    code: str
    column: str
    page: str
    url: str
    href: str
    problem: str
    message: str
    words: str
    where: str
    clause: str
    remedy: str
    points: str
    deadline: str
    marks: str = ""
    answer: str = ""
    claim: str = ""
    more: int = 0
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class FixGroup:
    """Rows that one remedy mends."""

    title: str
    remedy: str
    clause: str
    why: str
    rows: tuple[FixRow, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """The covering notice (整改通知): title, whom it addresses, paragraphs, who signs and when."""

    title: str
    to: str
    body: tuple[str, ...]
    issuer: str
    day: str


@dataclass(frozen=True, slots=True)
class FixList:
    """All that one unit gets. Nothing of another unit is in it."""

    unit: str
    label: str
    scheme: str
    run: int
    as_of: date
    standing: str
    notice: Notice
    groups: tuple[FixGroup, ...]
    reviews: tuple[FixGroup, ...]
    warnings: tuple[FixRow, ...]
    scores: tuple[AnnexRow, ...]
    notes: tuple[str, ...] = field(default=())

    @property
    def total(self) -> int:
        """How many rows have to be mended."""
        return sum(len(group.rows) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Refuted:
    """When, and in what kind of run, a finding was seen that had been said to be mended."""

    day: date
    how: str


@dataclass(frozen=True, slots=True)
class Followup:
    """What the store knows beside the report: where pages stand, and what units said.

    ``verified`` are findings that went since (they are not listed any more), ``refuted`` those said
    to be mended that were seen again later.
    """

    places: Mapping[Subject, Whereabouts] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    verified: frozenset[str] = frozenset()
    refuted: Mapping[str, Refuted] = field(default_factory=dict)


def pages_of(findings: Iterable[StoredFinding]) -> set[Subject]:
    """The pages whose whereabouts a fix list of these findings shows."""
    return {_page(finding) for finding in findings}


def last_claims(claims: Iterable[Claim]) -> dict[str, Claim]:
    """What was said last of each finding; ``claims`` stand oldest first."""
    return {claim.fingerprint: claim for claim in claims}


def build_fixlists(
    report: Report, memory: Followup, terms: Terms, *, issuer: str = "", units: Sequence[str] = ()
) -> tuple[FixList, ...]:
    """The fix lists of the units named (all, where none is), in the order of the report.

    A unit without anything to mend, tell or warn of has none; what was found mended since the audit
    is left out, and how many that were is noted.
    """
    found = {one.fingerprint: one for one in (*report.findings, *report.warnings)}
    lists = [
        _fixlist(section, report, _Writer(found, memory, terms, _pictures(section, report)), issuer)
        for section in report.sections
        if (not units or section.name in units)
        and (section.groups or section.reviews or section.warnings)
    ]
    return tuple(one for one in lists if one.groups or one.reviews or one.warnings)


@dataclass
class _Writer:
    """Numbers rows through a list, and looks things up for them."""

    found: Mapping[str, StoredFinding]
    memory: Followup
    terms: Terms
    pictures: Mapping[str, Picture]
    number: int = 0

    def row(self, item: ListedFinding) -> FixRow:
        finding = self.found[item.fingerprint]
        self.number += 1
        page = _page(finding)
        place = self.memory.places.get(page, Whereabouts())
        first = finding.evidence[0] if finding.evidence else Evidence("")
        claim = self.memory.claims.get(finding.fingerprint)
        url = first.url or (
            page.ref if page.kind is not SubjectKind.SITE else f"http://{page.ref}/"
        )
        return FixRow(
            number=self.number,
            fingerprint=finding.fingerprint,
            code=finding.code,
            column=shorten(place.place, 80) or _of_site(finding),
            page=shorten(place.title, 80) or shorten(url, 80),
            url=shorten(url, 300),
            href=safe_href(url),
            problem=finding.rule.title,
            message=item.message,
            words=shorten(first.text, QUOTE),
            where=region_name(first.selector),
            clause=shorten(finding.rule.source, 300),
            remedy=finding.rule.remedy,
            points=figure(item.points) if item.points else "0",
            deadline=_deadline(finding, self.terms),
            marks="、".join(item.marks),
            answer="" if finding.fingerprint in self.memory.refuted else _answer(claim),
            claim=_said(claim, self.memory.refuted.get(finding.fingerprint)),
            more=max(len(finding.evidence) - 1, 0),
            picture=self.pictures.get(finding.fingerprint),
        )

    def groups(self, groups: Sequence[RemedyGroup]) -> tuple[FixGroup, ...]:
        return tuple(
            FixGroup(
                title=group.titles,
                remedy=group.remedy,
                clause=group.source,
                why=group.why,
                rows=tuple(self.row(item) for item in self._by_page(self.left(group.items))),
            )
            for group in groups
            if self.left(group.items)
        )

    def since(self, section: Section) -> str:
        """How many rows of the audit are not listed any more, in Chinese."""
        groups = (*section.groups, *section.reviews)
        listed = [*(item for group in groups for item in group.items), *section.warnings]
        gone = len(listed) - len(self.left(listed))
        return f"；此后已核实整改{gone}项，不再列出" if gone else ""

    def left(self, items: Sequence[ListedFinding]) -> list[ListedFinding]:
        """The items that nobody has found mended since the audit."""
        return [item for item in items if item.fingerprint not in self.memory.verified]

    def _by_page(self, items: Sequence[ListedFinding]) -> list[ListedFinding]:
        """What stands on one page stands together; pages of one column as well."""

        def place(item: ListedFinding) -> tuple[str, str, str]:
            page = _page(self.found[item.fingerprint])
            return (
                self.memory.places.get(page, Whereabouts()).place,
                page.ref,
                item.fingerprint,
            )

        return sorted(items, key=place)


def _fixlist(section: Section, report: Report, writer: _Writer, issuer: str) -> FixList:
    groups = writer.groups(section.groups)
    reviews = writer.groups(section.reviews)
    warnings = tuple(writer.row(item) for item in writer.left(section.warnings))
    rank = f"，第{section.card.rank}名" if section.card.rank is not None else ""
    standing = f"总分{figure(section.card.total)}分{rank}（{report.label}）"
    count = sum(len(group.rows) for group in groups)
    return FixList(
        unit=section.name,
        label=report.label,
        scheme=report.title,
        run=report.run.id,
        as_of=report.run.as_of,
        standing=standing,
        notice=_notice(section.name, report, writer.terms, issuer, (count, reviews, warnings)),
        groups=groups,
        reviews=reviews,
        warnings=warnings,
        scores=annex_rows(section, report),
        notes=(
            f"单位：{section.name}",
            f"检查：第{report.run.id}次，基准日{report.run.as_of}；考评方案：{report.title}；{standing}{writer.since(section)}",
            f"请在“整改情况”栏选择{'、'.join(ANSWERS)}，在“整改说明”栏写明做法，不要改动“问题编号”，连同本文件退回。",
        ),
    )


def _pictures(section: Section, report: Report) -> dict[str, Picture]:
    """The pictures for one list: of what has to be mended first."""
    groups = (*section.groups, *section.reviews)
    wanted = (item.fingerprint for group in groups for item in group.items)
    return chosen(report.pictures, wanted, LIST_BYTES)


def _notice(
    unit: str,
    report: Report,
    terms: Terms,
    issuer: str,
    counts: tuple[int, Sequence[FixGroup], Sequence[FixRow]],
) -> Notice:
    count, reviews, warnings = counts
    doubtful = sum(len(group.rows) for group in reviews)
    body = [
        (
            f"{spelt(report.run.as_of)}，对照《{report.title}》检查了政府网站和政务公开栏目，"
            f"发现由你单位负责的问题{count}项，现将整改清单发给你们。"
        )
    ]
    if count:
        body.append(
            f"请逐项整改，自{spelt(terms.start)}起{terms.days}个工作日内完成"
            f"（否决项{min(terms.days, terms.urgent)}个工作日内），并将填好“整改情况”的清单退回。"
            "我们将复查，复查仍未整改的，按清单所列分值计入考评。"
        )
    if doubtful:
        body.append(f"另有{doubtful}项机器不能断定，请核实后说明情况，核实前不扣分。")
    if warnings:
        body.append(f"有{len(warnings)}项工作即将到期，列在清单最后，请提前办理，到期前不扣分。")
    body.append("对清单有异议的，请在“整改情况”栏选择“有异议”并写明理由。")
    return Notice(
        "关于整改政务公开和政府网站有关问题的通知", unit, tuple(body), issuer, spelt(terms.start)
    )


def _deadline(finding: StoredFinding, terms: Terms) -> str:
    """Of a warning, the last day on which the duty can still be done in time."""
    if finding.last_day is not None:
        return finding.last_day.isoformat()
    return terms.deadline(finding.rule.severity)


def _page(finding: StoredFinding) -> Subject:
    """The page on which to look: that of the first evidence, else the subject itself."""
    first = next((one.url for one in finding.evidence if one.url), "")
    if first:
        return Subject(SubjectKind.PAGE, finding.site, url_key(first))
    return finding.subject


def _of_site(finding: StoredFinding) -> str:
    return "全站" if finding.subject.kind is SubjectKind.SITE else ""


def _answer(claim: Claim | None) -> str:
    if claim is None:
        return ""
    if claim.done:
        return DONE
    return next((one for one in ANSWERS if claim.text.startswith(one)), "")


def _said(claim: Claim | None, refuted: Refuted | None) -> str:
    if claim is None:
        return ""
    by = f"，{claim.by}" if claim.by else ""
    seen = f"称已整改，{refuted.day}{refuted.how}仍存在。" if refuted is not None else ""
    return shorten(f"{seen}{claim.text}（{claim.at:%Y-%m-%d}{by}）", 300)

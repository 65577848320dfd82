"""The bulletin (通报) as values: what a run under a scheme says to all units, ready for a template."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from findings.office.neutral import shorten
from findings.office.wording import figure, spelt
from findings.reports.annex import AnnexRow, annex_rows
from findings.reports.report import Report, Section
from findings.reports.rows import ListedFinding
from findings.schemes.scheme import IndicatorKind
from findings.scoring.judge import Line

TELLING = 3  # indicators told of each category
EXAMPLES = 2  # of each of these
LONG = 160


@dataclass(frozen=True, slots=True)
class Heading:
    """What the office says of its own document; "" leaves a line out.

    ``district`` stands in the title ("" = 全区); ``recipients`` are addressed; ``number`` is the 文号.
    """

    year: int
    day: date
    district: str = ""
    issuer: str = ""
    number: str = ""
    recipients: str = "各街道（管理区），区直各部门"

    @property
    def subject(self) -> str:
        """The matter, as titles of the bulletin and of its tables name it."""
        return "政务公开、政府网站和政务新媒体"

    @property
    def title(self) -> str:
        """The title without the issuer."""
        return "".join(self.lines)

    @property
    def lines(self) -> tuple[str, ...]:
        """The title broken where the words allow it, as titles of official documents are."""
        return (
            f"关于{self.year}年{self.district or '全区'}政务公开、政府网站",
            "和政务新媒体绩效考评情况的通报",
        )


@dataclass(frozen=True, slots=True)
class Example:
    """One telling fault: whose, what, where ("" = must not become a link)."""

    unit: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """One category: its heading, what was lost and by how many, the dearest indicators with examples."""

    heading: str
    summary: str
    points: tuple[str, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class RankTable:
    """One ranking table as published: heading cells, and rows of text."""

    title: str
    kind: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class UnitAnnex:
    """One unit's part of the annex; without rows nothing was deducted."""

    name: str
    standing: str
    rows: tuple[AnnexRow, ...]
    reviews: int


@dataclass(frozen=True, slots=True)
class Bulletin:
    """Everything that the bulletin's template may show; ``whose`` is what is ranked: 单位 or 网站."""

    heading: Heading
    label: str
    scheme: str
    overview: tuple[str, ...]
    problems: tuple[Shortcoming, ...]
    demands: tuple[tuple[str, str], ...]
    tables: tuple[RankTable, ...]
    annex: tuple[UnitAnnex, ...]
    notes: tuple[str, ...]
    whose: str = "单位"


def build_bulletin(report: Report, heading: Heading) -> Bulletin:
    """Put the bulletin together from a report; nothing in it that the report does not say."""
    ranked = [row for ranking in report.rankings for row, _ in ranking.rows]
    return Bulletin(
        heading=heading,
        label=report.label,
        scheme=report.title,
        overview=_overview(report, ranked),
        problems=_problems(report, ranked),
        demands=_demands(report, ranked),
        tables=rank_tables(report, heading),
        annex=tuple(_annex(section, report) for section in ranked),
        notes=_notes(report),
        whose=_whose(report),
    )


def _whose(report: Report) -> str:
    return "网站" if report.scheme.scores_sites else "单位"


def rank_tables(report: Report, heading: Heading) -> tuple[RankTable, ...]:
    """The ranking tables in the scheme's order, with its categories and their full points."""
    tables = []
    for ranking in report.rankings:
        head = (
            "排名",
            _whose(report),
            *(f"{name}({figure(full)}分)" for name, full in ranking.categories.items()),
            f"总分({figure(ranking.full)}分)",
        )
        rows = tuple(
            (
                str(section.card.rank),
                section.name,
                *("不适用" if score.waived else figure(score.got) for score in scores),
                figure(section.card.total),
            )
            for section, scores in ranking.rows
        )
        title = (
            f"{heading.year}年{heading.district or '全区'}{heading.subject}"
            f"年终考评成绩排名表（{_unnested(ranking.title)}）"
        )
        tables.append(RankTable(title, ranking.title, head, rows))
    return tuple(tables)


def _unnested(title: str) -> str:
    """A table's title that may stand in brackets: "各街道（管理区）" becomes "各街道、管理区"."""
    return title.replace("（", "、").replace("）", "")


def _overview(report: Report, ranked: Sequence[Section]) -> tuple[str, ...]:
    counts = report.counts
    kinds = "、".join(f"{ranking.title}{len(ranking.rows)}个" for ranking in report.rankings)
    sites = "、".join(name for name, _, _, _ in report.sites[:3])
    more = "等" if len(report.sites) > len(report.sites[:3]) else ""
    tell = f"另有{counts['review']}项机器不能断定，须人工核实，未核实前不扣分。"
    said = [
        f"本次以{spelt(report.run.as_of)}为基准日，检查了{sites}{more}{len(report.sites)}个网站，考评{kinds}。",
        (
            f"共发现待整改问题{counts['open']}项，其中新增{counts['new']}项、复发{counts['back']}项；"
            f"上次以来已整改{counts['fixed']}项。{tell if counts['review'] else ''}"
        ),
    ]
    for ranking in report.rankings:
        totals = [section.card.total for section, _ in ranking.rows]
        first, last = ranking.rows[0][0], ranking.rows[-1][0]
        if len(totals) > 1:
            said.append(
                f"{ranking.title}平均得分{figure(sum(totals) / len(totals))}分，"
                f"最高{figure(first.card.total)}分（{first.name}），最低{figure(last.card.total)}分（{last.name}）。"
            )
    whose = _whose(report)
    clean = [section.name for section in ranked if not section.lines]
    if clean:
        said.append(f"没有失分的{whose}{len(clean)}个：{'、'.join(clean)}。")
    struck = [section.name for section in ranked if section.card.vetoes]
    if struck:
        said.append(f"有单项否决情形的{whose}{len(struck)}个：{'、'.join(struck)}。")
    return tuple(said)


def _lost(ranked: Sequence[Section]) -> dict[str, list[tuple[Section, Line]]]:
    """Deductions by category, dearest category first."""
    by: dict[str, list[tuple[Section, Line]]] = defaultdict(list)
    for section in ranked:
        for line in section.lines:
            if line.kind is not IndicatorKind.BONUS:
                by[line.category].append((section, line))
    return dict(sorted(by.items(), key=lambda item: -sum(line.points for _, line in item[1])))


def _problems(report: Report, ranked: Sequence[Section]) -> tuple[Shortcoming, ...]:
    lost = _lost(ranked)
    whole = sum(line.points for lines in lost.values() for _, line in lines)
    items = _items(report)
    problems = []
    for category, lines in lost.items():
        cost = sum(line.points for _, line in lines)
        share = f"，占全部失分的{cost / whole:.0%}" if whole and cost else ""
        units = dict.fromkeys(section.name for section, _ in lines)
        dearest = _by_indicator(lines)[:TELLING]
        problems.append(
            Shortcoming(
                heading=f"{category}方面",
                summary=f"{len(units)}个{_whose(report)}共扣{figure(cost)}分{share}。",
                points=tuple(_told(group, _whose(report)) for group in dearest),
                examples=tuple(
                    example for group in dearest for example in _examples(group, items)[:EXAMPLES]
                ),
            )
        )
    return tuple(problems)


def _by_indicator(lines: Sequence[tuple[Section, Line]]) -> list[list[tuple[Section, Line]]]:
    groups: dict[str, list[tuple[Section, Line]]] = defaultdict(list)
    for section, line in lines:
        groups[line.indicator].append((section, line))
    return sorted(
        groups.values(),
        key=lambda group: (-sum(line.points for _, line in group), group[0][1].indicator),
    )


def _told(group: Sequence[tuple[Section, Line]], whose: str) -> str:
    units = list(dict.fromkeys(section.name for section, _ in group))
    count = sum(len(line.findings) for _, line in group)
    cost = sum(line.points for _, line in group)
    named = "、".join(units[:4]) + (f"等{len(units)}个{whose}" if len(units) > 4 else "")  # noqa: PLR2004 - a line holds four
    priced = "单项否决" if group[0][1].kind is IndicatorKind.VETO else f"扣{figure(cost)}分"
    return f"{group[0][1].title}：{count}处，{priced}，涉及{named}。"


def _examples(
    group: Sequence[tuple[Section, Line]], items: dict[str, ListedFinding]
) -> list[Example]:
    """The dearest faults first, at most one of a unit: they should tell something of several."""
    found = sorted(
        (
            (-line.each.get(name, 0), section.name, items[name])
            for section, line in group
            for name in line.findings
            if name in items
        ),
        key=lambda entry: (entry[0], entry[1], entry[2].fingerprint),
    )
    told: dict[str, Example] = {}
    for _, unit, item in found:
        told.setdefault(unit, Example(unit, shorten(item.message, LONG), item.href))
    return list(told.values())


def _items(report: Report) -> dict[str, ListedFinding]:
    return {
        item.fingerprint: item
        for section in report.sections
        for group in (*section.groups, *section.reviews)
        for item in group.items
    }


def _demands(report: Report, ranked: Sequence[Section]) -> tuple[tuple[str, str], ...]:
    """For each category the remedies of what cost most in it; no remedy twice."""
    remedies = {finding.fingerprint: finding.rule.remedy for finding in report.findings}
    said: set[str] = set()
    demands = []
    for category, lines in _lost(ranked).items():
        own: list[str] = []
        for group in _by_indicator(lines)[:TELLING]:
            texts = dict.fromkeys(
                remedies[name] for _, line in group for name in line.findings if name in remedies
            )
            own += [text for text in list(texts)[:1] if text and text not in said]
            said.update(own)
        if own:
            demands.append((f"抓紧整改{category}方面的问题", "".join(own)))
    return tuple(demands)


def _annex(section: Section, report: Report) -> UnitAnnex:
    rank = f"第{section.card.rank}名" if section.card.rank is not None else "不参加排名"
    return UnitAnnex(
        name=section.name,
        standing=f"总分{figure(section.card.total)}分，{rank}",
        rows=annex_rows(section, report),
        reviews=section.counts["review"],
    )


def _notes(report: Report) -> tuple[str, ...]:
    """What a reader must know to take the figures for what they are."""
    notes = [f"本通报由程序按《{report.title}》生成，性质为{report.label}，以正式考评结果为准。"]
    if any(indicator.editable for indicator in report.scheme.indicators):
        notes.append("各类别满分出自考评文件；类别之下的指标分值文件未公布，为可调整的默认值。")
    partial = dict.fromkeys(line.site for line in report.coverage if line.state != "complete")
    if partial:
        notes.append(f"下列网站没有看完整，可能有问题未发现：{'、'.join(partial)}。")
    if report.unmeasured:
        notes.append(f"没有规则检查、按满分计的类别：{'、'.join(report.unmeasured)}。")
    notes.append("从网站外部看不到、本次没有检查的：" + "；".join(report.beyond) + "。")
    return tuple(notes)

"""年度报告照抄上一年度或其他单位。

为什么：把去年的报告换个年份、把别的单位的报告换个名称再发一遍，等于没有报告当年的工作。
看什么：最近一份年度报告自己写的文字（固定标题、表格和格式规定的套话除外，数字和单位名称不计），切成8个字以上的分句，与本单位上一年度的报告、与其他单位同一年度的报告比较，有most%以上相同的报一条。
不报：自己写的分句少于fewest个的；只有套话、表格相同的；正文没有读到的；同一份报告发布在几处的。
整改：如实总结当年的公开工作，重新编写总体情况、存在问题和改进措施。
依据：鲤城区2020年政府信息公开考核规定年度报告雷同扣5分（外地规定，供参照）；国办公开办函〔2021〕30号要求如实报告；比例和句数是本工具的默认值。

要求编号R38。两个单位雷同的只报后公布的一份，依据里列出两份的地址。可调整：most（相同分句的百分比，默认80）、fewest（少于多少个分句不判断，默认12）。
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from plugins import Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl, known
from plugins.facts.holdings.report_filings import Dossier, Filing, Filings


@dataclass(frozen=True)
class Options:
    """Share (per cent) of equal clauses, and clauses below which nothing is said."""

    most: int = 80
    fewest: int = 12


RULE = Rule(
    __doc__,
    code="DSC305",
    severity=Severity.MINOR,
    deduct=1,
    options=Options(),
    requirements=("R38",),
    confidence=Confidence.MEDIUM,
)


@dataclass(frozen=True)
class _Text:
    """The place where most of a report's own words were read."""

    dossier: Dossier
    filing: Filing
    clauses: frozenset[int]

    @property
    def who(self) -> tuple[str, bool]:
        return self.dossier.owner, self.dossier.government

    @property
    def order(self) -> tuple[date, str]:
        """Later ones copy earlier ones; of one day, the one with the greater key."""
        return self.dossier.day or date.max, self.filing.key


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """Compare the newest report of every owner with that before it, and with others of its year."""
    texts = [text for one in known(Filings, site).dossiers if (text := _text(one))]
    for dossier in known(Filings, site).latest(site.today):
        mine = next((one for one in texts if one.dossier is dossier), None)
        if mine is None or len(mine.clauses) < options.fewest:
            continue
        others = (one for one in texts if _comparable(mine, one))
        found = _most_alike(mine, others)
        if found is None:
            continue
        other, shared = found
        if shared * 100 < options.most * len(mine.clauses):
            continue
        own = other.who == mine.who
        who = dossier.whose(site)
        whose = "本单位" if own else other.dossier.whose(site)
        percent = shared * 100 // len(mine.clauses)
        yield Finding(
            f"{who}{dossier.name}除固定标题、表格和套话外共{len(mine.clauses)}个分句，其中{shared}个（{percent}%）"
            f"与{whose}{other.dossier.name}相同（数字不计），像是照抄。",
            of=mine.filing.subject(site.host),
            where=(mine.filing.evidence, Evidence(other.filing.url, other.filing.title)),
            unit=dossier.owner,
        )


def _text(dossier: Dossier) -> _Text | None:
    read = [one for one in dossier.read if one.report is not None]
    best = max(read, key=lambda one: len(one.report.clauses) if one.report else 0, default=None)
    if best is None or best.report is None:
        return None
    return _Text(dossier, best, frozenset(best.report.clauses))


def _comparable(mine: _Text, other: _Text) -> bool:
    if other.who == mine.who:
        return other.dossier.year == mine.dossier.year - 1
    return other.dossier.year == mine.dossier.year and other.order < mine.order


def _most_alike(mine: _Text, others: Iterable[_Text]) -> tuple[_Text, int] | None:
    """The other report that shares most clauses, and how many; the last year's wins a draw."""
    scored = [(len(mine.clauses & one.clauses), one.who == mine.who, one) for one in others]
    best = max(scored, key=lambda item: (item[0], item[1], item[2].filing.key), default=None)
    return (best[2], best[0]) if best is not None else None

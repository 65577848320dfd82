"""Budgets and final accounts of units among the things that a site holds, by kind and year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from plugins.facts.holdings import limits
from plugins.facts.holdings.holding import COLUMN, Holding, years_of
from plugins.facts.holdings.holdings import Holdings


class Account(StrEnum):
    """What is published each year."""

    BUDGET = "预算"
    FINAL = "决算"


WORD = re.compile(r"预算|决算")
# 预决算 is both.
FORMS = {
    Account.BUDGET: re.compile(r"预算|预\(?决\)?算|预、决算"),
    Account.FINAL: re.compile(r"决算"),
}
# About budgets, but none. 2026年部门预算编制说明, and a budget 及绩效目标, are budgets.
OTHER = re.compile(
    r"(?<![及和与、暨])绩效|编制(?!说明|情况)|决议|审查结果|评审|培训|会议|召开|座谈|审计|批复|管理办法|管理规定|暂行办法|实施细则|预案|解读|问答|调整|指标文件|工程|结算审核|招标|采购|专题讲座|检查|考核"
)
RUN = re.compile(r"执行情况|执行的?报告")
DRAFT = re.compile(r"草案")
# One publication for all units.
COLLECTIVE = re.compile(
    r"(?:各|区直|县直|市直|区级|县级|市级|全区|全县|全市|本级)(?:各)?(?:部门|单位|预算单位)[^,。]{0,12}(?:预算|决算)|(?:预算|决算)[^,。]{0,8}(?:汇总|合集|汇编)"
)
# Names a body whose account it may be: not the budget of the government as a whole.
BODY = re.compile(
    r"部门|单位|[局委办院校馆站队所处镇乡][^,。]{0,20}(?:预算|决算)|中心|街道|协会|联合会"
)


@dataclass(frozen=True, slots=True)
class Publication:
    """A thing that is, or may be, a budget or final account.

    ``kinds`` as its title says, else as the column in which it stands says; ``certain`` = False where
    only a column of both kinds speaks for it. ``years`` as title or place name them, else as its
    day lets one conclude; empty = it tells none.
    """

    thing: Holding
    kinds: frozenset[Account]
    years: frozenset[tuple[Account, int]]
    certain: bool = True

    @property
    def nameless(self) -> bool:
        """Whether it is some body's, and names no registered unit."""
        return not self.thing.named and BODY.search(self.thing.title) is not None

    def is_of(self, kind: Account, year: int) -> bool:
        """Whether it may be of this kind and year."""
        return (kind, year) in self.years


def publications(held: Holdings) -> Iterator[Publication]:
    """Everything that the titles or columns of a site call a budget or a final account."""
    for one in held.all:
        if one.kind == COLUMN:
            continue
        title = " ".join((one.title, *one.names))
        place = one.place
        if not (WORD.search(title) or WORD.search(place)) or _is_other(title):
            continue
        said = _kinds(title)
        there = _kinds(one.column_name) or _kinds(place)
        kinds = said or there
        yield Publication(one, kinds, _years(one, kinds, place), bool(said) or len(there) == 1)


def _is_other(title: str) -> bool:
    if RUN.search(title) and not DRAFT.search(title):
        return True
    return bool(OTHER.search(title))


def _kinds(text: str) -> frozenset[Account]:
    return frozenset(kind for kind, form in FORMS.items() if form.search(text))


def _years(one: Holding, kinds: frozenset[Account], place: str) -> frozenset[tuple[Account, int]]:
    named = one.years or years_of(place)
    if named:
        return frozenset((kind, year) for kind in kinds for year in named)
    if one.published is None:
        return frozenset()
    year, month = one.published.year, one.published.month
    found = {(Account.FINAL, year - 1), (Account.BUDGET, year)}
    if month >= limits.NEXT_BUDGET_MONTH:
        found.add((Account.BUDGET, year + 1))
    return frozenset(pair for pair in found if pair[0] in kinds)

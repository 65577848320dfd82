"""What an import would change in the inventory, in words, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from crawler.inventory.model import Inventory, RegisteredColumn, RegisteredSite
from plugins import Unit
from plugins.addresses.urls import url_key

KIND_WORDS = {"department": "区直部门", "street": "街道"}
FIELD_WORDS = {"many": "多", "few": "少", "": ""}
NOTHING = "（空）"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RegisterChange:
    """One difference: ``what`` 新增, 删除 or 修改; ``details`` field by field, old → new."""

    what: str
    noun: str
    name: str
    details: tuple[str, ...] = ()

    def __str__(self) -> str:
        details = f"：{'；'.join(self.details)}" if self.details else ""
        return f"{self.what}{self.noun} {self.name}{details}"


@dataclass(frozen=True)
class RegisterChanges:
    """All differences between two inventories, and whether only the order is another."""

    units: tuple[RegisterChange, ...] = ()
    sites: tuple[RegisterChange, ...] = ()
    columns: tuple[RegisterChange, ...] = ()
    reordered: bool = False

    @property
    def all(self) -> tuple[RegisterChange, ...]:
        """Units first, as columns rest on them."""
        return (*self.units, *self.sites, *self.columns)

    @property
    def summary(self) -> str:
        """How many of each, in one line."""
        parts = [
            f"{noun}{'、'.join(counted)}"
            for noun, found in (("单位", self.units), ("网站", self.sites), ("栏目", self.columns))
            if (counted := list(_counted(found)))
        ]
        if self.reordered:
            parts.append("先后次序有调整")
        return "；".join(parts) or "没有变化"


def compare(old: Inventory, new: Inventory) -> RegisterChanges:
    """What became of units, sites and columns; columns are known by their addresses."""
    return RegisterChanges(
        units=tuple(_compared("单位", old.units, new.units, lambda one: one.name, _unit_fields)),
        sites=tuple(_compared("网站", old.sites, new.sites, lambda one: one.host, _site_fields)),
        columns=tuple(
            _compared("栏目", old.columns, new.columns, lambda one: url_key(one.url), column_fields)
        ),
        reordered=_reordered(old, new),
    )


def _counted(changes: Sequence[RegisterChange]) -> Iterator[str]:
    for what in ("新增", "修改", "删除"):
        number = sum(change.what == what for change in changes)
        if number:
            yield f"{what}{number}个"


def _compared(
    noun: str,
    old: Sequence[T],
    new: Sequence[T],
    key: Callable[[T], Hashable],
    fields: Callable[[T], dict[str, str]],
) -> Iterator[RegisterChange]:
    before = {key(one): one for one in old}
    after = {key(one): one for one in new}
    for name, one in after.items():
        was, now = fields(before[name]) if name in before else {}, fields(one)
        label = next(iter(now.values()))
        if not was:
            details = [f"{word}{text}" for word, text in list(now.items())[1:] if text]
            yield RegisterChange("新增", noun, label, tuple(details))
            continue
        names = dict.fromkeys((*was, *now))
        details = [
            f"{word} {was.get(word) or NOTHING} → {now.get(word) or NOTHING}"
            for word in names
            if was.get(word, "") != now.get(word, "")
        ]
        if details:
            yield RegisterChange("修改", noun, next(iter(was.values())), tuple(details))
    for name, one in before.items():
        if name not in after:
            texts = list(fields(one).values())
            yield RegisterChange("删除", noun, texts[0], tuple(text for text in texts[1:2] if text))


def _unit_fields(unit: Unit) -> dict[str, str]:
    return {
        "名称": unit.name,
        "类别": KIND_WORDS[unit.kind],
        "承担公开领域": FIELD_WORDS[unit.fields],
        "别名": "、".join(unit.aliases),
    }


def _site_fields(site: RegisteredSite) -> dict[str, str]:
    return {
        "域名": site.host,
        "网站名称": site.name,
        "首页网址": " ".join(site.start),
        "每秒请求数": "" if site.rate is None else f"{site.rate:g}",
        "责任单位": site.unit,
        "其他域名": "、".join(site.hosts),
        "robots规则": "遵守" if site.keeps_robots else "不遵守",
        "不遵守理由": site.robots_reason,
    }


def column_fields(column: RegisteredColumn) -> dict[str, str]:
    """A column as words, by the headings of the office's table."""
    return {
        "栏目名称": column.name,
        "网址": column.url,
        "责任单位": column.unit,
        "栏目类型": column.type,
        "更新要求": column.duty.text if column.duty else "",
        "豁免原因": column.reason,
        "生效日期": column.valid_from.isoformat() if column.valid_from else "",
        **dict(column.extra),
    }


def _reordered(old: Inventory, new: Inventory) -> bool:
    """Whether what is in both stands in another order."""
    for before, after in (
        (_keys(old.columns), _keys(new.columns)),
        ([one.name for one in old.units], [one.name for one in new.units]),
        ([one.host for one in old.sites], [one.host for one in new.sites]),
    ):
        both = set(before) & set(after)
        if [one for one in before if one in both] != [one for one in after if one in both]:
            return True
    return False


def _keys(columns: Iterable[RegisteredColumn]) -> list[str]:
    return [url_key(column.url) for column in columns]

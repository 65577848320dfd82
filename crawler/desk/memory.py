"""The memory opened for a question, and the run and units that the question is about."""

from __future__ import annotations

from difflib import get_close_matches

from crawler.plan.where import database_url
from findings.records.records import RunKind, RunRecord
from findings.store.store import Store
from plugins import Unit
from plugins.errors import ConfigurationError, Problem, StoreError


def reading_store(option: str = "") -> Store:
    """The store for commands that only read: a missing database is refused, never made.

    Raises:
        StoreError: in Chinese, as one line.
    """
    return Store.open(database_url(option), create=False)


def chosen_run(store: Store, number: int | None) -> RunRecord:
    """The run that a command was asked about, by default the newest finished one.

    Raises:
        StoreError: when there is none.
    """
    run = store.latest() if number is None else store.run(number)
    if run is not None and run.kind is RunKind.RECHECK:
        raise StoreError(f"第{run.id}次是复查，只看了部分问题，没有评分和报告：请改用一次检查。")
    if run is None:
        raise StoreError("数据库中还没有完成的检查：请先运行 gongkai audit。")
    return run


def named_unit(run: RunRecord, name: str) -> Unit:
    """The unit of that name or alias.

    Raises:
        ConfigurationError: the register of that run has none.
    """
    units = {word: unit for unit in run.units for word in (unit.name, *unit.aliases)}
    if name in units:
        return units[name]
    near = get_close_matches(name, units, n=1)
    hint = f"，是否应为“{near[0]}”" if near else ""
    known = "、".join(unit.name for unit in run.units) or "无"
    raise ConfigurationError([Problem("--unit", f"台账中没有单位“{name}”{hint}：有{known}。")])

"""What is counted by unit and period: who is counted, and how days are spread over a period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from crawler.demo.ground import Ground, Registered
from crawler.demo.rows import Row, RowColumn
from plugins.facts.language.periods import Window
from plugins.facts.language.workdays import is_workday
from tests.district.papers.portal import (
    HOST,
    OFFICE,
)

BUSY = (OFFICE, "区财政局", "区教育局", "区民政局", "区卫生健康局")
CALM = ("区统计局", "湖滨街道办事处", "柳荫街道办事处")
MATTERS = {
    OFFICE: ("政务公开", "公文查询", "政府信箱", "办事指南", "便民热线"),
    "区财政局": ("会计资格", "财政补贴", "非税缴费", "采购登记", "票据领用"),
    "区教育局": ("转学手续", "学籍证明", "助学补助", "课后托管", "教师资格"),
    "区民政局": ("婚姻登记", "高龄津贴", "社团登记", "临时救助", "地名证明"),
    "区卫生健康局": ("预防接种", "生育登记", "健康证", "献血补偿", "医师注册"),
    "区统计局": ("统计登记", "数据查询"),
    "湖滨街道办事处": ("居住证明", "社保代办"),
    "柳荫街道办事处": ("灵活就业登记", "廉租房初审"),
}
ASKS = ("{}在哪里办理？", "{}需要哪些材料？", "{}可以网上办吗？", "{}多久能办好？")
FEBRUARY = 2


def more(ground: Ground, column: RowColumn, *rows: Row) -> None:
    """Rows for a list that another module publishes."""
    ground.more.setdefault((HOST, column.path), []).extend(rows)


def spread(window: Window, count: int) -> Iterator[date]:
    """So many days of a window, evenly."""
    step = ((window.close - window.open).days - 1) // count
    return (window.open + timedelta(days=1 + turn * step) for turn in range(count))


def workdays_later(day: date, count: int) -> date:
    """The day on which so many working days have gone by."""
    while count:
        day += timedelta(days=1)
        count -= is_workday(day) is not False
    return day


def register(ground: Ground, column: RowColumn, unit: str, duty: str) -> None:
    ground.register(Registered(column.name, f"http://{HOST}{column.path}", unit, column.type, duty))

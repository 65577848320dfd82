"""What is charged and what is inspected: lists by year; one is old, one names nobody who was drawn."""

from __future__ import annotations

from datetime import date

from crawler.demo.ground import Ground
from crawler.demo.rows import RowColumn
from tests.district.papers.accounts import FINANCE, HEALTH, SCHOOLS, build_accounts
from tests.district.papers.shelves import KIND, Shelf

CHARGES = RowColumn("收费公示", "/zwgk/sfgs/", KIND)
INSPECTIONS = RowColumn("双随机一公开", "/zwgk/ssj/", KIND)


def build_lists(ground: Ground) -> None:
    """Accounts, charges and inspections; the columns stand by themselves, below 政务公开."""
    build_accounts(ground)
    _charges(ground)
    _inspections(ground)


def _charges(ground: Ground) -> None:
    """Charges: an old list."""
    shelf = Shelf(ground, CHARGES, FINANCE)
    year = ground.today.year if not ground.planted("dsc405-old-list") else ground.today.year - 3
    day = min(date(year, 1, 8), ground.ago(1))
    text = "本清单列明收费项目、收费单位、收费标准和依据，清单以外的项目一律不得收取。"
    shelf.article(f"明湖区{year}年行政事业性收费目录清单", day, text)
    # What schools charge is another list.
    shelf.article(
        "中小学服务性收费公示清单",
        ground.ago(40),
        "校服、伙食和课后服务按自愿原则收取，标准由学校公示。",
    )
    shelf.close()


def _inspections(ground: Ground) -> None:
    """双随机 of two units and two years: one names whom it drew by a standing list, the other never."""
    shelf = Shelf(ground, INSPECTIONS)
    mended = not ground.planted("dsc411-no-subjects")
    for year in (ground.today.year - 2, ground.today.year - 1):
        for unit, day in ((SCHOOLS, 5), (HEALTH, 9)):
            title = f"{unit}{year}年双随机抽查"
            shelf.article(
                f"{title}计划",
                date(year, 3, day),
                f"{year}年{unit}安排抽查两批，比例按风险等级确定。",
                unit=unit,
            )
            shelf.article(
                f"{title}结果",
                date(year, 11, day + 9),
                f"{year}年{unit}抽查对象均已检查，问题已责令改正。",
                unit=unit,
            )
            if unit == HEALTH and mended:
                text = f"{year}年{unit}从名录库中抽出检查对象若干，名单附后。"
                shelf.article(f"{title}对象名单", date(year, 6, day), text, unit=unit)
    listed = date(ground.today.year - 3, 5, 6)
    shelf.article(
        f"{SCHOOLS}随机抽查事项清单",
        listed,
        f"{SCHOOLS}的抽查事项、依据、主体和方式见清单，长期有效。",
        unit=SCHOOLS,
    )
    shelf.close()

"""Budgets and final accounts of every unit; one is not there, one shows no figures."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from crawler.demo.ground import NOTHING, Ground
from crawler.demo.publishing import attachment
from crawler.demo.rows import RowColumn
from tests.district.papers.portal import OFFICE
from tests.district.papers.shelves import KIND, Shelf

ACCOUNTS = RowColumn("财政预决算", "/zwgk/czyjs/", KIND)
FINANCE, SCHOOLS, CIVIL, HEALTH = "区财政局", "区教育局", "区民政局", "区卫生健康局"
FIGURES, LAKESIDE, WILLOW = "区统计局", "湖滨街道办事处", "柳荫街道办事处"
UNITS = (OFFICE, FINANCE, SCHOOLS, CIVIL, HEALTH, FIGURES, LAKESIDE, WILLOW)
# After these days the budget of the year, and the final account of the year before, are due.
BUDGET_DUE, FINAL_DUE = (5, 31), (10, 31)


def last_due(today: date, month: int, day: int) -> int:
    """The last year on whose ``month``/``day`` something was due before today."""
    return today.year if date(today.year, month, day) < today else today.year - 1


def build_accounts(ground: Ground) -> None:
    """Budgets and final accounts of every unit; one is not there, one shows no figures."""
    shelf = Shelf(ground, ACCOUNTS)
    budget_due, final_due = last_due(ground.today, *BUDGET_DUE), last_due(ground.today, *FINAL_DUE)
    lacking = ground.planted("dsc401-no-final")
    bare = ground.planted("dsc402-no-table")
    for year in range(ground.today.year - 2, ground.today.year + 1):
        for place, unit in enumerate(UNITS):
            short = unit.removeprefix("明湖区人民政府")
            day = date(year, 2, 10 + place)
            words = _words(unit, year, "预算", place)
            if unit == FIGURES:
                # A near miss: nothing but a document, in the row itself.
                shelf.document(
                    f"{unit}{year}年部门预算.pdf", day, f"ys_{year - ground.today.year + 9}.pdf"
                )
            else:
                last = unit == CIVIL and year == budget_due
                table = NOTHING if last and bare else _table(place, year)
                slug = "ys_zx" if last else ""
                shelf.article(f"{short}{year}年部门预算", day, *words, table, unit=unit, slug=slug)
            if unit == HEALTH and year == final_due and lacking:
                continue
            told = date(year, 9, 8 + place)
            if told > ground.today:
                continue
            file = f"{ACCOUNTS.path}files/js_{place}{year - ground.today.year + 9}.pdf"
            ground.media([shelf.frame.url(file)])
            shelf.article(
                f"{short}{year - 1}年度部门决算",
                told,
                *_words(unit, year - 1, "决算", place),
                attachment(file, f"{unit}{year - 1}年度部门决算公开表.pdf"),
                unit=unit,
            )
    # A near miss: the words without figures say that they are only words.
    shelf.article(
        f"{CIVIL}{budget_due}年部门预算公开情况说明",
        date(budget_due, 2, 26),
        f"{CIVIL}{budget_due}年部门预算的编制依据、绩效目标和名词解释见本说明，收支数字另见公开表。",
        "本说明所称机关运行经费，是指为保障单位运行用于购买货物和服务的各项资金。",
        unit=CIVIL,
    )
    shelf.close()


def _words(unit: str, year: int, what: str, place: int) -> tuple[str, str]:
    return (
        f"现将{unit}{year}年部门{what}予以公开，范围包括机关本级和所属{2 + place}家单位。",
        f"{year}年{what}收支平衡，人员经费占比约百分之{51 + place}，公用经费从严控制，三公经费只减不增。",
    )


def _table(place: int, year: int) -> Markup:
    rows = (("收入总计", 810), ("财政拨款", 760), ("支出总计", 810), ("基本支出", 530))
    cells = (
        Markup("<tr><td>{}</td><td>{}.{}</td></tr>").format(name, amount + 37 * place, year % 100)
        for name, amount in rows
    )
    return Markup("<table><tr><th>项目</th><th>金额（万元）</th></tr>{}</table>").format(
        Markup("").join(cells)
    )

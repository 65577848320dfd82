"""Plans, decisions, monthly figures and responses: what a year must bring."""

from __future__ import annotations

from datetime import date, timedelta

from markupsafe import Markup

from crawler.demo.ground import NOTHING, Ground
from crawler.demo.publishing import (
    PublishedArticle,
    anchor,
    paragraphs,
    publish_article,
    publish_list,
)
from plugins.facts.language.periods import Period, ended
from tests.district.papers.counting import (
    FEBRUARY,
    last_year,
    more,
    register,
)
from tests.district.papers.dialogue import (
    HOT,
    RESPONSES,
)
from tests.district.papers.portal import (
    DECISIONS,
    INTERPRETATIONS,
    OFFICE,
    READINGS,
    SCHEMES,
    section,
)

# -- 规划、决策、数据、回应 --------------------------------------------------------------------------


def build_plans(ground: Ground) -> None:
    """专项规划: one that nobody interprets, one that somebody does."""
    frame = section("政务公开", "/zwgk/", SCHEMES)
    rows = []
    for number, name in enumerate(("明湖区慢行系统专项规划", "明湖区湿地保护专项规划")):
        day = ground.ago(130 + number * 20)
        related = NOTHING
        here, there = f"{INTERPRETATIONS.path}gh_{number}.html", f"{SCHEMES.path}gh_{number}.html"
        if number == 0 or not ground.planted("pol206-plan"):
            related = Markup(
                '<div class="xgwz"><h2>相关解读</h2><ul><li>{}</li></ul></div>'
            ).format(anchor(here, f"《{name}》解读"))
            reading = PublishedArticle(
                here,
                f"《{name}》解读",
                day,
                paragraphs(
                    "一、编制背景。现状设施不成体系，居民期待更好的出行和休闲环境。",
                    "二、主要内容。规划提出布局、项目和时序，分近期和远期实施。",
                    Markup("规划全文：{}").format(anchor(there, name)),
                ),
                source=OFFICE,
            )
            publish_article(ground, frame, INTERPRETATIONS, reading)
            more(ground, INTERPRETATIONS, reading.row())
        plan = PublishedArticle(
            there,
            name,
            day,
            paragraphs(
                f"{name}共五章，包括现状分析、目标定位、空间布局、重点项目和保障措施。",
                "近期建设三处示范段，远期形成覆盖全区的网络。",
            ),
            source=OFFICE,
            related=related,
        )
        publish_article(ground, frame, SCHEMES, plan)
        rows.append(plan.row())
    publish_list(ground, frame, SCHEMES, rows)
    register(ground, SCHEMES, OFFICE, "不定期")


def build_decisions(ground: Ground) -> None:
    """重大决策: last but one year's list only, and no list of what the public takes part in."""
    frame = section("政务公开", "/zwgk/", DECISIONS)
    year = ground.today.year - 2
    titles = [(f"明湖区人民政府{year}年度重大行政决策事项目录", date(year, 3, 20))]
    if not ground.planted("dlg207-no-list"):
        titles += [
            (f"明湖区人民政府{one}年度重大行政决策事项目录", date(one, 1, 4))
            for one in (ground.today.year - 1, ground.today.year)
            if date(one, 1, 4) <= ground.today
        ]
    if not ground.planted("dlg208-no-list"):
        titles.append(("明湖区公众参与事项清单", last_year(ground, 4, 9)))
    rows = []
    for number, (title, day) in enumerate(titles):
        article = PublishedArticle(
            f"{DECISIONS.path}ml_{number}.html",
            title,
            day,
            paragraphs(
                f"《{title}》经区政府常务会议审议通过，现予公布，由各承办单位按时限组织实施。"
            ),
            source=OFFICE,
        )
        publish_article(ground, frame, DECISIONS, article)
        rows.append(article.row())
    publish_list(ground, frame, DECISIONS, rows)
    register(ground, DECISIONS, OFFICE, "不定期")


def build_monthly(ground: Ground) -> None:
    """数据解读 of 区统计局: every month but February and one that is left out."""
    frame = section("数据发布", "/sj/", READINGS)
    ground.media([frame.url("/images/tujie.png")])
    months = [one for one in ended(Period.MONTH, ground.today) if one.open.month != FEBRUARY]
    hole = months[-1].open if ground.planted("pol205-month") else None
    rows = []
    day = ground.today.replace(day=18)
    for number in range(15):
        if day <= ground.today and day.month != FEBRUARY and day.replace(day=1) != hole:
            article = PublishedArticle(
                f"{READINGS.path}jd_{number}.html",
                f"图解数据：第{15 - number}期全区经济运行情况",
                day,
                paragraphs(
                    f"本期解读选取工业、投资、消费三项指标，第{15 - number}期走势平稳。",
                    "主要内容见下图，数据依据月度快报整理。",
                )
                + Markup('<p><img src="/images/tujie.png" alt="三项指标走势"></p>'),
                source="区统计局",
            )
            publish_article(ground, frame, READINGS, article)
            rows.append(article.row())
        day = (day.replace(day=1) - timedelta(days=1)).replace(day=18)
    publish_list(ground, frame, READINGS, rows)
    register(ground, READINGS, "区统计局", "不定期")


def build_responses(ground: Ground) -> None:
    """回应关切, silent for more than a year; 热点回应, alive."""
    for column, days in (
        (RESPONSES, 400 if ground.planted("dlg211-a-year") else 30),
        (HOT, 30),
    ):
        frame = section("互动交流", "/hdjl/", column)
        rows = []
        for number, what in enumerate(("供暖温度", "公交改线")):
            article = PublishedArticle(
                f"{column.path}hy_{number}.html",
                f"关于{what}有关情况的{column.name}",
                ground.ago(days + number * 60),
                paragraphs(f"针对居民反映的{what}问题，有关部门已现场核实，处理情况予以说明。"),
                source=OFFICE,
            )
            publish_article(ground, frame, column, article)
            rows.append(article.row())
        publish_list(ground, frame, column, rows)
        register(ground, column, OFFICE, "")

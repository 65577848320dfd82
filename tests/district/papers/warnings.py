"""What will breach soon in the demo district if nothing happens, and what only looks as if it would.

Some of it is there on any day. The rest waits for a season: a quarter or a year that ends, or a day
that can be hit (a time limit that ends on a holiday moves on, and none may end in the next days).
``seasons`` tells them, by the names that the truth's ``needs`` use.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from markupsafe import Markup

from crawler.demo.ground import Ground, Registered
from crawler.demo.publishing import (
    PublishedArticle,
    attachment,
    paragraphs,
    publish_article,
    publish_list,
)
from plugins.facts.census.consultations import month_after
from plugins.facts.columns.foresight import day_after, soon
from plugins.facts.language.periods import Period, Window, running, year_of
from plugins.facts.language.workdays import next_workday
from tests.district.papers.counting import BUSY, CALM, MATTERS, more, spread, workdays_later
from tests.district.papers.dialogue import CALLS, COMPLAINTS, QUESTIONS, cn
from tests.district.papers.policies import BESIDES, Pair, publish_pair
from tests.district.papers.portal import (
    CASES,
    DOCUMENTS,
    HOST,
    INTERPRETATIONS,
    LECTURES,
    OFFICE,
    RESEARCH,
    SUPERVISION,
    section,
)

GROUP = "普法宣传@30"
RHYTHM = 30
RESULTS_MONTH, RESULTS_DAY = 3, 31


def build_warnings(ground: Ground) -> None:
    """Everything that is due soon; must be built before the lists in which its rows stand."""
    _columns(ground)
    _call(ground)
    _letters(ground)
    _papers(ground)
    _answers(ground)
    _year(ground)


def seasons(today: date) -> frozenset[str]:
    """The names of the seasons that a day is in."""
    told = {
        "update-due": _stale_soon(today) is not None,
        "result-due": _closed(today) is not None,
        "quarter-end": soon(day_after(running(Period.QUARTER, today).close), today, 15),
        "year-end": soon(day_after(year_of(today).close), today, 60),
        "unit-reports-due": soon(day_after(date(today.year, 1, 31)), today, 15),
        "results-due": soon(day_after(date(today.year, RESULTS_MONTH, RESULTS_DAY)), today, 15),
    }
    return frozenset(name for name, true in told.items() if true)


def _so_that(today: date, due: Callable[[date], date], far: range, near: int) -> date | None:
    """The first of some days ago from which a time limit runs out within the next ``near`` days."""
    days = (today - timedelta(days=ago) for ago in far)
    return next((day for day in days if soon(due(day), today, near)), None)


def _limit(last: date) -> date:
    """The first day of a breach: after a time limit that rests on no holiday."""
    return day_after(next_workday(last) or last)


def _stale_soon(today: date) -> date | None:
    return _so_that(today, lambda day: _limit(day + timedelta(days=RHYTHM)), range(27, 40), 5)


def _closed(today: date) -> date | None:
    return _so_that(today, lambda day: _limit(month_after(day)), range(27, 42), 7)


# -- on any day --------------------------------------------------------------------------------------


def _columns(ground: Ground) -> None:
    """A column and a group that are due in days; a column in the middle of its time."""
    frame = section("政务公开", "/zwgk/", *BESIDES)
    stale = _stale_soon(ground.today) or ground.ago(12)
    alone = stale if ground.planted("warn-col201-days-left") else ground.ago(4)
    together = stale if ground.planted("warn-col202-days-left") else ground.ago(4)
    kept = (
        (SUPERVISION, alone, str(RHYTHM), ("民生实事进度", "重点项目进度", "议定事项落实")),
        (RESEARCH, ground.ago(15), str(RHYTHM), ("社区养老调研", "夜市经济调研")),
        (CASES, together, GROUP, ("物业合同纠纷", "网络购物纠纷")),
        (LECTURES, together - timedelta(days=6), GROUP, ("民法典讲座", "反诈骗讲座")),
    )
    for column, newest, duty, whats in kept:
        rows = []
        for number, what in enumerate(whats):
            article = PublishedArticle(
                f"{column.path}yj_{number}.html",
                f"{what}有关情况",
                newest - timedelta(days=17 * number),
                paragraphs(
                    f"{what}由区政府办公室牵头组织，{column.name}第{number + 1}期刊载主要内容。",
                    f"各有关单位对照{what}反映的问题逐项研究，明确责任人和完成时限。",
                ),
                source=OFFICE,
            )
            publish_article(ground, frame, column, article)
            rows.append(article.row())
        publish_list(ground, frame, column, rows)
        ground.register(Registered(column.name, f"http://{HOST}{column.path}", OFFICE, "", duty))


def _call(ground: Ground) -> None:
    """A call that closed nearly a month ago, without a result as yet."""
    closes = _closed(ground.today) or ground.ago(15)
    opens = closes - timedelta(days=33)
    name = "明湖区共享单车停放方案（征求意见稿）"
    frame = section("互动交流", "/hdjl/", CALLS)
    ground.media([f"http://{HOST}{CALLS.path}fj_y1.pdf"])
    texts = [
        f"现将《{name}》全文公布，向社会公开征求意见。",
        f"征求意见时间为{cn(opens)}至{cn(closes)}。",
        "公众可通过信函、电话（0000-8600100）提出，请注明姓名和联系方式。",
    ]
    if not ground.planted("warn-dlg103-days-left"):
        texts.append(
            "采纳情况：征求意见期间共收到建议9条，采纳7条，未采纳2条，理由是与规划不一致。"
        )
    body = paragraphs(*texts) + attachment(f"{CALLS.path}fj_y1.pdf", "草案及起草说明")
    article = PublishedArticle(
        f"{CALLS.path}yj_1.html", f"关于《{name}》公开征求意见的公告", opens, body, source=OFFICE
    )
    publish_article(ground, frame, CALLS, article)
    more(ground, CALLS, article.row(status="[已结束]"))


def _letters(ground: Ground) -> None:
    """A letter that nobody has answered for nearly three months, and one of its age that somebody has."""
    frame = section("互动交流", "/hdjl/", COMPLAINTS)

    def three_months(day: date) -> date:
        return day_after(month_after(month_after(month_after(day))))

    asked = _so_that(ground.today, three_months, range(83, 95), 8) or ground.ago(85)
    open_still = ground.planted("warn-dlg210-days-left")
    for number, (what, pending) in enumerate((("楼顶漏水", open_still), ("河道保洁", False))):
        state = "未答复" if pending else "已答复"
        lines = [
            f"来信时间：{asked.isoformat()}",
            "办理单位：区卫生健康局" if number else "办理单位：柳荫街道办事处",
            f"办理状态：{state}",
            f"来信内容：反映{what}问题，盼尽快处理。",
        ]
        if not pending:
            lines.append(f"答复时间：{workdays_later(asked, 3).isoformat()}")
            lines.append(f"答复内容：{what}问题已处理完毕，已当面告知来信人。")
        article = PublishedArticle(
            f"{COMPLAINTS.path}yj_{number}.html",
            f"关于{what}的投诉",
            asked,
            paragraphs(*lines),
            source="区信访局",
        )
        publish_article(ground, frame, COMPLAINTS, article)
        more(ground, COMPLAINTS, article.row(status=f"[{state}]"))


def _papers(ground: Ground) -> None:
    """A paper of a week ago without its interpretation, and one that is too young to be told of."""
    frame = section("政务公开", "/zwgk/", DOCUMENTS, INTERPRETATIONS)
    reading = "" if ground.planted("warn-pol103-days-left") else "《{name}》解读"
    for pair, age in (
        (Pair("明湖区公共雕塑管理办法", "公共雕塑", 71, title=reading), 7),
        (Pair("明湖区街头艺人演出管理办法", "街头艺人演出", 72, title=""), 2),
    ):
        paper, read = publish_pair(ground, frame, pair, ground.ago(age))
        more(ground, DOCUMENTS, paper)
        if read:
            more(ground, INTERPRETATIONS, read)


# -- in their season ---------------------------------------------------------------------------------


def _answers(ground: Ground) -> None:
    """The running quarter's answers, one short for one unit, once it is about to end."""
    short = ground.planted("warn-dlg201-one-short")
    if "quarter-end" not in seasons(ground.today):
        return
    quarter = Window(running(Period.QUARTER, ground.today).open, ground.today)
    frame = section("互动交流", "/hdjl/", QUESTIONS)
    for place, unit in enumerate((*BUSY, *CALM)):
        matters = list(MATTERS[unit])
        if unit == "区教育局" and short:
            matters.pop()
        days = spread(quarter, len(matters))
        for number, (matter, day) in enumerate(zip(matters, days, strict=True)):
            title = f"{matter}可以请人代办吗？"
            article = PublishedArticle(
                f"{QUESTIONS.path}yj_{place}{number}.html",
                title,
                day,
                paragraphs(
                    f"问：{title}",
                    f"答：{matter}可以委托他人代办，代办人带双方证件和委托书到{unit}窗口即可。",
                ),
                source=unit,
            )
            publish_article(ground, frame, QUESTIONS, article)
            more(ground, QUESTIONS, article.row())


def _year(ground: Ground) -> None:
    """The running year's interpretations and calls, one short each, once it is about to end."""
    short = ground.planted("warn-pol202-one-short")
    none = ground.planted("warn-dlg204-none")
    if "year-end" not in seasons(ground.today):
        return
    frame = section("政务公开", "/zwgk/", INTERPRETATIONS)
    year = ground.today.year
    for place, unit in enumerate((*BUSY, *CALM)):
        matters = MATTERS[unit][2:4] if unit in BUSY else MATTERS[unit][:1]
        if unit == "区财政局" and short:
            matters = matters[:1]
        for number, matter in enumerate(matters):
            article = PublishedArticle(
                f"{INTERPRETATIONS.path}yj_{place}{number}.html",
                f"图解：{matter}有哪些新变化",
                date(year, 4 + 3 * number, 7 + place),
                paragraphs(
                    f"一、为什么调整。{matter}涉及面广，{unit}今年听取了{20 + place}名群众代表的看法。",
                    f"二、调整了什么。{matter}取消两项证明材料，增加线上渠道，全程可查进度。",
                    f"三、怎样办理。自发布之日起，凡有{matter}需求的，可就近到社区窗口提交。",
                )
                + Markup('<p><img src="/images/tujie.png" alt="{}流程图解"></p>').format(matter),
                source=unit,
            )
            ground.media([frame.url("/images/tujie.png")])
            publish_article(ground, frame, INTERPRETATIONS, article)
            more(ground, INTERPRETATIONS, article.row())
    frame = section("互动交流", "/hdjl/", CALLS)
    for number, unit in enumerate(BUSY[1:]):
        if unit == "区教育局" and none:
            continue
        article = PublishedArticle(
            f"{CALLS.path}sm_y{number}.html",
            f"{unit}关于{year}年度未开展意见征集的情况说明",
            ground.ago(1 + number),
            paragraphs(f"{year}年{unit}没有需要向社会公开征求意见的事项，特此说明，欢迎监督。"),
            source=unit,
        )
        publish_article(ground, frame, CALLS, article)
        more(ground, CALLS, article.row(status=""))

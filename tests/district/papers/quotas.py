"""What is counted by unit and period: last year's interpretations and calls, the quarters' answers.

Everything hangs on the calendar, not on days before the audit: on any day the year that has ended and
the quarters and months that have ended are full, but for what is planted.
"""

from __future__ import annotations

from markupsafe import Markup

from crawler.demo.ground import Ground
from crawler.demo.publishing import PublishedArticle, paragraphs, publish_article, publish_list
from plugins.facts.language.periods import Period, ended
from tests.district.papers.counting import (
    ASKS,
    BUSY,
    CALM,
    MATTERS,
    last_year,
    more,
    register,
    spread,
    workdays_later,
)
from tests.district.papers.dialogue import (
    CALLS,
    COMMON,
    COMPLAINTS,
    LETTERS,
    QUESTIONS,
    cn,
)
from tests.district.papers.portal import (
    HOST,
    INTERPRETATIONS,
    OFFICE,
    section,
)
from tests.district.papers.readings import build_documents, build_interpretations
from tests.district.papers.yearly import (
    build_decisions,
    build_monthly,
    build_plans,
    build_responses,
)


def build_quotas(ground: Ground) -> None:
    """Everything that is counted; must be built before the lists in which its rows stand."""
    _answers(ground)
    build_interpretations(ground)
    build_documents(ground)
    _calls(ground)
    _letters(ground)
    build_plans(ground)
    build_decisions(ground)
    build_monthly(ground)
    build_responses(ground)


# -- 政策问答 ----------------------------------------------------------------------------------------


def _answers(ground: Ground) -> None:
    """Five a quarter of busy units, two of the others; 区民政局 is one short in the last quarter."""
    frame = section("互动交流", "/hdjl/", QUESTIONS)
    quarters = ended(Period.QUARTER, ground.today)
    for quarter in quarters:
        turn = (quarter.open.month - 1) // 3
        for place, unit in enumerate((*BUSY, *CALM)):
            matters = list(MATTERS[unit])
            if (
                unit == "区民政局"
                and quarter == quarters[-1]
                and ground.planted("dlg201-one-short")
            ):
                matters.pop()
            days = spread(quarter, len(matters))
            for number, (matter, day) in enumerate(zip(matters, days, strict=True)):
                title = ASKS[turn].format(matter)
                article = PublishedArticle(
                    f"{QUESTIONS.path}dw_{turn}{place}{number}.html",
                    title,
                    day,
                    paragraphs(
                        f"问：{title}",
                        f"答：{matter}由{unit}负责办理，请在工作时间到政务服务大厅{place + 1}号窗口"
                        f"咨询，受理编号以{matter}第{turn + 1}类事项为准。",
                    ),
                    source=unit,
                )
                publish_article(ground, frame, QUESTIONS, article)
                more(ground, QUESTIONS, article.row())
    # A library that stands still: no duty but 不定期, the newest entry most of a year old.
    frame = section("互动交流", "/hdjl/", COMMON)
    first = 300 if ground.planted("dlg202-still") else 20
    rows = []
    for number, what in enumerate(("停车泊位申请", "道路挖掘许可", "户外广告备案")):
        article = PublishedArticle(
            f"{COMMON.path}cj_{number}.html",
            f"{what}怎么申请？",
            ground.ago(first + 9 * number),
            paragraphs(f"问：{what}怎么申请？", f"答：{what}通过网上办事大厅申请，窗口同步受理。"),
            source=OFFICE,
        )
        publish_article(ground, frame, COMMON, article)
        rows.append(article.row())
    publish_list(ground, frame, COMMON, rows)
    register(ground, COMMON, OFFICE, "不定期")


# -- 调查征集 ----------------------------------------------------------------------------------------


def _calls(ground: Ground) -> None:
    """Last year's call of each busy unit; 区卫生健康局 made none, 区民政局 says that it had none."""
    frame = section("互动交流", "/hdjl/", CALLS)
    names = {
        OFFICE: "明湖区为民办实事项目管理方案",
        "区财政局": "明湖区惠民补贴发放方案",
        "区教育局": "明湖区课后服务提升方案",
    }
    if not ground.planted("dlg204-none"):
        names["区卫生健康局"] = "明湖区社区医养服务方案"
    opens, closes = last_year(ground, 5, 6), last_year(ground, 6, 12)
    for number, (unit, name) in enumerate(names.items()):
        url = f"{CALLS.path}fj_n{number}.pdf"
        ground.media([f"http://{HOST}{url}"])
        article = PublishedArticle(
            f"{CALLS.path}nd_{number}.html",
            f"关于《{name}（征求意见稿）》公开征求意见的公告",
            opens,
            paragraphs(
                f"现将《{name}（征求意见稿）》全文公布，向社会公开征求意见。",
                f"征求意见时间为{cn(opens)}至{cn(closes)}。",
                "公众可通过信函或电话（0000-8600100）提出，请注明姓名和联系方式。",
                Markup('附件：<a href="{}">{}</a>').format(url, "草案及起草说明"),
            ),
            source=unit,
        )
        publish_article(ground, frame, CALLS, article)
        more(ground, CALLS, article.row(status="[已结束]"))
        result = PublishedArticle(
            f"{CALLS.path}nf_{number}.html",
            f"《{name}（征求意见稿）》征求意见情况反馈",
            last_year(ground, 6, 26),
            paragraphs(*_told(ground, number, name)),
            source=unit,
        )
        publish_article(ground, frame, CALLS, result)
        more(ground, CALLS, result.row(status=""))
    if not ground.planted("pol209-no-draft"):
        read = PublishedArticle(
            f"{INTERPRETATIONS.path}ca_1.html",
            "《明湖区为民办实事项目管理方案（征求意见稿）》解读",
            opens,
            paragraphs(
                "一、起草背景。居民提出的实事项目逐年增多，需要统一的征集和评审办法。",
                "二、主要内容。明确项目来源、评审程序和公开要求，年底公布完成情况。",
            ),
            source=OFFICE,
        )
        publish_article(
            ground, section("政务公开", "/zwgk/", INTERPRETATIONS), INTERPRETATIONS, read
        )
        more(ground, INTERPRETATIONS, read.row())
    none = PublishedArticle(
        f"{CALLS.path}sm_1.html",
        f"区民政局关于{ground.today.year - 1}年度未开展意见征集的情况说明",
        last_year(ground, 12, 20),
        paragraphs("本年度区民政局没有需要向社会公开征求意见的事项，特此说明，欢迎监督。"),
        source="区民政局",
    )
    publish_article(ground, frame, CALLS, none)
    more(ground, CALLS, none.row(status=""))


def _told(ground: Ground, number: int, name: str) -> tuple[str, ...]:
    """What a result says: one says nothing, one that nothing came in, one everything."""
    if number == 0 and ground.planted("dlg206-thanks-only"):
        return (
            f"《{name}（征求意见稿）》公开征求意见工作已经结束。",
            "感谢社会各界的关心和支持，起草单位将认真研究，进一步做好相关工作。",
        )
    if number == 1:
        return (f"《{name}（征求意见稿）》公开征求意见期间，未收到意见建议。",)
    return (
        f"《{name}（征求意见稿）》公开征求意见期间，共收到意见27条。",
        "经研究采纳21条，未采纳6条，未采纳的原因是与上位规定不一致。",
    )


# -- 来信 --------------------------------------------------------------------------------


def _letters(ground: Ground) -> None:
    """Letters with both days printed, and a list of complaints with their states."""
    # Of today, so that the chosen letters never stand still because a month is left out.
    frame = section("互动交流", "/hdjl/", LETTERS)
    fresh = PublishedArticle(
        f"{LETTERS.path}lx_690.html",
        "关于公园夜间照明的来信及答复",
        ground.today,
        paragraphs("来信内容：公园西门夜间偏暗。", "答复内容：已增设庭院灯，请放心前往。"),
        source="区信访局",
    )
    publish_article(ground, frame, LETTERS, fresh)
    more(ground, LETTERS, fresh.row())

    frame = section("互动交流", "/hdjl/", COMPLAINTS)
    asked = ground.ago(48)
    late = workdays_later(asked, 9 if ground.planted("dlg209-nine-days") else 4)
    letters = (
        # name, asked, answered, by whom, state
        ("学校门口拥堵", asked, late, "区教育局", "已答复"),
        # Five working days and no more, whatever holidays lie between.
        ("养老食堂菜价", ground.ago(46), workdays_later(ground.ago(46), 5), "区民政局", "已答复"),
        ("小区二次供水", ground.ago(20), None, "区卫生健康局", "办理中"),
        ("沿街商铺油烟", ground.ago(140), None, "湖滨街道办事处", "未答复"),
        ("健身步道破损", ground.ago(150), workdays_later(ground.ago(150), 3), OFFICE, "已答复"),
    )
    rows = []
    for number, (what, day, answer, unit, shown) in enumerate(letters):
        said, state = answer, shown
        if state == "未答复" and not ground.planted("dlg210-four-months"):
            said, state = workdays_later(day, 2), "已答复"
        lines = [f"来信时间：{day.isoformat()}", f"办理单位：{unit}", f"办理状态：{state}"]
        lines += [f"来信内容：反映{what}问题，请予处理。"]
        if said:
            lines += [f"答复时间：{said.isoformat()}", f"答复内容：{unit}已到现场处理完毕。"]
        article = PublishedArticle(
            f"{COMPLAINTS.path}ts_{number}.html",
            f"关于{what}的投诉",
            day,
            paragraphs(*lines),
            source="区信访局",
        )
        publish_article(ground, frame, COMPLAINTS, article)
        rows.append(article.row(status=f"[{state}]"))
    publish_list(
        ground,
        frame,
        COMPLAINTS,
        sorted(rows, key=lambda row: row.day or ground.today, reverse=True),
    )
    register(ground, COMPLAINTS, OFFICE, "不定期")

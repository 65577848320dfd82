"""What is counted by unit and period: last year's interpretations and calls, the quarters' answers.

Everything hangs on the calendar, not on days before the audit: on any day the year that has ended and
the quarters and months that have ended are full, but for what is planted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from markupsafe import Markup

from crawler.demo.ground import NOTHING, Frame, Ground, Registered
from crawler.demo.publishing import Article, anchor, paragraphs, publish_article, publish_list
from crawler.demo.rows import Column, Row
from plugins.facts.language.periods import Period, Window, ended
from plugins.facts.language.workdays import is_workday
from tests.district.papers.dialogue import (
    CALLS,
    COMMON,
    COMPLAINTS,
    HOT,
    LETTERS,
    QUESTIONS,
    RESPONSES,
    cn,
)
from tests.district.papers.policies import Pair, marks, publish_pair
from tests.district.portal.figures import READINGS
from tests.district.portal.portal import (
    DECISIONS,
    DOCUMENTS,
    HOST,
    INTERPRETATIONS,
    NAME,
    OFFICE,
    SCHEMES,
    section,
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


def build_quotas(ground: Ground) -> None:
    """Everything that is counted; must be built before the lists in which its rows stand."""
    _answers(ground)
    _interpretations(ground)
    _documents(ground)
    _calls(ground)
    _letters(ground)
    _plans(ground)
    _decisions(ground)
    _monthly(ground)
    _responses(ground)


def last_year(ground: Ground, month: int, day: int) -> date:
    """A day of the calendar year that has ended."""
    return date(ground.today.year - 1, month, day)


def more(ground: Ground, column: Column, *rows: Row) -> None:
    """Rows for a list that another module publishes."""
    ground.more.setdefault((HOST, column.path), []).extend(rows)


def spread(window: Window, count: int) -> Iterator[date]:
    """So many days of a window, evenly."""
    step = ((window.close - window.open).days - 1) // count
    return (window.open + timedelta(days=1 + turn * step) for turn in range(count))


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
                article = Article(
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
        article = Article(
            f"{COMMON.path}cj_{number}.html",
            f"{what}怎么申请？",
            ground.ago(first + 9 * number),
            paragraphs(f"问：{what}怎么申请？", f"答：{what}通过网上办事大厅申请，窗口同步受理。"),
            source=OFFICE,
        )
        publish_article(ground, frame, COMMON, article)
        rows.append(article.row())
    publish_list(ground, frame, COMMON, rows)
    _register(ground, COMMON, OFFICE, "不定期")


# -- 政策解读 ----------------------------------------------------------------------------------------


def _interpretations(ground: Ground) -> None:
    """Two of busy units, one of the others; 区财政局 lacks one, 柳荫街道 has three in plain text."""
    frame = section("政务公开", "/zwgk/", DOCUMENTS, INTERPRETATIONS)
    ground.media([frame.url("/images/tujie.png")])
    for place, unit in enumerate((*BUSY, *CALM)):
        matters = MATTERS[unit][: 2 if unit in BUSY else 1]
        if unit == "区财政局" and ground.planted("pol202-one-short"):
            matters = matters[:1]
        plain = unit == "柳荫街道办事处"
        if plain:
            matters = ("灵活就业登记", "廉租房初审", "楼院共治")
        for number, matter in enumerate(matters):
            drawn = not plain or (number == 0 and not ground.planted("pol204-plain-text"))
            picture = Markup('<p><img src="/images/tujie.png" alt="{}办理流程"></p>').format(matter)
            article = Article(
                f"{INTERPRETATIONS.path}nd_{place}{number}.html",
                f"关于{matter}新规的政策解读",
                last_year(ground, 3 + number * 3, 4 + place),
                paragraphs(
                    f"一、出台背景。{unit}原有{matter}做法办理环节偏多，群众往返次数多。",
                    f"二、主要内容。{matter}实行一次告知、一窗受理，办理时限压缩到{3 + place}个工作日。",
                    f"三、适用范围。凡在本区居住、就业的人员均可向{unit}提出{matter}申请。",
                )
                + (picture if drawn else NOTHING),
                source=unit,
            )
            publish_article(ground, frame, INTERPRETATIONS, article)
            more(ground, INTERPRETATIONS, article.row())


def _documents(ground: Ground) -> None:
    """Eight papers of last year, two of them uninterpreted; late, thin and copied interpretations."""
    frame = section("政务公开", "/zwgk/", DOCUMENTS, INTERPRETATIONS)
    names = (
        ("明湖区城市绿线管理办法", "城市绿线管理"),
        ("明湖区建筑垃圾处置管理规定", "建筑垃圾处置"),
        ("明湖区公共体育设施开放管理办法", "公共体育设施开放"),
        ("明湖区城市供水应急实施细则", "城市供水应急"),
        ("明湖区犬只收容管理办法", "犬只收容"),
        ("明湖区临时占道经营管理规定", "临时占道经营"),
        ("明湖区地下管线巡查实施细则", "地下管线巡查"),
        ("明湖区社区图书室管理办法", "社区图书室"),
    )
    rate = ground.planted("pol203-low-rate")
    for turn, (name, gist) in enumerate(names):
        number = 31 + turn
        bare = rate and number in (33, 36)
        title = "《{name}》解读" if turn else "一图读懂《{name}》"
        pair = Pair(name, gist, number, title="" if bare else title)
        paper, reading = publish_pair(ground, (frame, frame), pair, last_year(ground, 3 + turn, 12))
        more(ground, DOCUMENTS, paper)
        if reading:
            more(ground, INTERPRETATIONS, reading)
    late = 20 if ground.planted("pol201-weeks-later") else 0
    _two(ground, frame, 41, "明湖区生活噪声管理办法", "生活噪声", ground.ago(70), late)
    # Friday's paper, Monday's interpretation.
    _two(ground, frame, 42, "明湖区城市照明管理办法", "城市照明", ground.ago(52), 3)
    thin = (
        "请广大居民朋友积极支持、主动配合，共同维护整洁有序的社区环境，大家一起出力，让家园更加美丽，详情可留意社区公告栏。",
    )
    texts: Sequence[str] = thin if ground.planted("pol207-nothing-said") else ()
    _two(ground, frame, 43, "明湖区楼道堆物清理办法", "楼道堆物清理", ground.ago(61), 0, texts)
    copied = _articles("居民用电安全")
    texts = copied if ground.planted("pol208-copied") else copied[:1]
    _two(ground, frame, 44, "明湖区居民用电安全管理办法", "居民用电安全", ground.ago(64), 0, texts)
    # Quotes some of the paper's clauses, and explains them.
    quotes = (
        *_articles("雨水收集利用")[:2],
        "起草背景方面，近年来夏季暴雨频发，老城区多处积水，居民出行受到影响。",
        "主要内容方面，新建小区配套蓄水池，雨水经过滤后用于绿化浇灌和道路冲洗。",
        "对已建成的小区，采取自愿原则，由业主大会表决，区里按投入给予一定奖励。",
        "居民最关心的是费用由谁承担，建设单位承担建造费，日常维护从公共收益列支。",
        "执行标准方面，每万平方米硬化地面配建蓄水容积不低于三百立方米，逐年验收。",
    )
    _two(ground, frame, 45, "明湖区雨水收集利用管理办法", "雨水收集利用", ground.ago(67), 0, quotes)


def _articles(gist: str) -> tuple[str, ...]:
    """The articles of a paper, long enough to be compared."""
    return (
        f"为了规范{gist}各项活动，维护公众的人身和财产安全，依据国家有关法律和法规的规定，制定本文件。",
        f"区人民政府统一领导全区的{gist}工作，各街道办事处负责组织实施并开展日常巡查检查工作。",
        f"居民委员会和业主委员会应当协助做好{gist}的宣传教育，引导居民养成良好的生活习惯。",
        f"任何单位和个人发现违反{gist}要求的行为，均有权向街道办事处投诉或者举报，受理部门应当及时处理。",
        "违反上述规定造成他人损失的，行为人应当依法承担赔偿责任，情节严重的移送有关机关处理。",
        f"区有关部门每年对{gist}情况组织一次全面评估，评估结果向全社会公布并接受公众监督。",
    )


def _two(
    ground: Ground,
    frame: Frame,
    number: int,
    name: str,
    gist: str,
    day: date,
    later: int,
    texts: Sequence[str] = (),
) -> None:
    """A paper and its interpretation so many days later, linked both ways; ``texts`` of the latter."""
    title = f"{NAME}关于印发《{name}》的通知"
    heading = f"《{name}》解读"
    there, here = (
        f"{DOCUMENTS.path}gf_{800 + number}.html",
        f"{INTERPRETATIONS.path}jd_{900 + number}.html",
    )
    related = Markup('<div class="xgwz"><h2>{}</h2><ul><li>{}</li></ul></div>')
    paper = Article(
        there,
        title,
        day,
        paragraphs(
            f"现将《{name}》印发给你们，请认真贯彻执行。", *_articles(gist), "（此件公开发布）"
        ),
        source=NAME,
        marks=marks(title, f"明政规〔{day.year}〕{number}号", day, NAME),
        related=related.format("相关解读", anchor(here, heading)),
    )
    explained = texts or (
        f"一、起草背景。{gist}事关居民日常生活，原有规定分散，执行口径不一。",
        f"二、主要内容。明确了{gist}的适用范围、职责分工和监督方式，共六条。",
        "三、执行标准。自施行之日起，由街道统一受理，五个工作日内答复。",
    )
    reading = Article(
        here,
        heading,
        day + timedelta(days=later),
        paragraphs(*explained),
        source=OFFICE,
        related=related.format("相关文件", anchor(there, title)),
    )
    publish_article(ground, frame, DOCUMENTS, paper)
    publish_article(ground, frame, INTERPRETATIONS, reading)
    more(ground, DOCUMENTS, paper.row())
    more(ground, INTERPRETATIONS, reading.row())


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
        article = Article(
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
        result = Article(
            f"{CALLS.path}nf_{number}.html",
            f"《{name}（征求意见稿）》征求意见情况反馈",
            last_year(ground, 6, 26),
            paragraphs(*_told(ground, number, name)),
            source=unit,
        )
        publish_article(ground, frame, CALLS, result)
        more(ground, CALLS, result.row(status=""))
    if not ground.planted("pol209-no-draft"):
        read = Article(
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
    none = Article(
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


# -- 来信 ------------------------------------------------------------------------------------------


def workdays_later(day: date, count: int) -> date:
    """The day on which so many working days have gone by."""
    while count:
        day += timedelta(days=1)
        count -= is_workday(day) is not False
    return day


def _letters(ground: Ground) -> None:
    """Letters with both days printed, and a list of complaints with their states."""
    # Of today, so that the chosen letters never stand still because a month is left out.
    frame = section("互动交流", "/hdjl/", LETTERS)
    fresh = Article(
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
        article = Article(
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
    _register(ground, COMPLAINTS, OFFICE, "不定期")


# -- 规划、决策、数据、回应 --------------------------------------------------------------------------


def _plans(ground: Ground) -> None:
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
            reading = Article(
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
        plan = Article(
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
    _register(ground, SCHEMES, OFFICE, "不定期")


def _decisions(ground: Ground) -> None:
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
        article = Article(
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
    _register(ground, DECISIONS, OFFICE, "不定期")


def _monthly(ground: Ground) -> None:
    """数据解读 of 区统计局: every month but February and one that is left out."""
    frame = section("数据发布", "/sj/", READINGS)
    ground.media([frame.url("/images/tujie.png")])
    months = [one for one in ended(Period.MONTH, ground.today) if one.open.month != FEBRUARY]
    hole = months[-1].open if ground.planted("pol205-month") else None
    rows = []
    day = ground.today.replace(day=18)
    for number in range(15):
        if day <= ground.today and day.month != FEBRUARY and day.replace(day=1) != hole:
            article = Article(
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
    _register(ground, READINGS, "区统计局", "不定期")


def _responses(ground: Ground) -> None:
    """回应关切, silent for more than a year; 热点回应, alive."""
    for column, days in (
        (RESPONSES, 400 if ground.planted("dlg211-a-year") else 30),
        (HOT, 30),
    ):
        frame = section("互动交流", "/hdjl/", column)
        rows = []
        for number, what in enumerate(("供暖温度", "公交改线")):
            article = Article(
                f"{column.path}hy_{number}.html",
                f"关于{what}有关情况的{column.name}",
                ground.ago(days + number * 60),
                paragraphs(f"针对居民反映的{what}问题，有关部门已现场核实，处理情况予以说明。"),
                source=OFFICE,
            )
            publish_article(ground, frame, column, article)
            rows.append(article.row())
        publish_list(ground, frame, column, rows)
        _register(ground, column, OFFICE, "")


def _register(ground: Ground, column: Column, unit: str, duty: str) -> None:
    ground.register(Registered(column.name, f"http://{HOST}{column.path}", unit, column.type, duty))

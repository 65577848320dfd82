"""Last year's interpretations and the papers they interpret: late, thin, copied, or none at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from markupsafe import Markup

from crawler.demo.ground import NOTHING, Frame, Ground
from crawler.demo.publishing import PublishedArticle, anchor, paragraphs, publish_article
from tests.district.papers.counting import (
    BUSY,
    CALM,
    MATTERS,
    last_year,
    more,
)
from tests.district.papers.policies import Pair, marks, publish_pair
from tests.district.papers.portal import (
    DOCUMENTS,
    INTERPRETATIONS,
    NAME,
    OFFICE,
    section,
)

# -- 政策解读 ----------------------------------------------------------------------------------------


def build_interpretations(ground: Ground) -> None:
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
            article = PublishedArticle(
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


def build_documents(ground: Ground) -> None:
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
        paper, reading = publish_pair(ground, frame, pair, last_year(ground, 3 + turn, 12))
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
    paper = PublishedArticle(
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
    reading = PublishedArticle(
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

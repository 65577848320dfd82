"""The department sections of the portal, each on a platform of its own, and the faults in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from crawler.demo.ground import Frame, Ground, Item, Registered
from crawler.demo.policies import Pair, publish_unit_pair
from crawler.demo.portal import FRAME, HOST
from crawler.demo.publishing import (
    NOTHING,
    Article,
    Column,
    Row,
    paragraphs,
    publish_article,
    publish_list,
    publish_page,
    publish_portal,
)
from crawler.demo.words import notices, office_news, prose

URL = f"http://{HOST}"
PARTY = "机关党建工作@30[180]"
CIVIC = "文明创建@30[180]"


@dataclass
class Office:
    """One department's section while it is built: its frame, columns, and rows by column path."""

    ground: Ground
    frame: Frame
    short: str
    home: Column
    columns: tuple[Column, ...]
    articles: str
    shape: str = "li_span"
    format: str = "dash"
    pager: str = "none"
    extras: Mapping[str, Markup] = field(default_factory=dict)
    flaws: Markup = NOTHING
    rows: dict[str, list[Row]] = field(default_factory=dict)
    _number: int = 0

    @property
    def name(self) -> str:
        """The unit's full name."""
        return self.frame.unit

    def inner(self) -> Frame:
        """The frame of everything below the section's own home page."""
        return replace(self.frame, crumbs=(*self.frame.crumbs, self.home.item))

    def articles_frame(self) -> Frame:
        """The frame of articles, with the template's flaws if it has any."""
        return replace(self.inner(), flaws=self.flaws)

    def address(self) -> str:
        """The path of the next article; running numbers, so that a day never is in it."""
        self._number += 1
        return self.articles.format(number=self._number)

    def article(self, column: Column, title: str, subject: str, days: int, **fields: object) -> Row:
        """Serve one article of a column; its row."""
        day = self.ground.ago(days)
        path = self.address()
        body = paragraphs(*prose(subject, self.name, day, self._number)) + self.extras.get(
            f"{column.path}#{len(self.rows.setdefault(column.path, []))}", NOTHING
        )
        article = Article(path, title, day, body, source=self.name, **fields)  # type: ignore[arg-type]
        publish_article(self.ground, self.articles_frame(), column, article)
        row = article.row()
        self.rows[column.path].append(row)
        return row

    def listing(self, column: Column, duty: str = "", reason: str = "", **options: object) -> None:
        """Serve the list of a column's articles and register it."""
        rows = self.rows.get(column.path, [])
        settings = {"shape": self.shape, "format": self.format, "pager": self.pager, **options}
        frame = settings.pop("frame", self.inner())
        publish_list(self.ground, frame, column, settings.pop("rows", rows), **settings)  # type: ignore[arg-type]
        self.register(column, duty, reason)

    def single(self, column: Column, *texts: str | Markup, duty: str = "静态") -> None:
        """Serve a column that is one text and register it."""
        publish_page(self.ground, self.inner(), column, paragraphs(*texts) if texts else NOTHING)
        self.register(column, duty)

    def register(self, column: Column, duty: str = "", reason: str = "") -> None:
        """Add a column to the inventory under this unit."""
        self.ground.register(
            Registered(column.name, URL + column.path, self.name, column.type, duty, reason)
        )

    def close(self) -> None:
        """Serve the section's home page: a portal of its first columns' newest rows."""
        blocks = [
            {"name": column.name, "url": column.path, "rows": rows[:5]}
            for column in self.columns
            if (rows := self.rows.get(column.path, []))
            and rows[0].day
            and self.ground.ago(10) <= rows[0].day <= self.ground.today
        ]
        blocks.append(
            {
                "name": "本单位简介",
                "url": self.columns[0].path,
                "about": f"{self.name}负责本区相关行政管理和公共服务工作，机构职能、领导信息见左侧栏目。",
            }
        )
        publish_portal(self.ground, self.frame, self.home, blocks)


def office(
    ground: Ground,
    family: str,
    name: str,
    short: str,
    path: str,
    articles: str,
    columns: Sequence[Column],
    **options: object,
) -> Office:
    """A section of the portal with its menu of columns."""
    home = Column(name, path, "")
    frame_options = options.pop("frame", {})
    frame = replace(
        FRAME,
        family=family,
        unit=name,
        menu=tuple(column.item for column in columns),
        crumbs=(Item("首页", "/"), Item("政务公开", "/zwgk/")),
        **frame_options,  # type: ignore[arg-type]
    )
    return Office(ground, frame, short, home, tuple(columns), articles, **options)  # type: ignore[arg-type]


def duties_of(unit: Office, functions: Column, leaders: Column) -> None:
    """机构职能 and 领导信息, the two single articles that every unit has."""
    unit.single(
        functions,
        f"{unit.name}是明湖区人民政府工作部门，贯彻执行国家和省、市有关法律法规，承担本区相关行业的管理和服务职责。",
        "办公地址：明湖区湖心路1号；办公时间：工作日9:00至17:00；联系电话：0000-8600200。",
        "内设机构：办公室、综合科、业务科、法规科。",
    )
    unit.single(
        leaders,
        "局长：周明，主持全面工作。",
        "副局长：李安，分管业务科、法规科；陈亮，分管办公室、综合科。",
    )


def build_finance(ground: Ground, extras: Mapping[str, Markup]) -> Office:
    """区财政局: lists in data scripts; an empty one, one under construction, budgets long out of date."""
    functions, leaders = (
        Column("机构职能", "/col/col2010/index.html", "机构职能"),
        Column("领导信息", "/col/col2011/index.html", "负责人信息"),
    )
    news, public = (
        Column("工作动态", "/col/col2012/index.html", "工作动态"),
        Column("通知公告", "/col/col2013/index.html"),
    )
    budget, buying = (
        Column("财政预决算", "/col/col2014/index.html"),
        Column("政府采购", "/col/col2015/index.html"),
    )
    funds, party = (
        Column("直达资金", "/col/col2016/index.html"),
        Column("机关党建", "/col/col2017/index.html"),
    )
    civic = Column("文明创建", "/col/col2018/index.html")
    columns = (functions, leaders, news, public, budget, buying, funds, party, civic)
    unit = office(
        ground,
        "hanweb",
        "区财政局",
        "财政局",
        "/bm/czj/",
        "/art/czj/art_2010_{number}.html",
        columns,
        pager="datastore",
        extras=extras,
    )
    duties_of(unit, functions, leaders)
    subjects = (
        "预算编制",
        "国库集中支付",
        "政府采购监管",
        "资产管理",
        "绩效评价",
        "会计监督",
        "债务管理",
        "惠民补贴发放",
    )
    for turn, (title, subject) in enumerate(office_news("财政局", subjects, 22)):
        unit.article(news, title, subject, 3 + turn * 5)
    unit.listing(news, "14", per_page=8)
    for turn, (title, subject) in enumerate(notices(subjects, 6)):
        unit.article(public, title, subject, 25 + turn * 20)
    unit.listing(public, "180", per_page=8)

    if not ground.planted("col201-budget"):
        unit.article(budget, "区财政局部门预算公开说明（续）", "预算公开", 5)
    for turn, what in enumerate(("部门预算", "部门决算", "政府债务限额余额", "三公经费")):
        unit.article(budget, f"区财政局{what}公开说明", what, 430 + turn * 160)
    unit.listing(budget, "每年2月、9月", pager="none")

    if ground.planted("col101-empty-datastore"):
        unit.listing(buying, "180", rows=[], per_page=8)
    else:
        unit.article(buying, "政府采购监督检查工作综述", "政府采购", 15)
        unit.listing(buying, "180", per_page=8)
    if ground.planted("col102-under-construction"):
        unit.listing(
            funds,
            "365",
            pager="none",
            hollow=Markup('<div class="zwnr">栏目建设中，敬请期待！</div>'),
        )
    else:
        unit.article(funds, "直达资金分配使用综述", "直达资金", 15)
        unit.listing(funds, "365")
    fresh_party = 3 if not ground.planted("col202-party-group") else 52
    unit.article(party, "局机关党支部开展主题党日活动", "主题党日", fresh_party)
    unit.article(party, "局机关党支部召开组织生活会", "组织生活", 110)
    unit.listing(party, PARTY)
    unit.article(civic, "局机关组织文明交通志愿服务", "文明交通", 100)
    unit.listing(civic, CIVIC)
    unit.close()
    return unit


def build_education(ground: Ground, extras: Mapping[str, Markup]) -> Office:
    """区教育局: printed pagers; a hollow list, an article of the future, a document nobody interprets."""
    base = "/bm/jyj/"
    functions, leaders = (
        Column("机构职能", f"{base}jgzn/", "机构职能"),
        Column("领导信息", f"{base}ldxx/", "负责人信息"),
    )
    news, public = (
        Column("工作动态", f"{base}gzdt/", "工作动态"),
        Column("通知公告", f"{base}tzgg/"),
    )
    intake, grants = Column("招生信息", f"{base}zsxx/"), Column("学生资助", f"{base}xszz/")
    papers, readings = (
        Column("政策文件", f"{base}zcwj/", "政策文件"),
        Column("政策解读", f"{base}zcjd/", "政策解读"),
    )
    party, civic = Column("机关党建", f"{base}jgdj/"), Column("文明创建", f"{base}wmcj/")
    columns = (functions, leaders, news, public, intake, grants, papers, readings, party, civic)
    unit = office(
        ground,
        "gd",
        "区教育局",
        "教育局",
        base,
        "/bm/jyj/content/post_{number}.html",
        columns,
        pager="static",
        extras=extras,
    )
    duties_of(unit, functions, leaders)
    subjects = (
        "课后服务",
        "校园安全",
        "教师研修",
        "阳光体育",
        "劳动教育",
        "书香校园",
        "心理健康教育",
        "家校共育",
    )
    for turn, (title, subject) in enumerate(office_news("教育局", subjects, 18)):
        unit.article(news, title, subject, 2 + turn * 6)
    unit.listing(news, "14", per_page=10)
    for turn, (title, subject) in enumerate(notices(subjects, 7)):
        unit.article(public, title, subject, 9 + turn * 15)
    # The head of this article names a day to come, its row does not: rows are what is judged.
    shown = f"{ground.ago(-16).isoformat()} 10:00"
    day = ground.ago(45)
    article = Article(
        f"{base}tzgg/content/post_9001.html",
        "关于中小学校服选用工作的公告",
        day,
        paragraphs(*prose("校服选用", "区教育局", day, 2)),
        source="区教育局",
        shown=shown,
    )
    publish_article(ground, unit.inner(), public, article)
    unit.rows[public.path].append(article.row())
    unit.listing(public, "180", format="dot")
    for turn, stage in enumerate(("幼儿园", "小学", "初中", "特殊教育学校")):
        unit.article(intake, f"区{stage}招生工作安排", f"{stage}招生", 20 + turn * 30)
    # Month and day only: nobody who reads the list can tell the year.
    yearless = "md" if ground.planted("col204-month-and-day") else "dash"
    unit.listing(intake, "180", shape="table", format=yearless, pager="none")
    hollow = Markup('<ul class="GsTL5"></ul>')
    bar = Markup('<div class="page"><a href="">第一页</a> <a href="">最后一页</a></div>')
    if ground.planted("col101-hollow-pager"):
        unit.listing(grants, "365", hollow=hollow, bar=bar)
    else:
        unit.article(grants, "学生资助政策宣传月活动综述", "学生资助", 12)
        unit.listing(grants, "365")
    frames = (unit.inner(), unit.inner())
    _unit_pairs(
        ground,
        unit,
        frames,
        (papers, readings),
        (
            Pair("明湖区校外托管机构备案管理办法", "校外托管机构备案", 1),
            Pair(
                "明湖区中小学教师交流轮岗实施办法",
                "教师交流轮岗",
                2,
                title="",
                faults=("pol103-school", ""),
            ),
        ),
        "明教规",
        (30, 75),
    )
    unit.listing(papers, "180", shape="docs", pager="none")
    unit.listing(readings, "180", shape="in_a", pager="none")
    unit.article(party, "教育系统党建品牌展示交流", "党建品牌", 88)
    unit.listing(party, PARTY)
    unit.article(civic, "文明校园创建经验交流", "文明校园", 12)
    unit.listing(civic, CIVIC)
    unit.close()
    return unit


def _unit_pairs(
    ground: Ground,
    unit: Office,
    frames: tuple[Frame, Frame],
    columns: tuple[Column, Column],
    pairs: Sequence[Pair],
    sign: str,
    days: Sequence[int],
) -> None:
    """Documents and interpretations of one unit, filed in its own columns."""
    papers, readings = columns
    paths = (papers.path.rpartition("/")[0], readings.path.rpartition("/")[0])
    stem = papers.path.strip("/").replace("/", "_").partition(".")[0]
    unit.rows.setdefault(papers.path, [])
    unit.rows.setdefault(readings.path, [])
    for pair, ago in zip(pairs, days, strict=True):
        day = ground.ago(ago)
        document, reading = publish_unit_pair(
            ground,
            frames,
            columns,
            pair,
            day,
            (
                lambda number: f"{paths[0]}/{stem}_{10 + number}.html",
                lambda number: f"{paths[1]}/jd_{stem}_{60 + number}.html",
            ),
            f"{sign}〔{day.year}〕{pair.number}号",
            unit.name,
        )
        unit.rows[papers.path].append(document)
        if reading:
            unit.rows[readings.path].append(reading)


def build_civil_affairs(ground: Ground, extras: Mapping[str, Markup]) -> Office:
    """区民政局: lists from dataproxy.jsp; notices past their duty, a placeholder, dead forms."""
    functions, leaders = (
        Column("机构职能", "/col/col3010/index.html", "机构职能"),
        Column("领导信息", "/col/col3011/index.html", "负责人信息"),
    )
    news, public = (
        Column("工作动态", "/col/col3012/index.html", "工作动态"),
        Column("通知公告", "/col/col3013/index.html"),
    )
    relief, forms = Column("社会救助", "/col/col3014/index.html"), Column("表格下载", "/bm/mzj/xz/")
    papers, readings = (
        Column("政策文件", "/col/col3016/index.html", "政策文件"),
        Column("政策解读", "/col/col3017/index.html", "政策解读"),
    )
    party, civic = (
        Column("机关党建", "/col/col3018/index.html"),
        Column("文明创建", "/col/col3019/index.html"),
    )
    columns = (functions, leaders, news, public, relief, forms, papers, readings, party, civic)
    unit = office(
        ground,
        "hanweb",
        "区民政局",
        "民政局",
        "/bm/mzj/",
        "/art/mzj/art_3010_{number}.html",
        columns,
        pager="datastore",
        extras=extras,
    )
    duties_of(unit, functions, leaders)
    subjects = (
        "社区养老",
        "婚姻登记服务",
        "社会组织管理",
        "地名管理",
        "残疾人两项补贴",
        "儿童福利",
        "慈善事业",
        "社区治理",
    )
    for turn, (title, subject) in enumerate(office_news("民政局", subjects, 30)):
        unit.article(news, title, subject, 4 + turn * 4)
    unit.listing(news, "14", per_page=8)
    if not ground.planted("col201-notices"):
        unit.article(public, "关于开展婚姻登记服务提升行动的公告", "婚姻登记服务", 6)
    for turn, (title, subject) in enumerate(notices(subjects, 28)):
        unit.article(public, title, subject, 224 + turn * 11)
    unit.listing(public, "180", per_page=8)
    if ground.planted("col102-no-news"):
        unit.listing(
            relief,
            "180",
            pager="none",
            hollow=Markup('<ul class="wb-list"><li>此栏目暂无任何新增信息</li></ul>'),
        )
    else:
        unit.article(relief, "社会救助服务进社区活动综述", "社会救助", 10)
        unit.listing(relief, "180")

    names = (
        "临时救助申请表",
        "高龄津贴申请表",
        "社会组织年检表",
        "收养登记申请书",
        "地名命名申请表",
        "养老机构备案表",
        "志愿者登记表",
    )
    rows = []
    for turn, name in enumerate(names):
        url = f"/bm/mzj/xz/bg_{turn + 1}.docx"
        # Five of seven are gone, but not the folder: five findings, not one.
        if turn not in range(1, 6) or not ground.planted(f"lnk103-form-{turn}"):
            ground.media([URL + url])
        rows.append(Row(name, url, ground.ago(33 + turn)))
    unit.listing(forms, "365", rows=rows, pager="none", shape="li_span")
    frames = (unit.inner(), unit.inner())
    pairs = (Pair("明湖区社区养老机构等级评定办法", "养老机构等级评定", 1, forth="text"),)
    _unit_pairs(ground, unit, frames, (papers, readings), pairs, "明民规", (50,))
    unit.listing(papers, "180", pager="none", shape="docs")
    unit.listing(readings, "180", pager="none", shape="gl")
    unit.article(party, "民政系统党员下沉社区服务", "党员服务", 55)
    unit.listing(party, PARTY)
    stale = ground.planted("col201-group-member")
    unit.article(civic, "文明祭扫宣传活动", "文明祭扫", 215 if stale else 20)
    unit.listing(civic, CIVIC)
    unit.close()
    return unit


def build_health(ground: Ground, extras: Mapping[str, Markup]) -> Office:
    """区卫生健康局: pages in GBK, named in the page, in the header, or wrongly; undated rules."""
    base = "/bm/wjj/"
    functions, leaders = (
        Column("机构职能", f"{base}jgzn.htm", "机构职能"),
        Column("领导信息", f"{base}ldxx.htm", "负责人信息"),
    )
    news, public = (
        Column("工作动态", f"{base}gzdt.htm", "工作动态"),
        Column("通知公告", f"{base}tzgg.htm"),
    )
    science, rules = Column("健康科普", f"{base}jkkp.htm"), Column("规章制度", f"{base}gzzd.htm")
    bulletin, contact = Column("疫情通报", f"{base}yqtb.htm"), Column("联系方式", f"{base}lxfs.htm")
    papers, readings = (
        Column("政策文件", f"{base}zcwj.htm", "政策文件"),
        Column("政策解读", f"{base}zcjd.htm", "政策解读"),
    )
    columns = (
        functions,
        leaders,
        news,
        public,
        science,
        rules,
        bulletin,
        contact,
        papers,
        readings,
    )
    in_page = {"encoding": "gbk", "header": "text/html", "declared": "gb2312"}
    unit = office(
        ground,
        "boda",
        "区卫生健康局",
        "卫健局",
        f"{base}index.htm",
        "/info/1015/{number}.htm",
        columns,
        extras=extras,
        frame=in_page,
    )
    by_header = replace(unit.inner(), header="text/html; charset=GBK", declared="")
    wrongly = replace(unit.inner(), header="text/html; charset=utf-8", declared="gbk")
    duties_of(unit, functions, leaders)
    subjects = (
        "疫苗接种",
        "家庭医生签约",
        "妇幼保健",
        "爱国卫生",
        "职业健康",
        "慢病管理",
        "急救培训",
        "中医药服务",
    )
    for turn, (title, subject) in enumerate(office_news("卫健局", subjects, 16)):
        unit.article(news, title, subject, 5 + turn * 6)
    unit.listing(news, "14", shape="table", aside=_share(ground))
    for turn, (title, subject) in enumerate(notices(subjects, 6)):
        unit.article(public, title, subject, 14 + turn * 20)
    unit.listing(public, "180", frame=by_header, aside=_share(ground))
    for turn, subject in enumerate(
        ("冬季流感预防", "合理膳食", "科学运动", "口腔保健", "用眼卫生")
    ):
        unit.article(science, f"{subject}小知识", subject, 8 + turn * 12)
    unit.listing(science, "90", frame=wrongly, aside=_share(ground))

    undated = ground.planted("col204-undated")
    documents = [f"{base}zd/zd_{turn}.pdf" for turn in range(1, 8)]
    ground.media(URL + url for url in documents)
    titles = (
        "首问负责制度",
        "限时办结制度",
        "值班值守制度",
        "档案管理制度",
        "印章管理制度",
        "车辆管理制度",
        "考勤管理制度",
    )
    rows = [
        Row(f"区卫生健康局{title}", url, None if undated else ground.ago(60 + turn))
        for turn, (title, url) in enumerate(zip(titles, documents, strict=True))
    ]
    unit.listing(rules, "365", rows=rows)
    if ground.planted("col102-gbk"):
        unit.listing(bulletin, "365", hollow=Markup('<div class="winstyle">暂无相关内容</div>'))
    else:
        unit.article(bulletin, "传染病防治工作综述", "传染病防治", 18)
        unit.listing(bulletin, "365")
    if ground.planted("col101-empty-single"):
        unit.single(contact)
    else:
        unit.single(
            contact,
            "地址：明湖区康宁路8号，电话：0000-8600300，邮编：000000，工作时间为工作日上午九时至下午五时。",
        )
    frames = (unit.inner(), unit.inner())
    pairs = (
        Pair(
            "明湖区社区卫生服务站建设管理办法",
            "社区卫生服务站建设",
            1,
            back="",
            faults=("", "pol102-gbk"),
        ),
        Pair("明湖区公共场所急救设备配置规定", "急救设备配置", 2),
    )
    _unit_pairs(ground, unit, frames, (papers, readings), pairs, "明卫规", (35, 95))
    unit.listing(papers, "180", shape="docs")
    unit.listing(readings, "180")
    unit.close()
    return unit


def _share(ground: Ground) -> Markup:
    """Share icons of one template, all in a folder that is gone: one cause, one finding."""
    names = (("wx", "微信"), ("wb", "微博"), ("qq", "QQ"), ("kj", "空间"), ("dy", "抖音"))
    if not ground.planted("lnk104-share-icons"):
        ground.media(f"{URL}/bm/wjj/fxtb/{name}.png" for name, _ in names)
    icons = Markup("").join(
        Markup('<img src="/bm/wjj/fxtb/{}.png" alt="分享到{}" width="20" height="20">').format(
            name, word
        )
        for name, word in names
    )
    return Markup('<p class="share">分享：{}</p>').format(icons)

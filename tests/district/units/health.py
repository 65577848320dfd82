"""区卫生健康局: pages in GBK, named in the page, in the header, or wrongly; undated rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from markupsafe import Markup

from crawler.demo.ground import Ground
from crawler.demo.rows import Row, RowColumn
from tests.district.papers.policies import Pair
from tests.district.units.offices import URL, Office, duties_of, office, publish_pairs
from tests.district.words import notices, office_news


def build_health(ground: Ground, extras: Mapping[str, Markup]) -> Office:
    """区卫生健康局: pages in GBK, named in the page, in the header, or wrongly; undated rules."""
    base = "/bm/wjj/"
    functions, leaders = (
        RowColumn("机构职能", f"{base}jgzn.htm", "机构职能"),
        RowColumn("领导信息", f"{base}ldxx.htm", "负责人信息"),
    )
    news, public = (
        RowColumn("工作动态", f"{base}gzdt.htm", "工作动态"),
        RowColumn("通知公告", f"{base}tzgg.htm"),
    )
    science, rules = (
        RowColumn("健康科普", f"{base}jkkp.htm"),
        RowColumn("规章制度", f"{base}gzzd.htm"),
    )
    bulletin, contact = (
        RowColumn("疫情通报", f"{base}yqtb.htm"),
        RowColumn("联系方式", f"{base}lxfs.htm"),
    )
    papers, readings = (
        RowColumn("政策文件", f"{base}zcwj.htm", "政策文件"),
        RowColumn("政策解读", f"{base}zcjd.htm", "政策解读"),
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
    publish_pairs(ground, unit, frames, (papers, readings), pairs, "明卫规", (35, 95))
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

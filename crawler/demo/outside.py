"""Hosts beside the district's own, and the links that lead astray: dead, blocked, flaky, malformed."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from markupsafe import Markup

from crawler.demo.answers import Answer, Question
from crawler.demo.ground import Ground, Item
from crawler.demo.portal import FRAME, HOST
from crawler.demo.publishing import Block, Column, anchor, paragraphs, publish_page, publish_portal
from crawler.demo.sites import environment_page

URL = f"http://{HOST}"
NEWS = "www.minghu-news.example"
TOUR = "www.minghu-tour.example"
CAPITAL = "www.guowuyuan.example"
WALL = "www.minghu-bank.example"
MAINTENANCE = "www.minghu-water.example"
FLAKY = "www.minghu-media.example"
MARKS = (
    "beian.miit.example",
    "beian.gongan.example",
    "bszs.conac.example",
    "zfwzgl.guowuyuan.example",
)
SOFT_PAGE = "您访问的页面不存在或已被删除"


def link_list(*links: tuple[str, str]) -> Markup:
    """Links in an article's text, each in its own paragraph."""
    return Markup("").join(
        Markup("<p>相关链接：{}</p>").format(anchor(url, words)) for url, words in links
    )


def build_outside(ground: Ground) -> None:
    """The fictitious hosts that the district links to."""
    _living_hosts(ground)
    _dead_and_shut(ground)
    ground.put(f"http://{FLAKY}/v/12.html", _flaky)
    ground.put(f"http://{TOUR}/line/9.html", _no_head)


def _living_hosts(ground: Ground) -> None:
    plain = {
        CAPITAL: ("国务院要闻", "这里转载全国政务要闻。"),
        NEWS: ("明湖新闻网", "关注明湖，关注身边事。"),
        TOUR: ("明湖文旅", "湖光山色，四季宜游。"),
        FLAKY: ("明湖融媒", "视听节目点播与直播。"),
        "www.chengjiang.example": ("澄江市人民政府", "澄江市人民政府门户网站。"),
    }
    for host, (name, words) in plain.items():
        ground.text(f"http://{host}/", environment_page(None, name, words))
    for number in range(1, 9):
        ground.text(
            f"http://{CAPITAL}/yaowen/{number}.html",
            environment_page(
                None, f"要闻第{number}条", "要闻正文，内容为演示所用，来自国务院要闻栏目的转载。"
            ),
        )
    for host in MARKS:
        for path in (
            "/",
            "/sitename?method=show",
            *(f"/exposure/jiucuo.html?site_code=990100000{n}" for n in range(1, 5)),
        ):
            ground.text(
                f"http://{host}{path}",
                environment_page(None, "备案与标识查询", "本页为演示用虚构服务。"),
            )
    ground.text(
        f"http://{NEWS}/a/1001.html", environment_page(None, "明湖春色", "明湖春色，游人如织。")
    )


def _dead_and_shut(ground: Ground) -> None:
    """Outside pages that are gone, and hosts that refuse or fail whatever is asked."""
    mended = environment_page(None, "旧闻", "已恢复的旧闻页面，供读者查阅。")
    for fault, url, status in (
        ("lnk102-article", f"http://{NEWS}/a/1024.html", 404),
        ("lnk102-gone", f"http://{TOUR}/line/8.html", 410),
        ("lnk102-home", f"http://{TOUR}/old/", 404),
    ):
        if ground.planted(fault):
            ground.text(url, environment_page(None, f"{status}", "Not Found"), status=status)
        else:
            ground.text(url, mended)
    good = environment_page(None, "便民服务", "欢迎使用便民缴费服务。")
    for fault, host, status, words in (
        ("lnk106-wall", WALL, 403, ("访问受限", "请求未通过安全验证。")),
        ("lnk106-maintenance", MAINTENANCE, 503, ("系统维护", "系统正在升级维护，请稍后再来。")),
    ):
        bad = environment_page(None, *words)
        planted = ground.planted(fault)
        for path in ("/", "/service/pay.html"):
            ground.text(
                f"http://{host}{path}", bad if planted else good, status=status if planted else 200
            )


def _flaky(question: Question) -> Answer:
    """Down at the first attempt, well ever after."""
    if question.times == 0:
        return Answer(b"Service Unavailable", 503, "text/plain", (("Retry-After", "1"),))
    return Answer(environment_page(None, "微视频", "微视频正在播放，请稍候欣赏。").encode())


def _no_head(question: Question) -> Answer:
    """A server that refuses HEAD."""
    if question.method == "HEAD":
        return Answer(b"", 405, "text/plain")
    return Answer(environment_page(None, "线路介绍", "环湖一日游线路介绍，含交通与住宿。").encode())


def build_services(ground: Ground) -> None:
    """政务服务: a folder that answers 200 to any name, a page behind a cookie."""
    guide = Column("办事指南", "/wsbs/bszn/", "办事服务")
    hall = Column("服务大厅", "/wsbs/fwdt/", "办事服务")
    frame = FRAME
    publish_page(
        ground,
        frame,
        guide,
        paragraphs(
            "办事指南按部门和事项分类整理，可在各街道便民服务中心领取纸质版本，也可现场扫码查阅。",
            Markup("常用事项：{}、{}。").format(
                anchor("/wsbs/bszn/sbdj.html", "社会保险登记"),
                anchor("/wsbs/bszn/jzz.html", "居住证办理"),
            ),
        ),
    )
    for name, what in (("sbdj", "社会保险登记"), ("jzz", "居住证办理")):
        publish_page(
            ground,
            frame,
            Column(what, f"/wsbs/bszn/{name}.html"),
            paragraphs(
                f"办理{what}请携带身份证件，到所在街道便民服务中心综合窗口申请，材料齐全的当场受理。",
                "办理时限：三个工作日；收费标准：不收费；咨询电话：0000-8600600。",
            ),
        )
    publish_page(
        ground,
        frame,
        hall,
        paragraphs(
            "政务服务大厅位于湖心路2号，设综合窗口三十二个，提供预约、帮办和邮寄服务，周六上午延时开放。"
        ),
    )
    blocks = [
        Block.of(guide, about="按部门、按主题查找办事指南，一次告知所需材料。"),
        Block.of(hall, about="服务大厅地址、开放时间和窗口分布。"),
        Block("在线预约", "/wsbs/yuyue/", about="在线预约窗口办理时间，减少现场等候。"),
    ]
    publish_portal(ground, frame, Column("政务服务", "/wsbs/"), blocks)
    ground.fallbacks.append(
        (
            f"{URL}/wsbs/",
            Answer(
                environment_page(FRAME, SOFT_PAGE, "您可以返回首页，或使用站内搜索查找。").encode()
            ),
        )
    )

    publish_page(
        ground,
        frame,
        Column("在线预约", "/wsbs/yuyue/"),
        paragraphs(
            "在线预约服务支持提前三个工作日预约窗口办理时间，预约成功后凭短信取号，过号请重新预约。"
        ),
    )
    inside = ground.answers[HOST, "/wsbs/yuyue/"]
    assert isinstance(inside, Answer)

    def behind_cookie(question: Question) -> Answer:
        """A firewall that sends the visitor back to the same address with a cookie."""
        if "waf_pass=1" in question.cookie:
            return inside
        return Answer(
            b"", 302, headers=(("Location", "/wsbs/yuyue/"), ("Set-Cookie", "waf_pass=1; Path=/"))
        )

    ground.answers[HOST, "/wsbs/yuyue/"] = behind_cookie


def planted_links(ground: Ground) -> Mapping[str, Markup]:
    """What is added to the text of certain articles, by ``column path#number of the article``."""
    found: dict[str, Markup] = {}

    def page(fault: str, path: str, name: str, status: int = 404) -> str:
        if not ground.planted(fault):
            publish_page(
                ground,
                FRAME,
                Column(name, path),
                paragraphs(f"{name}页面已恢复，内容包括政策依据、办理流程和联系方式，供公众查阅。"),
            )
        elif status != HTTPStatus.NOT_FOUND:
            ground.text(
                URL + path, environment_page(FRAME, "内容已撤下", "该内容已撤下。"), status=status
            )
        return path

    found["/col/col2012/index.html#0"] = link_list(
        (page("lnk101-page", "/xwdt/mhyw/zt_2019.html", "往期报道"), "往期报道")
    )
    found["/bm/jyj/gzdt/#1"] = link_list(
        (page("lnk101-gone", "/bm/jyj/gzdt/content/post_880.html", "活动方案", 410), "活动方案")
    )
    found["/col/col3012/index.html#0"] = link_list(
        (page("lnk101-soft", "/wsbs/bszn/sqzj.html", "社区证件办理"), "社区证件办理"),
        ("/wsbs/bszn/jzz.html", "居住证办理"),
    )
    sheet = "/bm/jyj/zsxx/attach/zsfw.xlsx"
    if not ground.planted("lnk103-sheet"):
        ground.media([URL + sheet])
    ground.media([f"{URL}/bm/jyj/zsxx/attach/zslc.pdf"])
    found["/bm/jyj/zsxx/#0"] = link_list(
        (sheet, "附件1：招生服务范围表"), ("/bm/jyj/zsxx/attach/zslc.pdf", "附件2：招生流程")
    )
    picture = "/images/wjj/yz_0412.png"
    if not ground.planted("lnk104-picture"):
        ground.media([URL + picture])
    found["/bm/wjj/gzdt.htm#0"] = Markup(
        '<p><img src="{}" alt="疫苗接种现场" width="320"></p>'
    ).format(picture) + link_list(
        (f"http://{NEWS}/a/1024.html", "媒体报道"), (f"http://{NEWS}/a/1001.html", "明湖春色")
    )
    found["/content/column/6791502#0"] = bad_links(ground)
    found["/content/column/6791502#1"] = odd_but_good(ground)
    found["/content/column/6791502#2"] = link_list(
        (f"http://{WALL}/service/pay.html", "网上缴费"),
        (f"http://{MAINTENANCE}/service/pay.html", "水费查询"),
    )
    found["/content/column/6791502#3"] = link_list(
        (f"http://{TOUR}/line/8.html", "旅游线路"), (f"http://{TOUR}/line/9.html", "一日游线路")
    )
    found["/liuyin/column/6791602#1"] = link_list(
        *(
            (
                page("lnk101-folder", f"/sj/tjnj2012/c{number}.html", f"统计年鉴第{number}章"),
                f"统计年鉴第{number}章",
            )
            for number in range(1, 7)
        )
    )
    return found


def bad_links(ground: Ground) -> Markup:
    """Addresses that cannot work for the public, whatever a server says."""
    made = (
        ("lnk105-no-host", "http://", "详情"),
        ("lnk105-intranet", "http://10.12.8.20:8080/oa/view?id=3", "办公系统通知"),
        ("lnk105-bare-ip", "http://192.168.1.20/news/12.html", "内部新闻"),
        (
            "lnk105-own-disk",
            "file:///C:/Users/lenovo/AppData/Local/Temp/msohtmlclip1/01/clip_image002.png",
            "示意图",
        ),
        ("lnk105-preview", f"{URL}/preview/article/show.html?id=88", "预览稿"),
        ("lnk105-misspelt", "http:www.minghu-news.example/a/1001.html", "明湖春色"),
    )
    return link_list(
        *(
            (url if ground.planted(fault) else f"http://{NEWS}/a/1001.html", words)
            for fault, url, words in made
        )
    )


def odd_but_good(ground: Ground) -> Markup:
    """Links that look odd and are none of anybody's business."""
    publish_page(
        ground,
        FRAME,
        Column("市民手册", "/zjmh/%E5%B8%82%E6%B0%91%E6%89%8B%E5%86%8C.html"),
        paragraphs(
            "市民手册介绍文明出行、垃圾分类、应急避险等常识，由区委宣传部门组织编写，免费发放。"
        ),
    )
    ground.put(f"{URL}/xwdt/old.html", Answer(b"", 301, headers=(("Location", "/xwdt/mhyw/"),)))
    return link_list(
        ("javascript:void(0)", "打印本页"),
        ("javascript:window.close()", "关闭窗口"),
        ("mailto:mh@gongkai-demo.gov.cn", "电子邮箱"),
        ("tel:00008600100", "咨询电话"),
        ("#top", "返回顶部"),
        ("/zjmh/市民手册.html", "市民手册"),
        (" http://WWW.gongkai-demo.gov.cn:80/zjmh/mhgk/?utm_source=weixin ", "明湖概况"),
        (
            "//www.gongkai-demo.gov.cn/zjmh/qyrk/;jsessionid=0A1B2C3D4E5F60718293A4B5C6D7E8F9",
            "区域人口",
        ),
        ("/xwdt/old.html", "新闻旧栏目"),
        (f"http://{FLAKY}/v/12.html", "微视频"),
        ("/sj/sjml/#dir", "数据目录"),
    )


def topics_with_links(ground: Ground) -> tuple[Markup, tuple[Item, ...]]:
    """A topic page's links into a folder that vanished, and the topics named on the home page."""
    gone = []
    for number in range(1, 9):
        path = f"/ztzl2015/zt{number}.html"
        if not ground.planted("lnk101-vanished-folder"):
            publish_page(
                ground,
                FRAME,
                Column(f"2015年专题第{number}期", path),
                paragraphs(
                    "往年专题页面已恢复，收录当年活动报道和工作成果，供公众查阅，欢迎提出宝贵建议。"
                ),
            )
        gone.append((path, f"往年专题第{number}期"))
    home = "/ztzl/wmsj/"
    if not ground.planted("lnk101-home"):
        publish_page(
            ground,
            FRAME,
            Column("文明实践", home),
            paragraphs(
                "文明实践专题集中展示志愿服务活动、典型人物和社区故事，欢迎广大居民积极参与。"
            ),
        )
    topics = (
        Item("创建文明城区", "/ztzl/cjwm/"),
        Item("优化营商环境", "/ztzl/yshj/"),
        Item("稳就业保民生", "/ztzl/wjy/"),
        Item("文明实践", home),
    )
    return link_list(*gone), topics


FRIENDS = (
    Item("澄江市人民政府", "http://www.chengjiang.example/"),
    Item("明湖新闻网", f"http://{NEWS}/"),
    Item("明湖文旅", f"http://{TOUR}/"),
    Item("明湖文旅旧版", f"http://{TOUR}/old/"),
    Item("明湖区就业服务网", "http://jy.gongkai-demo.gov.cn/"),
    Item("明湖区公共资源交易网", "http://ggzy.gongkai-demo.gov.cn/"),
    Item("明湖区统计信息网", "http://tj.gongkai-demo.gov.cn/"),
)

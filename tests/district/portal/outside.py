"""Hosts beside the district's own, and the links that lead astray: dead, blocked, flaky, malformed."""

from __future__ import annotations

from markupsafe import Markup

from crawler.demo.answers import Answer, Question
from crawler.demo.ground import Ground
from crawler.demo.publishing import Block, anchor, paragraphs, publish_page, publish_portal
from crawler.demo.rows import RowColumn
from tests.district.portal.portal import FRAME, HOST
from tests.district.portal.sites import bare_page

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
        ground.text(f"http://{host}/", bare_page(None, name, words))
    for number in range(1, 9):
        ground.text(
            f"http://{CAPITAL}/yaowen/{number}.html",
            bare_page(
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
                bare_page(None, "备案与标识查询", "本页为演示用虚构服务。"),
            )
    ground.text(f"http://{NEWS}/a/1001.html", bare_page(None, "明湖春色", "明湖春色，游人如织。"))


def _dead_and_shut(ground: Ground) -> None:
    """Outside pages that are gone, and hosts that refuse or fail whatever is asked."""
    mended = bare_page(None, "旧闻", "已恢复的旧闻页面，供读者查阅。")
    for fault, url, status in (
        ("lnk102-article", f"http://{NEWS}/a/1024.html", 404),
        ("lnk102-gone", f"http://{TOUR}/line/8.html", 410),
        ("lnk102-home", f"http://{TOUR}/old/", 404),
    ):
        if ground.planted(fault):
            ground.text(url, bare_page(None, f"{status}", "Not Found"), status=status)
        else:
            ground.text(url, mended)
    good = bare_page(None, "便民服务", "欢迎使用便民缴费服务。")
    for fault, host, status, words in (
        ("lnk106-wall", WALL, 403, ("访问受限", "请求未通过安全验证。")),
        ("lnk106-maintenance", MAINTENANCE, 503, ("系统维护", "系统正在升级维护，请稍后再来。")),
    ):
        bad = bare_page(None, *words)
        planted = ground.planted(fault)
        for path in ("/", "/service/pay.html"):
            ground.text(
                f"http://{host}{path}", bad if planted else good, status=status if planted else 200
            )


def _flaky(question: Question) -> Answer:
    """Down at the first attempt, well ever after."""
    if question.times == 0:
        return Answer(b"Service Unavailable", 503, "text/plain", (("Retry-After", "1"),))
    return Answer(bare_page(None, "微视频", "微视频正在播放，请稍候欣赏。").encode())


def _no_head(question: Question) -> Answer:
    """A server that refuses HEAD."""
    if question.method == "HEAD":
        return Answer(b"", 405, "text/plain")
    return Answer(bare_page(None, "线路介绍", "环湖一日游线路介绍，含交通与住宿。").encode())


def build_services(ground: Ground) -> None:
    """政务服务: a folder that answers 200 to any name, a page behind a cookie."""
    guide = RowColumn("办事指南", "/wsbs/bszn/", "办事服务")
    hall = RowColumn("服务大厅", "/wsbs/fwdt/", "办事服务")
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
            RowColumn(what, f"/wsbs/bszn/{name}.html"),
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
    publish_portal(ground, frame, RowColumn("政务服务", "/wsbs/"), blocks)
    ground.fallbacks.append(
        (
            f"{URL}/wsbs/",
            Answer(
                bare_page(FRAME.site, SOFT_PAGE, "您可以返回首页，或使用站内搜索查找。").encode()
            ),
        )
    )

    publish_page(
        ground,
        frame,
        RowColumn("在线预约", "/wsbs/yuyue/"),
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

"""The links that articles and the home page carry: good ones, odd ones, and those that lead astray."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from markupsafe import Markup

from crawler.demo.answers import Answer
from crawler.demo.ground import Ground, Item
from crawler.demo.publishing import anchor, paragraphs, publish_page
from crawler.demo.rows import RowColumn
from tests.district.portal.outside import FLAKY, MAINTENANCE, NEWS, TOUR, URL, WALL
from tests.district.portal.portal import FRAME
from tests.district.portal.sites import bare_page

FRIENDS = (
    Item("澄江市人民政府", "http://www.chengjiang.example/"),
    Item("明湖新闻网", f"http://{NEWS}/"),
    Item("明湖文旅", f"http://{TOUR}/"),
    Item("明湖文旅旧版", f"http://{TOUR}/old/"),
    Item("明湖区就业服务网", "http://jy.gongkai-demo.gov.cn/"),
    Item("明湖区公共资源交易网", "http://ggzy.gongkai-demo.gov.cn/"),
    Item("明湖区统计信息网", "http://tj.gongkai-demo.gov.cn/"),
)


def link_list(*links: tuple[str, str]) -> Markup:
    """Links in an article's text, each in its own paragraph."""
    return Markup("").join(
        Markup("<p>相关链接：{}</p>").format(anchor(url, words)) for url, words in links
    )


def planted_links(ground: Ground) -> Mapping[str, Markup]:
    """What is added to the text of certain articles, by ``column path#number of the article``."""
    found: dict[str, Markup] = {}

    def page(fault: str, path: str, name: str, status: int = 404) -> str:
        if not ground.planted(fault):
            publish_page(
                ground,
                FRAME,
                RowColumn(name, path),
                paragraphs(f"{name}页面已恢复，内容包括政策依据、办理流程和联系方式，供公众查阅。"),
            )
        elif status != HTTPStatus.NOT_FOUND:
            ground.text(
                URL + path, bare_page(FRAME.site, "内容已撤下", "该内容已撤下。"), status=status
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
        RowColumn("市民手册", "/zjmh/%E5%B8%82%E6%B0%91%E6%89%8B%E5%86%8C.html"),
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
                RowColumn(f"2015年专题第{number}期", path),
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
            RowColumn("文明实践", home),
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

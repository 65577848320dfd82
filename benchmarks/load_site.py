"""A big plain site for measuring: static pages with about a hundred links each, and dead links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from crawler.demo.answers import Answer, Question

HOST = "www.gongkai-load.gov.cn"
SUBJECTS = (
    "城市更新", "老旧小区改造", "湖泊保护", "河湖长制", "安全生产", "防汛排涝", "森林防火", "食品安全",
    "义务教育", "学前教育", "托育服务", "养老服务", "社区食堂", "残疾人保障", "就业帮扶", "退役军人服务",
    "全民健身", "公共文化", "文明创建", "垃圾分类", "背街小巷整治", "停车治理", "口袋公园建设", "绿道建设",
    "招商引资", "重点项目建设", "工业稳增长", "科技创新", "营商环境", "政务服务", "数字政府建设", "乡村振兴",
    "粮食生产", "高标准农田建设", "蔬菜保供", "消费促进", "文旅融合", "消防安全", "燃气安全", "交通秩序",
    "网格治理", "电梯安全", "水质监测", "志愿服务", "社区健身", "非遗传承", "图书阅读", "家庭医生服务",
)  # fmt: skip
HEADLINES = (
    "区领导调研{}工作",
    "我区召开{}工作推进会",
    "{}工作现场会在湖滨广场举行",
    "全区{}专题培训班开班",
    "区政府常务会议研究部署{}工作",
    "我区{}工作经验在全市交流",
    "区人大代表视察{}工作",
)
COLUMNS = 40
ROWS = 20
# linkchecker asks a host faster than ten times a second only where it is invited to; others ignore it.
FASTER = (("LinkChecker", "faster"),)
MISSING = Answer(b"<!DOCTYPE html><title>404</title><p>Not Found</p>", 404)


@dataclass(frozen=True)
class LoadSite:
    """A site of ``pages`` pages: a home page, 40 columns with list pages, articles.

    Every page has about ``links`` links; ``dead`` of the addresses linked to answer 404, each from
    one article. The same arguments give the same bytes; pages are built when they are asked for
    first, so a benchmark should ask for all of them once (:meth:`warm`) before it measures.
    """

    pages: int = 2000
    links: int = 100
    dead: int = 100
    today: date = date(2026, 3, 2)
    host: str = HOST

    @property
    def hosts(self) -> tuple[str, ...]:
        """The one host."""
        return (self.host,)

    @property
    def url(self) -> str:
        """The home page."""
        return f"http://{self.host}/"

    @cached_property
    def articles(self) -> int:
        """How many of the pages are articles: each list page shows 20 of them."""
        best = 0
        for number in range(self.pages):
            if 1 + self._list_pages(number) + number > self.pages:
                break
            best = number
        return best

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The addresses of all pages; they number ``pages``."""
        lists = [path for column in range(COLUMNS) for path in self._lists(column)]
        own = ["/", *lists, *(self._article(number) for number in range(self.articles))]
        # What rounding leaves over are single pages that the home page links to.
        return (*own, *(f"/about/p{number}.html" for number in range(self.pages - len(own))))

    @property
    def dead_urls(self) -> tuple[str, ...]:
        """The addresses that answer 404."""
        return tuple(f"http://{self.host}{self._dead(number)}" for number in range(self.dead))

    def warm(self) -> int:
        """Build every page; how many bytes they have together."""
        return sum(len(answer.body) for answer in self._answers.values())

    def answer(self, question: Question) -> Answer:
        """Answer one request."""
        return self._answers.get(question.target, MISSING)

    @cached_property
    def _answers(self) -> dict[str, Answer]:
        return {path: Answer(self._page(path).encode(), headers=FASTER) for path in self.paths} | {
            "/robots.txt": Answer(b"User-agent: *\nDisallow:\n", content_type="text/plain")
        }

    def _list_pages(self, articles: int) -> int:
        return sum(max(1, -(-self._share(column, articles) // ROWS)) for column in range(COLUMNS))

    @staticmethod
    def _share(column: int, articles: int) -> int:
        return len(range(column, articles, COLUMNS))

    def _lists(self, column: int) -> Iterator[str]:
        yield f"/lm{column:02}/"
        for number in range(1, -(-self._share(column, self.articles) // ROWS)):
            yield f"/lm{column:02}/index_{number}.html"

    @staticmethod
    def _article(number: int) -> str:
        return f"/lm{number % COLUMNS:02}/art_{10000 + number}.html"

    @staticmethod
    def _dead(number: int) -> str:
        # Scattered over the living folders: a hundred causes, not one.
        return f"/lm{number % COLUMNS:02}/gone_{number}.html"

    @staticmethod
    def _title(number: int) -> str:
        subject = SUBJECTS[number % len(SUBJECTS)]
        return f"{HEADLINES[number % len(HEADLINES)].format(subject)}（第{number + 1}期）"

    def _day(self, number: int) -> date:
        return self.today - timedelta(days=number // COLUMNS)

    def _page(self, path: str) -> str:
        folder, _, name = path.strip("/").partition("/")
        if path == "/":
            return self._frame(
                "首页", path, self._rows(range(min(ROWS, self.articles))), self._extra()
            )
        if name.startswith("art_"):
            return self._article_page(path, int(name[4:-5]) - 10000)
        if folder == "about":
            return self._frame(
                f"说明{name}",
                path,
                "<h1>说明</h1><p>本页是演示所用的单篇说明，介绍网站的栏目设置和使用方法，供测速时抓取。</p>",
                "",
            )
        column = int(folder[2:])
        page = int(name[6:-5]) if name else 0
        numbers = range(column, self.articles, COLUMNS)[page * ROWS : (page + 1) * ROWS]
        total = len(list(self._lists(column)))
        pager = f'<script>createPageHTML({total}, {page}, "index", "html");</script>'
        links = " ".join(
            f'<a href="{one}">{turn}</a>' for turn, one in enumerate(self._lists(column), 1)
        )
        return self._frame(
            f"栏目{column + 1}",
            path,
            f"<h1>栏目{column + 1}</h1>{self._rows(numbers)}",
            f'<div class="page">{links}{pager}</div>',
        )

    def _extra(self) -> str:
        return " ".join(
            f'<a href="{path}">说明</a>' for path in self.paths if path.startswith("/about/")
        )

    def _rows(self, numbers: range) -> str:
        rows = "".join(
            f'<li><a href="{self._article(number)}">{self._title(number)}</a><span>{self._day(number)}</span></li>'
            for number in numbers
        )
        return f'<ul class="list">{rows}</ul>'

    def _article_page(self, path: str, number: int) -> str:
        gone = "".join(
            f'<p><a href="{self._dead(one)}">旧文{one}</a></p>'
            for one in range(number, self.dead, self.articles)
        )
        words = (
            f"<p>{SUBJECTS[number % len(SUBJECTS)]}工作稳步推进，各街道和有关部门按照职责分工抓好落实，进展总体顺利。</p>"
            * 6
        )
        day = self._day(number)
        body = f'<h1>{self._title(number)}</h1><p class="info">发布时间：{day} 09:00 来源：演示</p><div class="TRS_Editor">{words}{gone}</div>'
        return self._frame(self._title(number), path, body, "")

    def _frame(self, title: str, path: str, body: str, foot: str) -> str:
        """The page with a menu of columns, and links to neighbouring articles up to ``links``."""
        menu = "".join(
            f'<li><a href="/lm{column:02}/">栏目{column + 1}</a></li>' for column in range(COLUMNS)
        )
        near = max(0, self.links - COLUMNS - body.count("<a ") - foot.count("<a "))
        first = sum(map(ord, path)) % max(1, self.articles)
        beside = "".join(
            f'<li><a href="{self._article((first + turn * 7) % self.articles)}">相关信息{turn + 1}</a></li>'
            for turn in range(near if self.articles else 0)
        )
        return (
            f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}-测速站</title>'
            f'<meta name="SiteName" content="测速站"></head><body><div class="nav"><ul>{menu}</ul></div>'
            f'<div class="crumb">当前位置：<a href="/">首页</a></div><main>{body}{foot}</main>'
            f'<div class="side"><ul>{beside}</ul></div><footer>主办：演示</footer></body></html>'
        )

"""A department's or street's section of the portal: its frame, columns, articles and register rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from markupsafe import Markup

from crawler.demo.ground import NOTHING, Frame, Ground, Item, Registered
from crawler.demo.publishing import (
    Block,
    PublishedArticle,
    paragraphs,
    publish_article,
    publish_list,
    publish_page,
    publish_portal,
)
from crawler.demo.rows import Row, RowColumn
from tests.district.papers.policies import Pair, publish_unit_pair
from tests.district.portal.portal import FRAME, HOST
from tests.district.words import prose

URL = f"http://{HOST}"
PARTY = "机关党建工作@30[180]"
CIVIC = "文明创建@30[180]"


@dataclass
class Office:
    """One department's section while it is built: its frame, columns, and rows by column path."""

    ground: Ground
    frame: Frame
    short: str
    home: RowColumn
    columns: tuple[RowColumn, ...]
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

    def article(self, column: RowColumn, title: str, subject: str, days: int, **fields: Any) -> Row:
        """Serve one article of a column; its row."""
        day = self.ground.ago(days)
        path = self.address()
        body = paragraphs(*prose(subject, self.name, day, self._number)) + self.extras.get(
            f"{column.path}#{len(self.rows.setdefault(column.path, []))}", NOTHING
        )
        article = PublishedArticle(path, title, day, body, source=self.name, **fields)
        publish_article(self.ground, self.articles_frame(), column, article)
        row = article.row()
        self.rows[column.path].append(row)
        return row

    def listing(self, column: RowColumn, duty: str = "", reason: str = "", **options: Any) -> None:
        """Serve the list of a column's articles and register it."""
        rows = self.rows.get(column.path, [])
        settings = {"shape": self.shape, "format": self.format, "pager": self.pager, **options}
        frame = settings.pop("frame", self.inner())
        publish_list(self.ground, frame, column, settings.pop("rows", rows), **settings)
        self.register(column, duty, reason)

    def single(self, column: RowColumn, *texts: str | Markup, duty: str = "静态") -> None:
        """Serve a column that is one text and register it."""
        publish_page(self.ground, self.inner(), column, paragraphs(*texts) if texts else NOTHING)
        self.register(column, duty)

    def register(self, column: RowColumn, duty: str = "", reason: str = "") -> None:
        """Add a column to the inventory under this unit."""
        self.ground.register(
            Registered(column.name, URL + column.path, self.name, column.type, duty, reason)
        )

    def close(self) -> None:
        """Serve the section's home page: a portal of its first columns' newest rows."""
        blocks = [
            Block.of(column, rows[:5])
            for column in self.columns
            if (rows := self.rows.get(column.path, []))
            and rows[0].day
            and self.ground.ago(10) <= rows[0].day <= self.ground.today
        ]
        blocks.append(
            Block(
                "本单位简介",
                self.columns[0].path,
                about=f"{self.name}负责本区相关行政管理和公共服务工作，机构职能、领导信息见左侧栏目。",
            )
        )
        publish_portal(self.ground, self.frame, self.home, blocks)


def office(
    ground: Ground,
    family: str,
    name: str,
    short: str,
    path: str,
    articles: str,
    columns: Sequence[RowColumn],
    **options: Any,
) -> Office:
    """A section of the portal with its menu of columns."""
    home = RowColumn(name, path, "")
    frame_options = options.pop("frame", {})
    frame = replace(
        FRAME,
        family=family,
        unit=name,
        menu=tuple(column.item for column in columns),
        crumbs=(Item("首页", "/"), Item("政务公开", "/zwgk/")),
        **frame_options,
    )
    return Office(ground, frame, short, home, tuple(columns), articles, **options)


def duties_of(unit: Office, functions: RowColumn, leaders: RowColumn) -> None:
    """机构职能 and 领导信息, the two single articles that every unit has."""
    hours = "；办公时间：工作日9:00至17:00"
    if unit.name == "湖滨街道办事处" and unit.ground.planted("dsc103-lakeside"):
        hours = ""
    if functions in unit.columns:
        unit.single(
            functions,
            f"{unit.name}是明湖区人民政府工作部门，贯彻执行国家和省、市有关法律法规，承担本区相关行业的管理和服务职责。",
            f"办公地址：明湖区湖心路1号{hours}；联系电话：0000-8600200。",
            "内设机构：办公室、综合科、业务科、法规科。",
        )
    unit.single(
        leaders,
        "局长：周明，主持全面工作。",
        "副局长：李安，分管业务科、法规科；陈亮，分管办公室、综合科。",
    )


def publish_pairs(
    ground: Ground,
    unit: Office,
    frames: tuple[Frame, Frame],
    columns: tuple[RowColumn, RowColumn],
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

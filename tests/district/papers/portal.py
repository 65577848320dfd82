"""The frame of the portal and the columns that stand in more than one place."""

from __future__ import annotations

from dataclasses import replace

from crawler.demo.ground import Frame, Item
from crawler.demo.rows import RowColumn

HOST = "www.gongkai-demo.gov.cn"
NAME = "明湖区人民政府"
CODE = "9901000001"
OFFICE = "明湖区人民政府办公室"
NAV = (
    Item("首页", "/"),
    Item("走进明湖", "/zjmh/"),
    Item("新闻动态", "/xwdt/"),
    Item("政务公开", "/zwgk/"),
    Item("政务服务", "/wsbs/"),
    Item("互动交流", "/hdjl/"),
    Item("数据发布", "/sj/"),
    Item("专题专栏", "/ztzl/"),
)
FRAME = Frame("trs", HOST, NAME, OFFICE, CODE, nav=NAV, crumbs=(Item("首页", "/"),))

GUIDE = RowColumn("政府信息公开指南", "/zwgk/xxgkzn/", "信息公开指南")
RULES = RowColumn("政府信息公开制度", "/zwgk/xxgkzd/", "信息公开目录")
PLANS = RowColumn("规划计划", "/zwgk/ghjh/", "")
REPORTS = RowColumn("政府信息公开年报", "/zwgk/xxgknb/", "信息公开年报")
ON_REQUEST = RowColumn("依申请公开", "/ysq/", "依申请公开")
PEOPLE = RowColumn("人事信息", "/zwgk/rsxx/", "")
DOCUMENTS = RowColumn("政策文件", "/zwgk/zcwj/", "政策文件")
INTERPRETATIONS = RowColumn("政策解读", "/zwgk/zcjd/", "政策解读")

SUPERVISION = RowColumn("政务督查", "/zwgk/zwdc/")
RESEARCH = RowColumn("政务调研", "/zwgk/zwdy/")
CASES = RowColumn("以案释法", "/zwgk/yasf/")
LECTURES = RowColumn("法治讲堂", "/zwgk/fzjt/")
READINGS = RowColumn("数据解读", "/sj/sjjd/", "数据发布")
# The menu of 政务公开.
OPEN_GOVERNMENT = (
    DOCUMENTS, INTERPRETATIONS, GUIDE, RULES, PLANS, REPORTS, PEOPLE, ON_REQUEST,
)  # fmt: skip


def section(name: str, path: str, *columns: RowColumn) -> Frame:
    """The frame below one of the portal's main entries, with its own left menu."""
    return replace(
        FRAME,
        unit=name,
        menu=tuple(column.item for column in columns),
        crumbs=(*FRAME.crumbs, Item(name, path)),
    )

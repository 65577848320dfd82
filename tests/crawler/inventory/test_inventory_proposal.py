"""An inventory proposed from a crawl: what is known is written down, what is guessed says why."""

import io
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from crawler.discovery.issuers import Issuers
from crawler.discovery.proposal import propose, tidy
from crawler.discovery.rhythm import suggest
from crawler.inventory.model import RegisteredSite
from crawler.inventory.table.export import inventory_workbook
from crawler.inventory.table.importing import district_in, plan_import
from plugins import Column, ColumnKind, Entry, PageDigest

TODAY = date(2026, 6, 30)
ROOT = "http://www.a.gov.cn/"
SITE = RegisteredSite("www.a.gov.cn", start=(ROOT,))


def every(days: int, count: int, last: date = TODAY) -> list[date]:
    return [last - timedelta(days=days * number) for number in range(count)]


@pytest.mark.parametrize(
    ("days", "duty"),
    [
        (every(7, 30), "14"),
        (every(20, 30), "30"),
        (every(60, 12), "90"),
        (every(100, 8), "180"),
        (every(7, 4), "30"),  # a few entries are no rhythm yet
        (every(20, 30, date(2026, 4, 1)), "90"),  # the pause since the newest one counts
        ([], None),
        (every(7, 3), None),
        (every(7, 30, date(2025, 1, 1)), None),  # silent for more than a year
        ([date(year, month, 5) for year in range(2021, 2026) for month in (3, 9)], None),  # not now
        (
            [date(year, month, 5) for year in range(2021, 2026) for month in (9, 11)],
            "每年9月、11月",
        ),
        ([date(year, 1, 20) for year in range(2021, 2027)], "每年1月"),
        ([date(year, year % 12 + 1, 5) for year in range(2018, 2026)], None),
    ],
)
def test_the_rhythm_suggests_a_duty_that_the_column_keeps(days, duty):
    found = suggest("招生信息", "", days, TODAY)
    assert (found.duty.text if found.duty else None) == duty, found.why
    if found.duty:
        assert found.duty.due(max(days)) >= TODAY


def test_the_national_demand_comes_before_the_rhythm():
    found = suggest("通知公告", "", every(30, 20), TODAY)
    assert found.duty.text == "180"
    assert "国家检查指标" in found.why
    assert "间隔中位数30天" in found.why


def test_days_to_come_prove_nothing():
    assert suggest("甲", "", [TODAY + timedelta(days=n) for n in range(1, 30)], TODAY).duty is None


@pytest.mark.parametrize(
    ("title", "district"),
    [
        ("黄陵市明湖区人民政府门户网站", "黄陵市明湖区"),
        ("明湖区人民政府", "明湖区"),
        ("明湖区政府信息公开", "明湖区"),
        ("首页", ""),
        ("社区服务", ""),
    ],
)
def test_the_district_is_read_off_a_title(title, district):
    assert district_in(title) == district


def test_spellings_of_one_unit_are_one_unit():
    issuers = Issuers("明湖区")
    spelled = (
        "区教育局",
        "明湖区教育局",
        "黄陵市明湖区教育局",
        " 教育局 ",
        "区教育局",
        "来源：区教育局",
    )
    keys = {issuers.meet(one) for one in spelled}
    assert keys == {"教育局"}
    assert issuers.meet("湖滨街道") == issuers.meet("湖滨街道办事处") == issuers.meet("湖滨街道办")
    units = issuers.units(["教育局", "湖滨街道"])
    assert units["教育局"].name == "区教育局"
    assert units["教育局"].aliases == ("教育局", "明湖区教育局", "黄陵市明湖区教育局")
    assert units["湖滨街道"].kind == "street"


@pytest.mark.parametrize(
    "text",
    ["新华社", "湖北日报", "国务院办公厅", "中国政府网", "本站", "市教育局", "湖北省教育厅", "黄陵市教育局",
     "张三", "", "区融媒体中心", "国家统计局"],
)  # fmt: skip
def test_papers_and_offices_of_other_levels_are_no_units(text):
    assert not Issuers("明湖区").meet(text)


def column(path: str, name: str, days: list[date] | None = None, **more) -> Column:
    url = ROOT + path
    entries = tuple(
        Entry(f"{url}{place}.html", f"{url}{place}.html", f"第{place}篇", day)
        for place, day in enumerate(days or [])
    )
    return Column(url, url, name, **{"entries": entries, "empty": not entries} | more)


def pages(sources: Mapping[str, list[str]], title: str = "明湖区人民政府") -> dict[str, PageDigest]:
    found = {ROOT: PageDigest(ROOT, ROOT, 200, "home", title=title)}
    for path, names in sources.items():
        for place, source in enumerate(names):
            url = f"{ROOT}{path}{place}.html"
            found[url] = PageDigest(url, url, 200, "article", source=source)
    return found


def test_what_was_observed_becomes_a_proposal_with_its_grounds(tmp_path):
    proposal = propose(
        SITE,
        [
            column("", "首页"),
            column("tz/", "通知公告", every(10, 12)),
            column("zs/", "招生信息", every(20, 12)),
            column("jy/gz/", "规章", every(300, 5), crumbs=("首页", "区财政局", "规章")),
            column("zn/", "公开指南", kind=ColumnKind.SINGLE, type="信息公开指南"),
            column("sq/", "依申请公开", kind=ColumnKind.FORM, type="依申请公开"),
            column("kb/", "空栏目"),
            column("bd/", "<b>=1+1</b>", every(7, 20), type="乱写的"),
            column("wd/", "", every(7, 20)),
        ],
        pages(
            {
                "zs/": ["区教育局"] * 9 + ["明湖区教育局", "新华社"],
                "tz/": ["区教育局", "区民政局"] * 4,
            }
        ),
        TODAY,
        ["读取了9页。"],
    )
    rows = {one.name: one for one in proposal.inventory.columns}
    said = {one.name: proposal.guesses[one.url] for one in proposal.inventory.columns}
    assert list(rows) == [
        "通知公告", "招生信息", "规章", "公开指南", "依申请公开", "空栏目", "＜b＞=1+1＜/b＞"
    ]  # fmt: skip
    assert proposal.inventory.district == "明湖区"
    assert [(unit.name, unit.aliases) for unit in proposal.inventory.units] == [
        ("区教育局", ("明湖区教育局",)),
        ("区财政局", ()),
    ]
    assert (rows["招生信息"].unit, rows["招生信息"].duty.text) == ("区教育局", "30")
    assert "11篇注明来源的文章中有10篇来自“区教育局”" in said["招生信息"]["unit"]
    assert "间隔中位数20天" in said["招生信息"]["duty"]
    assert (rows["通知公告"].unit, rows["通知公告"].type) == ("", "通知公告")
    assert "文章来自2个单位" in said["通知公告"]["unit"]
    assert (rows["规章"].unit, rows["规章"].extra) == ("区财政局", (("上级栏目", "区财政局"),))
    assert rows["公开指南"].duty.text == "静态"
    assert rows["依申请公开"].duty.text == "依申请公开"
    assert rows["空栏目"].duty is None
    assert "核实" in said["空栏目"]["duty"]
    assert rows["＜b＞=1+1＜/b＞"].type == ""

    text = proposal.text()
    assert tomllib.loads(text)["column"][1]["duty"] == "30"
    assert 'duty = "30"  # 推测：近两年有12个发布日' in text
    assert "# duty 未填：栏目是空的，请核实" in text
    assert "# 读取了9页。" in text

    table = tmp_path / "d.xlsx"
    table.write_bytes(inventory_workbook(proposal.inventory, proposal.marks))
    sheet = load_workbook(io.BytesIO(table.read_bytes()))["栏目"]
    assert sheet[1][-1].value == "推测依据"
    assert "责任单位：11篇注明来源" in sheet[3][-1].value
    (tmp_path / "d.toml").write_text(text, encoding="utf-8")
    # The workbook and the file say the same; what was guessed is no part of the register.
    plan = plan_import(table, tmp_path / "d.toml")
    assert not plan.needed
    assert all("推测依据" not in dict(one.extra) for one in plan.new.columns)


def test_a_home_page_that_says_nothing_leaves_the_district_open():
    proposal = propose(SITE, [], {}, TODAY)
    assert "待填写" in proposal.inventory.district
    assert "请填写" in proposal.remarks[-1]


def test_names_from_pages_stay_on_their_line():
    assert tidy(" 通知\n\x1b[31m公告 &lt;a&gt; A&B ") == "通知 [31m公告 & lt;a& gt; A&B"
    proposal = propose(
        SITE, [column("a/", 'x"\n[[site]]', crumbs=("首页", 'y"\n[[unit]]', 'x"'))], {}, TODAY
    )
    read = tomllib.loads(proposal.text())
    assert len(read["site"]) == 1
    assert "unit" not in read

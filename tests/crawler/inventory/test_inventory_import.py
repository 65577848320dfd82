"""The office's table read into the inventory: tolerant of its shape, strict about its rows."""

import contextlib
import random
import re
import time
import zipfile
from datetime import date, datetime
from datetime import time as clock
from pathlib import Path

import pytest

from crawler.inventory.model import read_inventory
from crawler.inventory.table.importing import plan_import
from plugins import Unit
from plugins.errors import ConfigurationError
from tests.crawler.inventory.office_tables import HEAD, ROWS, book_of, csv_of, saved, sheet_of

ENTITIES = b'<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><a>&c;</a>'
MIDNIGHT = clock()
OLD = """\
# 台账的第一行
[district]
name = "测试区"

[audit]
resolver = "127.0.0.1:5353"          # 区里的域名服务器

# 办公室
[[unit]]
name = "区政府办"
kind = "department"
fields = "many"
aliases = ["政府办"]

[[unit]]
name = "区教育局"
kind = "department"

[[site]]
host = "www.a.gov.cn"
name = "测试区人民政府"
start = ["http://www.a.gov.cn/"]
rate = 0.5
unit = "区政府办"

# 这一栏由办公室自己管
[[column]]
name = "通知公告"
url = "http://www.a.gov.cn/tz/"
unit = "区政府办"
duty = 180                            # 六个月

[[column]]
name = "多余"
url = "http://www.a.gov.cn/dy/"

[options.COL201]
grace = 3                             # 宽限三天
"""


@pytest.fixture
def into(tmp_path):
    path = tmp_path / "inventory.toml"
    path.write_text(OLD, encoding="utf-8")
    return path


def fresh(path: Path, **more):
    return plan_import(path, path.parent / "new.toml", **more)


def refused(path: Path, into: Path | None = None, **more) -> list[tuple[object, str, str]]:
    with pytest.raises(ConfigurationError) as caught:
        plan_import(path, into or path.parent / "new.toml", **more)
    assert all(one.file.startswith(str(path)) for one in caught.value.problems)
    return [(one.row, one.field, one.message) for one in caught.value.problems]


def with_row(tmp_path, **cells):
    """A table whose second row (row 3) has other cells."""
    row = dict(zip(HEAD, ROWS[1], strict=True)) | cells
    rows = (HEAD, ROWS[0], [row[name] for name in HEAD], *ROWS[2:])
    return saved(book_of(rows), tmp_path / "t.xlsx")


def test_a_plain_table_is_read_whole(tmp_path):
    new = fresh(saved(book_of(), tmp_path / "t.xlsx"), district="测试区").new
    assert new.district == "测试区"
    assert [(one.name, one.unit, one.duty.text) for one in new.columns] == [
        ("通知公告", "区政府办", "180"),
        ("党建", "区教育局", "党建@30[180]"),
        ("旧栏目", "沿河街道", "-1"),
        ("年报", "区教育局", "每年2月、9月"),
    ]
    assert new.units == (
        Unit("区政府办"),
        Unit("区教育局"),
        Unit("沿河街道", "street"),
    )
    assert [site.start for site in new.sites] == [("http://www.a.gov.cn/",)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_says_the_same_in_any_encoding(tmp_path, encoding):
    table = fresh(saved(book_of(), tmp_path / "t.xlsx"), district="区").new
    text = fresh(csv_of(tmp_path / "t.csv", (HEAD, *ROWS), encoding), district="区").new
    assert (text.columns, text.units) == (table.columns, table.units)


@pytest.mark.parametrize("separator", ["\t", ";", "，"])
def test_a_csv_may_be_separated_otherwise(tmp_path, separator):
    path = tmp_path / "t.csv"
    lines = [
        separator.join("" if one is None else str(one) for one in row) for row in (HEAD, *ROWS[:3])
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert len(fresh(path, district="区").new.columns) == 3


def test_the_table_of_an_office_with_all_its_habits(tmp_path):
    book = book_of(
        (
            ("明湖区人民政府门户网站内容保障责任分工表",),
            ("填表日期：2026年3月",),
            (),
            (
                "序号",
                "栏 目",
                None,
                "责任单位\n（全称）",
                "更新周期（天）",
                "栏目网址",
                "备注",
                "责任科室",
            ),
            (None, "一级栏目", "二级栏目", None, None, None, None, None),
            (
                1,
                "政务公开",
                "通知\n公告",
                "区政府办",
                "１８０",
                "http://www.a.gov.cn/tz/",
                "",
                "甲科",
            ),
            (2, None, "政策文件", None, 180.0, "www.a.gov.cn/zc/", None, None),
            (None,) * 8,
            (3, None, "年报", None, "每年2月，9月【180】", "http://www.a.gov.cn/nb/", None, "乙科"),
            (4, "互动", None, "同上", "-1", "http://www.a.gov.cn/hd/", "按需发布", None),
            (5, None, None, None, None, None, None, None),
            ("注：由区政府办负责解释。",),
        )
    )
    sheet = book["分工表"]
    for block in ("A1:H1", "B4:C4", "A4:A5", "D4:D5", "E4:E5", "F4:F5", "G4:G5", "H4:H5"):
        sheet.merge_cells(block)
    sheet.merge_cells("B6:B9")
    sheet.merge_cells("D6:D9")
    sheet.row_dimensions[7].hidden = True
    plan = fresh(saved(book, tmp_path / "t.xlsx"))
    assert plan.new.district == "明湖区"
    assert [(one.name, one.unit, one.duty.text, dict(one.extra)) for one in plan.new.columns] == [
        ("通知公告", "区政府办", "180", {"责任科室": "甲科"}),
        ("政策文件", "区政府办", "180", {}),
        ("年报", "区政府办", "每年2月、9月[180]", {"责任科室": "乙科"}),
        ("互动", "区政府办", "-1", {"备注": "按需发布"}),
    ]
    assert plan.new.columns[3].reason == "按需发布"
    assert plan.new.columns[1].url == "http://www.a.gov.cn/zc/"
    said = "\n".join(plan.remarks)
    for words in (
        "“责任单位（全称）”一列有合并单元格，已向下填写：第7、9行",
        "隐藏的第7行已照常读取",
        "第11行只有序号",
        "第12行“注：由区政府办负责解释。”是小标题或说明",
        "第7行“www.a.gov.cn/zc/”→“http://www.a.gov.cn/zc/”",
        "1行“-1”的豁免原因取自说明或备注",
        "区划名称“明湖区”取自",
    ):
        assert words in said, said


def test_headings_may_come_in_any_order_with_further_columns(tmp_path):
    turned = [tuple(reversed(row)) for row in (HEAD, *ROWS)]
    rows = [(*turned[0], "联系人", "联系人"), *((*row, "张三", "李四") for row in turned[1:])]
    new = fresh(saved(book_of(rows), tmp_path / "t.xlsx"), district="区").new
    assert [one.name for one in new.columns] == [row[1] for row in ROWS]
    assert new.columns[0].extra == (("联系人", "张三"), ("联系人2", "李四"))


@pytest.mark.parametrize(
    "value",
    [
        date(2026, 3, 1),
        datetime.combine(date(2026, 3, 1), MIDNIGHT),
        46082,
        46082.0,
        "46082",
        "2026-03-01",
        "2026/3/1",
        "2026.3.1",
        "2026年3月1日",
        "２０２６－０３－０１",
        "20260301",
    ],
)
def test_days_are_read_in_every_spelling(tmp_path, value):
    rows = ((*HEAD, "生效日期"), (*ROWS[0], value))
    new = fresh(saved(book_of(rows), tmp_path / "t.xlsx"), district="区").new
    assert new.columns[0].valid_from == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("cells", "field", "words"),
    [
        ({"栏目名称": None}, "栏目名称", "不能为空"),
        ({"栏目名称": "<b>党建</b>"}, "栏目名称", "网页代码"),
        ({"栏目名称": "&lt;党建&gt;"}, "栏目名称", "网页代码"),
        ({"栏目名称": "=A1"}, "栏目名称", "是公式"),
        ({"网址": None}, "网址", "没有网址"),
        ({"网址": "/dj/"}, "网址", "不是网址"),
        ({"网址": "点击打开"}, "网址", "不是网址"),
        ({"网址": "http://www.a.gov.cn/tz/index.html#1"}, "", ""),
        ({"网址": "http://www.a.gov.cn/tz/#1"}, "网址", "与分工表第2行相同"),
        ({"网址": '=HYPERLINK("http://www.a.gov.cn/")'}, "网址", "是公式"),
        ({"责任单位": "区教育局、区民政局"}, "责任单位", "几个单位"),
        ({"责任单位": "区教育局\n区民政局"}, "责任单位", "几个单位"),
        ({"责任单位": "各街道"}, "责任单位", "不是一个单位"),
        ({"责任单位": "<i>局</i>"}, "责任单位", "网页代码"),
        ({"更新要求": "每月更新"}, "更新要求", "无法识别"),
        ({"更新要求": datetime.combine(date(2026, 2, 9), MIDNIGHT)}, "更新要求", "日期"),
        ({"更新要求": 46062}, "更新要求", "9999"),
        ({"更新要求": 1.5}, "更新要求", "整数"),
        ({"更新要求": 0}, "更新要求", "不能是0"),
        ({"更新要求": "30[180]"}, "更新要求", "组名"),
        ({"更新要求": "每年13月"}, "更新要求", "没有13月"),
        ({"更新要求": "=30*6"}, "更新要求", "是公式"),
        ({"更新要求": True}, "更新要求", "无法识别"),
        ({"更新要求": -1}, "豁免原因", "须写明豁免原因"),
        ({"豁免原因": "停用"}, "豁免原因", "只保留其一"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_by_sheet_row_and_heading(
    tmp_path, cells, field, words
):
    path = with_row(tmp_path, **cells)
    if not field:
        assert fresh(path, district="区").new.columns
        return
    assert [(row, heading) for row, heading, _ in refused(path)] == [(3, field)]
    assert words in refused(path)[0][2]
    with pytest.raises(ConfigurationError, match="工作表“分工表” 第3行 字段“"):
        fresh(path)


def test_every_bad_row_is_told_at_once(tmp_path):
    rows = [HEAD, *((1, f"栏{n}", f"http://www.a.gov.cn/{n}/", "", "随时", "") for n in range(50))]
    found = refused(saved(book_of(rows), tmp_path / "t.xlsx"))
    assert [row for row, _, _ in found] == list(range(2, 52))


def test_members_of_a_group_agree_on_its_clock(tmp_path):
    rows = (HEAD, ROWS[1], (2, "党建二", "http://www.a.gov.cn/d2/", "", "党建@20", None))
    assert refused(saved(book_of(rows), tmp_path / "t.xlsx"))[0][:2] == (3, "更新要求")


def test_a_formula_with_its_result_is_read_as_the_result(tmp_path):
    path = with_row(tmp_path, 更新要求="=30*6")
    # What a spreadsheet program adds when it saves: the result beside the formula.
    changed = tmp_path / "saved.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = re.sub(rb"(<f>30\*6</f>)<v[^>]*?(?:/>|></v>)", rb"\1<v>180</v>", part)
            new.writestr(name, part)
    assert fresh(changed, district="区").new.columns[1].duty.days == 180
    assert [(row, field) for row, field, _ in refused(path)] == [(3, "更新要求")]


def test_an_error_value_is_refused(tmp_path):
    path = with_row(tmp_path, 责任单位="#N/A")
    assert "错误“#N/A”" in refused(path)[0][2]


def test_a_column_without_heading_is_refused_where_it_says_something(tmp_path):
    rows = (HEAD, ROWS[0], (*ROWS[1], None, "多写的"))
    assert "第8列没有表头" in refused(saved(book_of(rows), tmp_path / "t.xlsx"))[0][2]


def test_the_heading_may_be_repeated_on_every_page(tmp_path):
    rows = (HEAD, *ROWS[:2], HEAD, *ROWS[2:])
    assert len(fresh(saved(book_of(rows), tmp_path / "t.xlsx"), district="区").new.columns) == 4


# -- sheets and files --------------------------------------------------------------------------


def test_a_hidden_sheet_is_left_out_unless_named(tmp_path):
    book = book_of()
    sheet_of(book, "旧表", (HEAD, ROWS[0])).sheet_state = "hidden"
    path = saved(book, tmp_path / "t.xlsx")
    plan = fresh(path, district="区")
    assert len(plan.new.columns) == 4
    assert "工作表“旧表”是隐藏的，未导入" in "\n".join(plan.remarks)
    assert len(fresh(path, sheets=["旧表"], district="区").new.columns) == 1


def test_several_tables_in_one_file_must_be_chosen(tmp_path):
    book = book_of((HEAD, *ROWS[:2]), "区直部门")
    sheet_of(book, "街道", (HEAD, *ROWS[2:]))
    path = saved(book, tmp_path / "t.xlsx")
    assert "“区直部门”、“街道”" in refused(path)[0][2]
    assert len(fresh(path, sheets=["区直部门", "街道"], district="区").new.columns) == 4
    assert "没有工作表“区直”" in refused(path, sheets=["区直"])[0][2]


@pytest.mark.parametrize(
    "rows", [(), (("甲", "乙"), (1, 2)), (("标题",),), (("栏目名称",), ("a",))]
)
def test_a_sheet_that_is_no_such_table_is_refused(tmp_path, rows):
    assert "没有找到栏目表" in refused(saved(book_of(rows), tmp_path / "t.xlsx"))[0][2]


def test_a_table_without_rows_is_refused(tmp_path, into):
    path = saved(book_of((HEAD,)), tmp_path / "t.xlsx")
    assert "没有一行栏目" in refused(path, into)[0][2]


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("t.xlsx", b"", "文件是空的"),
        ("t.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版 .xls"),
        ("t.xlsx", b"PK\x03\x04 no zip", "无法打开"),
        ("t.xlsx", "栏目名称,网址".encode(), "不是 Excel"),
        ("t.docx", b"hello", "只能导入"),
        ("t.csv", b"\xff\xfe\x00", "不是文本文件"),
        ("t.csv", b"a\0b,c", "不是文本文件"),
        ("t.csv", b"", "没有找到栏目表"),
        ("t.csv", b'"' + b"a" * 200_000, "一个单元格过长"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_line(tmp_path, name, raw, words):
    path = tmp_path / name
    path.write_bytes(raw)
    (problem,) = refused(path)
    assert words in problem[2]


def test_a_missing_file_or_a_folder_is_refused(tmp_path):
    assert "不存在" in refused(tmp_path / "none.xlsx")[0][2]
    (tmp_path / "folder.xlsx").mkdir()
    assert "文件夹" in refused(tmp_path / "folder.xlsx")[0][2]


def test_another_office_file_and_a_bomb_are_refused(tmp_path):
    other, bomb = tmp_path / "o.xlsx", tmp_path / "b.xlsx"
    with zipfile.ZipFile(other, "w") as parts:
        parts.writestr("content.xml", "<a/>")
    assert "不是 Excel 工作簿" in refused(other)[0][2]
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as parts,
        parts.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(600):
            part.write(b" " * 2**20)
    assert "展开后超过" in refused(bomb)[0][2]


def test_a_stray_cell_far_away_is_refused(tmp_path):
    book = book_of()
    book["分工表"]["XFD1048576"] = "x"
    assert "范围过大" in refused(saved(book, tmp_path / "t.xlsx"))[0][2]


def test_a_damaged_workbook_is_read_or_refused_and_never_raises_otherwise(tmp_path):
    raw = saved(book_of(), tmp_path / "t.xlsx").read_bytes()
    chance = random.Random(7)
    path = tmp_path / "bad.xlsx"
    outcomes = set()
    for _ in range(60):
        bad = bytearray(raw)
        for _ in range(chance.choice((1, 4, 40))):
            bad[chance.randrange(len(bad))] = chance.randrange(256)
        path.write_bytes(bytes(bad[: chance.choice((len(bad), len(bad) // 2))]))
        try:
            outcomes.add(len(fresh(path, district="区").new.columns))
        except ConfigurationError:
            outcomes.add("refused")
    assert "refused" in outcomes


def test_broken_parts_inside_a_sound_archive_are_refused(tmp_path):
    path, broken = saved(book_of(), tmp_path / "t.xlsx"), tmp_path / "b.xlsx"
    names = zipfile.ZipFile(path).namelist()
    for victim in names:
        for content in (b"", b"<a", b"<a/>", ENTITIES, b"\xff\xfe\x00\x01"):
            with zipfile.ZipFile(path) as old, zipfile.ZipFile(broken, "w") as new:
                for name in names:
                    new.writestr(name, content if name == victim else old.read(name))
            # Anything else that is raised fails the test.
            with contextlib.suppress(ConfigurationError):
                fresh(broken, district="区")


@pytest.mark.slow
def test_ten_thousand_rows_take_less_than_ten_seconds(tmp_path):
    rows = [
        (
            n,
            f"栏目{n}",
            f"http://www.a.gov.cn/{n}/",
            f"区第{n % 40}局",
            (180, "每月初")[n % 2],
            None,
        )
        for n in range(10_000)
    ]
    path = saved(book_of((HEAD, *rows)), tmp_path / "t.xlsx")
    started = time.process_time()
    plan = fresh(path, district="区")
    assert time.process_time() - started < 10
    assert len(plan.new.columns) == 10_000


# -- into an inventory that is there -----------------------------------------------------------


def test_what_the_table_does_not_speak_of_stays_as_it_is(tmp_path, into):
    plan = plan_import(saved(book_of(), tmp_path / "t.xlsx"), into)
    plan.write()
    text = into.read_text(encoding="utf-8")
    for line in (
        "# 台账的第一行",
        'resolver = "127.0.0.1:5353"          # 区里的域名服务器',
        "# 办公室",
        'aliases = ["政府办"]',
        "rate = 0.5",
        "# 这一栏由办公室自己管",
        "duty = 180                            # 六个月",
        "grace = 3                             # 宽限三天",
    ):
        assert line in text.splitlines(), text
    assert "多余" not in text
    new = read_inventory(into)
    assert [one.name for one in new.columns] == ["通知公告", "党建", "旧栏目", "年报"]
    assert new.options == {"COL201": {"grace": 3}}
    assert new.units[0].aliases == ("政府办",)
    assert new == plan.new
    again = plan_import(tmp_path / "t.xlsx", into)
    assert not again.needed
    assert again.text == text


def test_changes_are_told_before_anything_is_written(tmp_path, into):
    rows = (HEAD, (1, "通知", "http://www.a.gov.cn/tz/", "政府办", 90, None), *ROWS[1:2])
    plan = plan_import(saved(book_of(rows), tmp_path / "t.xlsx"), into)
    assert [str(change) for change in plan.changes.all] == [
        "修改栏目 通知公告：栏目名称 通知公告 → 通知；更新要求 180 → 90",
        "新增栏目 党建：网址http://www.a.gov.cn/dj/；责任单位区教育局；更新要求党建@30[180]",
        "删除栏目 多余：http://www.a.gov.cn/dy/",
    ]
    assert plan.changes.summary == "栏目新增1个、修改1个、删除1个"
    assert into.read_text(encoding="utf-8") == OLD
    plan.write()
    changed = into.read_text(encoding="utf-8").splitlines()
    assert 'duty = "90"                            # 六个月' in changed
    assert 'unit = "区政府办"' in changed


def test_columns_that_the_table_does_not_name_can_be_kept(tmp_path, into):
    plan = plan_import(saved(book_of(), tmp_path / "t.xlsx"), into, keep=True)
    assert [one.name for one in plan.new.columns] == ["通知公告", "多余", "党建", "旧栏目", "年报"]


def test_a_row_without_address_keeps_that_of_the_inventory(tmp_path, into):
    rows = (("栏目名称", "责任单位", "更新要求"), ("通知公告", "区教育局", 30))
    plan = plan_import(saved(book_of(rows), tmp_path / "t.xlsx"), into)
    assert plan.new.columns[0].url == "http://www.a.gov.cn/tz/"
    assert "1行没有网址" in "\n".join(plan.remarks)
    rows = (rows[0], ("不知道", "区教育局", 30))
    assert refused(saved(book_of(rows), tmp_path / "t.xlsx"), into)[0][:2] == (2, "网址")


def test_an_address_of_a_host_that_is_not_registered_is_refused(tmp_path, into):
    found = refused(with_row(tmp_path, 网址="http://www.b.gov.cn/"), into)
    assert found[0][:2] == ("分工表第3行", "网址")
    assert "不属于" in found[0][2]


def test_a_unit_that_resembles_another_is_pointed_out(tmp_path, into):
    plan = plan_import(with_row(tmp_path, 责任单位="区教肓局"), into)
    assert "新单位“区教肓局”与已有的“区教育局”相近" in "\n".join(plan.remarks)


def test_a_unit_may_be_broken_over_lines_or_called_by_its_short_name(tmp_path, into):
    plan = plan_import(with_row(tmp_path, 责任单位="区教\n育局"), into)
    assert plan.new.columns[1].unit == "区教育局"
    assert (
        plan_import(with_row(tmp_path, 责任单位="政府办"), into).new.columns[1].unit == "区政府办"
    )


def units_sheet(tmp_path, *rows):
    book = book_of((HEAD, (*ROWS[0][:3], "办公室", *ROWS[0][4:])))
    sheet_of(book, "单位", (("单位名称", "单位类别", "承担公开领域", "别名"), *rows))
    return saved(book, tmp_path / "t.xlsx")


def test_a_sheet_of_units_says_who_there_is(tmp_path, into):
    plan = plan_import(
        units_sheet(tmp_path, ("办公室", "区直部门", "多", "区政府办、政府办")), into
    )
    assert plan.new.units == (Unit("办公室", "department", "many", ("区政府办", "政府办")),)
    assert plan.new.sites[0].unit == plan.new.columns[0].unit == "办公室"
    assert plan.changes.summary == "单位新增1个、删除2个；网站修改1个；栏目修改1个、删除1个"
    plan.write()
    assert read_inventory(into) == plan.new


@pytest.mark.parametrize(
    ("rows", "row", "field", "words"),
    [
        ((("办公室", "区直部门", "多", ""),), None, "单位名称", "“区政府办”已不在"),
        ((("办公室", "机关", "多", "区政府办"),), 2, "单位类别", "可选"),
        ((("办公室", "街道", "一般", "区政府办"),), 2, "承担公开领域", "可选"),
        ((("办公室", "", "", "区政府办"), ("甲局", "", "", "办公室")), 3, "别名", "重复"),
    ],
)
def test_a_wrong_unit_is_refused_by_row(tmp_path, into, rows, row, field, words):
    found = refused(units_sheet(tmp_path, *rows), into)
    assert (row, field) in [one[:2] for one in found], found
    assert words in "".join(one[2] for one in found)


def test_a_row_that_lives_on_merged_cells_is_no_remark(tmp_path, into):
    rows = (
        ("栏目名称", "责任单位", "更新要求"),
        ("通知公告", "区教育局", 30),
        ("附件下载", None, None),
    )
    book = book_of(rows)
    book["分工表"].merge_cells("B2:B3")
    book["分工表"].merge_cells("C2:C3")
    path = saved(book, tmp_path / "t.xlsx")
    assert [one[:2] for one in refused(path, into)] == [(3, "网址")]
    into.write_text(OLD.replace("多余", "附件下载"), encoding="utf-8")
    assert [one.duty.days for one in plan_import(path, into).new.columns] == [30, 30]


def test_a_total_below_the_table_is_no_column(tmp_path):
    rows = (HEAD, *ROWS, ("合计", "=COUNTA(B2:B5)", None, 3, None, None))
    assert len(fresh(saved(book_of(rows), tmp_path / "t.xlsx"), district="区").new.columns) == 4


def test_line_ends_and_mark_of_a_windows_file_are_kept(tmp_path, into):
    raw = b"\xef\xbb\xbf" + OLD.replace("\n", "\r\n").encode()
    into.write_bytes(raw)
    plan_import(saved(book_of(), tmp_path / "t.xlsx"), into).write()
    written = into.read_bytes()
    assert written.startswith(b"\xef\xbb\xbf#")
    assert written.count(b"\n") == written.count(b"\r\n")
    assert len(read_inventory(into).columns) == 4


def test_one_bad_row_leaves_the_inventory_untouched(tmp_path, into):
    refused(with_row(tmp_path, 更新要求="随时"), into)
    assert into.read_text(encoding="utf-8") == OLD
    assert sorted(one.name for one in tmp_path.iterdir()) == ["inventory.toml", "t.xlsx"]


def test_a_file_changed_meanwhile_is_not_overwritten(tmp_path, into):
    plan = plan_import(saved(book_of(), tmp_path / "t.xlsx"), into)
    into.write_text(OLD + "# 同事改了一行\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="被他人改动"):
        plan.write()
    assert "同事" in into.read_text(encoding="utf-8")


def test_a_place_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    path = saved(book_of(), tmp_path / "t.xlsx")
    (tmp_path / "file").write_text("x")
    with pytest.raises(ConfigurationError, match="无法写入"):
        plan_import(path, tmp_path / "file" / "inventory.toml", district="区").write()


def test_a_faulty_inventory_is_refused_before_the_table_goes_in(tmp_path, into):
    into.write_text(OLD.replace("rate = 0.5", "rate = 0"), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"inventory\.toml 第23行 字段“rate”"):
        plan_import(saved(book_of(), tmp_path / "t.xlsx"), into)


def test_columns_written_in_one_line_are_refused_rather_than_lost(tmp_path, into):
    text = OLD[: OLD.index("# 这一栏")] + OLD[OLD.index("[options") :]
    line = 'column = [{ name = "通知公告", url = "http://www.a.gov.cn/tz/" }]\n'
    into.write_text(line + text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"写法特殊|TOML"):
        plan_import(saved(book_of(), tmp_path / "t.xlsx"), into)
    assert into.read_text(encoding="utf-8") == line + text


def test_a_table_below_a_column_is_rewritten_with_it(tmp_path, into):
    text = OLD.replace("duty = 180 ", '[column.extra]\n"科室" = "甲"\n#').replace("# 六个月", "")
    into.write_text(text, encoding="utf-8")
    assert read_inventory(into).columns[0].extra == (("科室", "甲"),)
    plan = plan_import(saved(book_of(), tmp_path / "t.xlsx"), into)
    assert plan.new.columns[0].extra == ()

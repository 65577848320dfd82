"""xlsx → TOML → xlsx loses nothing, whatever the office writes."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from typer.testing import CliRunner

from crawler.commands.register.inventory import app
from crawler.inventory.model import (
    COLUMN_TYPES,
    Inventory,
    RegisteredColumn,
    RegisteredSite,
    read_inventory,
)
from crawler.inventory.table.cells import MARKUP, guarded, unguarded
from crawler.inventory.table.export import Guess, inventory_workbook
from crawler.inventory.table.importing import plan_import
from crawler.inventory.table.rows import DITTO
from crawler.inventory.toml_text import whole_text
from plugins import Unit
from plugins.errors import ConfigurationError
from plugins.facts.columns.duty import Duty

DUTIES = (
    "14", "180天", "365", "-1", "每工作日", "每周", "每月", "每月初", "每季度末", "每半年", "每年2月、9月",
    "每年2月、9月[180]", "每年3月底", "党建@30[180]", "创建@30", "依申请公开", "不定期", "静态",
)  # fmt: skip
SIGNS = "栏目甲乙丙区教育局通知公告AZaz09１２=+-@'\"\\#[]{}()（）<>&;:,，、。%$/·—…\u3000 "


def text(least: int = 1, most: int = 12) -> st.SearchStrategy[str]:
    """What may stand in a cell: signs that formulas, TOML, csv or XML would stumble over."""
    return (
        st.text(st.sampled_from(SIGNS), min_size=least, max_size=most)
        .map(str.strip)
        .filter(lambda one: (least == 0 or one) and not MARKUP.search(one) and one not in DITTO)
    )


def name(least: int = 2) -> st.SearchStrategy[str]:
    return st.text(st.sampled_from("甲乙丙丁戊区局办街道镇ABC12"), min_size=least, max_size=8)


@st.composite
def inventories(draw: st.DrawFn) -> Inventory:
    """Any inventory whose names an office would write."""
    names = draw(st.lists(name(), min_size=1, max_size=5, unique=True))
    taken = draw(st.lists(name().filter(lambda one: one not in names), max_size=4, unique=True))
    units = [
        Unit(
            one,
            draw(st.sampled_from(("department", "street"))),
            draw(st.sampled_from(("", "many", "few"))),
            tuple(taken[place::5]),
        )
        for place, one in enumerate(names)
    ]
    ignores = draw(st.booleans())
    site = RegisteredSite(
        host="www.a.gov.cn",
        name=draw(text(0)),
        start=tuple(
            f"http://www.a.gov.cn/{part}" for part in draw(st.lists(name(), min_size=1, max_size=3))
        ),
        rate=draw(st.none() | st.floats(0.01, 1000).map(lambda one: round(one, 3))),
        unit=draw(st.sampled_from(("", *names))),
        hosts=draw(st.sampled_from(((), ("b.a.gov.cn:8080",), ("b.a.gov.cn", "c.a.gov.cn")))),
        robots="ignore" if ignores else "keep",
        robots_reason=draw(text()) if ignores else "",
    )
    site = RegisteredSite(**{**_fields(site), "start": tuple(url_of(one) for one in site.start)})
    headings = draw(st.lists(name(3), max_size=3, unique=True))
    columns = []
    for place in range(draw(st.integers(1, 6))):
        duty = draw(st.none() | st.sampled_from(DUTIES).map(Duty.read))
        free = duty is None or not duty.judged
        reason = draw(text()) if free and (duty and duty.text == "-1") else ""
        columns.append(
            RegisteredColumn(
                name=draw(text()),
                url=f"http://www.a.gov.cn/{place}/",
                unit=draw(st.sampled_from(("", *names))),
                type=draw(st.sampled_from(("", *COLUMN_TYPES))),
                duty=duty,
                reason=reason,
                valid_from=draw(st.none() | st.dates(date(2000, 1, 2), date(2099, 12, 30))),
                extra=tuple((one, draw(text())) for one in headings if draw(st.booleans())),
            )
        )
    return Inventory(draw(text()), tuple(units), (site,), tuple(columns))


def _fields(site: RegisteredSite) -> dict:
    return {key: getattr(site, key) for key in RegisteredSite.__dataclass_fields__}


def url_of(url: str) -> str:
    from plugins.addresses.urls import resolve

    return resolve("", url)


def cells(raw: bytes) -> dict[str, list[tuple]]:
    """Every cell of a workbook, sheet by sheet."""
    book = load_workbook(io.BytesIO(raw))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def said(inventory: Inventory) -> tuple:
    """What an inventory says, the order of further headings aside."""
    columns = [(*(getattr(one, key) for key in
        ("name", "url", "unit", "type", "duty", "reason", "valid_from")), dict(one.extra))
        for one in inventory.columns]  # fmt: skip
    return inventory.district, inventory.units, inventory.sites, columns


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(inventories())
@pytest.mark.slow
def test_a_workbook_goes_to_toml_and_comes_back_the_same(tmp_path_factory, inventory):
    folder = tmp_path_factory.mktemp("trip")
    first = inventory_workbook(inventory)
    (folder / "a.xlsx").write_bytes(first)
    plan_import(folder / "a.xlsx", folder / "a.toml").write()
    read = read_inventory(folder / "a.toml")
    assert said(read) == said(inventory)
    second = inventory_workbook(read)
    assert cells(second) == cells(first)
    (folder / "b.xlsx").write_bytes(second)
    assert not plan_import(folder / "b.xlsx", folder / "a.toml").needed


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(inventories(), inventories())
def test_any_table_can_replace_any_other_in_place(tmp_path_factory, old, new):
    folder = tmp_path_factory.mktemp("edit")
    into = folder / "i.toml"
    options = "\n# 参数\n[options.COL201]\ngrace = 3\n"
    into.write_text(whole_text(old) + options, encoding="utf-8")
    (folder / "n.xlsx").write_bytes(inventory_workbook(new))
    plan = plan_import(folder / "n.xlsx", into)
    if plan.needed:
        plan.write()
    read = read_inventory(into)
    assert said(read)[1:] == said(new)[1:]
    assert read.district == old.district
    assert into.read_text(encoding="utf-8").endswith(options)


def test_a_further_column_that_is_empty_in_the_first_row_is_no_obstacle(tmp_path):
    """Headings stand in the order in which they were met first; a file may have another."""
    into = tmp_path / "i.toml"
    site = RegisteredSite("www.a.gov.cn", start=("http://www.a.gov.cn/",))
    notes = (
        (("科室", "一科"),),
        (("备注", "已核"), ("科室", "二科")),
        (("备注", "待核"), ("科室", "一科")),
    )
    columns = tuple(
        RegisteredColumn(f"栏目{place}", f"http://www.a.gov.cn/{place}/", extra=extra)
        for place, extra in enumerate(notes)
    )
    into.write_text(whole_text(Inventory("区", (), (site,), columns)), encoding="utf-8")
    changed = (columns[0], replace(columns[1], name="改名"), columns[2])
    workbook = inventory_workbook(Inventory("区", (), (site,), changed))
    (tmp_path / "n.xlsx").write_bytes(workbook)
    before = into.read_text(encoding="utf-8")
    plan_import(tmp_path / "n.xlsx", into).write()
    assert into.read_text(encoding="utf-8") == before.replace("栏目1", "改名")


@given(st.text(max_size=20))
def test_a_guarded_text_is_no_formula_and_comes_back(given_text):
    kept = "".join(one for one in given_text if one.isprintable())
    assert unguarded(guarded(kept)) == kept
    assert not guarded(kept).lstrip().startswith(tuple("=+-@＝＋－＠"))


def test_what_looks_like_a_formula_is_text_in_the_workbook(tmp_path):
    title = "=cmd|' /C calc'!A0"
    column = RegisteredColumn(title, "http://www.a.gov.cn/x/", extra=(("备注", "@SUM(1)"),))
    site = RegisteredSite("www.a.gov.cn", start=("http://www.a.gov.cn/",))
    raw = inventory_workbook(Inventory("区", (), (site,), (column,)))
    row = load_workbook(io.BytesIO(raw))["栏目"][2]
    assert [cell.data_type for cell in row if cell.value is not None] == ["n", "s", "s", "s"]
    assert row[1].value == f"'{title}"
    (tmp_path / "a.xlsx").write_bytes(raw)
    read = plan_import(tmp_path / "a.xlsx", tmp_path / "a.toml").new
    assert (read.columns[0].name, read.columns[0].extra) == (title, (("备注", "@SUM(1)"),))


def test_the_workbook_is_made_for_work():
    column = RegisteredColumn("甲", "http://www.a.gov.cn/x/", duty=Duty.read("30"))
    site = RegisteredSite("www.a.gov.cn", start=("http://www.a.gov.cn/",))
    guess = {column.url: Guess(("unit", "duty"), "更新要求：近两年有9个发布日")}
    raw = inventory_workbook(Inventory("区", (Unit("区教育局"),), (site,), (column,)), guess)
    book = load_workbook(io.BytesIO(raw))
    sheet = book["栏目"]
    assert book.sheetnames == ["栏目", "单位", "网站", "说明"]
    assert sheet.freeze_panes == "C2"
    assert sheet.column_dimensions["C"].width > sheet.column_dimensions["A"].width
    rules = {
        str(rule.sqref).partition("2")[0]: rule for rule in sheet.data_validations.dataValidation
    }
    assert "每季度" in rules["F"].formula1
    assert not rules["F"].showErrorMessage
    assert rules["E"].errorStyle == "stop"
    assert all(len(rule.formula1) <= 255 for rule in rules.values())
    marked = [cell.column_letter for cell in sheet[2] if cell.fill.fgColor.rgb == "FFFFF2CC"]
    assert marked == ["D", "F"]
    assert sheet["H1"].value is not None
    assert sheet[1][-1].value == "推测依据"


def test_a_text_too_long_for_a_cell_is_refused():
    column = RegisteredColumn("甲", "http://www.a.gov.cn/x/", reason="很" * 40_000)
    with pytest.raises(ConfigurationError, match="工作表“栏目” 第2行：文字超过"):
        inventory_workbook(Inventory("区", (), (), (column,)))


# -- the commands ------------------------------------------------------------------------------

INVENTORY = """\
[district]
name = "测试区"

[[site]]
host = "www.a.gov.cn"
start = ["http://www.a.gov.cn/"]

[[column]]
name = "通知公告"
url = "http://www.a.gov.cn/tz/"
duty = "180"
"""


def gongkai(*arguments: object, answer: str = ""):
    return CliRunner().invoke(app, [str(one) for one in arguments], input=answer)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "inventory.toml"
    path.write_text(INVENTORY, encoding="utf-8")
    return path


def test_the_commands_export_and_import(register):
    table = register.with_suffix(".xlsx")
    assert gongkai("export", register).exit_code == 0
    assert "无须写入" in gongkai("import", table, "--into", register, "--yes").output
    book = load_workbook(table)
    book["栏目"]["F2"] = 90
    book.save(table)
    shown = gongkai("import", table, "--into", register, "--dry-run")
    assert shown.exit_code == 0
    assert "修改栏目 通知公告：更新要求 180 → 90" in shown.output
    assert "90 读作：每90天至少更新一次" in shown.output
    for answer in ("", "n\n", "不\n"):
        kept = gongkai("import", table, "--into", register, answer=answer)
        assert (kept.exit_code, register.read_text(encoding="utf-8")) == (2, INVENTORY)
    assert gongkai("import", table, "--into", register, answer="y\n").exit_code == 0
    assert 'duty = "90"' in register.read_text(encoding="utf-8")


def test_the_import_command_refuses_with_status_2_by_row(register):
    table = register.with_suffix(".csv")
    table.write_text(
        "栏目名称,网址,更新要求\n甲,http://www.a.gov.cn/a/,随时\n乙,,30\n", encoding="utf-8"
    )
    result = gongkai("import", table, "--into", register, "--yes")
    assert result.exit_code == 2
    assert f"{table} 第2行 字段“更新要求”" in result.output
    assert f"{table} 第3行 字段“网址”" in result.output
    assert "有2处问题，没有导入" in result.output
    assert register.read_text(encoding="utf-8") == INVENTORY


def test_an_export_overwrites_nothing_unless_told(register):
    table = register.with_suffix(".xlsx")
    table.write_text("mine", encoding="utf-8")
    assert isinstance(gongkai("export", register).exception, ConfigurationError)
    assert table.read_text(encoding="utf-8") == "mine"
    assert gongkai("export", register, "--force").exit_code == 0
    wrong = gongkai("export", register, "--out", register.with_suffix(".csv"))
    assert isinstance(wrong.exception, ConfigurationError)


def test_what_a_table_says_cannot_command_the_terminal(register):
    table = register.with_suffix(".csv")
    table.write_bytes("栏目名称,网址,更新要求\n\x1b[31m甲,http://www.a.gov.cn/a/,30\n".encode())
    assert "\x1b" not in gongkai("import", table, "--into", register, "--dry-run").output

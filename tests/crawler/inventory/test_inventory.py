"""The inventory: everything that is wrong is refused at once, by file, line and field."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from crawler.commands.register.inventory import app
from crawler.inventory.bare import inventory_for
from crawler.inventory.model import Inventory, read_inventory
from plugins import Unit
from plugins.errors import ConfigurationError

GOOD = """\
[district]
name = "测试区"

[audit]
resolver = "127.0.0.1:5353"
ipv6_selftest = "[2400:3200::1]:53"
allow_private = ["10.0.0.8", "oa.example.gov.cn:8080"]
plugins_folder = "local"

[[unit]]
name = "区教育局"
kind = "department"
fields = "many"
aliases = ["教育局"]

[[unit]]
name = "沿河街道"
kind = "street"

[[site]]
host = "WWW.example.gov.cn"
name = "测试区人民政府"
start = ["http://www.example.gov.cn/", "http://www.example.gov.cn/zw/"]
rate = 0.5
unit = "区教育局"
hosts = ["jyj.example.gov.cn:8080"]

[[column]]
name = "通知公告"
url = "http://www.example.gov.cn/tz/"
unit = "区教育局"
type = "通知公告"
duty = 180
valid_from = 2026-01-01

[[column]]
name = "党建"
url = "http://jyj.example.gov.cn:8080/dj/"
duty = "党建@30【180】"

[[column]]
name = "旧栏目"
url = "http://www.example.gov.cn/old/"
duty = "-1"
reason = "停用"
extra = { "责任科室" = "办公室" }

[options.COL201]
grace = 3
"""


@pytest.fixture
def read(tmp_path):
    (tmp_path / "local").mkdir()

    def read_text(text: str) -> Inventory:
        path = tmp_path / "inventory.toml"
        path.write_text(text, encoding="utf-8")
        return read_inventory(path)

    return read_text


@pytest.fixture
def problems(read):
    def problems_of(text: str) -> list[tuple[object, str, str]]:
        with pytest.raises(ConfigurationError) as caught:
            read(text)
        assert all(problem.file.endswith("inventory.toml") for problem in caught.value.problems)
        return [(one.row, one.field, one.message) for one in caught.value.problems]

    return problems_of


def test_a_good_inventory_is_read_whole(read, tmp_path):
    inventory = read(GOOD)
    assert inventory.district == "测试区"
    assert inventory.units == (
        Unit("区教育局", "department", "many", ("教育局",)),
        Unit("沿河街道", "street"),
    )
    site = inventory.sites[0]
    assert site.host == "www.example.gov.cn"
    assert site.start == ("http://www.example.gov.cn/", "http://www.example.gov.cn/zw/")
    assert (site.rate, site.unit, site.hosts) == (0.5, "区教育局", ("jyj.example.gov.cn:8080",))
    assert site.keeps_robots
    first, group, old = inventory.columns
    assert (first.duty.days, first.type, first.valid_from) == (180, "通知公告", date(2026, 1, 1))
    assert old.extra == (("责任科室", "办公室"),)
    assert (group.duty.group, group.duty.limit) == ("党建", 180)
    assert (old.duty.judged, old.reason) == (False, "停用")
    assert inventory.options == {"COL201": {"grace": 3}}
    assert inventory.resolver == "127.0.0.1:5353"
    assert inventory.ipv6_selftest == "[2400:3200::1]:53"
    assert inventory.allow_private == ("10.0.0.8", "oa.example.gov.cn:8080")
    assert inventory.plugins_folder == (tmp_path / "local").resolve()


def replaced(old: str, new: str) -> str:
    assert GOOD.count(old) >= 1
    return GOOD.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "row", "field", "words"),
    [
        (replaced('name = "测试区"\n', ""), 1, "name", "缺少必填字段"),
        (replaced('"测试区"', "3"), 2, "name", "文字"),
        (replaced('"测试区"', '" "'), 2, "name", "不能为空"),
        (replaced('name = "测试区"', 'name = "测试区"\nnmae = "x"'), 3, "nmae", "“name”"),
        (replaced("[audit]", "[audti]"), 4, "audti", "“audit”"),
        (replaced('"127.0.0.1:5353"', '"dns.example"'), 5, "resolver", "无效"),
        (replaced('"127.0.0.1:5353"', '"127.0.0.1:70000"'), 5, "resolver", "无效"),
        (replaced('"127.0.0.1:5353"', '"127.0.0.999"'), 5, "resolver", "无效"),
        (replaced('"[2400:3200::1]:53"', '"8.8.8.8:53"'), 6, "ipv6_selftest", "无效"),
        (replaced('"10.0.0.8"', '"http://10.0.0.8/"'), 7, "allow_private", "不是域名"),
        (replaced('["10.0.0.8", "oa.example.gov.cn:8080"]', "[1]"), 7, "allow_private", "列表"),
        (replaced('"local"', '"nowhere"'), 8, "plugins_folder", "不存在"),
        (replaced('"department"', '"dept"'), 12, "kind", "department"),
        (replaced('"many"', '"lots"'), 13, "fields", "few"),
        (replaced('["教育局"]', '["沿河街道"]'), 17, "name", "重复"),
        (replaced('"沿河街道"', '"区 教育局"'), 17, "name", "重复"),
        (replaced('"沿河街道"', '"教育局"'), 17, "name", "重复"),
        (replaced('"WWW.example.gov.cn"', '"http://www.example.gov.cn/"'), 21, "host", "不是域名"),
        (replaced('host = "WWW.example.gov.cn"\n', ""), 20, "host", "缺少必填字段"),
        (
            replaced('["http://www.example.gov.cn/", "http://www.example.gov.cn/zw/"]', "[]"),
            23,
            "start",
            "不能为空",
        ),
        (
            replaced('"http://www.example.gov.cn/",', '"www.example.gov.cn",'),
            23,
            "start",
            "不是网址",
        ),
        (
            replaced('"http://www.example.gov.cn/",', '"http:/www.example.gov.cn",'),
            23,
            "start",
            "书写错误",
        ),
        (
            replaced('"http://www.example.gov.cn/",', '"http://example.gov.cn/",'),
            23,
            "start",
            "域名",
        ),
        (replaced("rate = 0.5", "rate = 0"), 24, "rate", "每秒"),
        (replaced("rate = 0.5", 'rate = "2"'), 24, "rate", "每秒"),
        (replaced("rate = 0.5", "rate = true"), 24, "rate", "每秒"),
        (
            replaced('unit = "区教育局"\nhosts', 'unit = "区教育厅"\nhosts'),
            25,
            "unit",
            "“区教育局”",
        ),
        (
            replaced(
                '"jyj.example.gov.cn:8080"', '"jyj.example.gov.cn:8080", "www.example.gov.cn:80"'
            ),
            26,
            "hosts",
            "重复",
        ),
        (replaced("rate = 0.5", 'robots = "ignore"'), 24, "robots", "理由"),
        (replaced("rate = 0.5", 'robots = "no"'), 24, "robots", "ignore"),
        (replaced('name = "通知公告"\n', ""), 28, "name", "缺少必填字段"),
        (replaced('url = "http://www.example.gov.cn/tz/"\n', ""), 28, "url", "缺少必填字段"),
        (replaced("http://www.example.gov.cn/tz/", "http://b.gov.cn/tz/"), 30, "url", "不属于"),
        (replaced("http://www.example.gov.cn/tz/", "/tz/"), 30, "url", "不是网址"),
        (
            replaced("http://www.example.gov.cn/old/", "HTTP://www.example.gov.cn:80/tz/#x"),
            43,
            "url",
            "重复",
        ),
        (replaced('type = "通知公告"', 'type = "公示"'), 32, "type", "政策文件"),
        (replaced("duty = 180", "duty = 1.5"), 33, "duty", "整数"),
        (replaced("duty = 180", "duty = 2026-02-09"), 33, "duty", "日期"),
        (replaced("duty = 180", 'duty = "30[180]"'), 33, "duty", "组名"),
        (replaced("duty = 180", 'duty = ""'), 33, "duty", "为空"),
        (replaced("duty = 180", 'duty = "党建@20"'), 39, "duty", "天数不一致"),
        (replaced("2026-01-01", '"2026-1-1"'), 34, "valid_from", "日期"),
        (replaced('reason = "停用"\n', ""), 41, "reason", "豁免原因"),
        (replaced('duty = "-1"', 'duty = "30"'), 45, "reason", "只保留其一"),
        (replaced('= "办公室" }', "= 3 }"), 46, "extra", "文字的表"),
        (replaced("[options.COL201]", "[options.col201]"), 48, "options.col201", "规则代码"),
        (replaced("[[column]]", "[[colunm]]"), 28, "colunm", "“column”"),
    ],
)
def test_what_is_wrong_is_refused_by_line_and_field(problems, text, row, field, words):
    found = problems(text)
    assert [(one[0], one[1]) for one in found] == [(row, field)], found
    assert words in found[0][2]


def test_all_problems_are_told_at_once_in_the_order_of_the_file(problems):
    text = (
        replaced('"many"', '"lots"')
        .replace("duty = 180", "duty = 0")
        .replace("rate = 0.5", "rate = 0")
    )
    text = text.replace('type = "通知公告"', 'tpye = "通知公告"')
    assert [(row, field) for row, field, _ in problems(text)] == [
        (13, "fields"),
        (24, "rate"),
        (32, "tpye"),
        (33, "duty"),
    ]


def test_broken_toml_is_refused_with_its_line(problems):
    found = problems('[district]\nname = "测试区\n')
    assert found[0][0] == 2
    assert "不是有效的 TOML" in found[0][2]


def test_a_key_twice_is_refused_with_its_line(problems):
    assert problems('[district]\nname = "a"\nname = "b"\n')[0][0] == 3


def test_headers_inside_long_strings_are_not_counted(problems):
    text = replaced('name = "测试区"', 'name = """\n[[column]]\n[[site]]\n"""')
    text = text.replace("duty = 180", "duty = 0")
    assert [row for row, _, _ in problems(text)] == [36]


def test_rows_written_in_line_are_named_by_number(problems):
    text = GOOD[: GOOD.index("[[column]]")]
    text = 'column = [{name = "a", url = "http://www.example.gov.cn/a/"}, {name = "b"}]\n' + text
    assert [(row, field) for row, field, _ in problems(text)] == [("第2个[[column]]", "url")]


def test_a_single_table_where_many_are_meant_is_explained(problems):
    text = GOOD[: GOOD.index("[[column]]")] + '[column]\nname = "a"\n'
    assert any(
        field == "column" and "[[column]]" in message for _, field, message in problems(text)
    )


def test_an_inventory_without_sites_is_refused(problems):
    assert "没有登记任何网站" in problems('[district]\nname = "测试区"\n')[0][2]


def test_one_host_belongs_to_one_site(problems):
    text = (
        GOOD
        + '\n[[site]]\nhost = "jyj.example.gov.cn:8080"\nstart = "http://jyj.example.gov.cn:8080/"\n'
    )
    assert [(field, "重复" in message) for _, field, message in problems(text)] == [("host", True)]


def test_a_file_that_is_not_there_or_not_utf8_is_refused(tmp_path):
    with pytest.raises(ConfigurationError, match="无法读取"):
        read_inventory(tmp_path / "none.toml")
    path = tmp_path / "gbk.toml"
    path.write_bytes("[district]\nname = '区'\n".encode("gbk"))
    with pytest.raises(ConfigurationError, match="UTF-8"):
        read_inventory(path)


def test_a_byte_order_mark_of_a_windows_editor_is_no_problem(tmp_path):
    path = tmp_path / "inventory.toml"
    path.write_text(GOOD.replace('plugins_folder = "local"\n', ""), encoding="utf-8-sig")
    assert read_inventory(path).district == "测试区"


@pytest.mark.parametrize(
    ("url", "start", "host"),
    [
        ("https://www.example.gov.cn/", "https://www.example.gov.cn/", "www.example.gov.cn"),
        ("http://www.example.gov.cn", "http://www.example.gov.cn/", "www.example.gov.cn"),
        ("www.example.gov.cn", "https://www.example.gov.cn/", "www.example.gov.cn"),
        ("//www.example.gov.cn/a", "https://www.example.gov.cn/a", "www.example.gov.cn"),
        (
            "www.example.gov.cn:8080/a?b=1",
            "https://www.example.gov.cn:8080/a?b=1",
            "www.example.gov.cn:8080",
        ),
        (
            " HTTP://WWW.Example.gov.cn:80/a#top ",
            "http://www.example.gov.cn/a",
            "www.example.gov.cn",
        ),
        ("https://例子.政务/", "https://xn--fsqu00a.xn--zfr164b/", "xn--fsqu00a.xn--zfr164b"),
        ("例子.政务", "https://xn--fsqu00a.xn--zfr164b/", "xn--fsqu00a.xn--zfr164b"),
        ("localhost:8000", "https://localhost:8000/", "localhost:8000"),
        ("http://127.0.0.1:8000/x/", "http://127.0.0.1:8000/x/", "127.0.0.1:8000"),
        ("http://[::1]:8000/", "http://[::1]:8000/", "[::1]:8000"),
        ("http://intranet/", "http://intranet/", "intranet"),
    ],
)
def test_a_bare_address_makes_an_inventory_of_one_site(url, start, host):
    inventory = inventory_for(url)
    assert len(inventory.sites) == 1
    assert (inventory.sites[0].start, inventory.sites[0].host) == ((start,), host)
    assert inventory.columns == inventory.units == ()


@pytest.mark.parametrize(
    "url",
    [
        "",
        " ",
        "ftp://a.cn/",
        "mailto:a@b.cn",
        "file:///x",
        "http://",
        "http:/a.cn",
        "http://http://a.cn",
        "audit",
        "a b.cn",
        "http://a，cn/",
        "http://a.cn:99999/",
        "inventory.toml",
        "javascript:0",
        "C:\\x",
    ],
)
def test_nonsense_for_an_address_is_refused(url):
    with pytest.raises(ConfigurationError, match="不是网址"):
        inventory_for(url)


@given(st.text(max_size=30))
def test_any_text_makes_an_inventory_or_a_configuration_error(text):
    try:
        inventory = inventory_for(text)
    except ConfigurationError:
        return
    assert inventory.sites[0].start[0].startswith("http")


def test_the_command_reads_every_duty_back(tmp_path):
    path = tmp_path / "inventory.toml"
    path.write_text(GOOD.replace('plugins_folder = "local"\n', ""), encoding="utf-8")
    result = CliRunner().invoke(app, ["check", str(path)], env={"COLUMNS": "160"})
    assert result.exit_code == 0
    assert "每180天至少更新一次" in result.output
    assert "“党建”组内任一栏目每30天至少更新一次" in result.output
    assert "台账没有问题" in result.output


def test_the_command_refuses_with_status_2_and_every_problem(tmp_path):
    path = tmp_path / "inventory.toml"
    path.write_text(
        replaced("duty = 180", "duty = 0").replace("rate = 0.5", "rate = 0"), encoding="utf-8"
    )
    result = CliRunner().invoke(app, ["check", str(path)])
    assert result.exit_code == 2
    assert "第24行 字段“rate”" in result.output
    assert "第33行 字段“duty”" in result.output
    assert "台账有3处问题" in result.output  # and the folder of plugins that is not there

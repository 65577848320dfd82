"""An author tests a check with fixture files only, and is told plainly what is wrong with them."""

from __future__ import annotations

import pytest

from plugins import Page
from plugins.errors import ConfigurationError, PluginError
from plugins.kit.fixture import read_case
from plugins.kit.testing import cases, complaints, fixtures, run_case, verify
from plugins.taken import QUESTIONS, Taken

HEAD = '''"""故障。

为什么：原因。
看什么：对象。
不报：例外。
整改：办法。
依据：条款。
"""

from dataclasses import dataclass
from plugins import Finding, Rule, Severity, hookimpl


@dataclass(frozen=True)
class Options:
    days: int = 10


RULE = Rule(__doc__, code="XYZ001", severity=Severity.MINOR, options=Options())


@hookimpl
'''
COLUMN = (
    HEAD
    + """def check_column(column, site, options):
    newest = column.latest
    if newest is None:
        yield Finding("没有日期。", review=True)
    elif (site.today - newest.date).days > options.days:
        yield Finding(f"最新一条发布于{newest.date}，已超{options.days}天。", where=(newest.url,))
"""
)
SITE = (
    HEAD
    + """def check_site(site):
    for target in site.targets:
        yield Finding(f"{target.key}：{target.verdict}，见{target.places[0].page}", key=target.key)
    for column in site.columns:
        yield Finding(f"{column.name}{len(column.entries)}{column.empty}", key=column.key)
    for page in site.pages.values():
        yield Finding(f"{page.key}{page.kind}{page.interpretation_links}", key=page.key)
    if site.home:
        yield Finding(f"首页{site.home.url}{site.probes}", key="home")
"""
)
PAGE = (
    HEAD
    + """def check_page(page, site):
    said = (page.url, page.status, page.headers["content-type"], page.encoding, page.rendered,
            page.depth, site.today, page.probes["axe"]["violations"], page.final_url)
    yield Finding(" ".join(map(str, said)))
    yield Finding(page.body.decode(), key="body")
"""
)


@pytest.fixture
def author(tmp_path):
    """Writes a check and its fixture files; gives the check and the path of a file."""

    def write(check: str, **files: str):
        (tmp_path / "check.py").write_text(check)
        for name, text in files.items():
            (tmp_path / name.replace("_", ".")).write_text(text)
        return tmp_path / "check.py"

    return write


def test_a_column_is_judged_from_a_few_lines(author, tmp_path):
    check = author(
        COLUMN,
        bad_toml="""
            expect = ["最新一条发布于2026-02-01，已超10天。"]
            today = 2026-03-01
            entries = [{url = "/a", title = "甲", published = 2026-02-01}]
        """,
        bad2_toml='expect = "review: 没有日期。"\n[column]\nname = "空"',
        good_toml="""
            today = 2026-03-01
            duty = "14"
            entries = [{url = "/a", title = "甲", date = 2026-02-01}]
            options.days = 60
        """,
    )
    for name in ("bad.toml", "bad2.toml", "good.toml"):
        verify(check, tmp_path / name)
    assert run_case(check, tmp_path / "bad2.toml") == ["review: 没有日期。"]
    read = read_case(tmp_path / "good.toml")
    assert read.column.duty.text == "14"
    assert read.column.empty is False
    assert read.column.entries[0].key == "http://site.test/a"
    assert [path.name for path in cases(tmp_path)] == ["bad.toml", "bad2.toml", "good.toml"]
    assert complaints(tmp_path) == []


def test_a_site_is_judged_from_tables(author, tmp_path):
    check = author(
        SITE,
        bad_toml="""
            [site]
            host = "a.test:8080"
            units = [{name = "财政局", kind = "department", aliases = ["区财政局"]}]
            [probes]
            ipv6 = {addresses = ["::1"]}
            [[columns]]
            name = "栏目"
            url = "/c/"
            [[columns.entries]]
            url = "x.html"
            title = "条目"
            [[pages]]
            url = "/"
            kind = "home"
            [[pages]]
            url = "/doc.html"
            interpretation_links = ["/jd.html"]
            document = {number = "文3号", issued = 2022-03-01}
            [[targets]]
            url = "/gone.html"
            verdict = "broken"
            places = [{page = "/", text = "旧闻", region = "nav", home = true}]
            [[targets]]
            raw = "http:///x"
            verdict = "malformed"
            places = [{page = "/doc.html"}]
        """,
    )
    assert run_case(check, tmp_path / "bad.toml") == [
        "http://a.test:8080/gone.html：broken，见http://a.test:8080/",
        "http:///x：malformed，见http://a.test:8080/doc.html",
        "栏目1False",
        "http://a.test:8080/home()",
        "http://a.test:8080/doc.htmlarticle('http://a.test:8080/jd.html',)",
        "首页http://a.test:8080/{'ipv6': {'addresses': ['::1']}}",
    ]


def test_a_page_fixture_is_the_page_with_directives_at_its_head(author, tmp_path):
    check = author(
        PAGE,
        bad_html="""<!-- expect: 甲 -->
<!-- expect:
  乙 丙 -->
<!-- url: /zc/a.html -->
<!-- final-url: b.html -->
<!-- status: 404 -->
<!-- header: Content-Type: html -->
<!-- encoding: gbk -->
<!-- rendered: true -->
<!-- depth: 3 -->
<!-- today: 2026-03-01 -->
<!-- probe: axe = {violations = 2} -->
<!-- An ordinary comment of the page -->
<html>
""",
    )
    read = read_case(tmp_path / "bad.html")
    assert read.expect == ("甲", "乙 丙")
    assert run_case(check, tmp_path / "bad.html") == [
        "http://site.test/zc/a.html 404 html gbk True 3 2026-03-01 2 http://site.test/zc/b.html",
        "<!-- An ordinary comment of the page -->\n<html>\n",
    ]


def test_a_page_in_gbk_stays_in_gbk(author, tmp_path):
    author(PAGE)
    text = "<!-- expect: 标题为空。 -->\n<title>标题</title>"
    (tmp_path / "bad.html").write_bytes(text.encode("gb18030"))
    read = read_case(tmp_path / "bad.html")
    assert read.expect == ("标题为空。",)
    assert read.page.body == "<title>标题</title>".encode("gb18030")


def test_a_page_can_be_given_by_its_raw_fields(author, tmp_path):
    author(
        PAGE,
        bad_toml="""
            [page]
            url = "/a"
            status = 0
            body = "<p>"
            failure = {kind = "timeout", detail = "15s"}
            redirects = [{url = "/old", status = 302}]
        """,
    )
    page = read_case(tmp_path / "bad.toml").page
    assert (page.url, page.status, page.body) == ("http://site.test/a", None, b"<p>")
    assert (page.failure.kind, page.redirects[0].url) == ("timeout", "http://site.test/old")


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("bad.toml", "expct = []", "没有“expct”这一项，是否想写“expect”"),
        ("bad.toml", "x = ", "不是合格的TOML"),
        ("bad.toml", "[column]\nnmae = 'x'", "“nmae”不是Column的字段，是否想写“name”"),
        ("bad.toml", "[[entries]]\nurl = '/a'", "缺少“title”"),
        ("bad.toml", "[[entries]]\nurl = '/a'\ntitle = 'x'\ndate = '2026-01-01'", "应为日期"),
        ("bad.toml", "duty = '每个月'", "duty"),
        ("bad.toml", "[[targets]]\nurl = '/a'\nverdict = 'dead'", "应为ok、"),
        ("bad.toml", "expect = [3]", "expect"),
        ("bad.html", "<!-- exepct: x --><p>", "没有指令“exepct”，是否想写“expect”"),
        ("bad.html", "<!-- status: many --><p>", "status"),
        ("bad.html", "<!-- today: soon --><p>", "TOML"),
        ("bad.txt", "", "应为.html或.toml"),
    ],
)
def test_a_fixture_that_is_not_understood_is_refused_by_file_and_key(tmp_path, name, text, why):
    (tmp_path / name).write_text(text)
    with pytest.raises(ConfigurationError) as caught:
        read_case(tmp_path / name)
    assert why in str(caught.value)
    assert name in str(caught.value)


def test_a_difference_is_shown_both_ways(author, tmp_path):
    check = author(COLUMN, bad_toml='expect = ["别的。"]\n[column]')
    with pytest.raises(AssertionError) as caught:
        verify(check, tmp_path / "bad.toml")
    assert "应有而没有：别的。" in str(caught.value)
    assert "不该有而有：review: 没有日期。" in str(caught.value)


def test_bad_fixtures_expect_and_good_ones_do_not(author, tmp_path):
    check = author(COLUMN, bad_toml="[column]", good_toml='expect = ["没有日期。"]\n[column]')
    with pytest.raises(AssertionError, match="bad样例应写明expect"):
        verify(check, tmp_path / "bad.toml")
    with pytest.raises(AssertionError, match="good样例不应有expect"):
        verify(check, tmp_path / "good.toml")


def test_a_finding_in_a_good_fixture_is_a_failure(author, tmp_path):
    check = author(COLUMN, good_toml="[column]")
    with pytest.raises(AssertionError, match="不该有而有"):
        verify(check, tmp_path / "good.toml")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("def check_column(column):\n    raise KeyError('x')", "KeyError"),
        ("def check_column(column):\n    yield 'text'", "应为 Finding"),
        (
            "def check_column(column):\n    yield Finding('一。')\n    yield Finding('二。')",
            "多条发现的key同为",
        ),
        ("def check_column(columns):\n    return ()", "没有参数 columns"),
        ("def check_page(page):\n    return ()", "样例应给出"),
    ],
)
def test_a_broken_check_is_told_with_its_reason(author, tmp_path, body, why):
    check = author(HEAD + body, good_toml="[column]")
    with pytest.raises(PluginError, match=why):
        verify(check, tmp_path / "good.toml")


def test_a_check_that_remembers_is_found_out(author, tmp_path):
    body = (
        "def check_column(column, seen=[]):\n    seen.append(1)\n    yield Finding(str(len(seen)))"
    )
    check = author(HEAD + body + "\n", bad_toml='expect = ["1"]\n[column]')
    with pytest.raises(AssertionError):
        verify(check, tmp_path / "bad.toml")


def test_the_folder_itself_is_looked_at(tmp_path):
    assert complaints(tmp_path / "none") == [f"{tmp_path / 'none'}：没有样例文件夹"]
    (tmp_path / "bda.html").write_text("")
    said = "\n".join(complaints(tmp_path))
    assert "缺少bad" in said
    assert "缺少good" in said
    assert "bda.html：文件名应以bad或good开头" in said


def test_fixtures_of_a_package_name_their_modules(tmp_path):
    folder = tmp_path / "columns" / "stale_column"
    folder.mkdir(parents=True)
    (folder / "bad.toml").write_text("")
    (folder / "note.md").write_text("")
    assert fixtures(tmp_path) == [("checks.columns.stale_column", folder / "bad.toml")]


SILENT = HEAD + "def check_page(page):\n    return ()\n"
MARKUP = (
    "<html><head><title>动态</title></head><body><ul><li><a href='/a.html'>关于一件事情的通知</a>"
    "<span>2026-06-20</span></li></ul></body></html>"
)


def reasons():
    """What the tree records of that page: questions with the tests that decide them."""
    taken = Taken.again(Page("http://site.test/page.html", status=200, body=MARKUP.encode()))
    return {name: step.test for name in QUESTIONS if (step := taken.decisive(name))}


def silent(tmp_path, head="", name="good.html"):
    check = tmp_path / "silent.py"
    check.write_text(SILENT, encoding="utf-8")
    case = tmp_path / name
    case.write_text(head + MARKUP if name.endswith("html") else head, encoding="utf-8")
    return check, case


@pytest.mark.parametrize(("question", "test"), reasons().items())
def test_a_right_reason_passes(tmp_path, question, test):
    verify(*silent(tmp_path, f"<!-- expect_why: {question}: {test} -->\n"))
    toml = f"[page]\nurl = \"http://site.test/page.html\"\nbody = '''{MARKUP}'''\n"
    toml += f'[expect_why]\n{question} = "{test}"\n'
    verify(*silent(tmp_path, toml, "good.toml"))


def test_a_right_answer_for_a_wrong_reason_fails(tmp_path):
    check, case = silent(tmp_path, "<!-- expect_why: kind: 没有这样的判断 -->\n")
    with pytest.raises(AssertionError) as failed:
        verify(check, case)
    said = str(failed.value)
    assert "这是什么页面（kind）应由“没有这样的判断”判定，实际" in said
    assert (
        "类型：列表页（list），标题：“动态”，发布日期：无，列表：1条，最近日期：2026-06-20" in said
    )
    for name, test in reasons().items():
        assert f"（{name}）：" in said
        assert f"✓ {test}" in said


def test_a_failing_fixture_says_what_its_page_was_taken_for(tmp_path):
    check, case = silent(tmp_path, "<!-- expect: 应当说的话。 -->\n", "bad.html")
    with pytest.raises(AssertionError, match="应有而没有：应当说的话。") as failed:
        verify(check, case)
    assert "http://site.test/page.html 被看作——类型：列表页（list），标题：“动态”" in str(
        failed.value
    )


@pytest.mark.parametrize(
    ("head", "name", "said"),
    [
        (
            "<!-- expect_why: kid: 某判断 -->",
            "good.html",
            "“expect_why”中没有“kid”，是否想写“kind”",
        ),
        ("<!-- expect_why: kind -->", "good.html", "应为“问题 = 判断的名称”"),
        ('expect_why = "kind"', "good.toml", "应为“问题 = 判断的名称”"),
        ('[expect_why]\nkind = "某判断"', "good.toml", "要有.html样例或"),
    ],
)
def test_reasons_that_are_not_understood_are_refused(tmp_path, head, name, said):
    _, case = silent(tmp_path, head, name)
    with pytest.raises(ConfigurationError, match=said):
        read_case(case)

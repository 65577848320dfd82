"""Identity, mobile and card numbers are never stored or shown in full, wherever a site puts them."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from datetime import date
from pathlib import Path

import pytest

from plugins import Entry
from plugins.facts.language.covering import cover
from plugins.facts.language.personal import covered
from tests.crawler.audits import COMMAND, ROOT, Audited, Desk, environment
from tests.crawler.small_site import Reply, SmallSite, article, page, rows

pytestmark = pytest.mark.audit

# Made up: nobody has an identity number of a whole province; the card passes Luhn and is nobody's.
IDENTITY = "420000197805123017"
MOBILE = "13912345670"
CARD = "6228480012345678903"
WIDE = "１１００００１９８５０６２３４０２６"
NARROW = "110000198506234026"
NUMBERS = (IDENTITY, MOBILE, CARD, WIDE, NARROW, "13712345671", "139 1234 5670")
SAID = f"张某{IDENTITY}电话{MOBILE}卡号{CARD}"

CHECK = '''"""页面标题样例。

为什么：原因。
看什么：对象。
不报：例外。
整改：办法。
依据：条款。
"""

from plugins import Evidence, Finding, Rule, Severity, hookimpl

RULE = Rule(__doc__, code="XYZ001", severity=Severity.ADVICE)


@hookimpl
def check_page(page):
    if "出错" in page.title:
        raise ValueError(page.text)
    yield Finding(f"标题：{page.title}。", key=page.title, where=(Evidence(page.address, page.text),))
'''


def site() -> SmallSite:
    listed = rows([("/a.html", f"关于{SAID}的公示"), ("/b.html", f"出错的页面{MOBILE}")])
    menu = f"<div class='nav'><a href='/lb/'>名单{MOBILE}</a> <a href='/gone.html'>失效{SAID}</a></div>"
    letters = "<a href='tel:13712345671'>电话</a>"
    return SmallSite(
        {
            "/": page("某区人民政府", f"{menu}{listed}{letters}"),
            "/lb/": page(f"名单{MOBILE}", f"{menu}<h1>名单{MOBILE}</h1>{listed}"),
            "/a.html": article(
                f"关于{SAID}的公示",
                f"<p>{WIDE}，139 1234 5670，（测试）</p><p><a href='/f.txt'>附件{SAID}</a></p>",
            ),
            "/b.html": article(f"出错的页面{MOBILE}", f"<p>{SAID}</p>"),
            "/f.txt": Reply(f"姓名\n{SAID}", type="text/plain; charset=utf-8"),
        }
    )


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> tuple[Audited, Path]:
    folder = tmp_path_factory.mktemp("personal")
    plugins = folder / "plugins"
    plugins.mkdir()
    (plugins / "titles.py").write_text(CHECK, encoding="utf-8")
    out = folder / "out"
    out.mkdir()
    with site() as served:
        told = Desk(out).audit(served.url, "--plugins", str(plugins))
    return told, out


def test_rules_quote_titles_and_texts_with_the_numbers_masked(audited) -> None:
    messages = [one["message"] for one in audited[0].found("XYZ001")]
    assert (
        "标题：关于张某420**************7电话139*******0卡号622***************3的公示。" in messages
    )


def test_the_numbers_themselves_are_found(audited) -> None:
    assert {"TXT101", "TXT103", "TXT104"} <= audited[0].codes()


def test_nothing_that_is_printed_holds_a_whole_number(audited) -> None:
    told = audited[0]
    shown = json.dumps(told.told, ensure_ascii=False) + told.errors
    assert [number for number in NUMBERS if number in shown] == []


def test_what_a_check_says_when_it_fails_holds_none_either(audited) -> None:
    with sqlite3.connect(audited[1] / "gongkai.db") as database:
        told = [row[0] for row in database.execute("SELECT message FROM check_errors")]
    assert any("420**************7" in message for message in told)


def test_no_file_of_the_run_holds_a_whole_number(audited) -> None:
    files = [path for path in audited[1].rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".db", ".html", ".json", ".csv"}
    held = [
        (path.name, number)
        for path in files
        for number in NUMBERS
        if number.encode() in path.read_bytes()
    ]
    assert held == []


def test_facts_are_printed_masked() -> None:
    with site() as served:
        done = subprocess.run(
            [*COMMAND, "facts", served.url, f"{served.url}a.html", "--render", "never"],
            cwd=ROOT, env=environment(""), capture_output=True, text=True, timeout=60, check=True,
        )  # fmt: skip
    assert [number for number in NUMBERS if number in done.stdout] == []
    assert "139*******0" in done.stdout


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"李某，{IDENTITY}，", "李某，420**************7，"),
        ("身份证420000197805123018", "身份证420**************8"),
        ("电话139-1234-5670", "电话139*******0"),
        (f"甲-{MOBILE}", "甲-139*******0"),
        (WIDE, "110**************6"),
        (f"名单{MOBILE}2026-06-28", "名单139*******02026-06-28"),
        ("卡号6228 4800 1234 5678 903", "卡号622***************3"),
    ],
)
def test_a_number_is_masked_however_it_is_written(text: str, shown: str) -> None:
    assert covered(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "http://www.example.gov.cn/art/13912345670/t20260302_420000197805123017.html",
        "/info.do?id=420000197805123017",
        "鄂政发〔2026〕12号",
        "网站标识码4202000001，电话0714-6512345",
        "420000********3017",
        "项目代码2020-420202-47-03-012345",
        "批次420000202603020001",
        "总额139123456701元",
        "",
    ],
)
def test_what_is_no_personal_number_stays(text: str) -> None:
    assert covered(text) == text


def test_a_fact_without_numbers_is_the_same_object() -> None:
    entry = Entry("http://site.test/1", "http://site.test/1", "标题", date(2026, 1, 1))
    assert cover((entry,))[0] is entry
    masked = cover([Entry("http://site.test/1", "k", f"标题{MOBILE}", text=SAID)])[0]
    assert (masked.title, IDENTITY in masked.text) == ("标题139*******0", False)

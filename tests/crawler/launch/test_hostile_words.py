"""Formulas and markup in titles of audited pages stay text in every output that people open."""

from __future__ import annotations

import csv
import email
import email.policy
import io
import subprocess
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser

from tests.crawler.audits import COMMAND, ROOT, Desk, environment
from tests.crawler.small_site import SmallSite, article, page, rows

pytestmark = pytest.mark.audit

FORMULA = "=cmd|'/c calc'!A1"
MARKUP = "{{ 7*7 }}<script>alert(2)</script><img src=x onerror=alert(1)></w:t>"
SHOWN = MARKUP.replace("&", "&amp;").replace("<", "&lt;")
CHECK = '''"""页面标题样例。

为什么：原因。
看什么：对象。
不报：例外。
整改：办法。
依据：条款。
"""

from plugins import Evidence, Finding, Rule, Severity, hookimpl

RULE = Rule(__doc__, code="XYZ001", severity=Severity.MINOR, deduct=1)


@hookimpl
def check_page(page):
    yield Finding(page.title, key=page.title, where=(Evidence(page.address, page.title),))
'''
MAIL = """
[mail]
host = "127.0.0.1"
port = 2525
security = "plain"
from = "gongkai@example.gov.cn"

[[recipient]]
office = true
mail = ["office@example.gov.cn"]
"""


@pytest.fixture(scope="module")
def outputs(tmp_path_factory) -> dict[str, Path]:
    """Every file that the commands write about a site with such titles."""
    folder = tmp_path_factory.mktemp("words")
    desk = Desk(folder)
    plugins = folder / "plugins"
    plugins.mkdir()
    (plugins / "titles.py").write_text(CHECK, encoding="utf-8")
    listed = rows(
        [("/f.html", FORMULA), ("/m.html", SHOWN), ("/g1.html", FORMULA), ("/g2.html", SHOWN)]
    )
    pages = {
        "/": page("某区人民政府", listed),
        "/f.html": article(FORMULA),
        "/m.html": article(SHOWN),
    }
    with SmallSite(pages) as site:
        audited = desk.audit(
            "--inventory",
            desk.inventory(site.host),
            "--plugins",
            str(plugins),
            "--pictures",
            "0",
        )
        assert audited.status == 0, audited.errors
    made = {Path(one).suffix[1:]: Path(one) for one in audited.told["reports"]}
    found = {f"report {kind}": path for kind, path in made.items()}
    for command, kinds in (
        ("report", ("docx", "xlsx")),
        ("bulletin", ("docx", "xlsx", "html")),
        ("fixlist", ("docx", "xlsx", "html")),
    ):
        for kind in kinds:
            told = run(desk, command, "--format", kind, "--out", folder / f"{command}s")
            found[f"{command} {kind}"] = Path(told.strip())
    found["findings csv"] = folder / "findings.csv"
    found["findings csv"].write_text(run(desk, "findings", "--format", "csv"), encoding="utf-8")
    return found


def run(desk: Desk, *words: object) -> str:
    done = subprocess.run(
        [*COMMAND, *map(str, words), "--database", desk.url],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_words_do_get_there(outputs):
    """Otherwise what follows would prove nothing."""
    for name in ("report html", "fixlist html", "bulletin html"):
        text = outputs[name].read_text(encoding="utf-8")
        assert "cmd|" in text, name
        assert "&lt;script&gt;alert(2)" in text, name


def test_no_page_has_an_element_of_theirs(outputs):
    for name, path in outputs.items():
        if name.endswith("html"):
            tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
            assert tree.css("img[onerror], [onclick], iframe, object") == [], name
            assert all("alert" not in one.text() for one in tree.css("script")), name


def test_no_cell_of_a_workbook_is_a_formula(outputs):
    for name, path in outputs.items():
        if name.endswith("xlsx"):
            cells = [c for sheet in load_workbook(path) for row in sheet.iter_rows() for c in row]
            assert not [c.coordinate for c in cells if c.data_type == "f"], name
            begun = [str(c.value)[:1] for c in cells if isinstance(c.value, str)]
            assert not set("=+-@") & set(begun), name
            with zipfile.ZipFile(path) as packed:
                assert not any(b"<f>" in packed.read(part) for part in packed.namelist()), name


def test_no_cell_of_a_table_begins_like_a_formula(outputs):
    for name, path in outputs.items():
        if name.endswith("csv"):
            table = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))
            cells = [cell for row in table for cell in row]
            assert any("cmd|" in cell for cell in cells), name
            assert not set("=+-@") & {cell[:1] for cell in cells}, name


def test_word_documents_are_whole_and_hold_text_only(outputs):
    for name, path in outputs.items():
        if name.endswith("docx"):
            with zipfile.ZipFile(path) as packed:
                text = packed.read("word/document.xml").decode()
            assert "<script" not in text, name
            assert "{{ 7*7 }}" in text, name
            assert "instrText" not in text, name


def test_a_letter_holds_them_as_text(outputs, tmp_path):
    desk = Desk(outputs["findings csv"].parent)
    (tmp_path / "mail.toml").write_text(MAIL, encoding="utf-8")
    run(
        desk,
        *("send", "digest", "--preview", "--out", tmp_path / "preview"),
        *("--config", tmp_path / "mail.toml"),
    )
    letters = list((tmp_path / "preview").rglob("*.eml"))
    assert letters
    for path in letters:
        letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        body = letter.get_body(("html",))
        assert body is not None
        tree = LexborHTMLParser(body.get_content())
        assert tree.css("script, img[onerror]") == []
        assert "alert(2)" in tree.body.text()

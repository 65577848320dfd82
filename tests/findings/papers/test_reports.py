"""Reports and exports: what they show, and what hostile text cannot make them do."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from findings.office.neutral import safe_href, shorten
from findings.people.assessment import assess, suggested_points
from findings.people.triage import Act, triage
from findings.records.records import FamilyCoverage, Verdict
from findings.reports.building import build_report
from findings.reports.exports import csv_text, finding_json, neutral, report_html, write_report
from findings.schemes.scheme_file import find_scheme
from findings.scoring.score_json import score_json
from findings.store.store import Store
from plugins import Evidence, Gap
from plugins.errors import ConfigurationError
from tests.findings.nights import DAY, HOST, night, page, sight

SCHEME = find_scheme()
CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture
def memory():
    with Store.open("sqlite://") as store:
        yield store


def report_of(store, run=None):
    seen = store.run(run) if run else store.latest()
    result = assess(store, seen, SCHEME)
    return build_report(
        seen,
        result.findings,
        SCHEME,
        result.scores,
        errors=store.errors(seen.id),
        decisions=store.decisions(),
        written=datetime(2026, 3, 3, 1, tzinfo=UTC),
    )


def html_of(store, run=None):
    text = report_html(report_of(store, run))
    return text, LexborHTMLParser(text)


def words(tree):
    return " ".join(tree.body.text(separator=" ").split())


def address(n):
    return page(f"http://{HOST}/{n}")


def test_the_report_shows_ranking_faults_remedies_and_evidence(memory):
    night(memory, seen=[sight("COL101", address(1), "栏目没有内容。")])
    text, tree = html_of(memory)
    shown = words(tree)
    for wanted in (
        "预评估",
        "成绩排名",
        "区教育局",
        "花湖街道",
        "95",
        "栏目没有内容。",
        "请整改。",
        "依据。",
        "“原文”",
        "导航",
    ):
        assert wanted in shown or wanted.strip("“”") in shown, wanted
    assert tree.css_first(f'a[href="http://{HOST}/1"]') is not None
    ranks = [
        (row.css_first("td.unit").text(strip=True), row.css_first("td.rank").text(strip=True))
        for row in tree.css("table.ranking tbody tr")
        if row.css_first("td.rank")
    ]
    assert ranks == [("花湖街道", "1"), ("区教育局", "1")]
    assert text.count("<script>") == 1


def test_new_back_fixed_and_exempt_are_marked(memory):
    night(memory, seen=[sight("COL101", address(n)) for n in range(4)])
    night(memory, seen=[sight("COL101", address(n)) for n in (1, 2, 3)], examined=[address(0)])
    exempt = next(f for f in memory.find() if f.subject == address(1))
    triage(memory, exempt.fingerprint, Act.EXEMPT, today=DAY, why="系统迁移期间", by="张三")
    night(
        memory,
        seen=[sight("COL101", address(n)) for n in (0, 1, 2, 9)],
        examined=[address(3)],
    )
    report = report_of(memory)
    assert dict(report.counts) == {
        "open": 3,
        "new": 1,
        "back": 1,
        "fixed": 1,
        "review": 0,
        "errors": 0,
        "warning": 0,
    }
    shown = words(html_of(memory)[1])
    assert "系统迁移期间，张三" in shown
    assert "曾复发 1 次" in shown
    assert "不计豁免" not in shown  # three faults reach the cap with or without the fourth
    assert report_of(memory, 2).counts["fixed"] == 1


def test_what_could_not_be_told_stands_apart_and_costs_nothing(memory):
    night(memory, seen=[sight("COL101", address(1), "读不出来。", review=True)])
    report = report_of(memory)
    section = next(item for item in report.sections if item.name == "区教育局")
    assert (section.groups, len(section.reviews), section.card.total) == ((), 1, 100)
    assert "机器无法判定，请人工核实（不扣分）" in words(html_of(memory)[1])


def test_coverage_gaps_errors_and_limits_are_printed(memory):
    coverage = {
        "columns": FamilyCoverage(),
        "links": FamilyCoverage(
            "partial", "有链接未能验证", (Gap("blocked", "拒绝访问", 37, ("http://x/",)),)
        ),
        "platform": FamilyCoverage("failed", "本机没有IPv6"),
    }
    night(memory, coverage=coverage, errors=[("POL101", address(1))])
    shown = words(html_of(memory)[1])
    for wanted in (
        "拒绝访问（37 处）",
        "本机没有IPv6",
        "未能检查",
        "坏了",
        "POL101",
        "未测",
        "不在核查范围内",
        "得分仅供参考",
    ):
        assert wanted in shown, wanted


def test_a_site_without_register_or_fault_still_makes_a_report(memory):
    night(memory, units=())
    assert "没有发现待整改的问题" in words(html_of(memory)[1])


EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)><a href=javascript:alert(1)>{{7*7}}</td>'


def test_text_of_audited_pages_stays_text(memory):
    where = tuple(
        Evidence(url, EVIL, EVIL)
        for url in ("javascript:alert(1)", "data:text/html,x", "http://ok.example/<b>", EVIL, "")
    )
    night(memory, seen=[sight("COL101", page("javascript:alert(1)"), EVIL, where=where, unit=EVIL)])
    text, tree = html_of(memory)
    assert len(tree.css("script")) == 1
    assert tree.css("img") == []
    assert {a.attributes["href"][:7] for a in tree.css("a")} <= {"http://", "https:/"} | {
        a.attributes["href"][:7] for a in tree.css("a") if a.attributes["href"].startswith("#")
    }
    assert "{{7*7}}" in tree.body.text()
    assert not [node for node in tree.css("*") for name in node.attributes if name.startswith("on")]
    assert "script-src &#39;sha256-" in text


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("http://a.example/b?c=d", True),
        ("https://a.example:8443/", True),
        ("HTTP://a.example/", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        (" http://a.example/", False),
        ("java\tscript:alert(1)", False),
        ("http:alert(1)", False),
        ("http://[", False),
        ("//a.example", False),
        ("data:text/html,x", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(url, good):
    assert bool(safe_href(url)) is good


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "  =1",
        "\u3000=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "\u200b=1",
        "\ufeff=cmd|'/c calc'!A1",
        "\n=1",
        "\N{MINUS SIGN}1",
        "\0=1",
        "\x1b=1",
    ],
)
def test_no_cell_is_a_formula(text):
    assert neutral(text).startswith("'")


@pytest.mark.parametrize(
    "text", ["", "栏目空白。", "http://a.example/=1", "2026-03-01", "a=b", "　全角空格"]
)
def test_plain_cells_stay_as_they_are(text):
    assert neutral(text) == text


def test_csv_is_for_spreadsheets(memory):
    night(
        memory,
        seen=[
            sight(
                "COL101", address(1), '=HYPERLINK("http://evil")\n第二行,"引号"', unit="@区教育局"
            )
        ],
    )
    found = memory.find()
    text = csv_text(found, {found[0].fingerprint: 0.1}, DAY)
    assert text.startswith("\ufeff")
    head, row = list(csv.reader(io.StringIO(text[1:])))
    cells = dict(zip(head, row, strict=True))
    assert cells["说明"] == '\'=HYPERLINK("http://evil")\n第二行,"引号"'
    assert cells["单位"] == "'@区教育局"
    assert (cells["应扣分值"], cells["状态"], cells["位置"]) == ("0.1", "待整改、新增", "导航")


def test_json_has_the_keys_of_the_contract_in_their_order(memory):
    night(memory, seen=[sight("COL101", address(1))])
    (found,) = memory.find()
    points = suggested_points([found], SCHEME, memory.latest())
    shape = finding_json(found, points[found.fingerprint])
    contract = [
        "fingerprint",
        "code",
        "title",
        "family",
        "severity",
        "site",
        "unit",
        "subject",
        "key",
        "message",
        "remedy",
        "evidence",
        "review",
        "presence",
        "verdict",
        "first_seen",
        "last_seen",
        "times_back",
        "points",
    ]
    assert list(shape)[: len(contract)] == contract
    assert shape["subject"] == {"kind": "page", "ref": f"http://{HOST}/1"}
    assert shape["evidence"] == [{"url": f"http://{HOST}/", "text": "原文", "selector": "nav"}]
    assert shape["points"] == 5
    scores = score_json(assess(memory, memory.latest(), SCHEME).scores)
    assert list(scores)[:4] == ["scheme", "as_of", "coverage", "units"]
    unit = next(item for item in scores["units"] if item["unit"] == "区教育局")
    assert list(unit)[:7] == ["unit", "kind", "total", "rank", "categories", "vetoes", "lines"]
    assert unit["categories"]["基础信息"]["got"] == 20
    assert unit["lines"][0]["findings"] == [found.fingerprint]
    assert list(unit["lines"][0])[:4] == ["indicator", "category", "points", "findings"]


@pytest.mark.parametrize(
    ("verdict", "costs"), [(Verdict.REJECTED, 0), (Verdict.EXEMPT, 0), (Verdict.CONFIRMED, 5)]
)
def test_suggested_points_follow_the_verdict(memory, verdict, costs):
    night(memory, seen=[sight("COL101", address(1))])
    memory.decide(memory.find()[0].fingerprint, verdict)
    (found,) = memory.find()
    assert suggested_points([found], SCHEME, None) == {found.fingerprint: costs}


def test_files_are_written_whole_or_not_at_all(memory, tmp_path):
    night(memory, seen=[sight("COL101", address(1))])
    report = report_of(memory)
    for kind in ("html", "json", "csv"):
        path = write_report(report, kind, tmp_path / "out" / "deep")
        assert path.name == f"gongkai-2026-03-01-run1.{kind}"
        assert path.stat().st_mode & 0o444
    whole = path.read_bytes()

    def fails(_):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_report(report, "csv", path.parent, {"csv": fails})
    assert path.read_bytes() == whole
    assert sorted(item.suffix for item in path.parent.iterdir()) == [".csv", ".html", ".json"]
    assert json.loads(path.with_suffix(".json").read_text())["counts"]["open"] == 1
    with pytest.raises(ConfigurationError, match="可用html、json、csv"):
        write_report(report, "docx", tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match="无法写入"):
        write_report(report, "html", tmp_path / "file")


def test_long_values_are_cut_to_what_a_table_can_hold():
    assert shorten("长" * 5000, 10) == "长" * 9 + "…"
    assert shorten(" a\n\tb\x1b[31m ") == "a b [31m"


@pytest.fixture
def crowd(memory):
    def many(indices):
        return [
            sight(
                ("LNK101", "COL201", "POL101")[n % 3],
                address(n),
                EVIL if n == 7 else f"第{n}个问题。" + "很长" * (3000 if n == 8 else 1),
                unit=("区教育局", "花湖街道", "")[n % 7 % 3],
                review=n % 11 == 0,
                where=tuple(f"http://{HOST}/{n}/{k}" for k in range(n % 20 + 1)),
            )
            for n in indices
        ]

    night(memory, seen=many(range(1950)))
    night(
        memory, seen=many(range(50, 2000)), examined=map(address, range(50)), day=DAY + timedelta(1)
    )
    return memory


def test_two_thousand_findings_make_a_page_within_seconds(crowd):
    started = time.perf_counter()
    text, tree = html_of(crowd)
    assert time.perf_counter() - started < 15
    assert len(tree.css("tr.item")) == 2000
    assert len(text.encode()) < 12_000_000


@pytest.mark.browser
def test_the_page_runs_its_own_script_and_no_other(crowd, tmp_path):
    if not CHROMIUM.exists():
        pytest.skip("no /usr/bin/chromium")
    path = write_report(report_of(crowd), "html", tmp_path)
    # The hash in the page's policy must fit its script, or nothing is folded open on arrival.
    dumped = subprocess.run(
        [
            CHROMIUM,
            *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
            "--disable-background-networking",
            f"--user-data-dir={tmp_path / 'profile'}",
            "--virtual-time-budget=3000",
            "--dump-dom",
            f"file://{path}#u2",
        ],
        capture_output=True,
        check=True,
        timeout=120,
        env={**os.environ, "HOME": str(tmp_path)},
    ).stdout.decode()
    shutil.rmtree(tmp_path / "profile", ignore_errors=True)
    tree = LexborHTMLParser(dumped)
    assert "open" in tree.css_first("details#u2").attributes
    assert "open" not in tree.css_first("details#u1").attributes
    assert tree.css("img") == []

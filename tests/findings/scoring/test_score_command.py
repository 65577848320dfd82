"""``gongkai score``: why, what if, what changed, and what was published, as the office types it."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from findings.schemes.scheme_file import find_scheme
from findings.store.database import writing
from findings.store.store import Store
from tests.findings.nights import DAY, HOST, night, page, rule, sight
from tests.findings.test_commands import gongkai

PLACE = "sqlite:///var/gongkai.db"
RULES = tuple(rule(code) for code in ("COL101", "COL201", "LNK101", "POL101", "DLG102"))
CODES = tuple(item.code for item in RULES)


def at(number):
    return page(f"http://{HOST}/{number}")


@pytest.fixture
def database(tmp_path, monkeypatch):
    """Two nights: 区教育局 mends one of four blank columns, a link of 花湖街道 breaks."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GONGKAI_DATABASE", raising=False)
    monkeypatch.setenv("GONGKAI_USER", "张三")
    with Store.open(PLACE) as store:
        blank = [sight("COL101", at(n)) for n in range(4)]
        night(store, seen=blank, rules=RULES, in_force=CODES)
        night(
            store,
            seen=[
                *blank[1:],
                sight("LNK101", at(9), "[bold]\x1b[31m坏链接", unit="花湖街道"),
                sight("COL201", at(1), "停更。"),
                sight("DLG102", at(5), "矛盾。", review=True),
            ],
            examined=[at(0)],
            rules=RULES,
            in_force=CODES,
        )
    return tmp_path


def said(*words):
    status, output = gongkai("score", *words)
    assert status == 0, output
    return output


def data(*words):
    return json.loads(said(*words, "--format", "json"))


def fingerprints(code):
    found = json.loads(gongkai("findings", "--format", "json", "--code", code)[1])
    return [item["fingerprint"] for item in found]


# ---- why --------------------------------------------------------------------------------------


def test_every_point_is_explained_down_to_its_findings(database):
    card = data("--explain", "区教育局")
    (line,) = card["lines"]
    assert (line["indicator"], line["points"], line["shares"]) == ("1.1", 15, {"区教育局": 15})
    assert [item["points"] for item in line["findings"]] == [5, 5, 5]
    assert {item["code"] for item in line["findings"]} == {"COL101"}
    assert all(item["subject"]["ref"].startswith("http://demo") for item in line["findings"])
    (aside,) = card["unscored"]
    assert aside["code"] == "COL201"
    assert aside["why"].startswith("已按指标1.1")
    assert [item["code"] for item in card["reviews"]] == ["DLG102"]
    text = said("--explain", "区教育局")
    assert "基础信息（25分）：得10分，扣15分" in text
    assert "1.1 栏目空白：扣15分【默认分值】" in text
    assert "依据：国办秘函〔2019〕19号" in text
    assert "不重复扣分" in text
    assert "\x1b" not in said("--explain", "花湖街道")


@pytest.mark.parametrize(
    "words", [("--explain", "区教育局"), ("--scheme", "national-2019"), ("--compare", "1")]
)
def test_on_a_terminal_it_is_laid_out_too(database, words):
    master, slave = pty.openpty()
    asked = f"from crawler.commands import run; raise SystemExit(run(['score', *{words!r}]))"
    ran = subprocess.Popen([sys.executable, "-c", asked], stdout=slave, stderr=slave)
    os.close(slave)
    told = b""
    with contextlib.suppress(OSError):  # the terminal is gone when its last writer is
        while more := os.read(master, 65536):
            told += more
    os.close(master)
    assert ran.wait(60) == 0, told.decode()
    assert "Traceback" not in told.decode()
    assert "分" in told.decode()


def test_an_unknown_unit_is_refused_with_the_nearest_name(database):
    assert gongkai("score", "--explain", "区教育居")[0] == 2
    assert "区教育局" in gongkai("score", "--explain", "区教育居")[1]


# ---- what if ----------------------------------------------------------------------------------


def test_what_if_says_what_changes_and_changes_nothing(database):
    one = fingerprints("COL101")[0]
    before = data()
    compared = data("--what-if", one[:10])
    (unit,) = compared["units"]
    assert unit["unit"] == "区教育局"
    # The stale column was not charged while it was blank; mending the blank one brings it up.
    brought = one in {name for line in unit["lines"] for name in line["gone"]}
    assert brought
    assert unit["total"]["before"] == 85
    assert unit["total"]["after"] in {87, 90}
    assert compared["what_if"] == [one]
    assert data() == before


def test_what_if_takes_several_rules_and_units(database):
    every = fingerprints("COL101")
    compared = data("--what-if", every[0], every[1], every[2])
    assert compared["what_if"] == sorted(every)
    assert data("--what-if", "COL101")["what_if"] == sorted(every)
    compared = data("--what-if", "区教育局", "--what-if", "LNK101")
    assert {unit["unit"]: unit["total"]["after"] for unit in compared["units"]} == {
        "区教育局": 100,
        "花湖街道": 100,
    }
    text = said("--what-if", "区教育局")
    assert "假定5个问题已整改" in text
    assert "+15" in text
    assert "得分没有变化" in said("--what-if", "DLG102")


@pytest.mark.parametrize("word", ["deadbeef", "XYZ101", "区民政局", "abc"])
def test_what_if_refuses_what_names_nothing(database, word):
    status, output = gongkai("score", "--what-if", word)
    assert (status, len(output.strip().splitlines())) == (2, 1)
    assert "--what-if" in output


# ---- comparing --------------------------------------------------------------------------------


def test_two_runs_are_compared_line_by_line(database):
    compared = data("--compare", 1)
    assert (compared["before"]["run"], compared["after"]["run"]) == (1, 2)
    units = {unit["unit"]: unit for unit in compared["units"]}
    education, street = units["区教育局"], units["花湖街道"]
    assert education["total"] == {"before": 85, "after": 85}
    (line,) = education["lines"]
    assert (len(line["gone"]), line["come"]) == (1, [])
    assert street["lines"][0]["points"] == {"before": 0, "after": 0.1}
    assert street["lines"][0]["come"] == fingerprints("LNK101")
    assert "由 district-2022 第1次检查" in said("--compare", 1)
    back = data("--compare", 2, "--run", 1)
    assert {unit["unit"]: unit["total"]["after"] for unit in back["units"]}["花湖街道"] == 100


def test_the_same_run_is_compared_under_another_scheme(database):
    text = find_scheme("district-2022").text.replace("points = 5\ncap = 15", "points = 2\ncap = 15")
    (database / "lenient.toml").write_text(text.replace('"district-2022"', '"lenient"'), "utf-8")
    compared = data("--compare", "district-2022", "--scheme", "lenient.toml")
    (unit,) = compared["units"]
    assert unit["total"] == {"before": 85, "after": 94}
    assert compared["after"]["scheme"] == "lenient"
    assert compared["before"]["digest"] != compared["after"]["digest"]
    assert "考评对象不同" in said("--compare", "national-2019")


# ---- sites ------------------------------------------------------------------------------------


def test_the_national_scheme_ranks_sites_and_says_what_it_cannot_measure(database):
    scores = data("--scheme", "national-2019")
    (card,) = scores["units"]
    assert (card["subject"], card["site"], card["unit"]) == ("site", HOST, "示范区")
    assert card["warnings"][0]["title"] == "栏目不更新（空白栏目）"
    assert "否决2" in {one["indicator"] for one in card["untested"]}
    assert {line["recalled"] for line in card["lines"]} == {"low", "medium"}
    assert {line["indicator"]: line["shares"] for line in card["lines"]}["4.3"] == {"花湖街道": 0.1}
    text = said("--scheme", "national-2019")
    for words in (
        "政府门户网站",
        "未见不合格",
        "办事服务不适用",
        "预警 示范区 栏目不更新（空白栏目）：现有3处，达到5处即单项否决。",
        "未检查 否决2 站点无法访问",
        "系转述，没有对照公布文本",
    ):
        assert words in text
    assert "转述，把握较小" in said("--scheme", "national-2019", "--explain", "示范区")


def test_a_report_on_sites_marks_recalled_points_warnings_and_what_is_unmeasured(database):
    status, output = gongkai("report", "--scheme", "national-2019", "--out", "here")
    assert status == 0
    html = Path(output.strip()).read_text(encoding="utf-8")
    for words in (
        "转述，把握较小",
        "单项否决预警（不扣分）",
        "现有3处，达到5处即单项否决",
        "本次没有规则检查的指标",
        "否决2 站点无法访问",
        "涉及单位：区教育局 6 分",
        "互动交流、功能设计的满分系转述",
    ):
        assert words in html


# ---- publishing -------------------------------------------------------------------------------


def test_a_published_score_is_kept_and_shown_as_it_was(database):
    then = data()
    head = data("--publish", "--note", "年度通报")["published"]
    scheme = find_scheme("district-2022")
    assert (head["id"], head["by"], head["note"], head["run"], head["new"]) == (
        1,
        "张三",
        "年度通报",
        2,
        True,
    )
    assert (head["scheme"], head["version"], head["digest"]) == (
        scheme.id,
        scheme.version,
        scheme.digest,
    )
    assert head["as_of"] == DAY.isoformat()
    # People and nights go on; what was given out stays.
    name = fingerprints("COL101")[0]
    gongkai("triage", name, "reject", "--why", "栏目已登记为停用")
    assert data() != then
    shown = data("--published", 1)
    assert shown.pop("published")["id"] == 1
    assert shown == then
    card = data("--published", 1, "--explain", "区教育局")
    assert name in {item["fingerprint"] for item in card["lines"][0]["findings"]}
    assert card["lines"][0]["findings"][0]["message"] == "有问题。"
    text = said("--published", 1)
    assert "第1份已发布的成绩" in text
    assert scheme.digest in text
    assert "85" in text


def test_the_same_score_is_published_once(database):
    assert "第1份" in said("--publish")
    assert "没有重复存档" in said("--publish", "--note", "再来一次")
    gongkai("triage", fingerprints("LNK101")[0], "reject", "--why", "外站已恢复访问")
    assert "第2份" in said("--publish")
    assert [head["id"] for head in data("--published", "list")] == [2, 1]
    assert said("--published", "list").count("district-2022") == 2


def test_nobody_changes_what_was_published(store):
    run = night(store, seen=[sight("COL101", at(1))])
    from findings.store.published import PublishedCard

    scheme = find_scheme("district-2022")
    kept, new = store.publish(
        PublishedCard.of(scheme, run, DAY, {"score": {"units": ["区教育局"]}}, by="\0张三")
    )
    assert new
    assert (kept.id, kept.by, kept.scheme_text) == (1, "张三", scheme.text)
    again, new = store.publish(
        PublishedCard.of(scheme, run, DAY, {"score": {"units": ["区教育局"]}})
    )
    assert (again.id, new) == (1, False)
    engine = store._engine
    for act in ("UPDATE published_scores SET note = 'x'", "DELETE FROM published_scores"):
        with pytest.raises(sa.exc.DatabaseError, match="append-only"), writing(engine) as opened:
            opened.exec_driver_sql(act)
    assert store.publications(1)[0].note == ""


def test_a_broken_night_is_not_published(database):
    with Store.open(PLACE) as store:
        run = night(store, seen=[sight("COL101", at(7))], end="aborted", rules=RULES)
    status, output = gongkai("score", "--publish", "--run", run)
    assert (status, "不能发布" in output) == (2, True)
    assert data("--published", "list") == []


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("--published", "9"), "没有第9份已发布的成绩"),
        (("--published", "x"), "应为份数的编号或 list"),
        (("--publish", "--compare", "1"), "不能同时使用"),
        (("--published", "1", "--run", "1"), "不能再指定"),
        (("--explain", "区教育局", "--publish"), "不能与--publish同时使用"),
        (("abcdef12",), "只能跟在 --what-if 之后"),
        (("--compare", "77"), "没有第77次检查"),
        (("--compare", "odd"), "没有名为“odd”的考评方案"),
        (("--scheme", "none.toml"), "无法读取"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(database, words, line):
    status, output = gongkai("score", *words)
    assert status == 2
    assert line in output
    assert len(output.strip().splitlines()) == 1


def test_a_broken_scheme_is_told_with_line_and_field(database):
    text = find_scheme("district-2022").text.replace("cap = 15", 'cap = "15"', 1)
    (database / "own.toml").write_text(text, "utf-8")
    row = text.split("\n").index('cap = "15"') + 1
    status, output = gongkai("score", "--scheme", "own.toml")
    assert status == 2
    assert output.strip() == f"own.toml 第{row}行 字段“cap”：应为数字。"

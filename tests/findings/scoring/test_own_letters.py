"""A rule with letters of its own: a family of its own, no points by itself, and points by a scheme that names it."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from findings.records.records import FamilyCoverage, RuleRecord, StoredFinding
from findings.reports.exports import csv_text
from findings.schemes.scheme_file import find_scheme
from findings.scoring.judge import judge
from plugins import Subject, SubjectKind, Unit, fingerprint
from plugins.rule import FAMILIES, Rule, Severity, families, family_name, family_of
from tests.findings.nights import HOST

DAY = date(2026, 3, 2)
OWN = """\
id = "own"
title = "本区方案"
extends = "district-2022"

[[indicator]]
code = "9.1"
title = "外文版内容过少"
category = "能力保障"
kind = "deduct"
checks = ["ENG901"]
cap = 0.8
"""
DOC = "外文版内容过少。\n\n为什么：甲。\n看什么：乙。\n不报：丙。\n整改：丁。\n依据：戊。\n"
RULE = Rule(DOC, code="ENG901", severity=Severity.MINOR, deduct=0.5)


@pytest.fixture
def own(tmp_path):
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    return find_scheme(str(tmp_path / "own.toml"))


def found(number):
    subject = Subject(SubjectKind.PAGE, HOST, f"http://{HOST}/en/{number}")
    return StoredFinding(
        fingerprint=fingerprint("ENG901", subject),
        subject=subject,
        key="",
        message="外文版只有一条信息。",
        rule=RuleRecord.of(RULE),
        unit="区教育局",
        first_seen=DAY,
        last_seen=DAY,
    )


def card(scheme, *numbers, coverage=None):
    findings = [found(number) for number in numbers]
    scores = judge(scheme, findings, [Unit("区教育局")], coverage=coverage or {}, as_of=DAY)
    return scores.card("区教育局"), scores


def test_letters_are_a_family():
    assert (RULE.family, family_of("ENG901"), family_of("ENGLISH901")) == ("eng", "eng", "english")
    assert (family_name("eng"), family_name("text")) == ("自有规则ENG", "内容表述")
    assert families(["TXT101", "ENG902", "ENG901"]) == {**FAMILIES, "ENG": "eng"}


def test_a_rule_that_no_scheme_names_is_told_and_costs_nothing():
    scored, _ = card(find_scheme("district-2022"), 1, 2)
    assert (scored.total, scored.lines) == (100, ())
    assert {*scored.asides.values()} == {"方案列为不计分：本方案没有为这条规则定分值"}


def test_a_scheme_that_names_it_takes_what_the_rule_suggests_up_to_its_cap(own):
    once, _ = card(own, 1)
    twice, _ = card(own, 1, 2)
    assert (once.total, twice.total) == (99.5, 99.2)
    assert [line.indicator for line in twice.lines] == ["9.1"]
    assert find_scheme().suggestion("ENG901", (), RULE.deduct, DAY) == 0
    assert own.suggestion("ENG901", (), RULE.deduct, DAY) == 0.5


def test_what_was_not_looked_at_of_its_family_is_told(own):
    failed = {HOST: {"eng": FamilyCoverage("failed", "网站不可信", ())}}
    _, scores = card(own, coverage=failed)
    assert "9.1" in [one.indicator for one in scores.untested]
    _, scores = card(own, coverage={HOST: {"eng": FamilyCoverage("complete", "", ())}})
    assert "9.1" not in [one.indicator for one in scores.untested]


def test_a_spreadsheet_names_its_family():
    _, row = csv.reader(io.StringIO(csv_text([found(1)], {}, DAY)[1:]))
    assert row[1:4] == ["ENG901", "外文版内容过少", "自有规则ENG"]

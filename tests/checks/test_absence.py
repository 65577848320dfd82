"""A rule that says "there is none on this site" says as well what it does not know."""

from __future__ import annotations

import inspect
import re
from dataclasses import replace
from pathlib import Path

import pytest

from plugins.engine.manager import Plugins
from plugins.facts.site.site import Coverage
from plugins.kit.fixture import REVIEW, read_case
from plugins.kit.testing import fixtures, run_case

PLUGINS = Plugins.discover(packages=("checks",))
SLUGS = {
    one.module.__name__: one.rule
    for one in PLUGINS.plugins
    if one.rule and one.module.__name__.startswith("checks.")
}
ABSENT = sorted(name for name, rule in SLUGS.items() if rule.absence)
NAMED = re.compile(r"^(?:no|too_few|missing|low|uninterpreted|unmaintained|incomplete|overdue)_")
ASKS = re.compile(r"\b(?:unseen|doubts|tallies|shortfalls)\(|sought\.doubts")
# So called, but each is said of pages that were read: no other page could change it.
OF_PAGES = {
    "incomplete_catalogue",
    "incomplete_guide",
    "missing_document_marks",
    "missing_footer_mark",
    "missing_report_parts",
    "missing_unit_entries",
    "no_accessibility_entry",
    "no_column_tags",
    "no_content_tags",
    "no_error_report",
    "no_ipv6_address",
    "no_publishing_mark",
    "no_site_search",
    "no_site_tags",
    "no_tags",
}
# What rules of absence say besides, of something that was seen.
SEEN = {
    "no_question_library": r"最新一条发布于.*没有更新",
    "no_assessment_results": r"公布于.*晚于",
    "no_document_search": r"文件库“.*”(?:不能按|没有检索框)",
    "no_enforcement_report": r"发布于.*晚于",
    "no_unit_platform": r"的页面和\d+个栏目都没有内容|登记的.*打不开|链接已失效",
}


def slug(module: str) -> str:
    return module.rpartition(".")[2]


def test_what_sounds_like_absence_is_declared_so():
    sounding = {
        slug(name) for name, rule in SLUGS.items() if NAMED.match(slug(name)) and not rule.absence
    }
    assert sounding == OF_PAGES


@pytest.mark.parametrize("module", ABSENT)
def test_a_rule_of_absence_asks_for_doubts(module):
    plugin = PLUGINS.plugin(SLUGS[module].code)
    assert ASKS.search(inspect.getsource(plugin.module)), f"{module} 没有问过哪些没有看到"


@pytest.mark.parametrize("module", ABSENT)
def test_where_not_all_was_seen_it_is_for_review(module):
    """With a crawl that failed, what was certain is no longer, and no warning is left."""
    doubted = 0
    for name, path in fixtures(Path(__file__).parent, "checks"):
        if name != module or not path.name.startswith("bad"):
            continue
        case = read_case(path)
        site = replace(case.site, coverage=Coverage("failed"))
        for said in run_case(module, replace(case, site=site)):
            seen = re.search(SEEN.get(slug(module), "$^"), said)
            assert said.startswith(REVIEW) or seen, f"{path}：{said}"
            doubted += said.startswith(REVIEW)
    assert doubted, f"{module} 的样例都不因为没有看全而交人工核实"

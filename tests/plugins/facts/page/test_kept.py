"""A fact that is kept is one file: found by its place, read on pages, spelt in fixtures."""

from __future__ import annotations

import pickle
from dataclasses import is_dataclass
from pathlib import Path

import pytest

from plugins import Page
from plugins.errors import ConfigurationError
from plugins.facts import kept
from plugins.facts.kept.kept_fact import kept_facts, read_page_facts
from plugins.facts.kept.particulars import UnitParticulars
from plugins.facts.papers.documents import Document
from plugins.facts.site.digest import digest
from plugins.kit.fixture import read_case

PAPER = (
    "<title>关于印发管理办法的通知</title><div class='article'><h1>关于印发管理办法的通知</h1>"
    "<p>样政办发〔2026〕3号</p><p>" + "各街道办事处，区政府各部门：现将办法印发给你们，请遵照执行。" * 8
    + "</p><p>2026年3月2日</p></div>"
)  # fmt: skip


def test_every_file_of_the_room_is_a_fact():
    files = {path.stem for path in Path(kept.__path__[0]).glob("*.py")} - {
        "__init__",
        "kept_fact",
        "limits",
    }
    assert len(files) == len(kept_facts())
    assert len({one.name for one in kept_facts()}) == len(files)
    assert len({one.form.__name__ for one in kept_facts()}) == len(files)
    assert all(is_dataclass(one.form) and (one.of_page or one.of_document) for one in kept_facts())


def test_a_digest_keeps_what_was_found_under_the_name_of_its_class():
    page = Page("http://site.test/zc/t20260302_1.html", 200, PAPER.encode())
    made = pickle.loads(pickle.dumps(digest(page)))
    document = made.get(Document)
    assert document is not None
    assert document.number == "样政办发〔2026〕3号"
    assert made.facts == read_page_facts(page)
    assert made.get(UnitParticulars) is None


def test_a_fact_of_one_field_is_spelt_by_its_value(tmp_path):
    path = tmp_path / "good.toml"
    path.write_text(
        '[[pages]]\nurl = "/a"\nparticulars = ["机构职能"]\n[pages.document]\nnumber = "甲"\n',
        encoding="utf-8",
    )
    (page,) = read_case(path).site.pages.values()
    assert page.get(UnitParticulars) == UnitParticulars(("机构职能",))
    assert page.get(Document) == Document(number="甲")


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("documents = 1", "“documents”不是PageDigest的字段"),
        ("document = 3", "“document”应为Document"),
    ],
)
def test_a_fact_that_there_is_not_is_refused_by_name(tmp_path, text, refused):
    path = tmp_path / "good.toml"
    path.write_text(f'[[pages]]\nurl = "/a"\n{text}\n', encoding="utf-8")
    with pytest.raises(ConfigurationError, match=refused):
        read_case(path)

"""Forms, elements and clauses of interpretations, read from whole pages."""

from __future__ import annotations

import pytest

from plugins.facts.kept import interpretation
from plugins.facts.kept.clauses import Clauses
from plugins.facts.page.page import Page
from plugins.facts.papers.interpretations import (
    MOST_CLAUSES,
    Interpretation,
    clauses,
    read_interpretation,
)
from plugins.facts.site.digest import digest

TEXT = "<p>一、出台背景。老旧小区用电负荷不断增长，原有规定已经不能适应新的形势。</p><p>二、主要内容。共六条，明确了适用范围、职责分工和监督方式，自2026年5月1日起施行。</p>"


def page(body: str, title: str = "《青山区用电管理办法》解读", column: str = "政策解读") -> Page:
    html = (
        f'<html><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="ArticleTitle" content="{title}"><meta name="ColumnName" content="{column}"></head><body>'
        f'<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/a/">{column}</a> &gt; 正文</div>'
        f"<h1>{title}</h1><div>发布时间：2026-04-20 来源：区住建局</div>"
        f'<div class="article-content">{body}</div></body></html>'
    )
    return Page("http://site.test/a/t1.html", 200, html.encode(), {"content-type": "text/html"})


@pytest.mark.parametrize(
    ("body", "title", "forms"),
    [
        (TEXT, "《青山区用电管理办法》解读", ()),
        (TEXT + '<p><img src="/a/1.png"></p>', "《青山区用电管理办法》解读", ("图文",)),
        ('<p><img src="/a/1.png"></p>', "《青山区用电管理办法》解读", ("图解",)),
        (TEXT + '<p><img src="/icons/icon_doc.gif"></p>', "《青山区用电管理办法》解读", ()),
        (TEXT, "一图读懂《青山区用电管理办法》", ("图解",)),
        (TEXT + '<video src="/a/1.mp4"></video>', "《青山区用电管理办法》解读", ("视频",)),
        (TEXT + '<p><a href="/a/1.mp4">观看</a></p>', "《青山区用电管理办法》解读", ("视频",)),
        (TEXT + '<audio controls><source src="/a/1.mp3"></audio>', "《青山区用电管理办法》解读", ("音频",)),
        ("<p>问：谁来管？</p><p>答：街道办事处负责日常管理工作。</p><p>问：何时起施行？</p><p>答：今年五月一日起。</p>", "《青山区用电管理办法》解读", ("问答",)),
        (TEXT, "区住建局负责人就《青山区用电管理办法》答记者问", ("问答",)),
        (TEXT, "《青山区用电管理办法》新闻发布会实录解读", ("发布会访谈",)),
    ],
)  # fmt: skip
def test_the_form_is_read_from_the_page_itself(
    body: str, title: str, forms: tuple[str, ...]
) -> None:
    found = interpretation.read_interpretation(page(body, title))

    assert found is not None
    assert found.forms == forms


def test_a_logo_in_the_frame_and_a_film_in_the_menu_are_no_form() -> None:
    shown = page(TEXT)
    framed = shown.body.replace(
        b"<body>",
        '<body><img src="/logo.png"><ul class="nav"><li><a href="/v.mp4">宣传片</a></li></ul>'.encode(),
    )
    marks = interpretation.read_interpretation(Page(shown.url, 200, framed, shown.headers))

    assert marks is not None
    assert marks.forms == ()


def test_elements_are_those_that_the_text_speaks_of() -> None:
    marks = interpretation.read_interpretation(page(TEXT))

    assert marks is not None
    assert marks.elements == ("背景", "举措", "范围", "注意事项")


def test_a_call_to_take_part_speaks_of_nothing() -> None:
    assert (
        read_interpretation("《甲办法》解读", "请广大居民积极支持、主动配合。", (), ()).elements
        == ()
    )


def test_news_are_no_interpretation_and_cost_no_clauses() -> None:
    seen = digest(page(TEXT, "全区用电检查会召开", "工作动态"))

    assert seen.get(Interpretation) is None
    assert seen.get(Clauses) is None


def test_a_copied_clause_has_the_same_number_wherever_it_stands() -> None:
    paper = "第一条　居民应当按照规定安全用电。第二条　街道办事处负责组织实施本办法。"
    copy = "近日，文件印发：街道办事处负责组织实施本办法，大家要知道。"

    assert len(set(clauses(paper)) & set(clauses(copy))) == 1


def test_the_sketch_of_a_long_text_is_bounded() -> None:
    assert len(clauses("".join(f"第{n}个分句写得足够长了。" for n in range(5_000)))) == MOST_CLAUSES

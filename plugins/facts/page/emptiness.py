"""Is a column page empty? Three answers: yes, no, could not tell, each with its reason.

Judged by the main part only: its lists, texts, pictures, frames, forms and scripts. True only where
the place of the content was found, nothing stands in it, and no frame or script can be seen that
might fill it: a false True would cost somebody points.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from plugins.facts.language.phrases import TEMPLATE
from plugins.facts.language.text import squeeze
from plugins.facts.markup.sight import see
from plugins.facts.page import limits
from plugins.facts.page.kinds import PageKind
from plugins.facts.page.main import contents, standins
from plugins.facts.page.main_part import MainPart
from plugins.facts.page.reading import Reading
from plugins.why import Judge, Test, limit, note, saw

BY_TEMPLATE = "列表由脚本按模板填充"
NO_COLUMN = "首页或检索页，不按栏目判断"
NO_BODY = "文章页正文为空或极短，不按栏目判断"


@dataclass(frozen=True)
class Emptiness:
    """Whether a page is empty.

    ``empty`` True, False or None (could not tell); ``why`` in Chinese, always filled;
    ``placeholder`` the sentence that stands in for content; ``needs_browser`` why the static form
    is not enough, "" where it is.
    """

    empty: bool | None
    why: str
    placeholder: str = ""
    needs_browser: str = ""

    def __str__(self) -> str:
        """The answer in words."""
        word = "无法判断" if self.empty is None else "空" if self.empty else "有内容"
        return f"{word}：{self.why}"


# -- pages that did not open, data -------------------------------------------------------------


def _failed(main: MainPart) -> Emptiness:
    status = main.drawing.status
    saw("没有回答" if status is None else status)
    return Emptiness(None, "页面没有正常打开，无法判断")


def _data_rows(main: MainPart) -> Emptiness | None:
    if main.reading.rows:
        saw(main.reading.rows[0].title)
        return Emptiness(False, f"数据中有{len(main.reading.rows)}条信息")
    return None


def _data_single(main: MainPart) -> Emptiness | None:
    if main.drawing.answer is not None and not main.drawing.answer.listing:
        saw(main.drawing.answer.title)
        return Emptiness(None, "单篇数据，不按栏目判断")
    return None


def _data_empty(main: MainPart) -> Emptiness | None:
    answer = main.drawing.answer
    if answer is None:
        return None
    text = squeeze(re.sub(r"<[^>]*>", " ", answer.html[: limits.DATA_MARKUP]))
    saw(text if answer.total is None else f"总数{answer.total}")
    if answer.total == 0 or (answer.total is None and not text):
        return Emptiness(True, "数据接口返回的列表为空")
    return None


def _data_unread(_: MainPart) -> Emptiness:
    return Emptiness(None, "数据接口的回答中没有认出任何一条信息")


# -- home and search pages ---------------------------------------------------------------------


def _home_rows(main: MainPart) -> Emptiness | None:
    if main.reading.rows:
        saw(f"{len(main.reading.rows)}行")
        return Emptiness(None, NO_COLUMN)
    return None


def _home_shell(main: MainPart) -> Emptiness | None:
    limit("SHELL_TEXT", limits.SHELL_TEXT)
    limit("SHELL_LINKS", limits.SHELL_LINKS)
    return Emptiness(None, NO_COLUMN, needs_browser=main.shell) if main.shell else None


def _home_template(main: MainPart) -> Emptiness | None:
    if not main.template:
        return None
    saw(main.template)
    return Emptiness(None, NO_COLUMN, needs_browser=BY_TEMPLATE)


def _home_filler(main: MainPart) -> Emptiness | None:
    if main.kind is not PageKind.HOME or not main.filler:
        return None
    saw(main.filler)
    need = f"首页没有取得任何一条信息，且有脚本：{main.filler}"
    return Emptiness(None, NO_COLUMN, needs_browser=need)


def _no_column(_: MainPart) -> Emptiness:
    return Emptiness(None, NO_COLUMN)


# -- rows --------------------------------------------------------------------------------------


def _template_rows(main: MainPart) -> Emptiness | None:
    rows = main.reading.rows
    if not rows:
        return None
    saw(rows[0].title)
    if all(not entry.title or TEMPLATE.search(entry.title) for entry in rows):
        why = "列表只有未填数据的模板行，须用浏览器打开"
        return Emptiness(None, why, needs_browser=BY_TEMPLATE)
    return None


def _rows(main: MainPart) -> Emptiness | None:
    rows = main.reading.rows
    if not rows:
        return None
    saw(rows[0].title)
    return Emptiness(False, f"列表中有{len(rows)}条信息")


# -- articles: no columns, a body without text is another fault than an empty column -----------


def _article_replaced(main: MainPart) -> Emptiness | None:
    if not main.placeholder:
        return None
    saw(main.placeholder)
    return Emptiness(None, "文章页，不按栏目判断；正文位置只有提示语", main.placeholder)


def _article_text(main: MainPart) -> Emptiness | None:
    saw(f"正文{main.text}字")
    limit("ENOUGH", limits.ENOUGH)
    return Emptiness(None, "文章页，不按栏目判断") if main.text >= limits.ENOUGH else None


def _article_drawn(main: MainPart) -> Emptiness | None:
    need = main.shell
    if not need and not main.pictures and main.filler:
        need = f"正文为空且有脚本：{main.filler}"
    saw(need)
    return Emptiness(None, NO_BODY, needs_browser=need) if need else None


def _article_bare(_: MainPart) -> Emptiness:
    return Emptiness(None, NO_BODY)


# -- the content is somewhere else -------------------------------------------------------------


def _template(main: MainPart) -> Emptiness | None:
    found = main.template
    if not found:
        return None
    saw(found)
    if main.drawing.rendered:
        return Emptiness(None, f"浏览器打开后模板（{found}）仍未填充，可能是脚本或接口出错")
    why = f"列表是未填数据的模板（{found}），须用浏览器打开"
    return Emptiness(None, why, needs_browser=BY_TEMPLATE)


def _loading(main: MainPart) -> Emptiness | None:
    found = standins.find_loading(main.drawing)
    if not found:
        return None
    saw(found)
    need = "" if main.drawing.rendered else "内容由脚本加载"
    return Emptiness(None, f"页面显示“{found}”，内容由脚本加载", needs_browser=need)


def _framed(main: MainPart) -> Emptiness | None:
    frame = contents.main_frame(main.drawing)
    if frame is None:
        return None
    see(main.drawing.outline, frame, frame.attrs.get("src", ""))
    return Emptiness(None, "内容在内嵌框架中，本页无法判断")


# -- content, and the sentence that stands in for all of it ------------------------------------


def _form(main: MainPart) -> Emptiness | None:
    if main.kind is PageKind.FORM or any(not form.is_search for form in main.drawing.forms):
        return Emptiness(False, "页面是在线填写的表单")
    return None


def _placeholder_filled(main: MainPart) -> Emptiness | None:
    if not _seen_placeholder(main):
        return None
    found, filler = main.placeholder, main.filler
    if not filler or standins.plain_placeholder(main.drawing):
        return None
    saw(filler)
    why = f"页面有提示语“{found}”，但列表可能由脚本填充（{filler}）"
    return Emptiness(None, why, found, "列表可能由脚本填充")


def _placeholder(main: MainPart) -> Emptiness | None:
    if not _seen_placeholder(main):
        return None
    found = main.placeholder
    return Emptiness(True, f"栏目中没有信息，只有提示语“{found}”", found)


def _seen_placeholder(main: MainPart) -> bool:
    """Whether a placeholder stands in for everything; what is compared is told."""
    if not main.placeholder:
        return False
    saw(main.placeholder)
    saw(f"文字{main.text}字")
    limit("ENOUGH", limits.ENOUGH)
    limit("MENU", limits.MENU)
    return main.replaced


def _text(main: MainPart) -> Emptiness | None:
    name = "FEW" if main.kind is PageKind.SINGLE else "ENOUGH"
    least = limits.FEW if main.kind is PageKind.SINGLE else limits.ENOUGH
    saw(f"主要部分{main.text}字")
    limit(name, least)
    return Emptiness(False, f"正文约{main.text}字") if main.text >= least else None


def _pictures(main: MainPart) -> Emptiness | None:
    saw(f"{len(main.pictures)}张图片")
    if main.pictures:
        first = main.pictures[0]
        see(main.drawing.outline, first, first.attrs.get("src", ""))
        return Emptiness(False, f"主要内容是{len(main.pictures)}张图片")
    return None


def _links(main: MainPart) -> Emptiness | None:
    saw(f"{main.titles}个像标题的链接")
    limit("LONG_LINK", limits.LONG_LINK)
    limit("MENU", limits.MENU)
    if main.titles or (not main.drawing.paged and contents.main_links(main.drawing) >= limits.MENU):
        return Emptiness(False, "主要部分有链接")
    return None


def _player(main: MainPart) -> Emptiness | None:
    found = contents.find_player(main.drawing)
    if found is None:
        return None
    see(main.drawing.outline, found)
    return Emptiness(False, "主要部分有附件或播放器")


# -- nothing: empty if the place of the content is there and nothing fills it ------------------


def _stored_none(main: MainPart) -> Emptiness | None:
    total = main.drawing.stored_total
    saw("没有 datastore" if total is None else f"记录数{total}")
    return Emptiness(True, "页内数据（datastore）的记录数为0") if total == 0 else None


def _filler(main: MainPart) -> Emptiness | None:
    filler = main.filler
    saw(filler)
    if not filler:
        return None
    why = f"没有取得任何一条信息，但列表可能由脚本填充（{filler}）"
    return Emptiness(None, why, needs_browser=f"列表为空且有脚本：{filler}")


def _background(main: MainPart) -> Emptiness | None:
    if contents.has_background(main.drawing):
        return Emptiness(None, "主要部分可能是一张背景图片，无法判断")
    return None


def _counts_nothing(main: MainPart) -> Emptiness | None:
    said = contents.counts_nothing(main.drawing)
    saw(said)
    return Emptiness(True, f"页面写明“{said}”") if said else None


def _paged_nothing(main: MainPart) -> Emptiness | None:
    found = main.drawing.found_pager
    if found is None or not main.drawing.paged:
        return None
    if found.element is not None:
        see(main.drawing.outline, found.element)
    return Emptiness(True, "有分页条，但列表中没有一条信息")


def _stranger(main: MainPart) -> Emptiness | None:
    if not (main.vacant and main.stranger):
        return None
    saw(main.stranger)
    why = f"列表或正文容器为空，但不知道脚本{main.stranger}是否填充它"
    return Emptiness(None, why, needs_browser=f"容器为空且有脚本：{main.stranger}")


def _vacant(main: MainPart) -> Emptiness | None:
    if not main.vacant:
        return None
    for place in contents.empty_containers(main.drawing)[:1]:
        see(main.drawing.outline, place)
    limit("SHORT_TEXT", limits.SHORT_TEXT)
    return Emptiness(True, "列表或正文容器为空，也没有内嵌框架和加载数据的脚本")


def _placeless(main: MainPart) -> Emptiness | None:
    return Emptiness(None, "没有找到列表或正文的位置，无法判断", needs_browser=main.shell)


COLUMN = (
    Test("所有的行都是未填数据的模板", _template_rows),
    Test("列表中有行", _rows),
    Test("主要部分有未填充的模板", _template),
    Test("主要部分显示正在加载", _loading),
    Test("主要部分有内嵌框架", _framed),
    Test("有供填写的表单", _form),
    Test("只有提示语，但有可能填充列表的脚本", _placeholder_filled),
    Test("只有提示语，没有别的内容", _placeholder),
    Test("主要部分有文字", _text),
    Test("主要部分有图片", _pictures),
    Test("主要部分有链接", _links),
    Test("主要部分有附件或播放器", _player),
    Test("页内数据（datastore）的记录数为0", _stored_none),
    Test("没有任何内容，有可能填充列表的脚本", _filler),
    Test("主要部分可能是一张背景图片", _background),
    Test("页面写明有0条", _counts_nothing),
    Test("有翻页，但没有一条信息", _paged_nothing),
    Test("列表或正文容器为空，但有用途不明的脚本", _stranger),
    Test("列表或正文容器为空，没有框架和加载数据的脚本", _vacant),
    Test("没有找到列表或正文的位置", _placeless),
)
ARTICLE = (
    Test("文章的正文位置只有提示语", _article_replaced),
    Test("文章有正文", _article_text),
    Test("文章没有正文，有可能填充它的脚本", _article_drawn),
    Test("文章的正文为空或极短", _article_bare),
)
HOME = (
    Test("首页或检索页有信息", _home_rows),
    Test("首页或检索页几乎没有文字，由脚本生成", _home_shell),
    Test("首页或检索页有未填充的模板", _home_template),
    Test("首页没有信息，有可能填充它的脚本", _home_filler),
    Test("首页或检索页没有认出信息", _no_column),
)
DATA = (
    Test("数据中有信息", _data_rows),
    Test("数据是单篇，不是列表", _data_single),
    Test("数据写明总数为0，或者没有任何文字", _data_empty),
    Test("数据中没有认出任何一条信息", _data_unread),
)
TABLES: Mapping[PageKind, Judge[[MainPart], Emptiness]] = {
    kind: Judge("empty", tests)
    for kinds, tests in (
        ((PageKind.ERROR,), (Test("页面没有正常打开", _failed),)),
        ((PageKind.DATA,), DATA),
        ((PageKind.HOME, PageKind.SEARCH), HOME),
        ((PageKind.ARTICLE,), ARTICLE),
        ((PageKind.LIST, PageKind.PORTAL, PageKind.SINGLE, PageKind.FORM), COLUMN),
    )
    for kind in kinds
}


def judge_empty(reading: Reading) -> Emptiness:
    """Whether the page is empty as a column, by the tests for its kind; always with a reason."""
    note("empty", "按页面的种类选用判断办法", reading.kind)
    found = TABLES[reading.kind](MainPart(reading))
    # The last test of each table always answers.
    assert found is not None
    return found

"""Is a column page empty? Three answers: yes, no, could not tell, each with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugins.facts.language.phrases import TEMPLATE
from plugins.facts.language.text import squeeze
from plugins.facts.page.drawing import Drawing
from plugins.facts.page.kinds import PageKind
from plugins.facts.page.main.contents import (
    bare_heading,
    counts_nothing,
    empty_body,
    empty_containers,
    has_background,
    has_player,
    main_frames,
    main_links,
    main_pictures,
    main_text,
)
from plugins.facts.page.main.fillers import find_filler, unknown_script
from plugins.facts.page.main.standins import (
    find_loading,
    find_placeholder,
    find_template,
    plain_placeholder,
)
from plugins.facts.page.reading import Reading

# Main text from which a page has content; a page of one text counts from its first sentence.
ENOUGH = 40
FEW = 12
SHELL_TEXT = 200
SHELL_LINKS = 10
MENU = 3
SHORT_SCRIPT = 40


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


def judge_empty(reading: Reading) -> Emptiness:
    """Judge by the main part only: its lists, texts, pictures, frames, forms and scripts.

    True only where the place of the content was found, nothing stands in it, and no frame or
    script can be seen that might fill it. A false True would cost somebody points.
    """
    kind = reading.kind
    if kind is PageKind.ERROR:
        return Emptiness(None, "页面没有正常打开，无法判断")
    if kind is PageKind.DATA:
        return _of_data(reading)
    if kind in (PageKind.HOME, PageKind.SEARCH):
        return _of_home(reading)
    if reading.rows:
        return _of_rows(reading)
    if kind is PageKind.ARTICLE:
        return _of_article(reading)
    return _unfinished(reading) or _with_content(reading) or _without_content(reading)


def _of_data(reading: Reading) -> Emptiness:
    answer = reading.drawing.answer
    assert answer is not None
    if reading.rows:
        return Emptiness(False, f"数据中有{len(reading.rows)}条信息")
    if not answer.listing:
        return Emptiness(None, "单篇数据，不按栏目判断")
    text = squeeze(re.sub(r"<[^>]*>", " ", answer.html[:50_000]))
    if answer.total == 0 or (answer.total is None and not text):
        return Emptiness(True, "数据接口返回的列表为空")
    return Emptiness(None, "数据接口的回答中没有认出任何一条信息")


def _of_rows(reading: Reading) -> Emptiness:
    if all(not entry.title or TEMPLATE.search(entry.title) for entry in reading.rows):
        why = "列表只有未填数据的模板行，须用浏览器打开"
        return Emptiness(None, why, needs_browser="列表由脚本按模板填充")
    return Emptiness(False, f"列表中有{len(reading.rows)}条信息")


def _of_home(reading: Reading) -> Emptiness:
    if reading.rows:
        return Emptiness(None, "首页或检索页，不按栏目判断")
    template = find_template(reading.drawing)
    need = _shell(reading.drawing) or ("列表由脚本按模板填充" if template else "")
    if not need and reading.kind is PageKind.HOME and (filler := find_filler(reading.drawing)):
        need = f"首页没有取得任何一条信息，且有脚本：{filler}"
    return Emptiness(None, "首页或检索页，不按栏目判断", needs_browser=need)


def _of_article(reading: Reading) -> Emptiness:
    """An article is no column: a body without text is another fault than an empty column."""
    found = find_placeholder(reading.drawing)
    if found:
        return Emptiness(None, "文章页，不按栏目判断；正文位置只有提示语", found)
    if main_text(reading.drawing) >= ENOUGH:
        return Emptiness(None, "文章页，不按栏目判断")
    need = _shell(reading.drawing)
    if not need and not main_pictures(reading.drawing) and (filler := find_filler(reading.drawing)):
        need = f"正文为空且有脚本：{filler}"
    return Emptiness(None, "文章页正文为空或极短，不按栏目判断", needs_browser=need)


def _unfinished(reading: Reading) -> Emptiness | None:
    """Templates, loading texts and frames: the content is somewhere else."""
    template = find_template(reading.drawing)
    if template:
        if reading.drawing.rendered:
            return Emptiness(None, f"浏览器打开后模板（{template}）仍未填充，可能是脚本或接口出错")
        why = f"列表是未填数据的模板（{template}），须用浏览器打开"
        return Emptiness(None, why, needs_browser="列表由脚本按模板填充")
    loading = find_loading(reading.drawing)
    if loading:
        need = "" if reading.drawing.rendered else "内容由脚本加载"
        return Emptiness(None, f"页面显示“{loading}”，内容由脚本加载", needs_browser=need)
    if main_frames(reading.drawing):
        return Emptiness(None, "内容在内嵌框架中，本页无法判断")
    return None


def _with_content(reading: Reading) -> Emptiness | None:
    """Forms, text, pictures, links, players; and the sentence that stands in for all of them."""
    if reading.kind is PageKind.FORM or any(not form.is_search for form in reading.drawing.forms):
        return Emptiness(False, "页面是在线填写的表单")
    text, pictures = main_text(reading.drawing), main_pictures(reading.drawing)
    found = find_placeholder(reading.drawing)
    if (
        found
        and text < ENOUGH + len(found)
        and not pictures
        and main_links(reading.drawing, 1) < MENU
    ):
        filler = find_filler(reading.drawing)
        if filler and not plain_placeholder(reading.drawing):
            why = f"页面有提示语“{found}”，但列表可能由脚本填充（{filler}）"
            return Emptiness(None, why, found, "列表可能由脚本填充")
        return Emptiness(True, f"栏目中没有信息，只有提示语“{found}”", found)
    if text >= (FEW if reading.kind is PageKind.SINGLE else ENOUGH):
        return Emptiness(False, f"正文约{text}字")
    if pictures:
        return Emptiness(False, f"主要内容是{pictures}张图片")
    if main_links(reading.drawing, 1) or (
        not reading.drawing.paged and main_links(reading.drawing) >= MENU
    ):
        return Emptiness(False, "主要部分有链接")
    if has_player(reading.drawing):
        return Emptiness(False, "主要部分有附件或播放器")
    return None


def _without_content(reading: Reading) -> Emptiness:
    """Nothing was found: empty if the place of the content is there and nothing fills it."""
    if reading.drawing.stored_total == 0:
        return Emptiness(True, "页内数据（datastore）的记录数为0")
    filler = find_filler(reading.drawing)
    if filler:
        why = f"没有取得任何一条信息，但列表可能由脚本填充（{filler}）"
        return Emptiness(None, why, needs_browser=f"列表为空且有脚本：{filler}")
    if has_background(reading.drawing):
        return Emptiness(None, "主要部分可能是一张背景图片，无法判断")
    if said := counts_nothing(reading.drawing):
        return Emptiness(True, f"页面写明“{said}”")
    if reading.drawing.paged:
        return Emptiness(True, "有分页条，但列表中没有一条信息")
    if (
        empty_containers(reading.drawing)
        or empty_body(reading.drawing)
        or bare_heading(reading.drawing)
    ):
        stranger = unknown_script(reading.drawing)
        if stranger:
            why = f"列表或正文容器为空，但不知道脚本{stranger}是否填充它"
            return Emptiness(None, why, needs_browser=f"容器为空且有脚本：{stranger}")
        return Emptiness(True, "列表或正文容器为空，也没有内嵌框架和加载数据的脚本")
    return Emptiness(
        None, "没有找到列表或正文的位置，无法判断", needs_browser=_shell(reading.drawing)
    )


def _shell(drawing: Drawing) -> str:
    """Whether the page is a shell to be filled by scripts."""
    if drawing.rendered:
        return ""
    outline = drawing.outline
    text = sum(len(piece.strip()) for piece in outline.texts[:2_000])
    scripted = any(script.raw or len(script.text) > SHORT_SCRIPT for script in drawing.scripts)
    if text < SHELL_TEXT and len(outline.anchors) < SHELL_LINKS and scripted:
        return "页面正文几乎为空，内容由脚本生成"
    return ""

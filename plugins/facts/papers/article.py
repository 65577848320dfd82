"""The article of a page: title, head line (发布时间、来源…) and body, put together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from plugins.facts.language.text import squeeze
from plugins.facts.markup.landmarks import Landmarks
from plugins.facts.markup.outline import Element, Outline
from plugins.facts.papers import limits

SOURCE = re.compile(r"(?:信息|文章|稿件|新闻|内容)?来\s*源\s*[：:]\s*([^\s：:|｜\[\]【】]{2,40})")
HEAD_WORDS = re.compile(
    r"(?:发布|发表|更新|公布|发文|成文|公开|录入|编辑|提交|上传|添加|印发)\s*(?:时间|日期)|日\s*期\s*[：:]|时\s*间\s*[：:]|来\s*源\s*[：:]|浏览|访问|阅读|点击|字\s*[体号]|打印|分享|作\s*者\s*[：:]|责任编辑|信息来源"
)
INFO_WORDS = re.compile(
    r"索\s*引\s*号|发\s*文\s*字\s*号|文\s*号|发\s*布\s*机\s*构|成\s*文\s*日\s*期|主\s*题\s*(?:分\s*)?类|信\s*息\s*分\s*类|公\s*开\s*方\s*式|有\s*效\s*性|发\s*文\s*机\s*关"
)
MAX_BODY = 200_000


@dataclass(frozen=True)
class Article:
    """One article.

    ``head`` is the line of particulars between title and body (发布时间、来源 …), ``info`` the table of
    particulars of a document (索引号、文号 …), ``text`` the body, ``source`` who published it.
    ``node`` is the body's element, None where no body was found; never sent between processes.
    """

    title: str
    text: str
    head: str = ""
    source: str = ""
    info: str = ""
    node: Element | None = field(default=None, compare=False, repr=False)


def read_article(
    outline: Outline, body: Element | None, title: str, landmarks: Landmarks
) -> Article:
    """Put title, head line, particulars and body together."""
    start = landmarks.crumb.last if landmarks.crumb is not None else 0
    head, info = _head(outline, body, start, landmarks)
    match = SOURCE.search(squeeze(head))
    text = outline.text(body, MAX_BODY) if body is not None else ""
    return Article(title, text.strip(), head, match[1] if match else "", info, body)


def _head(
    outline: Outline, body: Element | None, start: int, landmarks: Landmarks
) -> tuple[str, str]:
    """The texts before the body that hold particulars, and the table of particulars."""
    stop = body.first if body is not None else len(outline.texts)
    # Some templates keep title and head line inside the holder of the text.
    inner = min(body.last, body.first + limits.HEAD_POSITIONS) if body is not None else stop
    head: list[str] = []
    info: list[str] = []
    size = 0
    for position in range(max(start, stop - limits.HEAD_BACK), inner):
        owner = outline.owners[position]
        if owner.unseen or landmarks.in_nav(owner) or landmarks.in_footer(owner):
            continue
        text = outline.texts[position]
        if len(text) > limits.HEAD_TEXT_LONGEST and position >= stop:
            break
        if len(text) <= limits.HEAD_TEXT_LONGEST:
            size += len(text)
            if position >= stop and size > limits.HEAD_SIZE:
                break
            head.append(text if text != "\n" else " ")
            if (
                position + 1 < len(outline.owners)
                and outline.owners[position + 1].block != owner.block
            ):
                head.append("\n")
    joined = "".join(head)
    lines = [squeeze(line) for line in joined.split("\n")]
    for index, line in enumerate(lines):
        if INFO_WORDS.search(line):
            info.append(line)
            info.extend(lines[index + 1 : index + 2])
    return joined[-limits.HEAD_KEPT :], "\n".join(info)

"""What an interpretation (解读) is made of: its forms, the elements it explains, and its clauses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

# A page is looked at closely when one of these stands in its title or column; nothing else costs time.
LOOKS_LIKE = re.compile(
    r"解读|图解|图说|读懂|看懂|问答|答记者问|起草说明|编制说明|制定说明|释义|动漫|漫画|长图"
)
DRAWN = re.compile(r"图解|一图|图说|长图|漫画|图表|海报|画册|信息图|看图")
FILMED = re.compile(r"视频|动漫|动画|微课|短片|宣传片|直播|MG")
SPOKEN = re.compile(r"音频|播报|电台|语音解读|有声")
ASKED = re.compile(r"问答|答记者问|你问我答|有问必答|问题解答|热点问题")
MET = re.compile(r"发布会|吹风会|访谈|专访")
PAIRS = re.compile(
    r"(?:^|\n)\s*(?:问|Q\d*|问题[一二三四五六七八九十\d]*|[一二三四五六七八九十\d]+[、.．]\s*问)\s*[：:、]"
)
QUESTION_HEADS = re.compile(
    r"(?:^|\n)\s*[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．][^\n。]{4,60}[?？]\s*(?=\n)"
)
SOUND_FILE = re.compile(r"\.(?:mp3|m4a|wav|wma)(?:$|\?)", re.IGNORECASE)
FILM_FILE = re.compile(r"\.(?:mp4|flv|m3u8|webm|mov|avi)(?:$|\?)", re.IGNORECASE)
PLAYER = re.compile(r"video|player|v\.qq\.com|/vod|live|youku|bilibili", re.IGNORECASE)

# What S3, S4 (实质性解读) and S2 ask an interpretation to say. Names are Chinese: reports print them.
ELEMENTS = (
    ("背景", re.compile(r"背景|起草过程|制定过程|出台(?:的)?(?:缘由|原因)|形势")),
    ("目的", re.compile(r"目的|目标|意义|必要性|为了|为(?:进一步|深入|全面|切实|加强|规范|推动|促进|便于|加快|落实|贯彻)")),
    ("依据", re.compile(r"依据|根据")),
    ("举措", re.compile(r"主要内容|重点内容|具体内容|内容(?:解读|概述)|重要举措|主要举措|政策措施|重点任务|主要任务|核心内容|明确了|规定了|共分|包括|分为")),
    ("差异", re.compile(r"新旧|修订(?:的)?(?:内容|要点|情况)|主要变化|调整(?:的)?内容|与(?:原|旧|以往|之前)|相比|有哪些变化|亮点|创新")),
    ("范围", re.compile(r"适用(?:范围|对象)|范围期限|影响范围|保障对象|涉及范围|受益|适用于|实施范围")),
    ("标准", re.compile(r"执行标准|标准|条件|口径|额度|比例")),
    ("注意事项", re.compile(r"注意事项|需要注意|施行(?:时间|日期)|有效期|自[^。]{2,20}起(?:施行|实施)|术语|咨询(?:电话|方式)|怎(?:么|样)(?:办|申请)|办理流程|申请流程")),
)  # fmt: skip

MOST_TEXT = 30_000
SHORTEST_CLAUSE = 8
MOST_CLAUSES = 600
CLAUSE_ENDS = re.compile(r"[\s。！？；，、：:;,.!?（）()“”\"《》]+")
# With fewer characters a body with a picture or film is that picture or film.
LITTLE_TEXT = 60
# Pictures that editors put beside attachments and headings.
ICON = re.compile(r"icon|/ico|filetype|spacer|\.gif$|dot\.|line\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Interpretation:
    """Marks of a page that looks like an interpretation.

    ``forms``     besides plain text: 图解, 视频, 音频, 问答, 图文, 发布会访谈; () = text alone.
    ``elements``  which of :data:`ELEMENTS` its text speaks of.
    """

    forms: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()


def looks_like(title: str, columns: Iterable[str]) -> bool:
    """Whether a page may be an interpretation, by its title or the columns it is filed under."""
    return any(LOOKS_LIKE.search(words) for words in (title, *columns))


def read_interpretation(
    title: str, text: str, tags: Iterable[tuple[str, str]], links: Iterable[str]
) -> Interpretation:
    """The marks of an interpretation.

    ``tags`` are (tag, address) of what its body embeds; ``links`` the addresses of its links.
    """
    text = text[:MOST_TEXT]
    embedded = list(tags)
    files = [*links, *(address for _, address in embedded)]
    pictures = sum(tag == "img" and not ICON.search(one) for tag, one in embedded)
    forms = []
    if DRAWN.search(title) or (pictures and len(text) < LITTLE_TEXT):
        forms.append("图解")
    if (
        FILMED.search(title)
        or any(tag == "video" for tag, _ in embedded)
        or any(FILM_FILE.search(one) for one in files)
        or any(tag in ("iframe", "embed", "object") and PLAYER.search(one) for tag, one in embedded)
    ):
        forms.append("视频")
    if (
        SPOKEN.search(title)
        or any(tag == "audio" for tag, _ in embedded)
        or any(SOUND_FILE.search(one) for one in files)
    ):
        forms.append("音频")
    if ASKED.search(title) or max(len(PAIRS.findall(text)), len(QUESTION_HEADS.findall(text))) > 1:
        forms.append("问答")
    if MET.search(title):
        forms.append("发布会访谈")
    if pictures and "图解" not in forms:
        forms.append("图文")
    return Interpretation(
        tuple(forms), tuple(name for name, pattern in ELEMENTS if pattern.search(text))
    )


def clauses(text: str) -> tuple[int, ...]:
    """A bounded sketch of a text: a number for each of its clauses of some length, once each.

    Two texts that share a number share a clause word for word. Clauses, and not runs of so many
    letters, because a copied sentence is what an official would recognise as copied.
    """
    folded = unicodedata.normalize("NFKC", text[:MOST_TEXT])
    found: dict[int, None] = {}
    for clause in CLAUSE_ENDS.split(folded):
        if len(clause) >= SHORTEST_CLAUSE:
            found.setdefault(crc32(clause.encode("utf-8", "replace")))
            if len(found) >= MOST_CLAUSES:
                break
    return tuple(found)

"""Marks that the footer of a government site must show, with what each says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import unquote

from plugins.addresses import urls
from plugins.facts.language.text import squeeze
from plugins.facts.markup.extract import Script
from plugins.facts.markup.links import Link
from plugins.facts.markup.outline import Outline

MARKS = ("party_badge", "site_code", "icp", "police", "sponsor", "contact", "error_report")
CODE = re.compile(r"(?:网站)?标识码\s*[：:]?\s*((?:bm)?\d{8,10})", re.IGNORECASE)
ICP = re.compile(r"[\u4e00-\u9fff]\s?ICP\s?[备证]\s?\d{5,}\s?号?(?:\s?-\s?\d+)?", re.IGNORECASE)
POLICE = re.compile(r"[\u4e00-\u9fff]公网安备\s?\d{11,14}\s?号?")
SPONSOR = re.compile(r"主办(?:单位|方)?\s*[：:]?\s*([\u4e00-\u9fff（）()·]{3,40})")
CONTACT = re.compile(
    r"(?:联系|咨询|服务|网站|运维|值班)?(?:电话|热线|邮箱|方式)\s*(?:[（(][^（）()]{0,20}[)）])?\s*[：:]\s*([\w@.（）()\-—、,，/ ]{5,60})"
)
BADGE = re.compile(r"conac\.cn|_ideConac|ideconac", re.IGNORECASE)
REPORT = re.compile(r"jiucuo|exposure/|pucha\.kaipuyun|找错|纠错|_jiucuo_", re.IGNORECASE)
FOOTER_SCRIPT = re.compile(
    r"foot|bottom|dibu|copyright|inc/|include|common|public|page_?foot|wzdb", re.IGNORECASE
)
LIBRARY = re.compile(
    r"jquery|bootstrap|swiper|slide|layer|vue|react|echarts|polyfill|respond|html5", re.IGNORECASE
)


def find_marks(
    outline: Outline,
    links: Sequence[Link],
    images: Iterable[Link],
    scripts: Iterable[Script],
    scripts_read: Mapping[str, bytes],
) -> dict[str, str | None]:
    """Each mark with its words or address; None = not seen in what could be read.

    Comments do not count, scripts do (also text that is escaped in them); so do the footer scripts
    that the crawler has read.
    """
    text = squeeze(" ".join(outline.texts[-400:]))
    written = "\n".join(
        [f"{script.raw} id={script.id} {script.text}" for script in scripts]
        + [body.decode("utf-8", "replace") for body in scripts_read.values()]
    )
    if "%" in written:
        written = unquote(
            re.sub(r"%u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), written[:600_000])
        )
    attributes = " ".join(
        f"{element.attrs.get('id', '')} {element.attrs.get('class', '')} {element.attrs.get('data-setting', '')}"
        for element in outline.elements[len(outline.elements) // 2 :]
        if element.attrs and element.tag in ("div", "span", "script", "a")
    )
    everything = f"{text}\n{written}"

    def said(pattern: re.Pattern[str], group: int = 0) -> str | None:
        match = pattern.search(text) or pattern.search(written)
        return squeeze(match[group]) if match else None

    pictures = [image.url or image.raw for image in images]
    badge = next((link.url for link in links if "conac.cn" in link.url), None)
    badge = badge or next(
        (url for url in pictures if re.search(r"(?:red|blue)(?:_error)?\.png", url)), None
    )
    if badge is None:
        badge = _word_around(written, "conac.cn") or (
            "党政机关网站标识" if BADGE.search(everything) or BADGE.search(attributes) else None
        )
    report = next(
        (
            link.url or link.raw
            for link in links
            if REPORT.search(link.url) or REPORT.search(link.text)
        ),
        None,
    )
    report = report or next((url for url in pictures if re.search(r"jiucuo|zhaocuo", url)), None)
    if report is None:
        report = (
            _word_around(written, "jiucuo")
            or _word_around(written, "exposure/")
            or ("我为政府网站找错" if REPORT.search(attributes) else None)
        )
    return {
        "party_badge": badge,
        "site_code": said(CODE, 1),
        "icp": said(ICP),
        "police": said(POLICE),
        "sponsor": said(SPONSOR, 1),
        "contact": said(CONTACT),
        "error_report": report,
    }


def _word_around(text: str, needle: str) -> str:
    """The address around a word in a script; "" where the word is missing."""
    place = text.find(needle)
    if place < 0:
        return ""
    before = re.split(r"[\s\"'<>]", text[max(0, place - 300) : place])[-1]
    return before + re.split(r"[\s\"'<>]", text[place : place + 300])[0]


def unread_scripts(
    scripts: Iterable[Script], address: str, read: Mapping[str, bytes], known: bool
) -> tuple[str, ...]:
    """Same-host scripts that may write the footer and have not been read; () where it is all there."""
    if known:
        return ()
    host = urls.host_of(address)
    found = []
    for script in scripts:
        name = script.url.rpartition("/")[2] if script.url else ""
        if (
            script.url
            and script.url not in read
            and urls.host_of(script.url) == host
            and FOOTER_SCRIPT.search(script.url)
            and not LIBRARY.search(name)
        ):
            found.append(script.url)
    found.sort(key=lambda url: re.search(r"foot|bottom|dibu|copyright", url, re.IGNORECASE) is None)
    return tuple(dict.fromkeys(found))[:5]

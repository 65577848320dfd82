"""Links to other hosts in blocks that no reader sees: switched off, of no size, or off the screen."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugins.addresses.urls import host_of
from plugins.facts.kept.kept_fact import KeptFact
from plugins.facts.markup.links import Region
from plugins.facts.markup.outline import Spans
from plugins.facts.page.page import Page

# Styles that take a block out of sight and that no menu or tab is made with.
OFFSTAGE = re.compile(
    r"(?:left|top|right|text-indent|margin-left|margin-top)\s*:\s*-\d{3,}(?:px|em|pt|%)?"
    r"|font-size\s*:\s*0(?:px|em|pt)?\s*(?:;|$)"
    r"|(?:^|;)\s*(?:height|width)\s*:\s*[01](?:px)?\s*;.*overflow\s*:\s*hidden"
    r"|overflow\s*:\s*hidden.*;\s*(?:height|width)\s*:\s*[01](?:px)?\s*(?:;|$)",
    re.IGNORECASE | re.DOTALL,
)
# Bodies whose links stand in the drop-down menus of government sites, which scripts switch on.
OFFICIAL = re.compile(
    r"(?:^|\.)(?:gov|edu|org|mil|ac)\.(?:cn|hk|mo)(?::\d+)?$|(?:^|\.)(?:gov\.cn|people\.com\.cn|people\.cn|xinhuanet\.com|news\.cn|cctv\.com|12371\.cn|cpc\.people\.com\.cn|chinanews\.com(?:\.cn)?|china\.com\.cn|qstheory\.cn|gmw\.cn|ce\.cn|youth\.cn|conac\.cn)(?::\d+)?$"
)
# Hidden links that are told of one page: parasites write hundreds.
HIDDEN_LINKS = 60
# Of a style so much is read.
STYLE = 500


@dataclass(frozen=True, slots=True)
class HiddenLink:
    """A link that leaves the site, unseen; ``offstage`` = by a trick that no menu is made with."""

    url: str
    key: str
    text: str = ""
    offstage: bool = False


@dataclass(frozen=True, slots=True)
class HiddenLinks:
    """All hidden links of a page that leave the site; there is at least one."""

    links: tuple[HiddenLink, ...]


def read_hidden_links(page: Page) -> HiddenLinks | None:
    """The hidden links of a page; None where it has none."""
    found = hidden_links(page)
    return HiddenLinks(found) if found else None


def hidden_links(page: Page) -> tuple[HiddenLink, ...]:
    """Hidden links that leave the site for no official body, each target once."""
    outline = page.drawing.outline
    leaving = [anchor for anchor in outline.anchors if "//" in anchor.attrs.get("href", "")]
    if not leaving:
        return ()
    zones = Spans(
        (element.index, element.end)
        for element in outline.elements
        if element.attrs and _offstage(element.tag, element.attrs)
    )
    own = host_of(page.address)
    found: dict[str, HiddenLink] = {}
    for element in leaving:
        offstage = bool(zones.firsts) and zones.hold(element)
        if not (element.hidden or offstage):
            continue
        link = page.drawing.extractor.link(outline, element, Region.OTHER)
        host = host_of(link.url)
        if not host or host == own or OFFICIAL.search(host) or _kin(host, own):
            continue
        found.setdefault(link.key, HiddenLink(link.url, link.key, link.words[:40], offstage))
        if len(found) >= HIDDEN_LINKS:
            break
    return tuple(found.values())


def _offstage(tag: str, attrs: dict[str, str]) -> bool:
    if tag == "marquee" and (attrs.get("height") in ("0", "1") or attrs.get("width") in ("0", "1")):
        return True
    style = attrs.get("style", "")[:STYLE]
    # All of these styles have a dash (a negative number, font-size) or speak of overflow.
    likely = "-" in style or "overflow" in style.lower()
    return likely and OFFSTAGE.search(style) is not None


def _kin(host: str, own: str) -> bool:
    """Whether two hosts share their registered name (``m.x.com`` and ``www.x.com``)."""
    return host.partition(":")[0].split(".")[-2:] == own.partition(":")[0].split(".")[-2:]


FACT = KeptFact("hidden_links", HiddenLinks, of_page=read_hidden_links)

"""Links, images, scripts and forms as they stand on the page, each with its region."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from plugins.addresses import urls
from plugins.facts.language.text import squeeze
from plugins.facts.markup import limits
from plugins.facts.markup.landmarks import Landmarks
from plugins.facts.markup.links import Link, Region
from plugins.facts.markup.outline import Element, Outline, Spans

MAX_LINKS = 20_000
PLAIN = re.compile(r"""https?://[A-Za-z0-9.:\-\[\]]+(?:/[^\s<>"'，。；、）)》】\u4e00-\u9fff]*)?""")
ATTACHED = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|wps|et|ofd|pdf|zip|rar|7z|txt|csv|mp[34]|jpe?g|png|gif)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Script:
    """One script of the page: its absolute address ("" = inline), its text, its attributes."""

    url: str = ""
    raw: str = ""
    text: str = ""
    id: str = ""
    type: str = ""


SEEK = re.compile(r"查\s*询|检\s*索|搜\s*索|筛\s*选|查\s*找")
SEND = re.compile(r"提\s*交|登\s*录|注\s*册|发\s*送|密\s*码|验证码|申\s*请人|写\s*信|姓\s*名")


@dataclass(frozen=True, slots=True)
class Form:
    """One form: where it sends, how, and the names of the fields people fill in.

    ``keyword`` is the name of its first text field, ``hidden`` what it sends along unseen.
    """

    action: str
    method: str
    fields: tuple[str, ...] = ()
    text: str = ""
    keyword: str = ""
    hidden: tuple[tuple[str, str], ...] = ()

    @property
    def is_search(self) -> bool:
        """A search box: at most two fields to fill in; or more, with 查询 on its button, not 提交."""
        if any("textarea" in name for name in self.fields):
            return False
        return len(self.fields) <= limits.SEARCH_FIELDS or (
            SEEK.search(self.text) is not None and SEND.search(self.text) is None
        )


def base_address(outline: Outline, address: str) -> str:
    """The address against which relative links count: ``<base href>`` or the page's own."""
    for element in outline.elements[:400]:
        if element.tag == "base" and element.attrs.get("href"):
            return urls.resolve(address, element.attrs["href"]) or address
        if element.tag == "body":
            break
    return address


class Extractor:
    """Makes :class:`Link` values; resolves each spelling once."""

    def __init__(self, base: str, charset: str = "utf-8") -> None:
        self.base = base
        self.charset = charset
        self.known: dict[str, tuple[str, str]] = {}

    def address(self, raw: str) -> tuple[str, str]:
        """The absolute address and its key; empty where there is none."""
        found = self.known.get(raw)
        if found is None:
            url = urls.resolve(self.base, raw, self.charset)
            found = (url, urls.url_key(url) if url else "")
            self.known[raw] = found
        return found

    def link(self, outline: Outline, element: Element, region: Region) -> Link:
        """The link that an ``<a>``, ``<area>``, ``<iframe>`` or ``<img>`` makes."""
        attrs = element.attrs
        image = element.tag == "img"
        raw = attrs.get("src" if element.tag in ("img", "iframe", "frame") else "href", "")
        url, key = self.address(raw)
        text = attrs.get("alt", "") if image else outline.line(element, 600)
        if not text and element.tag == "a":
            # A picture speaks for the link it stands in.
            inside = (child.attrs.get("alt", "") for child in outline.inside(element)[:20])
            text = next((words for words in inside if words), "")
        return Link(
            raw=raw,
            url=url,
            key=key,
            text=squeeze(text),
            title=squeeze(attrs.get("title", "")),
            region=region,
            image=image,
            hidden=element.hidden,
        )


def find_links(
    outline: Outline, extractor: Extractor, region_of: Callable[[Element], Region]
) -> tuple[Link, ...]:
    """All ``<a href>`` and ``<area href>`` in document order, then bare addresses in the text."""
    found: list[Link] = []
    for element in outline.elements:
        if element.tag not in ("a", "area") or "href" not in element.attrs:
            continue
        if any(parent.tag == "template" for parent in (element.parent,) if parent):
            continue
        found.append(extractor.link(outline, element, region_of(element)))
        if len(found) >= MAX_LINKS:
            return tuple(found)
    found += plain_links(outline, extractor, region_of)
    return tuple(found[:MAX_LINKS])


def plain_links(
    outline: Outline, extractor: Extractor, region_of: Callable[[Element], Region]
) -> list[Link]:
    """Addresses written as text, outside any ``<a>``."""
    found = []
    for position, text in enumerate(outline.texts):
        if "://" not in text:
            continue
        owner = outline.owners[position]
        if any(node.tag == "a" for node in (owner, *owner.ancestors())):
            continue
        for match in PLAIN.finditer(text):
            raw = match[0].rstrip(".,;:!?&")
            url, key = extractor.address(raw)
            if url:
                before = squeeze(text[max(0, match.start() - 40) : match.start()])
                if not before:
                    before = squeeze(outline.span(max(0, position - 4), position, 200))[-40:]
                found.append(
                    Link(
                        raw,
                        url,
                        key,
                        text=raw,
                        title=before,
                        region=region_of(owner),
                        plain=True,
                        hidden=owner.hidden,
                    )
                )
        if len(found) > limits.PLAIN_LINKS:
            break
    return found


def find_images(
    outline: Outline, extractor: Extractor, region_of: Callable[[Element], Region]
) -> tuple[Link, ...]:
    """All ``<img>`` with an address (lazy-loading attributes count where ``src`` is missing)."""
    found: list[Link] = []
    for element in outline.elements:
        if element.tag != "img":
            continue
        lazy = next(
            (
                element.attrs[name]
                for name in ("src", "data-src", "data-original")
                if element.attrs.get(name)
            ),
            "",
        )
        if not lazy or lazy.startswith("data:") or len(found) >= MAX_LINKS:
            continue
        link = extractor.link(outline, element, region_of(element))
        if lazy != link.raw:
            url, key = extractor.address(lazy)
            link = Link(
                lazy, url, key, link.text, link.title, link.region, image=True, hidden=link.hidden
            )
        found.append(link)
    return tuple(found)


def find_scripts(outline: Outline, extractor: Extractor) -> tuple[Script, ...]:
    """All scripts, inline and linked, in document order."""
    found = []
    for element in outline.elements:
        if element.tag != "script":
            continue
        raw = element.attrs.get("src", "")
        found.append(
            Script(
                url=extractor.address(raw)[0] if raw else "",
                raw=raw,
                text=outline.raws.get(element.index, "")[:400_000],
                id=element.attrs.get("id", ""),
                type=element.attrs.get("type", "").lower(),
            )
        )
    return tuple(found)


def find_forms(outline: Outline, extractor: Extractor) -> tuple[Form, ...]:
    """All forms with their visible fields; a ``<textarea>`` is named as such."""
    found = []
    for element in outline.elements:
        if element.tag != "form":
            continue
        names = []
        keyword = ""
        unseen: list[tuple[str, str]] = []
        for child in outline.inside(element):
            kind = child.attrs.get("type", "text").lower()
            if child.tag == "input" and child.attrs.get("name"):
                if kind == "hidden":
                    unseen.append((child.attrs["name"], child.attrs.get("value", "")))
                elif kind in ("text", "search") and not keyword:
                    keyword = child.attrs["name"]
            if child.tag == "textarea":
                names.append("textarea:" + child.attrs.get("name", child.attrs.get("id", "")))
            elif child.tag == "select" or (
                child.tag == "input"
                and kind
                in (
                    "text",
                    "tel",
                    "email",
                    "file",
                    "password",
                    "number",
                    "date",
                    "radio",
                    "checkbox",
                )
            ):
                names.append(child.attrs.get("name", child.attrs.get("id", "")) or child.tag)
        raw = element.attrs.get("action", "")
        found.append(
            Form(
                extractor.address(raw)[0] if raw else "",
                element.attrs.get("method", "get").lower(),
                tuple(names),
                outline.line(element, 400),
                keyword,
                tuple(unseen[:20]),
            )
        )
    return tuple(found)


def region_finder(
    landmarks: Landmarks, lists: Spans, article: Element | None
) -> Callable[[Element], Region]:
    """A function that tells in which part of the page an element stands."""

    def region_of(element: Element) -> Region:
        if landmarks.in_footer(element):
            return Region.FOOTER
        if landmarks.in_crumb(element):
            return Region.NAV
        if landmarks.in_nav(element):
            return Region.NAV
        if lists.hold(element):
            return Region.LIST
        if article is not None and article.holds(element):
            return Region.ARTICLE
        if landmarks.crumb is not None and element.index < landmarks.crumb.index:
            return Region.HEADER
        return Region.OTHER

    return region_of

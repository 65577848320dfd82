"""The 规范性文件 of a site: where they are filed, and which of what stands there really is one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from plugins.facts.language.clean_up_titles import is_result
from plugins.facts.language.levels import CENTRAL, of_another_body
from plugins.facts.language.noise import noise_in
from plugins.facts.language.titles import Title, TitleForm, plain, read_title, unquoted
from plugins.facts.papers.documents import NEED_NOT, Document
from plugins.facts.site import limits

if TYPE_CHECKING:
    from plugins.facts.columns.column import Column, Entry
    from plugins.facts.site.site import PageDigest, Site

NAME = re.compile("规范性文件")
OTHER = re.compile(
    r"清理|废止|失效|历史|备案|目录|解读|征求|征集|草案|意见稿|计划|制定|制度|管理|程序|审查|说明|培训|监督|上级|转发|国家|省级|市级"
)
# 明政规〔…〕: the number itself says that the paper is a 规范性文件. 规划 is another matter.
REGULATING = re.compile(r"规(?:字|发|范)?\s?[〔\[【（(﹝]\s?(?:19|20)\d{2}")
CENTRAL_NUMBER = re.compile(r"国[发办函令]|中[发办]|国务院|财税|人社部|国家")
PORTAL = re.compile(r"(?:人民政府|管委会|管理委员会)(?:门户网站|网站|网)?$")


@dataclass(frozen=True)
class RegulatingPaper:
    """One paper of the body that runs the site: its page, and where it is filed.

    ``filed`` = it stands in a column of 规范性文件; ``numbered`` = its 文号 says that it is one.
    ``rows`` are the rows by which such columns show it, ``columns`` their names.
    """

    page: PageDigest
    filed: bool = False
    numbered: bool = False
    rows: tuple[Entry, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def document(self) -> Document:
        """The marks of its page; an empty value where it shows none."""
        return self.page.get(Document) or Document()


@dataclass(frozen=True)
class Papers:
    """The 规范性文件 of a site, by the key of their page, and the columns in which they are filed."""

    columns: tuple[Column, ...] = ()
    papers: dict[str, RegulatingPaper] = field(default_factory=dict)

    @classmethod
    def of(cls, site: Site) -> Self:
        """Find them in one pass over the columns and one over the pages."""
        columns = tuple(
            one
            for one in site.columns
            if is_filed((one.name,)) or (is_filed(one.above[-1:]) and not OTHER.search(one.name))
        )
        rows: dict[str, list[tuple[Entry, str]]] = {}
        for column in columns:
            for entry in column.entries:
                rows.setdefault(entry.key, []).append((entry, column.name))
        found: dict[str, RegulatingPaper] = {}
        for key, page in site.pages.items():
            if page.kind != "article" or not page.readable or not page.title:
                continue
            document = page.get(Document)
            listed = rows.get(key, [])
            numbered = bool(document and REGULATING.search(document.number))
            filed = bool(listed) or is_filed(page.crumbs[-limits.FILED_CRUMBS :])
            if (filed or numbered) and _is_own(page, site):
                found[key] = RegulatingPaper(
                    page,
                    filed,
                    numbered,
                    tuple(entry for entry, _ in listed),
                    tuple(dict.fromkeys(name for _, name in listed)),
                )
        return cls(columns, dict(sorted(found.items())))

    @property
    def filed(self) -> Iterator[RegulatingPaper]:
        """Those that stand in a column of 规范性文件."""
        return (one for one in self.papers.values() if one.filed)


def is_portal(site: Site) -> bool:
    """Whether the site is a government's own portal, by its name."""
    return site.home is not None and PORTAL.search(site.name) is not None


def regulating(name: str) -> bool:
    """Whether a column name says that 规范性文件 stand in it."""
    text = plain(name)
    return len(text) <= limits.COLUMN_NAME and bool(NAME.search(text)) and not OTHER.search(text)


def is_filed(names: Iterable[str]) -> bool:
    """Whether one of the innermost names above a page is that of such a column."""
    return any(map(regulating, names))


def _is_own(page: PageDigest, site: Site) -> bool:
    """Whether a page is a paper that this site's own body made, not news or somebody else's paper."""
    title = read_title(page.title)
    document = page.get(Document)
    if title.form is not TitleForm.PLAIN or title.draft:
        return False
    if noise_in(page.title) or is_result(page.title):
        return False
    if NEED_NOT.search(unquoted(title.text)):
        return False
    issuer = document.issuer if document else ""
    number = document.number if document else ""
    return not made_by_others(title, site, (page.source, issuer), number)


def made_by_others(title: Title, site: Site, sources: Iterable[str], number: str) -> bool:
    """Whether title, sources or 文号 show that a paper was made by a body above, or beside, the site's.

    Also where the site's own name is not known: a paper of the State Council is hardly its own.
    """
    central = CENTRAL.match(title.text)
    if central and central[0] not in site.name:
        return True
    if CENTRAL_NUMBER.match(number) and not CENTRAL.match(plain(site.name)):
        return True
    return any(of_another_body(title, site.name, source) for source in {*sources, ""})

"""Links as they stand on a page, and what became of their targets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from plugins.addresses.verdicts import LinkVerdict


class Region(StrEnum):
    """The part of the page in which a link or image stands."""

    HEADER = "header"
    NAV = "nav"
    LIST = "list"
    ARTICLE = "article"
    FOOTER = "footer"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Link:
    """One reference of a page, the three spellings of its address kept apart.

    ``raw`` is the attribute as written; ``url`` the resolved absolute address, without fragment
    ("" where it cannot be resolved); ``key`` is ``url_key(url)``. ``plain`` = a bare address in
    the text, no anchor. ``hidden`` = inside an element with an inline ``display:none``.
    """

    raw: str
    url: str
    key: str
    text: str = ""
    title: str = ""
    region: Region = Region.OTHER
    image: bool = False
    plain: bool = False
    hidden: bool = False

    @property
    def words(self) -> str:
        """The link's words, preferring a whole ``title`` over a text cut with an ellipsis."""
        return (
            self.title
            if self.title and self.text.rstrip().endswith(("…", "..."))
            else self.text or self.title
        )


class TargetKind(StrEnum):
    """What a link points to, seen from the audited site; SCRIPT = an accessibility tool's script."""

    PAGE = "page"
    ATTACHMENT = "attachment"
    IMAGE = "image"
    OUTSIDE = "outside"
    SCRIPT = "script"


@dataclass(frozen=True, slots=True)
class Place:
    """One place where a target is linked: the page, the words of the link, the region."""

    page: str
    text: str = ""
    region: Region = Region.OTHER
    home: bool = False


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """One address that pages of the site point to, verified once.

    ``places`` holds at most 20 of the ``place_count`` places, home-page ones first.
    ``status`` is the HTTP status of the last answer (None without one); ``reason`` says in Chinese
    what happened. ``raw`` is the spelling as written where no address could be made of it.
    """

    url: str
    key: str
    kind: TargetKind
    verdict: LinkVerdict
    status: int | None = None
    reason: str = ""
    places: tuple[Place, ...] = ()
    place_count: int = 0
    raw: str = ""

    @property
    def on_home(self) -> bool:
        """Whether the home page links to it."""
        return any(place.home for place in self.places)

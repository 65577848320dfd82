"""The page's ``<meta name=…>`` tags, by the names of the national annex (国办发〔2017〕47号)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser

from plugins.facts.language.text import squeeze
from plugins.facts.markup import limits

ANNEX = (
    "SiteName", "SiteDomain", "SiteIDCode",
    "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType",
    "ArticleTitle", "PubDate", "ContentSource",
    "Keywords", "Author", "Description", "Image", "Url",
)  # fmt: skip
CANONICAL = {name.lower(): name for name in ANNEX}


@dataclass(frozen=True)
class Meta:
    """All named meta tags; names are compared without case.

    ``values`` maps the lower-case name to the content ("" = present but empty, or without any
    ``content``). ``names`` and ``empty`` speak of the annex's names only, in its spelling.
    """

    values: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str | None:
        """The content; None = the tag is absent, "" = it is there and empty."""
        return self.values.get(name.lower())

    def first(self, *names: str) -> str:
        """The first content that is not empty among several names; "" if none."""
        return next((value for name in names if (value := self.values.get(name.lower()))), "")

    @property
    def names(self) -> tuple[str, ...]:
        """The annex's names that are present."""
        return tuple(name for name in ANNEX if name.lower() in self.values)

    @property
    def empty(self) -> tuple[str, ...]:
        """The annex's names that are present without content."""
        return tuple(name for name in ANNEX if self.values.get(name.lower()) == "")

    @property
    def annex(self) -> dict[str, str]:
        """The annex's names with their contents."""
        return {name: self.values[name.lower()] for name in self.names}


def read_meta(tree: LexborHTMLParser) -> Meta:
    """Collect the tags; of several with one name the last counts.

    Templates print the general tags of the site first and the page's own block behind them.
    """
    values: dict[str, str] = {}
    for node in tree.css("meta[name]"):
        attributes = node.attributes
        name = squeeze(attributes.get("name") or "").lower()
        if not name or len(values) > limits.META_TAGS:
            continue
        values[name] = squeeze(attributes.get("content") or "")
    return Meta(values)

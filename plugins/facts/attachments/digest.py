"""What is kept of a document for the checks that look at the whole site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from plugins.facts.attachments.contents import State
from plugins.facts.markup.links import Place

Form = TypeVar("Form")


@dataclass(frozen=True, slots=True)
class AttachmentDigest:
    """A document that the site offers for download, small enough to keep for every one.

    ``name`` are the words of the first link to it; ``format`` by its bytes; ``state`` and ``why`` say
    how far it could be read. ``places`` are the first pages that link to it (``url_key`` of
    ``Place.page`` finds the page in ``site.pages``). ``unit`` is the unit of the first of them that
    has one, settled when the crawl is over. ``facts`` are those found in it (``plugins/facts/kept``), by the names of
    their classes: ask ``get(CatalogueTable)``.
    """

    url: str
    key: str
    name: str = ""
    suffix: str = ""
    format: str = ""
    state: State = State.READ
    why: str = ""
    size: int = 0
    unit: str = ""
    places: tuple[Place, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)

    def get(self, form: type[Form]) -> Form | None:
        """The fact of a class, as it was found in the document; None = not found."""
        found = self.facts.get(form.__name__)
        return found if isinstance(found, form) else None

    @property
    def readable(self) -> bool:
        """Whether its text was read, at least a part, so that what it lacks was looked for."""
        return self.state in (State.READ, State.PARTIAL)

"""What is kept of a document for the checks that look at the whole site."""

from __future__ import annotations

from dataclasses import dataclass

from plugins.facts.attachments.contents import Attachment, Contents, State
from plugins.facts.markup.links import Place
from plugins.facts.papers.annual_reports import AnnualReport, read_contents
from plugins.facts.papers.catalogue_table import CatalogueTable, best_of, read_rows, read_text
from plugins.facts.papers.clean_ups import CleanUp, read_list

PLACES = 5


@dataclass(frozen=True, slots=True)
class AttachmentDigest:
    """A document that the site offers for download, small enough to keep for every one.

    ``name`` are the words of the first link to it; ``format`` by its bytes; ``state`` and ``why`` say
    how far it could be read. ``places`` are the first pages that link to it (``url_key`` of
    ``Place.page`` finds the page in ``site.pages``). ``unit`` is the unit of the first of them that
    has one, settled when the crawl is over. What follows are facts found in it, None = not found.
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
    catalogue: CatalogueTable | None = None
    report: AnnualReport | None = None
    clean_up: CleanUp | None = None

    @property
    def readable(self) -> bool:
        """Whether its text was read, at least a part, so that what it lacks was looked for."""
        return self.state in (State.READ, State.PARTIAL)


def digest(attachment: Attachment, unit: str = "") -> AttachmentDigest:
    """Pack what site-wide checks need of one document; done in the worker that read it.

    ``unit`` is the site's own unit, as long as no page says another.
    """
    contents = attachment.contents
    return AttachmentDigest(
        url=attachment.url,
        key=attachment.key,
        name=attachment.name,
        suffix=attachment.suffix,
        format=contents.format,
        state=contents.state,
        why=contents.why,
        size=attachment.size,
        unit=unit,
        places=attachment.places[:PLACES],
        catalogue=catalogue(contents),
        report=read_contents(contents, attachment.name),
        clean_up=read_list(contents, attachment.name),
    )


def catalogue(contents: Contents) -> CatalogueTable | None:
    """The 标准目录 in a document, whichever sheet or page it stands on."""
    found = best_of(read_rows(part.rows) for part in contents.parts if part.rows)
    if found is None and contents.format == "pdf" and contents.parts:
        found = read_text("\n".join(part.text for part in contents.parts[:2]))
    return found

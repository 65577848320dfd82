"""An attachment as the checks see it, and the bounds within which it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from plugins.facts.attachments import limits
from plugins.facts.markup.links import Place
from plugins.facts.markup.tables import Rows


class State(StrEnum):
    """How far a file could be read.

    ``READ`` whole; ``PARTIAL`` up to a bound (``why`` says which); ``TEXTLESS`` opened, but without
    any text (scans); ``ENCRYPTED`` needs a password; ``DAMAGED`` cannot be opened; ``UNSUPPORTED``
    a format that is not read; ``OVERSIZED`` unpacks to more than is read (zip bombs); ``UNREAD``
    was not looked at (time, memory, transfer): nothing is known of it.
    """

    READ = "read"
    PARTIAL = "partial"
    TEXTLESS = "textless"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    UNSUPPORTED = "unsupported"
    OVERSIZED = "oversized"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file. ``inflated`` bytes all packed parts may unpack to together."""

    size: int = limits.FILE_BYTES
    seconds: float = limits.SECONDS
    pages: int = limits.PAGES
    chars: int = limits.CHARS
    cells: int = limits.CELLS
    members: int = limits.MEMBERS
    inflated: int = limits.INFLATED


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text with its place: a page, a sheet, a file inside an archive.

    ``rows`` are those of its tables, where the format has tables (docx, xlsx, xls, html): bounded,
    merged cells spread over all that they cover, an empty row between two tables.
    """

    name: str
    text: str
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """What was read of a file.

    ``format`` by its bytes, never by its name (pdf, docx, xlsx, xls, doc, zip, text, html …);
    ``why`` Chinese, filled wherever ``state`` is not READ; ``macros`` = it carries program code;
    ``pages`` of a pdf, sheets of a workbook, files of an archive; ``notes`` name parts of an
    archive that could not be read, with the reason.
    """

    format: str
    state: State
    why: str = ""
    parts: tuple[Part, ...] = ()
    pages: int = 0
    macros: bool = False
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All text, a line break between parts."""
        return "\n".join(part.text for part in self.parts)


@dataclass(frozen=True)
class Attachment:
    """A document that pages of the site offer for download; judged by ``check_attachment``.

    ``suffix`` is the ending of its address, lower case, without the dot; ``places`` are pages that
    link to it (some of them, where there are many); ``size`` in bytes.
    """

    url: str
    key: str
    suffix: str
    contents: Contents
    places: tuple[Place, ...] = ()
    size: int = 0
    media: str = ""

    @property
    def name(self) -> str:
        """What the site calls it: the words of the first link, else the last part of the address."""
        words = next((place.text for place in self.places if place.text.strip()), "")
        return words or self.url.partition("?")[0].rpartition("/")[2]


class StopError(Exception):
    """Reading ended before the file did: state, and why in Chinese."""

    def __init__(self, state: State, why: str) -> None:
        super().__init__(why)
        self.state = state
        self.why = why


@dataclass
class Gathering:
    """Text while it is being read; raises StopError when a bound is reached."""

    limits: Limits
    parts: list[Part] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    size: int = 0
    inflated: int = 0
    cells: int = 0
    pages: int = 0
    macros: bool = False
    prefix: str = ""

    def add(self, name: str, text: str, rows: Rows = ()) -> None:
        """Keep a part, as far as there is room."""
        room = self.limits.chars - self.size
        kept = text[:room].strip()
        self.size += len(kept)
        if kept:
            self.parts.append(Part(self.prefix + name, kept, rows))
        if len(text) > room:
            raise StopError(State.PARTIAL, f"文字超过{self.limits.chars}个字符，其余未读")

    def unpacked(self, count: int) -> None:
        """Bytes were unpacked."""
        self.inflated += count
        if self.inflated > self.limits.inflated:
            most = self.limits.inflated >> 20
            raise StopError(State.OVERSIZED, f"解压后超过{most}MB，疑似压缩炸弹，未再读取")

    def cell(self) -> None:
        """A cell was read."""
        self.cells += 1
        if self.cells > self.limits.cells:
            raise StopError(State.PARTIAL, f"单元格超过{self.limits.cells}个，其余未读")

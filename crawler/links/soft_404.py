"""Soft 404: pages that say "not found" with the status of success, told from living ones.

One sign makes a suspicion, two make a verdict, and likeness alone is never enough: a living page
reached 94 % (peers.md (d)). The decisive question is a made-up name in the same directory.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import blake2b
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from rapidfuzz import fuzz

from crawler.links.answers import Face, TargetAnswer
from plugins.addresses.endings import ARCHIVES, IMAGES, PAPERS, SHEETS, SLIDES
from plugins.addresses.urls import url_key
from plugins.facts.language.text import solid

PHRASES = Path(__file__).with_name("soft_404_phrases.txt")
_ALIKE = 95.0
_SHORT = 300  # letters of text: an error page has few besides its sentence
_LONGEST = 4000
_TELLING = 5  # letters of a phrase that says enough by itself
_REST = 6
_GONE = frozenset({404, 410})
_SUCCESS = range(200, 300)
_INDEX = re.compile(r"(?:index|default|home|main|welcome)(?:\.\w{1,5})?", re.IGNORECASE)
_ERROR_PAGE = re.compile(
    r"(?:^|[/_-])(?:404|error|notfound|not[-_]found|nofound|err404)(?=[/._-]|$)", re.IGNORECASE
)
_FILES = frozenset(
    PAPERS
    | SHEETS
    | SLIDES
    | ARCHIVES
    | {"et", "csv", "7z", "tar", "gz", "txt", "mp3", "mp4", "wmv", "avi", "flv"}
    | (IMAGES - {"ico"})
)
_SEPARATORS = re.compile(r"[-_|—–·>»：:]+")
_PRODUCT = re.compile(r"[0-9a-z]{8,}|\d+")


class Sign(StrEnum):
    """What points to a page that is not there, in the words of a reason."""

    TITLE = "标题提示页面不存在"
    TEXT = "正文只有页面不存在的提示"
    HOME = "被转到首页"
    ERROR_PAGE = "被转到出错页面"
    NOT_A_FILE = "应为文件，返回的却是网页"
    ALIKE = "与同一目录下编造的地址返回同样内容"


@dataclass(frozen=True)
class Phrases:
    """The office's editable list, read once."""

    title: tuple[str, ...]
    text: tuple[str, ...]

    @classmethod
    @cache
    def read(cls, path: Path = PHRASES) -> Phrases:
        """Read the list: a phrase a line, ``标题:`` or ``正文:`` before it limits where it counts."""
        title: list[str] = []
        text: list[str] = []
        for line in path.read_text("utf-8").splitlines():
            phrase = line.strip()
            if not phrase or phrase.startswith("#"):
                continue
            where, colon, rest = phrase.partition(":")
            if colon and where in {"标题", "正文"}:
                (title if where == "标题" else text).append(solid(rest).lower())
            else:
                title.append(solid(phrase).lower())
                text.append(solid(phrase).lower())
        return cls(tuple(title), tuple(text))


def signs(
    answer: TargetAnswer, home_keys: Collection[str] = (), phrases: Phrases | None = None
) -> frozenset[Sign]:
    """The signs that one answer shows by itself; none for an answer without a success status."""
    if answer.status not in _SUCCESS:
        return frozenset()
    phrases = phrases or Phrases.read()
    face = answer.face
    found = set()
    if _in_title(face.title, phrases):
        found.add(Sign.TITLE)
    short = len(face.text) <= _SHORT
    if short and _in_text(face.text, phrases):
        found.add(Sign.TEXT)
    ends = [answer.address] if answer.redirects else []
    ends += [face.jump] if face.jump and short else []
    for end in ends:
        if _ERROR_PAGE.search(urlsplit(end).path) and not _ERROR_PAGE.search(
            urlsplit(answer.url).path
        ):
            found.add(Sign.ERROR_PAGE)
        elif is_home(end, home_keys) and _has_name(answer.url):
            found.add(Sign.HOME)
    if answer.is_html and _extension(answer.url) in _FILES:
        found.add(Sign.NOT_A_FILE)
    return frozenset(found)


def is_home(url: str, home_keys: Collection[str] = ()) -> bool:
    """Whether an address is a home page: known as one, or the root of its host."""
    parts = urlsplit(url)
    if url_key(url) in home_keys:
        return True
    return not parts.query and (parts.path in {"", "/"} or bool(_INDEX.fullmatch(parts.path[1:])))


def made_up(url: str, seed: str) -> str:
    """An address beside ``url`` that nobody can have published: the same for a directory and seed.

    The last name is replaced, its extension kept; for a program with a query, its last value is.
    """
    parts = urlsplit(url)
    digest = blake2b(f"{seed} {directory(url)}".encode(), digest_size=8)
    number = str(int(digest.hexdigest(), 16))[:10]
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if pairs:
        name, value = pairs[-1]
        pairs[-1] = (name, "9" + number if value.isdigit() else "gk" + number)
        return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(pairs), ""))
    folder, _, last = parts.path.rstrip("/").rpartition("/")
    extension = f".{_extension(url)}" if _extension(url) else ""
    closing = "/" if parts.path.endswith("/") else ""
    first = "t" if last.startswith("t") else "gk"
    path = f"{folder}/{quote(first + number)}{extension}{closing}"
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def directory(url: str) -> str:
    """What one made-up name speaks for: the directory and the extension, or a program's parameters."""
    parts = urlsplit(url)
    names = ",".join(sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))
    if names:
        return f"{parts.scheme}://{parts.netloc}{parts.path}?{names}"
    folder = parts.path.rstrip("/").rpartition("/")[0]
    closing = "/" if parts.path.endswith("/") else ""
    return f"{parts.scheme}://{parts.netloc}{folder}/*.{_extension(url)}{closing}"


def decide(
    suspect: TargetAnswer, invented: TargetAnswer | None, home_keys: Collection[str] = ()
) -> tuple[bool, frozenset[Sign]]:
    """Whether a suspect is a soft 404, by its own signs and by what the made-up name answered.

    ``invented`` None (or without a usable answer) = nothing is known of the directory. Where it is
    honest (404 or 410 for the made-up name), or unknown, only title and text together convince.
    """
    own = signs(suspect, home_keys)
    by_words = {Sign.TITLE, Sign.TEXT} <= own
    if invented is None or invented.status is None or invented.status in _GONE:
        return by_words, own
    if invented.status not in _SUCCESS or invented.failure is not None:
        return by_words, own
    if own and alike(suspect, invented):
        return True, own | {Sign.ALIKE}
    return by_words, own


def alike(suspect: TargetAnswer, invented: TargetAnswer) -> bool:
    """Whether both answers came from one place, or read the same but for names and numbers."""
    if suspect.status != invented.status:
        return False
    moved = bool(suspect.redirects) and bool(invented.redirects)
    if moved and url_key(suspect.address) == url_key(invented.address):
        return True
    if bool(suspect.redirects) != bool(invented.redirects):
        return False
    if suspect.is_html != invented.is_html:
        return False
    one, other = suspect.face, invented.face
    if one.jump or other.jump:
        return bool(one.jump) and url_key(one.jump) == url_key(other.jump)
    return fuzz.ratio(_skeleton(one), _skeleton(other)) >= _ALIKE


def _skeleton(face: Face) -> str:
    text = f"{face.title}\n{face.text}"[:_LONGEST].lower()
    return _PRODUCT.sub("0", text)


def _in_title(title: str, phrases: Phrases) -> bool:
    whole = solid(title).lower()
    if not whole:
        return False
    pieces = [whole, *(solid(piece).lower() for piece in _SEPARATORS.split(title))]
    return any(
        _says(piece.rstrip("!！。.，,~…"), phrase) for phrase in phrases.title for piece in pieces
    )


def _says(piece: str, phrase: str) -> bool:
    """A piece of a title is the phrase; a longer one may go on for a word or two."""
    if piece == phrase:
        return True
    return (
        len(phrase) >= _TELLING and piece.startswith(phrase) and len(piece) <= len(phrase) + _REST
    )


def _in_text(text: str, phrases: Phrases) -> bool:
    whole = solid(text).lower()
    return any(phrase in whole for phrase in phrases.text)


def _has_name(url: str) -> bool:
    """Whether an address names one thing (a file, a query, two levels) and not a site's entry."""
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    if not segments:
        return bool(parts.query)
    if _INDEX.fullmatch(segments[-1]) and not parts.query:
        return len(segments) > 2  # noqa: PLR2004 - /a/b/index.html is a column, /a/index.html an entry
    return len(segments) > 1 or "." in segments[-1] or bool(parts.query)


def _extension(url: str) -> str:
    name = urlsplit(url).path.rpartition("/")[2]
    _, dot, extension = name.rpartition(".")
    return extension.lower() if dot and extension.isalnum() and len(extension) <= 5 else ""  # noqa: PLR2004

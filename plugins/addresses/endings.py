"""The endings of addresses: what a file promises to be by its name, spelt in this one place."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from pathlib import PurePosixPath
from urllib.parse import urlsplit

IMAGES = frozenset({"jpg", "jpeg", "png", "gif", "bmp", "webp", "svg", "ico"})
# What offices publish papers as.
PAPERS = frozenset({"pdf", "doc", "docx", "wps", "ofd"})
SHEETS = frozenset({"xls", "xlsx"})
SLIDES = frozenset({"ppt", "pptx"})
ARCHIVES = frozenset({"zip", "rar"})
WITH_MACROS = frozenset({"docm", "xlsm", "xlsb"})
MEDIA = frozenset({"mp3", "mp4", "m4a", "wav", "wma", "avi", "wmv", "flv", "mov", "mkv", "swf"})
# Documents whose contents can be looked through, archives of them included.
READABLE = PAPERS | SHEETS | SLIDES | ARCHIVES | WITH_MACROS | {"rtf", "et", "csv", "txt", "7z"}
# What is downloaded and not opened as a page.
DOWNLOADS = (
    (READABLE - WITH_MACROS)
    | MEDIA
    | {"dps", "gz", "tar", "bz2", "apk", "exe", "msi", "iso", "ceb", "tif", "tiff", "psd", "dwg"}
    | {"xml", "json", "rss"}
)


def ending_of(url: str) -> str:
    """The ending of an address's path, lower case, without the dot; "" where it has none."""
    return PurePosixPath(urlsplit(url).path).suffix.lower().lstrip(".")


def pattern_of(endings: AbstractSet[str]) -> str:
    """A regular expression for one of these endings with its dot; what must follow is the caller's."""
    return rf"\.(?:{'|'.join(sorted(endings, key=lambda one: (-len(one), one)))})"

"""Addresses by their form: articles of the known systems, files."""

from __future__ import annotations

import re

ARTICLE_PATH = re.compile(
    r"/t\d{6,8}_\d+\.|/art/\d{4}/\d|/content/(?:post_|article/|\d{4}[-/])|/post_\d+|/\d{4}-\d{2}/\d{2}/|/c\d{6,}/content|/info/\d+/\d+\.|/[0-9a-f]{32}\.|/\d{6,8}/(?!index|list|default)[^/]+\.s?html?$|/content_\d+\.|/public/\d+/\d+\.html|show-\d+|/detail[/?]",
    re.IGNORECASE,
)
FILE = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|wps|et|ofd|pdf|zip|rar|jpe?g|png|gif|mp[34]|apk|exe)(?:\?|$)",
    re.IGNORECASE,
)


def is_article_path(url: str) -> bool:
    """Whether an address has the form of an article in one of the known systems."""
    return ARTICLE_PATH.search(url) is not None

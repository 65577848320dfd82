"""Endings of addresses: what is read off a path, and one spelling for all who look for documents."""

from __future__ import annotations

import re

import pytest

from plugins.addresses.endings import (
    DOWNLOADS,
    IMAGES,
    PAPERS,
    READABLE,
    SHEETS,
    ending_of,
    pattern_of,
)


@pytest.mark.parametrize(
    ("url", "ending"),
    [
        ("http://x.example/a/b.PDF", "pdf"),
        ("http://x.example/a/b.docx?v=1#top", "docx"),
        ("http://x.example/a.b/c", ""),
        ("http://x.example/", ""),
        ("http://x.example/文件.wps", "wps"),
        ("http://x.example/a.tar.gz", "gz"),
    ],
)
def test_the_ending_is_that_of_the_path(url, ending):
    assert ending_of(url) == ending


def test_what_can_be_read_is_downloaded_and_no_image():
    assert PAPERS | SHEETS <= READABLE
    assert {"docm", "xlsm", "xlsb"} == READABLE - DOWNLOADS
    assert not IMAGES & DOWNLOADS


def test_a_pattern_finds_the_longest_of_its_endings():
    pattern = re.compile(rf"{pattern_of(PAPERS)}$", re.IGNORECASE)
    assert pattern.search("a.DOCX")[0] == ".DOCX"
    assert pattern.search("a.doc")
    assert not pattern.search("a.docm")
    assert not pattern.search("pdf")

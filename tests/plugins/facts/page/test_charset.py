"""Bytes become text by header, BOM, meta and what the bytes say; wrong declarations do no harm."""

from __future__ import annotations

import codecs

import pytest

from plugins.facts.markup.charset import decode
from plugins.facts.page.page import Page

WORDS = "关于公布便民服务事项清单的公告，㐂堃"
HTML = f"<html><head>{{meta}}<title>{WORDS}</title></head><body><p>{WORDS}</p></body></html>"
GBK_META = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
UTF_META = '<meta charset="utf-8">'


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (HTML.format(meta=UTF_META).encode(), {}),
        (HTML.format(meta="").encode(), {}),
        (HTML.format(meta=GBK_META).encode(), {}),
        (HTML.format(meta=UTF_META).encode(), {"content-type": "text/html; charset=gbk"}),
        (HTML.format(meta=GBK_META).encode("gb18030"), {}),
        (HTML.format(meta="").encode("gb18030"), {}),
        (HTML.format(meta=UTF_META).encode("gb18030"), {}),
        (HTML.format(meta="").encode("gb18030"), {"content-type": "text/html; charset=GBK"}),
        (HTML.format(meta="").encode("gb18030"), {"content-type": "text/html; charset=utf-8"}),
        (
            HTML.format(meta=GBK_META).encode("gb18030"),
            {"content-type": "text/html; charset=ISO-8859-1"},
        ),
        (codecs.BOM_UTF8 + HTML.format(meta=GBK_META).encode(), {}),
        (codecs.BOM_UTF16_LE + HTML.format(meta="").encode("utf-16-le"), {}),
        (codecs.BOM_UTF16_BE + HTML.format(meta="").encode("utf-16-be"), {}),
        (HTML.format(meta="").encode(), {"content-type": "text/html; charset=no-such-charset"}),
        (f"<p>{WORDS}</p>".encode("gb18030"), {}),
    ],
)
def test_chinese_is_read_whatever_is_declared(body: bytes, headers: dict) -> None:
    text, _ = decode(body, headers)
    assert WORDS in text


def test_a_broken_letter_does_not_turn_a_page_into_nonsense() -> None:
    body = (WORDS * 40).encode() + b"\xe5\x85 " + (WORDS * 40).encode()
    text, name = decode(body, {"content-type": "text/html; charset=utf-8"})
    assert name == "utf-8"
    assert text.count(WORDS) == 80


def test_a_page_cut_off_in_a_letter_is_still_utf8() -> None:
    assert decode((WORDS * 40).encode()[:-1], {})[1] == "utf-8"


def test_links_of_a_gbk_page_keep_their_letters() -> None:
    page = Page(
        "http://www.example.test/",
        200,
        f'{GBK_META}<a href="/a?q=中文">{WORDS}</a>'.encode("gb18030"),
    )
    assert page.charset == "gb18030"
    assert page.links[0].url == "http://www.example.test/a?q=%D6%D0%CE%C4"


def test_nothing_is_text() -> None:
    assert decode(b"", {}) == ("", "utf-8")
    assert (
        Page(
            "http://www.example.test/a.pdf",
            200,
            b"%PDF-1.4 \x00\xff",
            {"content-type": "application/pdf"},
        ).markup
        == ""
    )

"""Content-Encoding is undone within bounds, whatever the body is made to be."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest

from crawler.network.decompression import inflate, zstd
from plugins.facts.page.page import FailureKind

MEGA = 1024 * 1024
TEXT = "".join(f"第{n}号文件的公开目录 " for n in range(3000)).encode()
raw_deflate = zlib.compressobj(wbits=-15)
PACKED = {
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT),
    "deflate": zlib.compress(TEXT),
    "br": brotli.compress(TEXT),
    "zstd": zstd.compress(TEXT),
    "gzip, br": brotli.compress(gzip.compress(TEXT)),
}


@pytest.mark.parametrize("coding", PACKED)
def test_every_coding_comes_back_as_it_was(coding):
    inflated = inflate(PACKED[coding], coding, limit=10 * MEGA)
    assert inflated.body == TEXT
    assert inflated.failure is None


def test_raw_deflate_as_some_servers_send_it_is_read():
    packed = raw_deflate.compress(TEXT) + raw_deflate.flush()
    assert inflate(packed, "deflate", limit=10 * MEGA).body == TEXT


def test_gzip_in_several_members_with_padding_is_read_whole():
    packed = gzip.compress(TEXT[:500]) + gzip.compress(TEXT[500:]) + b"\0" * 20
    assert inflate(packed, "GZIP", limit=10 * MEGA).body == TEXT


@pytest.mark.parametrize("coding", ["utf-8", "none", "identity", ""])
def test_codings_nobody_knows_are_passed_over_as_browsers_do(coding):
    assert inflate(TEXT, coding, limit=10 * MEGA).body == TEXT


BOMBS = {
    "gzip": gzip.compress(bytes(200 * MEGA), 9),
    "deflate": zlib.compress(bytes(200 * MEGA), 9),
    "br": brotli.compress(bytes(64 * MEGA), quality=5),
    "zstd": zstd.compress(bytes(200 * MEGA)),
}


@pytest.mark.parametrize("coding", BOMBS)
def test_a_bomb_is_noticed_by_its_ratio_and_dropped(coding):
    inflated = inflate(BOMBS[coding], coding, limit=10 * MEGA)
    assert inflated.failure is not None
    assert inflated.failure.kind is FailureKind.DECOMPRESSION
    assert inflated.body == b""


def test_a_bomb_inside_a_bomb_is_noticed_too():
    inflated = inflate(gzip.compress(BOMBS["gzip"]), "gzip, gzip", limit=10 * MEGA)
    assert inflated.failure is not None
    assert inflated.failure.kind is FailureKind.DECOMPRESSION


def test_too_many_layers_are_refused_unread():
    inflated = inflate(b"x", ", ".join(["gzip"] * 50), limit=MEGA)
    assert inflated.failure is not None
    assert inflated.failure.kind is FailureKind.DECOMPRESSION


def test_a_large_but_honest_page_is_cut_at_the_bound():
    inflated = inflate(gzip.compress(TEXT), "gzip", limit=1000)
    assert inflated.body == TEXT[:1000]
    assert inflated.failure is not None
    assert inflated.failure.kind is FailureKind.TOO_LARGE


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_body_cut_short_keeps_its_start_and_says_so(coding):
    inflated = inflate(PACKED[coding][: len(PACKED[coding]) // 2], coding, limit=10 * MEGA)
    assert inflated.failure is not None
    assert inflated.failure.kind is FailureKind.TRUNCATED
    assert TEXT.startswith(inflated.body)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_where_only_the_start_is_wanted_a_cut_body_is_no_failure(coding):
    packed = PACKED[coding][: len(PACKED[coding]) // 2]
    inflated = inflate(packed, coding, limit=10 * MEGA, start_only=True)
    assert inflated.failure is None
    assert TEXT.startswith(inflated.body)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_body_that_is_not_what_it_says_is_a_failure_not_an_exception(coding):
    inflated = inflate(b"<html>plain</html>", coding, limit=MEGA)
    assert inflated.failure is not None
    assert inflated.failure.kind in {FailureKind.DECOMPRESSION, FailureKind.TRUNCATED}

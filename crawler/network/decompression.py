"""Content-Encoding undone within bounds, so that a few kilobytes cannot fill the memory.

Scrapy's own middleware is not used: past its bound it throws answer, status and headers away.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import brotli  # type: ignore[import-untyped]

from plugins.facts.page.page import Failure, FailureKind

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ACCEPT_ENCODING = "gzip, deflate, br, zstd"

_STEP = 64 * 1024
_FREE = 1024 * 1024  # no ratio is judged below this size: small pages of blanks compress very well
_RATIO = 100  # a bomb of zeros has 1000 in gzip, far more in br and zstd
_LIKELY = 20  # pages seldom pass it; with more at the bound, the bound was the aim
_LAYERS = 3
_WINDOW = 23  # log2 of the window a zstd answer may demand (RFC 9659)
_ERRORS = (zlib.error, brotli.error, zstd.ZstdError, EOFError)


@dataclass(frozen=True)
class Inflated:
    """A body with its codings undone as far as the bounds allowed; ``failure`` says what was wrong."""

    body: bytes
    failure: Failure | None = None


class _CutShortError(Exception):
    """The compressed data ends before its end mark."""


def inflate(body: bytes, encoding: str, *, limit: int, start_only: bool = False) -> Inflated:
    """Undo a Content-Encoding header's codings.

    Reads at most ``limit`` bytes of output; more is a failure, unless ``start_only`` says that only
    the start is wanted, where an incomplete ``body`` is none either. Codings nobody knows
    ("utf-8", "none": seen in practice) are passed over, as browsers do.
    """
    codings = [word for word in encoding.lower().replace(" ", "").split(",") if word in _CODINGS]
    if len(codings) > _LAYERS:
        detail = f"{len(codings)} layers of Content-Encoding"
        return Inflated(b"", Failure(FailureKind.DECOMPRESSION, detail))
    for coding in reversed(codings):
        inflated = _undo(coding, body, limit, start_only=start_only)
        if inflated.failure is not None:
            return inflated
        body = inflated.body
    return Inflated(body)


def _undo(coding: str, body: bytes, limit: int, *, start_only: bool) -> Inflated:
    output = bytearray()
    failure = None
    if not body:
        return Inflated(b"")
    try:
        for piece in _CODINGS[coding](body):
            output += piece
            ratio = len(output) / len(body)
            if len(output) > _FREE and ratio > (_LIKELY if len(output) > limit else _RATIO):
                detail = f"{coding}: {len(body)} bytes grow to more than {len(output)}"
                return Inflated(b"", Failure(FailureKind.DECOMPRESSION, detail))
            if len(output) > limit:
                if not start_only:
                    detail = f"more than {limit} bytes after decompression"
                    failure = Failure(FailureKind.TOO_LARGE, detail)
                break
    except _CutShortError:
        if not start_only:
            failure = Failure(FailureKind.TRUNCATED, f"{coding} data ends early")
    except _ERRORS as error:
        failure = Failure(FailureKind.DECOMPRESSION, f"{coding}: {error}")
    return Inflated(bytes(output[:limit]), failure)


def _gzip(data: bytes) -> Iterator[bytes]:
    yield from _zlib(data, 31)


def _deflate(data: bytes) -> Iterator[bytes]:
    # "deflate" is zlib by the book; some servers send it raw.
    try:
        zlib.decompressobj().decompress(data[:64], 1)
    except zlib.error:
        yield from _zlib(data, -15)
    else:
        yield from _zlib(data, 15)


def _zlib(data: bytes, window: int) -> Iterator[bytes]:
    while data:
        engine = zlib.decompressobj(window)
        while not engine.eof:
            piece = engine.decompress(data, _STEP)
            yield piece
            data = engine.unconsumed_tail
            if not data and len(piece) < _STEP:
                break
        if not engine.eof:
            raise _CutShortError
        data = engine.unused_data
        if not data.startswith(b"\x1f\x8b"):  # only gzip has several members; the rest is padding
            return


def _br(data: bytes) -> Iterator[bytes]:
    engine = brotli.Decompressor()
    piece = engine.process(data, output_buffer_limit=_STEP)
    while piece:
        yield piece
        piece = b"" if engine.is_finished() else engine.process(b"", output_buffer_limit=_STEP)
    if data and not engine.is_finished():
        raise _CutShortError


def _zstd(data: bytes) -> Iterator[bytes]:
    options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: _WINDOW}
    while data:
        engine = zstd.ZstdDecompressor(options=options)
        piece = engine.decompress(data, _STEP)
        yield piece
        while not engine.eof and not engine.needs_input:
            piece = engine.decompress(b"", _STEP)
            yield piece
        if not engine.eof:
            raise _CutShortError
        data = engine.unused_data


_CODINGS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _br,
    "zstd": _zstd,
}

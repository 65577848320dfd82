"""Packed files: members unpacked in small steps, counted, and XML read without building a tree."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from plugins.facts.attachments import limits
from plugins.facts.attachments.contents import Gathering, State, StopError

SPOILT = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)
Start = Callable[[str, dict[str, str]], None]


def opened(body: bytes) -> ZipFile:
    """The archive; StopError where it is damaged."""
    try:
        return ZipFile(BytesIO(body))
    except SPOILT:
        raise StopError(State.DAMAGED, "压缩结构不完整，无法打开") from None


def steps(bundle: ZipFile, info: ZipInfo, into: Gathering) -> Iterator[bytes]:
    """A member's bytes, piece by piece; StopError when it is encrypted, damaged or without end."""
    if info.flag_bits & 1:
        raise StopError(State.ENCRYPTED, "压缩文件设有密码")
    try:
        with bundle.open(info) as member:
            while piece := member.read(limits.STEP):
                into.unpacked(len(piece))
                yield piece
    except SPOILT:
        raise StopError(State.DAMAGED, "压缩数据损坏，无法解压") from None


def whole(bundle: ZipFile, info: ZipInfo, into: Gathering, most: int) -> bytes:
    """A member's bytes; StopError where it is larger than ``most``, whatever it declares."""
    found = bytearray()
    for piece in steps(bundle, info, into):
        found += piece
        if len(found) > most:
            raise StopError(State.OVERSIZED, f"单个文件解压后超过{most >> 20}MB，未读取")
    return bytes(found)


def parse(
    bundle: ZipFile,
    name: str,
    into: Gathering,
    *,
    start: Start,
    end: Callable[[str], None],
    data: Callable[[str], None] | None = None,
) -> bool:
    """Walk through a member as XML; names come without namespace. False = there is no such member.

    Declarations of entities are refused: no office program writes any, only attacks do.
    """
    try:
        info = bundle.getinfo(name)
    except KeyError:
        return False
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_told: Any) -> None:
        raise StopError(State.OVERSIZED, "含有实体声明（疑似攻击文件），未读取")

    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda tag, attrs: start(tag.rpartition(" ")[2], attrs)
    parser.EndElementHandler = lambda tag: end(tag.rpartition(" ")[2])
    parser.CharacterDataHandler = data
    try:
        for piece in steps(bundle, info, into):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise StopError(State.DAMAGED, "文件内部结构损坏") from None
    return True

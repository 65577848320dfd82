"""Documents made to harm whoever opens them: each has an answer with a reason, within its bounds."""

from __future__ import annotations

import importlib.util
import random
import time
import tracemalloc
from pathlib import Path

import pytest

from plugins.facts.attachments import Limits, State
from plugins.facts.attachments.reading import read

_spec = importlib.util.spec_from_file_location(
    "hostile_documents", Path(__file__).parents[1] / "hostile_files.py"
)
assert _spec is not None
assert _spec.loader is not None
made = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(made)

SMALL = Limits(inflated=20_000_000)
DOCUMENTS = {
    "zip of zips of zips": (made.nested(3), "zip", State.UNSUPPORTED, "都未能读出"),
    "zip that gives itself": (made.quine(), "zip", State.PARTIAL, "未能读出"),
    "zip that names one member often": (
        made.overlapping(90, 1_000_000),
        "zip",
        State.PARTIAL,
        "文字超过",
    ),
    "zip that boasts of 60,000 members": (made.boastful(60_000), "zip", State.READ, ""),
    "zip of 30,000 members": (
        made.packed({f"{n}.txt": "甲" for n in range(30_000)}),
        "zip",
        State.PARTIAL,
        "只读了前100个",
    ),
    "zip that climbs out of its folder": (
        made.packed(
            {"../../../etc/cron.d/x.txt": "甲", "/etc/passwd.txt": "乙", "C:\\a.txt": "丙"}
        ),
        "zip",
        State.READ,
        "",
    ),
    "docx of entities": (
        made.packed({"word/document.xml": made.laughing("t")}),
        "docx",
        State.OVERSIZED,
        "实体",
    ),
    "xlsx of entities": (
        made.packed({"xl/workbook.xml": "<a/>", "xl/sharedStrings.xml": made.laughing("si")}),
        "xlsx",
        State.OVERSIZED,
        "实体",
    ),
    "xlsx of one endless string": (
        made.packed(
            {
                "xl/workbook.xml": "<a/>",
                "xl/sharedStrings.xml": b"<sst><si><t>" + b"A" * 30_000_000 + b"</t></si></sst>",
            }
        ),
        "xlsx",
        State.OVERSIZED,
        "解压后超过",
    ),
    "docx of a million open tags": (
        made.packed({"word/document.xml": b"<w>" * 1_000_000}),
        "docx",
        State.DAMAGED,
        "结构损坏",
    ),
    "macro workbook": (made.xlsx({"a": [["甲"]]}, macros=True), "xlsm", State.READ, ""),
    "locked workbook": (made.old_office("EncryptedPackage"), "xlsx", State.ENCRYPTED, "密码"),
    "wps of old": (made.old_office("WordDocument"), "wps", State.UNSUPPORTED, "暂不读取"),
    "doc of old": (made.old_office("WordDocument"), "doc", State.UNSUPPORTED, "暂不读取"),
    "web page named doc": ("<html><p>正文</p></html>".encode(), "doc", State.READ, ""),
    "picture named pdf": (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "pdf", State.UNSUPPORTED, "暂不读取"),
    "no bytes": (b"", "docx", State.DAMAGED, "0字节"),
    "xls whose reader panics": (made.XLS[:4608], "xls", State.UNREAD, "读取时出错"),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_hostile_document_has_an_answer_within_its_bounds(name: str) -> None:
    body, suffix, state, words = DOCUMENTS[name]
    started = time.monotonic()
    contents = read(body, suffix, SMALL)
    assert contents.state is state, contents.why
    assert words in contents.why
    assert time.monotonic() - started < 10


def test_names_in_an_archive_are_shown_short_and_in_one_line() -> None:
    name = "../" * 60 + "甲\n乙\u202e.zip"
    (note,) = read(made.packed({name: b"PK\x03\x04", "a.txt": "正文"}), "zip").notes
    assert note.endswith("甲乙.zip：压缩包中的压缩包，未打开")
    assert len(note) < 130


def test_a_bomb_takes_no_more_memory_than_its_bound() -> None:
    body = made.packed({"word/document.xml": b"<a><t>" + b"0" * 60_000_000 + b"</t></a>"})
    tracemalloc.start()
    contents = read(body, "docx", SMALL)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert contents.state is State.OVERSIZED
    assert peak < 4 * SMALL.inflated


def test_what_a_panicking_library_prints_is_kept_from_the_console(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert read(made.XLS[:4608], "xls").state is State.UNREAD
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "pdf", "zip"])
def test_documents_with_wrong_bytes_in_them_always_have_an_answer(suffix: str) -> None:
    sound = {
        "xlsx": made.xlsx({"a": [["甲", 1.0], ["乙", 2.0]]}),
        "docx": made.docx("正文", "第二段"),
        "pdf": made.pdf("page", "two"),
        "zip": made.packed({"a.txt": "甲", "b.docx": made.docx("x")}),
    }[suffix]
    chance = random.Random(7)
    for _ in range(150):
        body = bytearray(sound)
        for _ in range(chance.choice([1, 3, 20])):
            body[chance.randrange(len(body))] = chance.randrange(256)
        contents = read(bytes(body[: chance.choice([len(body), len(body) // 2])]), suffix)
        assert contents.state in State
        assert bool(contents.why) is (contents.state is not State.READ)

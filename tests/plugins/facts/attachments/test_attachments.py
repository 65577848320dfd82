"""Documents are read by what they are, and hostile ones are survived with a clear record."""

from __future__ import annotations

import importlib.util
import time
from pathlib import Path
from zipfile import ZipFile

import pytest

from plugins.facts.attachments import Limits, State
from plugins.facts.attachments.formats import application_of, format_of
from plugins.facts.attachments.reading import read

_spec = importlib.util.spec_from_file_location(
    "hostile_files", Path(__file__).parents[1] / "hostile_files.py"
)
assert _spec is not None
assert _spec.loader is not None
made = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(made)


def test_a_word_file_gives_its_paragraphs() -> None:
    contents = read(made.docx("关于公示的通知", "名单如下"), "docx")
    assert (contents.format, contents.state) == ("docx", State.READ)
    assert contents.text == "关于公示的通知\n名单如下"


def test_a_workbook_gives_every_sheet_hidden_ones_too() -> None:
    body = made.xlsx({"名单": [["姓名", "手机"], ["甲", 13800000001.0]], "隐藏": [["底稿"]]})
    contents = read(body, "xlsx")
    assert [part.name for part in contents.parts] == ["名单", "隐藏"]
    assert "甲\t13800000001" in contents.parts[0].text
    assert "注音" not in contents.text


def test_an_old_workbook_gives_every_sheet() -> None:
    contents = read(made.XLS, "xls")
    assert (contents.format, contents.state, contents.pages) == ("xls", State.READ, 2)
    assert [part.name for part in contents.parts] == ["名单", "附表"]
    assert contents.parts[0].text == "姓名\t手机\n甲\t13800000001"


def test_an_old_workbook_that_is_cut_short_is_damaged() -> None:
    assert read(made.XLS[:2500], "xls").state is State.DAMAGED


def test_a_pdf_gives_its_pages() -> None:
    contents = read(made.pdf("first page", "second page"), "pdf")
    assert contents.state is State.READ
    assert [part.text for part in contents.parts] == ["first page", "second page"]


def test_plain_text_is_read_in_its_charset() -> None:
    assert read("姓名,金额\n甲,3".encode("gb18030"), "csv").text == "姓名,金额\n甲,3"


def test_an_archive_gives_the_texts_of_its_documents() -> None:
    body = made.packed(
        {"a/通知.docx": made.docx("通知正文"), "b.pdf": made.pdf("page"), "c.png": b"x"}
    )
    contents = read(body, "zip")
    assert contents.state is State.READ
    assert [part.name for part in contents.parts] == ["a/通知.docx／正文", "b.pdf／第1页"]


def test_names_in_an_archive_from_a_chinese_windows_are_read() -> None:
    from io import BytesIO
    from zipfile import ZipInfo

    out = BytesIO()
    with ZipFile(out, "w") as bundle:
        info = ZipInfo("x.txt")
        bundle.writestr(info, "甲")
    body = out.getvalue().replace(b"x.txt", "甲t".encode("gb18030") + b".t")
    assert read(body, "zip").state in (State.READ, State.TEXTLESS)


HOSTILE = {
    "empty file": (b"", "pdf", State.DAMAGED, "0字节"),
    "pdf that is none": (b"hello" * 50, "pdf", State.DAMAGED, "内容不是pdf文件"),
    "truncated pdf": (made.pdf("a")[:120], "pdf", State.DAMAGED, "无法打开"),
    "encrypted pdf": (made.pdf("a", encrypted=True), "pdf", State.ENCRYPTED, "密码"),
    "truncated docx": (made.docx("正文" * 500)[:300], "docx", State.DAMAGED, "无法打开"),
    "truncated xlsx": (made.xlsx({"a": [["b"]]})[:200], "xlsx", State.DAMAGED, "无法打开"),
    "encrypted docx": (made.old_office("EncryptedPackage"), "docx", State.ENCRYPTED, "密码"),
    "encrypted zip": (made.locked(made.packed({"a.txt": "甲"})), "zip", State.ENCRYPTED, "密码"),
    "damaged xls": (made.old_office("Workbook"), "xls", State.DAMAGED, "无法打开"),
    "word file of old": (made.old_office("WordDocument"), "doc", State.UNSUPPORTED, "doc"),
    "rar": (b"Rar!\x1a\x07\x00" + b"\0" * 50, "rar", State.UNSUPPORTED, "rar"),
    "docx without a body": (
        made.packed({"word/styles.xml": "<a/>"}),
        "docx",
        State.DAMAGED,
        "正文",
    ),
    "docx of broken xml": (
        made.packed({"word/document.xml": "<w:document><w:p>"}),
        "docx",
        State.DAMAGED,
        "结构损坏",
    ),
    "billion laughs": (
        made.packed(
            {
                "word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">'
                + "".join(f'<!ENTITY b{n} "{"&b;" * 10}">' for n in range(9))
                + "]><a>&b8;</a>"
            }
        ),
        "docx",
        State.OVERSIZED,
        "实体",
    ),
    "scan without text": (made.pdf(""), "pdf", State.TEXTLESS, "扫描件"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_survived_with_a_clear_record(name: str) -> None:
    body, suffix, state, words = HOSTILE[name]
    contents = read(body, suffix)
    assert contents.state is state, contents
    assert words in contents.why


def test_a_macro_workbook_is_read_and_its_macros_are_told() -> None:
    contents = read(made.xlsx({"a": [["甲"]]}, macros=True), "xls")
    assert (contents.format, contents.macros, contents.text) == ("xlsx", True, "甲")


def test_a_wrong_extension_does_not_keep_a_file_from_being_read() -> None:
    contents = read(made.docx("正文"), "pdf")
    assert (contents.format, contents.text) == ("docx", "正文")
    assert application_of("pdf") != application_of(contents.format)


def test_a_zip_bomb_is_left_after_the_bound() -> None:
    bomb = made.packed({f"{n}.txt": b"0" * 3_000_000 for n in range(40)})
    assert len(bomb) < 200_000
    started = time.monotonic()
    contents = read(bomb, "zip", Limits(inflated=10_000_000, chars=10**9))
    assert contents.state is State.OVERSIZED
    assert "压缩炸弹" in contents.why
    assert time.monotonic() - started < 5


def test_a_docx_bomb_is_left_after_the_bound() -> None:
    body = made.packed({"word/document.xml": b"<a>" + b"<t>0</t>" * 4_000_000})
    contents = read(body, "docx", Limits(inflated=5_000_000))
    assert contents.state is State.OVERSIZED


def test_a_bomb_inside_an_archive_is_not_opened() -> None:
    inner = made.packed({"a.txt": b"0" * 1_000_000})
    contents = read(made.packed({"inner.zip": inner, "甲.txt": "正文"}), "zip")
    assert contents.state is State.PARTIAL
    assert contents.notes == ("inner.zip：压缩包中的压缩包，未打开",)
    assert contents.text == "正文"


def test_a_broken_member_is_a_note_and_the_others_are_read() -> None:
    body = made.packed({"a.pdf": b"%PDF-broken", "b.docx": made.docx("正文")})
    contents = read(body, "zip")
    assert contents.text == "正文"
    assert contents.notes == ("a.pdf：不是完整的pdf文件，无法打开",)


def test_a_pdf_of_ten_thousand_pages_is_read_up_to_the_bound() -> None:
    body = made.pdf(*(f"page {number}" for number in range(10_000)))
    started = time.monotonic()
    contents = read(body, "pdf")
    assert (contents.state, contents.pages) == (State.PARTIAL, 10_000)
    assert contents.why == "共10000页，只读了前500页"
    assert len(contents.parts) == 500
    assert time.monotonic() - started < 15


def test_too_many_cells_end_the_reading_and_keep_what_was_read() -> None:
    body = made.xlsx({"a": [[f"甲{n}", "乙"] for n in range(100)]})
    contents = read(body, "xlsx", Limits(cells=50))
    assert contents.state is State.PARTIAL
    assert "甲3" in contents.text


def test_reading_ends_when_its_time_is_up() -> None:
    body = made.packed({"word/document.xml": b"<a>" + b"<t>0</t>" * 6_000_000})
    contents = read(body, "docx", Limits(seconds=0.3))
    assert contents.state is State.UNREAD
    assert "秒" in contents.why


def test_html_under_the_name_of_a_workbook_is_read() -> None:
    contents = read("<html><table><tr><td>甲</td></tr></table></html>".encode(), "xls")
    assert (contents.format, contents.text.strip()) == ("html", "甲")


@pytest.mark.parametrize(
    "body", [b"PK\x03\x04" + b"\xff" * 100, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x00" * 5000]
)
def test_any_bytes_have_an_answer(body: bytes) -> None:
    for suffix in ("pdf", "docx", "xlsx", "xls", "zip", "txt", "csv", "doc", ""):
        assert read(body, suffix).state in State
    assert isinstance(format_of(body), str)

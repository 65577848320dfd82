"""A site that offers every hostile document at once is audited to its end, each with a clear record."""

from __future__ import annotations

import importlib.util
import sqlite3
from pathlib import Path

import pytest

from tests.crawler.audits import Audited, Desk
from tests.crawler.small_site import Reply, SmallSite, article, page

pytestmark = pytest.mark.audit

FILES = Path(__file__).parents[2] / "plugins" / "facts" / "hostile_files.py"
_spec = importlib.util.spec_from_file_location("hostile_files_offered", FILES)
assert _spec is not None
assert _spec.loader is not None
made = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(made)


def zeros(count: int) -> bytes:
    """An XML document of this many noughts, which pack to a thousandth."""
    return b"<a><b>" + b"0" * count + b"</b></a>"


LOCKED = made.old_office("EncryptedPackage")
LAUGHING = made.packed({"word/document.xml": made.laughing("t")})
STRINGS = {
    "xl/workbook.xml": "<a/>",
    "xl/sharedStrings.xml": b"<sst><si><t>" + b"A" * 160_000_000 + b"</t></si></sst>",
}
TYPES = {"pdf": "application/pdf", "zip": "application/zip", "doc": "application/msword"}
# What a finding (TXT105) says of each.
TOLD = {
    "locked.pdf": (made.pdf("a", encrypted=True), "须输入密码"),
    "locked.docx": (LOCKED, "须输入密码"),
    "locked.xlsx": (LOCKED, "须输入密码"),
    "locked.zip": (made.locked(made.packed({"a.txt": "甲"})), "须输入密码"),
    "cut.pdf": (made.pdf("a")[:120], "无法打开"),
    "cut.docx": (made.docx("正文" * 500)[:300], "无法打开"),
    "cut.xlsx": (made.xlsx({"a": [["b"]]})[:200], "无法打开"),
    "cut.xls": (made.XLS[:2500], "无法打开"),
    "none.pdf": (b"", "0字节"),
    "wrong.pdf": (made.docx("正文"), "扩展名是pdf，内容却是docx"),
    "macro.xls": (made.xlsx({"a": [["甲"]]}, macros=True), "含有宏"),
    "bomb.zip": (
        made.packed(
            {f"{n}.docx": made.packed({"word/document.xml": zeros(19_000_000)}) for n in range(12)}
        ),
        "疑似压缩炸弹",
    ),
    "large.docx": (
        made.packed({"word/document.xml": zeros(160_000_000)}),
        "疑似压缩炸弹",
    ),
    "nested.zip": (made.nested(3), "压缩包中的压缩包"),
    "quine.zip": (made.quine(), "压缩包中的压缩包"),
    "laughing.docx": (LAUGHING, "实体声明"),
    "strings.xlsx": (made.packed(STRINGS), "疑似压缩炸弹"),
}  # fmt: skip
# What the run's coverage says of those of which nothing (more) is known.
UNREAD = {
    "pages.pdf": (made.pdf(*(f"page {n}" for n in range(10_000))), "共10000页"),
    "many.zip": (made.packed({f"{n}.txt": "甲" for n in range(20_000)}), "只读了前100个"),
    "often.zip": (made.overlapping(200, 1_000_000), "超过"),
    "scan.pdf": (made.pdf(""), "扫描件"),
    "old.doc": (made.old_office("WordDocument"), "暂不读取"),
    "old.wps": (made.old_office("WordDocument"), "暂不读取"),
    "panic.xls": (made.XLS[:4608], "读取时出错"),
    "abort.xls": (made.corrupt_xls(), "附件未能读取"),
}
READ = {
    "page.doc": ("<html><p>正文</p></html>".encode(), ""),
    "climbing.zip": (made.packed({"../../../../tmp/climbed-out.txt": "甲"}), ""),
    "boastful.zip": (made.boastful(60_000), ""),
}
ALL = TOLD | UNREAD | READ


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> tuple[Audited, Path]:
    folder = tmp_path_factory.mktemp("hostile")
    links = "".join(f"<p><a href='/f/{name}'>附件{name}</a></p>" for name in ALL)
    pages = {
        f"/f/{name}": Reply(
            body, type=TYPES.get(name.rpartition(".")[2], "application/octet-stream")
        )
        for name, (body, _) in ALL.items()
    }
    with SmallSite({"/": page("某区人民政府", "<a href='/a.html'>关于附件的通知</a>")}) as site:
        site.pages |= {"/a.html": article("关于附件的通知", links), **pages}
        told = Desk(folder).audit(site.url, timeout=240)
    return told, folder


def test_the_audit_comes_to_its_end(audited) -> None:
    told = audited[0]
    assert (told.status, told.told["state"], told.told["problem"]) == (0, "finished", "")
    assert told.seconds < 180
    assert told.told["stats"]["gongkai/memory_peak_mb"] < 400


@pytest.mark.parametrize("name", TOLD)
def test_a_document_that_nobody_can_open_is_a_finding_with_the_reason(audited, name: str) -> None:
    (one,) = [
        one for one in audited[0].found("TXT105") if one["subject"]["ref"].endswith(f"/f/{name}")
    ]
    assert TOLD[name][1] in one["message"]
    assert one["message"].startswith(f"附件“附件{name}”")
    assert one["evidence"][0]["url"].endswith("/a.html")


@pytest.mark.parametrize("name", UNREAD)
def test_a_document_that_was_not_looked_through_is_a_gap_with_the_reason(audited, name) -> None:
    (spool,) = audited[1].glob("runs/*/spool.db")
    with sqlite3.connect(spool) as database:
        gaps = dict(database.execute("SELECT url, why FROM gap WHERE kind='attachments'"))
    (why,) = [why for url, why in gaps.items() if url.endswith(f"/f/{name}")]
    assert UNREAD[name][1] in why


@pytest.mark.parametrize("name", READ)
def test_what_only_looks_odd_is_read_and_passed_over(audited, name: str) -> None:
    assert [one for one in audited[0].told["findings"] if name in one["message"]] == []


def test_the_coverage_says_that_documents_were_left(audited) -> None:
    families = next(iter(audited[0].told["score"]["coverage"].values()))
    assert families["text"]["state"] == "partial"
    assert "共10000页，只读了前500页" in families["text"]["why"]
    assert families["links"]["state"] == "complete"


def test_nothing_was_unpacked_outside(audited) -> None:
    assert not Path("/tmp/climbed-out.txt").exists()


def test_no_library_wrote_to_the_console(audited) -> None:
    assert "panicked" not in audited[0].errors

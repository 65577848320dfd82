"""Documents of the site are fetched whole once, read in a worker, and remembered as honestly as pages."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from tests.crawler.audits import Audited, Desk
from tests.crawler.small_site import Reply, SmallSite, article, page

pytestmark = pytest.mark.audit

FILES = Path(__file__).parents[2] / "plugins" / "facts" / "hostile_files.py"
_spec = importlib.util.spec_from_file_location("hostile_files_here", FILES)
assert _spec is not None
assert _spec.loader is not None
made = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(made)

# Nobody has an identity number of a whole province.
NUMBERS = ("420000197805123017", "110000198506234026")
BUSY = Reply("忙", status=503, headers=(("Retry-After", "0"),))
MASKED = "420000********3017"


def xlsx(*cells: str) -> Reply:
    return Reply(made.xlsx({"名单": [[cell] for cell in cells]}), type="application/vnd.ms-excel")


def nights(desk: Desk, site: SmallSite, *more: str) -> Audited:
    return desk.audit(site.url, *more)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory):
    """Four nights of a site whose documents change, and what became of them."""
    documents = {
        "/f/list.xlsx": xlsx("姓名", *NUMBERS),
        "/f/masked.xlsx": xlsx("姓名", MASKED),
        "/f/broken.pdf": Reply(made.pdf("a")[:100], type="application/pdf"),
        "/f/locked.zip": Reply(made.locked(made.packed({"a.txt": "甲"})), type="application/zip"),
        "/f/large.pdf": Reply(b"%PDF-1.4" + b"0" * 21_000_000, type="application/pdf"),
        "/f/gone.pdf": 404,
        "/f/page.pdf": page("提示", "<p>请登录后下载</p>"),
    }
    links = "".join(f"<p><a href='{url}'>附件{url[3:]}</a></p>" for url in documents)
    desk = Desk(tmp_path_factory.mktemp("attachments"))
    found: dict[str, object] = {}
    with SmallSite({"/": page("某区人民政府", "<a href='/a.html'>关于名单公示的通知</a>")}) as site:
        site.pages |= {"/a.html": article("关于名单公示的通知", links), **documents}
        found["host"] = site.host
        found["first"] = nights(desk, site)
        found["counts"] = site.counts
        # The document does not answer; then it is not read for want of budget; then it is mended.
        site.pages["/f/list.xlsx"] = BUSY
        nights(desk, site)
        found["busy"] = presence(desk, site)
        site.pages["/f/list.xlsx"] = xlsx("姓名", MASKED)
        nights(desk, site, "--attachments", "0")
        found["unread"] = presence(desk, site)
        nights(desk, site)
        found["mended"] = presence(desk, site)
    return found


def presence(desk: Desk, site: SmallSite) -> str:
    return str(desk.remembered(site.host)["TXT104", "/f/list.xlsx"].presence)


def test_what_the_documents_say_is_found(told) -> None:
    found = told["first"].found("TXT10")
    assert {(one["code"], one["subject"]["ref"].rpartition("/")[2]) for one in found} == {
        ("TXT104", "list.xlsx"),
        ("TXT105", "broken.pdf"),
        ("TXT105", "locked.zip"),
    }


def test_no_number_is_stored_or_shown_in_full(told) -> None:
    shown = json.dumps(told["first"].told, ensure_ascii=False)
    assert "420**************7" in shown
    assert not any(number in shown for number in NUMBERS)


def test_the_page_that_links_is_the_first_evidence(told) -> None:
    (one,) = told["first"].found("TXT104")
    assert one["evidence"][0]["url"].endswith("/a.html")


def test_each_document_is_fetched_once(told) -> None:
    assert told["counts"]["/f/list.xlsx"] == 1
    assert told["counts"]["/f/masked.xlsx"] == 1


def test_a_document_that_is_too_large_is_a_gap_and_no_dead_link(told) -> None:
    assert "attachments" in told["first"].gaps("text")
    assert not [one for one in told["first"].found("LNK") if "large" in one["subject"]["ref"]]


def test_a_document_that_is_gone_is_a_dead_link_as_ever(told) -> None:
    refs = [one["subject"]["ref"] for one in told["first"].found("LNK103")]
    assert any(ref.endswith("/f/gone.pdf") for ref in refs)


def test_a_document_that_was_not_read_keeps_its_findings(told) -> None:
    assert (told["busy"], told["unread"]) == ("present", "present")


def test_a_document_that_was_mended_loses_them(told) -> None:
    assert told["mended"] == "gone"

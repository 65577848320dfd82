"""What a document says reaches the rules that judge the whole site, and is remembered as honestly as the rest."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from crawler.workfile.attachments import AttachmentView
from crawler.workfile.targets import TargetView
from plugins.facts.papers.catalogue_table import CatalogueTable
from tests.crawler.audits import Desk
from tests.crawler.small_site import Reply, SmallSite, article, page

pytestmark = pytest.mark.audit

FILES = Path(__file__).parents[2] / "plugins" / "facts" / "hostile_files.py"
_spec = importlib.util.spec_from_file_location("hostile_files_for_catalogues", FILES)
assert _spec is not None
assert _spec.loader is not None
made = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(made)

HEAD = ["序号", "公开事项", "公开内容", "公开依据", "公开时限", "公开主体", "公开方式", "公开渠道", "公开对象"]  # fmt: skip
ROW = ["1", "招生信息", "范围", "《义务教育法》", "20日内", "区教育局", "主动", "网站", "全社会"]
URL = "/f/ml.xlsx"


def workbook(*left_out: str) -> Reply:
    kept = [place for place, name in enumerate(HEAD) if name not in left_out]
    rows = [[row[place] for place in kept] for row in (HEAD, ROW)]
    return Reply(made.xlsx({"目录": rows}), type="application/vnd.ms-excel")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory):
    """Three nights: a catalogue with a gap, then not read for want of budget, then mended."""
    desk = Desk(tmp_path_factory.mktemp("catalogues"))
    found: dict[str, object] = {}
    with SmallSite({"/": page("某区人民政府", "<a href='/a.html'>区教育局标准目录</a>")}) as site:
        link = f"<p>现将本局目录公布。</p><p>附件：<a href='{URL}'>区教育局标准目录</a></p>"
        site.pages |= {"/a.html": article("区教育局标准目录", link), URL: workbook("公开时限")}
        found["first"] = desk.audit(site.url)
        (spool,) = desk.folder.rglob("spool.db")
        with_host = (spool, site.host)
        found["attachments"] = list(AttachmentView(*with_host).values())
        found["targets"] = list(TargetView(*with_host))
        desk.audit(site.url, "--attachments", "0")
        found["unread"] = str(desk.remembered(site.host)["DSC105", "/a.html"].presence)
        site.pages[URL] = workbook()
        desk.audit(site.url)
        found["mended"] = str(desk.remembered(site.host)["DSC105", "/a.html"].presence)
    return found


def test_the_gap_in_the_document_is_found_on_the_page_that_offers_it(told) -> None:
    (one,) = told["first"].found("DSC105")
    assert one["message"] == "标准目录“区教育局标准目录”的附件表头缺少时限。"
    assert one["subject"]["ref"].endswith("/a.html")


def test_what_was_read_is_kept_small_with_the_pages_that_offer_it(told) -> None:
    (one,) = told["attachments"]
    assert (one.name, one.format, one.readable) == ("区教育局标准目录", "xlsx", True)
    assert one.places[0].page.endswith("/a.html")
    assert one.get(CatalogueTable).items == ("招生信息",)


def test_a_living_document_is_known_by_the_words_of_its_links(told) -> None:
    (one,) = [target for target in told["targets"] if target.kind == "attachment"]
    assert [place.text for place in one.places] == ["区教育局标准目录"]


def test_a_document_that_was_not_read_mends_nothing(told) -> None:
    assert told["unread"] == "present"


def test_a_mended_document_does(told) -> None:
    assert told["mended"] == "gone"

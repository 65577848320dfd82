"""Pictures in the store, in reports and in fix lists: shown, bounded, forgotten in time."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from docx import Document
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser

from findings.fixlists.files import fixlist_docx, fixlist_html, fixlist_xlsx
from findings.fixlists.fixlist import Followup, Terms, build_fixlists
from findings.fixlists.returned import read_returned
from findings.people.reporting import report_of
from findings.records.pictures import HEAVIEST, KEPT, Picture, chosen
from findings.reports.exports import report_html
from findings.schemes.scheme_file import find_scheme
from findings.store.store import Store
from tests.findings.nights import DAY, HOST, night, page, sight

SCHEME = find_scheme()
NOW = datetime(2026, 3, 1, 2, tzinfo=UTC)
# The smallest JPEG that programs open: one grey pixel, baseline.
PIXEL = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300" + "03" * 64
    + "ffc0000b080001000101011100ffc4001f0000010501010101010100000000000000000102030405060708090a0b"
    "ffc400b5100002010303020403050504040000017d01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa"
    "ffda0008010100003f00fbd0ffd9"
)  # fmt: skip


def picture(fingerprint, *, run=1, taken=NOW, path="/a", image=PIXEL, site=HOST):
    return Picture(
        fingerprint, site, f"http://{site}{path}", run, taken, 800, 420, True, "0" * 32, image
    )


@pytest.fixture
def seen(store):
    """A store with one finding and its fingerprint."""
    night(store, seen=[sight("COL101", page(f"http://{HOST}/a"), "栏目<b>空白</b>。")])
    (found,) = store.find()
    return store, found.fingerprint


def keep(store, *pictures, **more):
    store.keep_pictures(HOST, pictures, **{"most": 10, **more})


def names(store):
    return set(store.pictures(store.latest()))


def test_a_newer_picture_takes_the_place_of_an_older_one(seen):
    store, name = seen
    keep(store, picture(name))
    keep(store, picture(name, taken=NOW + timedelta(days=1), image=PIXEL + b"\0"))
    (one,) = store.pictures(store.latest()).values()
    assert one == picture(name, taken=NOW + timedelta(days=1), image=PIXEL + b"\0")
    assert store.picture_looks(HOST) == {name: ("0" * 32, NOW + timedelta(days=1))}


def test_pictures_are_forgotten_in_time_and_beyond_their_number(seen):
    store, name = seen
    keep(store, picture("a" * 32, taken=NOW - KEPT - timedelta(minutes=1)), picture(name))
    assert names(store) == {name}
    keep(store, *(picture(str(n) * 32, taken=NOW + timedelta(n)) for n in range(5)), most=3)
    assert names(store) == {"2" * 32, "3" * 32, "4" * 32}
    keep(store, picture(name, path="/private"), hidden=[f"http://{HOST}/private"])
    assert name not in names(store)


def test_an_older_report_shows_nothing_that_was_taken_later(seen):
    store, name = seen
    keep(store, picture(name, run=2))
    assert store.pictures(store.run(1)) == {}


def test_other_sites_pictures_stay(seen):
    store, name = seen
    keep(store, picture(name))
    store.keep_pictures("o.example", [], hidden=[f"http://{HOST}/a"], most=0)
    assert names(store) == {name}


def report(store):
    return report_of(store, store.latest(), SCHEME, written=NOW)


def fixes(store):
    (one,) = build_fixlists(report(store), Followup(), Terms(DAY), units=["区教育局"])
    return one


@pytest.fixture
def shown():
    with Store.open("sqlite://", clock=lambda: NOW) as store:
        night(store, seen=[sight("COL101", page(f"http://{HOST}/a"), "栏目<b>空白</b>。")])
        (found,) = store.find()
        keep(store, picture(found.fingerprint))
        yield store


def test_the_report_shows_it_inside_the_page_and_allows_nothing_else(shown):
    text = report_html(report(shown))
    tree = LexborHTMLParser(text)
    (image,) = tree.css("tr.item img")
    assert image.attributes["src"].startswith("data:image/jpeg;base64,/9j/")
    assert image.attributes["alt"] == "栏目<b>空白</b>。"
    assert image.attributes["loading"] == "lazy"
    assert "2026-03-01截图，红框处为问题所在" in tree.css_first(".seen figcaption").text()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)
    assert "default-src 'none'" in policy
    assert "img-src data:;" in policy
    assert "http" not in policy


def test_fix_lists_show_it_in_all_three_formats(shown):
    one = fixes(shown)
    assert len(LexborHTMLParser(fixlist_html(one)).css("td figure img")) == 1
    word = Document(io.BytesIO(fixlist_docx(one)))
    (drawn,) = word.inline_shapes
    cell = word.tables[0].rows[1].cells[3]
    assert cell.paragraphs[-1].text == "2026-03-01截图，红框处为问题所在"
    assert drawn.width <= cell.width
    assert drawn.height / drawn.width == pytest.approx(420 / 800, abs=0.01)
    raw = fixlist_xlsx(one)
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        assert book.read("xl/media/image1.jpeg") == PIXEL
    assert "截图" in load_workbook(io.BytesIO(raw)).sheetnames


def test_a_list_with_pictures_can_be_sent_back(shown, tmp_path):
    path = tmp_path / "back.xlsx"
    path.write_bytes(fixlist_xlsx(fixes(shown)))
    assert read_returned(path).blank == 1


@pytest.mark.parametrize(
    "image", [b"", b"<svg onload=alert(1)>", PIXEL + b"\0" * HEAVIEST], ids=["none", "svg", "heavy"]
)
def test_what_is_no_picture_is_not_shown(shown, image):
    (name,) = names(shown)
    keep(shown, picture(name, image=image))
    assert "<img" not in report_html(report(shown))
    assert fixlist_docx(fixes(shown))


def test_a_file_grows_by_no_more_than_its_budget():
    pictures = {str(n): picture(str(n)) for n in range(9)}
    assert list(chosen(pictures, "86420", 3 * len(PIXEL))) == ["8", "6", "4"]
    assert chosen(pictures, "x1", 10**6).keys() == {"1"}

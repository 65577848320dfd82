"""The big plain site of the benchmarks has what it promises."""

from __future__ import annotations

from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from benchmarks.load_site import LoadSite
from crawler.demo.answers import Question


def test_load_site_has_the_pages_links_and_dead_links_it_promises():
    site = LoadSite(pages=300, links=60, dead=20)
    pages = {path: site.answer(Question(site.host, path)) for path in site.paths}
    assert len(pages) == 300
    assert {page.status for page in pages.values()} == {200}
    seen, todo = set(), ["/"]
    counts = []
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = site.answer(Question(site.host, path))
        links = [
            node.attributes["href"]
            for node in LexborHTMLParser(answer.body.decode()).css("a[href]")
        ]
        counts.append(len(links))
        todo += links if answer.status == 200 else []
    assert seen - set(pages) == {urlsplit(url).path for url in site.dead_urls}
    assert len(site.dead_urls) == 20
    assert set(pages) <= seen
    assert 55 <= sum(counts) / len(counts) <= 65
    assert site.warm() > 300 * 1000


def test_load_site_of_the_benchmark_has_two_thousand_pages():
    assert len(set(LoadSite().paths)) == 2000

"""What belongs to a site, and the bounds against traps: each bites, each says so."""

from __future__ import annotations

import pytest

from crawler.plan.scope import Bounds, Traps, target_kind
from plugins import TargetKind

HOSTS = ("www.example.cn", "www.example.cn:8080")
HOME = "http://www.example.cn"


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (f"{HOME}/", TargetKind.PAGE),
        (f"{HOME}/a/b.html?x=1.pdf", TargetKind.PAGE),
        (f"{HOME}:8080/list.jsp", TargetKind.PAGE),
        (f"{HOME}/a.PDF", TargetKind.ATTACHMENT),
        ("http://other.example.cn/a.docx", TargetKind.ATTACHMENT),
        (f"{HOME}/module/dataproxy.jsp", TargetKind.PAGE),
        (f"{HOME}/column/unit.json", TargetKind.PAGE),
        (f"{HOME}/data.json", TargetKind.ATTACHMENT),
        (f"{HOME}/a.png", TargetKind.IMAGE),
        ("http://other.example.cn/", TargetKind.OUTSIDE),
        (f"{HOME}:81/", TargetKind.OUTSIDE),
    ],
)
def test_a_target_is_told_by_its_host_and_the_end_of_its_path(url, kind):
    assert target_kind(url, HOSTS) is kind


def test_what_stands_in_an_image_element_is_an_image():
    assert target_kind(f"{HOME}/picture.do?id=1", HOSTS, image=True) is TargetKind.IMAGE


def refused(traps: Traps, url: str, depth: int = 1, *, further_page: bool = False) -> str | None:
    found = traps.refusal(HOME + url, depth, further_page=further_page)
    if found is None:
        traps.count(HOME + url, further_page=further_page)
        return None
    kind, why = found
    assert "未抓取" in why
    return kind


def test_depth_bites():
    traps = Traps(Bounds(depth=2))
    assert refused(traps, "/a", 2) is None
    assert refused(traps, "/a", 3) == "depth"


def test_the_length_of_an_address_bites():
    traps = Traps(Bounds(url_length=100))
    assert refused(traps, "/" + "a" * 50) is None
    assert refused(traps, "/" + "a" * 100) == "url_length"


def test_repeated_segments_bite():
    traps = Traps(Bounds())
    assert refused(traps, "/a/b/a/b/a/b.html") is None
    assert refused(traps, "/a/b/a/b/a/b/a/b.html") == "repeated_segments"


def test_parameter_combinations_bite_for_one_path_and_not_for_further_pages_of_lists():
    traps = Traps(Bounds(query_combinations=2))
    assert [refused(traps, f"/day?d={number}") for number in range(3)] == [
        None,
        None,
        "query_combinations",
    ]
    assert refused(traps, "/day") is None
    assert refused(traps, "/other?d=1") is None
    assert refused(traps, "/day?page=2", further_page=True) is None
    fresh = Traps(Bounds(query_combinations=1))
    assert [refused(fresh, f"/l?p={n}", further_page=True) for n in range(5)] == [None] * 5
    assert refused(fresh, "/l?x=1") is None


def test_parameter_combinations_bite_although_a_crowd_of_paths_came_before(monkeypatch):
    monkeypatch.setattr("crawler.plan.scope.MOST", 3)
    traps = Traps(Bounds(query_combinations=2))
    for name in ("day", "a", "b", "c", "d"):
        assert refused(traps, f"/{name}?d=0") is None
    assert len(traps.queries) == 3
    assert refused(traps, "/day?d=1") is None
    assert refused(traps, "/day?d=2") == "query_combinations"


def test_one_folder_does_not_eat_the_budget():
    traps = Traps(Bounds(max_pages=6, prefix_floor=2))
    assert traps.bounds.per_prefix == 3
    assert [refused(traps, f"/a/{number}") for number in range(4)] == [None] * 3 + ["path_prefix"]
    assert refused(traps, "/a/deep/x") == "path_prefix"
    assert refused(traps, "/b/1") is None
    assert Bounds(max_pages=10).per_prefix == Bounds().prefix_floor

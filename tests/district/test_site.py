"""The demo district is what its truth says: served, reachable by links, dated from the audit day."""

from __future__ import annotations

import http.client
import json
import re
import socket
import threading
from collections import Counter
from datetime import date
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from crawler.demo.answers import Answer, Question
from crawler.demo.server import DemoServer
from crawler.inventory.model import read_inventory
from plugins.addresses.urls import url_key
from plugins.engine.manager import Plugins
from plugins.kit.testing import complaints
from tests.district.generator import (
    MEND_DEAD_LINK,
    MEND_PLACEHOLDER,
    MEND_STATUS_LABEL,
    UNREACHABLE_COLUMN,
    UNREACHABLE_PAGE,
    TruthDistrict,
    truth,
)
from tests.district.papers.warnings import seasons

pytestmark = pytest.mark.demo

TODAY = date(2026, 3, 18)
PORTAL = "www.gongkai-demo.gov.cn"
JOBS = "jy.gongkai-demo.gov.cn"
TRADE = "ggzy.gongkai-demo.gov.cn"
FIGURES = "tj.gongkai-demo.gov.cn"
TRUTH = truth()
BUILT_IN = Plugins.discover(packages=("checks", "crawler.probes"))
CODES = sorted(rule.code for rule in BUILT_IN.rules)
CHECKS = Path(__file__).parents[1]
PARTS = 8
RECORD = re.compile(r'<record><!\[CDATA\[.*?href="([^"]+)"', re.DOTALL)
NO_ADDRESS = re.compile(r"#|(?:javascript|mailto|tel|file|data):|https?:(?!//[\w])", re.IGNORECASE)


def folder_of(module: str) -> Path:
    """Where a built-in check has its fixtures."""
    return CHECKS.joinpath(*module.split("."))


class Client:
    """A small client that knows no host names: every host is on the demo's port."""

    def __init__(self, port: int, address: str = "127.0.0.1") -> None:
        self.connection = http.client.HTTPConnection(address, port, timeout=20)

    def ask(
        self, url: str, method: str = "GET", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        parts = urlsplit(url)
        target = quote(parts.path or "/", safe="/%;=,:@&+$!*'()~") + (
            f"?{parts.query}" if parts.query else ""
        )
        self.connection.request(method, target, headers={"Host": parts.netloc, **headers})
        answer = self.connection.getresponse()
        return (
            answer.status,
            {name.lower(): value for name, value in answer.getheaders()},
            answer.read(),
        )

    def text(self, url: str) -> str:
        status, headers, body = self.ask(url, Cookie="waf_pass=1")
        assert status == 200, url
        return decoded(headers, body)


def decoded(headers: dict[str, str], body: bytes) -> str:
    """As a browser with some sense would: header, then GB18030 where the header lies."""
    match = re.search(r"charset=([\w-]+)", headers.get("content-type", ""))
    try:
        return body.decode(match[1] if match else "utf-8")
    except UnicodeDecodeError:
        return body.decode("gb18030")


@pytest.fixture(scope="module")
def district() -> TruthDistrict:
    return TruthDistrict(TODAY)


@pytest.fixture(scope="module")
def server(district):
    with DemoServer(district) as running:
        yield running


@pytest.fixture
def client(server):
    made = Client(server.port)
    yield made
    made.connection.close()


@pytest.fixture(scope="module")
def seen(district, server) -> dict[str, int]:
    return crawled(district, server.port)


def crawled(district: TruthDistrict, port: int) -> dict[str, int]:
    """Every address that links lead to from the home pages of the four sites, with its status."""
    client = Client(port)
    todo = [f"http://{host}/" for host in (PORTAL, JOBS, TRADE, FIGURES)]
    seen: dict[str, int] = {}
    while todo:
        url = todo.pop()
        if url in seen:
            continue
        status, headers, body = client.ask(url, Cookie="waf_pass=1")
        seen[url] = status
        if status in {301, 302}:
            todo.append(urljoin(url, headers["location"]))
        if status != 200 or "html" not in headers["content-type"] or ".gov.cn" not in url:
            continue
        for link in _links(client, url, decoded(headers, body)):
            if not NO_ADDRESS.match(link):
                there = urlsplit(urljoin(url, link))
                host = there.netloc.lower().removesuffix(":80")
                if host in district.hosts:
                    todo.append(there._replace(netloc=host, fragment="").geturl())
    client.connection.close()
    return seen


def _links(client: Client, url: str, text: str) -> list[str]:
    tree = LexborHTMLParser(text)
    found = [node.attributes.get("href") or "" for node in tree.css("a[href], link[href]")]
    found += [
        node.attributes.get("src") or "" for node in tree.css("img[src], script[src], iframe[src]")
    ]
    found += RECORD.findall(text)
    if match := re.search(r"createPageHTML\((\d+), ", text):
        found += [f"index_{page}.html" for page in range(1, int(match[1]))]
    if match := re.search(r"createPageHTML\('paging',(\d+),", text):
        found += [f"index_{page}.html" for page in range(2, int(match[1]) + 1)]
    if match := re.search(r"columnid:(\d+),.*?totalRecord:(\d+)", text):
        proxy = f"/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=999&perpage=8&columnid={match[1]}&unitid=1&webid=1"
        records = RECORD.findall(client.text(urljoin(url, proxy)))
        assert len(records) == int(match[2])
        found += records
    for source in re.findall(r'data-source="([^"]+)"', text):
        found.append(source)
        status, _, body = client.ask(urljoin(url, source))
        found += [row["u"] for row in json.loads(body)] if status == 200 else []
    return [link.strip() for link in found if link.strip()]


def answers_of(district: TruthDistrict) -> dict:
    """What is served, with makers asked once over IPv4 and once over IPv6."""
    return {
        key: answer
        if isinstance(answer, Answer)
        else tuple(answer(Question(*key, ipv6=six, cookie="waf_pass=1")) for six in (False, True))
        for key, answer in district.answers.items()
    }


def test_one_day_makes_the_same_bytes_twice_and_another_day_others():
    first, again = answers_of(TruthDistrict(TODAY)), answers_of(TruthDistrict(TODAY))
    assert first == again
    assert answers_of(TruthDistrict(date(2026, 3, 19))) != first


@pytest.mark.parametrize(
    "day", ["2024-02-29", "2025-01-01", "2025-12-31", "2026-01-19", "2026-01-20"]
)
def test_any_day_can_be_the_audit_day(day):
    built = TruthDistrict(date.fromisoformat(day))
    assert {row.url for row in built.registered} == {
        row.url for row in TruthDistrict(TODAY).registered
    }


def test_every_page_is_reachable_by_links_and_there_are_more_than_three_hundred(district, seen):
    # Searched, not linked; what only another site's server or script asks for; behind a dead interface.
    apart = re.compile(
        r"/robots\.txt$|/wza/|/css/|/js/|/ss/$|\.example/|//114\.80\.0\.10/|/sj/tjgb/gb_1\.html$|%E5%B8%82"
    )
    served = {f"http://{host}{target}" for host, target in district.answers}
    assert not [url for url in served - set(seen) if not apart.search(url)]
    pages = [
        url for url, status in seen.items() if status == 200 and urlsplit(url).netloc == PORTAL
    ]
    assert (
        len([url for url in pages if not re.search(r"\.(?:png|pdf|docx|xlsx|css|js|json)$", url)])
        > 300
    )


def test_nothing_is_dead_but_what_the_truth_says(seen):
    dead = {url_key(url) for url, status in seen.items() if status in {404, 410}}
    planted = {
        fault.ref
        for fault in TRUTH.faults
        if fault.code in {"LNK101", "LNK102", "LNK103", "LNK104"}
    }
    prefixes = tuple(ref for ref in planted if ref.endswith("/"))
    known = {f"http://{JOBS}/admin/login.html", f"http://{PORTAL}/preview/article/show.html?id=88"}
    assert not [url for url in dead if url not in planted | known and not url.startswith(prefixes)]
    failing = {url for url, status in seen.items() if status >= 400 and status not in {404, 410}}
    assert {urlsplit(url).netloc for url in failing} <= {
        "www.minghu-bank.example",
        "www.minghu-water.example",
        "www.minghu-media.example",
        JOBS,
        PORTAL,
    }
    assert {url for url in failing if PORTAL in url} == {f"http://{PORTAL}/api/tjgb.json"}


@pytest.mark.parametrize(
    "fault",
    [
        one
        for one in TRUTH.faults
        if one.code.startswith("LNK") and one.kind == "link" and one.code != "LNK105"
    ],
    ids=lambda one: one.id,
)
def test_dead_targets_are_dead(fault, client, seen):
    if fault.key == "prefix":
        below = [url for url in seen if url.startswith(fault.ref)]
        assert len(below) >= 5
        assert {client.ask(url)[0] for url in below} == {404}
        return
    status, headers, body = client.ask(fault.ref)
    if "soft" in fault.id:
        made_up = urljoin(fault.ref, "no-such-name-271828.html")
        assert (status, body) == (200, client.ask(made_up)[2])
        assert "不存在" in decoded(headers, body)
    else:
        assert status == (410 if "gone" in fault.id else 404)


@pytest.mark.parametrize(
    "fault", [one for one in TRUTH.faults if one.code == "LNK105"], ids=lambda one: one.id
)
def test_bad_addresses_stand_in_an_article(fault, client):
    assert f'href="{fault.ref}"' in client.text(f"http://{PORTAL}/content/article/8800001")


@pytest.mark.parametrize(
    "fault", [one for one in TRUTH.faults if one.kind in {"column", "page"}], ids=lambda one: one.id
)
def test_faulty_columns_and_pages_are_served_as_pages(fault, client):
    status, headers, body = client.ask(fault.ref)
    assert status == 200
    assert headers["content-type"].startswith("text/html")
    assert "<title>" in decoded(headers, body)
    assert fault.ref == url_key(fault.ref)


@pytest.mark.parametrize(
    "near_miss",
    [one for one in TRUTH.near_misses if one.ref.startswith("http")],
    ids=lambda one: one.id,
)
def test_near_misses_answer(near_miss, client):
    client.ask(near_miss.ref)  # the flaky one fails at first
    status, _, _ = client.ask(near_miss.ref, Cookie="waf_pass=1")
    assert status == {"moved": 301, "robots": 404}.get(near_miss.id, 200)


def test_every_rule_is_planted_or_its_fixtures_stand_for_it():
    """A fault and a near miss each; both lack for a new rule until data beside its fixtures brings them."""
    stood_for = {
        plugin.rule.code
        for plugin in BUILT_IN.plugins
        if plugin.rule and (folder := folder_of(plugin.module.__name__)).is_dir()
        if complaints(folder) == []
    }
    for planted in ({one.code for one in TRUTH.faults}, {one.code for one in TRUTH.near_misses}):
        assert planted <= set(CODES)
        assert planted | stood_for >= set(CODES)


def test_the_truth_never_shrinks():
    assert len(TRUTH.faults) >= 197
    assert len(TRUTH.near_misses) >= 189
    assert len({fault.code for fault in TRUTH.faults}) >= 129
    assert len({miss.code for miss in TRUTH.near_misses}) >= 129


BROUGHT = """
[[list]]
frame = "portal"
name = "明湖讲坛"
path = "/mhjt/"
hollow = "<ul></ul>"
duty = "180"

[[list.row]]
when = "not planted('col101-brought')"
path = "jt_1.html"
title = "明湖讲坛第一讲"
day = 9
text = "讲坛内容为演示所用。"

[[fault]]
id = "col101-brought"
code = "COL101"
kind = "column"
ref = "http://www.gongkai-demo.gov.cn/mhjt/"
why = "empty"
"""


def test_a_rule_brings_pages_and_truth_beside_its_fixtures(tmp_path, monkeypatch):
    beside = tmp_path / "columns" / "some_rule" / "_district.toml"
    beside.parent.mkdir(parents=True)
    beside.write_text(BROUGHT, "utf-8")
    monkeypatch.setattr("tests.district.generator.CHECKS", tmp_path)
    for changes in ((), {"mend:col101-brought"}):
        district = TruthDistrict(TODAY, changes)
        assert "col101-brought" in district.ground.asked
        page = district.answer(Question(PORTAL, "/mhjt/")).body.decode()
        assert ("讲坛第一讲" in page) is bool(changes)
        assert any(row.name == "明湖讲坛" for row in district.registered)
    assert truth().fault("col101-brought").code == "COL101"


def test_ids_are_unique_and_refs_hold_no_date():
    names = Counter(one.id for one in (*TRUTH.faults, *TRUTH.near_misses))
    assert max(names.values()) == 1
    assert not [
        one for one in (*TRUTH.faults, *TRUTH.near_misses) if re.search(r"20[12]\d[01]\d", one.ref)
    ]


def test_generator_and_truth_name_the_same_faults(district):
    # A fault that shows itself only without a browser is no planting of its own.
    own = {
        one.id
        for one in TRUTH.faults
        if not one.by and not any(need.startswith("!") for need in one.needs)
    }
    assert district.ground.asked == own
    assert {one.by for one in TRUTH.faults if one.by} <= own


@pytest.fixture(scope="module")
def whole():
    return answers_of(TruthDistrict(TODAY)), TruthDistrict(TODAY).dns_records


# In parts, so that pytest's workers share them: each fault takes a district of its own.
@pytest.mark.parametrize("part", range(PARTS))
def test_mending_a_fault_changes_what_is_served_and_nothing_else(part, whole):
    served_whole, records = whole
    mendable = [
        fault
        for fault in TRUTH.faults
        if not fault.by and not any(need.startswith("!") for need in fault.needs)
        if not fault.warning or fault.due(seasons(TODAY))
    ]
    for fault in mendable[part::PARTS]:
        mended = TruthDistrict(TODAY, {f"mend:{fault.id}"})
        served = answers_of(mended)
        changed = {
            key
            for key in served_whole.keys() | served.keys()
            if served_whole.get(key) != served.get(key)
        }
        assert changed or mended.dns_records != records, fault.id
        assert len(changed) < 60, fault.id


def test_changes_for_the_three_nights_name_faults_and_pages(district):
    assert {
        name.removeprefix("mend:") for name in (MEND_PLACEHOLDER, MEND_DEAD_LINK, MEND_STATUS_LABEL)
    } <= {one.id for one in TRUTH.faults}
    for change in (UNREACHABLE_PAGE, UNREACHABLE_COLUMN):
        path = change.removeprefix("unreachable:")
        assert any(one.ref == f"http://{PORTAL}{path}" for one in TRUTH.faults)
        with DemoServer(TruthDistrict(TODAY, {change})) as night:
            client = Client(night.port)
            assert client.ask(f"http://{PORTAL}{path}")[0] == 503
            assert client.ask(f"http://{PORTAL}/")[0] == 200
            client.connection.close()


def test_inventory_is_accepted_and_names_every_site(district, tmp_path):
    path = tmp_path / "demo.toml"
    path.write_text(
        district.inventory_text(resolver="127.0.0.1:5353", ipv6_selftest="[::1]:8080"), "utf-8"
    )
    read = read_inventory(path)
    assert [site.host for site in read.sites] == [PORTAL, JOBS, TRADE, FIGURES]
    kinds = Counter(unit.kind for unit in read.units)
    assert kinds["street"] == 2
    assert kinds["department"] >= 5
    assert {column.duty.group for column in read.columns if column.duty} >= {
        "机关党建工作",
        "文明创建",
    }
    columns = {url_key(column.url) for column in read.columns}
    assert {fault.ref for fault in TRUTH.faults if fault.kind == "column"} <= columns


def test_units_of_the_truth_are_registered(district, tmp_path):
    path = tmp_path / "demo.toml"
    path.write_text(district.inventory_text(), "utf-8")
    names = {unit.name for unit in read_inventory(path).units}
    assert {fault.unit for fault in TRUTH.faults if fault.unit} <= names


@pytest.mark.parametrize(
    ("path", "header", "declared"),
    [
        ("/bm/wjj/gzdt.htm", "text/html", b"charset=gb2312"),
        ("/bm/wjj/tzgg.htm", "text/html; charset=GBK", b""),
        ("/bm/wjj/jkkp.htm", "text/html; charset=utf-8", b"charset=gbk"),
    ],
)
def test_gbk_pages_name_their_charset_in_the_page_in_the_header_or_wrongly(
    path, header, declared, client
):
    _, headers, body = client.ask(f"http://{PORTAL}{path}")
    assert headers["content-type"] == header
    assert declared in body
    assert bool(declared) == (b"charset=" in body)
    assert "区卫生健康局" in body.decode("gbk")
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")


def test_zero_based_and_one_based_pagers_lead_to_old_pages(client):
    assert 'createPageHTML(4, 0, "index", "html")' in client.text(f"http://{PORTAL}/xwdt/mhyw/")
    assert 'createPageHTML(4, 1, "index", "html")' in client.text(
        f"http://{PORTAL}/xwdt/mhyw/index_1.html"
    )
    assert "createPageHTML('paging',2,1,'index','html',28)" in client.text(
        f"http://{PORTAL}/xwdt/bmdt/"
    )
    assert "createPageHTML('paging',2,2," in client.text(f"http://{PORTAL}/xwdt/bmdt/index_2.html")


def test_dataproxy_answers_ranges_and_groups(client):
    proxy = f"http://{PORTAL}/module/web/jpage/dataproxy.jsp?columnid=3013&unitid=773013&webid=2601"
    whole = client.text(f"{proxy}&startrecord=1&endrecord=99&perpage=8")
    assert "<totalrecord>28</totalrecord>" in whole
    assert len(RECORD.findall(client.text(f"{proxy}&startrecord=9&endrecord=16&perpage=8"))) == 8
    assert RECORD.findall(client.text(f"{proxy}&page=1")) == RECORD.findall(whole)[24:]


def test_firewall_lets_the_cookie_pass_and_challenges_the_rest(client):
    status, headers, _ = client.ask(f"http://{PORTAL}/wsbs/yuyue/")
    assert (status, headers["location"]) == (302, "/wsbs/yuyue/")
    name, _, value = headers["set-cookie"].partition(";")[0].partition("=")
    assert client.ask(f"http://{PORTAL}/wsbs/yuyue/", Cookie=f"{name}={value}")[0] == 200
    assert client.ask(f"http://{JOBS}/jfcx/index.html")[0] == 412


def test_flaky_target_fails_once_and_head_is_refused_by_another(district):
    with DemoServer(district) as fresh:
        client = Client(fresh.port)
        flaky = "http://www.minghu-media.example/v/12.html"
        assert [client.ask(flaky)[0] for _ in range(3)] == [503, 200, 200]
        assert client.ask("http://www.minghu-tour.example/line/9.html", "HEAD")[0] == 405
        assert client.ask("http://www.minghu-tour.example/line/9.html")[0] == 200
        assert fresh.log.count(flaky) == 3
        assert fresh.log.methods == {"GET": 4, "HEAD": 1}
        client.connection.close()


def test_soft_server_and_honest_hosts_differ_for_made_up_names(client):
    assert client.ask(f"http://{TRADE}/made/up/name.html")[0] == 200
    assert client.ask(f"http://{PORTAL}/wsbs/made-up.html")[0] == 200
    for host in (PORTAL, JOBS, FIGURES, "www.minghu-news.example"):
        assert client.ask(f"http://{host}/made/up/name.html")[0] == 404


def test_slow_page_takes_its_time(district):
    answer = district.answer(Question(PORTAL, "/sj/sjml/"))
    assert 2 <= answer.delay <= 3
    assert answer.status == 200


def test_over_ipv6_one_site_hangs_up_and_another_shows_another_page(server):
    if not server.ipv6:
        pytest.skip("no IPv6 loopback on this machine")
    six, four = Client(server.port, "::1"), Client(server.port)
    for host in (PORTAL, JOBS):
        assert six.ask(f"http://{host}/")[2] == four.ask(f"http://{host}/")[2]
    assert b"nginx" in six.ask(f"http://{FIGURES}/")[2]
    assert b"nginx" not in four.ask(f"http://{FIGURES}/")[2]
    with pytest.raises(http.client.RemoteDisconnected):
        six.ask(f"http://{TRADE}/")
    assert four.ask(f"http://{TRADE}/")[0] == 200
    for one in (six, four):
        one.connection.close()


def test_name_server_knows_every_host_and_two_without_aaaa(district):
    records = district.dns_records
    assert set(records) == set(district.hosts)
    without = {host for host, rows in records.items() if "AAAA" not in dict(rows)}
    assert without == {JOBS, "www.minghu-tour.example"}


def test_server_tells_where_it_is_and_stops_cleanly(district):
    before = threading.active_count()
    with DemoServer(TruthDistrict(TODAY, {"timeout:/zwgk/"})) as running:
        port = running.port
        assert f"{PORTAL}:80:127.0.0.1:{port}" in running.resolve_options
        assert len(running.resolve_options) == len(district.hosts)
        client = Client(port)
        assert client.ask(running.url)[0] == 200  # a person's browser, with no host name at all
        # A request that is never answered does not hold up the end.
        hanging = socket.create_connection(("127.0.0.1", port))
        hanging.sendall(f"GET /zwgk/ HTTP/1.1\r\nHost: {PORTAL}\r\n\r\n".encode())
        client.connection.close()
    hanging.close()
    assert threading.active_count() == before
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_server_refuses_nonsense_and_goes_on(client, server):
    with socket.create_connection(("127.0.0.1", server.port)) as raw:
        raw.sendall(b"nonsense\r\n\r\n")
        assert raw.recv(100).startswith(b"HTTP/1.1 400")
    assert client.ask(f"http://{PORTAL}/")[0] == 200

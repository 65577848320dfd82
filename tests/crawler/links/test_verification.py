"""One answer, one verdict with a reason; dead only after two looks."""

from __future__ import annotations

import pickle

import pytest

from crawler.links.answers import TargetAnswer
from crawler.links.verdicts import Judgement, confirm, judge
from crawler.links.walls import wall_of
from crawler.network.status_words import failure_words, status_words
from plugins.addresses.verdicts import LinkVerdict
from plugins.facts.markup.links import TargetKind
from plugins.facts.page.page import Failure, FailureKind, Redirect

URL = "https://www.example.gov.cn/xxgk/zcwj/t20260301_1.html"
HTML = {"content-type": "text/html; charset=utf-8"}
LIVE = (
    "<title>关于印发工作要点的通知</title><p>"
    + "各镇人民政府、街道办事处：现将通知印发给你们。" * 30
).encode()


def answer(status=200, body=LIVE, url=URL, **more):
    return TargetAnswer(url, status=status, headers=more.pop("headers", HTML), start=body, **more)


def failed(kind, detail="", url=URL, **more):
    return TargetAnswer(url, failure=Failure(kind, detail), **more)


def test_an_answer_is_stored_without_what_can_be_derived_again():
    first = answer()
    small = len(pickle.dumps(first))
    assert judge(first).verdict is LinkVerdict.OK
    assert first.face.title
    assert len(pickle.dumps(first)) == small
    assert pickle.loads(pickle.dumps(first)) == first


@pytest.mark.parametrize("status", [200, 203, 206])
def test_a_success_is_ok_and_needs_no_second_look(status):
    judged = judge(answer(status))
    assert (judged.verdict, judged.suspicious) == (LinkVerdict.OK, False)


@pytest.mark.parametrize("status", [404, 410])
def test_a_missing_page_is_only_suspected_at_first(status):
    judged = judge(answer(status))
    assert judged.verdict is LinkVerdict.UNKNOWN
    assert judged.suspicious
    assert judged.suspected is LinkVerdict.BROKEN
    assert not judged.verdict.dead


@pytest.mark.parametrize(
    "status", [400, 401, 402, 403, 405, 406, 407, 412, 418, 429, 451, 521, 999]
)
def test_a_refusal_is_blocked_and_never_dead(status):
    judged = judge(answer(status, b""))
    assert judged.verdict is LinkVerdict.BLOCKED
    assert str(status) in judged.reason
    assert judged.suspected is LinkVerdict.UNKNOWN


@pytest.mark.parametrize("status", [500, 502, 503, 504, 520, 522, 530, 599])
def test_a_server_error_is_transient(status):
    assert judge(answer(status, b"")).verdict is LinkVerdict.TRANSIENT


@pytest.mark.parametrize(
    "kind",
    [
        FailureKind.TIMEOUT,
        FailureKind.RESET,
        FailureKind.REFUSED,
        FailureKind.TLS,
        FailureKind.DNS,
        FailureKind.INVALID,
        FailureKind.OTHER,
        FailureKind.REDIRECT_LOOP,
    ],
)
def test_a_failed_connection_is_transient(kind):
    judged = judge(failed(kind))
    assert judged.verdict is LinkVerdict.TRANSIENT
    assert judged.suspected is LinkVerdict.UNKNOWN


def test_a_name_that_does_not_exist_is_suspected():
    judged = judge(failed(FailureKind.DNS, "no such host name: x"))
    assert judged.suspected is LinkVerdict.BROKEN


@pytest.mark.parametrize(
    "kind",
    [FailureKind.TOO_LARGE, FailureKind.TRUNCATED, FailureKind.TIMEOUT, FailureKind.DECOMPRESSION],
)
def test_what_arrived_in_part_is_there(kind):
    assert judge(answer(failure=Failure(kind))).verdict is LinkVerdict.OK


def test_robots_excludes():
    assert judge(failed(FailureKind.ROBOTS)).verdict is LinkVerdict.EXCLUDED


@pytest.mark.parametrize(
    "url",
    ["http://10.1.2.3/a", "http://localhost/a", "http://oa/a", "http://[::1]/", "http://0x7f.1/"],
)
def test_an_address_that_says_itself_that_it_is_internal_is_internal(url):
    assert judge(failed(FailureKind.PRIVATE_ADDRESS, url=url)).verdict is LinkVerdict.INTERNAL


def test_a_redirect_into_the_network_is_internal():
    step = (Redirect(URL, 302),)
    judged = judge(
        failed(FailureKind.PRIVATE_ADDRESS, final_url="http://127.0.0.1/", redirects=step)
    )
    assert judged.verdict is LinkVerdict.INTERNAL
    assert "跳转" in judged.reason


def test_a_public_name_with_an_inner_address_is_for_a_person_to_judge():
    judged = judge(failed(FailureKind.PRIVATE_ADDRESS))
    assert judged.verdict is LinkVerdict.BLOCKED
    assert "人工核实" in judged.reason


def moved(to, *statuses, url=URL, body=LIVE):
    return answer(
        url=url, body=body, final_url=to, redirects=tuple(Redirect(url, s) for s in statuses)
    )


def test_redirects_are_told_apart():
    other = "https://www.example.gov.cn/new/1.html"
    assert "永久" in judge(moved(other, 301, 308)).reason
    assert "临时" in judge(moved(other, 301, 302)).reason
    assert judge(moved(other, 302)).verdict is LinkVerdict.REDIRECTED
    assert not judge(moved(other, 302)).suspicious


def test_an_article_that_leads_home_is_suspected_of_soft_404():
    judged = judge(moved("https://www.example.gov.cn/", 302))
    assert judged.verdict is LinkVerdict.REDIRECTED
    assert judged.suspected is LinkVerdict.SOFT_404


def test_a_site_entry_that_leads_home_is_not_suspected():
    home = "https://www.example.gov.cn/"
    for url in ("http://www.example.gov.cn/", home + "index.html", home + "portal"):
        assert not judge(moved(home, 302, url=url)).suspicious


GONE = "<title>404</title><p>抱歉，您访问的页面不存在</p>".encode()


def test_words_of_absence_make_a_suspicion_and_never_a_verdict():
    judged = judge(answer(body=GONE))
    assert judged.verdict is LinkVerdict.OK
    assert judged.suspected is LinkVerdict.SOFT_404


def test_home_pages_are_exempt_from_soft_404():
    home = "https://www.example.gov.cn/"
    assert not judge(answer(body=GONE, url=home)).suspicious
    assert not judge(answer(body=GONE), is_home=True).suspicious


def test_a_file_that_comes_as_a_page_is_suspected():
    url = "https://www.example.gov.cn/P0202603011.pdf"
    assert judge(answer(url=url), kind=TargetKind.ATTACHMENT).suspected is LinkVerdict.SOFT_404
    pdf = answer(url=url, body=b"%PDF-1.7", headers={"content-type": "application/pdf"})
    assert not judge(pdf).suspicious


RUISHU = b"<html><head><script>$_ts=window['$_ts'];$_ts.nsd=1</script></head><body></body></html>"
JIASULE = b"<script>document.cookie='__jsl_clearance=1;';location.href=location.pathname</script>"
BLOCK = "<title>网站防火墙</title><p>您的请求带有不合法参数，已被网站管理员设置拦截！</p>".encode()


@pytest.mark.parametrize(
    "wall",
    [
        answer(200, RUISHU),
        answer(202, RUISHU),
        answer(412, RUISHU),
        answer(521, JIASULE),
        answer(200, BLOCK),
        answer(404, BLOCK),
        answer(405, BLOCK),
        answer(200, "<p>您的访问过于频繁，请稍后再试</p>".encode()),
        answer(200, "<p>请完成安全验证</p>".encode()),
        answer(403, b"", headers=HTML | {"cf-mitigated": "challenge"}),
        answer(
            302, b"", headers={"set-cookie": "a=1"},
            failure=Failure(FailureKind.REDIRECT_LOOP, "redirects back"),
        ),
    ],
)  # fmt: skip
def test_a_wall_is_blocked_whatever_its_status(wall):
    assert wall_of(wall)
    assert judge(wall).verdict is LinkVerdict.BLOCKED


@pytest.mark.parametrize(
    "body",
    [
        LIVE,
        (
            "<title>网站防火墙建设采购公告</title><p>"
            + "采购Web应用防火墙一套，疑似攻击应被拦截。" * 60
        ).encode(),
        "<p>本站点正在维护</p>".encode(),
        b"",
    ],
)
def test_an_ordinary_page_is_no_wall(body):
    assert wall_of(answer(body=body)) == ""


BROKEN = judge(answer(404))
NO_NAME = judge(failed(FailureKind.DNS, "no such host name: x"))


def settled(first, second, *, resolver_works=True):
    return confirm(first, second, resolver_works=resolver_works).verdict


def test_two_missing_answers_make_a_link_broken():
    final = confirm(BROKEN, judge(answer(410)), resolver_works=False)
    assert final.verdict is LinkVerdict.BROKEN
    assert final.status == 410
    assert "更正" in final.reason


def test_a_success_of_the_second_client_clears_everything():
    for first in (BROKEN, NO_NAME, judge(answer(403)), judge(failed(FailureKind.TIMEOUT))):
        final = confirm(first, judge(answer()), resolver_works=True)
        assert final.verdict is LinkVerdict.OK
        assert not final.suspicious


def test_looks_that_differ_are_never_dead():
    assert settled(BROKEN, judge(answer(503))) is LinkVerdict.TRANSIENT
    assert settled(BROKEN, judge(answer(403))) is LinkVerdict.BLOCKED
    assert settled(judge(answer(403)), BROKEN) is LinkVerdict.BLOCKED
    assert settled(judge(failed(FailureKind.TIMEOUT)), BROKEN) is LinkVerdict.TRANSIENT
    assert settled(NO_NAME, BROKEN) is LinkVerdict.TRANSIENT


def test_a_missing_name_counts_only_where_the_resolver_works():
    assert settled(NO_NAME, NO_NAME) is LinkVerdict.BROKEN
    assert settled(NO_NAME, NO_NAME, resolver_works=False) is LinkVerdict.TRANSIENT


def test_a_soft_404_that_was_decided_stands():
    soft = Judgement(LinkVerdict.SOFT_404, 200, "内容已失效")
    assert confirm(judge(answer(body=GONE)), soft, resolver_works=True) == soft


@pytest.mark.parametrize(
    "status", [*range(100, 104), *range(300, 309), *range(400, 452), *range(500, 531), 999]
)
def test_every_status_has_words_and_a_next_step(status):
    words = status_words(status)
    assert str(status) in words
    assert words.count("。") == 2


@pytest.mark.parametrize("kind", FailureKind)
def test_every_failure_has_words(kind):
    assert failure_words(kind).endswith("。")

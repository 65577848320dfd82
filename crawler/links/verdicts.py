"""What an answer says of a link target: one verdict, with a reason and a next step in Chinese.

Pure functions. One look never makes a link dead: what looks dead is UNKNOWN and ``suspicious``
until ``crawler.links.second_client`` has asked again with another client.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from crawler.links.answers import START, Answer, answer_of
from crawler.links.soft_404 import Sign, signs
from crawler.links.soft_404 import is_home as leads_home
from crawler.links.walls import wall_of
from crawler.network.guard import local_name
from crawler.network.status_words import failure_words, status_words
from plugins.addresses.urls import url_key
from plugins.addresses.verdicts import LinkVerdict
from plugins.facts.markup.links import TargetKind
from plugins.facts.page.page import Failure, FailureKind

__all__ = ["START", "Answer", "Judgement", "answer_of", "confirm", "judge"]

_GONE = frozenset({404, 410})
_FINAL_REFUSALS = frozenset({401, 407, 429, 451})  # asking again would change nothing, or annoy
_WALLS = frozenset({521, 999})
_PERMANENT = frozenset({301, 308})
_SERVER_ERRORS = 500
_CLIENT_ERRORS = 400


@dataclass(frozen=True)
class Judgement:
    """A verdict. ``suspicious``: worth a second opinion; ``suspected``: what it would confirm."""

    verdict: LinkVerdict
    status: int | None = None
    reason: str = ""
    suspicious: bool = False
    suspected: LinkVerdict = LinkVerdict.UNKNOWN


def judge(
    answer: Answer,
    *,
    home_keys: Collection[str] = (),
    is_home: bool = False,
    kind: TargetKind | str | None = None,
) -> Judgement:
    """Judge one answer.

    ``home_keys`` are the url_keys of home pages known; ``is_home`` says that the target itself is
    one (exempt from soft 404); ``kind`` what the link points to, where that is known.
    """
    if answer.failure is not None and answer.status is None:
        return _unanswered(answer, answer.failure)
    wall = wall_of(answer)
    if wall:
        reason = f"网站防护系统拦截了本程序（{wall}）。请人工打开核实；如能打开，无需整改。"
        return Judgement(LinkVerdict.BLOCKED, answer.status, reason, suspicious=True)
    status = answer.status
    if status is None:
        return Judgement(LinkVerdict.UNKNOWN, None, "没有得到答复。将在下次检查时复核。")
    if status in _GONE:
        reason = f"返回状态码{status}，尚待复核。"
        return Judgement(LinkVerdict.UNKNOWN, status, reason, True, LinkVerdict.BROKEN)
    if answer.arrived:
        return _arrived(answer, status, home_keys, exempt=is_home, kind=kind)
    if answer.failure is not None and answer.failure.kind is FailureKind.REDIRECT_LOOP:
        return _passing(status, failure_words(FailureKind.REDIRECT_LOOP))
    if status in _WALLS or _CLIENT_ERRORS <= status < _SERVER_ERRORS:
        again = status not in _FINAL_REFUSALS
        return Judgement(LinkVerdict.BLOCKED, status, status_words(status), again)
    return _passing(status, status_words(status))


def confirm(first: Judgement, second: Judgement, *, resolver_works: bool) -> Judgement:
    """The verdict of two looks, the second by another client at the end of the crawl.

    A success clears every suspicion. Dead is only what both looks call dead in the same way; a
    name that does not exist counts only if ``resolver_works`` (some outside name was found).
    Soft 404 is decided before (``crawler.links.soft_404.decide``) and stands in ``second``.
    """
    if second.verdict in {LinkVerdict.OK, LinkVerdict.REDIRECTED}:
        return replace(second, suspicious=False)
    if second.verdict is LinkVerdict.SOFT_404:
        return second
    if first.suspected is LinkVerdict.BROKEN and second.suspected is LinkVerdict.BROKEN:
        return _both_dead(first, second, resolver_works=resolver_works)
    if second.suspected is LinkVerdict.BROKEN:
        # The first look met a wall or a passing trouble: only one client has seen it missing.
        return replace(_differing(first, second), verdict=_undecided(first.verdict))
    if first.suspected is LinkVerdict.BROKEN:
        return replace(_differing(first, second), verdict=_undecided(second.verdict))
    return replace(second, suspicious=False)


def _both_dead(first: Judgement, second: Judgement, *, resolver_works: bool) -> Judgement:
    if (first.status is None) != (second.status is None):
        return replace(_differing(first, second), verdict=LinkVerdict.TRANSIENT)
    if second.status is not None:
        reason = f"两次访问（不同程序）都返回状态码{second.status}：{_what(second.status)}"
        return Judgement(LinkVerdict.BROKEN, second.status, reason)
    if resolver_works:
        reason = "域名不存在（两次查询都没有该域名）。请更正链接，或删除该链接。"
        return Judgement(LinkVerdict.BROKEN, None, reason)
    reason = "域名没有解析出地址，但本次检查中没有一个外部域名解析成功，可能是审计机的网络问题。将在下次检查时复核。"
    return Judgement(LinkVerdict.TRANSIENT, None, reason)


def _differing(first: Judgement, second: Judgement) -> Judgement:
    reason = (
        f"两次访问结果不一致（首次：{_brief(first)}；复核：{_brief(second)}）。请人工打开核实。"
    )
    return Judgement(second.verdict, second.status, reason)


def _brief(judgement: Judgement) -> str:
    if judgement.status is not None:
        return f"状态码{judgement.status}"
    return judgement.reason.partition("。")[0] or "没有答复"


def _undecided(verdict: LinkVerdict) -> LinkVerdict:
    return verdict if verdict is LinkVerdict.BLOCKED else LinkVerdict.TRANSIENT


def _what(status: int) -> str:
    return status_words(status).replace(f"（状态码{status}）", "")


def _unanswered(answer: Answer, failure: Failure) -> Judgement:
    if failure.kind is FailureKind.PRIVATE_ADDRESS:
        return _private(answer)
    if failure.kind is FailureKind.ROBOTS:
        return Judgement(LinkVerdict.EXCLUDED, None, failure_words(failure.kind))
    if answer.name_absent:
        reason = "域名不存在，尚待复核。"
        return Judgement(LinkVerdict.UNKNOWN, None, reason, True, LinkVerdict.BROKEN)
    return _passing(None, failure_words(failure.kind))


def _private(answer: Answer) -> Judgement:
    """Internal where the spelling says so; a public name may be split between two networks."""
    for url in (answer.url, answer.address):
        if local_name(urlsplit(url).hostname or ""):
            words = failure_words(FailureKind.PRIVATE_ADDRESS)
            jump = "链接跳转到内部网络，公众无法访问。" if url != answer.url else ""
            return Judgement(LinkVerdict.INTERNAL, None, jump or words)
    reason = (
        "域名在审计机上解析（或跳转）到内部网络地址，为安全起见没有访问。"
        "请人工核实公众能否打开；如属本单位网站，请在台账中登记。"
    )
    return Judgement(LinkVerdict.BLOCKED, None, reason)


def _passing(status: int | None, words: str) -> Judgement:
    return Judgement(LinkVerdict.TRANSIENT, status, words, suspicious=True)


def _arrived(
    answer: Answer,
    status: int,
    home_keys: Collection[str],
    *,
    exempt: bool,
    kind: TargetKind | str | None,
) -> Judgement:
    verdict, reason = _way(answer, home_keys)
    exempt = exempt or leads_home(answer.url, home_keys)
    found = frozenset() if exempt else signs(answer, home_keys)
    if kind == TargetKind.PAGE:
        found -= {Sign.NOT_A_FILE}
    if not found:
        return Judgement(verdict, status, reason)
    words = "、".join(sorted(found))
    return Judgement(
        verdict, status, f"疑似失效（{words}），尚待复核。", True, LinkVerdict.SOFT_404
    )


def _way(answer: Answer, home_keys: Collection[str]) -> tuple[LinkVerdict, str]:
    """OK, or by what kind of redirect the answer was reached."""
    if not answer.redirects or url_key(answer.address) == url_key(answer.url):
        slow = answer.failure is not None and answer.failure.kind is FailureKind.TIMEOUT
        return LinkVerdict.OK, "可以打开，但传输很慢。" if slow else ""
    if leads_home(answer.address, home_keys):
        return LinkVerdict.REDIRECTED, "跳转到首页。请核实链接是否仍指向原来的内容。"
    if all(step.status in _PERMANENT for step in answer.redirects):
        return LinkVerdict.REDIRECTED, "永久跳转到新地址。建议把链接改为新地址。"
    return LinkVerdict.REDIRECTED, "临时跳转到其他地址。"

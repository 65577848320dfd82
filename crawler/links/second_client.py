"""The second look at whatever seemed dead, at the end of the crawl, with another client.

A success clears the suspicion; only what both clients call dead is. The client gives its own honest
name, asks politely (one request at a time per host, at its rate) and is bounded in time as a whole.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from time import monotonic
from urllib.parse import urlsplit

import httpx

from crawler.links.answers import START, Answer
from crawler.links.plain_client import PlainClient
from crawler.links.soft_404 import Sign, decide, directory, made_up
from crawler.links.verdicts import Judgement, confirm, judge
from crawler.network.decompression import inflate
from crawler.network.dialing import Dialer
from crawler.network.failures import failure_of
from crawler.network.redirects import cookie_header, cookies_set, next_step
from crawler.network.status_words import failure_words
from plugins.addresses.urls import url_key
from plugins.addresses.verdicts import LinkVerdict
from plugins.facts.page.page import Failure, FailureKind, Redirect

USER_AGENT = "gongkai-verify/0.1 (+government website audit; second look at broken links)"
_TOO_MANY = 429
_LEFT = "没有来得及复核。将在下次检查时复核。"
_DOWN = frozenset({FailureKind.TIMEOUT, FailureKind.REFUSED, FailureKind.TLS, FailureKind.RESET})


class SecondOpinion:
    """Asks suspects again and settles them.

    ``rate`` requests per second and host; ``home`` the site's home page, exempt from soft 404;
    ``seed`` makes the made-up names of a run; ``timeout`` seconds for one answer with all its
    redirects, however slowly it drips; ``budget`` seconds for all; ``hosts`` asked at once;
    ``patience`` failed connections in a row after which a host's other suspects are left.
    """

    def __init__(
        self,
        dialer: Dialer,
        *,
        rate: float = 2.0,
        home: str = "",
        user_agent: str = USER_AGENT,
        seed: str = "",
        timeout: float = 20.0,
        budget: float = 900.0,
        hosts: int = 16,
        patience: int = 3,
    ) -> None:
        self._dialer = dialer
        self._interval = 1.0 / rate
        self._home_keys = frozenset({url_key(home)} if home else ())
        self._seed = seed or format(id(self) ^ int(monotonic() * 1000), "x")
        self._timeout = timeout
        self._budget = budget
        self._hosts = hosts
        self._patience = patience
        self._client = PlainClient(dialer, user_agent, timeout)
        self._next: dict[str, float] = {}
        self._invented: dict[str, Answer] = {}

    async def close(self) -> None:
        """Close all connections."""
        await self._client.close()

    async def settle(self, suspects: Mapping[str, Answer]) -> dict[str, Judgement]:
        """Ask every suspect again; the first answers come in by address, verdicts go out so.

        Never longer than the budget: what is left then stays undecided, and says so.
        """
        deadline = monotonic() + self._budget
        by_host: dict[str, list[Answer]] = {}
        for answer in suspects.values():
            by_host.setdefault(urlsplit(answer.url).netloc.lower(), []).append(answer)
        for answer in suspects.values():
            if answer.name_absent:
                self._dialer.forget(urlsplit(answer.address).hostname or "")
        verdicts: dict[str, Judgement] = {}
        places = asyncio.Semaphore(self._hosts)

        async def host(answers: list[Answer]) -> None:
            async with places:
                await self._settle_host(answers, verdicts, deadline)

        await asyncio.gather(*(host(answers) for answers in by_host.values()))
        return {url: verdicts[answer.url] for url, answer in suspects.items()}

    async def ask(self, url: str) -> Answer:
        """One GET with its redirects; every failure is a fact of the answer."""
        started = monotonic()
        trail = _Trail(url)
        try:
            async with asyncio.timeout(self._timeout):
                await self._walk(trail)
        except TimeoutError:
            trail.failure = Failure(FailureKind.TIMEOUT, f"more than {self._timeout:g} seconds")
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            trail.failure = failure_of(error)
        except Exception as error:
            # httpcore's own exceptions share no base; anything else is a mistake of ours.
            if not type(error).__module__.startswith(("httpcore", "h11", "anyio")):
                raise
            trail.failure = failure_of(error)
        return trail.answer(monotonic() - started)

    async def _settle_host(
        self, answers: list[Answer], verdicts: dict[str, Judgement], deadline: float
    ) -> None:
        down = 0
        why = ""
        for first in answers:
            judged = judge(first, home_keys=self._home_keys)
            if why or monotonic() >= deadline:
                verdicts[first.url] = _left(judged, why)
                continue
            try:
                async with asyncio.timeout(max(0.0, deadline - monotonic())):
                    second = await self.ask(first.url)
                    verdicts[first.url] = await self._settled(judged, second)
            except TimeoutError:
                verdicts[first.url] = _left(judged, "")
                continue
            failed = second.failure is not None and second.failure.kind in _DOWN
            down = down + 1 if failed and second.status is None else 0
            if down >= self._patience and second.failure is not None:
                why = failure_words(second.failure.kind)
            elif second.status == _TOO_MANY:
                why = "服务器要求放慢访问。将在下次检查时复核。"

    async def _settled(self, judged: Judgement, second: Answer) -> Judgement:
        again = judge(second, home_keys=self._home_keys)
        if again.suspected is LinkVerdict.SOFT_404:
            if judged.suspected is LinkVerdict.UNKNOWN:
                # The first look met a wall: what one client alone calls dead is not.
                reason = (
                    f"首次访问受阻，复核时{again.reason.partition('，尚待')[0]}。请人工打开核实。"
                )
                again = Judgement(judged.verdict, second.status, reason)
            else:
                again = await self._soft(second)
        return confirm(judged, again, resolver_works=self._dialer.proved)

    async def _soft(self, suspect: Answer) -> Judgement:
        """Ask for a made-up name beside the suspect, once for each directory."""
        place = directory(suspect.url)
        if place not in self._invented:
            self._invented[place] = await self.ask(made_up(suspect.url, self._seed))
        dead, signs = decide(suspect, self._invented[place], self._home_keys)
        if not dead:
            verdict = LinkVerdict.REDIRECTED if suspect.redirects else LinkVerdict.OK
            reason = "跳转到首页。请核实链接是否仍指向原来的内容。" if Sign.HOME in signs else ""
            return Judgement(verdict, suspect.status, reason)
        words = "、".join(sorted(signs))
        reason = f"状态码{suspect.status}，但内容已失效（{words}）。请更正链接，或删除该链接。"
        return Judgement(LinkVerdict.SOFT_404, suspect.status, reason)

    async def _walk(self, trail: _Trail) -> None:
        """Follow redirects until there is an answer, a loop, or the one replay is spent."""
        while True:
            await self._turn(urlsplit(trail.url).netloc.lower())
            if not await self._step(trail):
                return

    async def _step(self, trail: _Trail) -> bool:
        cookies = trail.cookies.get(urlsplit(trail.url).netloc.lower(), {})
        headers = {"Cookie": cookie_header(cookies)} if cookies else {}
        async with self._client.get(trail.url, headers) as response:
            trail.status = response.status_code
            trail.headers = {
                name.lower(): value for name, value in response.headers.multi_items()
            } | {"set-cookie": ", ".join(response.headers.get_list("set-cookie"))}
            set_now = cookies_set(response.headers.get_list("set-cookie"))
            if not set_now:
                trail.headers.pop("set-cookie")
            step = next_step(
                trail.url,
                response.status_code,
                _location(response),
                sets_cookie=bool(set_now),
                passed=[left.url for left in trail.left],
                replayed=trail.replayed,
            )
            if step.url:
                trail.follow(step.url, set_now, replay=step.replay)
                return True
            trail.failure = step.failure
            await self._read(trail, response)
        return self._visitors_are_sent_home(trail)

    async def _read(self, trail: _Trail, response: httpx.Response) -> None:
        """The start of the body; what comes after it is not read."""
        raw = bytearray()
        encoding = response.headers.get("content-encoding", "")
        try:
            async for piece in response.aiter_raw():
                raw += piece
                if len(raw) >= START:
                    break
        finally:
            inflated = inflate(bytes(raw[:START]), encoding, limit=START, start_only=True)
            trail.start = inflated.body
            trail.failure = trail.failure or inflated.failure

    def _visitors_are_sent_home(self, trail: _Trail) -> bool:
        """Some sites send everyone without a visitor's cookie to their home page: show it once."""
        if trail.replayed or not trail.cookies or not trail.left:
            return False
        if urlsplit(trail.url).path not in {"", "/"}:
            return False
        trail.start_over()
        return True

    async def _turn(self, host: str) -> None:
        """Wait for the host's turn."""
        now = monotonic()
        at = max(now, self._next.get(host, 0.0))
        self._next[host] = at + self._interval
        if at > now:
            await asyncio.sleep(at - now)


class _Trail:
    """One way through redirects to an answer, as far as it has come."""

    def __init__(self, url: str) -> None:
        self.asked = url
        self.url = url
        self.status: int | None = None
        self.headers: dict[str, str] = {}
        self.start = b""
        self.failure: Failure | None = None
        self.left: list[Redirect] = []
        self.cookies: dict[str, dict[str, str]] = {}
        self.replayed = False

    def follow(self, url: str, cookies: dict[str, str], *, replay: bool) -> None:
        """Go on to another address (or the same, with a cookie)."""
        assert self.status is not None
        host = urlsplit(self.url).netloc.lower()
        if cookies:
            self.cookies[host] = self.cookies.get(host, {}) | cookies
        self.left.append(Redirect(self.url, self.status))
        self.replayed = self.replayed or replay
        self.url = url
        self.status = None
        self.headers = {}

    def start_over(self) -> None:
        """Ask the first address again, with the cookies of the way that led home."""
        self.url = self.asked
        self.left = []
        self.replayed = True
        self.status = None

    def answer(self, elapsed: float) -> Answer:
        """What came of it."""
        final = self.url if self.url != self.asked else ""
        return Answer(
            url=self.asked,
            final_url=final,
            status=self.status,
            redirects=tuple(self.left),
            headers=self.headers,
            start=self.start,
            failure=self.failure,
            elapsed=elapsed,
        )


def _location(response: httpx.Response) -> bytes:
    return next((value for name, value in response.headers.raw if name.lower() == b"location"), b"")


def _left(first: Judgement, why: str) -> Judgement:
    """The verdict of a suspect that was not asked again: never dead."""
    verdict = first.verdict
    if verdict in {LinkVerdict.OK, LinkVerdict.REDIRECTED, LinkVerdict.UNKNOWN}:
        verdict = LinkVerdict.TRANSIENT
    seen = first.reason.partition("，尚待复核")[0].partition("。")[0]
    again = why or _LEFT
    return Judgement(verdict, first.status, seen if again == seen else f"{seen}；{again}")

"""The ground a demo is built on: the day, what is planted, and the answers of every address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from crawler.demo.answers import HTML, Answer, Maker, Question
from crawler.demo.media import medium

TEMPLATES = Path(__file__).parent / "templates"
NOTHING = Markup("")
MEND = "mend:"
UNREACHABLE = "unreachable:"
TIMEOUT = "timeout:"
SILENCE = 120.0


@dataclass(frozen=True, slots=True)
class Item:
    """A name and where it leads: a menu entry, a breadcrumb."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Registered:
    """One row of the inventory's column register."""

    name: str
    url: str
    unit: str = ""
    type: str = ""
    duty: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Frame:
    """Everything around a page's own content: the site, the unit, menus and breadcrumbs.

    ``family`` names the folder of templates (a CMS family). ``encoding`` of the body; ``header``
    is the content type as sent, ``declared`` the charset the page itself names ("" = none).
    """

    family: str
    host: str
    site: str
    owner: str
    code: str
    unit: str = ""
    nav: tuple[Item, ...] = ()
    menu: tuple[Item, ...] = ()
    crumbs: tuple[Item, ...] = ()
    encoding: str = "utf-8"
    header: str = HTML
    declared: str = "UTF-8"
    style: str = ""
    wza: str = "script"
    flaws: Markup = NOTHING

    def url(self, path: str) -> str:
        """The whole address of a path on this frame's host."""
        return f"http://{self.host}{path}"


@cache
def environment() -> Environment:
    """The templates; autoescape on, and a name that is missing is an error, never a blank."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["cn"] = lambda day: f"{day.year}年{day.month}月{day.day}日"
    return made


@dataclass
class Ground:
    """Collects answers and register rows while a demo is being built.

    ``changes`` are ``mend:<fault id>`` (the fault is not planted), ``unreachable:<path or url>``
    (answers 503) and ``timeout:<path or url>`` (accepts and stays silent). A bare path means the
    first host's. ``quirks`` name what templates do wrong, by place (see ``quirks_of``); ``titles``
    are the articles that a host's search knows, as (title, path).
    """

    today: date
    changes: frozenset[str] = frozenset()
    answers: dict[tuple[str, str], Answer | Maker] = field(default_factory=dict)
    interfaces: dict[tuple[str, str, tuple[str, str]], Maker] = field(default_factory=dict)
    fallbacks: list[tuple[str, Answer]] = field(default_factory=list)
    registered: list[Registered] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    # Rows of a list (host, path) that other modules than the one that publishes it add to it.
    more: dict[tuple[str, str], list[Any]] = field(default_factory=dict)
    quirks: dict[str, frozenset[str]] = field(default_factory=dict)
    titles: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def planted(self, fault: str) -> bool:
        """Whether a fault of the truth is to be made; every question is remembered for tests."""
        self.asked.add(fault)
        return MEND + fault not in self.changes

    def ago(self, days: int) -> date:
        """The day so many days before the audit; negative = after it."""
        return self.today - timedelta(days=days)

    def put(self, url: str, answer: Answer | Maker) -> None:
        """Serve an address. One address has one answer: a second one is a mistake of the demo."""
        key = _split(url)
        assert key not in self.answers, f"served twice: {url}"
        self.answers[key] = answer

    def page(self, frame: Frame, path: str, template: str, **context: Any) -> None:
        """Render a template of the frame's family and serve it in the frame's charset."""
        context.setdefault("crumbs", frame.crumbs)
        context.setdefault("meta", ())
        context["quirks"] = self.quirks_of(frame, template)
        name = f"{frame.family}/{template}.html"
        text = (
            environment()
            .get_template(name)
            .render(frame=frame, today=self.today, path=path, **context)
        )
        self.put(frame.url(path), Answer(text.encode(frame.encoding), content_type=frame.header))

    def quirks_of(self, frame: Frame, template: str) -> frozenset[str]:
        """What is wrong with a template: by host, unit on that host, and kind of page there."""
        places = (
            frame.host,
            f"{frame.host} {frame.unit}",
            f"{frame.host} {frame.unit} {template}",
            f"{frame.host} {template}",
        )
        return frozenset().union(*(self.quirks.get(place, frozenset()) for place in places))

    def interface(self, host: str, path: str, mark: tuple[str, str], maker: Maker) -> None:
        """Serve a data interface: any query on ``path`` that holds the parameter ``mark``."""
        self.interfaces[host, path, mark] = maker

    def text(self, url: str, text: str, content_type: str = HTML, status: int = 200) -> None:
        """Serve a text as it is, UTF-8."""
        self.put(url, Answer(text.encode(), status, content_type))

    def media(self, urls: Iterable[str]) -> None:
        """Serve images and documents that their addresses describe; those already there stay."""
        for url in urls:
            if _split(url) not in self.answers:
                body, kind = medium(urlsplit(url).path)
                self.put(url, Answer(body, content_type=kind))

    def register(self, *rows: Registered) -> None:
        """Add rows to the inventory's column register."""
        self.registered.extend(rows)

    def respond(self, question: Question, hosts: Sequence[str]) -> Answer | None:
        """The answer to a question; None where nothing is served there."""
        named = {f"http://{question.host}{question.target}"}
        if question.host == hosts[0]:
            named.add(question.target)
        for url in named:
            if UNREACHABLE + url in self.changes:
                return Answer(b"Service Unavailable", 503, "text/plain")
            if TIMEOUT + url in self.changes:
                return Answer(delay=SILENCE, drop=True)
        answer = self.answers.get((question.host, question.target))
        path, _, query = question.target.partition("?")
        if answer is None:
            for host, place, (name, value) in self.interfaces:
                if (host, place) == (question.host, path) and f"&{name}={value}&" in f"&{query}&":
                    answer = self.interfaces[host, place, (name, value)]
        if answer is None:
            # Files are served whatever visit token or query is tacked on to their address.
            answer = self.answers.get((question.host, path.partition(";")[0]))
        if answer is None:
            url = f"http://{question.host}{question.target}"
            answer = next((one for prefix, one in self.fallbacks if url.startswith(prefix)), None)
        return answer(question) if callable(answer) else answer


def _split(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.netloc, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def metas(pairs: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Meta tags in the order given."""
    return tuple(pairs.items())

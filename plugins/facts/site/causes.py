"""Dead link targets by their cause: one finding each, whether a page died, a folder or a template."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from posixpath import relpath
from urllib.parse import urlsplit

from plugins.addresses.urls import url_key
from plugins.addresses.verdicts import LinkVerdict
from plugins.facts.markup.links import LinkTarget, Place, TargetKind
from plugins.facts.site import limits
from plugins.facts.site.site import PageDigest, Site
from plugins.finding import Evidence, Subject, SubjectKind

SECRETS = re.compile(
    r"([?&;](?:[a-z_]*(?:token|ticket|passw(?:or)?d|pwd|secret|session(?:id)?|jsessionid|auth(?:orization)?|signature|sign|apikey|api_key|access_?key|code|username|user|account))=)[^&#\s]+",
    re.IGNORECASE,
)
USER = re.compile(r"(//)[^/?#@\s]+@")
HOME_WORDS = "首页"
REGIONS = {
    "header": "页头",
    "nav": "导航",
    "list": "列表中",
    "article": "正文中",
    "footer": "页脚",
    "other": "页面上",
}


class CauseKind(StrEnum):
    """What died."""

    TARGET = "target"
    PREFIX = "prefix"
    TEMPLATE = "template"


@dataclass(frozen=True)
class Cause:
    """One cause of dead links, with its targets.

    ``where`` is the address that names it: the target's own, the folder's, or the relative address
    that a template writes. ``ref`` and ``key`` make its identity over the nights.
    """

    kind: CauseKind
    where: str
    ref: str
    key: str
    targets: tuple[LinkTarget, ...]

    @property
    def on_home(self) -> bool:
        """Whether the home page has one of the links."""
        return any(target.on_home for target in self.targets)

    @property
    def place_count(self) -> int:
        """How many links lead there."""
        return sum(max(target.place_count, len(target.places)) for target in self.targets)

    @property
    def traits(self) -> tuple[str, ...]:
        """``home`` where the home page has one of the links."""
        return ("home",) if self.on_home else ()

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Up to 20 places, home page first, every target once before any a second time."""
        rounds = [
            (not place.home, turn, target, place)
            for target in self.targets
            for turn, place in enumerate(target.places)
        ]
        rounds.sort(key=lambda one: one[:2])
        single = self.kind is CauseKind.TARGET
        return tuple(
            evidence(place, "" if single else target.url)
            for _, _, target, place in rounds[: limits.SHOWN]
        )

    def subject(self, host: str) -> Subject:
        """The subject of a finding about it on the site ``host``."""
        return Subject(SubjectKind.LINK, host, self.ref)

    def told(self, noun: str) -> str:
        """The cause in Chinese; ``noun`` names what its targets are ("站内页面", "附件")."""
        places = told_places(
            [place for target in self.targets for place in target.places], self.place_count
        )
        first = self.targets[0]
        count = len(self.targets)
        if self.kind is CauseKind.TARGET:
            return f"{noun}打不开：{masked(self.where)}（{died(first)}）。{places}。"
        if self.kind is CauseKind.PREFIX:
            named = self.where.rstrip("?")
            return (
                f"{named} 之下的{noun}全部失效：被链接的{count}个地址都打不开（如 {masked(first.url)}，"
                f"{died(first)}），也没有发现一个能打开的，应为同一原因，合并为一条。{places}。"
            )
        return (
            f"模板中的相对地址“{self.where}…”写错：它在不同目录下成了{count}个打不开的{noun}地址"
            f"（如 {masked(first.url)}，{died(first)}），应为同一原因，合并为一条。{places}。"
        )


def told_places(places: Iterable[Place], count: int) -> str:
    """In Chinese: how many links there are, whether on the home page, and the words of the first."""
    listed = sorted(places, key=lambda place: not place.home)
    home = sum(place.home for place in listed)
    count = max(count, len(listed))
    said = f"全站共有{count}处这样的链接" + (f"（其中首页{home}处）" if home else "（首页没有）")
    first = next((place for place in listed if place.text.strip()), listed[0] if listed else None)
    if first:
        # Blanks keep an address apart from the words around it when it is made clickable.
        page = HOME_WORDS if first.home else f" {first.page} "
        words = " ".join(first.text.split())[: limits.LINK_WORDS]
        said += f"，例如{page}{REGIONS[first.region.value]}" + (f"的“{words}”" if words else "")
    return said


def evidence(place: Place, target: str = "") -> Evidence:
    """A place as evidence; ``target`` is added where several targets share a finding."""
    text = " ".join(place.text.split())
    if target:
        text = f"{text} → {masked(target)}" if text else f"→ {masked(target)}"
    return Evidence(place.page, text, "home" if place.home else place.region.value)


def masked(address: str) -> str:
    """An address fit to be shown: passwords and the values of tokens replaced by ***."""
    return SECRETS.sub(r"\1***", USER.sub(r"\1***@", address))


def died(target: LinkTarget) -> str:
    """What verification found, in Chinese: the status, the soft 404 said as such, the reason."""
    found = what_happened(target.reason)
    status = "" if target.status is None else f"状态码{target.status}"
    if target.verdict is LinkVerdict.SOFT_404:
        head, but, signs = found.partition("，但内容已失效")
        signs = (
            f"：{signs.strip('（）')}" if but and head == status else f"：{found}" if found else ""
        )
        return f"软404：服务器答复{target.status or 200}，内容却是“页面不存在”一类提示{signs}"
    if not found and target.status is None:
        return "域名无法解析"
    return found if status in found else f"{status}：{found}" if found else status


def what_happened(reason: str) -> str:
    """A reason of verification without its advice: rules give a remedy of their own."""
    return reason.strip().partition("。")[0]


def dead_causes(site: Site, kind: TargetKind, together: int = limits.TOGETHER) -> tuple[Cause, ...]:
    """The causes of the site's dead targets of one kind, sorted by their reference.

    ``together`` or more dead targets are one cause (a) if one relative address, resolved from as
    many folders, is dead in all of them but at most one (the folder the template was written for),
    or (b) if they lie below one folder, or are questions to one script, below which nothing was
    found alive. Blocked, failing and unasked addresses count neither as dead nor as alive.
    """
    dead: list[LinkTarget] = []
    alive: list[LinkTarget] = []
    for target in site.targets:
        if target.verdict.dead and target.kind is kind:
            dead.append(target)
        elif target.verdict in (LinkVerdict.OK, LinkVerdict.REDIRECTED):
            alive.append(target)
    dead.sort(key=lambda target: target.key)
    causes: list[Cause] = []
    if len(dead) >= together:
        causes += _templates(dead, alive, together)
        dead = _rest(dead, causes)
    if len(dead) >= together:
        gone = {target.key for target in dead}
        living = [target.key for target in alive]
        living += [
            page.key for page in site.pages.values() if page.key not in gone and _answers(page)
        ]
        causes += _prefixes(dead, living, together)
        dead = _rest(dead, causes)
    causes += [Cause(CauseKind.TARGET, one.url or one.raw, one.key, "", (one,)) for one in dead]
    return tuple(sorted(causes, key=lambda cause: (cause.ref, cause.key)))


def _rest(dead: list[LinkTarget], causes: list[Cause]) -> list[LinkTarget]:
    taken = {target.key for cause in causes for target in cause.targets}
    return [target for target in dead if target.key not in taken]


def _answers(page: PageDigest) -> bool:
    return (
        page.status is not None
        and page.status < HTTPStatus.BAD_REQUEST
        and page.kind != "error"
        and not page.failure
    )


def _folders(address: str) -> Iterator[str]:
    """The folders above an address, outermost first; a script with a query is the innermost."""
    parts = urlsplit(address)
    head = f"{parts.scheme}://{parts.netloc}"
    steps = parts.path.split("/")[1:]
    for length in range(len(steps)):
        yield head + "/" + "".join(step + "/" for step in steps[:length])
    if parts.query:
        yield head + parts.path + "?"


def _prefixes(dead: list[LinkTarget], living: list[str], together: int) -> list[Cause]:
    """The widest groups of dead targets below one folder in which nothing is alive."""
    counts = Counter(folder for target in dead for folder in _folders(target.key))
    wide = {folder for folder, count in counts.items() if count >= together}
    for key in living:
        # A living folder address (".../zcfb/") is itself a sign of life there.
        wide.difference_update(_folders(key))
        if not wide:
            return []
    found: dict[str, list[LinkTarget]] = defaultdict(list)
    for target in dead:
        widest = next((folder for folder in _folders(target.key) if folder in wide), None)
        if widest:
            found[widest].append(target)
    return [
        Cause(CauseKind.PREFIX, folder, url_key(folder), "prefix", tuple(targets))
        for targets in found.values()
        for folder in [_shared(targets)]
    ]


def _shared(targets: list[LinkTarget]) -> str:
    """The innermost folder that holds all of them: nothing is said of folders without a witness."""
    common = set.intersection(*(set(_folders(target.key)) for target in targets))
    return max(common, key=len)


def _spellings(target: LinkTarget) -> set[str]:
    """How its links would be written relative to the pages they stand on."""
    here = urlsplit(target.key)
    found = set()
    for place in target.places:
        page = urlsplit(place.page)
        if page.netloc == here.netloc:
            found.add(relpath(here.path or "/", page.path.rpartition("/")[0] or "/"))
    return found


def _templates(dead: list[LinkTarget], alive: list[LinkTarget], together: int) -> list[Cause]:
    """Relative addresses that are dead from nearly every folder: a template's fault.

    Spellings of one folder ("images/a.png", "images/b.png") that are dead from the same folders
    are the same fault.
    """
    by_spelling: dict[str, set[str]] = defaultdict(set)
    for target in dead:
        for spelling in _spellings(target):
            by_spelling[spelling].add(target.key)
    wrong = {spelling for spelling, keys in by_spelling.items() if len(keys) >= together}
    if not wrong:
        return []
    living = Counter(spelling for target in alive for spelling in _spellings(target) & wrong)
    wrong -= {spelling for spelling, count in living.items() if count > 1}
    families: dict[str, set[str]] = defaultdict(set)
    for spelling in wrong:
        families[spelling.rpartition("/")[0] + "/"] |= by_spelling[spelling]
    targets = {target.key: target for target in dead}
    found: list[Cause] = []
    taken: set[str] = set()
    for family in sorted(families, key=lambda one: (-len(families[one]), one)):
        keys = sorted(families[family] - taken)
        if len(keys) >= together:
            taken.update(keys)
            found.append(
                Cause(
                    CauseKind.TEMPLATE,
                    family,
                    family,
                    "template",
                    tuple(targets[key] for key in keys),
                )
            )
    return found

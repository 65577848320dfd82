"""Runs the checks on one subject: each isolated, timed, limited in time, and answerable by its code.

What a check that fails had already yielded on that subject is dropped. Half a result is no result:
the findings it did not get to would look as if they had gone, and those it did yield may rest on
the very fault that made it fail. Its code is not in ``checked`` there, so nothing is closed either.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from plugins.deadline import Deadline, OutOfTimeError
from plugins.engine.manager import Plugins
from plugins.facts.attachments import Attachment
from plugins.facts.columns.column import Column
from plugins.facts.language.personal import covered
from plugins.facts.page.page import Page
from plugins.facts.site.site import Site
from plugins.finding import Evidence, Finding, Sighting, Subject, SubjectKind
from plugins.rule import Rule

# More findings of one rule on one subject than any site can earn: a loop that yields.
MOST_FINDINGS = 100_000
# Half a character (from escapes in scripts) and NUL can be stored nowhere.
UNSTORABLE = dict.fromkeys((0, *range(0xD800, 0xE000)), "\ufffd")


class ErrorKind(StrEnum):
    """Why a rule has no result on a subject."""

    RAISED = "raised"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    WRONG_YIELD = "wrong_yield"
    NEEDS = "needs"
    KILLED = "killed"
    DIED = "died"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class CheckError:
    """A rule that did not get to an answer: where, and why in Chinese. Never a finding.

    ``KILLED`` (would not stop) and ``DIED`` (took its process down) come from the worker pool,
    ``REFUSED`` from a plugin that was left out.
    """

    code: str
    subject: Subject
    message: str
    kind: ErrorKind


@dataclass(frozen=True, slots=True)
class Examined:
    """What the checks said of one subject; plain data, sent between processes.

    ``checked`` are the codes that looked and answered: only these may close a finding here.
    """

    sightings: tuple[Sighting, ...] = ()
    checked: tuple[str, ...] = ()
    errors: tuple[CheckError, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)


class WrongYieldError(Exception):
    """A check yielded something that is no usable Finding; the check's fault, recorded as such."""


class Examiner:
    """Runs the rules of ``plugins`` on pages, attachments, columns and sites.

    Args:
        plugins: the rules in force.
        limit: seconds that one check may take on one page or column; 0 for no limit.
        announce: told the code before each check and "" after it, so that whoever watches the
            process knows who hangs.
        site_limit: the same limit for ``check_site``, which walks over everything.
    """

    def __init__(
        self,
        plugins: Plugins,
        limit: float = 5.0,
        announce: Callable[[str], None] | None = None,
        *,
        site_limit: float = 120.0,
    ) -> None:
        self.plugins = plugins
        self.limit = limit
        self.site_limit = site_limit if limit else 0.0
        self.announce = announce or (lambda _code: None)

    def page(self, page: Page, site: Site, skip: Collection[str] = frozenset()) -> Examined:
        """Run ``check_page``. Rules that need a page probe which was not asked here do not run."""
        subject = Subject(SubjectKind.PAGE, site.host, page.key)
        known = {**site.probes, **page.probes}
        return self._run("check_page", subject, known, skip, self.limit, page=page, site=site)

    def attachment(
        self, attachment: Attachment, site: Site, skip: Collection[str] = frozenset()
    ) -> Examined:
        """Run ``check_attachment``; the subject is the link target."""
        subject = Subject(SubjectKind.LINK, site.host, attachment.key)
        return self._run(
            "check_attachment",
            subject,
            site.probes,
            skip,
            self.limit,
            attachment=attachment,
            site=site,
        )

    def column(self, column: Column, site: Site, skip: Collection[str] = frozenset()) -> Examined:
        """Run ``check_column``."""
        subject = Subject(SubjectKind.COLUMN, site.host, column.key)
        return self._run(
            "check_column", subject, site.probes, skip, self.limit, column=column, site=site
        )

    def site(self, site: Site, skip: Collection[str] = frozenset()) -> Examined:
        """Run ``check_site``. A page probe counts as answered when any page carries its answer."""
        subject = Subject(SubjectKind.SITE, site.host, site.host)
        return self._run("check_site", subject, site.probes, skip, self.site_limit, site=site)

    def _run(
        self,
        hook: str,
        subject: Subject,
        probes: Mapping[str, Any],
        skip: Collection[str],
        limit: float,
        **facts: Any,
    ) -> Examined:
        sightings: list[Sighting] = []
        checked: list[str] = []
        errors: list[CheckError] = []
        seconds: dict[str, float] = {}
        for rule, check, given in self.plugins.calls(hook, skip, **facts):
            missing = self._missing(rule, probes, facts["site"] if hook == "check_site" else None)
            if missing:
                # A page that was not in the sample of a page probe is no error: it was not asked.
                if not (hook == "check_page" and self.plugins.page_probes.issuperset(missing)):
                    errors.append(
                        CheckError(rule.code, subject, _lacking(missing), ErrorKind.NEEDS)
                    )
                continue
            self.announce(rule.code)
            started = time.perf_counter()
            try:
                found = _findings(check, given, limit, facts["site"].today)
            except OutOfTimeError:
                message = f"超过{limit:g}秒未结束，已中止"
                errors.append(CheckError(rule.code, subject, message, ErrorKind.TIMEOUT))
            except KeyboardInterrupt:
                raise
            except BaseException as error:  # noqa: BLE001 - a broken check is a result, not the end
                errors.append(CheckError(rule.code, subject, _told(error), _kind(error)))
            else:
                checked.append(rule.code)
                sightings += [
                    Sighting(rule.code, finding.of or subject, finding) for finding in found
                ]
            seconds[rule.code] = time.perf_counter() - started
            self.announce("")
        return Examined(tuple(sightings), tuple(checked), tuple(errors), seconds)

    def _missing(self, rule: Rule, probes: Mapping[str, Any], site: Site | None) -> set[str]:
        """Names of the probes that the rule needs and that have no answer here."""
        missing = set(rule.needs) - probes.keys()
        asked_of_pages = missing & self.plugins.page_probes
        if site is not None and asked_of_pages:
            for digest in site.pages.values():
                asked_of_pages -= digest.probes.keys()
                missing -= digest.probes.keys()
                if not asked_of_pages:
                    break
        return missing


def _findings(
    check: Callable[..., Any], given: list[Any], limit: float, today: date
) -> list[Finding]:
    """Everything the check yields, as plain findings; one finding for each identity."""
    found: dict[tuple[Subject | None, str], Finding] = {}
    with Deadline(limit):
        result = check(*given)
        for number, one in enumerate(_yielded(result)):
            if number >= MOST_FINDINGS:
                raise WrongYieldError(f"给出的发现超过{MOST_FINDINGS}条")
            finding = _plain(one, today)
            same = (finding.of, finding.key)
            found[same] = _joined(found[same], finding) if same in found else finding
    return list(found.values())


def _yielded(result: Any) -> Iterator[Any]:
    if result is None:
        return
    if isinstance(result, (Finding, str)) or not isinstance(result, Iterable):
        raise WrongYieldError(f"应给出一串 Finding，不能返回 {type(result).__name__}")
    yield from result


def _plain(found: Any, today: date) -> Finding:
    """A copy made of exact built-in types: a str subclass may carry a whole document along."""
    if not isinstance(found, Finding):
        raise WrongYieldError(f"给出了 {type(found).__name__}，应为 Finding")
    if not isinstance(found.message, str) or not found.message.strip():
        raise WrongYieldError("Finding.message 应为不空的文字")
    if not isinstance(found.key, str):
        raise WrongYieldError(f"Finding.key 应为文字，不能是 {type(found.key).__name__}")
    if isinstance(found.where, str) or not isinstance(found.where, Iterable):
        raise WrongYieldError("Finding.where 应为 Evidence 或网址的元组")
    if isinstance(found.traits, str) or not isinstance(found.traits, Iterable):
        raise WrongYieldError("Finding.traits 应为文字的元组")
    if not isinstance(found.unit, str):
        raise WrongYieldError("Finding.unit 应为文字")
    return Finding(
        message=covered(_text(found.message)),
        key=covered(_text(found.key)),
        of=_subject(found.of),
        where=tuple(_evidence(item) for item in found.where),
        review=bool(found.review),
        traits=tuple(_text(trait) for trait in found.traits),
        unit=_text(found.unit),
        due=_due(found, today),
    )


def _due(found: Finding, today: date) -> date | None:
    """The day of an early warning; what is due already is a fault, and doubt is no warning."""
    due = found.due
    if due is None:
        return None
    if not isinstance(due, date) or isinstance(due, datetime):
        raise WrongYieldError(f"Finding.due 应为日期，不能是 {type(due).__name__}")
    if due <= today:
        raise WrongYieldError(f"Finding.due（{due}）应晚于检查当天（{today}）")
    if found.review:
        raise WrongYieldError("预警须确定无疑：Finding.due 不能与 review 同时给出")
    return due


def _evidence(item: Any) -> Evidence:
    if isinstance(item, str):
        return Evidence(_text(item))
    if isinstance(item, Evidence):
        return Evidence(_text(item.url), covered(_text(item.text)), _text(item.selector))
    raise WrongYieldError(f"Finding.where 中有 {type(item).__name__}，应为 Evidence 或网址")


def _subject(of: Any) -> Subject | None:
    if of is None:
        return None
    if not isinstance(of, Subject):
        raise WrongYieldError(f"Finding.of 应为 Subject，不能是 {type(of).__name__}")
    return Subject(SubjectKind(of.kind), _text(of.site), _text(of.ref))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise WrongYieldError(f"应为文字，不能是 {type(value).__name__}")
    return _storable(str.__str__(value))


def _storable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.translate(UNSTORABLE)
    return text.replace("\0", "\ufffd")


def _joined(first: Finding, second: Finding) -> Finding:
    """Two findings with one identity are one fault: the first one's words, evidence of both.

    A fault that is there now takes the place of a warning of it.
    """
    if bool(first.due) != bool(second.due):
        return second if first.due else first
    return replace(
        first,
        where=tuple(dict.fromkeys((*first.where, *second.where))),
        review=first.review and second.review,
        traits=tuple(dict.fromkeys((*first.traits, *second.traits))),
        due=min(first.due, second.due) if first.due and second.due else None,
    )


def _lacking(missing: Iterable[str]) -> str:
    return f"所需探测没有结果：{'、'.join(sorted(missing))}，未检查"


def _kind(error: BaseException) -> ErrorKind:
    if isinstance(error, MemoryError):
        return ErrorKind.MEMORY
    return ErrorKind.WRONG_YIELD if isinstance(error, WrongYieldError) else ErrorKind.RAISED


def _told(error: BaseException) -> str:
    """One line: what was raised, and in which file and line."""
    if isinstance(error, WrongYieldError):
        return covered(str(error))
    try:
        # Masked first: what is cut off in a number would no longer look like one.
        words = covered(" ".join(str(error)[:3000].split()))[:300]
    except Exception:  # noqa: BLE001 - the error's own text is the check's code too
        words = ""
    frames = traceback.extract_tb(error.__traceback__)
    place = (
        f"（{frames[-1].filename.rpartition('/')[2]} 第{frames[-1].lineno}行）" if frames else ""
    )
    return _storable(f"抛出 {type(error).__name__}{'：' + words if words else ''}{place}")

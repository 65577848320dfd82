"""Plans: which letters go to which addresses, and what is said where none goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crawler.sending.dispatch import KIND_NAMES, Address, Consignment, LetterReport
from findings.bulletin.bulletin import Bulletin
from findings.fixlists.files import FORMATS
from findings.fixlists.fixlist import FixList
from findings.letters.digest import build_digest
from findings.letters.letters import Enclosure, bulletin_letter, digest_letter, fixlist_letter
from findings.records.records import RunRecord
from findings.store.outbox import Delivery, Posted
from findings.store.store import Store
from plugins.errors import ConfigurationError, Problem
from plugins.reasons import system_reason

OFFICE_XML = "application/vnd.openxmlformats-officedocument"
TYPES = {
    "docx": f"{OFFICE_XML}.wordprocessingml.document",
    "xlsx": f"{OFFICE_XML}.spreadsheetml.sheet",
    "html": "text/html",
    "pdf": "application/pdf",
    "doc": "application/msword",
    "wps": "application/vnd.ms-works",
}


@dataclass
class Plan:
    """Letters to send, and what is to be said of those that are not."""

    items: list[Consignment] = field(default_factory=list)
    told: list[LetterReport] = field(default_factory=list)

    def say(self, line: str, *, good: bool = True) -> None:
        """Note why something is not sent; ``good`` = that is as it should be."""
        self.told.append(LetterReport(line, good))


def plan_fixlists(
    lists: Sequence[FixList], formats: Sequence[str], places: Sequence[Address]
) -> Plan:
    """To each address the list of its own unit, and no other."""
    plan = Plan()
    for fixes in lists:
        own = [place for place in places if place.unit == fixes.unit]
        if not own:
            plan.say(f"{fixes.unit}：没有登记接收整改清单的收件人，没有发送。", good=False)
            continue
        files = [
            made_file(f"{fixes.unit}整改清单（{fixes.as_of}）.{format_}", FORMATS[format_](fixes))
            for format_ in formats
        ]
        letter = fixlist_letter(fixes, files)
        plan.items += [Consignment("fixlists", fixes.run, place, letter) for place in own]
    for unit in dict.fromkeys(place.unit for place in places):
        if unit not in {fixes.unit for fixes in lists}:
            plan.say(f"{unit}：没有需要整改的问题，不发清单。")
    return plan


def plan_bulletin(
    bulletin: Bulletin, run: int, made: Enclosure, *, own: bool, places: Sequence[Address]
) -> Plan:
    """The bulletin to everybody; ``own`` = ``made`` is a file that the office has edited."""
    letter = bulletin_letter(bulletin, made, file=own)
    return Plan([Consignment("bulletin", run, place, letter) for place in places])


def plan_digest(
    store: Store, run: RunRecord, places: Sequence[Address], *, again: bool = False
) -> Plan:
    """To each address what changed since the last digest that was sent there; often nothing."""
    plan, views = Plan(), {run.id: store.as_it_was(run.id)}
    for place in places:
        sent = _sent_digests(store, place)
        newest = max((one.parcel.run for one in sent), default=0)
        if newest >= run.id and not again:
            plan.say(
                f"{place}：已发送过第{newest}次检查的{KIND_NAMES['digest']}，没有重复发送（--again 可再发）。"
            )
            continue
        last = max((one.parcel.run for one in sent if one.parcel.run < run.id), default=None)
        if last is not None and last not in views:
            views[last] = store.as_it_was(last)
        digest = build_digest(
            run,
            views[run.id],
            views[last] if last is not None else (),
            since=store.run(last).as_of if last is not None else None,
            unit=place.unit,
        )
        if not digest.changed:
            plan.say(f"{place}：没有变化，不发送{KIND_NAMES['digest']}。")
            continue
        plan.items.append(Consignment("digest", run.id, place, digest_letter(digest)))
    return plan


def _sent_digests(store: Store, place: Address) -> list[Posted]:
    return store.posted(
        kind="digest",
        unit=place.unit,
        channel=place.channel.value,
        recipient=place.recipient,
        state=Delivery.SENT.value,
    )


def attached_file(path: Path) -> Enclosure:
    """A file of the office's as an attachment.

    Raises:
        ConfigurationError: it cannot be read.
    """
    try:
        return made_file(path.name, path.read_bytes())
    except OSError as error:
        raise ConfigurationError(
            [Problem(str(path), f"无法读取：{system_reason(error)}。", field="--file")]
        ) from error


def made_file(name: str, content: str | bytes) -> Enclosure:
    """What a writer made, as an attachment."""
    ending = name.rpartition(".")[2].lower()
    raw = content.encode() if isinstance(content, str) else content
    return Enclosure(name, raw, TYPES.get(ending, "application/octet-stream"))

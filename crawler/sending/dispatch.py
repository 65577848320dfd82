"""Brings letters to their recipients: each once, tried again where that can help, every one told of."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from crawler.plan.days import SHANGHAI
from crawler.sending.addressbook import AddressBook, MailServer, Recipient
from crawler.sending.envelope import envelope
from crawler.sending.outcome import SendingOutcome, SendingState
from crawler.sending.push import push, recipient_of
from crawler.sending.smtp import deliver
from findings.letters.letters import OfficeLetter
from findings.store.outbox import Channel, Delivery, Outgoing, Posted
from findings.store.store import Store

GROWTH, LONGEST_PAUSE = 3, 300
KIND_NAMES = {"fixlists": "整改清单", "bulletin": "通报", "digest": "每日摘要"}
OFFICE = "政务公开办"


@dataclass(frozen=True, slots=True)
class Patience:
    """How often to try, and how long to wait: after each try three times as long, 5 minutes at most."""

    attempts: int = 4
    pause: float = 5
    wait: Callable[[float], None] = time.sleep

    def pauses(self) -> Iterator[float]:
        """The pause before each further try."""
        for number in range(self.attempts - 1):
            yield min(self.pause * GROWTH**number, LONGEST_PAUSE)


@dataclass(frozen=True, slots=True)
class Address:
    """One place where letters of a unit ("" = the office) go; ``target`` may hold a secret."""

    unit: str
    channel: Channel
    target: str
    shown: str

    @property
    def recipient(self) -> str:
        """What the outbox remembers of it."""
        return self.target if self.channel is Channel.MAIL else recipient_of(self.target)

    def __str__(self) -> str:
        return f"{self.unit or OFFICE}（{self.shown}）"


@dataclass(frozen=True, slots=True)
class Consignment:
    """A letter for one address, about one run."""

    kind: str
    run: int
    address: Address
    letter: OfficeLetter

    @property
    def parcel(self) -> Outgoing:
        """What the outbox knows it by."""
        place = self.address
        return Outgoing(
            self.kind, self.run, place.unit, place.channel, place.recipient, self.letter.content
        )


@dataclass(frozen=True, slots=True)
class LetterReport:
    """What became of one letter: one line for people, and whether it is where it should be."""

    line: str
    good: bool


def addresses(
    book: AddressBook,
    recipients: Sequence[Recipient],
    environment: Mapping[str, str],
    *,
    preview: bool = False,
) -> list[Address]:
    """The places where these recipients get their letters; a preview needs no secrets.

    Raises:
        ConfigurationError: an environment variable that an address names is not set.
    """
    found = []
    for one in recipients:
        found += [Address(one.unit, Channel.MAIL, mail, mail) for mail in one.mails]
        for text in one.pushes:
            target = book.filled(one, text, environment, need=not preview)
            # Shown as the file has it: without its secrets.
            found.append(Address(one.unit, Channel.APPRISE, target, text))
    return found


@dataclass
class Dispatcher:
    """Sends, with everything that it needs; remembers which server is not to be had."""

    store: Store
    server: MailServer | None
    password: str
    patience: Patience
    again: bool = False
    _away: dict[str, SendingOutcome] = field(default_factory=dict, init=False)

    def send(self, item: Consignment) -> LetterReport:
        """Send one letter, unless it was sent already."""
        domain = self.server.domain if self.server else "gongkai.invalid"
        message, ours = self.store.take(item.parcel, domain=domain, again=self.again)
        if not ours:
            return self._not_ours(item, message)
        outcome, tries, doubtful = (
            SendingOutcome(SendingState.UNKNOWN, "发送被中断"),
            0,
            message.doubtful,
        )
        try:
            outcome, tries, doubtful = self._tried(item, message)
        finally:
            sent = outcome.result is SendingState.ACCEPTED
            unsure = doubtful or outcome.result is SendingState.UNKNOWN
            state = Delivery.UNKNOWN if unsure else Delivery.FAILED
            self.store.settle(message.id, Delivery.SENT if sent else state, outcome.why)
        what = f"{item.address}：{KIND_NAMES[item.kind]}"
        if sent:
            # The mail is the same by its Message-ID: most servers and programs keep one of the two.
            twice = "；前一次交付没有收到答复，可能收到两份（Message-ID相同）" if doubtful else ""
            if item.address.channel is Channel.APPRISE and doubtful:
                twice = "；前一次没有收到答复，可能收到两份"
            return LetterReport(f"{what}已发送{twice}。", good=True)
        often = f"（试了{tries}次）" if tries else "（没有再试）"
        if unsure:
            return LetterReport(
                f"{what}是否送达不明{often}：{outcome.why}。再次运行会重发同一封。", good=False
            )
        return LetterReport(f"{what}未能发送{often}：{outcome.why}。", good=False)

    def _not_ours(self, item: Consignment, message: Posted) -> LetterReport:
        what = f"{item.address}：{KIND_NAMES[item.kind]}"
        if message.state is Delivery.SENT and message.sent is not None:
            when = message.sent.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
            return LetterReport(
                f"{what}已于{when}发送过，没有重复发送（--again 可再发）。", good=True
            )
        return LetterReport(
            f"{what}正由另一个程序发送，或上次中途被终止：15分钟后可再试。", good=False
        )

    def _tried(self, item: Consignment, message: Posted) -> tuple[SendingOutcome, int, bool]:
        """The last outcome, the number of tries, and whether an earlier one may have arrived."""
        send = self._sender(item, message)
        place = self._place(item)
        if place in self._away:
            return self._away[place], 0, message.doubtful
        doubtful, tries = message.doubtful, 0
        pauses = self.patience.pauses()
        while True:
            self.store.attempt(message.id)
            tries += 1
            outcome = send()
            if outcome.result in {SendingState.ACCEPTED, SendingState.REFUSED}:
                break
            pause = next(pauses, None)
            if pause is None:
                break
            doubtful = doubtful or outcome.result is SendingState.UNKNOWN
            self.patience.wait(pause)
        if outcome.away:
            self._away[place] = outcome
        return outcome, tries, doubtful

    def _sender(self, item: Consignment, message: Posted) -> Callable[[], SendingOutcome]:
        target = item.address.target
        if item.address.channel is Channel.APPRISE:
            return partial(push, target, item.letter)
        assert self.server is not None, "an address book with mails has a server"
        mail = envelope(
            item.letter,
            self.server,
            target,
            message_id=message.message_id,
            date=datetime.now(SHANGHAI),
        )
        return partial(deliver, self.server, self.password, mail, target)

    @staticmethod
    def _place(item: Consignment) -> str:
        """What is away when it is away: the one mail server, or one Apprise address."""
        mail = item.address.channel is Channel.MAIL
        return "mail" if mail else item.address.target

"""Apprise: letters for WeCom, DingTalk, Feishu and whatever else it knows, by one address each."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any

from crawler.sending.outcome import SendingOutcome, SendingState
from findings.letters.letters import Enclosure, OfficeLetter

SECONDS = 60
# What Apprise says of a service that was never reached, and of one that answered.
_AWAY = re.compile(r"NewConnectionError|ConnectTimeout|NameResolutionError|Connection refused")
_STATUS = re.compile(r"\berror=(\d{3})")


def secret_in(address: str) -> str:
    """What is wrong with an address that stands in a file as it is; "" = nothing."""
    import apprise

    with _quiet():
        server: Any = apprise.Apprise.instantiate(address, suppress_exceptions=True)
    if server is None:
        # Its words may hold the secret, so they are not quoted.
        return "Apprise 不认识这个地址（密钥请写作 ${环境变量名}）"
    if server.url(privacy=True) != server.url(privacy=False):
        return "地址中含有密钥，不能写在文件里：请写作 ${环境变量名}，如 wecombot://${GONGKAI_WECOM_KEY}"
    return ""


def recipient_of(address: str) -> str:
    """What the outbox remembers of an address: its kind, and a digest that gives no secret away."""
    scheme = address.partition("://")[0][:20]
    return f"{scheme}:{blake2b(address.encode(), digest_size=12).hexdigest()}"


def push(address: str, letter: OfficeLetter) -> SendingOutcome:
    """Try once to send a letter to an Apprise address, with its attachments where it takes any."""
    import apprise

    with _quiet():
        asset = apprise.AppriseAsset(
            app_id="gongkai",
            app_desc="政务公开检查",
            app_url="",
            async_mode=False,
            storage_mode=apprise.PersistentStoreMode.MEMORY,
            result_log_disk_size=0,
        )
        desk = apprise.Apprise(asset=asset)
        if not desk.add(address):
            return SendingOutcome(SendingState.REFUSED, "Apprise 不认识这个地址")
        takes = any(getattr(one, "attachment_support", False) for one in desk)
        result = desk.notify(
            body=letter.brief(),
            title=letter.subject,
            body_format=apprise.NotifyFormat.TEXT,
            attach=_attached(letter.attachments) if takes and letter.attachments else None,
            timeout=SECONDS,
            # Only there it says why; none of it is shown.
            log_level=logging.DEBUG,
        )
        told = " ".join(entry.message for entry in result.logs())
    if result:
        return SendingOutcome(SendingState.ACCEPTED)
    if status := _STATUS.search(told):
        return SendingOutcome(SendingState.LATER, f"对方答复HTTP {status[1]}")
    if _AWAY.search(told):
        return SendingOutcome(SendingState.LATER, "连接不上对方的服务")
    return SendingOutcome(SendingState.UNKNOWN, "没有得到对方的答复")


def _attached(attachments: Sequence[Enclosure]) -> object:
    import apprise
    from apprise.attachment import memory

    in_memory: Any = memory.AttachMemory
    made = apprise.AppriseAttachment()
    for one in attachments:
        made.add(in_memory(content=one.content, name=one.name, mimetype=one.type))
    return made


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Apprise from writing to the error output: addresses there would show their secrets."""
    logger = logging.getLogger("apprise")
    before = logger.propagate, logger.handlers, logger.level
    logger.propagate, logger.handlers = False, [logging.NullHandler()]
    logger.setLevel(logging.DEBUG)
    try:
        with warnings.catch_warnings():
            # It imports modules of the standard library that are on their way out.
            warnings.simplefilter("ignore", DeprecationWarning)
            yield
    finally:
        logger.propagate, logger.handlers = before[:2]
        logger.setLevel(before[2])

"""Shows letters without sending them: each mail as .eml, each letter as .txt, in one folder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from crawler.plan.days import SHANGHAI
from crawler.sending.addressbook import MailServer
from crawler.sending.dispatch import KIND_NAMES, Address, Consignment
from crawler.sending.envelope import envelope
from findings.office.files import write_file
from findings.store.outbox import Channel


def write_preview(
    folder: Path, items: Sequence[Consignment], server: MailServer | None
) -> list[Path]:
    """Write what would be sent; gives the files.

    Raises:
        ConfigurationError: the folder cannot be written.
    """
    files = []
    for number, item in enumerate(items, 1):
        name = f"{item.kind}-run{item.run}-{number:03d}-{_safe(item.address)}"
        told = [
            f"种类：{KIND_NAMES[item.kind]}（第{item.run}次检查）",
            f"收件：{item.address}",
            f"标题：{item.letter.subject}",
            *(f"附件：{one.name}（{len(one.content)}字节）" for one in item.letter.attachments),
            "",
        ]
        mailed = item.address.channel is Channel.MAIL
        body = item.letter.text() if mailed else item.letter.brief()
        files.append(write_file(folder / f"{name}.txt", "\n".join([*told, body]), "--out"))
        if mailed and server is not None:
            mail = envelope(
                item.letter,
                server,
                item.address.target,
                message_id=f"<{item.parcel.name()}.preview@{server.domain}>",
                date=datetime.now(SHANGHAI),
            )
            files.append(write_file(folder / f"{name}.eml", mail.as_bytes(), "--out"))
    return files


def _safe(address: Address) -> str:
    name = address.unit or "office"
    return "".join(sign if sign.isalnum() or sign in "-_" else "_" for sign in name)[:60]

"""Makes a mail of a letter: whole, in Chinese, readable in old and new mail programs."""

from __future__ import annotations

import base64
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from crawler.sending.addressbook import MailServer
from findings.letters.letters import Enclosure, OfficeLetter
from findings.office.neutral import shorten

# Seven bits pass every server; headers that we have written ourselves stay as they are.
POLICY = SMTP.clone(cte_type="7bit", refold_source="none")


def envelope(
    letter: OfficeLetter, server: MailServer, to: str, *, message_id: str, date: datetime
) -> EmailMessage:
    """The mail: text and HTML, attachments byte for byte, a Message-ID that stays.

    Names of files stand twice: as RFC 2231 has it (``filename*``), and as encoded word in ``name``
    for the older programs that know only that.
    """
    mail = EmailMessage(policy=POLICY)
    mail["From"] = server.sender
    mail["To"] = Address(addr_spec=to)
    if server.reply_to is not None:
        mail["Reply-To"] = server.reply_to
    # A line break in a subject would begin a header of its own.
    mail["Subject"] = shorten(letter.subject, 200)
    mail["Date"] = format_datetime(date)
    mail["Message-ID"] = message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text(), cte="base64")
    mail.add_alternative(letter.html(), subtype="html", cte="base64")
    if letter.attachments:
        mail.make_mixed()
    for one in letter.attachments:
        mail.attach(_attached(one))
    return mail


def _attached(one: Enclosure) -> EmailMessage:
    name = shorten(one.name.replace('"', "_").replace("/", "_").replace("\\", "_"), 120)
    part = EmailMessage(policy=POLICY)
    part.set_raw("Content-Type", f'{one.type};\r\n name="{_encoded(name)}"')
    part["Content-Transfer-Encoding"] = "base64"
    part.add_header("Content-Disposition", "attachment", filename=name)
    part.set_payload(base64.encodebytes(one.content).decode("ascii"))
    return part


def _encoded(name: str) -> str:
    """A name as encoded words (RFC 2047), on lines of their own; plain names as they are."""
    if name.isascii():
        return name
    return Header(name, "utf-8", maxlinelen=70).encode(linesep="\r\n")

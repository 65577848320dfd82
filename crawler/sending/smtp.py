"""One try to hand a mail to the server; tells apart what may have been accepted from what was not."""

from __future__ import annotations

import base64
import re
import smtplib
import socket
import ssl
from email.message import EmailMessage

from crawler.sending.addressbook import MailServer
from crawler.sending.outcome import SendingOutcome, SendingState
from findings.office.neutral import shorten
from plugins.reasons import system_reason

AGREED, ACCEPTED, GO_ON, PERMANENT = 235, 250, 354, 500
_DOTS = re.compile(rb"(?m)^\.")


class _Refusal(Exception):  # noqa: N818 - carries an outcome up, and is caught in this module
    """The try is over before the mail was handed over."""

    def __init__(self, outcome: SendingOutcome) -> None:
        super().__init__(outcome.why)
        self.outcome = outcome


def deliver(server: MailServer, password: str, mail: EmailMessage, to: str) -> SendingOutcome:
    """Hand a mail to the server, once.

    ACCEPTED only after the server's 250 to the whole mail. A connection that breaks before the mail's
    last line was sent cannot have delivered it (LATER); one that breaks after it, and before the
    answer, may have (UNKNOWN).
    """
    try:
        line = _connected(server)
    except _Refusal as refusal:
        return refusal.outcome
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        return _broken(error, "连接邮件服务器", away=True)
    handed = False
    try:
        if password:
            _log_in(line, server.username, password)
        _said(line.mail(server.sender.addr_spec), "发件人")
        _said(line.rcpt(to), "收件人")
        line.putcmd("data")
        _said(line.getreply(), "发送内容", good=GO_ON)
        line.send(_wire(mail))
        handed = True
        _said(line.getreply(), "邮件内容")
    except _Refusal as refusal:
        return refusal.outcome
    except (OSError, smtplib.SMTPException) as error:
        if handed:
            return SendingOutcome(
                SendingState.UNKNOWN, "邮件已交给服务器，但没有收到答复，连接就断开了"
            )
        return _broken(error, "发送途中")
    finally:
        _leave(line)
    return SendingOutcome(SendingState.ACCEPTED)


def _connected(server: MailServer) -> smtplib.SMTP:
    """A line to the server, encrypted where it has to be."""
    context = ssl.create_default_context(cafile=server.ca_file or None)
    if server.security == "ssl":
        secure: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host,
            server.port,
            local_hostname=server.domain,
            timeout=server.timeout,
            context=context,
        )
        secure.ehlo_or_helo_if_needed()
        return secure
    line = smtplib.SMTP(
        server.host, server.port, local_hostname=server.domain, timeout=server.timeout
    )
    try:
        line.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            _encrypt(line, context)
    except BaseException:
        line.close()
        raise
    return line


def _encrypt(line: smtplib.SMTP, context: ssl.SSLContext) -> None:
    """Never go on in the open: no STARTTLS, no mail."""
    if not line.has_extn("starttls"):
        why = "邮件服务器不提供加密（STARTTLS），没有登录，也没有发送"
        raise _Refusal(SendingOutcome(SendingState.REFUSED, why, away=True))
    line.starttls(context=context)
    line.ehlo()


def _log_in(line: smtplib.SMTP, username: str, password: str) -> None:
    """Log in: in UTF-8 where the server knows PLAIN (RFC 4616), else as smtplib can, in ASCII."""
    ways = line.esmtp_features.get("auth", "").upper().split()
    try:
        if "PLAIN" in ways:
            secret = base64.b64encode(f"\0{username}\0{password}".encode()).decode()
            _agreed(*line.docmd("AUTH", f"PLAIN {secret}"))
        else:
            line.login(username, password)
    except (smtplib.SMTPNotSupportedError, UnicodeError) as error:
        why = "邮件服务器不接受登录，或不支持这样的口令"
        raise _Refusal(SendingOutcome(SendingState.REFUSED, why, away=True)) from error
    except smtplib.SMTPAuthenticationError as error:
        lasting = error.smtp_code >= PERMANENT
        why = f"登录失败，请核对用户名和口令：{_words(error.smtp_code, error.smtp_error)}"
        result = SendingState.REFUSED if lasting else SendingState.LATER
        raise _Refusal(SendingOutcome(result, why, away=lasting)) from error


def _agreed(code: int, words: bytes) -> None:
    if code not in {AGREED, ACCEPTED}:
        raise smtplib.SMTPAuthenticationError(code, words)


def _said(reply: tuple[int, bytes], what: str, good: int = ACCEPTED) -> None:
    """Go on if the server agreed; 251 (will forward) is agreement as well."""
    code, words = reply
    if code == good or (good == ACCEPTED and code == ACCEPTED + 1):
        return
    if code < 0:
        raise smtplib.SMTPServerDisconnected(what)
    result = SendingState.REFUSED if code >= PERMANENT else SendingState.LATER
    verb = "拒绝" if result is SendingState.REFUSED else "暂不接受"
    raise _Refusal(SendingOutcome(result, f"邮件服务器{verb}{what}：{_words(code, words)}"))


def _words(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return shorten(f"{code} {text}", 200)


def _wire(mail: EmailMessage) -> bytes:
    """The mail as it goes over the line: its own dots doubled, and the one that ends it."""
    raw = mail.as_bytes()
    return _DOTS.sub(b"..", raw if raw.endswith(b"\r\n") else raw + b"\r\n") + b".\r\n"


def _broken(error: Exception, when: str, *, away: bool = False) -> SendingOutcome:
    """A line that broke, or never came about."""
    if isinstance(error, ssl.SSLCertVerificationError):
        why = f"邮件服务器的证书不可信：{error.verify_message}"
        return SendingOutcome(SendingState.REFUSED, shorten(why, 200), away=True)
    if isinstance(error, smtplib.SMTPResponseException):
        lasting = error.smtp_code >= PERMANENT
        why = f"{when}：{_words(error.smtp_code, error.smtp_error)}"
        return SendingOutcome(
            SendingState.REFUSED if lasting else SendingState.LATER, why, away=away
        )
    if isinstance(error, ssl.SSLError):
        return SendingOutcome(SendingState.LATER, f"{when}：加密连接没有建立", away=away)
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return SendingOutcome(SendingState.LATER, f"{when}：服务器断开了连接", away=away)
    if isinstance(error, TimeoutError):
        return SendingOutcome(SendingState.LATER, f"{when}：超时", away=away)
    if isinstance(error, ConnectionRefusedError):
        return SendingOutcome(SendingState.LATER, f"{when}：服务器拒绝连接", away=away)
    if isinstance(error, socket.gaierror):
        return SendingOutcome(SendingState.LATER, f"{when}：找不到这个域名的地址", away=away)
    why = system_reason(error) if isinstance(error, OSError) else str(error)
    return SendingOutcome(SendingState.LATER, shorten(f"{when}：{why}", 200), away=away)


def _leave(line: smtplib.SMTP) -> None:
    """Say goodbye; what was accepted stays accepted whatever becomes of this."""
    try:
        line.quit()
    except (OSError, smtplib.SMTPException):
        line.close()

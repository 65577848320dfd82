"""Reads the address book: every mistake at once, with file, line and field."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr
from ipaddress import ip_address
from pathlib import Path

import idna

from crawler.inventory.toml_source import TomlRow, TomlSource, close
from crawler.sending.addressbook import PLACE, AddressBook, MailServer, Recipient
from crawler.sending.push import secret_in
from plugins.errors import ConfigurationError

KINDS = ("fixlists", "bulletin", "digest")
PORTS = {"starttls": 587, "ssl": 465, "plain": 25}
LITERAL = re.compile(r"://[^/@]*:(?!\$\{)[^/@]*@")
VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
MAIL_FIELDS = (
    "host", "port", "security", "username", "password_env", "from", "reply_to", "ca_file", "timeout",
)  # fmt: skip
SECRETS = ("password", "passwd", "pass", "secret", "token")
RECIPIENT_FIELDS = ("unit", "office", "mail", "apprise", "receives")


def read_addressbook(path: Path) -> AddressBook:
    """Read and check an address book; one ConfigurationError with every problem."""
    source = TomlSource.read(path)
    for key in source.tables:
        if key not in {"mail", "recipient"}:
            source.refuse(f"不认识的一节{close(key, ('mail', 'recipient'))}", name=key)
    recipients = tuple(_recipient(row) for row in source.rows("recipient", RECIPIENT_FIELDS))
    if not recipients and not source.problems:
        source.refuse("没有登记任何收件人，至少需要一个 [[recipient]]")
    mail = source.table("mail", (*MAIL_FIELDS, *SECRETS))
    wanted = "mail" in source.tables or any(one.mails for one in recipients)
    server = _server(mail, path.parent) if wanted else None
    _no_doubles(source, recipients)
    if source.problems:
        raise ConfigurationError(
            sorted(source.problems, key=lambda one: one.row if isinstance(one.row, int) else 0)
        )
    return AddressBook(str(path), server, recipients, mail.line_of("password_env"))


def _server(row: TomlRow, folder: Path) -> MailServer | None:
    for name in SECRETS:
        if name in row.values:
            row.refuse(name, "口令不能写在文件里：把它放进环境变量，用 password_env 写变量名")
    host = row.text("host", need=True)
    security = row.text("security", choices=tuple(PORTS)) or "starttls"
    username, variable = row.text("username"), row.text("password_env")
    if variable and not VARIABLE.fullmatch(variable):
        row.refuse("password_env", "应为环境变量的名称，如 GONGKAI_MAIL_PASSWORD")
    if bool(username) != bool(variable):
        row.refuse("username" if username else "password_env", "username 和 password_env 要一起写")
    if host and (not host.isascii() or not re.fullmatch(r"[\w.:-]+", host)):
        row.refuse("host", f"“{host}”不是服务器的域名或地址")
    elif security == "plain" and host and not _here(host):
        row.refuse("security", "plain（不加密）只能用于本机的邮件服务器，请用 starttls 或 ssl")
    if security == "plain" and username:
        row.refuse("username", "plain（不加密）时不能登录，口令绝不明文传送")
    authority = row.text("ca_file")
    place = folder / authority
    if authority and not place.is_file():
        row.refuse("ca_file", f"文件不存在：{place}")
    sender = _named_address(row, "from", need=True)
    if sender is None:
        return None
    return MailServer(
        host=host,
        port=int(_number(row, "port", PORTS[security], 65535)),
        security=security,
        sender=sender,
        username=username,
        password_env=variable,
        reply_to=_named_address(row, "reply_to"),
        ca_file=str(place) if authority else "",
        timeout=_number(row, "timeout", 30, 600),
    )


def _here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _number(row: TomlRow, key: str, default: int, most: int) -> float:
    value = row.values.get(key, default)
    good = isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= most
    if good and (key != "port" or isinstance(value, int)):
        return float(value)
    row.refuse(key, f"应为1到{most}的数")
    return default


def _named_address(row: TomlRow, key: str, *, need: bool = False) -> Address | None:
    text = row.text(key, need=need)
    if not text:
        return None
    name, plain = parseaddr(text)
    address = mail_address(plain)
    if not address or any(not sign.isprintable() for sign in name):
        row.refuse(key, f"“{text}”不是邮件地址，应写作“名称 <某人@example.gov.cn>”")
        return None
    return Address(display_name=name, addr_spec=address)


def mail_address(text: str) -> str:
    """A mail address as servers know it (Chinese domains spelt out); "" where it is none."""
    local, _, domain = text.strip().rpartition("@")
    if not re.fullmatch(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+", local):
        return ""
    try:
        host = domain if domain.isascii() else idna.encode(domain, uts46=True).decode()
        if not re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", host):
            return ""
        return Address(addr_spec=f"{local}@{host.lower()}").addr_spec
    except (idna.IDNAError, MessageError, ValueError, IndexError):
        return ""


def _recipient(row: TomlRow) -> Recipient:
    unit, office = row.text("unit"), row.values.get("office", False)
    unit = "".join(unit.split())
    if not isinstance(office, bool):
        row.refuse("office", "应为 true 或 false")
    if bool(unit) == bool(office):
        row.refuse("unit", '要么写 unit = "单位名称"，要么写 office = true（政务公开办）')
    mails = []
    for text in row.texts("mail"):
        address = mail_address(text)
        if not address:
            row.refuse("mail", f"“{text}”不是邮件地址")
        mails.append(address)
    pushes = row.texts("apprise")
    for push in pushes:
        _check_push(row, push)
    if not mails and not pushes:
        row.refuse("mail", "mail 和 apprise 至少要有一个")
    kinds = tuple(kind for kind in KINDS if unit or kind != "fixlists")
    receives = row.texts("receives") if "receives" in row.values else kinds
    for kind in receives:
        if kind not in kinds:
            row.refuse("receives", f"“{kind}”无效，可选：{'、'.join(kinds)}")
    return Recipient(unit, tuple(mails), pushes, receives, row.line)


def _check_push(row: TomlRow, push: str) -> None:
    for name in PLACE.findall(push):
        if not VARIABLE.fullmatch(name):
            row.refuse("apprise", f"“${{{name}}}”中应为环境变量的名称")
            return
    if "${" in PLACE.sub("", push):
        row.refuse("apprise", f"“{push}”中的 ${{ 没有写完")
    elif LITERAL.search(push):
        row.refuse("apprise", "地址中写着口令，不能写在文件里：请写作 ${环境变量名}")
    elif not PLACE.search(push):
        wrong = secret_in(push)
        if wrong:
            row.refuse("apprise", wrong)


def _no_doubles(source: TomlSource, recipients: Iterable[Recipient]) -> None:
    """One address twice under one unit would get everything twice."""
    seen: set[tuple[str, str, str]] = set()
    for one in recipients:
        for field, places in (("mail", one.mails), ("apprise", one.pushes)):
            for place in filter(None, places):
                key = (one.unit, field, place)
                if key in seen:
                    source.refuse("同一单位重复登记了同一收件地址", row=one.line, name=field)
                seen.add(key)

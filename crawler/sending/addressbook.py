"""The address book (sending.toml): the mail server, and who gets what; no secret stands in it.

::

    [mail]
    host = "smtp.example.gov.cn"
    security = "starttls"                   # or "ssl"; "plain" on this machine only
    port = 587                              # by default 587, 465, 25
    username = "gongkai@example.gov.cn"
    password_env = "GONGKAI_MAIL_PASSWORD"  # the environment variable that holds it
    from = "某区政务公开办 <gongkai@example.gov.cn>"

    [[recipient]]
    office = true
    mail = ["zwgk@example.gov.cn"]
    apprise = ["wecombot://${GONGKAI_WECOM_KEY}"]

    [[recipient]]
    unit = "区教育局"
    mail = ["jyj@example.gov.cn"]
    receives = ["fixlists", "digest"]       # all where it is left out

Everything that is wrong is collected and refused at once, with file, line and field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.headerregistry import Address

from crawler.inventory.toml_source import close
from plugins import Unit
from plugins.errors import ConfigurationError, Problem

PLACE = re.compile(r"\$\{([^}]*)\}")


@dataclass(frozen=True, slots=True)
class MailServer:
    """The mail server. ``security`` is starttls, ssl or plain (this machine only, no login).

    ``password_env`` names the environment variable of the password; ``ca_file`` "" = the system's.
    """

    host: str
    port: int
    security: str
    sender: Address
    username: str = ""
    password_env: str = ""
    reply_to: Address | None = None
    ca_file: str = ""
    timeout: float = 30

    @property
    def domain(self) -> str:
        """The sender's domain: in Message-IDs, and by what this machine introduces itself."""
        return self.sender.domain


@dataclass(frozen=True, slots=True)
class Recipient:
    """One who gets letters; ``unit`` "" = the office. ``pushes`` are addresses with ``${NAME}``."""

    unit: str
    mails: tuple[str, ...]
    pushes: tuple[str, ...]
    receives: tuple[str, ...]
    line: int | str | None = None


@dataclass(frozen=True, slots=True)
class AddressBook:
    """The whole file. ``mail`` is None where nobody is written to by mail."""

    path: str
    mail: MailServer | None
    recipients: tuple[Recipient, ...]
    mail_line: int | str | None = None

    def of(self, kind: str, unit: str) -> tuple[Recipient, ...]:
        """Who gets this kind of letter of that unit ("" = of the office)."""
        return tuple(one for one in self.recipients if one.unit == unit and kind in one.receives)

    def with_units(self, units: Iterable[Unit]) -> AddressBook:
        """The same with the units' own names.

        Raises:
            ConfigurationError: a recipient's unit is not in the register of the run.
        """
        names = {name: unit.name for unit in units for name in (unit.name, *unit.aliases)}
        problems = [
            Problem(
                self.path,
                f"台账中没有单位“{one.unit}”{close(one.unit, names) if names else ''}",
                row=one.line,
                field="unit",
            )
            for one in self.recipients
            if one.unit and one.unit not in names
        ]
        if problems:
            raise ConfigurationError(problems)
        return AddressBook(
            self.path,
            self.mail,
            tuple(
                Recipient(names.get(one.unit, ""), one.mails, one.pushes, one.receives, one.line)
                for one in self.recipients
            ),
            self.mail_line,
        )

    def password(self, environment: Mapping[str, str]) -> str:
        """The mail password; "" where no login is wanted.

        Raises:
            ConfigurationError: the variable is not set.
        """
        if self.mail is None or not self.mail.password_env:
            return ""
        found = environment.get(self.mail.password_env, "")
        if not found:
            raise ConfigurationError(
                [
                    Problem(
                        self.path,
                        f"环境变量 {self.mail.password_env} 没有设置",
                        row=self.mail_line,
                        field="password_env",
                    )
                ]
            )
        return found

    def filled(
        self, recipient: Recipient, push: str, environment: Mapping[str, str], *, need: bool = True
    ) -> str:
        """An Apprise address with its secrets.

        Raises:
            ConfigurationError: a variable is not set, and there is ``need`` of it.
        """
        missing = [name for name in PLACE.findall(push) if not environment.get(name)]
        if missing and need:
            raise ConfigurationError(
                [
                    Problem(
                        self.path,
                        f"环境变量 {name} 没有设置",
                        row=recipient.line,
                        field="apprise",
                    )
                    for name in missing
                ]
            )
        return PLACE.sub(lambda found: environment.get(found[1]) or found[0], push)

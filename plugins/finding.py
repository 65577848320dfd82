"""What a check says about a subject, and the identity by which it is remembered.

The identity recipe is design §7: ``blake2b-128("1", code, kind, site, ref, key)``. Message,
severity, points, position, time and run are left out on purpose: they change while the fault
stays the same, and a changed identity would lose its history and its verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import blake2b

RECIPE = "1"


class SubjectKind(StrEnum):
    """What a finding can be about."""

    PAGE = "page"
    COLUMN = "column"
    SITE = "site"
    LINK = "link"


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """The thing a finding is about.

    ``site`` is the site's host (with a port where it is not the default one); ``ref`` is
    ``url_key(url)`` for pages, columns and links, and the host for the site itself.
    """

    kind: SubjectKind
    site: str
    ref: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place where the fault can be seen: page, the words there, and where on the page.

    ``text`` is a quotation from the audited page (untrusted, shown escaped); ``selector`` is a CSS
    selector or the name of a region (``nav``, ``list``, ``article``, ``footer``, ``home``).
    """

    url: str
    text: str = ""
    selector: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, as a check yields it; the examiner stamps code and subject on it.

    ``message``  Chinese, complete sentence: what is wrong, with the words and figures.
    ``key``      tells several findings of one rule on one subject apart; stable over nights.
    ``of``       the subject when it is not the one being examined (site rules that judge a page).
    ``where``    evidence; a plain string is the address of a page.
    ``review``   ``True`` = could not tell, a person must look; costs nothing until confirmed.
    ``traits``   names by which a scheme may price the finding differently (``home``: a link on
                 the home page); not part of the identity.
    ``unit``     name of the unit that answers, where the subject does not tell (a yearly count of
                 one unit, found on the site as a whole); "" = as the subject says. No part of
                 the identity: put it into ``key`` where it tells findings apart.
    ``due``      an early warning: on this day (after ``site.today``) it becomes a breach if nothing
                 happens. Only where that is certain, so never with ``review``. ``None`` = a fault
                 now. Not part of the identity: when the day passes, the same finding is the breach.
    """

    message: str
    key: str = ""
    of: Subject | None = None
    where: tuple[Evidence | str, ...] = ()
    review: bool = False
    traits: tuple[str, ...] = ()
    unit: str = ""
    due: date | None = None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """``where`` with plain addresses turned into :class:`Evidence`."""
        return tuple(Evidence(item) if isinstance(item, str) else item for item in self.where)


def fingerprint(code: str, subject: Subject, key: str = "") -> str:
    """32 hex digits that name one fault for ever (design §7)."""
    digest = blake2b(digest_size=16)
    for part in (RECIPE, code, subject.kind.value, subject.site, subject.ref, key):
        raw = part.encode()
        # Length before content: ("a", "bc") and ("ab", "c") must not collide.
        digest.update(len(raw).to_bytes(4, "big") + raw)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Sighting:
    """A finding with its code and subject: what the store remembers."""

    code: str
    subject: Subject
    finding: Finding

    @property
    def fingerprint(self) -> str:
        """Identity of the fault, see :func:`fingerprint`."""
        return fingerprint(self.code, self.subject, self.finding.key)

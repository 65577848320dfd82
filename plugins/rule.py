"""A rule: one code, its prose (read from the module's Chinese docstring) and its knobs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

LABELS = {
    "为什么": "why",
    "看什么": "looks_at",
    "不报": "silent_when",
    "整改": "remedy",
    "依据": "source",
}
FAMILIES = {
    "COL": "columns",
    "LNK": "links",
    "POL": "policy",
    "DLG": "dialogue",
    "DSC": "disclosure",
    "PLT": "platform",
    "TXT": "text",
}
FAMILY_NAMES = {
    "columns": "栏目",
    "links": "链接",
    "policy": "政策文件与解读",
    "dialogue": "互动交流",
    "disclosure": "应公开事项",
    "platform": "网站功能",
    "text": "内容表述",
}
CODE = re.compile(r"[A-Z]{3,8}\d{3}")


class Severity(StrEnum):
    """How grave a fault is; points belong to schemes."""

    VETO = "veto"
    MAJOR = "major"
    MINOR = "minor"
    ADVICE = "advice"


SEVERITY_NAMES = {
    Severity.VETO: "否决",
    Severity.MAJOR: "严重",
    Severity.MINOR: "一般",
    Severity.ADVICE: "提示",
}


class Confidence(StrEnum):
    """How sure a verdict from outside can be (domain.md §11)."""

    HIGH = "H"
    MEDIUM = "M"
    LOW = "L"


class Scope(StrEnum):
    """How far a rule looks before it says that there is no fault."""

    SUBJECT = "subject"
    SITE = "site"


@dataclass(frozen=True)
class Prose:
    """A rule's docstring taken apart; ``missing`` names the labels that are not there."""

    title: str
    why: str = ""
    looks_at: str = ""
    silent_when: str = ""
    remedy: str = ""
    source: str = ""
    notes: str = ""
    missing: tuple[str, ...] = ()


def read_prose(doc: str | None) -> Prose:
    """Take a rule docstring apart: first line = title, then the five labels, then notes.

    A label's text runs on over indented or plain lines up to the next label or blank line.
    """
    lines = [line.strip() for line in (doc or "").strip().splitlines()]
    title = lines[0] if lines else ""
    parts: dict[str, str] = {}
    current = ""
    notes: list[str] = []
    for line in lines[1:]:
        label, colon, rest = line.partition("：")
        if colon and label in LABELS:
            current = LABELS[label]
            parts[current] = rest.strip()
        elif not line:
            current = ""
        elif current:
            parts[current] += line
        else:
            notes.append(line)
    missing = tuple(label for label, name in LABELS.items() if not parts.get(name))
    if not title.endswith("。"):
        missing = ("标题（首行，以“。”结尾）", *missing)
    return Prose(title.rstrip("。"), notes="".join(notes), missing=missing, **parts)


@dataclass(frozen=True)
class Rule:
    """One rule. ``RULE = Rule(__doc__, code="COL101", …)`` in the module that implements it.

    ``deduct``        suggested points per finding; a scheme decides.
    ``needs``         names of probes whose answers the rule rests on: without them it does not run.
    ``options``       an instance of the rule's frozen ``Options`` dataclass, holding the defaults.
    ``requirements``  ids from domain.md §11 (R01 … R63) that the rule covers.
    ``confidence``    how sure a verdict from outside can be.
    ``shows``         looking beats reading: its findings are worth a picture of the page.
    ``private``       it finds personal data: its pages are never pictured, whatever else is on them.
    ``scope``         SITE for a rule about pages or columns that looks for a counterpart all over the
                      site, and thus cannot be checked again by its subject alone.
    ``absence``       it says that something is nowhere on the site, or too little of it: whether all was
                      seen bears on it, so that it asks for ``plugins.facts.site.doubts``.
    """

    doc: str | None
    code: str
    severity: Severity
    deduct: float = 0
    needs: tuple[str, ...] = ()
    options: Any = None
    requirements: tuple[str, ...] = ()
    confidence: Confidence = Confidence.HIGH
    shows: bool = False
    private: bool = False
    scope: Scope = Scope.SUBJECT
    absence: bool = False
    prose: Prose = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "prose", read_prose(self.doc))

    @property
    def family(self) -> str:
        """Folder name read off the code's letters; unknown letters are their own family."""
        letters = re.match(r"[A-Z]+", self.code)
        return FAMILIES.get(letters.group() if letters else "", self.code[:3].lower())

    @property
    def title(self) -> str:
        """The fault in a few words, without the closing full stop."""
        return self.prose.title

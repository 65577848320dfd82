"""What the office is assessed on (R01–R63), and which of it a crawler can see."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement, in the office's words.

    ``phrase`` is quoted from ``source``; ``how`` says how it is checked from outside; ``beyond`` what
    of it cannot be; ``not_visible`` why nothing of it can ("" = rules look at it).
    """

    id: str
    title: str
    phrase: str
    source: str
    how: str = ""
    beyond: str = ""
    not_visible: str = ""


@dataclass(frozen=True, slots=True)
class Outside:
    """A matter that is assessed, and that no website shows."""

    matter: str
    why: str


@dataclass(frozen=True, slots=True)
class Requirements:
    """All requirements in their order, and what lies outside every website."""

    all: tuple[Requirement, ...]
    outside: tuple[Outside, ...]

    @classmethod
    def read(cls) -> Requirements:
        """The list that is shipped beside this module."""
        told = tomllib.loads(
            resources.files("plugins").joinpath("requirements.toml").read_text(encoding="utf-8")
        )
        return cls(
            tuple(Requirement(**row) for row in told["requirement"]),
            tuple(Outside(**row) for row in told["outside"]),
        )

    @property
    def not_visible(self) -> tuple[Requirement, ...]:
        """Those that cannot be checked from outside."""
        return tuple(one for one in self.all if one.not_visible)

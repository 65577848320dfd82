"""Finds a scheme by its name or file, together with what it builds on."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from findings.schemes.default import DEFAULT_SCHEME
from findings.schemes.extending import EXTENDS, ExtendedScheme
from findings.schemes.scheme import Scheme
from findings.schemes.scheme_reader import SchemeReader
from findings.schemes.scheme_text import TOP, SchemeSource, SchemeText
from plugins.errors import ConfigurationError, Problem
from plugins.reasons import system_reason


def scheme_names() -> list[str]:
    """The schemes that come with gongkai."""
    return sorted(
        item.name.removesuffix(".toml")
        for item in files("findings.schemes").iterdir()
        if item.name.endswith(".toml")
    )


def find_scheme(name: str = DEFAULT_SCHEME) -> Scheme:
    """A scheme by its name, or by the path of a TOML file.

    Raises:
        ConfigurationError: when there is none, or with everything that is wrong in it.
    """
    if name.endswith(".toml"):
        return SchemeReader(_source(_Origin(name, Path(name)), ())).scheme()
    if name not in scheme_names():
        raise ConfigurationError([Problem("--scheme", _unknown(name, "或给出 .toml 文件"))])
    return SchemeReader(_source(_Origin(name), ())).scheme()


def read_scheme(raw: bytes, file: str) -> Scheme:
    """A scheme from the bytes of a TOML file, which problems name ``file``.

    Raises:
        ConfigurationError: with every problem, each with its file, line and field.
    """
    return SchemeReader(_built(SchemeText(raw, file), _Origin(file, Path(file)), ())).scheme()


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where a scheme comes from: one that is shipped (no path), or a file."""

    name: str
    path: Path | None = None

    @property
    def identity(self) -> str:
        return self.name if self.path is None else str(self.path.resolve())


def _source(origin: _Origin, seen: tuple[_Origin, ...]) -> SchemeSource:
    if origin.path is None:
        raw = (files("findings.schemes") / f"{origin.name}.toml").read_bytes()
        return _built(SchemeText(raw, f"schemes/{origin.name}.toml"), origin, seen)
    try:
        raw = origin.path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            [Problem(origin.name, f"无法读取：{system_reason(error)}。")]
        ) from error
    return _built(SchemeText(raw, origin.name), origin, seen)


def _built(own: SchemeText, origin: _Origin, seen: tuple[_Origin, ...]) -> SchemeSource:
    """A file laid over what it builds on, which must be sound by itself."""
    named = own.data.get(EXTENDS)
    if named is None:
        return own
    seen = (*seen, origin)
    base = _base(own, named, origin, seen)
    source = _source(base, seen)
    SchemeReader(source).scheme()
    return ExtendedScheme(own, source)


def _base(own: SchemeText, named: Any, origin: _Origin, seen: tuple[_Origin, ...]) -> _Origin:
    """What a file says that it builds on.

    Raises:
        ConfigurationError: when that is no scheme, or builds on the file itself.
    """

    def refused(message: str) -> ConfigurationError:
        file, row = own.where(TOP, EXTENDS)
        return ConfigurationError([Problem(file, message, row, EXTENDS)])

    if not isinstance(named, str) or not named:
        raise refused("应为文字：所依据的方案的名称，或 .toml 文件。")
    if named.endswith(".toml"):
        folder = Path() if origin.path is None else origin.path.parent
        base = _Origin(str(folder / named), folder / named)
        if not (folder / named).is_file():
            raise refused(f"没有“{folder / named}”这个文件。")
    elif named in scheme_names():
        base = _Origin(named)
    else:
        raise refused(_unknown(named, "或写 .toml 文件（相对于本文件所在的文件夹）"))
    known = [one.identity for one in seen]
    if base.identity in known:
        circle = [*(one.name for one in seen[known.index(base.identity) :]), base.name]
        raise refused(f"方案互相依据，成了一圈：{' → '.join(circle)}。")
    return base


def _unknown(name: str, otherwise: str) -> str:
    return f"没有名为“{name}”的考评方案：现有{'、'.join(scheme_names())}，{otherwise}。"

"""The files of a new check, to be rewritten by its author: module, fixtures, a line in a scheme."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crawler.terminal.sketches import MODULE, SKETCHES, Hook
from findings.schemes.default import DEFAULT_SCHEME
from plugins.engine.manager import Plugins
from plugins.errors import ConfigurationError, Problem
from plugins.rule import CODE, FAMILIES, letters_of

COMMAND = "命令行"
# The drop-in folder: no package, and nothing in it is part of the project.
LOCAL = "plugins/local"
NAME = re.compile(r"[a-z][a-z0-9_]*")
UNPRICED = "新规则，分值未定"
_UNPRICED_LINE = re.compile(rf'(\[\[unscored\]\]\nchecks = \[[^\]]*)(\]\nwhy = "{UNPRICED}"\n)')


@dataclass(frozen=True)
class NewCheck:
    """Where a new check goes, and what it is called.

    ``family`` is a folder below ``checks``: one of ours or one of the author's own, with rooms below
    it if need be (``disclosure/units``); or ``plugins/local``.
    """

    root: Path
    family: str
    slug: str
    code: str
    hook: Hook
    title: str

    @property
    def local(self) -> bool:
        """Whether it is dropped in beside the project's own checks."""
        return self.family == LOCAL

    @property
    def module(self) -> Path:
        """The module."""
        return self.root / ("." if self.local else "checks") / self.family / f"{self.slug}.py"

    @property
    def fixtures(self) -> Path:
        """The folder of its fixtures."""
        return self.root / ("." if self.local else "tests/checks") / self.family / self.slug

    @property
    def scheme(self) -> Path:
        """The scheme that names the code first."""
        return self.root / "findings" / "schemes" / f"{DEFAULT_SCHEME}.toml"

    @property
    def packages(self) -> Iterator[Path]:
        """The packages that the module lies in, below ``checks``."""
        parts = () if self.local else self.family.split("/")
        for depth in range(1, len(parts) + 1):
            yield self.root.joinpath("checks", *parts[:depth], "__init__.py")


def files(new: NewCheck, plugins: Plugins) -> dict[Path, str]:
    """The files of a new check by path: those that do not exist yet, and the scheme with its line.

    Raises:
        ConfigurationError: with everything that is wrong: family, name, code, files that exist.
    """
    sketch = SKETCHES[new.hook]
    made = {
        new.module: MODULE.format(
            title=new.title.rstrip("。"), code=new.code, hook=new.hook.value, **sketch.words()
        ),
        new.fixtures / f"bad.{sketch.suffix}": sketch.bad,
        new.fixtures / f"good.{sketch.suffix}": sketch.good,
    }
    problems = [*_wrong_names(new, plugins)]
    problems += [Problem(COMMAND, f"{path}已存在，不覆盖") for path in made if path.exists()]
    folder = LOCAL if new.local else "checks"
    if not (new.root / folder).is_dir():
        problems.append(Problem(COMMAND, f"{new.root}中没有{folder}文件夹，请在项目根目录运行"))
    if problems:
        raise ConfigurationError(problems)
    for package in new.packages:
        if not package.exists():
            name = package.parent.relative_to(new.root / "checks").as_posix()
            made[package] = f'"""Checks of the family {name}."""\n'
    if not new.local and new.scheme.is_file():
        made[new.scheme] = with_line(new.scheme.read_text(encoding="utf-8"), new.code)
    return made


def with_line(scheme: str, code: str) -> str:
    """The text of a scheme in which a code is named as not yet priced."""
    if _UNPRICED_LINE.search(scheme):
        return _UNPRICED_LINE.sub(rf'\1, "{code}"\2', scheme, count=1)
    return f'{scheme.rstrip()}\n\n[[unscored]]\nchecks = ["{code}"]\nwhy = "{UNPRICED}"\n'


def write(made: dict[Path, str]) -> None:
    """Write the files, making their folders."""
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _wrong_names(new: NewCheck, plugins: Plugins) -> Iterator[Problem]:
    parts = new.family.split("/")
    if not new.local and not all(map(_named_well, parts)):
        known = "、".join(FAMILIES.values())
        reason = (
            f"“{new.family}”无效：可用{known}（其下可再分文件夹，如 disclosure/units），"
            f"或自定的小写英文名称，或 {LOCAL}"
        )
        yield Problem("类别", reason)
    if not _named_well(new.slug):
        reason = f"“{new.slug}”无效，应为小写字母、数字和下划线，如 stale_column"
        yield Problem("文件名", reason)
    if not CODE.fullmatch(new.code):
        reason = f"“{new.code}”无效，应为3至8个大写字母加3位数字，如 COL206"
        yield Problem("--code", reason)
    else:
        yield from _wrong_letters(new, parts[0])
    taken = [rule for rule in plugins.rules if rule.code == new.code]
    if taken:
        reason = f"{new.code}已用于“{taken[0].title}”（{plugins.plugin(new.code).name}）"
        yield Problem("--code", reason)


def _wrong_letters(new: NewCheck, family: str) -> Iterator[Problem]:
    """A family of ours has its letters; letters of one's own have a folder of one's own."""
    home = FAMILIES.get(letters_of(new.code))
    if home == family:
        return
    letters = next((key for key, name in FAMILIES.items() if name == family), "")
    if letters:
        reason = f"“{new.code}”与类别{family}不符，应以{letters}开头"
    elif home:
        reason = f"“{new.code}”的字母属于类别{home}；放在{new.family}中的规则，请用自定的字母"
    else:
        return
    yield Problem("--code", reason)


def _named_well(name: str) -> bool:
    return bool(NAME.fullmatch(name)) and not keyword.iskeyword(name)

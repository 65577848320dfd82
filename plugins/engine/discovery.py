"""Where plugins are found: packages by name, entry points, files in a folder. Nothing is judged here."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType

from plugins.deadline import Deadline, OutOfTimeError
from plugins.errors import ConfigurationError, PluginError, Problem
from plugins.hookspecs import NAME

BUILT_IN = "内置"
LOCAL = Path(__file__).parents[1] / "local"
IMPORT_SECONDS = 15.0


@dataclass(frozen=True)
class Found:
    """A module that was found: its name for people, where it came from, and itself or what broke.

    ``foreign`` = not ours: one that cannot be used is left out, named loudly, and harms nobody.
    ``sure`` = somebody put it there as a plugin; a module of a package may be a mere helper.
    """

    name: str
    origin: str
    foreign: bool
    sure: bool = True
    module: ModuleType | None = None
    error: PluginError | None = None


def find(packages: Sequence[str], local: Path | None) -> Iterator[Found]:
    """Modules of the packages, then of entry points, then of the folder (None: plugins/local).

    ConfigurationError when the folder that was named does not exist.
    """
    for package in packages:
        yield from walk(package)
    yield from installed()
    yield from dropped_in(local)


def walk(package: str) -> Iterator[Found]:
    """Every public module below a package of ours, by name; ``_names`` are helpers."""
    root = importlib.import_module(package)
    for name in _modules(root):
        yield _load(
            name,
            BUILT_IN,
            partial(importlib.import_module, name),
            foreign=False,
            sure=False,
        )


def installed() -> Iterator[Found]:
    """Entry points of group ``gongkai``; one that names a package stands for all its modules."""
    points = sorted(
        entry_points(group=NAME), key=lambda point: (_distribution(point), point.name, point.value)
    )
    for point in points:
        origin = _distribution(point) or point.value
        name = f"{origin}：{point.name}"
        first = _load(name, origin, partial(_module_of, point), foreign=True)
        if first.module is None or not _is_bare_package(first.module):
            yield first
            continue
        for below in _modules(first.module):
            yield _load(
                f"{name}（{below}）",
                origin,
                partial(importlib.import_module, below),
                foreign=True,
                sure=False,
            )


def dropped_in(folder: Path | None) -> Iterator[Found]:
    """``*.py`` of the folder, loaded by file location; names that begin with ``_`` or ``.`` are not."""
    if folder is not None and not folder.is_dir():
        raise ConfigurationError([Problem(str(folder), "插件文件夹不存在")])
    for path in sorted((folder or LOCAL).glob("*.py")):
        if path.name[0] not in "_.":
            yield _load(str(path), str(path), partial(load_file, path), foreign=True)


def load_file(path: Path) -> ModuleType:
    """A module from a file anywhere; under a name of its own, so that two folders do not mix."""
    place = blake2b(str(path.resolve()).encode(), digest_size=4).hexdigest()
    name = f"gongkai_local_{place}_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path}不是Python文件")
    module = importlib.util.module_from_spec(spec)
    # Dataclasses of the module look their module up by name while it is being run.
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        sys.modules.pop(name, None)
        raise
    return module


def _load(
    name: str, origin: str, load: Callable[[], ModuleType], *, foreign: bool, sure: bool = True
) -> Found:
    """Import one module; whatever its code does while it is imported becomes its own refusal."""
    why, cause = "", None
    try:
        with Deadline(IMPORT_SECONDS):
            return Found(name, origin, foreign, sure, module=load())
    except OutOfTimeError:
        why = f"导入超过{IMPORT_SECONDS:g}秒仍未结束"
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a stranger's code at its first breath
        why, cause = f"无法导入，{type(error).__name__}：{error}", error
    refusal = PluginError(name, why)
    refusal.__cause__ = cause
    return Found(name, origin, foreign, sure, error=refusal)


def _modules(package: ModuleType) -> Iterator[str]:
    """Names of all public modules below a package, sorted; packages in between are imported."""
    for item in sorted(
        pkgutil.iter_modules(package.__path__, package.__name__ + "."), key=lambda item: item.name
    ):
        if item.name.rpartition(".")[2].startswith("_"):
            continue
        if item.ispkg:
            yield from _modules(importlib.import_module(item.name))
        else:
            yield item.name


def _module_of(point: EntryPoint) -> ModuleType:
    loaded = point.load()
    if not isinstance(loaded, ModuleType):
        raise TypeError(f"入口点应指向模块，而“{point.value}”是{type(loaded).__name__}")
    return loaded


def _is_bare_package(module: ModuleType) -> bool:
    return (
        hasattr(module, "__path__") and not hasattr(module, "RULE") and not hasattr(module, "PROBE")
    )


def _distribution(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist is not None else ""

"""What a module must be to be let in as a plugin, and everything that is wrong with one that is not."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import FunctionType, ModuleType
from typing import Any

from plugins import hookspecs
from plugins.engine.discovery import Found
from plugins.errors import PluginError
from plugins.rule import CODE, Confidence, Rule, Severity
from plugins.values import hints, near

CHECK_HOOKS = ("check_page", "check_attachment", "check_column", "check_site")
PROBE_HOOKS = ("probe_site", "probe_page")
MARK = hookspecs.NAME + "_impl"
# A name this much like a hook's is taken for a misspelt one.
LIKENESS = 0.8


def _specifications() -> dict[str, tuple[str, ...]]:
    """Each hook with the arguments it offers, read off the specification itself."""
    return {
        name: tuple(inspect.signature(function).parameters)
        for name, function in vars(hookspecs).items()
        if inspect.isfunction(function) and hasattr(function, hookspecs.NAME + "_spec")
    }


HOOKS: Mapping[str, tuple[str, ...]] = _specifications()


@dataclass(frozen=True)
class Plugin:
    """A module that was let in: its rule or probe, and its functions by hook."""

    name: str
    origin: str
    foreign: bool
    module: ModuleType
    rule: Rule | None = None
    probe: str = ""
    hooks: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    formats: Mapping[str, Any] = field(default_factory=dict)


def admit(found: Found) -> Plugin | None:
    """The plugin in a module; None for a helper module of a package that has nothing of a plugin.

    Raises:
        PluginError: with every reason why it cannot be used.
    """
    if found.module is None:
        raise found.error or PluginError(found.name, "无法导入")
    module = found.module
    marked = dict(_marked(module))
    rule, probe = getattr(module, "RULE", None), getattr(module, "PROBE", None)
    wrong = [*_misspelt(module, marked)]
    if not (marked or wrong or rule is not None or probe is not None):
        if found.sure:
            raise PluginError(found.name, "其中没有 RULE、PROBE 或用 @hookimpl 标记的钩子函数")
        return None
    for name, function in marked.items():
        wrong += _wrong_function(name, function)
    wrong += _wrong_rule(rule, marked)
    wrong += _wrong_probe(probe, marked)
    formats: Mapping[str, Any] = {}
    if not wrong and "report_formats" in marked:
        formats, reason = _formats(marked["report_formats"])
        wrong += [reason] if reason else []
    if wrong:
        code = f"（{rule.code}）" if isinstance(rule, Rule) else ""
        raise PluginError(found.name + code, "；".join(wrong))
    return Plugin(
        found.name, found.origin, found.foreign, module, rule, probe or "", marked, formats
    )


def _marked(module: ModuleType) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Functions marked with ``hookimpl``, by the name of the hook they implement."""
    for name, value in vars(module).items():
        if inspect.isroutine(value) and isinstance(getattr(value, MARK, None), dict):
            yield getattr(value, MARK).get("specname") or name, value


def _misspelt(module: ModuleType, marked: Mapping[str, Any]) -> Iterator[str]:
    for name in marked:
        if name not in HOOKS:
            yield f"没有名为 {name} 的钩子{near(name, HOOKS)}"
    for name, value in vars(module).items():
        ours = isinstance(value, FunctionType) and value.__module__ == module.__name__
        if not ours or name.startswith("_") or hasattr(value, MARK):
            continue
        if name in HOOKS:
            yield f"函数 {name} 没有用 @hookimpl 标记，不会被调用"
        elif close := get_close_matches(name, HOOKS, n=1, cutoff=LIKENESS):
            yield f"函数 {name} 像是写错的钩子 {close[0]}；若不是钩子，请改名或以 _ 开头"


def _wrong_function(name: str, function: Callable[..., Any]) -> Iterator[str]:
    if name not in HOOKS:
        return
    marks = getattr(function, MARK)
    if marks.get("wrapper") or marks.get("hookwrapper"):
        yield f"{name} 不能是包装钩子（wrapper）"
    for parameter in inspect.signature(function).parameters.values():
        needed = parameter.default is inspect.Parameter.empty
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            yield f"{name} 不能用 *{parameter.name} 接收参数，请写出所需参数的名称"
        elif needed and (
            parameter.name not in HOOKS[name] or parameter.kind == parameter.KEYWORD_ONLY
        ):
            yield (
                f"{name} 没有参数 {parameter.name}{near(parameter.name, HOOKS[name])}"
                f"（可用：{'、'.join(HOOKS[name]) or '无'}）"
            )
    asynchronous = inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function)
    if name in PROBE_HOOKS and not inspect.iscoroutinefunction(function):
        yield f"{name} 应为 async def，并返回一个值"
    elif name not in PROBE_HOOKS and asynchronous:
        yield f"{name} 不能是 async def"


def _wrong_rule(rule: Any, marked: Mapping[str, Callable[..., Any]]) -> Iterator[str]:
    checks = [name for name in CHECK_HOOKS if name in marked]
    if rule is None:
        if checks:
            yield f"有 {checks[0]} 却没有 RULE"
        return
    if not isinstance(rule, Rule):
        yield f"RULE 应为 plugins.Rule，不能是 {type(rule).__name__}"
        return
    if not checks:
        yield f"有 RULE 却没有检查钩子（{'、'.join(CHECK_HOOKS)} 之一，用 @hookimpl 标记）"
    if len(checks) > 1:
        yield f"一个模块只能有一个检查钩子，现有 {'、'.join(checks)}"
    if not isinstance(rule.code, str) or not CODE.fullmatch(rule.code):
        yield f"代码“{rule.code}”不合格式，应为3至8个大写字母加3位数字，如 COL201"
    if rule.prose.missing:
        yield f"模块文档缺少：{'、'.join(rule.prose.missing)}"
    yield from _wrong_fields(rule)
    yield from _wrong_options(rule.options, [marked[name] for name in checks])


def _wrong_fields(rule: Rule) -> Iterator[str]:
    if not isinstance(rule.severity, Severity):
        yield f"severity 应为 plugins.Severity 的成员，不能是 {rule.severity!r}"
    if not isinstance(rule.confidence, Confidence):
        yield f"confidence 应为 plugins.Confidence 的成员，不能是 {rule.confidence!r}"
    if (
        isinstance(rule.deduct, bool)
        or not isinstance(rule.deduct, (int, float))
        or rule.deduct < 0
    ):
        yield f"deduct 应为不小于0的数，不能是 {rule.deduct!r}"
    for name in ("needs", "requirements"):
        value = getattr(rule, name)
        if not isinstance(value, tuple) or not all(isinstance(one, str) and one for one in value):
            yield f'{name} 应为文字的元组，如 ("ipv6",)，不能是 {value!r}'


def _wrong_options(options: Any, checks: list[Callable[..., Any]]) -> Iterator[str]:
    if options is None:
        if any("options" in inspect.signature(check).parameters for check in checks):
            yield "检查钩子要用 options，而 RULE 没有给出 options=Options()"
        return
    if isinstance(options, type) or not dataclasses.is_dataclass(options):
        yield "options 应为 Options 数据类的实例，如 options=Options()"
        return
    # typing knows no attribute for it; every dataclass has it.
    if not vars(type(options))["__dataclass_params__"].frozen:
        yield "Options 应为冻结的数据类（@dataclass(frozen=True)）"
    try:
        hints(type(options))
    except Exception as error:  # noqa: BLE001 - annotations are a stranger's code too
        yield f"Options 的类型注解无法读取：{error}"


def _wrong_probe(probe: Any, marked: Mapping[str, Callable[..., Any]]) -> Iterator[str]:
    probes = [name for name in PROBE_HOOKS if name in marked]
    if probe is None:
        if probes:
            yield f'有 {probes[0]} 却没有 PROBE = "探测名称"'
        return
    if not isinstance(probe, str) or not probe.isidentifier():
        yield f"PROBE 应为由字母、数字、下划线组成的名称，不能是 {probe!r}"
    if not probes:
        yield f"有 PROBE 却没有探测钩子（{'、'.join(PROBE_HOOKS)} 之一，用 @hookimpl 标记）"


def _formats(function: Callable[..., Any]) -> tuple[Mapping[str, Any], str]:
    """What ``report_formats`` offers, or why it offers nothing that can be used."""
    try:
        formats = function()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a stranger's code
        return {}, f"report_formats 抛出 {type(error).__name__}：{error}"
    if not isinstance(formats, Mapping) or not all(
        isinstance(name, str) and name and callable(write) for name, write in formats.items()
    ):
        return {}, "report_formats 应返回 {名称: 函数}"
    return dict(formats), ""

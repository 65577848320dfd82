"""All plugins of one run: found in three places, checked, sorted, and refused by name where wrong."""

from __future__ import annotations

import dataclasses
import inspect
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self

import pluggy

from plugins import hookspecs
from plugins.engine.admission import Plugin, admit
from plugins.engine.discovery import Found, find
from plugins.errors import ConfigurationError, DuplicateCodeError, PluginError, Problem
from plugins.rule import Rule
from plugins.values import MisfitError, fields, fitted, hints, near

Options = Mapping[str, Mapping[str, Any]]

# Where a wrong option is said to stand; whoever read a file puts the file in its place.
OPTIONS = "规则选项"


@dataclass(frozen=True)
class Plugins:
    """The plugins in force. Built once at an entry point and handed down.

    ``refused`` are foreign plugins (installed or dropped in) that were left out, each with its name
    and why: the caller must print and record them. A built-in plugin that is broken, and an option
    that is wrong, raise instead, since then the run would not be the one that was asked for.

    ``known`` are all rules by code, those too that were left out by choice: findings of theirs may
    be remembered.

    When two plugins claim one code (probe, report format), the one found first keeps it: ours
    before installed ones (by distribution and name) before files (by name). The other is refused.
    """

    plugins: tuple[Plugin, ...]
    refused: tuple[PluginError, ...] = ()
    left_out: tuple[str, ...] = ()
    overrides: Mapping[str, Any] = field(default_factory=dict)
    known: Mapping[str, Rule] = field(default_factory=dict)

    @classmethod
    def discover(
        cls,
        local: Path | None = None,
        options: Options | None = None,
        only: Collection[str] | None = None,
        without: Collection[str] = (),
        *,
        packages: Sequence[str] = ("checks",),
        strict: bool = False,
    ) -> Self:
        """Find, check and configure all plugins.

        Args:
            local: folder of drop-in files instead of plugins/local.
            options: by code, the options that differ from the rule's defaults.
            only: codes, beginnings of codes or families that are in force; None for all.
            without: the same, to leave out.
            packages: packages of ours that are walked, by name.
            strict: let any refusal raise.

        Raises:
            PluginError: a built-in plugin is broken (``strict``: any plugin).
            DuplicateCodeError: two built-in rules have one code (``strict``: any two).
            ConfigurationError: unknown codes, unknown options, options of the wrong type; all of
                them at once.
        """
        return cls.of(find(packages, local), options or {}, only, without, strict=strict)

    @classmethod
    def of(
        cls,
        found: Iterable[Found],
        options: Options | None = None,
        only: Collection[str] | None = None,
        without: Collection[str] = (),
        *,
        strict: bool = True,
    ) -> Self:
        """As ``discover``, from modules that were found already (tests, a single file)."""
        admitted, refused = _admitted(found, strict=strict)
        rules = {plugin.rule.code: plugin.rule for plugin in admitted if plugin.rule}
        problems = [
            *_unknown("选择规则（only）", only or (), rules),
            *_unknown("--without", without, rules),
        ]
        overrides: dict[str, Any] = {}
        for code, wanted in (options or {}).items():
            if code not in rules:
                problems.append(Problem(OPTIONS, f"没有规则 {code}{near(code, rules)}", field=code))
                continue
            changed, wrong = _overridden(rules[code], wanted)
            problems += wrong
            overrides[code] = changed
        if problems and refused and not strict:
            # Codes that nobody has may be those of a plugin that was refused: its fault must not
            # stop the run. Anything else in the configuration does.
            unknown = [one for one in problems if one.message.startswith("没有规则")]
            problems = [one for one in problems if one not in unknown]
            refused += [
                PluginError(str(one.field), f"{one}（可能属于未启用的插件）") for one in unknown
            ]
        if problems:
            raise ConfigurationError(problems)
        chosen = [
            plugin
            for plugin in admitted
            if plugin.rule is None
            or (
                (only is None or _matches(plugin.rule, only)) and not _matches(plugin.rule, without)
            )
        ]
        in_force = {plugin.rule.code for plugin in chosen if plugin.rule}
        return cls(
            plugins=tuple(sorted(chosen, key=_order)),
            refused=tuple(refused),
            left_out=tuple(sorted(rules.keys() - in_force)),
            overrides=overrides,
            known=rules,
        )

    @cached_property
    def manager(self) -> pluggy.PluginManager:
        """Pluggy's own manager, with every plugin in force registered and verified by it too."""
        manager = pluggy.PluginManager(hookspecs.NAME)
        manager.add_hookspecs(hookspecs)
        for plugin in self.plugins:
            manager.register(plugin.module, plugin.name)
        manager.check_pending()
        return manager

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Rules in force, by code."""
        return tuple(plugin.rule for plugin in self.plugins if plugin.rule)

    @cached_property
    def _by_code(self) -> dict[str, Plugin]:
        return {plugin.rule.code: plugin for plugin in self.plugins if plugin.rule}

    def plugin(self, code: str) -> Plugin:
        """The plugin of a rule in force; ConfigurationError, naming near codes, for none."""
        try:
            return self._by_code[code]
        except KeyError:
            reason = f"没有这条规则{near(code, self._by_code, 3)}"
            raise ConfigurationError([Problem(f"规则代码 {code}", reason)]) from None

    def rule(self, code: str) -> Rule:
        """The rule of a code; ConfigurationError, naming near codes, where there is none."""
        rule = self.plugin(code).rule
        assert rule is not None
        return rule

    def origin(self, code: str) -> str:
        """Where a rule came from: ``内置``, a distribution with its version, or a file."""
        return self.plugin(code).origin

    def settings(self, rule: Rule) -> Any:
        """The rule's options with what the configuration changed; None for a rule without any."""
        return self.overrides.get(rule.code, rule.options)

    def calls(
        self, hook: str, skip: Collection[str] = frozenset(), **facts: Any
    ) -> Iterator[tuple[Rule, Callable[..., Any], list[Any]]]:
        """Every rule that implements the hook, by code, with the arguments that it asked for."""
        implementations = getattr(self.manager.hook, hook).get_hookimpls()
        for impl in sorted(implementations, key=lambda impl: str(impl.plugin.RULE.code)):
            rule: Rule = impl.plugin.RULE
            if rule.code not in skip:
                given = {**facts, "options": self.settings(rule)}
                yield rule, impl.function, [given[name] for name in impl.argnames]

    def probes(self, hook: str) -> Iterator[tuple[str, Callable[..., Any]]]:
        """Name and function of every probe that implements ``probe_site`` or ``probe_page``, by name.

        Call the function with keyword arguments as ``arguments(function, …)`` picks them.
        """
        found = [(p.probe, p.hooks[hook]) for p in self.plugins if p.probe and hook in p.hooks]
        yield from sorted(found, key=lambda pair: pair[0])

    @cached_property
    def needs(self) -> frozenset[str]:
        """Names of the probes that rules in force rest on; other probes need not be asked."""
        return frozenset(name for rule in self.rules for name in rule.needs)

    @cached_property
    def page_probes(self) -> frozenset[str]:
        """Names of the probes that are asked of rendered pages."""
        return frozenset(name for name, _ in self.probes("probe_page"))

    @cached_property
    def formats(self) -> Mapping[str, Any]:
        """Ways of writing a report that plugins offer, by name."""
        return {name: write for plugin in self.plugins for name, write in plugin.formats.items()}

    @cached_property
    def digest(self) -> str:
        """Names the rules in force and their options: two runs with one digest judged alike."""
        told = [
            (rule.code, dataclasses.asdict(settings) if (settings := self.settings(rule)) else {})
            for rule in self.rules
        ]
        text = json.dumps(told, default=_plain, ensure_ascii=False, sort_keys=True)
        return blake2b(text.encode(), digest_size=16).hexdigest()


def arguments(function: Callable[..., Any], **facts: Any) -> dict[str, Any]:
    """Of the facts, those that a hook function names: ``await probe(**arguments(probe, site=…))``."""
    return {name: facts[name] for name in inspect.signature(function).parameters if name in facts}


def _admitted(found: Iterable[Found], *, strict: bool) -> tuple[list[Plugin], list[PluginError]]:
    admitted: list[Plugin] = []
    refused: list[PluginError] = []
    claims: dict[tuple[str, str], Plugin] = {}
    for one in found:
        try:
            plugin = admit(one)
            if plugin is None:
                continue
            _claim(plugin, claims)
        except PluginError as error:
            if strict or not one.foreign:
                raise
            refused.append(error)
        else:
            admitted.append(plugin)
    return admitted, refused


def _claim(plugin: Plugin, claims: dict[tuple[str, str], Plugin]) -> None:
    """Give the plugin its code and names; DuplicateCodeError where another one has them."""
    wanted = [("规则代码", plugin.rule.code)] if plugin.rule else []
    wanted += [
        (f"探测 {hook}", plugin.probe) for hook in plugin.hooks if plugin.probe and "probe" in hook
    ]
    wanted += [("报告格式", name) for name in plugin.formats]
    if any(plugin.module is other.module for other in claims.values()):
        raise DuplicateCodeError(plugin.name, "同一个模块登记了两次")
    for kind, name in wanted:
        if other := claims.get((kind, name)):
            raise DuplicateCodeError(plugin.name, f"{kind}“{name}”已由 {other.name} 使用")
    claims.update(dict.fromkeys(wanted, plugin))


def _matches(rule: Rule, names: Collection[str]) -> bool:
    return any(name == rule.family or (name and rule.code.startswith(name)) for name in names)


def _unknown(where: str, names: Collection[str], rules: Mapping[str, Rule]) -> Iterator[Problem]:
    for name in names:
        if not any(_matches(rule, (name,)) for rule in rules.values()):
            yield Problem(where, f"没有规则 {name}{near(name, rules)}", field=name)


def _overridden(rule: Rule, wanted: Any) -> tuple[Any, list[Problem]]:
    """The rule's options with the wanted changes, and everything that is wrong with these."""
    place = OPTIONS
    if not isinstance(wanted, Mapping):
        return rule.options, [Problem(place, "应为一个表（名称 = 值）", field=rule.code)]
    if rule.options is None:
        reason = "这条规则没有选项"
        return None, [Problem(place, reason, field=f"{rule.code}.{name}") for name in wanted]
    kind = type(rule.options)
    known, types = fields(kind), hints(kind)
    changes: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in wanted.items():
        spot = f"{rule.code}.{name}"
        if name not in known:
            problems.append(
                Problem(
                    place,
                    f"没有这个选项{near(name, known)}（可用：{'、'.join(known)}）",
                    field=spot,
                )
            )
            continue
        try:
            changes[name] = fitted(types[name], value)
        except MisfitError as error:
            problems.append(Problem(place, str(error), field=spot))
    if problems:
        return rule.options, problems
    try:
        return dataclasses.replace(rule.options, **changes), []
    except ValueError as error:
        return rule.options, [Problem(place, str(error), field=rule.code)]


def _order(plugin: Plugin) -> tuple[str, str]:
    return (plugin.rule.code if plugin.rule else "", plugin.name)


def _plain(value: Any) -> Any:
    return sorted(map(str, value)) if isinstance(value, (set, frozenset)) else str(value)

"""The command line's own words in Chinese: help pages, and one line for each wrong use."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

import typer
from rich.cells import cell_len
from typer.core import TyperCommand, TyperGroup

from crawler.terminal.folding import fold

WIDEST = 100
MOST_LEFT = 34
COMPLETION = 72
NUMBERS = {"int": "整数", "float": "数字"}
Rows = Sequence[tuple[str, str]]


# What Typer itself offers, in our words.
OWN = {
    "help": "显示本说明。",
    "install_completion": "为当前的终端（bash、zsh、fish、PowerShell）安装命令补全。",
    "show_completion": "显示补全脚本，供查看或自行安装。",
}


def chinese(parameters: Iterable[Any]) -> None:
    """Give the parameters that Typer adds by itself their Chinese help."""
    for parameter in parameters:
        parameter.help = OWN.get(parameter.name, parameter.help)


def brief(item: Any) -> Any:
    """A completion with as much of its help as fits on a line: shells take each line for a word."""
    lines = fold(item.help or "", COMPLETION)
    item.help = lines[0] + ("…" if len(lines) > 1 else "")
    return item


class Command(TyperCommand):
    """A command whose help is Chinese.

    Where the help puts an option's value in brackets it may be left out: ``--why`` alone is
    ``--why all``.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse what was given, with the values that were left out."""
        return super().parse_args(ctx, _completed(self, args))

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Options that begin so."""
        return [brief(one) for one in super().shell_complete(ctx, incomplete)]

    def get_params(self, ctx: Any) -> Any:
        """All parameters, Typer's own among them."""
        parameters = super().get_params(ctx)
        chinese(parameters)
        return parameters

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        formatter.write(page(self, ctx))


class CommandGroup(TyperGroup):
    """A group of commands whose help is Chinese."""

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Commands and options that begin so."""
        return [brief(one) for one in super().shell_complete(ctx, incomplete)]

    def get_params(self, ctx: Any) -> Any:
        """All parameters, Typer's own among them."""
        parameters = super().get_params(ctx)
        chinese(parameters)
        return parameters

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        formatter.write(page(self, ctx, self.sections(ctx)))

    def sections(self, ctx: Any) -> list[tuple[str, Rows]]:
        """Commands by the headings under which the help page shows them, each with its purpose."""
        found = [(name, self.get_command(ctx, name)) for name in sorted(self.list_commands(ctx))]
        return [("命令", [(name, purpose(one)) for name, one in found if one is not None])]


def _completed(command: Any, args: Sequence[str]) -> list[str]:
    """The words of a command line with ``all`` where an option's value may be, and is, left out."""
    free = {
        name
        for one in command.params
        if str(one.metavar or "").startswith("[") and one.param_type_name == "option"
        for name in one.opts
    }
    made: list[str] = []
    for word, following in pairwise([*args, "--"]):
        made.append(word)
        if word in free and following.startswith("-") and "--" not in made:
            made.append("all")
    return made


def purpose(command: Any) -> str:
    """What a command is for: the first line of its help."""
    return str(command.help or "").partition("\n")[0]


def page(command: Any, ctx: Any, commands: Sequence[tuple[str, Rows]] = ()) -> str:
    """A help page: usage, purpose, arguments, commands by their headings, options."""
    arguments = [one for one in command.get_params(ctx) if one.param_type_name == "argument"]
    options = [one for one in command.get_params(ctx) if one.param_type_name == "option"]
    usage = [ctx.command_path, *(_argument(one) for one in arguments)]
    usage += ["命令 …"] if commands else ["[选项 …]"]
    width = min(shutil.get_terminal_size().columns, WIDEST)
    lines = [f"用法：{' '.join(usage)}", "", *fold((command.help or "").strip(), width)]
    told = [
        ("参数", [(_argument(one), _help(one)) for one in arguments]),
        *commands,
        ("选项", [(_option(one), _help(one)) for one in options]),
    ]
    # One width of names for all commands: they are read as one list with headings.
    names = max((cell_len(name) for _, rows in commands for name, _ in rows), default=0)
    for title, rows in told:
        if rows:
            least = names if (title, rows) in commands else 0
            lines += ["", f"{title}：", *_columns(rows, width, least)]
    if commands:
        lines += ["", f"每条命令的用法：{ctx.command_path} 命令 --help"]
    return "\n".join(lines) + "\n"


def _columns(rows: Rows, width: int, least: int) -> Iterator[str]:
    """Names and what they mean, side by side; names have at least so much room."""
    left = min(MOST_LEFT, max(least, *(cell_len(name) for name, _ in rows)))
    for name, words in rows:
        lines = fold(words, width - left - 4)
        if cell_len(name) > left:
            yield f"  {name}"
        else:
            yield f"  {name}{' ' * (left - cell_len(name))}  {lines.pop(0)}"
        yield from (f"{' ' * (left + 4)}{line}" for line in lines)


def _argument(parameter: Any) -> str:
    name = str(parameter.metavar or parameter.name.upper())
    return name if parameter.required or name.startswith("[") else f"[{name}]"


def _option(parameter: Any) -> str:
    return " ".join(part for part in (", ".join(parameter.opts), _value(parameter)) if part)


def _value(parameter: Any) -> str:
    if getattr(parameter, "is_flag", False):
        return ""
    choices = parameter.type_descriptor.choices
    if choices and not parameter.metavar:
        return "|".join(str(getattr(choice, "value", choice)) for choice in choices)
    return str(parameter.metavar or parameter.name.upper())


def _help(parameter: Any) -> str:
    words = str(parameter.help or "")
    notes: list[str] = []
    if parameter.required and parameter.param_type_name == "option":
        notes.append("必填。")
    default = getattr(parameter.default, "value", parameter.default)
    shown = default not in {None, "", False} if not isinstance(default, list | tuple) else False
    if shown and "默认" not in words and not callable(default):
        notes.append(f"默认 {default:g}。" if isinstance(default, float) else f"默认 {default}。")
    many = parameter.type_descriptor.is_list and parameter.param_type_name == "option"
    if many and "多次" not in words:
        notes.append("可多次使用。")
    if getattr(parameter, "envvar", None):
        notes.append(f"也可用环境变量 {parameter.envvar}。")
    return words + "".join(notes)


def complaint(error: typer.TyperException) -> str:
    """One Chinese line for a wrong use of the command line.

    It begins like every other refusal: with the option or argument that is meant, or with 命令行.
    """
    ctx = getattr(error, "ctx", None)
    where = ctx.command_path if ctx is not None else "gongkai"
    return f"{_wrong(error, ctx)}（用法见 {where} --help）"


def _wrong(error: Any, ctx: Any) -> str:
    kind = type(error).__name__
    parameter = getattr(error, "param", None)
    if kind == "NoSuchOption":
        known = [] if ctx is None else [opt for one in ctx.command.params for opt in one.opts]
        return f"命令行：没有选项 {error.option_name}" + _near(error.option_name, known)
    if kind == "MissingParameter" and parameter is not None:
        return f"命令行：缺少{'选项 ' if parameter.opts[0].startswith('-') else '参数 '}{_name(parameter)}"
    if kind == "BadOptionUsage":
        wants = "后面不跟取值" if "does not take" in error.message else "后面缺少取值"
        return f"命令行：选项 {error.option_name} {wants}"
    if kind == "BadParameter" and parameter is not None:
        return f"{_name(parameter)}：{_bad_value(error, parameter)}"
    if match := re.match(r"No such command '(.*?)'\.", error.message):
        return f"命令行：没有命令 {match[1]}" + _near(match[1], ctx.command.list_commands(ctx))
    if match := re.match(r"Got unexpected extra argument\(s\) \((.*)\)", error.message, re.DOTALL):
        return f"命令行：多余的参数 {match[1]}"
    return "命令行：" + ("缺少命令" if error.message == "Missing command." else str(error.message))


def _name(parameter: Any) -> str:
    first = str(parameter.opts[0])
    return first if first.startswith("-") else str(parameter.metavar or first.upper())


def _bad_value(error: Any, parameter: Any) -> str:
    """What is wrong with a value; pydantic, which stands behind Typer, knows what was given."""
    told: list[Any] = getattr(error.__cause__, "errors", list)()
    given = f"“{told[0]['input']}”" if told else "取值"
    wanted = parameter.type_descriptor
    if wanted.choices:
        names = "、".join(str(getattr(choice, "value", choice)) for choice in wanted.choices)
        return f"{given}无效，可选{names}"
    if told and told[0]["type"] in {"greater_than_equal", "less_than_equal"}:
        limit = told[0]["ctx"].get("ge", told[0]["ctx"].get("le"))
        return f"{given}无效，{'至少' if 'ge' in told[0]['ctx'] else '至多'}为{limit}"
    kind = NUMBERS.get(getattr(wanted.annotation, "__name__", ""))
    if kind is None:
        kind = next((name for key, name in NUMBERS.items() if key in str(wanted.annotation)), "")
    return f"{given}无效" + (f"，应为{kind}" if kind else "")


def _near(word: str, known: Sequence[str]) -> str:
    close = get_close_matches(word, known, n=1)
    return f"，是否应为 {close[0]}" if close else ""

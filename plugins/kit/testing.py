"""The harness for authors of checks: fixture files only, no test code.

A check's fixtures stand in a folder of their own: ``bad*.html`` or ``bad*.toml`` with the messages
that they expect, ``good*`` ones that must stay silent, at least one of each. ``plugins.kit.fixture``
describes both forms. A test module of a package of checks is::

    import pytest
    from plugins.kit.testing import cases, complaints, verify
    from my_checks import unsigned_notice

    @pytest.mark.parametrize("case", cases("tests/unsigned_notice"), ids=lambda path: path.name)
    def test_case(case):
        verify(unsigned_notice, case)

    def test_folder():
        assert complaints("tests/unsigned_notice") == []

``gongkai``'s own tests find all fixtures of a package of checks with ``fixtures``. Nothing here
needs pytest: failures are AssertionErrors with the whole story in their message.
"""

from __future__ import annotations

import importlib
import pickle
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from plugins.engine.discovery import Found, load_file
from plugins.engine.examine import Examined, Examiner
from plugins.engine.manager import Plugins
from plugins.errors import PluginError
from plugins.finding import Finding
from plugins.kit.fixture import REVIEW, WARNING, Case, read_case
from plugins.taken import Taken, question_name

Check = ModuleType | Path | str
KINDS = (".html", ".toml")
WANTED = {"check_column": "[column]", "check_attachment": "[attachment]"}
# Generous: a fixture is small, and a loaded machine is no fault of the check.
LIMIT = 30.0


def cases(folder: Path | str) -> list[Path]:
    """The fixture files of one check, sorted."""
    return sorted(
        path
        for path in Path(folder).iterdir()
        if path.suffix in KINDS and path.stem.startswith(("bad", "good"))
    )


def complaints(folder: Path | str) -> list[str]:
    """What is wrong with a check's folder of fixtures as such (Chinese); [] when nothing is."""
    folder = Path(folder)
    if not folder.is_dir():
        return [f"{folder}：没有样例文件夹"]
    names = [path.name for path in cases(folder)]
    said = [
        f"{folder}：缺少{kind}*.html或{kind}*.toml"
        for kind in ("bad", "good")
        if not any(name.startswith(kind) for name in names)
    ]
    said += [
        f"{path}：文件名应以bad或good开头，否则不会被测试"
        for path in sorted(folder.iterdir())
        if path.suffix in KINDS and path.name not in names and not path.name.startswith("_")
    ]
    return said


def fixtures(root: Path | str, package: str = "checks") -> list[tuple[str, Path]]:
    """Every fixture below ``root``, with the name of the module of ``package`` that it is for.

    ``root/<family>/<slug>/bad.html`` belongs to ``package.<family>.<slug>``.
    """
    root = Path(root)
    found = []
    for folder in sorted(path for path in root.rglob("*") if path.is_dir()):
        files = cases(folder)
        if files:
            module = ".".join((package, *folder.relative_to(root).parts))
            found += [(module, path) for path in files]
    return found


def run_case(check: Check, case: Path | str) -> list[str]:
    """The messages that the check gives for a fixture.

    Those for review have ``review: `` before, warnings their day (``warning 2026-07-01: ``).

    Args:
        check: a module, the name of one, or the path of a file.
        case: a fixture file.

    Raises:
        PluginError: the check cannot be used, raised, or ran out of time.
        ConfigurationError: the fixture is not understood.
    """
    return _messages(_examined(check, read_case(Path(case))))


def verify(check: Check, case: Path | str) -> None:
    """Run a fixture and compare; AssertionError with what was expected and what was said.

    Where it fails on a page, also with what the page was taken for, and why.
    Also: ``bad`` fixtures expect something and ``good`` ones nothing; the same facts give the same
    findings; two findings on one subject differ in their key; results can be sent between processes.
    """
    case = Path(case)
    read = read_case(case)
    # One module for both runs, so that a check which remembers gives itself away.
    check = _module(check)
    bad = case.name.startswith("bad")
    assert bad == bool(read.expect), f"{case}：" + (
        "bad样例应写明expect" if bad else "good样例不应有expect"
    )
    examined = _examined(check, read)
    found, wanted = Counter(_messages(examined)), Counter(read.expect)
    assert found == wanted, "\n".join(
        [
            f"{case}",
            *(f"  应有而没有：{one}" for one in sorted((wanted - found).elements())),
            *(f"  不该有而有：{one}" for one in sorted((found - wanted).elements())),
            *_taken(read),
        ]
    )
    _verify_reasons(read)
    again = _examined(check, read_case(case))
    assert again.sightings == examined.sightings, f"{case}：两次检查的结果不同"
    assert pickle.loads(pickle.dumps(examined)) == examined  # noqa: S301 - made one line above


def _verify_reasons(case: Case) -> None:
    """What must have decided something of the page did: a right answer for a wrong reason fails."""
    if case.page is None or not case.expect_why:
        return
    taken = Taken.again(case.page)
    wrong = []
    for name, wanted in case.expect_why.items():
        step = taken.decisive(name)
        if step is None or step.test != wanted:
            really = f"实际由“{step.test}”判定" if step else "实际没有一项作出判断"
            wrong.append(f"  {question_name(name)}应由“{wanted}”判定，{really}")
    assert not wrong, "\n".join([str(case.path), *wrong, *_taken(case)])


def _taken(case: Case) -> list[str]:
    """What a fixture's page was taken for, and why, for whoever looks for the mistake."""
    if case.page is None:
        return []
    return [f"  {line}" for line in Taken.again(case.page).lines()]


def _messages(examined: Examined) -> list[str]:
    return [_mark(sighting.finding) + sighting.finding.message for sighting in examined.sightings]


def _mark(finding: Finding) -> str:
    if finding.due:
        return f"{WARNING} {finding.due}: "
    return REVIEW if finding.review else ""


def _examined(check: Check, case: Case) -> Examined:
    module = _module(check)
    found = Found(module.__name__, "样例", foreign=False, module=module)
    code = getattr(getattr(module, "RULE", None), "code", "")
    plugins = Plugins.of([found], {code: case.options} if case.options else {})
    if not plugins.rules:
        raise PluginError(module.__name__, "不是检查：没有 RULE")
    hook = next(name for plugin in plugins.plugins for name in plugin.hooks if "check" in name)
    examiner = Examiner(plugins, LIMIT, site_limit=LIMIT)
    examined = _run(examiner, hook, case)
    for error in examined.errors:
        raise PluginError(f"{error.code}（{case.path}）", error.message)
    _refuse_twins(plugins, hook, case)
    return examined


def _run(examiner: Examiner, hook: str, case: Case) -> Examined:
    if hook == "check_site":
        return examiner.site(case.site)
    if hook == "check_column" and case.column is not None:
        return examiner.column(case.column, _with(case))
    if hook == "check_page" and case.page is not None:
        return examiner.page(case.page, case.site)
    if hook == "check_attachment" and case.attachment is not None:
        return examiner.attachment(case.attachment, case.site)
    wanted = WANTED.get(hook, "[page]或.html样例")
    raise PluginError(str(case.path), f"{hook} 的样例应给出{wanted}")


def _with(case: Case) -> Any:
    """The site with the column that is judged among its columns, as in a real audit."""
    site, column = case.site, case.column
    assert column is not None
    if any(other.key == column.key for other in site.columns):
        return site
    return replace(site, columns=(column, *site.columns))


def _refuse_twins(plugins: Plugins, hook: str, case: Case) -> None:
    """Two findings of one identity would be remembered as one: the author must give them keys."""
    facts: dict[str, Any] = {"site": case.site, "page": case.page, "column": case.column}
    facts["attachment"] = case.attachment
    if hook == "check_column" and case.column is not None:
        facts["site"] = _with(case)
    for _, function, given in plugins.calls(hook, **facts):
        counted = Counter((one.of, one.key) for one in function(*given) or ())
        twins = [key for (_, key), count in counted.items() if count > 1]
        if twins:
            raise PluginError(
                str(case.path), f"有多条发现的key同为“{twins[0]}”，请用不同的key区分，或合并为一条"
            )


def _module(check: Check) -> ModuleType:
    if isinstance(check, ModuleType):
        return check
    if isinstance(check, Path) or check.endswith(".py"):
        return load_file(Path(check))
    return importlib.import_module(check)

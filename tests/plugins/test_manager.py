"""Plugins are found in three places, and what cannot be used is refused by name."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from plugins.engine.discovery import dropped_in
from plugins.engine.examine import Examiner
from plugins.engine.manager import Plugins, arguments
from plugins.errors import ConfigurationError, DuplicateCodeError, PluginError
from plugins.facts.site.site import Site

DOC = '''"""站点没有名称。

为什么：原因。
看什么：对象。
不报：例外。
整改：办法。
依据：条款。
"""
'''
HEAD = f"""{DOC}
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from plugins import Confidence, Finding, Rule, Severity, hookimpl
"""
RULE = 'RULE = Rule(__doc__, code="{code}", severity=Severity.MINOR)\n'
CHECK = """
@hookimpl
def check_site(site):
    yield Finding("由{code}发现。")
"""
ROOT = Path(__file__).parents[2]
SITE = Site("site.test", date(2026, 3, 1))


def check(code: str, body: str = CHECK, rule: str = RULE) -> str:
    return HEAD + (rule + dedent(body)).replace("{code}", code)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "dropped"
    made.mkdir()
    return made


def discovered(folder: Path, **more) -> Plugins:
    return Plugins.discover(folder, packages=(), **more)


def refusal(folder: Path, text: str) -> str:
    """Why a single dropped-in file with this text is refused; it and nothing else."""
    (folder / "broken.py").write_text(text)
    (folder / "sound.py").write_text(check("SND001"))
    plugins = discovered(folder)
    assert [rule.code for rule in plugins.rules] == ["SND001"]
    (error,) = plugins.refused
    assert "broken.py" in error.plugin
    with pytest.raises(PluginError, match=r"broken\.py"):
        discovered(folder, strict=True)
    return error.why


def test_a_file_dropped_into_the_folder_is_a_plugin(folder):
    (folder / "b.py").write_text(check("ABC002"))
    (folder / "a.py").write_text(check("ABC010"))
    (folder / "_helper.py").write_text("raise RuntimeError")
    plugins = discovered(folder)
    assert [rule.code for rule in plugins.rules] == ["ABC002", "ABC010"]
    assert plugins.refused == ()
    assert plugins.origin("ABC002") == str(folder / "b.py")
    assert plugins.rule("ABC002").title == "站点没有名称"
    examined = Examiner(plugins).site(SITE)
    assert [s.finding.message for s in examined.sightings] == ["由ABC002发现。", "由ABC010发现。"]
    assert examined.checked == ("ABC002", "ABC010")


def test_files_of_one_name_in_two_folders_do_not_mix(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "same.py").write_text(check("ABC001").replace("由", name))
    found = [discovered(tmp_path / name) for name in ("one", "two")]
    said = [Examiner(plugins).site(SITE).sightings[0].finding.message for plugins in found]
    assert said == ["oneABC001发现。", "twoABC001发现。"]


def test_a_folder_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(ConfigurationError, match="不存在"):
        discovered(tmp_path / "nowhere")


def test_the_folder_of_the_project_is_the_default():
    assert list(dropped_in(None)) == [] or all("local" in found.name for found in dropped_in(None))


MODULE_FAULTS = {
    "nothing of a plugin": ("x = 1", "没有 RULE"),
    "syntax": ("def (", "无法导入，SyntaxError"),
    "raises when imported": ("1 / 0", "无法导入，ZeroDivisionError"),
    "leaves when imported": ("raise SystemExit(3)", "无法导入，SystemExit"),
    "unknown hook": (
        check("BAD001", "@hookimpl\ndef check_pages(page):\n    return ()\n"),
        "没有名为 check_pages 的钩子，是否想写“check_page”",
    ),
    "misspelt and unmarked": (
        check("BAD001", CHECK + "\ndef chek_column(column):\n    return ()\n"),
        "像是写错的钩子 check_column",
    ),
    "hook without mark": (
        check("BAD001", "def check_site(site):\n    return ()\n"),
        "没有用 @hookimpl 标记",
    ),
    "unknown argument": (
        check("BAD001", "@hookimpl\ndef check_site(site, pages):\n    return ()\n"),
        "check_site 没有参数 pages",
    ),
    "near argument": (
        check("BAD001", "@hookimpl\ndef check_page(pages):\n    return ()\n"),
        "没有参数 pages，是否想写“page”（可用：page、site、options）",
    ),
    "keyword-only argument": (
        check("BAD001", "@hookimpl\ndef check_site(*, site):\n    return ()\n"),
        "没有参数 site",
    ),
    "collects arguments": (
        check("BAD001", "@hookimpl\ndef check_site(*site):\n    return ()\n"),
        "不能用 *site",
    ),
    "asynchronous check": (
        check("BAD001", "@hookimpl\nasync def check_site(site):\n    return ()\n"),
        "不能是 async def",
    ),
    "wrapper": (
        check("BAD001", "@hookimpl(wrapper=True)\ndef check_site(site):\n    return (yield)\n"),
        "不能是包装钩子",
    ),
    "two check hooks": (
        check("BAD001", CHECK + "\n@hookimpl\ndef check_page(page):\n    return ()\n"),
        "只能有一个检查钩子，现有 check_page、check_site",
    ),
    "no rule": (HEAD + CHECK, "有 check_site 却没有 RULE"),
    "no hook": (HEAD + RULE.format(code="BAD001"), "却没有检查钩子"),
    "rule of another kind": (HEAD + "RULE = 'BAD001'" + CHECK, "RULE 应为 plugins.Rule"),
    "form of the code": (check("BAD1"), "代码“BAD1”不合格式"),
    "label missing": (
        check("BAD001").replace("整改：办法。\n", ""),
        "模块文档缺少：整改",
    ),
    "title without full stop": (
        check("BAD001").replace("站点没有名称。", "站点没有名称"),
        "模块文档缺少：标题",
    ),
    "severity as text": (
        check("BAD001").replace("Severity.MINOR", "'minor'"),
        "severity 应为",
    ),
    "needs as text": (
        check("BAD001").replace("severity=", "needs=('ipv6'), severity="),
        "needs 应为文字的元组",
    ),
    "options missing": (
        check("BAD001", "@hookimpl\ndef check_site(site, options):\n    return ()\n"),
        "没有给出 options=Options()",
    ),
    "options not frozen": (
        check(
            "BAD001",
            CHECK,
            "@dataclass\nclass Options:\n    days: int = 1\n"
            + RULE.replace("severity=", "options=Options(), severity="),
        ),
        "应为冻结的数据类",
    ),
    "options not an instance": (
        check("BAD001").replace("severity=", "options=dict, severity="),
        "应为 Options 数据类的实例",
    ),
    "probe without name": (
        HEAD + "@hookimpl\nasync def probe_site(site):\n    return 1\n",
        "却没有 PROBE",
    ),
    "probe that does not wait": (
        HEAD + "PROBE = 'x'\n@hookimpl\ndef probe_site(site):\n    return 1\n",
        "应为 async def",
    ),
    "name without probe": (HEAD + "PROBE = 'x'\n", "却没有探测钩子"),
    "report formats that raise": (
        HEAD + "@hookimpl\ndef report_formats():\n    raise ValueError('no')\n",
        "report_formats 抛出 ValueError：no",
    ),
    "report formats of another kind": (
        HEAD + "@hookimpl\ndef report_formats():\n    return ['docx']\n",
        "应返回 {名称: 函数}",
    ),
}


@pytest.mark.parametrize(
    ("text", "why"), MODULE_FAULTS.values(), ids=[name.replace(" ", "-") for name in MODULE_FAULTS]
)
def test_a_broken_file_is_named_with_its_reason_and_harms_nothing_else(folder, text, why):
    assert why in refusal(folder, text)


def test_every_reason_is_given_at_once(folder):
    why = refusal(
        folder,
        check("BAD1", "@hookimpl\ndef check_page(pages):\n    return ()\n").replace(
            "为什么：原因。\n", ""
        ),
    )
    assert "BAD1" in why
    assert "pages" in why
    assert "为什么" in why


def test_a_file_that_never_ends_its_import_is_named(folder, monkeypatch):
    monkeypatch.setattr("plugins.engine.discovery.IMPORT_SECONDS", 0.2)
    assert "导入超过" in refusal(folder, "while True:\n    pass\n")


def test_the_code_found_first_keeps_it(folder):
    (folder / "first.py").write_text(check("ABC001"))
    (folder / "second.py").write_text(check("ABC001"))
    (folder / "third.py").write_text(check("ABC003"))
    plugins = discovered(folder)
    assert [rule.code for rule in plugins.rules] == ["ABC001", "ABC003"]
    (error,) = plugins.refused
    assert isinstance(error, DuplicateCodeError)
    assert "second.py" in error.plugin
    assert "ABC001" in error.why
    assert "first.py" in error.why
    with pytest.raises(DuplicateCodeError):
        discovered(folder, strict=True)


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of built-in checks, walked by name; a new name each time, as modules are kept."""
    name = f"built_{tmp_path.name.replace('-', '_')}"
    made = tmp_path / name / "family"
    made.mkdir(parents=True)
    (tmp_path / name / "__init__.py").write_text("")
    (made / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    return made


def test_a_package_is_walked_by_name(package, folder):
    (package / "one.py").write_text(check("ABC001"))
    (package / "helper.py").write_text("x = 1")
    (package / "_private.py").write_text("raise RuntimeError")
    plugins = Plugins.discover(folder, packages=(package.parent.name,))
    assert [rule.code for rule in plugins.rules] == ["ABC001"]
    assert plugins.origin("ABC001") == "内置"


def test_a_broken_check_of_ours_stops_the_run(package, folder):
    (package / "one.py").write_text(check("ABC001", "def check_site(site):\n    return ()\n"))
    with pytest.raises(PluginError, match=r"family\.one.*hookimpl"):
        Plugins.discover(folder, packages=(package.parent.name,))


def test_a_code_twice_among_ours_stops_the_run(package, folder):
    (package / "one.py").write_text(check("ABC001"))
    (package / "two.py").write_text(check("ABC001"))
    with pytest.raises(DuplicateCodeError, match=r"family\.two.*ABC001.*family\.one"):
        Plugins.discover(folder, packages=(package.parent.name,))


def test_a_file_cannot_take_the_code_of_a_check_of_ours(package, folder):
    (package / "one.py").write_text(check("ABC001"))
    (folder / "a_thief.py").write_text(check("ABC001"))
    plugins = Plugins.discover(folder, packages=(package.parent.name,))
    assert plugins.origin("ABC001") == "内置"
    assert "a_thief.py" in plugins.refused[0].plugin


WITH_OPTIONS = check(
    "ABC001",
    """
    @hookimpl
    def check_site(site, options):
        yield Finding(repr(options))
    """,
    """
class Mood(StrEnum):
    GOOD = "good"
    BAD = "bad"

@dataclass(frozen=True)
class Options:
    days: int = 7
    share: float = 0.5
    strict: bool = False
    words: tuple[str, ...] = ("暂无",)
    since: date | None = None
    mood: Mood = Mood.GOOD
    limits: dict[str, int] = None

    def __post_init__(self):
        if self.days < 0:
            raise ValueError("days 不能小于0")

"""
    + RULE.replace("severity=", "options=Options(), severity="),
)


def test_options_replace_defaults_by_type(folder):
    (folder / "one.py").write_text(WITH_OPTIONS)
    given = {
        "days": 30,
        "share": 1,
        "words": ["无", "空"],
        "since": date(2026, 1, 1),
        "mood": "bad",
    }
    plugins = discovered(folder, options={"ABC001": given})
    settings = plugins.settings(plugins.rule("ABC001"))
    assert (settings.days, settings.share, settings.words) == (30, 1.0, ("无", "空"))
    assert (settings.since, settings.mood.value, settings.strict) == (
        date(2026, 1, 1),
        "bad",
        False,
    )
    assert "days=30" in Examiner(plugins).site(SITE).sightings[0].finding.message


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"day": 3}, "ABC001.day”：没有这个选项，是否想写“days”"),
        ({"days": "3"}, "ABC001.days”：应为整数，不能是'3'"),
        ({"days": True}, "应为整数"),
        ({"days": 1.5}, "应为整数"),
        ({"strict": 1}, "应为true或false"),
        ({"share": "half"}, "应为数"),
        ({"words": "暂无"}, "应为列表"),
        ({"words": [1]}, "应为文字"),
        ({"since": "2026-01-01"}, "应为日期"),
        ({"mood": "ugly"}, "应为good、bad之一"),
        ({"limits": [1]}, "应为一个表"),
        ({"days": -1}, "days 不能小于0"),
        (3, "应为一个表"),
    ],
)
def test_a_wrong_option_is_refused_by_name(folder, given, why):
    (folder / "one.py").write_text(WITH_OPTIONS)
    with pytest.raises(ConfigurationError) as caught:
        discovered(folder, options={"ABC001": given})
    assert why in str(caught.value)


def test_all_wrong_options_are_told_at_once(folder):
    (folder / "one.py").write_text(WITH_OPTIONS)
    (folder / "two.py").write_text(check("ABC002"))
    options = {"ABC001": {"day": 1, "share": "x"}, "ABC002": {"days": 1}, "ABC03": {}}
    with pytest.raises(ConfigurationError) as caught:
        discovered(folder, options=options, only=("XYZ",), without=("XY",))
    fields = [problem.field for problem in caught.value.problems]
    assert fields == ["XYZ", "XY", "ABC001.day", "ABC001.share", "ABC002.days", "ABC03"]


def test_options_of_a_plugin_that_was_refused_do_not_stop_the_run(folder):
    (folder / "one.py").write_text(check("ABC001"))
    (folder / "two.py").write_text("1 / 0")
    plugins = discovered(folder, options={"ABC002": {"days": 1}})
    assert [rule.code for rule in plugins.rules] == ["ABC001"]
    assert any("ABC002" in str(error) for error in plugins.refused)


def test_rules_are_selected_by_code_beginning_or_family(folder):
    for code in ("COL201", "COL901", "LNK901"):
        (folder / f"{code}.py").write_text(check(code))
    assert [r.code for r in discovered(folder, only=("columns",)).rules] == ["COL201", "COL901"]
    assert [r.code for r in discovered(folder, only=("COL2", "LNK901")).rules] == [
        "COL201",
        "LNK901",
    ]
    left = discovered(folder, without=("COL",))
    assert [r.code for r in left.rules] == ["LNK901"]
    assert left.left_out == ("COL201", "COL901")


def test_an_unknown_code_names_a_near_one(folder):
    (folder / "one.py").write_text(check("ABC001"))
    with pytest.raises(ConfigurationError, match="规则代码 ABC002：没有这条规则，是否想写“ABC001”"):
        discovered(folder).rule("ABC002")


def test_the_digest_changes_with_codes_and_options_only(folder):
    (folder / "one.py").write_text(WITH_OPTIONS)
    (folder / "two.py").write_text(check("ABC002"))
    digest = discovered(folder).digest
    assert discovered(folder).digest == digest
    assert discovered(folder, options={"ABC001": {"days": 7}}).digest == digest
    assert discovered(folder, options={"ABC001": {"days": 8}}).digest != digest
    assert discovered(folder, without=("ABC002",)).digest != digest


def test_probes_and_report_formats_are_plugins_without_a_rule(folder):
    (folder / "probe.py").write_text(
        HEAD
        + "PROBE = 'ipv6'\n@hookimpl\nasync def probe_site(site, timeout):\n    return timeout\n"
    )
    (folder / "formats.py").write_text(
        HEAD + "@hookimpl\ndef report_formats():\n    return {'txt': str}\n"
    )
    (folder / "second.py").write_text(
        HEAD + "PROBE = 'ipv6'\n@hookimpl\nasync def probe_site(site):\n    return 1\n"
    )
    (folder / "check.py").write_text(
        check("ABC001").replace("severity=", "needs=('ipv6',), severity=")
    )
    plugins = discovered(folder)
    ((name, function),) = plugins.probes("probe_site")
    assert name == "ipv6"
    assert arguments(function, site=SITE, timeout=3.0) == {"site": SITE, "timeout": 3.0}
    assert list(plugins.probes("probe_page")) == []
    assert plugins.formats == {"txt": str}
    assert plugins.needs == {"ipv6"}
    assert "second.py" in plugins.refused[0].plugin


def test_a_second_discovery_knows_nothing_of_the_first(folder, tmp_path):
    (folder / "one.py").write_text(check("ABC001"))
    other = tmp_path / "other"
    other.mkdir()
    assert discovered(folder).rules
    assert not discovered(other).rules


PROBING = """
import sys, pathlib
from datetime import date
from plugins.engine.manager import Plugins
from plugins.engine.examine import Examiner
from plugins.facts.site.site import Site
plugins = Plugins.discover(pathlib.Path(sys.argv[1]), packages=())
for rule in plugins.rules:
    print(rule.code, plugins.origin(rule.code))
for error in plugins.refused:
    print("refused", error)
for sighting in Examiner(plugins).site(Site("site.test", date(2026, 3, 1))).sightings:
    print("found", sighting.code)
"""


def distribution(where: Path, name: str, points: str) -> None:
    """Install a distribution as pip would: its metadata beside its modules."""
    info = where / f"{name.replace('-', '_')}-1.2.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n")
    (info / "entry_points.txt").write_text(f"[gongkai]\n{points}")


def test_an_installed_package_is_found_by_its_entry_point(tmp_path, folder):
    site = tmp_path / "site-packages"
    distribution(site, "good-checks", "nameless = good_checks.nameless\n")
    distribution(site, "many-checks", "all = many_checks\n")
    distribution(site, "sad-checks", "gone = sad_checks.gone\nobject = good_checks.nameless:RULE\n")
    for package, modules in {
        "good_checks": {"nameless": check("XYZ001")},
        "many_checks": {"a": check("XYZ002"), "b": check("XYZ003"), "_helper": "1 / 0"},
    }.items():
        (site / package).mkdir()
        (site / package / "__init__.py").write_text("")
        for name, text in modules.items():
            (site / package / f"{name}.py").write_text(text)
    (folder / "dropped.py").write_text(check("XYZ004"))
    (folder / "thief.py").write_text(check("XYZ002"))
    run = subprocess.run(
        [sys.executable, "-c", PROBING, str(folder)],
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT}:{site}", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = run.stdout.splitlines()
    assert "XYZ001 good-checks 1.2" in lines
    assert "XYZ002 many-checks 1.2" in lines
    assert "XYZ003 many-checks 1.2" in lines
    assert f"XYZ004 {folder / 'dropped.py'}" in lines
    refused = [line for line in lines if line.startswith("refused")]
    assert len(refused) == 3
    assert "sad-checks 1.2：gone：无法导入，ModuleNotFoundError" in refused[0]
    assert "入口点应指向模块" in refused[1]
    assert "thief.py" in refused[2]
    assert [line for line in lines if line.startswith("found")] == [
        f"found XYZ00{n}" for n in (1, 2, 3, 4)
    ]

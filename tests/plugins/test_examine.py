"""Each check is isolated, limited in time and answerable by its code."""

from __future__ import annotations

import pickle
import signal
import threading
import time
from datetime import date
from pathlib import Path
from textwrap import dedent, indent

import pytest

from plugins.deadline import Deadline, OutOfTimeError
from plugins.engine.examine import ErrorKind, Examiner
from plugins.engine.manager import Plugins
from plugins.facts.columns.column import Column
from plugins.facts.page.page import Page
from plugins.facts.site.site import PageDigest, Site
from plugins.finding import Evidence, Finding, Subject, SubjectKind, fingerprint

MODULE = '''"""故障。

为什么：原因。
看什么：对象。
不报：例外。
整改：办法。
依据：条款。
"""

import re
import sys
import time
from plugins import Evidence, Finding, Rule, Severity, Subject, SubjectKind, hookimpl

RULE = Rule(__doc__, code="{code}", severity=Severity.MINOR, needs={needs})


@hookimpl
def check_{subject}({subject}{more}):
{body}
'''
SITE = Site("site.test", date(2026, 3, 1))
COLUMN = Column(url="http://site.test/a/", key="http://site.test/a/", name="甲")
CATASTROPHE = 're.match(r"(a+)+$", "a" * 60 + "b")'


def write(folder: Path, code: str, body: str, subject="site", needs=(), more="") -> None:
    text = MODULE.format(
        code=code, body=indent(dedent(body), "    "), subject=subject, needs=needs, more=more
    )
    (folder / f"{code.lower()}.py").write_text(text)


def examiner(folder: Path, limit: float = 0.3, **more) -> Examiner:
    plugins = Plugins.discover(folder, packages=(), strict=True)
    return Examiner(plugins, limit, site_limit=limit, **more)


@pytest.fixture
def folder(tmp_path):
    """A folder with one sound check before, and one after, whatever a test adds."""
    for code in ("AAA001", "ZZZ999"):
        write(tmp_path, code, 'yield Finding("有问题。", where=("http://site.test/",))')
    return tmp_path


FAILURES = {
    "raises": (
        "raise ValueError('no\\nname')",
        ErrorKind.RAISED,
        "抛出 ValueError：no name（bad001.py 第",
    ),
    "raises half way": ("yield Finding('一。')\n1 / 0", ErrorKind.RAISED, "ZeroDivisionError"),
    "loops": ("while True:\n    pass", ErrorKind.TIMEOUT, "超过0.3秒"),
    "loops and swallows exceptions": (
        "while True:\n    try:\n        time.sleep(0.01)\n    except Exception:\n        pass",
        ErrorKind.TIMEOUT,
        "超过",
    ),
    "loops half way": ("yield Finding('一。')\nwhile True:\n    pass", ErrorKind.TIMEOUT, "超过"),
    "sleeps": ("time.sleep(60)", ErrorKind.TIMEOUT, "超过"),
    "yields for ever": ("while True:\n    yield Finding('一。')", ErrorKind.TIMEOUT, "超过"),
    "backtracks for ever": (CATASTROPHE, ErrorKind.TIMEOUT, "超过"),
    "leaves the process": ("sys.exit(3)", ErrorKind.RAISED, "SystemExit"),
    "stops as a generator": ("raise GeneratorExit", ErrorKind.RAISED, "GeneratorExit"),
    "recurses": ("def f():\n    f()\nf()", ErrorKind.RAISED, "RecursionError"),
    "runs out of memory": ("raise MemoryError", ErrorKind.MEMORY, "MemoryError"),
    "yields a text": ("yield '坏'", ErrorKind.WRONG_YIELD, "给出了 str，应为 Finding"),
    "returns one finding": ("return Finding('一。')", ErrorKind.WRONG_YIELD, "不能返回 Finding"),
    "warns of today": (
        "from datetime import date; yield Finding('一。', due=date(2026, 3, 1))",
        ErrorKind.WRONG_YIELD,
        "应晚于检查当天",
    ),
    "warns of a moment": (
        "from datetime import datetime; yield Finding('一。', due=datetime(2026, 3, 2))",
        ErrorKind.WRONG_YIELD,
        "due 应为日期",
    ),
    "warns in words": ("yield Finding('一。', due='明天')", ErrorKind.WRONG_YIELD, "due"),
    "warns in doubt": (
        "from datetime import date; yield Finding('一。', due=date(2026, 3, 2), review=True)",
        ErrorKind.WRONG_YIELD,
        "review",
    ),
    "returns a number": ("return 3", ErrorKind.WRONG_YIELD, "不能返回 int"),
    "message missing": ("yield Finding('')", ErrorKind.WRONG_YIELD, "message"),
    "key of another kind": ("yield Finding('一。', key=3)", ErrorKind.WRONG_YIELD, "key"),
    "one address for many": (
        "yield Finding('一。', where='http://a/')",
        ErrorKind.WRONG_YIELD,
        "where",
    ),
    "place of another kind": ("yield Finding('一。', where=(3,))", ErrorKind.WRONG_YIELD, "where"),
    "subject of another kind": (
        "yield Finding('一。', of='http://a/')",
        ErrorKind.WRONG_YIELD,
        "of",
    ),
    "error without words": (
        "class E(Exception):\n    def __str__(self):\n        raise KeyError\nraise E",
        ErrorKind.RAISED,
        "抛出 E（",
    ),
}


@pytest.mark.parametrize(
    ("body", "kind", "words"), FAILURES.values(), ids=[name.replace(" ", "-") for name in FAILURES]
)
def test_a_check_that_fails_is_an_error_under_its_code_and_harms_no_other(
    folder, body, kind, words
):
    write(folder, "BAD001", body)
    examined = examiner(folder).site(SITE)
    (error,) = examined.errors
    assert (error.code, error.kind) == ("BAD001", kind)
    assert words in error.message
    assert error.subject == Subject(SubjectKind.SITE, "site.test", "site.test")
    assert examined.checked == ("AAA001", "ZZZ999")
    assert [sighting.code for sighting in examined.sightings] == ["AAA001", "ZZZ999"]
    assert examined.seconds.keys() == {"AAA001", "BAD001", "ZZZ999"}


def test_a_loop_that_yields_other_findings_each_time_is_stopped(folder, monkeypatch):
    monkeypatch.setattr("plugins.engine.examine.MOST_FINDINGS", 100)
    write(folder, "BAD001", "n = 0\nwhile True:\n    n += 1\n    yield Finding('一。', key=str(n))")
    (error,) = examiner(folder, limit=30).site(SITE).errors
    assert error.kind == ErrorKind.WRONG_YIELD
    assert "超过100条" in error.message


def test_ctrl_c_is_not_a_failure_of_a_check(folder):
    write(folder, "BAD001", "raise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        examiner(folder).site(SITE)


def test_code_and_subject_are_stamped(tmp_path):
    write(tmp_path, "COL901", "yield Finding('一。', key='k')", subject="column")
    write(
        tmp_path,
        "SIT001",
        "yield Finding('一。', of=Subject(SubjectKind.PAGE, site.host, 'http://site.test/p'))",
    )
    run = examiner(tmp_path)
    (sighting,) = run.column(COLUMN, SITE).sightings
    assert (sighting.code, sighting.subject) == (
        "COL901",
        Subject(SubjectKind.COLUMN, "site.test", "http://site.test/a/"),
    )
    (sighting,) = run.site(SITE).sightings
    assert sighting.subject == Subject(SubjectKind.PAGE, "site.test", "http://site.test/p")


def test_a_page_is_stamped_with_its_key(tmp_path):
    write(tmp_path, "PAG001", "yield Finding('一。')", subject="page")
    page = Page("http://SITE.test:80/x?b=1&a=2#top", status=200)
    (sighting,) = examiner(tmp_path).page(page, SITE).sightings
    assert sighting.subject == Subject(SubjectKind.PAGE, "site.test", "http://site.test/x?a=2&b=1")


def test_findings_of_one_identity_become_one_with_all_evidence(tmp_path):
    write(
        tmp_path,
        "ABC001",
        """
        yield Finding("一。", where=("http://a/", "http://b/"), review=True)
        yield Finding("二。", where=("http://b/", "http://c/"), traits=("home",))
        yield Finding("三。", key="other")
        """,
    )
    one, other = examiner(tmp_path).site(SITE).sightings
    assert one.finding == Finding(
        "一。",
        where=(Evidence("http://a/"), Evidence("http://b/"), Evidence("http://c/")),
        traits=("home",),
    )
    assert other.finding.key == "other"


def test_a_warning_keeps_its_day_and_yields_to_a_fault(tmp_path):
    write(
        tmp_path,
        "ABC001",
        """
        from datetime import date
        yield Finding("将到期。", key="a", due=date(2026, 3, 9))
        yield Finding("先到期。", key="a", due=date(2026, 3, 5))
        yield Finding("将到期。", key="b", due=date(2026, 3, 9))
        yield Finding("已到期。", key="b")
        """,
    )
    one, other = examiner(tmp_path).site(SITE).sightings
    assert (one.finding.message, one.finding.due) == ("将到期。", date(2026, 3, 5))
    assert (other.finding.message, other.finding.due) == ("已到期。", None)
    same = fingerprint("ABC001", Subject(SubjectKind.SITE, "site.test", "site.test"), "b")
    assert other.fingerprint == same


def test_findings_are_plain_data_whatever_the_check_made_them_of(tmp_path):
    write(
        tmp_path,
        "ABC001",
        r"""
        class Heavy(str):
            def __reduce__(self):
                raise TypeError("cannot be sent")
        class Mine(Finding):
            pass
        yield Mine(Heavy("一\ud800\0。"), where=[Heavy("http://a/"), Evidence("http://b/", Heavy("词"))])
        """,
    )
    examined = examiner(tmp_path).site(SITE)
    (sighting,) = pickle.loads(pickle.dumps(examined)).sightings
    assert sighting.finding.message == "一\ufffd\ufffd。"
    assert sighting.finding.where == (Evidence("http://a/"), Evidence("http://b/", "词"))
    assert type(sighting.finding) is Finding


def test_rules_come_in_order_and_skipped_ones_are_not_run(tmp_path):
    for code in ("ZZZ001", "AAA001", "MMM001"):
        write(tmp_path, code, "return ()")
    said: list[str] = []
    examined = examiner(tmp_path, announce=said.append).site(SITE, frozenset({"MMM001"}))
    assert examined.checked == ("AAA001", "ZZZ001")
    assert said == ["AAA001", "", "ZZZ001", ""]


def probe(folder: Path, hook: str, name: str) -> None:
    (folder / f"probe_{name}.py").write_text(
        f"from plugins import hookimpl\nPROBE = {name!r}\n"
        f"@hookimpl\nasync def {hook}(timeout):\n    return 1\n"
    )


def test_a_rule_without_its_probe_is_not_run_and_recorded(folder):
    write(folder, "NEE001", "yield Finding('一。')", needs=("ipv6",))
    probe(folder, "probe_site", "ipv6")
    examined = examiner(folder).site(SITE)
    assert examined.checked == ("AAA001", "ZZZ999")
    (error,) = examined.errors
    assert (error.code, error.kind) == ("NEE001", ErrorKind.NEEDS)
    assert "ipv6" in error.message
    answered = Site("site.test", SITE.today, probes={"ipv6": None})
    assert examiner(folder).site(answered).checked == ("AAA001", "NEE001", "ZZZ999")


def test_a_page_outside_a_page_probes_sample_is_not_checked_and_no_error(tmp_path):
    write(tmp_path, "NEE001", "yield Finding('一。')", subject="page", needs=("axe",))
    probe(tmp_path, "probe_page", "axe")
    run = examiner(tmp_path)
    unasked = run.page(Page("http://site.test/"), SITE)
    assert (unasked.checked, unasked.errors) == ((), ())
    asked = run.page(Page("http://site.test/", probes={"axe": []}), SITE)
    assert asked.checked == ("NEE001",)


def test_a_site_rule_has_its_page_probe_when_any_page_was_asked(tmp_path):
    write(tmp_path, "NEE001", "yield Finding('一。')", needs=("axe",))
    probe(tmp_path, "probe_page", "axe")
    pages = {
        "a": PageDigest("http://site.test/a", "a", 200, "article"),
        "b": PageDigest("http://site.test/b", "b", 200, "article", probes={"axe": []}),
    }
    run = examiner(tmp_path)
    assert run.site(Site("site.test", SITE.today, pages=pages)).checked == ("NEE001",)
    del pages["b"]
    (error,) = run.site(Site("site.test", SITE.today, pages=pages)).errors
    assert error.kind == ErrorKind.NEEDS


def test_outside_the_main_thread_checks_run_without_alarm(folder):
    results = []
    thread = threading.Thread(target=lambda: results.append(examiner(folder).site(SITE)))
    thread.start()
    thread.join()
    assert results[0].checked == ("AAA001", "ZZZ999")


def test_the_alarm_of_others_is_put_back():
    rung: list[str] = []
    before = signal.signal(signal.SIGALRM, lambda *_: rung.append("outer"))
    timer = signal.setitimer(signal.ITIMER_REAL, 0.15)
    try:
        with pytest.raises(OutOfTimeError), Deadline(0.05):  # noqa: PT012 - the loop is the point
            while True:
                pass
        assert rung == []
        end = time.monotonic() + 10
        while not rung and time.monotonic() < end:
            time.sleep(0.01)
        assert rung == ["outer"]
    finally:
        signal.setitimer(signal.ITIMER_REAL, *timer)
        signal.signal(signal.SIGALRM, before)


def test_a_deadline_that_is_kept_leaves_no_alarm_behind():
    before = signal.getitimer(signal.ITIMER_REAL)[0]
    with Deadline(0.05):
        pass
    after = signal.getitimer(signal.ITIMER_REAL)[0]
    assert after <= before or before == 0
    assert (after == 0) == (before == 0)


def test_the_same_facts_give_the_same_result(folder):
    write(folder, "COL901", "yield Finding('一。')", subject="column")
    one, two = (examiner(folder).site(SITE) for _ in range(2))
    assert (one.sightings, one.checked, one.errors) == (two.sightings, two.checked, two.errors)

"""A check on attachments is found, run on the link target, and tested with fixtures like any other."""

from __future__ import annotations

from datetime import date

import pytest

from plugins import Attachment, Contents, Part, Site, State, SubjectKind
from plugins.engine.discovery import load_file
from plugins.engine.examine import Examiner
from plugins.engine.manager import Plugins
from plugins.errors import PluginError
from plugins.kit.testing import verify

CHECK = '''"""附件有记号。

为什么：原因。
看什么：对象。
不报：例外。
整改：办法。
依据：条款。
"""

from plugins import Finding, Rule, Severity, hookimpl

RULE = Rule(__doc__, code="XYZ001", severity=Severity.MINOR)


@hookimpl
def check_attachment(attachment):
    if "记号" in attachment.contents.text:
        yield Finding(f"附件{attachment.name}有记号。", where=(attachment.url,))
'''


@pytest.fixture
def check(tmp_path):
    path = tmp_path / "marked.py"
    path.write_text(CHECK, encoding="utf-8")
    return path


def test_the_subject_is_the_link_target(check):
    from plugins.engine.discovery import Found

    plugins = Plugins.of([Found("marked", "样例", foreign=False, module=load_file(check))])
    document = Attachment(
        "http://site.test/f/a.docx",
        "http://site.test/f/a.docx",
        "docx",
        Contents("docx", State.READ, parts=(Part("正文", "这里有记号"),)),
    )
    examined = Examiner(plugins).attachment(document, Site("site.test", date(2026, 6, 30)))
    (sighting,) = examined.sightings
    assert (sighting.subject.kind, sighting.subject.ref) == (SubjectKind.LINK, document.key)
    assert sighting.finding.message == "附件a.docx有记号。"
    assert examined.checked == ("XYZ001",)


def test_a_fixture_describes_an_attachment_by_its_text(check, tmp_path):
    case = tmp_path / "bad.toml"
    case.write_text(
        'expect = "附件名单有记号。"\n[attachment]\ntext = "记号"\n[[attachment.places]]\npage = "/"\ntext = "名单"\n',
        "utf-8",
    )
    verify(check, case)


def test_a_fixture_without_an_attachment_is_refused(check, tmp_path):
    case = tmp_path / "good.toml"
    case.write_text('[page]\nurl = "/"\n', "utf-8")
    with pytest.raises(PluginError, match=r"\[attachment\]"):
        verify(check, case)

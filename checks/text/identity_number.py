"""页面泄露居民身份证号码。

为什么：完整的身份证号码一经公开就可能被冒用，属于泄露个人隐私；安全、泄密事故等严重问题可以一票否决。
看什么：页面上显示的文字中完整的18位身份证号码：地区码、出生日期和末位校验码都正确的才算。
不报：已打码的号码；校验码或出生日期不对的长数字；统一社会信用代码、项目代码、流水号等编号；脚本和地址里的数字。
整改：立即撤下或打码（保留前6位和后4位以内），查明同批发布的其他信息，并按规定报告。
依据：《政府信息公开条例》第十五条（涉及个人隐私的信息不得公开）；国办秘函〔2019〕19号单项否决“安全、泄密事故等严重问题”；《个人信息保护法》第二十八条。

上下文写明是示例、样表的，交人工核实。报告和数据库中只出现打码后的号码。
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins import Confidence, Evidence, Finding, Page, PageKind, Rule, Severity, Site, hookimpl
from plugins.facts.language.personal import identity_numbers

RULE = Rule(
    __doc__,
    code="TXT101",
    severity=Severity.VETO,
    deduct=5,
    requirements=("R62",),
    confidence=Confidence.HIGH,
    private=True,
)
QUOTED = 3
PLACES = 20


@hookimpl
def check_page(page: Page, site: Site) -> Iterator[Finding]:
    """Whole identity numbers in the shown text of any page."""
    if page.kind is PageKind.ERROR:
        return
    finds = identity_numbers(page.text, site.today)
    if not finds:
        return
    specimens = all(find.example for find in finds)
    shown = "、".join(find.masked for find in finds[:QUOTED])
    more = "等" if len(finds) > QUOTED else ""
    doubt = "上下文像是示例，请人工核实。" if specimens else ""
    yield Finding(
        f"页面公布了{len(finds)}个完整的居民身份证号码：{shown}{more}（此处已打码）。{doubt}",
        where=tuple(Evidence(page.address, find.around) for find in finds[:PLACES]),
        review=specimens,
    )

"""页面泄露银行卡号。

为什么：完整的个人银行卡号与姓名一同公开，会直接危及当事人的财产安全。
看什么：文字里16至19位、以发卡机构代码开头、通过校验（Luhn）的卡号，且上下文写明卡号、银行卡、一卡通、存折、发放账号的。
不报：已打码的卡号；单位账户、保证金专户、捐款账户等对公账号；身份证号码；没有上下文的长数字和各种编号。
整改：立即撤下或打码，补贴公示只公布姓名、对象和金额。
依据：《政府信息公开条例》第十五条；《个人信息保护法》第二十八条（金融账户属敏感个人信息）。

报告和数据库中只出现打码后的卡号。
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins import Confidence, Evidence, Finding, Page, PageKind, Rule, Severity, hookimpl
from plugins.facts.language.personal import bank_cards

RULE = Rule(
    __doc__,
    code="TXT103",
    severity=Severity.VETO,
    deduct=5,
    requirements=("R62",),
    confidence=Confidence.HIGH,
    private=True,
)
QUOTED = 3
PLACES = 20


@hookimpl
def check_page(page: Page) -> Iterator[Finding]:
    """Whole card numbers in the shown text of any page."""
    if page.kind is PageKind.ERROR:
        return
    finds = bank_cards(page.text)
    if not finds:
        return
    specimens = all(find.example for find in finds)
    shown = "、".join(find.masked for find in finds[:QUOTED])
    more = "等" if len(finds) > QUOTED else ""
    doubt = "上下文像是示例，请人工核实。" if specimens else ""
    yield Finding(
        f"页面公布了{len(finds)}个完整的银行卡号：{shown}{more}（此处已打码）。{doubt}",
        where=tuple(Evidence(page.address, find.around) for find in finds[:PLACES]),
        review=specimens,
    )

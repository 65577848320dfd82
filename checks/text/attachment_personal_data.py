"""附件泄露个人信息。

为什么：名单、花名册、公示表多以附件发布，最容易带出身份证号码、银行卡号和成批的手机号码。
看什么：本站pdf、docx、xlsx、xls、txt、csv和装有这些文件的zip附件的文字（含隐藏的工作表）：完整的身份证号码、银行卡号；不重复的手机号码达到一定数量（选项 least，默认10个）。
不报：已打码的号码；校验不符的长数字；对公账号；写明是联系、咨询、报名等对外电话的号码；扫描件、加密或读不出文字的附件。
整改：立即撤下附件，打码后重新发布（删除隐藏的行列和工作表）。
依据：《政府信息公开条例》第十五条；国办秘函〔2019〕19号单项否决“安全、泄密事故等严重问题”；《个人信息保护法》第二十八条。

只有手机号码的，是否依法公开须由人判断，交人工核实。报告和数据库中只出现打码后的号码。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins import Attachment, Confidence, Evidence, Finding, Rule, Severity, Site, hookimpl
from plugins.facts.language.personal import (
    Find,
    NumberKind,
    bank_cards,
    identity_numbers,
    private_mobiles,
)


@dataclass(frozen=True)
class Options:
    """Distinct mobile numbers from which on a file is a list of them."""

    least: int = 10


RULE = Rule(
    __doc__,
    code="TXT104",
    severity=Severity.VETO,
    deduct=5,
    options=Options(),
    requirements=("R62",),
    confidence=Confidence.HIGH,
    private=True,
)
QUOTED = 2
PLACES = 10


@hookimpl
def check_attachment(attachment: Attachment, site: Site, options: Options) -> Iterator[Finding]:
    """Personal data in the text of a document; one finding for each document."""
    found: dict[NumberKind, list[tuple[str, Find]]] = {kind: [] for kind in NumberKind}
    for part in attachment.contents.parts:
        for find in identity_numbers(part.text, site.today):
            found[NumberKind.IDENTITY].append((part.name, find))
        for find in bank_cards(part.text):
            found[NumberKind.CARD].append((part.name, find))
        for find in private_mobiles(part.text):
            found[NumberKind.MOBILE].append((part.name, find))
    if len(found[NumberKind.MOBILE]) < options.least:
        found[NumberKind.MOBILE].clear()
    hits = [hit for kind in NumberKind for hit in found[kind]]
    if not hits:
        return
    grave = [find for _, find in hits if find.kind is not NumberKind.MOBILE]
    told = "；".join(_told(kind, found[kind]) for kind in NumberKind if found[kind])
    review = not grave or all(find.example for find in grave)
    pages = [place.page for place in attachment.places]
    yield Finding(
        f"附件“{attachment.name}”中有{told}（此处已打码）。" + ("请人工核实。" if review else ""),
        where=(
            *(Evidence(page, attachment.name) for page in pages[:1]),
            *(Evidence(attachment.url, f"{name}：{find.around}") for name, find in hits[:PLACES]),
        ),
        review=review,
    )


def _told(kind: NumberKind, hits: list[tuple[str, Find]]) -> str:
    shown = "、".join(find.masked for _, find in hits[:QUOTED])
    more = "等" if len(hits) > QUOTED else ""
    return f"{len(hits)}个完整的{kind.value}：{shown}{more}"

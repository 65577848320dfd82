"""附件无法正常打开。

为什么：附件打不开、要密码、内容与扩展名不符，等于没有公开；带宏或解压异常的文件还可能危及群众的电脑。
看什么：读取过的本站附件：空文件、损坏、设有打开密码、扩展名与内容不符、含有宏、解压后异常庞大、压缩包里有打不开的文件。
不报：正常的附件；没有文字的扫描件；本工具不读取的格式（doc、ppt、rar等）；Office能互相打开的扩展名混用（如xls实为xlsx）；太大或未能下载完整的附件。
整改：换上能直接打开的文件，去掉密码和宏；扩展名与内容保持一致。
依据：国办秘函〔2019〕19号功能设计“可用性”（附件能正常打开）；《政府网站发展指引》关于附件下载的要求（转述，未见原文条款）。

含宏、解压异常的文件和压缩包中个别文件打不开的，交人工核实。
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins import (
    Attachment,
    Confidence,
    Evidence,
    Finding,
    Rule,
    Severity,
    State,
    hookimpl,
)
from plugins.facts.attachments.formats import application_of

RULE = Rule(
    __doc__,
    code="TXT105",
    severity=Severity.MINOR,
    deduct=0.5,
    requirements=("R63",),
    confidence=Confidence.HIGH,
)
BROKEN = {State.DAMAGED: "无法打开", State.ENCRYPTED: "须输入密码才能打开"}


@hookimpl
def check_attachment(attachment: Attachment) -> Iterator[Finding]:
    """What keeps the public from opening a document; one finding for each document."""
    contents = attachment.contents
    review = False
    if contents.state in BROKEN:
        told = f"{BROKEN[contents.state]}：{contents.why}"
    elif _misnamed(attachment):
        told = f"扩展名是{attachment.suffix}，内容却是{contents.format}"
    elif contents.state is State.OVERSIZED:
        told, review = f"未能读取：{contents.why}", True
    elif contents.macros:
        told, review = "含有宏（程序代码），打开时可能被拦截或危及安全", True
    elif contents.notes:
        told, review = f"压缩包中有文件打不开：{'；'.join(contents.notes[:3])}", True
    else:
        return
    yield Finding(
        f"附件“{attachment.name}”{told}。",
        where=(
            *(Evidence(place.page, place.text) for place in attachment.places[:20]),
            attachment.url,
        ),
        review=review,
    )


def _misnamed(attachment: Attachment) -> bool:
    """Whether the program that the ending calls for cannot open what is inside."""
    promised, found = application_of(attachment.suffix), application_of(attachment.contents.format)
    if attachment.contents.format in ("html", "image"):
        return promised in ("pdf", "zip", "rar", "7z", "ofd")
    return bool(promised and found and promised != found)

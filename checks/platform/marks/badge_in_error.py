"""党政机关网站标识显示异常。

为什么：标识变成“红色叉号”或报错图样，说明网站在机构编制部门的登记信息已失效或与域名不符，公众会怀疑网站真假。
看什么：首页上的标识图片是不是 red_error.png、blue_error.png 一类报错图样。
不报：正常的红、蓝标识；没有标识的（见PLT301）；注释里的图片。
整改：登录党政机关网站标识管理系统核对域名和登记信息，更新后换回正常标识代码。
依据：党政机关网站标识管理的有关规定；报错图样的文件名为实际所见，未见条文。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins import (
    Confidence,
    Evidence,
    Finding,
    Page,
    Rule,
    Severity,
    Site,
    Subject,
    SubjectKind,
    hookimpl,
)
from plugins.facts.page.site_codes import without_comments
from plugins.facts.site.home import is_start

RULE = Rule(
    __doc__,
    code="PLT303",
    severity=Severity.MINOR,
    deduct=1,
    requirements=("R54",),
    confidence=Confidence.HIGH,
)
ERROR = re.compile(r"(?:red|blue)_error\.(?:png|gif|jpg)", re.IGNORECASE)
# What an address is made of: looked for backwards from its end, for a page may be one endless word.
ADDRESS = re.compile(r"""[^\s"'<>()=]*\Z""")
LONGEST = 200


@hookimpl
def check_page(page: Page, site: Site) -> Iterator[Finding]:
    """Look at the home page and the scripts that write its footer."""
    if not is_start(page, site):
        return
    read = "\n".join(body.decode("utf-8", "replace") for body in page.scripts_read.values())
    address = _address(without_comments(page.markup)) or _address(read)
    if address:
        yield Finding(
            f"党政机关网站标识显示为报错图样：{address}。",
            of=Subject(SubjectKind.SITE, site.host, site.host),
            where=(Evidence(page.address, address, "footer"),),
        )


def _address(text: str) -> str:
    """The address of the first picture of this kind; "" = none."""
    match = ERROR.search(text)
    if match is None:
        return ""
    before = ADDRESS.search(text[max(0, match.start() - LONGEST) : match.start()])
    return (before[0] if before else "") + match[0]

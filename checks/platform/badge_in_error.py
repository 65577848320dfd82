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
from plugins.facts.fittings import COMMENT, is_home

RULE = Rule(
    __doc__,
    code="PLT303",
    severity=Severity.MINOR,
    deduct=1,
    requirements=("R54",),
    confidence=Confidence.HIGH,
)
ERROR = re.compile(r"""[^\s"'<>()=]*(?:red|blue)_error\.(?:png|gif|jpg)""", re.IGNORECASE)


@hookimpl
def check_page(page: Page, site: Site) -> Iterator[Finding]:
    """Look at the home page and the scripts that write its footer."""
    if not is_home(page, site):
        return
    read = "\n".join(body.decode("utf-8", "replace") for body in page.scripts_read.values())
    match = ERROR.search(COMMENT.sub("", page.markup)) or ERROR.search(read)
    if match:
        yield Finding(
            f"党政机关网站标识显示为报错图样：{match[0][:200]}。",
            of=Subject(SubjectKind.SITE, site.host, site.host),
            where=(Evidence(page.address, match[0][:200], "footer"),),
        )

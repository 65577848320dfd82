"""网站标识码前后不一致。

为什么：标识码由全国统一编定，一个网站只有一个；印的和标的不一样，找错留言会转给别的单位，监管平台也对不上号。
看什么：首页上的三处标识码：页脚印出的“网站标识码”、SiteIDCode标签、“找错”脚本或链接里的sitecode，三处应当相同，格式应为10位数字或“bm”加8位数字。
不报：只有一处写了标识码、无从比较的；没有写的（见PLT301、PLT402）；注释里的旧代码。
整改：以全国政府网站信息报送系统中的标识码为准，改正写错的一处。
依据：《政府网站发展指引》（国办发〔2017〕47号）附件《网页设计规范》之SiteIDCode；标识码的格式为各地通行做法，未见条文。
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
from plugins.facts.page.site_codes import site_codes
from plugins.facts.site.home import is_start

RULE = Rule(
    __doc__,
    code="PLT302",
    severity=Severity.MINOR,
    deduct=1,
    requirements=("R54",),
    confidence=Confidence.HIGH,
)
FORM = re.compile(r"\d{10}|bm\d{8}")
TWO = 2


@hookimpl
def check_page(page: Page, site: Site) -> Iterator[Finding]:
    """Compare the three places of the home page."""
    if not is_start(page, site):
        return
    codes = site_codes(page)
    places = [
        ("页脚印出", codes.printed),
        ("SiteIDCode标签", (codes.tag,) if codes.tag else ()),
        ("“找错”的sitecode", codes.attribute),
    ]
    told = [(name, found) for name, found in places if found]
    subject = Subject(SubjectKind.SITE, site.host, site.host)
    where = (Evidence(page.address, "、".join(f"{n}：{'/'.join(f)}" for n, f in told), "footer"),)
    common = set.intersection(*(set(found) for _, found in told)) if told else set()
    if len(told) >= TWO and not common:
        said = "，".join(f"{name}为{'、'.join(found)}" for name, found in told)
        yield Finding(f"网站标识码不一致：{said}。", key="differs", of=subject, where=where)
        return
    wrong = sorted({code for _, found in told for code in found if not FORM.fullmatch(code)})
    if wrong and not any(FORM.fullmatch(code) for _, found in told for code in found):
        yield Finding(
            f"网站标识码“{wrong[0]}”不是10位数字，也不是“bm”加8位数字。",
            key="form",
            of=subject,
            where=where,
        )

"""文章里留有占位或测试文字。

为什么：“待补充”“测试”“XXX”一类文字发布到网上，说明内容未经审核就已公开。
看什么：文章和单页：标题或整篇正文是测试文字；括号里或单独一行的“待补充”“此处填写”；编辑器的默认文字（请在此输入、新建文档、lorem ipsum、[object Object]）；整篇正文只有一句“正在建设”；正文里成串的XXX。
不报：模板、范本、样表、示例、申请书、答复书、案例里的XXX；打码的姓名和号码；“待补充人员”等正常用语；关于测试、检测工作的文章；栏目的占位语句（COL102）。
整改：补全内容；测试信息一律撤下。
依据：港政公开发〔2022〕1号第（十五）条“及时发现和纠正错漏信息”；判断方法是本工具的做法。

正文里的XXX可能是有意隐去的内容，交人工核实。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins import Confidence, Evidence, Finding, Page, PageKind, Rule, Severity, hookimpl
from plugins.facts.language.personal import hide
from plugins.facts.language.phrases import PLACEHOLDER
from plugins.facts.language.text import squeeze

RULE = Rule(
    __doc__,
    code="TXT201",
    severity=Severity.MINOR,
    deduct=1,
    requirements=("R63",),
    confidence=Confidence.MEDIUM,
)
TEST = re.compile(
    r"(?:这是|内部|信息|系统|标题|文章|栏目|发布)?(?:一[条个篇])?(?:测试|test)(?:测试|test|数据|文章|信息|标题|内容|页面|栏目|一下|发布|稿件|勿删|请忽略|[\s\d。.!！，,（）()])*",
    re.IGNORECASE,
)
DEFAULT = re.compile(
    r"请在此(?:处)?(?:输入|填写|添加|编辑)[^，。\n]{0,12}|在此处?(?:输入|添加)(?:文字|内容|标题|正文)|(?:单击|点击)此处(?:添加|编辑|输入)\w{0,6}"
    r"|新建\s?(?:Microsoft|文本文档|Word)[^，。\n]{0,16}|lorem ipsum|\[object Object\]|(?<![\w])(?:Untitled Document|New Page 1)(?![\w])",
    re.IGNORECASE,
)
PENDING = re.compile(
    r"[（(【\[]\s*(?:此处|这里|内容|数据|图片|正文|附件|具体)?(?:待(?:补充|填写|完善|定稿|确认|补|添加)|此处(?:插入|填写|补充|添加|粘贴)[^）)】\]\n]{0,12})\s*[）)】\]]"
    r"|^(?:内容|正文|图片|数据|本文|此处)待(?:补充|更新|完善|添加)[。…\s]*$",
    re.MULTILINE,
)
CROSSES = re.compile(
    r"(?<![A-Za-z0-9\uff0a*])(?:[Xx\uff38\uff58]{3,}|×{3,}|[○〇]{3,})(?![A-Za-z0-9\uff0a*])"
)
FORMS = re.compile(
    r"模板|模版|范本|范例|样本|样式|样表|示例|示范文本|格式|填写|填报|案例|承诺书|申请书|申请表|委托书|证明|合同|协议|答复|回复|信访|来信|留言|来电|隐去|化名|文书|裁定|判决|处罚|举例|例如"
)
LEAST, SHORT = 2, 40


@hookimpl
def check_page(page: Page) -> Iterator[Finding]:
    """Texts that were put in to be replaced."""
    article = page.article
    if article is None or page.kind not in (PageKind.ARTICLE, PageKind.SINGLE):
        return
    hit = _certain(page, article.text)
    review = False
    if not hit and page.kind is PageKind.ARTICLE:
        crosses = CROSSES.search(article.text)
        if crosses and not FORMS.search(page.title + article.text):
            hit = article.text[max(0, crosses.start() - 12) : crosses.end() + 12]
            review = True
    if hit:
        words = hide(squeeze(hit))
        doubt = "也可能是有意隐去的内容，请人工核实。" if review else ""
        yield Finding(
            f"《{page.title}》里留有占位或测试文字“{words}”。{doubt}",
            where=(Evidence(page.address, words, "article"),),
            review=review,
        )


def _certain(page: Page, text: str) -> str:
    """Words that can only have been left by mistake; "" = none."""
    if page.kind is PageKind.ARTICLE and TEST.fullmatch(page.title.strip()):
        return page.title
    for pattern in (DEFAULT, PENDING):
        if match := pattern.search(text):
            return match[0]
    if len(text) > SHORT * 3:
        return ""
    lines = [squeeze(line) for line in text.split("\n")]
    whole = "".join(line for line in lines if line and line != page.title)
    if LEAST <= len(whole) <= SHORT:
        if TEST.fullmatch(whole):
            return whole
        match = PLACEHOLDER.search(whole)
        if page.kind is PageKind.ARTICLE and match and len(match[0]) * 2 >= len(whole):
            return whole
    return ""

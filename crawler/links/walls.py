"""Walls against programs: how firewalls of Chinese government sites and of CDNs show themselves.

A wall says nothing of the page behind it: what stands behind one is never dead (peers.md (c) 1–3).
"""

from __future__ import annotations

import re

from crawler.links.answers import Face, TargetAnswer
from plugins.facts.page.page import FailureKind

_SHORT = 800  # letters: a block page is short, an article about firewalls is not
_COOKIE_STATUSES = range(300, 400)

# What stands in markup or cookies of a challenge, and who sends it.
_SCRIPTS = (
    (re.compile(r"\$_ts\s*=\s*window|\$_ts\.(?:nsd|cd)\b|_\$[a-z0-9]{2}\(\)"), "瑞数动态防护"),
    (re.compile(r"__jsl_clearance|__jsluid|jsl_clearance"), "加速乐防护"),
    (re.compile(r"acw_sc__v2|aliyun_waf|aliyunwaf|errors\.aliyun\.com"), "阿里云防护"),
    (re.compile(r"wzws[-_](?:waf|cid)|wzwsconfirm|/WZWSREL", re.IGNORECASE), "奇安信防护"),
    (re.compile(r"cf-chl|_cf_chl_opt"), "Cloudflare 防护"),
    (re.compile(r"_Incapsula_Resource|Incapsula incident"), "Incapsula 防护"),
    (re.compile(r"safedog|安全狗"), "安全狗防护"),
    (re.compile(r"yunsuo_session|yunsuo", re.IGNORECASE), "云锁防护"),
    (re.compile(r"turing\.captcha|TencentCaptcha|waf\.tencent", re.IGNORECASE), "腾讯云防护"),
    (re.compile(r"HWWAFSES|CloudWAF", re.IGNORECASE), "华为云防护"),
)
_WORDS = re.compile(
    r"(?:请求|访问|操作|地址|IP)[^。]{0,8}(?:已?被|遭到?)(?:[^。]{0,8})(?:拦截|阻断|阻止|封禁|封锁|限制)"
    r"|疑似(?:攻击|黑客)|攻击行为|安全威胁|威胁[^。]{0,6}已?被(?:拦截|阻断)"
    r"|(?:Web ?应用|网站|应用)(?:防火墙|防护系统)|网站卫士|创宇盾|云防护|D盾"
    r"|人机(?:验证|识别)|安全(?:验证|检测)|滑动(?:验证|滑块)|(?:请|完成|输入)[^。]{0,6}验证码?(?:后)?(?:继续|访问)"
    r"|访问(?:过于|太)频繁|请求(?:过于|太)频繁|正在(?:检查|验证)您的浏览器"
    r"|Just a moment|Access Denied|Attention Required|Request (?:blocked|rejected)"
    r"|(?:has been|was) blocked|Pardon Our Interruption|verify (?:that )?you are (?:a )?human",
    re.IGNORECASE,
)


def wall_of(answer: TargetAnswer) -> str:
    """The name of the wall that gave this answer, in Chinese; "" where it is no wall."""
    if answer.headers.get("cf-mitigated"):
        return "Cloudflare 防护"
    if _turns_in_circle(answer):
        return "验证 Cookie 的防护"
    if not answer.is_html or not answer.start:
        return ""
    cookies = "" if answer.arrived else answer.headers.get("set-cookie", "")
    return _challenge(answer.markup, cookies, answer.face)


def _turns_in_circle(answer: TargetAnswer) -> bool:
    """A redirect to itself that sets a cookie, again after the cookie was shown."""
    failure = answer.failure
    return (
        failure is not None
        and failure.kind is FailureKind.REDIRECT_LOOP
        and answer.status in _COOKIE_STATUSES
        and "set-cookie" in answer.headers
    )


def _challenge(markup: str, cookies: str, face: Face) -> str:
    text = f"{face.title} {face.text}"
    if len(text) > _SHORT:
        return ""
    for pattern, name in _SCRIPTS:
        # A few of these scripts also stand in ordinary pages; a challenge has no words at all.
        if pattern.search(markup) and (len(face.text) < 100 or _WORDS.search(text)):  # noqa: PLR2004
            return name
        if cookies and pattern.search(cookies) and not face.text:
            return name
    return "防火墙拦截页面" if _WORDS.search(text) else ""

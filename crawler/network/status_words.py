"""What each HTTP status and each failure means, and what to do next, in the office's language."""

from __future__ import annotations

from plugins.facts.page.page import FailureKind

# In the detail of a DNS failure that is an answer, not a silence.
ABSENT = "no such host name"

# status: (what happened, next step)
_STATUSES: dict[int, tuple[str, str]] = {
    400: ("服务器认为请求有误", "请人工打开核实，并检查链接地址中是否有多余字符"),
    401: ("需要登录", "请人工核实该内容是否应当公开"),
    402: ("服务器要求付费", "请人工打开核实"),
    403: ("服务器拒绝本程序访问", "请人工打开核实；如能打开，无需整改"),
    404: ("页面不存在", "请更正链接，或删除该链接"),
    405: ("服务器不接受本程序的访问方式", "请人工打开核实"),
    406: ("服务器拒绝本程序访问", "请人工打开核实"),
    407: ("需要代理认证", "请检查审计机的网络环境"),
    408: ("服务器等待超时", "将在下次检查时复核"),
    410: ("页面已被永久删除", "请更正链接，或删除该链接"),
    412: ("网站防护系统要求浏览器验证", "请人工打开核实；如能打开，无需整改"),
    413: ("服务器认为请求过大", "请人工打开核实"),
    414: ("链接地址过长", "请人工打开核实链接地址"),
    418: ("网站防护系统拒绝本程序访问", "请人工打开核实"),
    421: ("服务器不负责该域名", "请检查域名解析和证书配置"),
    423: ("资源被锁定", "请人工打开核实"),
    429: ("访问过于频繁，服务器要求放慢", "将在下次检查时复核，可在台账中调低访问速度"),
    444: ("服务器不作答复即断开", "请人工打开核实"),
    451: ("因法律原因不能访问", "请人工核实该内容"),
    500: ("服务器内部出错", "请通知网站运维人员排查；将在下次检查时复核"),
    501: ("服务器不支持该请求", "请人工打开核实"),
    502: ("网关出错，后端没有正常答复", "请通知网站运维人员排查；将在下次检查时复核"),
    503: ("服务暂时不可用", "将在下次检查时复核"),
    504: ("网关超时，后端没有及时答复", "请通知网站运维人员排查；将在下次检查时复核"),
    520: ("内容分发网络收到源站的异常答复", "将在下次检查时复核"),
    521: ("网站防护系统要求浏览器验证", "请人工打开核实；如能打开，无需整改"),
    522: ("内容分发网络连接源站超时", "将在下次检查时复核"),
    523: ("内容分发网络无法连接源站", "将在下次检查时复核"),
    524: ("内容分发网络等待源站超时", "将在下次检查时复核"),
    525: ("内容分发网络与源站的加密连接失败", "请检查源站证书"),
    526: ("源站证书无效", "请更换源站证书"),
    530: ("内容分发网络找不到源站", "请检查域名解析"),
    999: ("网站拒绝程序访问", "请人工打开核实；如能打开，无需整改"),
}
_CLASSES: dict[int, tuple[str, str]] = {
    1: ("服务器只给出了中间答复", "将在下次检查时复核"),
    2: ("可以访问", ""),
    3: ("服务器要求跳转，但没有给出可用的地址", "请人工打开核实"),
    4: ("服务器拒绝了这次访问", "请人工打开核实"),
    5: ("服务器出错", "请通知网站运维人员排查；将在下次检查时复核"),
}
_FAILURES: dict[FailureKind, tuple[str, str]] = {
    FailureKind.DNS: ("域名没有解析出地址", "请核实域名是否仍在使用"),
    FailureKind.REFUSED: ("服务器拒绝连接", "将在下次检查时复核"),
    FailureKind.RESET: ("连接被对方中断", "将在下次检查时复核"),
    FailureKind.TIMEOUT: ("在规定时间内没有答复", "将在下次检查时复核"),
    FailureKind.TLS: ("加密连接（HTTPS）建立失败", "请检查网站证书和加密配置；将在下次检查时复核"),
    FailureKind.REDIRECT_LOOP: ("反复跳转，没有尽头", "请检查网站跳转配置"),
    FailureKind.TOO_LARGE: ("内容过大，只读取了开头", ""),
    FailureKind.DECOMPRESSION: ("压缩内容无法解开", "请检查网站压缩配置"),
    FailureKind.TRUNCATED: ("内容没有传完", "将在下次检查时复核"),
    FailureKind.ROBOTS: ("按网站 robots.txt 的要求没有访问", "如需检查，请在台账中登记"),
    FailureKind.PRIVATE_ADDRESS: (
        "地址在内部网络，没有访问",
        "请更正链接；如确需检查，请在台账中登记",
    ),
    FailureKind.BROWSER: ("浏览器未能打开", "将在下次检查时复核"),
    FailureKind.INVALID: ("服务器的答复不合规范", "请人工打开核实"),
    FailureKind.OTHER: ("访问失败", "将在下次检查时复核"),
}


def status_words(status: int) -> str:
    """What a status means and what to do, for example for 403 or for one nobody registered."""
    what, then = (
        _STATUSES.get(status)
        or _CLASSES.get(status // 100)
        or ("服务器给出了非标准答复", "请人工打开核实")
    )
    return _sentence(f"{what}（状态码{status}）", then)


def failure_words(kind: FailureKind) -> str:
    """What a failure means and what to do."""
    return _sentence(*_FAILURES[kind])


def _sentence(what: str, then: str) -> str:
    return f"{what}。{then}。" if then else f"{what}。"

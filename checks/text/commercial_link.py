"""正文链接指向商业网站或个人网盘。

为什么：政府文稿里的商业百科、电商、网盘链接多为复制粘贴时带入，有广告之嫌，内容也不受发布单位控制。
看什么：文章正文里指向名单上的商业网站、短链接和网盘的链接（名单见同目录 commercial_hosts.toml，可用选项 extra 增加、allowed 放行）。
不报：导航、页脚、友情链接和列表里的链接；未列入名单的网站；政务新媒体平台（微信公众号文章、官方微博等不在名单内）。
整改：删除链接，或改为链接到政府网站和权威发布；网盘里的材料改为本站附件。
依据：国办发〔2017〕47号《政府网站发展指引》关于不得发布广告和链接管理的要求（转述）；名单是本工具的默认值，可以修改。

可调整：extra（增加的域名），allowed（放行的域名）。
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from plugins import (
    Confidence,
    Evidence,
    Finding,
    LinkTarget,
    Region,
    Rule,
    Severity,
    Site,
    Subject,
    SubjectKind,
    hookimpl,
)

LIST = Path(__file__).with_name("commercial_hosts.toml")


@dataclass(frozen=True)
class Options:
    """Domains that are added to the list, and domains that are let through."""

    extra: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


RULE = Rule(
    __doc__,
    code="TXT303",
    severity=Severity.ADVICE,
    deduct=0.2,
    options=Options(),
    requirements=("R63",),
    confidence=Confidence.MEDIUM,
)
HOSTS: dict[str, str] = {
    host: kind for kind, hosts in tomllib.loads(LIST.read_text("utf-8")).items() for host in hosts
}
PLACES = 20


@hookimpl
def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """Links within texts to hosts on the list, one finding for each address."""
    listed = {**HOSTS, **dict.fromkeys(options.extra, "商业网站")}
    for name in options.allowed:
        listed.pop(name, None)
    for target in site.targets:
        kind = _kind(target, listed) if "//" in target.url else ""
        if not kind:
            continue
        inside = [place for place in target.places if place.region is Region.ARTICLE]
        if inside:
            host = urlsplit(target.url).hostname or ""
            yield Finding(
                f"正文链接“{inside[0].text or target.url}”指向{kind}（{host}）。",
                of=Subject(SubjectKind.LINK, site.host, target.key),
                where=tuple(
                    Evidence(place.page, place.text, "article") for place in inside[:PLACES]
                ),
            )


def _kind(target: LinkTarget, listed: dict[str, str]) -> str:
    """What the host of a target is on the list; it stands for all its subdomains."""
    labels = (urlsplit(target.url).hostname or "").split(".")
    names = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return next((listed[name] for name in names if name in listed), "")

"""Whether a page about 公共企事业单位 says where to complain."""

from __future__ import annotations

import pytest

from plugins import Page
from plugins.facts.kept.fittings import channel_of

PAGE = """<!doctype html><html><head><title>{title}</title></head><body>
<h1>{title}</h1><div class="article-content"><p>{text}</p>
<p>各单位按照清单公开服务内容、收费标准、办事流程和监督方式，清单按年调整。</p></div>
<div class="footer">地址：湖心路1号 投诉电话：0000-8600100</div></body></html>"""


@pytest.mark.parametrize(
    ("title", "text", "told"),
    [
        ("公共企事业单位信息公开", "监督投诉电话：0000-8600123（工作日）", True),
        ("公共企事业单位信息公开", "投诉请发邮件至 jd@example.test", True),
        ("公共企事业单位信息公开", "欢迎社会各界监督。", False),
        ("供水服务", "监督投诉电话：0000-8600123（工作日）", False),
    ],
)
def test_complaints(title: str, text: str, told: bool) -> None:
    body = PAGE.format(title=title, text=text).encode()
    page = Page("http://site.test/qsy/1.html", status=200, body=body)
    assert ("complaints" in channel_of(page)) is told

"""A column is called by its name and that of the column above it."""

from __future__ import annotations

import pytest

from plugins import Column


def column(*crumbs: str, name: str = "工作动态") -> Column:
    return Column(url="http://site.test/dt/", key="http://site.test/dt/", name=name, crumbs=crumbs)


@pytest.mark.parametrize(
    ("crumbs", "path"),
    [
        ((), "工作动态"),
        (("首页", "工作动态"), "工作动态"),
        (("某区人民政府网站", "工作动态"), "工作动态"),
        (("首页", "下属单位", "执法大队", "工作动态"), "执法大队－工作动态"),
        (("首页 >", "执法大队-", "工作动态"), "执法大队－工作动态"),
        (("您的位置：", "政务公开"), "政务公开－工作动态"),
    ],
)
def test_the_column_above_is_told_but_not_the_home_page(crumbs, path):
    assert column(*crumbs).path == path

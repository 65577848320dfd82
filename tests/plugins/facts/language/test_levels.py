"""Papers and calls of other bodies are told from a site's own, by title and by source."""

from __future__ import annotations

import pytest

from plugins.facts.language.levels import level_of, of_another_body
from plugins.facts.language.titles import read_title

DISTRICT = "青山区人民政府门户网站"
COUNTY_CITY = "青山市人民政府"


@pytest.mark.parametrize(
    "title",
    [
        "国家发展改革委关于公开征求《充电设施管理办法》意见的公告",
        "省人民政府办公厅关于印发《大气污染防治办法》的通知",
        "市教育局关于印发《校外培训管理办法》的通知",
        "湖北省财政厅关于印发《学生资助资金管理办法》的通知",
        "住房和城乡建设部关于印发《工程质量管理办法》的通知",
        "【转载】高龄津贴发放办法",
        "政府信息公开条例",
    ],
)
def test_what_a_district_reprints_is_not_its_own(title):
    assert of_another_body(read_title(title), DISTRICT)


@pytest.mark.parametrize(
    "title",
    [
        "青山区养犬管理办法",
        "关于印发《市容环境卫生责任区管理办法》的通知",
        "关于印发《市场主体住所登记管理办法》的通知",
        "区教育局关于印发《校外培训管理办法》的通知",
        "民政领域补贴发放办法",
        "消防条例实施办法",
    ],
)
def test_what_a_district_writes_is_its_own(title):
    assert not of_another_body(read_title(title), DISTRICT)


def test_a_city_named_without_its_name_is_above_a_district_and_not_above_itself():
    title = read_title("市教育局关于印发《校外培训管理办法》的通知")
    assert of_another_body(title, DISTRICT)
    assert not of_another_body(title, COUNTY_CITY)


def test_the_source_of_an_article_tells_as_well():
    title = read_title("生活垃圾分类办法")
    assert of_another_body(title, DISTRICT, "湖北省人民政府门户网站")
    assert not of_another_body(title, DISTRICT, "青山区城市管理局")


def test_a_site_without_a_name_speaks_for_nothing_but_reprints():
    assert not of_another_body(read_title("湖北省消防办法"), "")
    assert of_another_body(read_title("[转发]消防办法"), "")


def test_the_level_of_a_site_is_that_of_its_innermost_place():
    assert (
        level_of("湖北省人民政府") < level_of("武汉市人民政府") < level_of("武汉市青山区人民政府")
    )
    assert level_of("某单位") == 0

"""Titles that are plainly no papers, and those that only look like it."""

from __future__ import annotations

import pytest

from plugins.facts.language.noise import holds_papers, noise_in


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("区财政局召开年度工作会议", "工作动态"),
        ("王区长赴样例街道调研停车治理", "工作动态"),
        ("样例街道开展清明祭扫宣传活动", "工作动态"),
        ("全区防汛演练圆满结束", "工作动态"),
        ("2026年公开招聘工作人员公告", "通知公告"),
        ("拟确认公益性岗位人员名单公示", "通知公告"),
        ("办公设备采购中标公告", "通知公告"),
        ("关于国庆节放假的通知", "通知公告"),
        ("计划停水通知", "通知公告"),
    ],
)
def test_noise(title, kind):
    assert noise_in(title) == kind


@pytest.mark.parametrize(
    "title",
    [
        "关于开展春季爱国卫生运动的通知",
        "样例区调研工作管理办法",
        "样例区督导检查考核规定",
        "样例区招标投标监督管理办法（试行）",
        "区政府常务会议制度",
        "样例区参加城乡居民医疗保险人员缴费标准",
        "关于举办第三届运动会的通知",
        "《样例区公益性岗位招聘公告》制发规程",
        "样政发〔2025〕3号 召开表彰大会",
        "样例区慰问困难职工资金管理办法（2025年修订）",
        "党的十八大以来的改革成就",
        "残疾人机动轮椅车燃油补贴",
        "关于印发政府网站与政务新媒体检查指标的通知",
        "关于规范编外聘用人员工资待遇的通知",
        "关于进一步规范政府采购活动的公告",
        "样例区集中采购限额标准公告",
        "样例区组织实施稳岗返还政策",
    ],
)
def test_papers(title):
    assert noise_in(title) == ""


@pytest.mark.parametrize(
    "name", ["政策文件", "规范性文件", "行政规范性文件", "区政府文件", "部门文件"]
)
def test_columns_of_papers(name):
    assert holds_papers(name)


@pytest.mark.parametrize(
    "name",
    [
        "政策解读",
        "政策法规",
        "政策动态",
        "规范性文件清理",
        "政策文件解读",
        "通知公告",
        "文件征求意见",
    ],
)
def test_other_columns(name):
    assert not holds_papers(name)

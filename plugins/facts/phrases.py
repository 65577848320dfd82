"""Sentences and marks that stand on a page in place of content."""

from __future__ import annotations

import re

PLACEHOLDER = re.compile(
    r"(?:本|该|此|当前)?(?:栏目|频道|页面|目录|分类|列表|专栏|类别)?(?:下)?(?:内容|信息|数据|栏目|页面|网站)?(?:正在|尚在|还在)(?:建设|完善|更新|整理|筹备|编辑|制作|补充|施工|升级)(?:之)?中?"
    r"|(?:本|该|此|当前)?(?:栏目|频道|页面|目录|分类|列表|专栏|类别|条件)?(?:下)?(?:目前|现在|当前)?(?:暂时|暂|尚|还)?(?:没有|无|未)(?:有|发布|查询到|查到|找到|检索到|任何|相关|新增|可公开|更多|符合条件的|需要公开的|对应|最新|可显示的|要显示的|公开的|可发布的){0,4}(?:的)?(?:内容|信息|数据|记录|文章|文件|资料|结果|消息|公告|更新|政策|解读|动态|稿件)"
    r"|敬请期待|内容(?:整理|更新|建设)中|栏目(?:建设|更新)中|建设中|暂缺|no\s*(?:data|records?|results?)(?:\s*found)?|Under Construction",
    re.IGNORECASE,
)
LOADING = re.compile(
    r"(?:正在|努力|拼命)(?:为您)?(?:数据|内容|页面|信息)?(?:加载|载入|读取|查询)|(?:加载|载入|读取|查询)中|(?<![a-z])loading(?![a-z])|请稍[候后等]|请启用\s*JavaScript",
    re.IGNORECASE,
)
TEMPLATE = re.compile(r"\{\{.{0,80}?\}\}|\$\{[\w.]{1,60}\}|<%.{0,80}?%>")
TEMPLATE_NAMES = ("ms-repeat", "ms-for", "v-for", "ng-repeat", "wx:for", ":data-list", "data-bind")

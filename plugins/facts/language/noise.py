"""Titles that do not belong among official papers: reports of work, notices of the day."""

from __future__ import annotations

import re

from plugins.facts.language.titles import document_number, plain

# A column that holds papers; one for 政策法规、政策解读、政策动态 holds other things as well.
COLUMN = re.compile(
    r"(?:[\u4e00-\u9fff]{0,8})?(?:政策文件|规范性文件|行政规范性文件|政府文件|政府办文件|政府办公室文件|办公室文件|部门文件|本级文件|单位文件|机关文件|街道文件|其他文件|上级文件)(?:公开|专栏|列表)?"
)
OTHER_COLUMN = re.compile("解读|征求|征集|草案|清理|废止|失效|目录|备案|计划|动态|通知公告|管理")
NEWS = re.compile(
    r"召开|举行|举办|承办|调研|走访|慰问|督导(?!制度|办法|条例)|视察|座谈会|推进会|动员会|启动仪式|揭牌|签约|圆满|荣获"
    r"|(?:培训|宣讲|观摩|竞赛|比赛|展演)(?:班|会|活动)|带队|赴[\u4e00-\u9fff]{2,12}(?:考察|学习|检查|调研|开展)"
    r"|(?:开展|组织|参加|参与)[^,。]{0,24}(?:活动|会议|检查|培训|宣传|学习|行动|演练|服务|调查|工作)$|(?:有序|扎实|深入|稳步)(?:推进|开展)[^,。]{0,20}$"
)
NOTICES = re.compile(
    r"(?:招聘|招录|选调|面试|体检(?!查)|考察|录用|聘用|拍卖|招标|中标|成交|采购|比选|询价|磋商|挂牌|送达|催告|补录|遴选)[^,。]{0,16}(?:公告|公示|结果|启事|名单|通告)(?:\([^()]*\))?$"
    r"|(?:面试|体检(?!查)|补录)[^,。]{0,10}通知$|公示(?:\([^()]*\))?$"
    r"|(?:停水|停电|停气|休市|闭馆|遗失|注销)[^,。]{0,12}(?:通知|公告|通告|声明)$|^(?:关于)?[^,。]{0,20}放假[^,。]{0,10}通知$"
)
# A paper may speak of recruiting or buying and set rules for it.
SETS_RULES = re.compile(
    r"印发|转发|规范|加强|做好|进一步|管理|调整|完善|办法|规定|制度|政策|标准|目录"
)
# What ends like a paper is one, whatever it is about.
PAPER_END = re.compile(
    r"(?:通知|意见|办法|规定|决定|决议|公告|通告|方案|细则|批复|函|令|报告|规划|计划|条例|要点|目录|清单|标准|制度|纲要|措施|规则|规程|预案|章程|通报|指南|指引|政策|说明|纪要|名单|公报|意见书|倡议书|规范|条款|分工|名录|汇编|要求|职责|安排|事项)(?:\([^()]*\)|[\[〔][^\]〕]*[\]〕])*$"
)


def holds_papers(name: str) -> bool:
    """Whether a column of this name is one for official papers."""
    text = plain(name)
    return COLUMN.fullmatch(text) is not None and not OTHER_COLUMN.search(text)


def noise_in(title: str) -> str:
    """工作动态 or 通知公告, where a title is plainly one of these and no paper; "" otherwise.

    A title with 《…》, 〔…〕 or 关于 names a paper; only 公示, 招聘公告 and the like are notices all
    the same.
    """
    text = plain(title)
    if document_number(text):
        return ""
    if NOTICES.search(text) and "《" not in text and not SETS_RULES.search(text):
        return "通知公告"
    if "《" in text or "关于" in text or PAPER_END.search(text):
        return ""
    return "工作动态" if NEWS.search(text) else ""

"""The words of a fictitious district: subjects, headlines and paragraphs, never taken from a real site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

DISTRICT = "明湖区"
SUBJECTS = (
    "城市更新", "老旧小区改造", "湖泊保护", "河湖长制", "安全生产", "防汛排涝", "森林防火", "食品安全",
    "义务教育", "学前教育", "托育服务", "养老服务", "社区食堂", "残疾人保障", "就业帮扶", "退役军人服务",
    "全民健身", "公共文化", "文明创建", "垃圾分类", "背街小巷整治", "停车治理", "口袋公园建设", "绿道建设",
    "招商引资", "重点项目建设", "工业稳增长", "科技创新", "营商环境", "政务服务", "数字政府建设", "乡村振兴",
    "粮食生产", "高标准农田建设", "蔬菜保供", "消费促进", "文旅融合", "消防安全", "燃气安全", "交通秩序",
    "网格治理", "电梯安全", "水质监测", "志愿服务", "社区健身", "非遗传承", "图书阅读", "家庭医生服务",
)  # fmt: skip
HEADLINES = (
    "区领导调研{}工作",
    "我区召开{}工作推进会",
    "{}工作现场会在湖滨广场举行",
    "全区{}专题培训班开班",
    "区政府常务会议研究部署{}工作",
    "我区{}工作经验在全市交流",
    "区人大代表视察{}工作",
)
STREET_HEADLINES = (
    "{}街道扎实推进{}工作",
    "{}街道开展{}宣传活动",
    "{}街道组织党员参加{}服务",
    "{}街道召开{}居民议事会",
)
OFFICE_HEADLINES = (
    "区{}召开{}工作例会",
    "区{}开展{}专项检查",
    "区{}赴社区宣传{}知识",
    "区{}组织{}业务培训",
    "区{}推进{}重点任务",
)
NOTICES = (
    "关于开展{}专项行动的公告",
    "关于公布{}先进集体名单的公告",
    "关于组织参加{}培训的公告",
    "关于调整{}服务时间的公告",
    "关于开放{}便民服务点的公告",
)
OPENERS = (
    "{when}，{who}围绕{what}召开专题会议，听取各街道和有关部门工作汇报，研究部署下一阶段重点任务。",
    "{when}，{who}深入社区、企业和项目现场，实地了解{what}进展情况，现场协调解决群众关心的具体问题。",
    "为扎实做好{what}，{when}，{who}组织工作人员走进街道社区，面对面了解居民需求，认真梳理问题清单。",
)
MIDDLES = (
    "会议强调，要坚持以人民为中心，把{what}作为为民办实事的重要内容，细化任务分工，压实工作责任，确保各项措施落地见效。",
    "工作人员介绍，今年以来全区{what}稳步推进，一批群众关注的事项已经办结，居民获得感不断增强。",
    "现场工作人员逐户走访，发放明白卡二百余份，解答居民提问六十余次，并将收集到的事项逐一登记、分类交办。",
)
CLOSERS = (
    "下一步，将继续加强统筹协调，健全长效机制，推动{what}再上新台阶。",
    "与会人员表示，将以此次活动为契机，发扬务实作风，把{what}各项工作做深做细。",
    "居民代表参加了活动，并就身边的{what}工作提出了建议。",
)


def prose(what: str, who: str, day: date, turn: int) -> tuple[str, ...]:
    """Three paragraphs about a subject; ``turn`` chooses among the wordings."""
    values = {"what": what, "who": who, "when": f"{day.month}月{day.day}日"}
    return (
        OPENERS[turn % 3].format(**values),
        MIDDLES[(turn // 2) % 3].format(**values),
        CLOSERS[(turn // 3) % 3].format(**values),
    )


def headlines(start: int, count: int) -> Iterator[tuple[str, str]]:
    """(headline, subject) pairs of the district's news, all different for different starts."""
    for turn in range(start, start + count):
        subject = SUBJECTS[turn % len(SUBJECTS)]
        yield HEADLINES[(turn + turn // len(SUBJECTS)) % len(HEADLINES)].format(subject), subject


def street_news(street: str, start: int, count: int) -> Iterator[tuple[str, str]]:
    """(headline, subject) pairs of one street's news."""
    for turn in range(start, start + count):
        subject = SUBJECTS[(turn * 5) % len(SUBJECTS)]
        yield STREET_HEADLINES[turn % len(STREET_HEADLINES)].format(street, subject), subject


def office_news(office: str, subjects: tuple[str, ...], count: int) -> Iterator[tuple[str, str]]:
    """(headline, subject) pairs of one department's news."""
    for turn in range(count):
        subject = subjects[turn % len(subjects)]
        pattern = OFFICE_HEADLINES[(turn + turn // len(subjects)) % len(OFFICE_HEADLINES)]
        yield pattern.format(office, subject), subject


def notices(subjects: tuple[str, ...], count: int) -> Iterator[tuple[str, str]]:
    """(title, subject) pairs of notices."""
    for turn in range(count):
        subject = subjects[turn % len(subjects)]
        yield NOTICES[(turn + turn // len(subjects)) % len(NOTICES)].format(subject), subject

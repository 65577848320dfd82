"""What must exist on the portal: accounts, plans, lists, topics, enforcement; and what is missing of it."""

from __future__ import annotations

from datetime import date, timedelta

from crawler.demo.ground import Ground
from crawler.demo.rows import RowColumn
from tests.district.papers.accounts import CIVIL, FINANCE, HEALTH, SCHOOLS, build_accounts
from tests.district.papers.portal import OFFICE
from tests.district.papers.shelves import KIND, Shelf

CHARGES = RowColumn("收费公示", "/zwgk/sfgs/", KIND)
DEBTS = RowColumn("政府债务", "/zwgk/zfzw/", KIND)
DIRECT = RowColumn("财政资金直达基层", "/zwgk/zjzd/", KIND)
FIVE_YEARS = RowColumn("发展规划", "/zwgk/fzgh/", KIND)
BODIES = RowColumn("公共企事业单位信息公开", "/zwgk/qsydw/", KIND)
MATTERS = RowColumn("民生保障", "/zwgk/msbz/", KIND)
HELP = RowColumn("助企纾困", "/ztzl/zqjk/", KIND)
AIR = RowColumn("环境空气质量", "/zwgk/kqzl/", KIND)
WATER = RowColumn("地表水水质", "/zwgk/dbs/", KIND)
INSPECTIONS = RowColumn("双随机一公开", "/zwgk/ssj/", KIND)
FINES = RowColumn("行政处罚", "/zwgk/xzcf/", KIND)
FORCE = RowColumn("行政强制", "/zwgk/xzqz/", KIND)
DATA = RowColumn("数据资源", "/zwgk/sjzy/", KIND)
FIVE_YEAR_PLAN, NEXT_PLAN, SPACE_PLAN = date(2021, 6, 2), date(2026, 5, 20), date(2024, 8, 15)


def build_lists(ground: Ground) -> None:
    """All of it; the columns stand by themselves, below 政务公开."""
    build_accounts(ground)
    _money(ground)
    _plans(ground)
    _bodies(ground)
    _matters(ground)
    _inspections(ground)
    _enforcement(ground)
    _data(ground)


# -- 财政 --------------------------------------------------------------------------------------------


def _money(ground: Ground) -> None:
    """Charges: an old list. Debts and direct funds: nothing at all."""
    shelf = Shelf(ground, CHARGES, FINANCE)
    year = ground.today.year if not ground.planted("dsc405-old-list") else ground.today.year - 3
    day = min(date(year, 1, 8), ground.ago(1))
    text = "本清单列明收费项目、收费单位、收费标准和依据，清单以外的项目一律不得收取。"
    shelf.article(f"明湖区{year}年行政事业性收费目录清单", day, text)
    # What schools charge is another list.
    shelf.article(
        "中小学服务性收费公示清单",
        ground.ago(40),
        "校服、伙食和课后服务按自愿原则收取，标准由学校公示。",
    )
    shelf.close()
    if not ground.planted("dsc403-no-debt"):
        debts = Shelf(ground, DEBTS, FINANCE)
        text = "年末政府债务余额控制在上级核定的限额以内，债券资金全部用于公益项目。"
        debts.article("明湖区政府债务限额和余额情况", ground.ago(2), text)
        debts.close()
    if not ground.planted("dsc404-no-column"):
        direct = Shelf(ground, DIRECT, FINANCE)
        direct.article(
            "直达资金分配结果", ground.ago(20), "直达资金分配到街道和项目，分配明细按月更新。"
        )
        direct.close()


# -- 规划、专栏、民生 ----------------------------------------------------------------------------------


def _plans(ground: Ground) -> None:
    """The plans of the five years, of the next five and of space, as documents; no older one."""
    shelf = Shelf(ground, FIVE_YEARS)
    shelf.document("明湖区国民经济和社会发展第十四个五年规划纲要", FIVE_YEAR_PLAN, "145.pdf")
    shelf.document("明湖区国民经济和社会发展第十五个五年规划纲要", NEXT_PLAN, "155.pdf")
    shelf.document("明湖区国土空间总体规划", SPACE_PLAN, "gtkj.pdf")
    if not ground.planted("dsc406-no-history"):
        shelf.document("明湖区“十三五”规划纲要", date(2016, 5, 6), "135.pdf")
    shelf.close()
    if not ground.planted("dsc409-no-help"):
        help_ = Shelf(ground, HELP)
        help_.article(
            "助企政策一览", ground.ago(25), "各项政策的申请条件、办理窗口和联系电话汇总如下。"
        )
        help_.close()


def _bodies(ground: Ground) -> None:
    """公共企事业单位: all fields and the list of who is meant, but nowhere to complain."""
    shelf = Shelf(ground, BODIES)
    names = (
        ("适用主体清单", "列入清单的单位应当主动公开服务内容、收费标准和办事流程。"),
        ("教育、卫生健康领域信息公开", "各学校公布招生和收费安排，各医院公布诊疗科目和医保事项。"),
        ("供水、供电、供气领域信息公开", "供水公布水质，供电公布停电计划，供气公布安检安排。"),
        (
            "环境保护、公共交通、社会福利领域信息公开",
            "污水处理、公交线路和福利机构的服务信息按季更新。",
        ),
    )
    for number, (title, text) in enumerate(names):
        shelf.article(f"公共企事业单位{title}", ground.ago(60 + 11 * number), text)
    if not ground.planted("dsc407-no-channel"):
        text = "对公共企事业单位不公开信息的，可向主管部门反映。"
        shelf.article("公共企事业单位信息公开监督投诉渠道", ground.ago(50), text)
    shelf.close()


def _matters(ground: Ground) -> None:
    """What people look for most, of this season; nothing about what firms are owed. Air is old news."""
    shelf = Shelf(ground, MATTERS)
    rows = [
        ("高校毕业生就业见习岗位目录", "见习岗位按街道分列，见习期间发放生活补助。", CIVIL),
        ("老旧小区改造项目清单", "清单列明小区名称、改造内容、开竣工时间和责任单位。", OFFICE),
        ("国有土地上房屋征收补偿结果一览", "按征收项目公布补偿标准、签约进度和安置房源。", OFFICE),
        ("最低生活保障标准和申请条件", "标准按人月计算，申请由街道受理，区级确认。", CIVIL),
        ("优化营商环境任务清单", "任务按单位分解，逐项明确完成时限。", OFFICE),
        ("惠企政策兑现事项清单", "事项逐条列明兑现条件、金额和窗口。", FINANCE),
    ]
    if not ground.planted("dsc408-arrears"):
        rows.append(("拖欠中小企业账款投诉渠道", "企业可以书面或网上反映被拖欠的款项。", OFFICE))
    for number, (title, text, unit) in enumerate(rows):
        shelf.article(title, ground.ago(28 + number), text, unit=unit)
    shelf.close()
    for column, days in ((AIR, 200 if ground.planted("dsc410-air") else 30), (WATER, 30)):
        data = Shelf(ground, column)
        for turn in range(3):
            text = f"本期{column.name}监测点位{4 + turn}个，达标率百分之九十{'一二三'[turn]}，主要指标保持稳定。"
            data.article(f"{column.name}状况（第{3 - turn}期）", ground.ago(days + 30 * turn), text)
        data.close("")


# -- 执法、数据 ---------------------------------------------------------------------------------------


def _inspections(ground: Ground) -> None:
    """双随机 of two units and two years: one names whom it drew by a standing list, the other never."""
    shelf = Shelf(ground, INSPECTIONS)
    mended = not ground.planted("dsc411-no-subjects")
    for year in (ground.today.year - 2, ground.today.year - 1):
        for unit, day in ((SCHOOLS, 5), (HEALTH, 9)):
            title = f"{unit}{year}年双随机抽查"
            shelf.article(
                f"{title}计划",
                date(year, 3, day),
                f"{year}年{unit}安排抽查两批，比例按风险等级确定。",
                unit=unit,
            )
            shelf.article(
                f"{title}结果",
                date(year, 11, day + 9),
                f"{year}年{unit}抽查对象均已检查，问题已责令改正。",
                unit=unit,
            )
            if unit == HEALTH and mended:
                text = f"{year}年{unit}从名录库中抽出检查对象若干，名单附后。"
                shelf.article(f"{title}对象名单", date(year, 6, day), text, unit=unit)
    listed = date(ground.today.year - 3, 5, 6)
    shelf.article(
        f"{SCHOOLS}随机抽查事项清单",
        listed,
        f"{SCHOOLS}的抽查事项、依据、主体和方式见清单，长期有效。",
        unit=SCHOOLS,
    )
    shelf.close()


def _enforcement(ground: Ground) -> None:
    """Fines: one made public weeks after, one in time. Force: nothing for most of a year."""
    shelf = Shelf(ground, FINES)
    late = 30 if ground.planted("dsc412-weeks") else 5
    for number, (what, days, took) in enumerate((("占道经营", 12, late), ("违规倾倒", 19, 5))):
        day = ground.ago(days)
        decided = day - timedelta(days=took)
        shelf.article(
            f"关于{what}案的行政处罚决定公示",
            day,
            f"当事人因{what}被责令改正并处罚款，处罚种类、依据和履行方式见决定书第{3 + number}号。",
            f"处罚决定日期：{decided.year}年{decided.month}月{decided.day}日",
        )
    shelf.close("")
    force = Shelf(ground, FORCE)
    first = 250 if ground.planted("dsc413-still") else 25
    for number, what in enumerate(("拆除围挡", "扣押工具")):
        text = f"对逾期不改正的，依法采取{what}措施，当事人已签收文书，财物清单一式两份。"
        force.article(f"{what}强制措施实施情况", ground.ago(first + 40 * number), text)
    force.close("")


def _data(ground: Ground) -> None:
    """数据资源目录: one unit's old and new, another's old one only."""
    shelf = Shelf(ground, DATA)
    old = 500 if ground.planted("dsc414-old") else 90
    for unit, days, number in ((SCHOOLS, old, 31), (FINANCE, 100, 44), (FINANCE, 520, 42)):
        text = f"{unit}数据资源目录共{number}项，列明数据名称、共享方式和更新周期。"
        shelf.article(f"{unit}政务数据资源目录", ground.ago(days), text, unit=unit)
    shelf.close()

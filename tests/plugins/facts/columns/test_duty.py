"""Update duties: every spelling of the register is read, everything else is refused with a reason."""

import datetime as dt
import pickle
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.facts.columns.duty import Duty, DutyKind, default_duty
from plugins.facts.language.periods import PartOfPeriod, Period
from plugins.facts.language.workdays import is_workday


def test_every_spelling_of_a_real_register_of_174_columns_is_read():
    register = {
        "180": 67,
        "-1": 55,
        "365": 9,
        "30": 8,
        "90": 4,
        "10": 4,
        "300": 3,
        "14": 1,
        "机关党建工作@30[180]": 10,
        "文明创建@30[180]": 3,
        "每年2月、9月": 3,
        "每年2月、9月[180]": 1,
        "每年2月": 1,
        "每年3月": 1,
        "每年9月": 1,
        "每月初": 1,
        "每月底": 1,
        "依申请公开": 1,
    }
    assert sum(register.values()) == 174
    for text in register:
        duty = Duty.read(text)
        assert duty.text == text
        assert duty.words()


@pytest.mark.parametrize(
    ("spelling", "last", "due"),
    [
        # peers.md (e), the table of meanings, row by row; years chosen so that no rest day moves them
        ("14", "2022-02-01", "2022-02-15"),
        ("180天", "2022-02-20", "2022-08-19"),
        ("每月初", "2024-03-05", "2024-04-10"),
        ("每年2月、9月", "2022-02-20", "2022-09-30"),
        ("每年2月、9月", "2022-01-28", "2022-02-28"),
        ("每年2月、9月[180]", "2022-02-20", "2022-08-19"),
        ("组@30[180]", "2022-02-20", "2022-03-22"),
        # windows open strictly after the newest entry
        ("每月初", "2024-03-31", "2024-04-10"),
        ("每月初", "2024-04-01", "2024-05-10"),
        ("每月中", "2024-03-05", "2024-03-20"),
        ("每月中旬", "2024-03-11", "2024-04-22"),  # 20 April is a Saturday
        ("每月底", "2024-01-20", "2024-01-31"),
        ("每月末", "2024-01-25", "2024-02-29"),
        ("每月下旬", "2024-12-25", "2025-02-05"),  # 31 January is 春节
        ("每月", "2024-03-05", "2024-04-30"),
        ("每季度", "2024-02-05", "2024-07-01"),  # 30 June is a Sunday
        ("每季度初", "2024-02-05", "2024-04-30"),
        ("每季度中", "2024-02-05", "2024-05-31"),
        ("每季度底", "2024-02-05", "2024-04-01"),  # 31 March is a Sunday
        ("每半年", "2024-02-05", "2024-12-31"),
        ("每年2月初、2月底", "2024-02-05", "2024-02-29"),
        ("每年12月", "2024-12-05", "2025-12-31"),
        ("每年9月、2月", "2022-02-20", "2022-09-30"),
        ("每周", "2024-03-06", "2024-03-18"),  # to Sunday the 17th, then the next working day
        ("每工作日", "2024-03-08", "2024-03-11"),
        ("每工作日", "2024-09-30", "2024-10-08"),
        ("每工作日", "2024-02-03", "2024-02-04"),  # a Sunday worked for 春节
        # an interval inside a calendar duty, and the calendar where it is earlier
        ("每月底[10]", "2024-03-05", "2024-03-15"),
        ("每月初[180]", "2024-03-05", "2024-04-10"),
        # a due day on a day of rest
        ("14", "2026-02-01", "2026-02-24"),
        ("30", "2022-09-01", "2022-10-08"),
    ],
)
def test_the_next_entry_is_due(spelling, last, due):
    assert Duty.read(spelling).due(date.fromisoformat(last)) == date.fromisoformat(due)


@pytest.mark.parametrize("spelling", ["-1", "依申请公开", "不定期", "静态"])
def test_a_column_without_a_duty_is_never_due(spelling):
    duty = Duty.read(spelling)
    assert duty.due(date(2020, 1, 1)) is None
    assert duty.due(None, since=date(2020, 1, 1)) is None
    assert not duty.judged


def test_each_member_of_a_group_has_its_own_limit():
    duty = Duty.read("机关党建工作@30[180]")
    assert (duty.kind, duty.group, duty.days, duty.limit) == (
        DutyKind.GROUP,
        "机关党建工作",
        30,
        180,
    )
    assert duty.member_due(date(2022, 2, 20)) == date(2022, 8, 19)
    assert Duty.read("组@30").member_due(date(2022, 2, 20)) is None
    assert Duty.read("30").member_due(date(2022, 2, 20)) is None


def test_a_day_in_an_unknown_year_is_not_moved_and_this_can_be_seen():
    sunday = date(2200, 2, 2)
    assert sunday.weekday() == 6
    deadline = Duty.read("14").deadline(sunday - timedelta(days=14))
    assert deadline.day == deadline.plain == sunday
    assert not deadline.calendar_known
    assert Duty.read("14").deadline(date(2022, 2, 1)).calendar_known


def test_a_moved_day_keeps_the_day_that_the_duty_names():
    deadline = Duty.read("14").deadline(date(2026, 2, 1))
    assert (deadline.plain, deadline.day) == (date(2026, 2, 15), date(2026, 2, 24))


def test_windows_that_closed_before_the_duty_began_are_not_asked_for():
    duty = Duty.read("每年2月、9月")
    assert duty.due(date(2020, 9, 5), since=date(2022, 3, 1)) == date(2022, 9, 30)
    assert duty.due(date(2020, 9, 5), since=date(2022, 2, 15)) == date(2022, 2, 28)
    assert duty.due(None, since=date(2022, 3, 1)) == date(2022, 9, 30)
    assert duty.due(None, since=date(2022, 2, 1)) == date(2022, 2, 28)


def test_an_interval_does_not_start_before_the_duty_began():
    assert Duty.read("14").due(date(2020, 1, 1), since=date(2022, 2, 1)) == date(2022, 2, 15)
    assert Duty.read("14").due(date(2022, 2, 1), since=date(2020, 1, 1)) == date(2022, 2, 15)
    assert Duty.read("14").due(None, since=date(2022, 2, 1)) == date(2022, 2, 15)
    assert Duty.read("14").due(None) is None
    assert Duty.read("组@3[14]").member_due(None, since=date(2022, 2, 1)) == date(2022, 2, 15)


def test_an_entry_shortly_before_its_window_can_count_for_it():
    duty = Duty.read("每年2月、9月")
    assert duty.due(date(2022, 1, 28), lead=5) == date(2022, 9, 30)
    assert duty.due(date(2022, 1, 20), lead=5) == date(2022, 2, 28)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (180, "180"),
        (180.0, "180"),
        ("180.0", "180"),
        ("-1.0", "-1"),
        (-1, "-1"),
        (" 180 ", "180"),
        ("１８０", "180"),
        ("180日", "180日"),
        ("每年2月,9月", "每年2月、9月"),
        ("每年２月，9月【180】", "每年2月、9月[180]"),
        ("每年2月、9月〔180天〕", "每年2月、9月[180天]"),
        ("机关党建工作＠30［180］", "机关党建工作@30[180]"),
        ("机关 党建 工作 @ 30 [180]", "机关党建工作@30[180]"),
        ("每 月 初", "每月初"),
    ],
)
def test_spellings_are_brought_to_one_form(raw, text):
    duty = Duty.read(raw)
    assert duty.text == text
    assert Duty.read(duty.text) == duty


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("2-9", "日期"),
        ("2/9", "日期"),
        ("2026-02-09", "日期"),
        ("2026-02-09 00:00:00", "日期"),
        ("2月9日", "日期"),
        ("2026年2月9日", "日期"),
        (date(2026, 2, 9), "日期"),
        (dt.datetime(2026, 2, 9, tzinfo=dt.UTC), "日期"),
        ("1.5", "整数"),
        (0.5, "整数"),
        ("0", "不能是0"),
        (0, "不能是0"),
        ("-2", "-1"),
        (-180, "-1"),
        ("10000", "9999"),
        ("014", "9999"),
        ("每年13月", "没有13月"),
        ("每年0月", "没有0月"),
        ("每年", "缺少月份"),
        ("每年2", "不是月份"),
        ("每年2、9月", "不是月份"),
        ("每年2月、2月", "重复"),
        ("每年2月和9月", "不是月份"),
        ("每年2月、", "缺少月份"),
        ("每月10日", "“每”之后"),
        ("每天", "“每”之后"),
        ("每周初", "“初”"),
        ("每半年底", "“底”"),
        ("每工作日中", "“中”"),
        ("每年2月[]", "缺少限期"),
        ("每年2月[0]", "限期"),
        ("每年2月[1.5]", "限期"),
        ("每年2月[180", "方括号"),
        ("[180]", "缺少"),
        ("30[180]", "组名"),
        ("-1[180]", "限期"),
        ("静态[180]", "限期"),
        ("@30", "组名"),
        ("组@", "天数"),
        ("组@x", "可用的写法"),
        ("组@30@40", "天数"),
        ("", "为空"),
        ("  ", "为空"),
        ("及时更新", "可用的写法"),
        ("nan", "可用的写法"),
        (None, "文字或数字"),
        (True, "文字或数字"),
        (["14"], "文字或数字"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_reason(raw, why):
    with pytest.raises(ValueError, match=r"无法识别：") as caught:
        Duty.read(raw)
    assert why in str(caught.value)


@pytest.mark.parametrize(
    ("spelling", "words"),
    [
        ("14", "每14天至少更新一次"),
        ("-1", "不考核更新（登记豁免）"),
        ("依申请公开", "依申请公开，不考核更新"),
        (
            "机关党建工作@30[180]",
            "“机关党建工作”组内任一栏目每30天至少更新一次，本栏目至少每180天更新一次",
        ),
        ("组@30", "“组”组内任一栏目每30天至少更新一次"),
        ("每年2月、9月[180]", "每年2月、9月各至少更新一次，且间隔不超过180天"),
        ("每年3月上旬", "每年3月初至少更新一次"),
        ("每月末", "每月底至少更新一次"),
        ("每季度", "每季度至少更新一次"),
        ("每工作日", "每工作日至少更新一次"),
    ],
)
def test_a_duty_is_read_back_in_words(spelling, words):
    assert Duty.read(spelling).words() == words


def test_a_duty_travels_between_processes():
    duty = Duty.read("每年2月、9月初[180]")
    assert pickle.loads(pickle.dumps(duty)) == duty
    assert duty.period is Period.YEAR
    assert duty.months == ((2, PartOfPeriod.WHOLE), (9, PartOfPeriod.FIRST))


DUTIES = st.one_of(
    st.integers(1, 9999).map(str),
    st.builds("组@{}[{}]".format, st.integers(1, 400), st.integers(1, 400)),
    st.builds(
        "{}{}".format,
        st.sampled_from(
            [
                "每工作日",
                "每周",
                "每月",
                "每月初",
                "每月中",
                "每月底",
                "每季度",
                "每季度初",
                "每季度中",
                "每季度末",
                "每半年",
                "每年2月",
                "每年2月底、2月初",
                "每年1月、12月下旬",
                "每年9月、2月",
            ]
        ),
        st.one_of(st.just(""), st.integers(1, 400).map("[{}]".format)),
    ),
)
DAYS = st.dates(date(2004, 1, 1), date(2025, 12, 31))


@given(DUTIES, DAYS)
def test_what_is_due_lies_after_the_newest_entry_and_on_a_working_day(spelling, last):
    deadline = Duty.read(spelling).deadline(last)
    assert last < deadline.plain <= deadline.day
    if deadline.calendar_known:
        assert is_workday(deadline.day)
    else:
        assert deadline.day == deadline.plain


@given(DUTIES, DAYS, st.integers(0, 400))
def test_a_newer_entry_is_never_due_earlier(spelling, last, later):
    duty = Duty.read(spelling)
    assert duty.deadline(last).plain <= duty.deadline(last + timedelta(days=later)).plain


@given(DUTIES, DAYS, st.integers(0, 400))
def test_a_duty_that_began_later_is_never_due_earlier(spelling, last, later):
    duty = Duty.read(spelling)
    assert duty.deadline(last).plain <= duty.deadline(last, last + timedelta(days=later)).plain


@given(DUTIES)
def test_the_normal_form_reads_as_itself(spelling):
    duty = Duty.read(spelling)
    assert Duty.read(duty.text) == duty


@given(st.text("每年月初中底末周季度半工作日@[]0123456789.-天、依申请公开不定期静态", max_size=12))
def test_any_text_is_read_or_refused_in_chinese(text):
    try:
        duty = Duty.read(text)
    except ValueError as error:
        refusal = str(error)
    else:
        refusal = "无法识别"
        assert duty.words()
        duty.deadline(date(2022, 2, 2))
    assert "无法识别" in refusal


@pytest.mark.parametrize(
    ("name", "kind", "days"),
    [
        ("工作动态", "", 14),
        ("动态要闻", "", 14),
        ("要闻动态", "", 14),
        ("部门动态", "", 14),
        ("街道动态", "", 14),
        ("国务院要闻", "", 14),
        ("本地要闻", "", 14),
        ("教育新闻", "工作动态", 14),
        ("通知公告", "", 180),
        ("政策文件", "政策文件", 180),
        # near misses: the word stands there, the class is another
        ("低保动态管理", "", None),
        ("权责清单动态调整", "", None),
        ("价格动态", "", None),
        ("机构职能", "工作动态", None),
        ("规范性文件", "政策文件", None),
        ("2019年政策文件", "政策文件", None),
        ("历史要闻", "", None),
        ("通知公告（归档）", "", None),
        ("政策解读", "", None),
        ("公开指南", "", None),
        ("", "", None),
    ],
)
def test_only_the_classes_of_the_national_indicators_have_a_duty_by_default(name, kind, days):
    duty = default_duty(name, kind)
    assert (duty.days if duty else None) == days


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("每半年至少更新一次", "每半年"),
        ("每月更新不少于1次", "每月"),
        ("每季度报送一次以上", "每季度"),
        ("每年2月、9月更新一次[180]", "每年2月、9月[180]"),
        ("每周一次", "每周"),
    ],
)
def test_that_it_is_once_says_nothing_new(said, meant):
    assert Duty.read(said) == Duty.read(meant)


@pytest.mark.parametrize("said", ["每年至少更新一次", "每半年至少两次", "每月2次", "一次"])
def test_other_counts_are_not_guessed(said):
    with pytest.raises(ValueError, match="无法识别"):
        Duty.read(said)

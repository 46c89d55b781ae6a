"""Times in print and what they mean on the day of the issue."""

import datetime

import pytest

from articles.newsprint.recognition import Events, built_in_events, feast_of, recognise_text

ISSUE = datetime.date(2022, 10, 12)


def dates(text: str, issue: datetime.date | None = ISSUE) -> dict[str, tuple[str | None, str | None, str]]:
    return {
        date.surface: (date.start and date.start.isoformat(), date.end and date.end.isoformat(), date.precision)
        for date in recognise_text([text], issue).dates
    }


@pytest.mark.parametrize(
    ("text", "surface", "start", "end", "precision"),
    [
        ("10月6日上午，大会开幕。", "10月6日上午", "2022-10-06", "2022-10-06", "day"),
        ("10月6日至7日举行。", "10月6日至7日", "2022-10-06", "2022-10-07", "day"),
        ("9月28日至10月3日举行。", "9月28日至10月3日", "2022-09-28", "2022-10-03", "day"),
        ("近日，大会开幕。", "近日", "2022-10-05", "2022-10-12", "vague"),
        ("昨日，大会开幕。", "昨日", "2022-10-11", "2022-10-11", "day"),
        ("国庆期间，车站繁忙。", "国庆期间", "2022-10-01", "2022-10-07", "day"),
        ("假日期间，车站繁忙。", "假日期间", "2022-10-01", "2022-10-07", "day"),
        ("中秋假期，车站繁忙。", "中秋假期", "2022-09-10", "2022-09-12", "day"),
        ("端午，江上赛龙舟。", "端午", "2022-06-03", "2022-06-03", "day"),
        ("上半年增长8%。", "上半年", "2022-01-01", "2022-06-30", "half-year"),
        ("今年一季度增长8%。", "今年一季度", "2022-01-01", "2022-03-31", "quarter"),
        ("去年5月建成。", "去年5月", "2021-05-01", "2021-05-31", "month"),
        ("今年以来，新增十家。", "今年以来", "2022-01-01", "2022-10-12", "year"),
        ("截至9月底，完成七成。", "截至9月底", "2022-09-30", "2022-09-30", "day"),
        ("11月底前完工。", "11月底前", "2022-10-12", "2022-11-30", "day"),
        ("这是“十四五”时期的大事。", "“十四五”时期", "2021-01-01", "2025-12-31", "year"),
        ("迎接党的二十大。", "党的二十大", "2022-10-16", "2022-10-22", "event"),
        ("上周末，桃园里人多。", "上周末", "2022-10-08", "2022-10-09", "day"),
        ("前三季度增长8%，比去年同期快。", "去年同期", "2021-01-01", "2021-09-30", "quarter"),
        ("截至9月底，比去年同期多。", "去年同期", "2021-01-01", "2021-09-30", "day"),
        ("去年腊月开工。", "去年腊月", "2022-01-03", "2022-01-31", "day"),
        ("农历九月初九登高。", "农历九月初九", "2022-10-04", "2022-10-04", "day"),
        ("2021年春天开工。", "2021年春天", "2021-03-01", "2021-05-31", "vague"),
        ("一至三季度增长8%。", "一至三季度", "2022-01-01", "2022-09-30", "quarter"),
        ("上世纪80年代建厂。", "上世纪80年代", "1980-01-01", "1989-12-31", "vague"),
        ("上世纪八十年代建厂。", "上世纪八十年代", "1980-01-01", "1989-12-31", "vague"),
        ("中秋以来，游人不断。", "中秋以来", "2022-09-10", "2022-10-12", "day"),
        ("余款须在元旦前付清。", "元旦前", "2022-10-12", "2023-01-01", "day"),
        ("预计端午节前完工。", "端午节前", "2022-10-12", "2023-06-22", "day"),
        ("五一小长假，樱花开了。", "五一小长假", "2022-04-30", "2022-05-04", "day"),
        ("1938年冬，部队来过。", "1938年冬", "1938-12-01", "1939-02-28", "vague"),
        ("今春，雨多。", "今春", "2022-03-01", "2022-05-31", "vague"),
        ("今年春检顺利。", "今年", "2022-01-01", "2022-12-31", "year"),
        ("9月下旬至10月上旬多雨。", "9月下旬至10月上旬", "2022-09-21", "2022-10-10", "day"),
        ("八月底动工。", "八月底", "2022-08-31", "2022-08-31", "day"),
        ("11月1日前一定完成。", "11月1日前", "2022-10-12", "2022-11-01", "day"),
        ("2020年秋季学期起开课。", "2020年秋季学期起", "2020-09-01", None, "vague"),
        ("喜迎“五一”国际劳动节。", "“五一”国际劳动节", "2022-05-01", "2022-05-01", "day"),
        ("2017年中秋国庆，游人多。", "2017年中秋国庆", "2017-10-01", "2017-10-08", "day"),
        ("2020年中秋、国庆期间，游人多。", "2020年中秋、国庆期间", "2020-10-01", "2020-10-08", "day"),
        ("2022年三八节，慰问女工。", "2022年三八节", "2022-03-08", "2022-03-08", "day"),
        ("农历九月初开镰。", "农历九月初", "2022-09-26", "2022-10-05", "day"),
    ],
)
def test_a_time_is_read_from_the_day_of_the_issue(
    text: str, surface: str, start: str, end: str | None, precision: str
) -> None:
    assert dates(text)[surface] == (start, end, precision)


def test_the_next_day_follows_the_day_named_before() -> None:
    assert dates("9月30日晚，大雨。次日凌晨，水退了。")["次日凌晨"] == ("2022-10-01", "2022-10-01", "day")


def test_a_month_of_the_old_year_is_meant_in_january() -> None:
    found = dates("12月28日，全会召开。", datetime.date(2022, 1, 7))
    assert found["12月28日"][0] == "2021-12-28"


def test_durations_and_weekly_hours_are_no_dates() -> None:
    assert dates("工期11天，两年来每周三开放，历时23个工作日。") == {}


def test_without_an_issue_date_only_printed_years_get_bounds() -> None:
    found = dates("去年开工，2023年5月竣工。", None)
    assert found["去年"][:2] == (None, None)
    assert found["2023年5月"][:2] == ("2023-05-01", "2023-05-31")


def test_the_same_day_is_the_last_that_was_named_and_no_deadline() -> None:
    assert dates("10月7日封顶，计划11月底通车。同日，新桥合龙。")["同日"][0] == "2022-10-07"
    assert dates("被拘留15日。") == {}


def test_an_impossible_day_is_passed_over() -> None:
    assert "2月31日" not in dates("2月31日，无此日。")


def test_an_editors_table_of_events_is_read_instead_of_the_built_in_one() -> None:
    day = datetime.date
    table = Events(
        feasts={(2022, "泼水节"): feast_of("泼水节", day(2022, 4, 13), (day(2022, 4, 13), day(2022, 4, 16)))},
        named={"梨花会": ((day(2021, 4, 1), day(2021, 4, 5)), (day(2022, 4, 2), day(2022, 4, 6)))},
    )
    text = "梨花会上人多，泼水节期间车站也忙。迎接党的二十大。"
    found = {one.surface: (str(one.start), str(one.end)) for one in recognise_text([text], ISSUE, events=table).dates}
    assert found == {"梨花会": ("2022-04-02", "2022-04-06"), "泼水节期间": ("2022-04-13", "2022-04-16")}


def test_a_feast_without_known_days_off_has_the_usual_ones() -> None:
    assert feast_of("国庆", datetime.date(2061, 10, 1)).holiday[1] == datetime.date(2061, 10, 7)
    assert ("国庆", 2022) in {(name, year) for year, name in built_in_events().feasts}


def test_since_an_event_is_no_date() -> None:
    assert dates("党的十八大以来，变化很大。") == {}


def test_a_year_named_in_one_paragraph_is_not_the_next_ones() -> None:
    found = recognise_text(["贺兰芝，女，1981年11月生。", "公示时间为10月12日至18日。"], ISSUE).dates
    assert str(found[-1].start) == "2022-10-12"


def test_a_feast_within_a_persons_name_is_no_time() -> None:
    assert dates("区长贺国庆出席会议。") == {}

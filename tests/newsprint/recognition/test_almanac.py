import datetime

import pytest

from articles.newsprint.recognition import Occasion, built_in_events, built_in_occasions, dates_in, table_with
from articles.newsprint.recognition.lunar import day_in

SEEN_FROM = datetime.date(2022, 10, 20)


def days(first, last):
    return datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)


def read(text, *changed, dropped=()):
    found = dates_in(text, SEEN_FROM, events=table_with(changed, dropped))
    return [(reading.surface, str(reading.start), str(reading.end)) for reading in found]


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [(2022, 1, 1, "2022-02-01"), (2023, 2, 2, "2023-02-21"), (2022, 12, 30, "2022-01-31"), (2023, 8, 15, "2023-09-29")],
)
def test_a_lunar_day_falls_on_a_day_of_the_solar_year(year, month, day, expected):
    assert str(day_in(year, month, day)) == expected


def test_lunar_days_agree_with_the_feasts_of_the_table():
    for occasion in built_in_occasions().values():
        for year in range(1980, 2061):
            known = built_in_events().feast(occasion.name, year)
            if occasion.rule == "lunar" and occasion.name != "小年" and occasion.own_day(year):
                assert occasion.own_day(year) == known.day


def test_an_editors_feast_is_read_by_its_name_and_its_other_name():
    raised = Occasion("龙抬头", ("春龙节",), "lunar", 2, 2)
    assert read("龙抬头当天", raised) == [("龙抬头当天", "2022-03-04", "2022-03-04")]
    assert read("2022年春龙节", raised) == [("2022年春龙节", "2022-03-04", "2022-03-04")]
    assert read("龙抬头") == []


def test_days_off_of_one_year_leave_the_others_as_built_in():
    longer = Occasion("国庆", (), "fixed", 10, 1, {2022: days("2022-09-30", "2022-10-08")})
    assert read("国庆期间", longer) == [("国庆期间", "2022-09-30", "2022-10-08")]
    assert read("2021年国庆期间", longer) == [("2021年国庆期间", "2021-10-01", "2021-10-07")]


def test_what_is_held_every_year_is_a_time_only_while_it_is_held():
    fair = Occasion("河湾花会", years={2021: days("2021-05-01", "2021-05-07"), 2022: days("2022-05-02", "2022-05-06")})
    assert read("河湾花会期间", fair) == [("河湾花会期间", "2022-05-02", "2022-05-06")]
    assert read("筹办河湾花会", fair) == []


def test_what_was_held_once_is_a_time_wherever_it_is_named():
    once = Occasion("河湾建区", years={2019: days("2019-06-01", "2019-06-01")})
    assert read("河湾建区", once) == [("河湾建区", "2019-06-01", "2019-06-01")]


def test_a_dropped_feast_is_no_time_any_more():
    assert read("平安夜") != []
    assert read("平安夜、重阳节", dropped=["平安夜", "重阳"]) == []
    assert read("党的二十大", dropped=["党的二十大"]) == []


def test_a_yearly_session_had_other_days_in_other_years():
    assert read("2018年全国两会期间") == [("2018年全国两会期间", "2018-03-03", "2018-03-20")]
    assert read("全国两会期间") == [("全国两会期间", "2022-03-04", "2022-03-11")]

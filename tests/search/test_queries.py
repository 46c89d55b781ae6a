"""What is asked and what is found: one row a query, with the articles of the small archive that must come."""

import pytest

from articles.search import Criteria, QueryRefusedError, search

pytestmark = pytest.mark.django_db


def found(archive, query, **filters):
    numbers = {article.pk: number for number, article in enumerate(archive.articles)}
    return sorted(numbers[hit.article.pk] for hit in search(Criteria(q=query, page_size=50, **filters)).hits)


@pytest.mark.parametrize(
    ("query", "articles"),
    [
        # words
        ("义诊", [4]),
        ("能源", [0, 3, 7]),  # a word inside the word 新能源
        ("和服", [3]),  # never cut as a word here, so looked for as characters
        ("防汛 管网", [1]),
        ("新能源电池", [0, 3]),
        ("营商环境", [2]),
        # exact phrases, of any length, across the cut
        ('"能源电池"', [0]),
        ('"新能源储能电池"', [3]),
        ('"管委会副主任"', [0, 1]),
        ('"时间过半、任务过半"', [7]),
        ("“只跑一个窗口”", [2]),
        ('"诊"', [4]),
        ('"仪式。能源"', []),  # never across paragraphs
        ('"开工 仪式"', [0]),  # white space doesn't count
        # names, short forms
        ("张红军", [0, 2]),
        ("person:张红军", [0, 2]),
        ("person:江南", [4]),
        ("王朝阳", [5]),
        ("数据王朝阳", [5]),  # cut 数据王/朝阳
        ("王朝阳光", [5]),
        ("城管局", [1]),
        ("org:城管局", [1]),
        ("联动天翼", [0, 2, 7]),
        ("管委会", [0, 1]),
        ("管委会张红军", [0]),
        ("reporter:孙庆辉", [3, 4]),
        ("reporter:聂晓利", [4]),
        ("孙庆辉", [3, 4]),
        ("zhang hongjun", [0, 2]),
        ("sunqinghui", [3, 4]),
        # traditional, full width, case
        ("華瀚新能源", [3, 7]),
        ('"華瀚新能源儲能電池"', [3]),
        ("張紅軍", [0, 2]),
        ('"gdp同比增长9.2%"', [6]),
        ("ｇｄｐ", [6]),
        ("3.5gwh", [3]),
        # fields
        ("headline:新能源", [0, 3, 7]),
        ('headline:"华瀚新能源"', [3, 7]),
        ("headline:管委会", []),
        ("date:2021", [0, 1, 2, 3]),
        ("date:2021-10", [2, 3]),
        ("date:2021-03-05", [0, 1]),
        ("date:2021-10-12..2022-01-07", [2, 3, 4, 5]),
        ("date：2022-10", [6, 7]),
        ("date:..2021-03-31", [0, 1]),
        ("date:2022-10..", [6, 7]),
        # boolean
        ("电池 -联动天翼", [3]),
        ("义诊 OR 防汛", [1, 4]),
        ("义诊 OR 防汛 -管网", [4]),
        ("-date:2021 -gdp", [4, 5, 7]),
        ("-新能源", [1, 2, 4, 5, 6]),
        ("", [0, 1, 2, 3, 4, 5, 6, 7]),
        # nothing to be found
        ("月球", []),
        ("？？？", []),
        ("person:李不凡", []),
        ("草稿", []),
        ("撤稿", []),
    ],
)
def test_query_finds_exactly(archive, query, articles):
    assert found(archive, query) == articles


@pytest.mark.parametrize(
    "query",
    ["字" * 201, "甲 " * 17, "a" * 10_000],
)
def test_too_long_query_is_refused_with_a_sentence(archive, query):
    with pytest.raises(QueryRefusedError, match="最多"):
        search(Criteria(q=query))


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ('"没有配对', "引号没有配对"),
        ("OR 义诊", "OR 两边"),
        ("date:昨天", "不是日期"),
        ("date:2022-13", "不是日期"),
        ("义?诊*", "通配符"),
        ("person:", "后面没有内容"),
        ("person:李不凡", "人物名录里没有"),
        ("。。。", "没有可以检索的字"),
        ("城管局", "城市管理局"),
        ("zhang hongjun", "张红军"),
    ],
)
def test_reading_says_what_was_read_otherwise(archive, query, note):
    assert any(note in sentence for sentence in search(Criteria(q=query)).reading.notes)


def test_filters_hold_together_with_the_query(archive):
    assert found(archive, "新能源", papers=(archive.papers[1].pk,)) == [3, 7]
    assert found(archive, "", people=(archive.red.pk,), organisations=(archive.battery.pk,)) == [0, 2]
    assert found(archive, "", people=(archive.red.pk, archive.south.pk)) == []
    assert found(archive, "", reporters=(archive.reporter.pk,), section="要闻") == [4]
    assert found(archive, "", page_no=2, section="民生") == [1, 3, 5, 7]


def test_zero_hits_say_what_each_condition_finds_alone(archive):
    reading = search(Criteria(q='义诊 "管委会副主任" 月球')).reading
    assert [(c.text, c.count) for c in reading.conditions] == [("义诊", 1), ("管委会副主任", 2), ("月球", 0)]
    assert reading.conditions[0].without == '"管委会副主任" 月球'


def test_name_can_be_read_as_plain_characters(archive):
    condition = next(c for c in search(Criteria(q="江南 义诊")).reading.conditions if c.kind == "person")
    assert condition.plain == '"江南" 义诊'


def test_merged_record_is_found_under_the_one_that_lives_on(archive):
    archive.sun.merged_into = archive.red
    archive.sun.save()
    assert found(archive, "", people=(archive.red.pk,)) == [0, 2, 5]
    facet = {f.name: f.count for f in search(Criteria()).facets.people}
    assert facet["张红军"] == 3


def test_a_name_that_ends_inside_a_word_is_not_read_as_the_name(archive):
    reading = search(Criteria(q="王朝阳光")).reading
    assert [condition.kind for condition in reading.conditions] == ["word"]
    assert reading.people == ()

"""Where a query has a wrong character, a wrong year or too much quoted: what a reader is led to."""

import pytest

from articles.search import Criteria, search
from articles.search.ways_out import ways_out

pytestmark = pytest.mark.django_db


def ways(query):
    criteria = Criteria(q=query)
    page = search(criteria)
    assert page.total == 0
    return [(way.left, way.text, way.query, way.count) for way in ways_out(criteria, page.reading)]


@pytest.mark.parametrize(
    ("query", "meant", "headline"),
    [
        ("防讯 管网", "防汛", "河湾区部署秋冬季防汛备汛"),
        ("义珍", "义诊", "市第六人民医院开展义诊"),
        ("江楠", "江南", "市第六人民医院开展义诊"),  # a name, too
        ("城市官理局", "管理", "河湾区部署秋冬季防汛备汛"),  # in a name of a body
        ("營商環竟", "", None),  # said otherwise: it only looks alike
    ],
)
def test_word_printed_nowhere_is_read_as_one_said_alike_and_the_page_says_so(archive, query, meant, headline):
    page = search(Criteria(q=query))
    told = [note for note in page.reading.notes if "按同音的" in note]
    assert [f"“{meant}”" in note for note in told] == ([True] if meant else [])
    assert headline is None or page.hits[0].article.headline == headline


def test_printed_word_is_never_read_as_another(archive):
    assert not any("同音" in note for note in search(Criteria(q="义诊 月球")).reading.notes)


def test_of_a_quotation_with_a_wrong_character_what_is_printed_is_offered(archive):
    assert ("words", "时间过半、任务过", '"时间过半、任务过"', 1) in ways('"时间过半、任务过伴"')


def test_of_a_quotation_that_goes_on_too_long_what_is_printed_is_offered(archive):
    assert ("words", "能源电池产业大会", '"能源电池产业大会"', 1) in ways('"能源电池产业大会胜利闭幕"')


def test_both_ends_of_a_quotation_with_a_hole_are_offered(archive):
    found = [way[1] for way in ways('"开办一家小面馆，只跑一个窗口"') if way[0] == "words"]
    assert found == ["面馆，只跑一个窗口", "开办一家"]


def test_too_little_of_a_quotation_is_not_offered(archive):
    assert ways('"月球仪式"') == []


def test_day_is_offered_without_its_year(archive):
    assert ("year", "10月11日", "10月11日", 1) in ways("2018年10月11日")


def test_name_that_is_right_is_offered_without_the_wrong_post_beside_it(archive):
    page = search(Criteria(q="月球书记张红军"))
    assert ("张红军", "张红军") in [(one.text, one.query) for one in page.near]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("张红唐", "张红军"),  # a given name with one character that is neither said nor written alike
        ("zhanghonjn", None),
        ("sunqinghiu", None),
        ("sunqnghui", "孙庆辉"),  # a letter left out
        ("sunqingfui", "孙庆辉"),  # a letter mistaken
        ("王红军", None),  # another surname is another family
    ],
)
def test_name_with_one_thing_wrong_is_offered(archive, query, name):
    near = [one.text for one in search(Criteria(q=query)).near]
    assert near == ([name] if name else [])

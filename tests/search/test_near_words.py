"""Words near to those that were typed: asked only where these find too little, told, and ranked behind them."""

import pytest

from articles.search import Criteria, search
from articles.search.analysis import normalise
from articles.search.query import near_words
from tests.factories import ArticleFactory
from tests.indexed import rebuild

pytestmark = pytest.mark.django_db

TEXTS = [
    ("林场连夜灭火", "消防队员扑灭北山火情，火场外围已清理完毕。"),
    ("民警拦下转账", "民警连打十一个电话均被挂断，随即赶往银行网点。"),
    ("商场举行火灾演练", "商场组织员工学习火灾逃生。"),
    ("巴士改走学府路", "施工期间线路绕行。"),
]


@pytest.fixture
def articles():
    made = [ArticleFactory(headline=headline, body=body, published=True) for headline, body in TEXTS]
    rebuild()
    return made


def found(query):
    page = search(Criteria(q=query))
    return [hit.article.headline for hit in page.hits], page.reading


def test_word_that_is_printed_nowhere_finds_what_words_near_to_it_find_and_says_so(articles):
    headlines, reading = found("公共汽车")
    assert headlines == ["巴士改走学府路"]
    assert reading.relaxed
    assert any("公共汽车（巴士）" in note for note in reading.notes)
    assert "巴士" in reading.marks


def test_word_that_is_printed_brings_no_near_ones(articles):
    headlines, reading = found("火灾")
    assert headlines == ["商场举行火灾演练"]
    assert not reading.relaxed


def test_near_word_must_stand_there_as_a_word(articles):
    assert "断电" in near_words.near_words("停电")
    assert found("停电")[0] == []


def test_typed_word_comes_before_words_near_to_it(articles):
    headlines, reading = found("火灾 消防队员 商场 月球")
    assert headlines[0] == "商场举行火灾演练"
    assert "林场连夜灭火" in headlines
    assert reading.relaxed


def test_words_typed_apart_are_not_answered_by_one_of_them_alone(articles):
    assert found("公共汽车 月球")[0] == []


def test_every_group_of_the_table_has_different_words_in_their_searched_form():
    lines = near_words.FILE.read_text(encoding="utf-8").splitlines()
    groups = [line.split() for line in lines if line and not line.startswith("#")]
    assert all(len(set(group)) == len(group) > 1 for group in groups)
    assert all(normalise(word) == word for group in groups for word in group)

"""Where nothing is found: names in print that may have been meant."""

import pytest

from articles.models import Mention
from articles.search import Criteria, search
from tests.factories import ArticleFactory, PersonFactory
from tests.indexed import rebuild
from tests.search.archive import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive():
    archive = build()
    hidden = PersonFactory(name="张洪君", pinyin="zhang hongjun", initials="zhj")
    Mention.objects.create(article=archive.draft, kind="person", surface="张洪君", person=hidden, certain=True)
    rebuild()
    return archive


def near(query):
    return [(one.text, one.query) for one in search(Criteria(q=query)).near]


@pytest.mark.parametrize(
    ("query", "name", "instead"),
    [
        ("张宏军", "张红军", "张红军"),  # said alike
        ("章红军", "张红军", "张红军"),
        ("脏红军", "张红军", "张红军"),  # zang, zhang
        ("张江军", "张红军", "张红军"),  # one character looks alike
        ("person:张宏军", "张红军", "person:张红军"),
        ("张宏军 义诊", "张红军", "张红军 义诊"),
        ("张宏军调研", "张红军", "张红军调研"),
        ("zanghongjun", "张红军", "张红军"),
        ("城市管里局", "城市管理局", "城市管理局"),
        ("孙清辉", "孙庆辉", "孙庆辉"),  # only in bylines
    ],
)
def test_name_in_print_is_offered_for_one_printed_nowhere(archive, query, name, instead):
    assert (name, instead) in near(query)


def test_the_nearest_and_the_most_printed_come_first(archive):
    twin = PersonFactory(name="张鸿君", pinyin="zhang hongjun", initials="zhj")
    far = PersonFactory(name="张红车", pinyin="zhang hongche", initials="zhc")
    for person in (twin, far):
        article = ArticleFactory(published=True)
        Mention.objects.create(article=article, kind="person", surface=person.name, person=person, certain=True)
    rebuild()
    assert [name for name, _ in near("张洪军")] == ["张红军", "张鸿君"]
    assert [name for name, _ in near("张虹军")][:2] == ["张红军", "张鸿君"]


@pytest.mark.parametrize("query", ["月球", "张宏军 电池 -电池", "李不凡", "？？", "x" * 40])
def test_a_name_is_not_offered_without_likeness(archive, query):
    assert "江南" not in [name for name, _ in near(query)]


def test_a_name_that_only_drafts_print_is_never_offered(archive):
    assert near("张洪均") == [("张红军", "张红军")]


def test_nothing_is_offered_where_something_was_found(archive):
    assert search(Criteria(q="张红军")).near == ()

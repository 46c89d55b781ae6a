"""Articles that belong together, and why."""

import pytest

from articles.models import Article, Mention
from articles.search import related_to
from articles.selectors.stories import story
from tests.factories import ArticleFactory
from tests.indexed import rebuild

pytestmark = pytest.mark.django_db


def related(article):
    told = story(article)
    return related_to(article, [named.person for named in told.people], told.organisations)


def reasons(article):
    return {one.headline: (one.people, one.organisations, one.words) for one in related(article)}


def test_articles_that_name_the_same_people_and_bodies_are_related_and_say_so(archive):
    found = reasons(archive.articles[0])
    assert found["张红军调研营商环境"][:2] == (("张红军",), ("联动天翼新能源有限公司",))
    assert "市第六人民医院开展义诊" not in found


def test_shared_rare_words_are_named(archive):
    assert "储能" not in reasons(archive.articles[3]).get("张红军调研营商环境", ((), (), ()))[2]
    twin = ArticleFactory(headline="储能电站产能翻番", body="储能电池年产能再创新高。", published=True)
    rebuild()
    assert {"储能", "电池"} <= set(reasons(archive.articles[3])[twin.headline][2])


def test_one_body_that_everything_names_relates_nothing(archive):
    for number in (4, 5):
        Mention.objects.create(
            article=archive.articles[number],
            kind="organisation",
            surface="管委会",
            organisation=archive.committee,
            certain=True,
        )
    rebuild()
    assert related(archive.articles[4]) == ()


def test_drafts_and_withdrawn_articles_are_never_related(archive):
    for hidden in (archive.draft, archive.withdrawn):
        for kind, record in (("person", archive.red), ("organisation", archive.battery)):
            Mention.objects.create(article=hidden, kind=kind, surface="x", certain=True, **{kind: record})
    rebuild()
    assert not {one.article for one in related(archive.articles[0])} & {archive.draft.pk, archive.withdrawn.pk}
    assert related(archive.articles[0])
    # Withdrawn a moment ago: the index still has it.
    Article.objects.filter(pk=archive.articles[2].pk).update(status="withdrawn", withdrawn_at="2022-11-01T00:00Z")
    assert "张红军调研营商环境" not in reasons(archive.articles[0])


def test_a_mention_that_an_editor_rejected_relates_nothing(archive):
    Mention.objects.filter(article=archive.articles[2]).update(status="rejected")
    rebuild()
    assert "张红军调研营商环境" not in reasons(archive.articles[0])


def test_the_article_itself_is_not_related_and_the_order_is_the_same_each_time(archive):
    first = [one.article for one in related(archive.articles[0])]
    rebuild()
    assert archive.articles[0].pk not in first
    assert [one.article for one in related(archive.articles[0])] == first


def test_an_article_without_names_and_words_has_no_related_ones(archive):
    assert related(ArticleFactory(headline="。", body="。", published=True)) == ()


def test_the_page_says_why_they_belong_together(client, archive):
    text = client.get(archive.articles[0].get_absolute_url()).content.decode()
    assert "相关稿件" in text
    assert "共同提及：" in text
    assert f'href="{archive.articles[2].get_absolute_url()}"' in text


def test_without_an_index_the_article_is_still_read(client, archive, index):
    index.clear()
    answer = client.get(archive.articles[0].get_absolute_url())
    assert answer.status_code == 200
    assert "相关稿件" not in answer.content.decode()

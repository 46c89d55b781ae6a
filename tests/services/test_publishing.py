import pytest

from articles.models import Article, Decision, Issue, OutboxEntry, Page
from articles.services.publishing import (
    PublishingRefusedError,
    publish_articles,
    publish_issue,
    restore_article,
    withdraw_article,
)
from articles.services.reviewing import merge_articles
from tests.factories import ArticleFactory, PageFactory, editor

from .printed import issue_of, living, page_of

pytestmark = pytest.mark.django_db


def test_publishing_an_issue_publishes_its_drafts_and_notes_each():
    page = page_of()
    user = editor()
    assert publish_issue(issue_of(page), user) == 2
    assert issue_of(page).status == Issue.Status.PUBLISHED
    assert Decision.objects.filter(kind=Decision.Kind.PUBLISHED, actor=user).count() == 2
    assert set(OutboxEntry.objects.values_list("article_id", flat=True)) == {a.pk for a in living(page)}


def test_publishing_again_changes_nothing():
    page = page_of()
    publish_issue(issue_of(page), editor())
    first = Article.objects.order_by("pk").values_list("published_at", flat=True)[0]
    assert publish_issue(issue_of(page), editor()) == 0
    assert Article.objects.order_by("pk").values_list("published_at", flat=True)[0] == first


def test_an_issue_with_a_nameless_article_is_refused_whole_with_the_place_named():
    page = page_of()
    nameless = ArticleFactory(page=page, headline="", position=7)
    with pytest.raises(PublishingRefusedError) as refused:
        publish_issue(issue_of(page), editor())
    assert [obstacle.article_id for obstacle in refused.value.obstacles] == [nameless.pk]
    assert "第1版第8篇没有标题" in str(refused.value)
    assert not Article.objects.published().exists()


def test_an_unread_or_failed_page_holds_the_issue():
    page = page_of()
    for status, words in ((Page.Status.UPLOADED, "还没有识读完"), (Page.Status.FAILED, "没有读成")):
        Page.objects.filter(pk=page.pk).update(status=status)
        with pytest.raises(PublishingRefusedError, match=words):
            publish_issue(issue_of(page), editor())


def test_an_empty_issue_is_not_published():
    with pytest.raises(PublishingRefusedError, match="还没有可以发布的稿件"):
        publish_issue(PageFactory().issue, editor())


def test_the_last_single_article_published_closes_its_issue():
    page = page_of()
    first, second = living(page)
    publish_articles([first], editor())
    assert issue_of(page).status == Issue.Status.READ
    publish_articles(Article.objects.filter(pk=second.pk), editor())
    assert issue_of(page).status == Issue.Status.PUBLISHED


def test_many_articles_are_published_in_batches():
    page = PageFactory(status=Page.Status.READ)
    Article.objects.bulk_create(Article(page=page, headline=f"稿{n}", content_hash="x") for n in range(1100))
    assert publish_articles(Article.objects.filter(page=page), None) == 1100
    assert Article.objects.published().count() == 1100


def test_withdrawing_needs_a_reason_and_restoring_brings_the_article_back():
    page = page_of()
    first, _second = living(page)
    publish_articles([first], editor())
    with pytest.raises(PublishingRefusedError, match="请写明撤下的原因"):
        withdraw_article(first, "  ", editor())
    article = withdraw_article(first, "数字有误", editor())
    assert (article.status, article.withdrawal_reason) == (Article.Status.WITHDRAWN, "数字有误")
    assert article.withdrawn_at is not None
    article = restore_article(first, editor())
    assert (article.status, article.withdrawn_at, article.withdrawal_reason) == (Article.Status.PUBLISHED, None, "")


def test_a_draft_cannot_be_withdrawn_and_nothing_is_noted():
    page = page_of()
    first, _second = living(page)
    assert withdraw_article(first, "数字有误", editor()).status == Article.Status.DRAFT
    assert not Decision.objects.filter(kind=Decision.Kind.WITHDRAWN).exists()


def test_a_merged_article_is_brought_back_by_undo_only():
    page = page_of()
    first, second = living(page)
    merge_articles(second, first, editor())
    with pytest.raises(PublishingRefusedError, match="已并入别的稿件"):
        restore_article(second, editor())

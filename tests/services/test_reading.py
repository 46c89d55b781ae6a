import pytest

from articles.models import Article, Block, Decision, Issue, Job, Page, SourceLine
from articles.services import reading, reviewing
from articles.services.publishing import publish_issue
from articles.services.reading import read_page_sources
from tests.factories import editor

from .printed import SMALL_PAGE, fixture_page, homeless_lines, line, living, page_of, upload, whole_state

pytestmark = pytest.mark.django_db


def texts(article):
    return {
        "kicker": article.kicker,
        "headline": article.headline,
        "subtitle": article.subtitle,
        "body": article.body,
        "byline_text": article.byline_text,
    }


def test_a_page_becomes_drafts_with_every_line_in_one_place():
    page = page_of()
    page.refresh_from_db()
    assert page.status == Page.Status.READ
    assert [article.headline for article in living(page)] == ["春耕备耕全面铺开", "社区食堂开进家门口"]
    assert {article.status for article in living(page)} == {Article.Status.DRAFT}
    assert homeless_lines(page) == []
    assert Issue.objects.get(pk=page.issue_id).status == Issue.Status.READ


def test_the_real_page_gives_its_five_articles_and_their_bylines():
    page = fixture_page()
    articles = living(page)
    assert len(articles) == 5
    assert homeless_lines(page) == []
    assert {byline.name for article in articles for byline in article.bylines.all()} >= {"孙庆辉", "聂晓利", "翟硕雨"}
    assert articles[0].mentions.filter(kind="person", surface="杜怀锋").exists()


def test_the_first_reading_is_a_decision_of_the_machine_with_its_reasons():
    page = page_of()
    decision = Decision.objects.get(page=page, kind=Decision.Kind.READ)
    assert decision.actor is None
    assert set(decision.scores["articles"]) == {str(article.pk) for article in living(page)}


def test_reading_again_without_news_changes_nothing_and_notes_nothing():
    page = page_of()
    before = whole_state(page)
    read_page_sources(page)
    assert whole_state(page) == before
    assert Decision.objects.filter(page=page).count() == 1


def test_reading_again_leaves_an_edited_article_alone():
    page = page_of()
    first, second = living(page)
    reviewing.edit_article(first, texts(first) | {"headline": "春耕全面铺开"}, editor(), version=first.version)
    read_page_sources(page)
    assert [article.headline for article in living(page)] == ["春耕全面铺开", "社区食堂开进家门口"]
    assert [article.pk for article in living(page)] == [first.pk, second.pk]
    assert homeless_lines(page) == []


def test_reading_again_leaves_set_aside_lines_where_the_editor_put_them():
    page = page_of()
    chosen = line(page, "截至目前").pk
    reviewing.move_lines(page, [chosen], reviewing.Destination(None, Block.Role.ADVERTISEMENT), editor())
    read_page_sources(page)
    assert SourceLine.objects.get(pk=chosen).block.role == Block.Role.ADVERTISEMENT


def test_reading_again_never_touches_a_published_article():
    page = page_of()
    publish_issue(Issue.objects.get(pk=page.issue_id), editor())
    before = whole_state(page)
    read_page_sources(page)
    assert whole_state(page) == before


def test_a_page_without_an_article_keeps_its_lines_in_view():
    page = page_of("广告\n\n电话：0371-1234567\n")
    page.refresh_from_db()
    assert page.status == Page.Status.READ
    assert homeless_lines(page) == []


def test_a_poison_page_fails_alone_after_its_attempts_with_a_reason(monkeypatch):
    real = reading.read_page

    def poisoned(content, name, *rest):
        if name == "p2.txt":
            raise ZeroDivisionError
        return real(content, name, *rest)

    monkeypatch.setattr(reading, "read_page", poisoned)
    good = page_of()
    bad = upload(SMALL_PAGE.replace("春耕", "秋收"), name="p2.txt").pages[0]
    for page in (good, bad):
        page.refresh_from_db()
    assert (good.status, bad.status) == (Page.Status.READ, Page.Status.FAILED)
    job = Job.objects.get(page=bad)
    assert (job.status, job.attempts) == (Job.Status.FAILED, Job.MAX_ATTEMPTS)
    assert "ZeroDivisionError" in bad.error
    assert "试了 3 次" in bad.error


def test_a_cancelled_job_stops_at_its_next_stage(monkeypatch):
    def cancelled_meanwhile(content, name, *rest):
        Job.objects.update(status=Job.Status.CANCELLED)
        return real(content, name, *rest)

    real = reading.read_page
    monkeypatch.setattr(reading, "read_page", cancelled_meanwhile)
    page = page_of()
    assert living(page) == []
    assert Job.objects.get(page=page).status == Job.Status.CANCELLED


def test_lines_that_the_reader_forgets_are_shown_as_set_aside(monkeypatch):
    import dataclasses

    real = reading.read_page

    def forgetful(content, name, *rest):
        found = real(content, name, *rest)
        return dataclasses.replace(found, articles=found.articles[:1], unplaced=())

    monkeypatch.setattr(reading, "read_page", forgetful)
    page = page_of()
    assert homeless_lines(page) == []
    assert line(page, "社区食堂").block.role == Block.Role.UNKNOWN

"""Merging, moving, renaming, rejecting records, and the way back."""

import datetime

import pytest

from articles.models import Appointment, Byline, Mention, Post, PrintedPost
from articles.search import search
from articles.search.criteria import Criteria
from articles.selectors.officials import holders_of, posts_of
from articles.services import authority, indexing
from articles.services.authority import AuthorityRefusedError
from articles.services.linking import relink_article
from articles.services.naming import link_mention, show_picture
from tests.factories import (
    ArticleFactory,
    IssueFactory,
    OrganisationFactory,
    PageFactory,
    PersonFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return UserFactory(username="zhao")


def printed(record, day, body, post=None, posts=()):
    article = ArticleFactory(page=PageFactory(issue=IssueFactory(date=day)), body=body, published=True)
    kind = type(record).__name__.lower()
    start = body.index(record.name)
    mention = Mention.objects.create(
        article=article,
        kind=kind,
        surface=record.name,
        start=start,
        end=start + len(record.name),
        certain=True,
        **{kind: record},
    )
    if post:
        appointment = Appointment.objects.get_or_create(person=record, post=post)[0]
        PrintedPost.objects.create(mention=mention, text=post.title, appointment=appointment)
    return mention


@pytest.fixture
def twins(db):
    """程望舒 twice: as head of an office in 2021, and under a pen name in 2022."""
    office = OrganisationFactory(name="河湾区林业局")
    post = Post.objects.create(title="局长", organisation=office)
    keep, gone = PersonFactory(name="程望舒"), PersonFactory(name="程舒兰", has_profile=False)
    first = printed(keep, datetime.date(2021, 3, 5), "林业局局长程望舒主持会议。", post)
    second = printed(gone, datetime.date(2022, 3, 4), "程舒兰写下这些诗。")
    Byline.objects.create(article=second.article, name="程舒兰", role="作者", person=gone)
    indexing.rebuild()
    return keep, gone, first, second


def counted(person):
    """Articles that the search counts for a person."""
    return search(Criteria(people=(person.pk,))).total


def test_merged_record_lives_on_with_its_names_mentions_and_bylines(twins, editor, client):
    keep, gone, first, second = twins
    preview = authority.preview_merge(gone, keep)
    assert (preview.articles, preview.mentions, preview.bylines, preview.shared) == (1, 1, 1, 0)
    assert preview.names == ("程舒兰",)
    authority.merge(gone, keep, editor, "笔名")
    assert {m.article_id for m in Mention.objects.filter(person=keep)} == {first.article_id, second.article_id}
    assert Byline.objects.get().person == keep
    assert [other.name for other in keep.other_names.all()] == ["程舒兰"]
    assert client.get(gone.get_absolute_url()).headers["Location"] == keep.get_absolute_url()


def test_search_and_facets_follow_a_merge_and_its_undoing_without_a_new_entry(twins, editor):
    keep, gone, _first, _second = twins
    assert (counted(keep), counted(gone)) == (1, 1)
    change = authority.merge(gone, keep, editor)
    assert counted(keep) == counted(gone) == 2
    assert [(f.value, f.count) for f in search(Criteria()).facets.people] == [(str(keep.pk), 2)]
    assert indexing.check().stale == ()
    authority.undo(change, editor)
    assert (counted(keep), counted(gone)) == (1, 1)
    assert indexing.check().stale == ()


def test_name_given_to_somebody_else_after_a_merge_is_found_under_them(twins, editor):
    keep, gone, _first, second = twins
    authority.merge(gone, keep, editor)
    other = PersonFactory(name="程舒兰", distinction="诗人")
    second.refresh_from_db()
    link_mention(second, other, editor)
    indexing.drain()
    assert (counted(keep), counted(gone), counted(other)) == (1, 1, 1)
    assert indexing.check().stale == ()


def test_undone_merge_leaves_everything_as_it_was(twins, editor):
    keep, gone, first, second = twins
    change = authority.merge(gone, keep, editor)
    authority.undo(change, editor)
    first.refresh_from_db()
    second.refresh_from_db()
    gone.refresh_from_db()
    assert (first.person, second.person, second.person_before_merge) == (keep, gone, None)
    assert Byline.objects.get().person == gone
    assert (gone.merged_into, list(keep.other_names.all())) == (None, [])
    change.refresh_from_db()
    assert change.undone_by == editor


def test_of_two_merges_the_later_is_undone_first(twins, editor):
    keep, gone, _first, second = twins
    third = PersonFactory(name="程望")
    early = authority.merge(gone, third, editor)
    late = authority.merge(third, keep, editor)
    with pytest.raises(AuthorityRefusedError, match="请先撤销"):
        authority.undo(early, editor)
    second.refresh_from_db()
    assert second.person == keep
    authority.undo(late, editor)
    second.refresh_from_db()
    assert second.person == third
    authority.undo(early, editor)
    second.refresh_from_db()
    assert second.person == gone
    with pytest.raises(AuthorityRefusedError, match="已经撤销"):
        authority.undo(early, editor)


def test_later_readings_obey_a_merge(twins, editor):
    keep, gone, _first, _second = twins
    authority.merge(gone, keep, editor)
    article = ArticleFactory(
        page=PageFactory(issue=IssueFactory(date=datetime.date(2022, 5, 6))),
        body="本报讯 河湾区林业局局长程舒兰主持召开会议并讲话。",
    )
    relink_article(article, datetime.date(2022, 5, 6))
    assert [m.person for m in article.mentions.filter(kind="person")] == [keep]


@pytest.mark.parametrize("wrong", ["itself", "merged", "other kind"])
def test_senseless_merge_is_refused(twins, editor, wrong):
    keep, gone, _first, _second = twins
    target = {"itself": gone, "merged": PersonFactory(name="甲", merged_into=keep), "other kind": OrganisationFactory()}
    with pytest.raises(AuthorityRefusedError):
        authority.merge(gone, target[wrong], editor)


def test_one_record_is_split_by_moving_articles(twins, editor):
    keep, _gone, first, _second = twins
    post = first.posts.get().appointment.post
    wrong = printed(keep, datetime.date(2022, 6, 3), "局长程望舒出席。", post)
    other = PersonFactory(name="程望舒", distinction="教师")
    change = authority.move_mentions(keep, [wrong.article_id], other, editor)
    wrong.refresh_from_db()
    assert (wrong.person, wrong.status) == (other, Mention.Status.ACCEPTED)
    assert [held.last.date for held in posts_of(other)] == [datetime.date(2022, 6, 3)]
    assert [held.last.date for held in posts_of(keep)] == [datetime.date(2021, 3, 5)]
    indexing.drain()
    assert (counted(keep), counted(other)) == (1, 1)
    authority.undo(change, editor)
    wrong.refresh_from_db()
    assert (wrong.person, wrong.status) == (keep, Mention.Status.PROPOSED)
    assert [held.count for held in posts_of(keep)] == [2]
    indexing.drain()
    assert (counted(keep), counted(other)) == (2, 0)


def test_moving_nothing_is_refused(twins, editor):
    keep, gone, _first, _second = twins
    with pytest.raises(AuthorityRefusedError, match="勾选"):
        authority.move_mentions(keep, [0], gone, editor)


def test_old_name_leads_on_after_a_new_one(twins, editor):
    keep, _gone, _first, _second = twins
    change = authority.rename(keep, "程 望 书", editor, distinction="林业")
    keep.refresh_from_db()
    assert (keep.name, keep.distinction, keep.initials) == ("程望书", "林业", "cws")
    assert [other.name for other in keep.other_names.all()] == ["程望舒"]
    authority.undo(change, editor)
    keep.refresh_from_db()
    assert (keep.name, keep.distinction, list(keep.other_names.all())) == ("程望舒", "", [])


def test_name_of_another_body_is_refused(editor):
    body, other = OrganisationFactory(name="河湾区林业局"), OrganisationFactory(name="河湾区园林局")
    with pytest.raises(AuthorityRefusedError, match="请并入"):
        authority.rename(body, other.name, editor)
    with pytest.raises(AuthorityRefusedError, match="1 到 150"):
        authority.rename(body, "  ", editor)


def test_rejected_record_is_named_nowhere_and_never_again(twins, editor):
    keep, _gone, first, _second = twins
    change = authority.reject(keep, editor, "不是人名")
    indexing.drain()
    assert counted(keep) == 0
    relink_article(first.article, datetime.date(2021, 3, 5))
    assert not first.article.mentions.filter(kind="person").exclude(status="rejected").exists()
    later = ArticleFactory(
        page=PageFactory(issue=IssueFactory(date=datetime.date(2022, 5, 6))), body="本报讯 林业局局长程望舒主持会议。"
    )
    relink_article(later, datetime.date(2022, 5, 6))
    assert not later.mentions.filter(kind="person").exists()
    authority.undo(change, editor)
    indexing.drain()
    assert counted(keep) == 1


def test_profile_that_was_taken_away_stays_away(twins, editor, client):
    keep, _gone, _first, _second = twins
    assert client.get(keep.get_absolute_url()).status_code == 200
    change = authority.set_profile(keep, False, editor, "本人要求")
    assert client.get(keep.get_absolute_url()).status_code == 404
    later = ArticleFactory(
        page=PageFactory(issue=IssueFactory(date=datetime.date(2021, 5, 6))),
        body="本报讯 河湾区林业局局长程望舒主持会议。",
        published=True,
    )
    relink_article(later, datetime.date(2021, 5, 6))
    assert client.get(keep.get_absolute_url()).status_code == 404
    authority.undo(change, editor)
    assert client.get(keep.get_absolute_url()).status_code == 200


def test_body_merges_like_a_person(editor):
    keep, gone = OrganisationFactory(name="河湾区林业局"), OrganisationFactory(name="河湾区林草局")
    mention = printed(gone, datetime.date(2022, 3, 4), "河湾区林草局召开会议。")
    change = authority.merge(gone, keep, editor)
    mention.refresh_from_db()
    assert (mention.organisation, mention.organisation_before_merge) == (keep, gone)
    authority.undo(change, editor)
    mention.refresh_from_db()
    assert (mention.organisation, mention.organisation_before_merge) == (gone, None)


def test_undoing_a_merge_leaves_what_an_editor_linked_after_it(twins, editor):
    keep, gone, _first, second = twins
    change = authority.merge(gone, keep, editor)
    second.refresh_from_db()
    link_mention(second, keep, editor)
    authority.undo(change, editor)
    second.refresh_from_db()
    assert second.person == keep
    indexing.drain()
    assert (counted(keep), counted(gone)) == (2, 0)


def test_taking_that_link_back_lets_the_merge_be_undone_as_before(twins, editor):
    keep, gone, _first, second = twins
    change = authority.merge(gone, keep, editor)
    second.refresh_from_db()
    decision = link_mention(second, keep, editor)
    show_picture(decision.before["naming"])
    authority.undo(change, editor)
    second.refresh_from_db()
    assert second.person == gone


def test_body_shows_whoever_held_posts_at_a_body_merged_into_it(twins, editor):
    keep, _gone, first, _second = twins
    office = first.posts.get().appointment.post.organisation
    whole = OrganisationFactory(name="河湾区林业和草原局")
    authority.merge(office, whole, editor)
    assert [held.person for held in holders_of(whole)] == [keep]

import datetime

import pytest
from django.urls import reverse

from articles.models import Appointment, Article, Decision, Mention, Organisation, Person
from articles.selectors.desk import changes_of
from articles.selectors.doubts import doubts
from articles.services import naming, reviewing
from articles.services.linking import relink_article
from articles.services.makeup import GestureRefusedError
from tests.factories import ArticleFactory, IssueFactory, OrganisationFactory, PageFactory, editor

pytestmark = pytest.mark.django_db

BODY = "本报讯 河湾区副区长程望舒到桥头社区调研。\n程望舒强调，要抓好落实。"


@pytest.fixture
def desk(client):
    client.force_login(editor())
    return client


def article_of(body=BODY, day=5):
    page = PageFactory(issue=IssueFactory(date=datetime.date(2021, 3, day)))
    article = ArticleFactory(page=page, body=body, origin=Article.Origin.PAGE, position=page.articles.count())
    relink_article(article, page.issue.date)
    return article


def doubt(article, surface="程望舒"):
    """A name that the machine is not sure of: it has no record and is no evidence."""
    mention = article.mentions.filter(surface=surface).first()
    assert mention.in_doubt
    return mention


def settled(article, user):
    """The same name, accepted: it has a record."""
    naming.accept_mention(doubt(article), user)
    return article.mentions.filter(surface="程望舒").first()


def picture(article):
    rows = article.mentions.order_by("pk").values_list("surface", "status", "certain", "person__name")
    return list(rows), sorted(Person.objects.values_list("pk", "name", "distinction", "has_profile"))


def evidence(person):
    return sorted(str(each.post) for each in Appointment.objects.filter(person=person))


def test_an_accepted_name_gets_its_record_and_its_post_as_evidence_and_is_taken_back_whole():
    article, user = article_of(), editor()
    mention = doubt(article)
    before = picture(article)
    naming.accept_mention(mention, user)
    person = Person.objects.get(name="程望舒")
    assert set(article.mentions.filter(surface="程望舒").values_list("status", "person")) == {("accepted", person.pk)}
    assert evidence(person)
    after = picture(article)
    reviewing.undo(article.page, user)
    assert picture(article) == before
    reviewing.redo(article.page, user)
    assert picture(article) == after
    assert evidence(person)


def test_a_rejected_name_stays_away_when_the_article_is_read_again():
    article, user = article_of(), editor()
    naming.reject_mention(article.mentions.filter(surface="程望舒").first(), user)
    relink_article(article, article.page.issue.date)
    assert not article.mentions.exclude(status="rejected").filter(surface="程望舒").exists()
    assert not Appointment.objects.filter(person__name="程望舒").exists()


def test_a_name_given_to_another_record_stays_there_when_the_article_is_read_again():
    article, user = article_of(), editor()
    other = Person.objects.create(name="程望舒", distinction="焊工")
    naming.link_mention(article.mentions.filter(surface="程望舒").first(), other, user)
    relink_article(article, article.page.issue.date)
    assert set(article.mentions.filter(surface="程望舒").values_list("person", flat=True)) == {other.pk}


def test_a_new_person_beside_a_namesake_needs_a_distinction_and_goes_when_undone():
    article, user = article_of(), editor()
    mention = settled(article, user)
    first = mention.person
    with pytest.raises(GestureRefusedError, match="区别"):
        naming.link_to_new(mention, "", user)
    naming.link_to_new(mention, "焊工", user)
    mention.refresh_from_db()
    assert (mention.person.distinction, mention.person == first) == ("焊工", False)
    reviewing.undo(article.page, user)
    mention.refresh_from_db()
    assert mention.person == first
    assert not Person.objects.filter(distinction="焊工").exists()


def test_a_body_is_given_to_another_and_back():
    article, user = article_of(), editor()
    body = OrganisationFactory(name="桥头社区居民委员会")
    mention = doubt(article, "桥头社区")
    naming.link_mention(mention, body, user)
    mention.refresh_from_db()
    assert (mention.organisation, mention.status) == (body, "accepted")
    reviewing.undo(article.page, user)
    mention.refresh_from_db()
    assert (mention.organisation, mention.status) == (None, "proposed")
    naming.link_to_new(mention, "桥头社区服务中心", user)
    assert Organisation.objects.filter(name="桥头社区服务中心").exists()


def test_every_verdict_is_logged_with_who_and_what():
    article, user = article_of(), editor()
    naming.reject_mention(article.mentions.filter(surface="程望舒").first(), user)
    decision = Decision.objects.get(kind=Decision.Kind.REJECTED)
    assert (decision.actor, decision.article, "程望舒" in decision.reason) == (user, article, True)
    assert [(c.what, c.old, c.new) for c in changes_of(decision)] == [("程望舒", "机器提出", "编辑否定")]


@pytest.mark.parametrize("data", [{}, {"do": "x"}, {"do": "link"}, {"do": "link", "record": "99999999999999999999"}])
def test_a_senseless_verdict_is_told_and_changes_nothing(desk, data):
    mention = article_of().mentions.filter(surface="程望舒").first()
    response = desk.post(reverse("articles:desk-mention", args=[mention.pk]), data)
    assert response.status_code == 409
    assert not Decision.objects.filter(kind__in=naming.NAMING).exists()


def test_namesakes_are_shown_with_their_posts_and_days(desk):
    settled(article_of(), editor())
    later = article_of("本报讯 校园开放日由程望舒主讲。", day=9)
    mention = Mention.objects.create(article=later, kind="person", surface="程望舒", paragraph=0, start=10, end=13)
    html = desk.get(reverse("articles:desk-page", args=[later.page_id])).content.decode()
    assert "副区长" in html
    assert "2021-03-05" in html
    person = Person.objects.get(name="程望舒")
    desk.post(reverse("articles:desk-mention", args=[mention.pk]), {"do": "link", "record": person.pk})
    assert later.mentions.filter(surface="程望舒").first().person == person


def test_records_are_found_by_name_pinyin_and_initials(desk):
    mention = settled(article_of(), editor())
    url = reverse("articles:desk-mention", args=[mention.pk])
    for typed in ("望舒", "chengwang", "cws"):
        html = desk.get(url, {"q": typed}, headers={"HX-Target": "records"}).content.decode()
        assert "<b>程望舒</b>" in html
        assert "<html" not in html
    assert "没有找到" in desk.get(url, {"q": "没有这人"}).content.decode()


def test_from_doubt_to_doubt_through_the_issue_until_none_is_left(desk):
    article = article_of()
    issue = article.page.issue
    response = desk.get(reverse("articles:desk-next-doubt", args=[issue.pk]))
    anchor = response.headers["Location"].split("#")[1]
    html = desk.get(response.headers["Location"]).content.decode()
    assert f'id="n{article.pk}-person-程望舒"' in html
    assert anchor.startswith(f"n{article.pk}-person-")
    desk.post(reverse("articles:desk-article-names", args=[article.pk]), {"do": "accept"})
    assert doubts(issue) == []
    response = desk.get(reverse("articles:desk-next-doubt", args=[issue.pk]))
    assert response.headers["Location"] == reverse("articles:desk-issue", args=[issue.pk])

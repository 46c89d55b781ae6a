"""Is it the same person? Asked with both posts and their sentences, answered once."""

import datetime

import pytest
from django.urls import reverse

from articles.models import Mention, Person, Post, RecordChange
from articles.selectors.questions import questions, questions_about
from articles.services import authority
from tests.archive.conftest import name, shown
from tests.factories import ArticleFactory, IssueFactory, OrganisationFactory, PageFactory, PersonFactory, editor

pytestmark = pytest.mark.django_db


def post(body, title="局长"):
    return Post.objects.get_or_create(title=title, organisation=body)[0]


def printed(person, day, *posts, said="出席。", **more):
    article = ArticleFactory(
        page=PageFactory(issue=IssueFactory(date=day)),
        body=f"{''.join(map(str, posts))}{person.name}{said}",
        published=True,
    )
    mention = name(article, person, posts=[(str(one), one) for one in posts], **more)
    return article, mention


@pytest.fixture
def desk(client):
    client.force_login(editor())
    return client


@pytest.fixture
def bodies():
    return [OrganisationFactory(name=each) for each in ("河湾林业局", "河湾水务局", "河湾商务局")]


@pytest.fixture
def moved(bodies):
    """程望舒, at 林业局 in 2021 and at 水务局 in 2022."""
    person = PersonFactory(name="程望舒", distinction="")
    first = printed(person, datetime.date(2021, 3, 5), post(bodies[0]))
    second = printed(person, datetime.date(2022, 5, 6), post(bodies[1]), said="到任。")
    return person, first, second


def answer(desk, question, do, **more):
    posted = {"key": question.key, "do": do, "post": question.later_posts, **more}
    return desk.post(reverse("articles:desk-questions"), posted)


def test_new_post_is_asked_with_both_posts_dated_and_their_sentences(desk, moved):
    (question,), more = questions()
    assert question.is_new_post
    assert not more
    assert [side.posts[0].held.first.date.year for side in question.sides] == [2021, 2022]
    text = shown(desk.get(reverse("articles:desk-questions")))
    assert "河湾林业局局长<b>程望舒</b>出席。" in text
    assert "河湾水务局局长<b>程望舒</b>到任。" in text


def test_confirmed_person_is_not_asked_again_until_that_is_undone(desk, moved):
    answer(desk, questions()[0][0], "same")
    assert questions()[0] == []
    authority.undo(RecordChange.objects.get(), None)
    assert len(questions()[0]) == 1


def test_denied_new_post_becomes_another_person_and_is_not_asked_again(desk, moved):
    person, _first, (article, _mention) = moved
    answer(desk, questions()[0][0], "two")
    other = Person.objects.exclude(pk=person.pk).get()
    assert article.mentions.get().person == other
    assert (other.name, other.distinction) == ("程望舒", "河湾水务局局长")
    person.refresh_from_db()
    assert person.distinction == "河湾林业局局长"
    assert questions()[0] == []


def test_split_by_a_question_can_be_undone(desk, moved):
    person, _first, (article, _mention) = moved
    answer(desk, questions()[0][0], "two")
    authority.undo(RecordChange.objects.get(kind="moved"), None)
    assert article.mentions.get().person == person


def test_posts_printed_in_one_article_are_no_question(bodies):
    person = PersonFactory(name="程望舒")
    printed(person, datetime.date(2021, 3, 5), post(bodies[0]), post(bodies[1]))
    printed(person, datetime.date(2022, 3, 5), post(bodies[1]))
    printed(person, datetime.date(2022, 3, 6), post(bodies[0], "副局长"))
    assert questions()[0] == []


def test_post_that_an_editor_accepted_is_no_question(moved):
    _person, (_a, first), (_b, second) = moved
    for mention in (first, second):
        mention.status = Mention.Status.ACCEPTED
        mention.save()
    assert questions()[0] == []


def test_two_of_one_name_are_asked_and_told_apart_for_good(desk, bodies):
    one, other = (PersonFactory(name="程望舒", distinction=each) for each in ("甲", "乙"))
    printed(one, datetime.date(2021, 3, 5), post(bodies[0]))
    printed(other, datetime.date(2022, 3, 5), post(bodies[1]))
    (question,), _more = questions()
    assert not question.is_new_post
    answer(desk, question, "two")
    assert questions()[0] == []
    assert RecordChange.objects.get().kind == "apart"


def test_two_of_one_name_become_one_and_the_often_named_stays(desk, bodies):
    one, other = (PersonFactory(name="程望舒", distinction=each) for each in ("甲", "乙"))
    printed(one, datetime.date(2021, 3, 5), post(bodies[0]))
    for day in (5, 6):
        printed(other, datetime.date(2022, 3, day), post(bodies[0]))
    answer(desk, questions()[0][0], "same")
    one.refresh_from_db()
    assert one.merged_into == other
    assert questions()[0] == []


def test_told_apart_holds_for_whoever_one_of_them_is_merged_into(bodies):
    one, other, third = (PersonFactory(name="程望舒", distinction=each) for each in "甲乙丙")
    for day, person in enumerate((one, other), 1):
        printed(person, datetime.date(2021, 3, day), post(bodies[0]))
    authority.tell_apart(one, other, None)
    authority.merge(other, third, None)
    assert questions()[0] == []


def test_name_in_no_paper_is_no_question(bodies):
    printed(PersonFactory(name="程望舒"), datetime.date(2021, 3, 5), post(bodies[0]))
    PersonFactory(name="程望舒", distinction="乙")
    assert questions()[0] == []


def test_page_desk_asks_beside_the_name_and_comes_back(desk, moved):
    _person, _first, (article, _mention) = moved
    page = reverse("articles:desk-page", args=[article.page_id])
    text = shown(desk.get(page))
    assert "换了职务，是同一人吗" in text
    assert answer(desk, questions()[0][0], "same", next=page).headers["Location"] == page
    assert "换了职务，是同一人吗" not in shown(desk.get(page))


def test_questions_about_people_are_found_without_the_list(moved):
    person = moved[0]
    assert [question.key for question in questions_about([person.pk])[person.pk]] == [questions()[0][0].key]


def test_answer_leads_nowhere_else(desk, moved):
    answered = answer(desk, questions()[0][0], "same", next="//evil.example/desk/")
    assert answered.headers["Location"] == reverse("articles:desk-questions")


@pytest.mark.parametrize(
    "posted",
    [{}, {"key": "new-1-2", "do": "same"}, {"key": "two-999-998", "do": "two"}, {"key": "new-999-1-2", "do": "x"}],
)
def test_answer_to_nothing_is_refused(desk, posted):
    assert desk.post(reverse("articles:desk-questions"), posted).status_code == 409

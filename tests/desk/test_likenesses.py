import datetime

import pytest
from django.urls import reverse

from articles.models import Decision, Fingerprint, Likeness
from articles.services import reviewing
from articles.services.likenesses import compare_waiting, judge, likeness_of
from articles.services.publishing import publish_articles
from tests.factories import ArticleFactory, IssueFactory, PageFactory, editor
from tests.services.test_reviewing import texts

pytestmark = pytest.mark.django_db

WIRE = (
    "新华社北京3月1日电 国务院近日印发意见，部署今年春季农业生产工作。意见要求，各地要抓紧抓好春耕备耕，"
    "确保种子、化肥、农药等农资供应充足，加强农机调度，不误农时。\n"
    "意见指出，要严格落实粮食安全党政同责，稳定粮食播种面积，推进高标准农田建设，完善农业保险制度，提高种粮农民的积极性。"
)
OTHER = (
    "本报讯 昨日，河湾区图书馆新馆正式开放。新馆藏书三十万册，设有少儿阅览区、地方文献室和自习室，"
    "每天开放到晚上九点。市民凭身份证即可办理借书证，一次可以借十本，还书可以到任何一个分馆。"
)


def printed(body, day, **fields):
    page = PageFactory(issue=IssueFactory(date=datetime.date(2021, 3, day)))
    return ArticleFactory(page=page, body=body, **fields)


def test_a_wire_text_that_was_printed_twice_is_noticed_the_first_printing_first():
    later = printed(WIRE.replace("新华社北京3月1日电 ", "").replace("充足", "到位"), 9)
    first, other = printed(WIRE, 2), printed(OTHER, 3)
    assert compare_waiting() == 3
    assert [(pair.one, pair.other) for pair in Likeness.objects.all()] == [(first, later)]
    assert compare_waiting() == 0
    assert Fingerprint.objects.filter(article=other).exists()


def test_a_shortened_text_is_noticed_and_a_different_one_of_the_genre_is_not():
    score, contained = likeness_of(WIRE, WIRE.split("\n")[0])
    assert score < 0.6 < 0.85 <= contained
    assert max(likeness_of(WIRE, OTHER)) < 0.1


def test_a_change_of_the_text_takes_back_a_proposal_but_no_judgement():
    first, second, third = printed(WIRE, 2), printed(WIRE, 3), printed(WIRE, 4)
    compare_waiting()
    judge(Likeness.objects.get(one=first, other=second), Likeness.Status.LINKED, editor())
    for article in (second, third):
        reviewing.edit_article(article, texts(article, body=OTHER), editor(), version=article.version)
    compare_waiting()
    assert set(Likeness.objects.values_list("one", "other", "status")) == {
        (first.pk, second.pk, "linked"),
        (second.pk, third.pk, "proposed"),
    }


def test_a_pair_is_shown_side_by_side_and_linked_for_readers_and_undone(client):
    first, second = printed(WIRE, 2), printed(WIRE, 3)
    publish_articles([first, second], None)
    compare_waiting()
    pair = Likeness.objects.get()
    user = editor()
    client.force_login(user)
    url = reverse("articles:desk-likeness", args=[pair.pk])
    assert str(pair.one.page) in client.get(url).content.decode()
    assert url in client.get(reverse("articles:desk-page", args=[second.page_id])).content.decode()
    assert client.post(url, {"do": "x"}).status_code == 409
    client.post(url, {"do": "linked"})
    assert "同一篇也刊于" in client.get(first.get_absolute_url()).content.decode()
    assert Decision.objects.get(kind=Decision.Kind.PAIRED).actor == user
    reviewing.undo(second.page, user)
    assert Likeness.objects.get().status == "proposed"
    assert "同一篇也刊于" not in client.get(first.get_absolute_url()).content.decode()


def test_a_dismissed_pair_is_not_proposed_again():
    first, second = printed(WIRE, 2), printed(WIRE, 3)
    compare_waiting()
    judge(Likeness.objects.get(), Likeness.Status.DISMISSED, editor())
    reviewing.edit_article(first, texts(first, headline="改题"), editor(), version=first.version)
    compare_waiting()
    assert [pair.status for pair in Likeness.objects.filter(other=second)] == ["dismissed"]

"""Zones by hand, and a part of a page read again."""

import pytest
from django.urls import reverse

from articles.models import Article, Decision, Page, SourceLine, Zone
from articles.services.publishing import publish_articles
from articles.services.reading import read_page_sources
from articles.services.rereading import preview_part, read_part
from articles.services.reviewing import NEW, GestureRefusedError, merge_articles, redo, undo
from articles.services.zoning import draw_zone, polygons_in, reshape_zones
from tests.desk.test_pdf_pages import CANTEEN, printed
from tests.factories import editor
from tests.services.printed import homeless_lines, lines_of, living, upload

pytestmark = pytest.mark.django_db

RIGHT = [[0.5, 0.06], [0.98, 0.06], [0.98, 0.3], [0.5, 0.3]]


@pytest.fixture
def page(client):
    client.force_login(editor())
    return Page.objects.get(pk=upload(printed().pdf(), "p1.pdf").pages[0].pk)


@pytest.fixture
def hand():
    return editor()


def zones_of(page):
    found = {}
    for zone in Zone.objects.filter(article__page=page).order_by("pk"):
        found.setdefault(zone.article_id, []).append(zone.polygon)
    return found


def state(page):
    texts = list(page.articles.order_by("pk").values_list("pk", "headline", "body", "byline_text", "status"))
    return texts, zones_of(page), sorted(SourceLine.objects.values_list("pk", "block__role", "block__article"))


def test_a_drawn_zone_makes_an_article_of_its_lines_with_their_roles(page, hand):
    before = state(page)
    done = draw_zone(page, [RIGHT], NEW, hand)
    new = done.decision.article
    assert (new.headline, new.body.split("\n")) == ("社区食堂开进家门口", CANTEEN)
    assert new.byline_text == "记者 程望舒"
    assert zones_of(page)[new.pk] == [RIGHT]
    assert [article.headline for article in living(page)] == ["春耕备耕全面铺开", "社区食堂开进家门口"]
    assert not homeless_lines(page)
    after = state(page)
    undo(page, hand)
    assert state(page) == before
    redo(page, hand)
    assert state(page) == after


def test_a_drawn_zone_joins_an_article_whose_headline_stays(page, hand):
    spring = page.articles.get(headline="春耕备耕全面铺开")
    draw_zone(page, [RIGHT], spring.pk, hand)
    spring.refresh_from_db()
    assert spring.headline == "春耕备耕全面铺开"
    assert "社区食堂开进家门口" in spring.paragraphs
    assert len(zones_of(page)[spring.pk]) == 2


def test_lines_of_a_drawn_zone_can_be_set_aside(page, hand):
    draw_zone(page, [RIGHT], "advertisement", hand)
    assert [article.headline for article in living(page)] == ["春耕备耕全面铺开"]
    assert SourceLine.objects.filter(block__role="advertisement").count() > 3


def test_a_zone_gets_other_corners_and_reading_again_leaves_them(page, hand):
    article = page.articles.first()
    lines = lines_of(article)
    reshape_zones(page, article.pk, [RIGHT], hand)
    assert zones_of(page)[article.pk] == [RIGHT]
    assert lines_of(article) == lines
    read_page_sources(page)
    assert zones_of(page)[article.pk] == [RIGHT]
    undo(page, hand)


def test_a_zone_can_take_what_it_now_frames(page, hand):
    spring = page.articles.get(headline="春耕备耕全面铺开")
    everything = [[0, 0.055], [1, 0.055], [1, 1], [0, 1]]
    reshape_zones(page, spring.pk, [everything], hand, take=True)
    assert len(living(page)) == 1


def test_an_editor_who_types_is_not_disturbed_by_a_zone(page, hand):
    article = page.articles.first()
    reshape_zones(page, article.pk, [RIGHT], hand)
    assert Article.objects.get(pk=article.pk).version == article.version


def test_a_merged_article_brings_its_zone_along(page, hand):
    one, other = living(page)
    both = [*zones_of(page)[one.pk], *zones_of(page)[other.pk]]
    merge_articles(other, one, hand)
    assert zones_of(page) == {one.pk: both}
    undo(page, hand)
    assert zones_of(page) == {one.pk: both[:1], other.pk: both[1:]}


@pytest.mark.parametrize("text", ["5,10 48,10", "a,b c,d e,f", "5,10 5.1,10 5.1,10.1 5,10.1", "5,10;6,7;8,9"])
def test_corners_that_make_no_zone_are_refused(text):
    with pytest.raises(GestureRefusedError):
        polygons_in(text)


def test_corners_are_hundredths_of_the_page_and_stay_on_it():
    assert polygons_in("5,10 48,10 48,120；") == [[[0.05, 0.1], [0.48, 0.1], [0.48, 1.0]]]
    assert polygons_in("") == []


def test_the_desk_lays_zones_and_lines_over_the_picture(page, client):
    html = client.get(reverse("articles:desk-page", args=[page.pk])).content.decode()
    assert reverse("articles:desk-page-picture", args=[page.pk]) in html
    for article in living(page):
        assert f'data-zone="{article.pk}"' in html
    assert html.count("data-line=") == SourceLine.objects.exclude(text="").count()
    upload("春耕备耕全面铺开\n\n本报讯 昨日开工。\n", "p2.txt", date=page.issue.date)
    text = client.get(reverse("articles:desk-page", args=[Page.objects.get(number=2).pk])).content.decode()
    assert "data-plate" not in text


def test_a_line_that_no_number_can_name_is_passed_over(page, client):
    asked = client.get(reverse("articles:desk-page", args=[page.pk]), {"line": "9" * 5000})
    assert asked.status_code == 200
    assert not any(row.chosen for row in asked.context["bench"].rows)


def test_the_zone_form_works_without_drawing(page, client):
    article = page.articles.first()
    address = reverse("articles:desk-page-zones", args=[page.pk])
    data = {"article": article.pk, "polygon": "5,10 48,10 48,30 5,30", "version": page.version}
    assert client.post(address, data).status_code == 302
    assert zones_of(page)[article.pk] == [[[0.05, 0.1], [0.48, 0.1], [0.48, 0.3], [0.05, 0.3]]]
    assert client.post(address, data).status_code == 409, "the page has changed since"
    again = {"article": article.pk, "polygon": "", "version": Page.objects.get(pk=page.pk).version}
    client.post(address, again)
    assert article.pk not in zones_of(page)
    refused = client.post(address, {"zone_to": "new", "polygon": "1,1 1,2"})
    assert (refused.status_code, "看不懂" in refused.content.decode()) == (409, True)


def test_reading_a_part_again_shows_what_it_would_change_and_only_then_does_it(page, hand, client):
    canteen = page.articles.get(headline="社区食堂开进家门口")
    lines = lines_of(canteen)
    # The machine's mistake: the article's second half stands as an article of its own, without anybody's doing.
    from articles.services.changes import save_makeup
    from articles.services.gestures import Destination, move
    from articles.services.makeup import Makeup

    makeup = Makeup(page)
    stray = Article.objects.create(page=page, position=9)
    makeup.articles[stray.pk] = stray
    move(makeup, lines_of(canteen, "body")[3:], Destination(stray.pk, "body"))
    for article in makeup.articles.values():
        makeup.compose(article)
    save_makeup(makeup, Decision.Kind.READ, None)
    canteen.refresh_from_db()
    assert canteen.paragraphs != CANTEEN
    before = state(page)
    told = preview_part(page, lines, hand)
    assert (told.read, told.kept) == (len(lines), 0)
    assert any(proposal.after.get("body") == "\n".join(CANTEEN) for proposal in told.proposals)
    assert state(page) == before
    asked = client.post(reverse("articles:desk-page-part", args=[page.pk]), {"lines": lines})
    assert "还没有改" in asked.content.decode()
    assert state(page) == before
    client.post(reverse("articles:desk-page-part", args=[page.pk]), {"lines": lines, "confirmed": "1"})
    assert [article.paragraphs for article in living(page)][1] == CANTEEN
    assert len(living(page)) == 2
    undo(page, hand)
    assert state(page) == before


def test_reading_a_part_again_never_changes_what_an_editor_decided(page, hand):
    spring, canteen = living(page)
    publish_articles([spring], None)
    before = state(page)
    told = read_part(page, [*lines_of(spring), *lines_of(canteen)], hand)
    assert told.kept == len(lines_of(spring))
    assert state(page) == before
    with pytest.raises(GestureRefusedError):
        read_part(page, lines_of(spring), hand)

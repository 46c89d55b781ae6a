"""Nothing of a withdrawn article is left for readers: no word of it anywhere, and the picture of its page covered."""

import io
from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from PIL import Image

from articles.models import Article, Mention, Organisation, Page, Person, SourceFile, SourceLine
from articles.services.joining import join_articles
from articles.services.publishing import publish_articles, restore_article, withdraw_article
from articles.services.reviewing import Destination, move_lines
from articles.services.uploading import PageFile, upload_issue
from tests.desk.test_pdf_pages import CANTEEN, printed
from tests.factories import editor, staff
from tests.services.printed import DAY, upload
from tests.test_access import addresses, ask, rule_of, text_of

pytestmark = pytest.mark.django_db

NOT_READERS = ("editors", "superusers", "staff")


@pytest.fixture
def page(django_capture_on_commit_callbacks):
    """A page of two articles, drawn and published."""
    with django_capture_on_commit_callbacks(execute=True):
        page = upload(printed().pdf(), "p1.pdf").pages[0]
    with django_capture_on_commit_callbacks(execute=True):
        publish_articles(page.articles.all(), None)
    return Page.objects.get(pk=page.pk)


def article(page, headline) -> Article:
    return page.articles.get(headline=headline)


def withdraw(article, capture):
    with capture(execute=True):
        withdraw_article(article, "数据有误", None)


def picture_of(response) -> Image.Image:
    return Image.open(io.BytesIO(response.content)).convert("L")


def ink(picture: Image.Image, box) -> int:
    """Dark pixels in a box in page fractions: printed type is black, hatched paper is not."""
    width, height = picture.size
    cut = picture.crop((round(box[0] * width), round(box[1] * height), round(box[2] * width), round(box[3] * height)))
    return sum(cut.histogram()[:165])


def boxes(article):
    return [line.box for line in SourceLine.objects.filter(block__article=article) if line.text.strip()]


def pictures(page):
    return [reverse(f"articles:{name}", args=[page.pk]) for name in ("page-picture", "page-thumbnail")]


def test_pictures_of_a_withdrawn_article_are_covered_and_its_neighbours_are_not(
    page, client, django_capture_on_commit_callbacks
):
    gone, stays = article(page, "社区食堂开进家门口"), article(page, "春耕备耕全面铺开")
    before = [picture_of(client.get(address)) for address in pictures(page)]
    assert all(ink(picture, box) for picture in before for box in boxes(gone))
    withdraw(gone, django_capture_on_commit_callbacks)
    for picture, was in zip([picture_of(client.get(address)) for address in pictures(page)], before, strict=True):
        assert [ink(picture, box) for box in boxes(gone)] == [0] * len(boxes(gone))
        assert all(ink(picture, box) > ink(was, box) / 2 for box in boxes(stays))
    with django_capture_on_commit_callbacks(execute=True):
        restore_article(gone, None)
    assert all(ink(picture_of(client.get(address)), boxes(gone)[0]) for address in pictures(page))


def test_a_browser_that_kept_the_picture_asks_again_and_gets_the_covered_one(
    page, client, django_capture_on_commit_callbacks
):
    address = pictures(page)[0]
    seen = client.get(address)
    assert "no-cache" in seen["Cache-Control"]
    assert client.get(address, headers={"If-None-Match": seen["ETag"]}).status_code == 304
    withdraw(article(page, "社区食堂开进家门口"), django_capture_on_commit_callbacks)
    again = client.get(address, headers={"If-None-Match": seen["ETag"]})
    assert again.status_code == 200
    assert again["ETag"] != seen["ETag"]
    part = client.get(address, headers={"Range": "bytes=0-99", "If-Range": seen["ETag"]})
    assert part.status_code == 200, "a part of the covered picture behind a part of the old one shows both"


def test_a_part_of_a_picture_can_be_asked_for(page, client):
    address = pictures(page)[0]
    whole = client.get(address).content
    part = client.get(address, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, whole[100:200])
    assert part["Content-Range"] == f"bytes 100-199/{len(whole)}"
    assert client.get(address, headers={"Range": "bytes=-50"}).content == whole[-50:]
    assert client.get(address, headers={"Range": f"bytes={len(whole)}-"}).status_code == 416


def test_drafts_are_covered_too_and_a_page_with_nothing_public_has_no_picture(
    client, django_capture_on_commit_callbacks
):
    page = upload(printed().pdf(), "p1.pdf").pages[0]
    assert client.get(pictures(page)[0]).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        publish_articles([article(page, "春耕备耕全面铺开")], None)
    draft = article(page, "社区食堂开进家门口")
    assert sum(ink(picture_of(client.get(pictures(page)[0])), box) for box in boxes(draft)) == 0


def test_what_is_hidden_somewhere_unknown_hides_the_whole_picture(page, client):
    page.articles.create(headline="不知印在哪里的一篇", body="正文", status=Article.Status.DRAFT, position=9)
    assert [client.get(address).status_code for address in pictures(page)] == [404, 404]
    reading = client.get(page.get_absolute_url())
    assert reading.status_code == 200
    assert "picture.webp" not in reading.content.decode()


def test_the_caption_of_a_withdrawn_article_goes_with_it(page, client, django_capture_on_commit_callbacks):
    gone = article(page, "社区食堂开进家门口")
    caption = SourceLine.objects.filter(block__article=gone, block__role="body").first()
    move_lines(page, [caption.pk], Destination(None, "caption"), editor())
    assert caption.text in client.get(page.get_absolute_url()).content.decode()
    gone.refresh_from_db()
    withdraw(gone, django_capture_on_commit_callbacks)
    assert caption.text not in client.get(page.get_absolute_url()).content.decode()
    assert ink(picture_of(client.get(pictures(page)[0])), caption.box) == 0


def test_only_editors_get_the_page_as_printed(page, client):
    for name in ("desk-page-picture", "desk-page-thumbnail"):
        assert client.get(reverse(f"articles:{name}", args=[page.pk])).status_code == 302
    client.force_login(staff())
    assert client.get(reverse("articles:desk-page-picture", args=[page.pk])).status_code == 403


def test_covers_of_another_day_do_not_stay_in_the_store(page, client, django_capture_on_commit_callbacks):
    one, other = page.articles.order_by("position")
    withdraw(one, django_capture_on_commit_callbacks)
    first = client.get(pictures(page)[0])["ETag"]
    with django_capture_on_commit_callbacks(execute=True):
        restore_article(one, None)
    withdraw(other, django_capture_on_commit_callbacks)
    second = client.get(pictures(page)[0])["ETag"]
    assert first != second
    assert default_storage.listdir(f"pages/covered/{page.pk}")[1] == [f"{second.strip(chr(34))}.webp"]


def world(page, gone):
    """What the rules of addresses want to know, about a page that is public and an article that no longer is."""
    printed = SimpleNamespace(
        article=gone,
        person=Person.objects.first(),
        organisation=Organisation.objects.filter(posts__isnull=False).first() or Organisation.objects.first(),
        reporter=gone.bylines.first().person,
        source=SourceFile.objects.get(),
        mention=Mention.objects.first(),
    )
    return SimpleNamespace(alone={}, together={"withdrawn": printed}, job=SimpleNamespace(pk=1), decision=None)


def test_no_address_and_no_export_has_a_word_or_a_letter_of_it(page, tmp_path, django_capture_on_commit_callbacks):
    """Pages, feeds, the API, lists for spreadsheets: everything there is to ask for, also what comes later."""
    gone = article(page, "社区食堂开进家门口")
    body = Organisation.objects.create(name="河湾区林业局")
    body.posts.create(title="局长")
    marks = [gone.headline, CANTEEN[0][6:24], CANTEEN[1][:12]]
    asked = {name: rule for name in sorted(set(addresses())) if (rule := rule_of(name)).audience not in NOT_READERS}
    assert {"articles:feed-latest", "articles:api:article", "articles:page-picture"} <= set(asked)

    def found(client):
        here = []
        for name, rule in asked.items():
            for address, _status in rule.addresses(name, world(page, gone)):
                for question in ("", f"?q={gone.headline}") if rule.answers_questions else ("",):
                    response = ask(client, "get", address + question)
                    if response.get("Content-Type", "").startswith("image/webp"):
                        response.content = response.body
                        here += [name] * any(ink(picture_of(response), box) for box in boxes(gone))
                    else:
                        said = text_of(response).replace(question, "")
                        here += [name] * any(mark in said for mark in (marks[1:] if question else marks))
        return set(here)

    before = found(Client())
    assert {
        "articles:feed-latest",
        "articles:article-detail",
        "articles:page-picture",
        "articles:api:article",
    } <= before
    withdraw(gone, django_capture_on_commit_callbacks)
    reader = Client()
    reader.force_login(staff())
    assert found(Client()) == set()
    assert found(reader) == set()
    for form in ("csv", "json"):
        call_command("export_roster", str(tmp_path / f"roster.{form}"))
        listed = (tmp_path / f"roster.{form}").read_text(encoding="utf-8")
        assert not any(mark in listed for mark in marks)


def test_a_joined_article_lights_up_on_both_pages_and_is_covered_on_both(client, django_capture_on_commit_callbacks):
    content = printed().pdf()
    files = [PageFile("1.pdf", content), PageFile("3.pdf", content + b"\n%")]
    with django_capture_on_commit_callbacks(execute=True):
        issue = upload_issue(paper="河湾日报", date=DAY, files=files).issue
    first, third = issue.pages.order_by("number")
    head, other = first.articles.get(headline="社区食堂开进家门口"), third.articles.get(headline="社区食堂开进家门口")
    join_articles(other, head, editor())
    with django_capture_on_commit_callbacks(execute=True):
        publish_articles(Article.objects.filter(page__issue=issue), None)
    head, other = Article.objects.get(pk=head.pk), Article.objects.get(pk=other.pk)
    shown = client.get(head.get_absolute_url()).content.decode()
    for page, part in ((first, head), (third, other)):
        assert f"#zone{part.pk}" in shown
        assert reverse("articles:page-thumbnail", args=[page.pk]) in shown
        here = client.get(page.get_absolute_url()).content.decode()
        assert f'<a href="{head.get_absolute_url()}"\n           id="zone{part.pk}"' in here
        assert all(ink(picture_of(client.get(a)), box) for a in pictures(page) for box in boxes(part))
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_article(head, "数据有误", None)
    for page, part in ((first, head), (third, other)):
        for address in pictures(page):
            picture = picture_of(client.get(address))
            assert [ink(picture, box) for box in boxes(part)] == [0] * len(boxes(part))
    third.refresh_from_db()
    assert "这里的稿件已撤下" in client.get(third.get_absolute_url()).content.decode()

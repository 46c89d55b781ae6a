"""A PDF at the desk: uploaded, read by where type stands, drawn, corrected and published."""

import io

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from articles.models import Article, Issue, Page, SourceFile, Zone
from articles.newsprint.extraction import page_images
from articles.newsprint.extraction.straighten import skew_of
from articles.services.pictures import picture_paths
from articles.services.reading import read_page_sources
from tests.desk.test_desk import desk, file, said, send, stored  # noqa: F401 - a fixture
from tests.newsprint.press import HEI, Press, bound
from tests.services.printed import homeless_lines, living

pytestmark = pytest.mark.django_db

SPRING = [
    "本报讯 连日来，河湾区各乡镇组织农技人员深入田间地头，指导农户开展春耕工作。",
    "全区已备足种子化肥，确保不误农时。",
]
CANTEEN = ["本报讯 3月3日，柳沟社区食堂开业，周边居民有了实惠的就餐去处。", "食堂每天供应三餐，老人凭卡可享优惠。"]


def printed() -> Press:
    page = Press()
    page.line(40, 40, "河湾日报　2022年3月4日　星期五", 9)
    page.rule(40, 48, 660, 48)
    for x, headline, text in ((40, "春耕备耕全面铺开", SPRING), (370, "社区食堂开进家门口", CANTEEN)):
        page.centred(x, x + 290, 80, headline, 20)
        page.flow(text, [(x, 90), (x + 150, 90)], cells=13, depth=6)
        page.to_right(x + 280, 90 + 15 * 7, "记者 程望舒", 10, HEI)
    return page


def test_a_pdf_becomes_articles_with_zones_and_a_picture_and_is_published(desk, client):  # noqa: F811
    send(desk, file(printed().pdf(), "p1.pdf"))
    page = Page.objects.get()
    assert page.status == Page.Status.READ
    assert [article.headline for article in living(page)] == ["春耕备耕全面铺开", "社区食堂开进家门口"]
    source = SourceFile.objects.get()
    assert source.kind == "pdf"
    boxed = source.lines.get(text="春耕备耕全面铺开")
    assert boxed.font_size == 20
    assert 0.05 < boxed.box[0] < boxed.box[2] < 0.5
    assert not homeless_lines(page)
    left, right = (zone.polygon for zone in Zone.objects.order_by("article__position"))
    assert left[1][0] < right[0][0]
    desk.post(reverse("articles:desk-issue-publish", args=[Issue.objects.get().pk]))
    client.logout()
    article = Article.objects.published().get(headline="社区食堂开进家门口")
    assert CANTEEN[1] in client.get(article.get_absolute_url()).content.decode()


def test_the_picture_is_drawn_once_in_two_sizes(desk, monkeypatch):  # noqa: F811
    send(desk, file(printed().pdf(), "p1.pdf"))
    page, source = Page.objects.get(), SourceFile.objects.get()
    reading, small = picture_paths(source.sha256)
    assert page.image.name == reading
    widths = []
    for path in (reading, small):
        with default_storage.open(path) as picture:
            image = Image.open(io.BytesIO(picture.read()))
            widths.append((image.format, image.width))
    assert widths == [("WEBP", 1600), ("WEBP", 400)]
    monkeypatch.setattr("articles.services.pictures.page_images", lambda *_: pytest.fail("drawn twice"))
    read_page_sources(page)
    assert Page.objects.get().image.name == reading


def test_reading_a_pdf_again_keeps_its_articles_and_zones(desk):  # noqa: F811
    send(desk, file(printed().pdf(), "p1.pdf"))
    page = Page.objects.get()
    before = [(article.pk, article.headline, article.body) for article in living(page)]
    read_page_sources(page)
    assert [(article.pk, article.headline, article.body) for article in living(page)] == before
    assert Zone.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (printed().pdf()[:900], "不是完整的 PDF"),
        (Press().pdf(), "文字层"),
    ],
    ids=["cut off", "no type"],
)
def test_a_pdf_that_cannot_be_read_is_refused_and_leaves_nothing(desk, content, words):  # noqa: F811
    before = stored()
    assert any(words in message for message in said(send(desk, file(content, "p1.pdf"))))
    assert not Issue.objects.exists()
    assert stored() == before


def numbered(folio: str, headline: str) -> Press:
    page = Press()
    page.line(40, 40, folio, 9)
    page.centred(40, 330, 80, headline, 20)
    page.flow(SPRING, [(40, 90), (190, 90)], cells=13, depth=6)
    return page


def test_an_issue_in_one_pdf_is_shown_page_by_page_and_a_bad_page_fails_alone(desk):  # noqa: F811
    pages = [numbered("第05版：综合", "春耕备耕全面铺开"), Press(), numbered("第07版：民生", "社区食堂开进家门口")]
    content = bound(pages)
    shown = send(desk, file(content, "issue.pdf"))
    assert any("3 页" in message for message in said(shown))
    html = shown.content.decode()
    assert html.index("issue-01.pdf") < html.index("issue-02.pdf") < html.index("issue-03.pdf")
    assert "文字层" in html
    assert not Issue.objects.exists()
    answers = {"f0-number": 5, "f0-section": "综合", "f1-number": 6, "f2-number": 7, "f2-section": "民生"}
    desk.post(shown.request["PATH_INFO"], answers)
    saved = Issue.objects.get().pages.order_by("number")
    assert [(page.number, page.section, page.status) for page in saved] == [
        (5, "综合", Page.Status.READ),
        (7, "民生", Page.Status.READ),
    ]
    again = send(desk, file(content, "issue.pdf"))
    assert "没有重复保存" in desk.post(again.request["PATH_INFO"], answers, follow=True).content.decode()
    assert SourceFile.objects.count() == 2


def test_more_pages_than_an_issue_has_are_refused_in_one_sentence(desk):  # noqa: F811
    html = send(desk, file(printed().pdf(pages=101), "issue.pdf")).content.decode()
    assert "“issue.pdf”有 101 页" in html
    assert not Issue.objects.exists()


def test_the_upload_check_shows_a_picture_of_each_page(desk):  # noqa: F811
    response = send(
        desk, file(printed().pdf(), "甲.pdf"), file("春耕备耕全面铺开\n\n本报讯 昨日开工。\n", "乙.txt"), check="1"
    )
    token = response.context["stage"].token
    html = response.content.decode()
    address = reverse("articles:desk-upload-thumbnail", args=[token, 0])
    assert address in html
    assert reverse("articles:desk-upload-thumbnail", args=[token, 1]) not in html
    for _time in range(2):
        picture = desk.get(address)
        assert Image.open(io.BytesIO(picture.content)).width == 400
    assert desk.get(reverse("articles:desk-upload-thumbnail", args=[token, 1])).status_code == 404
    desk.post(reverse("articles:desk-upload-check", args=[token]), {"give_up": "1"})
    assert desk.get(address).status_code == 404


def scan(turned: float) -> bytes:
    """Lines of type, as far as a scanner's eye goes."""
    sheet = Image.new("L", (2000, 2800), 245)
    for top in range(300, 2500, 60):
        for left in range(200, 1800, 44):
            sheet.paste(30, (left, top, left + 34, top + 34))
    out = io.BytesIO()
    sheet.rotate(turned, Image.Resampling.BICUBIC, fillcolor=245).save(out, "JPEG")
    return out.getvalue()


@pytest.mark.parametrize("turned", [0, 2])
def test_a_scan_is_drawn_straight_in_two_sizes(turned):
    drawn = page_images(scan(turned), "p1.jpg")
    reading, small = (Image.open(io.BytesIO(picture)) for picture in (drawn.reading, drawn.small))
    assert [(picture.format, picture.width) for picture in (reading, small)] == [("WEBP", 1600), ("WEBP", 400)]
    assert abs(skew_of(reading.convert("L"))) < 0.2


def test_an_article_shows_no_picture_that_readers_do_not_get(desk, client):  # noqa: F811
    send(desk, file(printed().pdf(), "p1.pdf"))
    desk.post(reverse("articles:desk-issue-publish", args=[Issue.objects.get().pk]))
    client.logout()
    article = Article.objects.published().first()
    thumbnail = reverse("articles:page-thumbnail", args=[article.page_id])
    assert thumbnail in client.get(article.get_absolute_url()).content.decode()
    line = SourceFile.objects.get().lines.first()
    line.block, line.box = None, None
    line.save()
    assert client.get(thumbnail).status_code == 404
    assert thumbnail not in client.get(article.get_absolute_url()).content.decode()

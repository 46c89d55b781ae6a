"""Zips at the desk: what is in them is shown in order before anything is read."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Issue, SourceFile
from tests.newsprint.documents import zipped
from tests.newsprint.test_web_page import founder
from tests.services.printed import SMALL_PAGE

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(User.objects.create_superuser("editor"))
    return client


def sent(desk, name, content):
    form = {"new_paper": "河湾日报", "date": "2022-03-04", "files": [SimpleUploadedFile(name, content)]}
    return desk.post(reverse("articles:desk-upload"), form, follow=True)


def test_pages_of_a_zip_are_shown_in_order_before_they_are_saved(desk):
    files = {"p10.txt": SMALL_PAGE + "十", "第2版.txt": SMALL_PAGE + "二", "../p1.txt": SMALL_PAGE} | founder()
    shown = sent(desk, "issue.zip", zipped(files))
    html = shown.content.decode()
    assert html.index("第2版.txt") < html.index("node_3.zip") < html.index("p10.txt")
    assert "综合新闻" in html
    assert "指向压缩包以外" in html
    assert not Issue.objects.exists()
    answers = {f"f{at}-number": number for at, number in enumerate((2, 3, 10))} | {"f1-section": "综合新闻"}
    desk.post(shown.request["PATH_INFO"], answers)
    pages = Issue.objects.get().pages.order_by("number")
    assert [(page.number, page.section) for page in pages] == [(2, ""), (3, "综合新闻"), (10, "")]
    assert SourceFile.objects.get(page__number=3).kind == "html"


def test_a_zip_that_cannot_be_opened_says_so_at_the_field(desk):
    html = sent(desk, "issue.zip", b"PK\x03\x04broken").content.decode()
    assert "解不开" in html
    assert not Issue.objects.exists()

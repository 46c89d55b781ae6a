import datetime

import pytest
from django.core.files.storage import default_storage

from articles.models import Issue, SourceFile
from articles.services import uploading
from articles.services.folios import guess_folio
from articles.services.uploading import PageFile, UploadRefusedError, upload_issue

from .printed import DAY, SMALL_PAGE, upload

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "folio"),
    [
        ("p1.txt", 1),
        ("A01.txt", 1),
        ("A01", 1),
        ("第3版.txt", 3),
        ("第十二版.txt", 12),
        ("第二十一版 综合.txt", 21),
        ("2022-10-12-1.txt", 1),
        ("20221012_02.txt", 2),
        ("河湾日报2022年10月12日第4版.txt", 4),
        ("hwrb20221012B03.txt", 3),
        ("paper-2022-10-14-2-v1.txt", 2),
        ("C:\\fakepath\\p7.txt", 7),
        ("要闻.txt", None),
        ("2022-10-12.txt", None),
        ("v2.txt", None),
        ("p0.txt", None),
    ],
)
def test_the_folio_is_read_from_file_names(name, folio):
    assert guess_folio(name) == folio


def test_a_source_is_kept_under_its_own_sha256():
    source = upload().pages[0].sources.get()
    assert source.content.name == f"sources/{source.sha256[:2]}/{source.sha256}"
    with default_storage.open(source.content.name) as kept:
        assert kept.read() == SMALL_PAGE.encode()


def test_the_same_bytes_in_two_issues_are_stored_once_and_the_editor_is_told():
    upload()
    outcome = upload(date=DAY + datetime.timedelta(days=1))
    assert "完全相同" in outcome.notices[0]
    assert SourceFile.objects.values_list("content", flat=True).distinct().count() == 1


def test_when_saving_fails_no_row_and_no_file_is_left(monkeypatch):
    written = []
    real = uploading.default_storage.save
    monkeypatch.setattr(uploading.default_storage, "save", lambda *given: written.append(real(*given)) or written[-1])

    def broken(page, user):
        raise OSError("disk full")

    monkeypatch.setattr(uploading, "enqueue_reading", broken)
    with pytest.raises(OSError, match="disk full"):
        upload(SMALL_PAGE + "只在这里印过的一行\n")
    assert not Issue.objects.exists()
    assert written
    assert not any(default_storage.exists(path) for path in written)


def test_files_with_a_folio_keep_it_and_the_others_get_what_is_free():
    files = [
        PageFile("要闻.txt", SMALL_PAGE.encode()),
        PageFile("p1.txt", SMALL_PAGE.replace("春耕", "秋收").encode()),
    ]
    outcome = upload_issue(paper="河湾日报", date=DAY, files=files)
    assert sorted((page.number, page.sources.get().name) for page in outcome.pages) == [(1, "p1.txt"), (2, "要闻.txt")]


@pytest.mark.parametrize(
    ("issue", "field"),
    [
        ({"date": datetime.date(1700, 1, 1)}, "date"),
        ({"date": datetime.date(2999, 1, 1)}, "date"),
        ({"date": DAY, "edition": 0}, "edition"),
        ({"date": DAY, "number": -3}, "number"),
        ({"date": DAY, "paper": " "}, "paper"),
    ],
)
def test_an_impossible_issue_is_refused_and_the_field_named(issue, field):
    with pytest.raises(UploadRefusedError) as refused:
        upload(**issue)
    assert refused.value.field == field
    assert not Issue.objects.exists()


def test_a_known_number_is_not_overwritten():
    upload(number=5)
    outcome = upload(SMALL_PAGE + "又一行\n", name="p2.txt", number=6)
    assert Issue.objects.get().number == 5
    assert "没有改动" in outcome.notices[0]

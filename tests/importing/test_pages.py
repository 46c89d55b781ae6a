"""Issues from files, folders and zips."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from articles.models import Article, Issue, SourceFile
from articles.services.importing import find_pages
from tests.newsprint.press import Press, bound

pytestmark = pytest.mark.django_db
PAGE = settings.BASE_DIR / "fixtures" / "pages" / "gaoxin-shibao" / "2022-10-12-1.txt"


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"


def run(*arguments):
    out, err = io.StringIO(), io.StringIO()
    call_command("import_issue", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def zipped(tmp_path, **entries):
    path = tmp_path / "issue.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def test_a_page_file_becomes_an_issue_with_its_articles():
    run(PAGE, "--date", "2022-10-12", "--paper", "河湾日报", "--number", "7")
    issue = Issue.objects.get()
    assert (issue.paper.name, issue.date.isoformat(), issue.number) == ("河湾日报", "2022-10-12", 7)
    assert Article.objects.count() == 5
    assert not Article.objects.published().exists()


def test_the_same_bytes_twice_change_nothing_and_say_so():
    run(PAGE, "--date", "2022-10-12", "--publish")
    before = list(Article.objects.values()), list(SourceFile.objects.values())
    out, _ = run(PAGE, "--date", "2022-10-12", "--publish")
    assert (list(Article.objects.values()), list(SourceFile.objects.values())) == before
    assert "已经导入过" in out
    assert "什么也没有改动" in out


def test_published_if_asked():
    run(PAGE, "--date", "2022-10-12", "--publish")
    assert Article.objects.published().count() == 5
    assert Issue.objects.get().status == Issue.Status.PUBLISHED


def test_pages_of_a_folder_get_their_numbers_from_their_names(tmp_path):
    folder = tmp_path / "issue"
    folder.mkdir()
    pages = settings.BASE_DIR / "fixtures" / "pages" / "beiyuan-xinbao"
    for name in ("2022-10-14-1.txt", "2022-10-14-2.txt"):
        shutil.copy(pages / name, folder / name)
    (folder / ".DS_Store").write_bytes(b"x")
    run(folder, "--date", "2022-10-14")
    assert list(Issue.objects.get().pages.values_list("number", flat=True)) == [1, 2]


def test_paths_that_lead_out_of_a_zip_are_refused_and_the_other_pages_read(tmp_path):
    path = zipped(
        tmp_path, **{"../../p3.txt": b"x", "/p4.txt": b"x", "__MACOSX/p5.txt": b"x", "一/p1.txt": PAGE.read_bytes()}
    )
    found = find_pages([path])
    assert [page.name for page in found.pages] == ["p1.txt"]
    assert [name for name, _ in found.refused] == ["../../p3.txt", "/p4.txt"]
    with pytest.raises(CommandError, match="没有导入"):
        run(path, "--date", "2022-10-12")
    assert Issue.objects.get().pages.get().number == 1


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = zipped(tmp_path, **{"p1.txt": b"0" * (8 * 1024 * 1024)})
    (refused,) = find_pages([path]).refused
    assert "大得不正常" in refused.message
    with pytest.raises(CommandError, match="没有导入"):
        run(path, "--date", "2022-10-12")
    assert not Issue.objects.exists()


def test_a_file_larger_than_a_source_may_be_is_refused(tmp_path, settings):
    settings.MAX_SOURCE_BYTES = 1000
    assert "超过" in find_pages([PAGE]).refused[0].message


def test_pages_are_numbered_in_order_even_in_several_parts(tmp_path):
    names = ["A02.txt", "B01.txt", "A01.txt", "B02.txt"]
    found = find_pages([zipped(tmp_path, **{name: name.encode() for name in names})])
    assert [(page.name, page.number) for page in found.pages] == [
        ("A01.txt", 1),
        ("A02.txt", 2),
        ("B01.txt", 3),
        ("B02.txt", 4),
    ]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"not a zip"])
def test_a_broken_zip_is_named_in_one_sentence(tmp_path, content):
    path = tmp_path / "issue.zip"
    path.write_bytes(content)
    assert "解不开" in find_pages([path]).refused[0].message
    with pytest.raises(CommandError, match="没有导入"):
        run(path, "--date", "2022-10-12")


def test_names_in_a_zip_from_chinese_windows_are_read(tmp_path):
    path = zipped(tmp_path, **{"XXXX.txt": PAGE.read_bytes()})
    path.write_bytes(path.read_bytes().replace(b"XXXX", "版5a".encode("gb18030")))
    assert find_pages([path]).pages[0].name == "版5a.txt"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--date", "2999-01-01"], "还没有到"),
        (["--date", "昨天"], "看不懂"),
        (["--date", "2022-10-12", "--edition", "0"], "版次"),
        (["--date", "2022-10-12", "--number", "0"], "期号"),
    ],
)
def test_a_date_or_number_that_cannot_be_is_refused_before_anything_is_written(arguments, complaint):
    with pytest.raises(CommandError, match=complaint):
        run(PAGE, *arguments)
    assert not Issue.objects.exists()


@pytest.mark.parametrize("content", [b"", b"   \n", b"\x00\x01\x02\x03" * 100])
def test_a_file_that_holds_no_text_is_refused_and_the_others_go_in(tmp_path, content):
    bad = tmp_path / "p2.txt"
    bad.write_bytes(content)
    with pytest.raises(CommandError, match="没有导入"):
        run(PAGE, bad, "--date", "2022-10-12")
    assert Issue.objects.get().pages.count() == 1
    assert Article.objects.count() == 5


def test_a_path_that_is_not_there_is_said_to_be(tmp_path):
    with pytest.raises(CommandError, match="读不了"):
        run(tmp_path / "none.txt", "--date", "2022-10-12")


def test_a_folder_without_pages_is_said_to_be_empty(tmp_path):
    with pytest.raises(CommandError, match="没有找到"):
        run(Path(tmp_path), "--date", "2022-10-12")


def test_an_issue_in_one_pdf_becomes_its_pages_and_the_same_file_again_changes_nothing(tmp_path):
    sheets = []
    for number in (3, 4):
        sheet = Press()
        sheet.line(40, 30, f"第0{number}版：综合")
        sheet.line(40, 80, f"春耕备耕之{number}", 24)
        sheet.flow(["本报讯 连日来，河湾区各乡镇组织农技人员深入田间地头。"], [(40, 90)], cells=20)
        sheets.append(sheet)
    path = tmp_path / "整期.pdf"
    path.write_bytes(bound(sheets))
    run(path, "--date", "2022-10-12")
    assert [(page.number, page.section) for page in Issue.objects.get().pages.order_by("number")] == [
        (3, "综合"),
        (4, "综合"),
    ]
    assert sorted(Article.objects.values_list("headline", flat=True)) == ["春耕备耕之3", "春耕备耕之4"]
    out, _ = run(path, "--date", "2022-10-12")
    assert "什么也没有改动" in out


def test_the_index_is_brought_up_to_date_with_a_bar(monkeypatch):
    from articles.models import OutboxEntry

    monkeypatch.setattr("articles.services.indexing.AT_ONCE", 0)
    _, err = run(PAGE, "--date", "2022-10-12", "--publish")
    assert "检索索引: 100%" in err
    assert not OutboxEntry.objects.exists()

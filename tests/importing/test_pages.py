"""Issues from files, folders and zips."""

import csv
import datetime
import hashlib
import io
import shutil
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from PIL import Image

from articles.models import Article, Issue, Page, SourceFile
from articles.services.importing import default_paper, find_pages
from articles.services.pictures import picture_paths
from articles.services.uploading import PageFile, upload_issue
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


def many(folder, pages, first=1):
    """Small pages that differ, from `first` on."""
    folder.mkdir(exist_ok=True)
    for n in range(first, first + pages):
        text = f"春耕备耕全面铺开\n\n本报讯 连日来，河湾区抢抓农时，这是第{n}版的稿件。\n记者 程望舒\n"
        (folder / f"p{n}.txt").write_text(text)


def test_many_files_end_in_a_summary_by_outcome_that_names_what_is_missing(tmp_path):
    folder = tmp_path / "issue"
    many(folder, 24)
    (folder / "p25.txt").write_bytes(b"")
    with pytest.raises(CommandError):
        run(folder, "--date", "2022-10-12", "--workers", "1")
    out, err = io.StringIO(), io.StringIO()
    many(folder, 2, first=26)
    with pytest.raises(CommandError):
        call_command("import_issue", str(folder), "--date", "2022-10-12", "--workers", "1", stdout=out, stderr=err)
    told = out.getvalue()
    assert told.count("已经导入过，没有改动") == 20 + 1
    assert "另有 4 个文件也已经导入过" in told
    assert "共 27 个文件：识读 2，已导入过 24，没有导入 1，稿件 2 篇" in told
    assert "p25.txt：“p25.txt”是空文件" in err.getvalue()
    assert "27/27" in err.getvalue()


def test_the_report_has_a_row_for_every_file_with_its_reason(tmp_path):
    folder = tmp_path / "issue"
    many(folder, 2)
    (folder / "p3.txt").write_bytes(b"\x00\x01\x02" * 50)
    report = tmp_path / "report.csv"
    with pytest.raises(CommandError, match="没有导入"):
        run(folder, "--date", "2022-10-12", "--report", report)
    rows = list(csv.reader(report.read_text("utf-8-sig").splitlines()))
    assert [row[:4] for row in rows] == [
        ["文件", "版", "结果", "篇数"],
        ["p1.txt", "1", "已识读", "1"],
        ["p2.txt", "2", "已识读", "1"],
        ["p3.txt", "3", "没有导入", "0"],
    ]
    assert "p3.txt" in rows[3][4]


def test_a_report_that_cannot_be_written_does_not_undo_the_import(tmp_path):
    with pytest.raises(CommandError, match="导入已经完成"):
        run(PAGE, "--date", "2022-10-12", "--report", tmp_path / "none" / "report.csv")
    assert Article.objects.count() == 5


def test_pages_of_an_interrupted_run_are_read_in_their_turn_and_in_parallel(tmp_path):
    """The first run took pages 2 and 3 in and was killed before their readings were saved."""
    folder = tmp_path / "issue"
    many(folder, 30)
    for n in (2, 3):
        text = (folder / f"p{n}.txt").read_bytes()
        date = datetime.date(2022, 10, 12)
        upload_issue(paper=default_paper(), date=date, files=[PageFile(f"p{n}.txt", text, n)], background=False)
    out, _ = run(folder, "--date", "2022-10-12", "--workers", "2")
    told = [line.split(" ")[0] for line in out.splitlines() if line.startswith("第")]
    assert told == [f"第{n}版" for n in range(1, 31)]
    assert SourceFile.objects.count() == Article.objects.count() == 30
    assert set(Page.objects.values_list("status", flat=True)) == {"read"}


def test_half_a_file_that_a_killed_import_left_in_the_store_is_written_anew():
    content = PAGE.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    default_storage.save(f"sources/{digest[:2]}/{digest}", ContentFile(content[:1000]))
    run(PAGE, "--date", "2022-10-12")
    with SourceFile.objects.get().content.open("rb") as kept:
        assert kept.read() == content


def test_half_a_picture_that_a_killed_import_left_is_drawn_anew(tmp_path):
    pdf = settings.BASE_DIR / "fixtures" / "pages" / "beiyuan-xinbao" / "2023-07-07-2.pdf"
    paths = picture_paths(hashlib.sha256(pdf.read_bytes()).hexdigest())
    for path in paths:
        default_storage.save(path, ContentFile(b"RIFF\xff\xff\x00\x00WEBP"))
    run(pdf, "--date", "2023-07-07")
    for path in paths:
        with default_storage.open(path) as file, Image.open(file) as picture:
            picture.load()
    assert Page.objects.get().image.name == paths[0]

"""Tables of old articles: what goes in, what is refused, and that twice is once."""

import csv
import datetime
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import Article, Issue, Mention, Page, Paper, Person
from articles.services import importing
from articles.services.importing import TableError, count_rows, import_table
from articles.services.importing.importer import BATCH
from tests.factories import PaperFactory

pytestmark = pytest.mark.django_db


def row(**more):
    return {"title": "河湾区部署春耕", "date": "2021-03-05", "body": "本报讯 会议召开。\n要抓好落实。", **more}


def jsonl(tmp_path, *rows, encoding="utf-8"):
    path = tmp_path / "old.jsonl"
    lines = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in rows]
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def table(tmp_path, *rows, header=("title", "date", "body", "page"), encoding="utf-8-sig", delimiter=","):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([header, *rows])
    path = tmp_path / "old.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def run(path, *options):
    out, err = io.StringIO(), io.StringIO()
    call_command("import_articles", str(path), *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_row_becomes_an_article_with_every_field(tmp_path):
    path = jsonl(
        tmp_path,
        row(subtitle="十条措施", kicker="春来早", page=2, section="要闻", author="记者 李述之 通讯员 程望舒"),
    )
    run(path, "--paper", "河湾日报")
    article = Article.objects.get()
    assert (article.headline, article.subtitle, article.kicker) == ("河湾区部署春耕", "十条措施", "春来早")
    assert article.paragraphs == ["本报讯 会议召开。", "要抓好落实。"]
    assert (article.page.number, article.page.section, article.date) == (2, "要闻", datetime.date(2021, 3, 5))
    assert [(b.name, b.role) for b in article.bylines.all()] == [("李述之", "记者"), ("程望舒", "通讯员")]
    assert (article.status, article.origin) == (Article.Status.DRAFT, Article.Origin.TABLE)
    assert article.content_hash == article.hash_of_content()
    assert (article.page.status, article.page.issue.status) == (Page.Status.READ, Issue.Status.READ)
    assert Paper.objects.get().name == "河湾日报"


def test_bad_rows_are_reported_by_number_and_the_rest_go_in(tmp_path):
    tomorrow = (timezone.localdate() + datetime.timedelta(days=1)).isoformat()
    path = jsonl(
        tmp_path,
        row(),
        row(title=" "),
        "{not json",
        row(title="未来", date=tomorrow),
        row(title="怪日期", date="2021年13月5日"),
        row(title="没有正文", body="\n \n"),
        '["a list"]',
        row(title="长" * 301),
        row(title="怪版号", page="头版"),
        row(title="最后一行", date="2021年3月5日"),
    )
    out, err = run(path)
    assert set(Article.objects.values_list("headline", flat=True)) == {"河湾区部署春耕", "最后一行"}
    for number in range(2, 10):
        assert f"第 {number} 行" in err
    assert "没有标题" in err
    assert "还没有到" in err
    assert "2021年13月5日" in err
    assert "新导入 2 篇" in out
    assert "跳过 8 行" in out


def test_the_same_table_twice_changes_nothing_and_says_so(tmp_path):
    path = jsonl(tmp_path, row(), row(title="另一篇"))
    run(path, "--publish")
    before = list(Article.objects.values())
    out, _ = run(path, "--publish")
    assert list(Article.objects.values()) == before
    assert "新导入 0 篇，已有 2 篇" in out


def test_a_row_that_stands_twice_in_a_file_goes_in_once(tmp_path):
    outcome = import_table(jsonl(tmp_path, row(), row(), row(page=2)))
    assert (outcome.imported, outcome.repeated) == (2, 1)


def test_drafts_of_an_earlier_run_are_published_by_a_later_one(tmp_path):
    path = jsonl(tmp_path, row())
    run(path)
    assert not Article.objects.published().exists()
    run(path, "--publish")
    assert Article.objects.published().count() == 1
    assert Issue.objects.get().status == Issue.Status.PUBLISHED


def test_new_drafts_in_a_published_issue_mean_there_is_work_again(tmp_path):
    run(jsonl(tmp_path, row()), "--publish")
    run(jsonl(tmp_path, row(title="迟到的一篇")))
    assert Issue.objects.get().status == Issue.Status.READ
    assert Article.objects.published().count() == 1


def test_an_interrupted_import_keeps_whole_batches_and_goes_on_next_time(tmp_path, monkeypatch):
    path = jsonl(tmp_path, *[row(title=f"第{n}篇") for n in range(BATCH + 20)])

    def interrupt(outcome, rows):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_table(path, recognition=False, on_batch=interrupt)
    assert Article.objects.count() == BATCH
    outcome = import_table(path, recognition=False)
    assert (outcome.imported, outcome.repeated) == (20, BATCH)
    assert Article.objects.count() == BATCH + 20
    assert list(Article.objects.order_by("position").values_list("headline", flat=True))[-1] == f"第{BATCH + 19}篇"


def test_an_interrupted_command_says_how_to_go_on(tmp_path, monkeypatch):
    def interrupted(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("articles.management.commands.import_articles.import_table", interrupted)
    with pytest.raises(SystemExit) as stopped:
        run(jsonl(tmp_path, row()))
    assert stopped.value.code == 130


def test_a_batch_that_fails_leaves_nothing_half_saved(tmp_path, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("disk full")

    monkeypatch.setattr(importing.importer, "link_articles", broken)
    with pytest.raises(RuntimeError, match="disk full"):
        import_table(jsonl(tmp_path, row()))
    assert not Article.objects.exists()
    assert not Issue.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_from_any_spreadsheet_is_read(tmp_path, encoding):
    path = table(tmp_path, ("河湾区部署春耕", "2021/3/5", "第一段。\n第二段。", "3"), encoding=encoding)
    outcome = import_table(path, recognition=False)
    assert (outcome.imported, outcome.problems) == (1, [])
    article = Article.objects.get()
    assert (article.headline, article.paragraphs) == ("河湾区部署春耕", ["第一段。", "第二段。"])
    assert article.page.number == 3


def test_csv_rows_are_counted_as_a_spreadsheet_counts_them(tmp_path):
    path = table(tmp_path, ("一", "2021-03-05", "甲\n乙", ""), ("", "2021-03-05", "丙", ""))
    outcome = import_table(path, recognition=False)
    assert [problem.row for problem in outcome.problems] == [3]
    assert count_rows(path) == 2


def test_chinese_headers_and_tabs_are_understood(tmp_path):
    path = table(tmp_path, ("一", "20210305", "甲"), header=("标题", "日期", "正文"), delimiter="\t")
    assert import_table(path, recognition=False).imported == 1


def test_nul_bytes_and_control_characters_are_taken_out(tmp_path):
    path = jsonl(tmp_path, row(title="春\x00耕\x07部署", body="一\x00段"))
    import_table(path)
    assert (Article.objects.get().headline, Article.objects.get().body) == ("春耕部署", "一段")


def test_a_row_with_bad_bytes_is_skipped_and_its_neighbours_go_in(tmp_path):
    path = tmp_path / "old.jsonl"
    good = [json.dumps(row(title=title), ensure_ascii=False).encode() for title in ("甲", "乙")]
    path.write_bytes(good[0] + b"\n" + good[1].replace("乙".encode(), b"\xff\xfe") + b"\n" + good[1])
    outcome = import_table(path, recognition=False)
    assert [problem.row for problem in outcome.problems] == [2]
    assert outcome.imported == 2


@pytest.mark.parametrize("body", [None, 3, {"a": 1}, [1, 2], ["一段", "二段"]])
def test_a_body_is_text_or_a_list_of_paragraphs(tmp_path, body):
    outcome = import_table(jsonl(tmp_path, row(body=body)), recognition=False)
    assert outcome.imported == (1 if body == ["一段", "二段"] else 0)


def test_people_organisations_and_dates_of_the_table_replace_recognition(tmp_path):
    path = jsonl(
        tmp_path,
        row(
            body="3月4日，区民政局局长程望舒来到白石社区。",
            bylines=[{"name": "李述之", "role": "记者"}],
            people=[{"name": "程望舒", "posts": ["区民政局局长"], "distinction": "民政局"}],
            organisations=[{"name": "区民政局", "surfaces": ["区民政局"]}],
            dates=[{"surface": "3月4日", "start": "2021-03-04", "end": "2021-03-04"}],
        ),
    )
    import_table(path)
    found = {(m.kind, m.surface, m.certain) for m in Mention.objects.all()}
    assert found == {("person", "程望舒", True), ("organisation", "区民政局", True), ("time", "3月4日", True)}
    assert Mention.objects.get(kind="time").precision == "day"
    assert Person.objects.get(name="程望舒").distinction == "民政局"
    assert [b.name for b in Article.objects.get().bylines.all()] == ["李述之"]


@pytest.mark.parametrize("people", ["程望舒", [1], [{"posts": []}], [{"name": "程", "posts": [1]}], [{"name": None}]])
def test_malformed_readings_are_a_bad_row(tmp_path, people):
    outcome = import_table(jsonl(tmp_path, row(people=people), row(title="好的一行")))
    assert [problem.row for problem in outcome.problems] == [1]
    assert outcome.imported == 1


def test_recognition_runs_unless_left_out(tmp_path):
    body = "本报讯 3月4日，区民政局局长程望舒主持会议并讲话。"
    run(jsonl(tmp_path, row(body=body)), "--no-recognition")
    assert not Mention.objects.exists()
    run(jsonl(tmp_path, row(body=body, title="再来一篇")))
    assert Mention.objects.filter(kind="person", surface="程望舒").exists()


def test_without_a_name_rows_go_to_the_only_paper(tmp_path):
    PaperFactory(name="河湾日报")
    import_table(jsonl(tmp_path, row()))
    assert Article.objects.get().page.issue.paper.name == "河湾日报"


def test_a_row_that_names_its_paper_goes_there(tmp_path):
    import_table(jsonl(tmp_path, row(paper="山城新闻")), paper="河湾日报")
    assert Paper.objects.get().name == "山城新闻"


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("old.xlsx", b"PK", "不是 .jsonl 或 .csv"),
        ("old.csv", b"a,b\n1,2\n", "表头缺少"),
        ("old.csv", b"", "表头缺少"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(tmp_path, name, content, complaint):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CommandError, match=complaint):
        run(path)


def test_a_file_that_is_not_there_is_said_to_be(tmp_path):
    with pytest.raises(TableError, match="读不了"):
        import_table(tmp_path / "none.jsonl")


def test_a_table_without_one_good_row_ends_with_status_one(tmp_path):
    with pytest.raises(SystemExit) as ended:
        run(jsonl(tmp_path, row(title="")))
    assert ended.value.code == 1

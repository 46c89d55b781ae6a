"""Suggestions while typing: characters, pinyin, initials; people, bodies by any of their names, headlines."""

import pytest

from articles.models import Article, Byline, Mention, OrganisationName, PersonName, ShortForm
from articles.search import suggest
from articles.services.linking import speak_names
from tests.factories import ArticleFactory, OrganisationFactory, PersonFactory
from tests.indexed import rebuild
from tests.search.archive import build

pytestmark = pytest.mark.django_db


def person(name, *, articles=1, published=True, **fields):
    record = PersonFactory.build(name=name, **fields)
    speak_names(record)
    record.save()
    for _ in range(articles):
        article = ArticleFactory(published=published)
        Mention.objects.create(article=article, kind="person", surface=name, person=record, certain=True)
    return record


def body(name, *others, published=True):
    record = OrganisationFactory.build(name=name)
    speak_names(record)
    record.save()
    for other in others:
        OrganisationName.objects.create(organisation=record, name=other)
    article = ArticleFactory(published=published)
    Mention.objects.create(article=article, kind="organisation", surface=name, organisation=record, certain=True)
    return record


def names(typed, **more):
    return [one.text for one in suggest(typed, **more) if one.kind != "article"]


@pytest.fixture
def archive():
    archive = build()
    person("翟志恒")
    person("单永康")
    person("仇海生")
    person("张宏俊", articles=3)
    body("蓝海高新区税务局", "高税局")
    body("高新区图书馆")
    rebuild()
    return archive


@pytest.mark.parametrize(
    "typed", ["翟", "翟志", "zhai", "zhaizhi", "zhai zhi heng", "Zhai Zhiheng", "zzh", "ｚｚｈ", "zhai'zhi"]
)
def test_person_is_found_by_characters_pinyin_and_initials(archive, typed):
    assert "翟志恒" in names(typed)


@pytest.mark.parametrize(
    ("typed", "name"), [("shan", "单永康"), ("syk", "单永康"), ("qiu", "仇海生"), ("張紅", "张红军")]
)
def test_surnames_are_read_as_surnames_and_traditional_as_simplified(archive, typed, name):
    assert name in names(typed)


@pytest.mark.parametrize("typed", ["蓝海高新", "高新", "gaoxin", "gxqsw", "高税", "gaoshui", "gsj", "税务局"])
def test_body_is_found_by_any_of_its_names_from_any_character(archive, typed):
    assert "蓝海高新区税务局" in names(typed)


def test_short_form_of_the_district_finds_its_body(archive):
    rest = body("河湾区人大常委会")
    ShortForm.objects.create(paper=archive.papers[0], short="区人大", organisation=rest)
    assert names("区人大") == ["河湾区人大常委会"]
    assert names("qrd") == ["河湾区人大常委会"]


def test_what_begins_so_comes_first_then_what_is_printed_most(archive):
    assert names("高新")[0] == "高新区图书馆"
    assert names("zhj")[:2] == ["张宏俊", "张红军"]


def test_other_name_of_a_person_leads_to_the_person(archive):
    PersonName.objects.create(person=archive.red, name="红旗手")
    assert [(one.text, one.query) for one in suggest("红旗手")] == [("张红军", "张红军")]


@pytest.mark.parametrize(
    ("typed", "headline"),
    [
        ("义诊", "市第六人民医院开展义诊"),
        ("六人民", "市第六人民医院开展义诊"),
        ("部署秋", "河湾区部署秋冬季防汛备汛"),
        ("防汛 河湾", "河湾区部署秋冬季防汛备汛"),
        ("ＧＤＰ同", "ＧＤＰ同比增长９．２％"),
        ("營商環境", "张红军调研营商环境"),
    ],
)
def test_headline_is_found_by_what_stands_in_it(archive, typed, headline):
    assert headline in [one.text for one in suggest(typed) if one.kind == "article"]


def test_headlines_that_print_other_words_in_between_are_not_suggested(archive):
    assert [one.text for one in suggest("防汛河湾") if one.kind == "article"] == []


def test_newest_headlines_come_first(archive):
    found = [one.text for one in suggest("新能源") if one.kind == "article"]
    assert found == ["华瀚新能源、联动天翼签订协议", "华瀚新能源储能电池下线", "联动天翼新能源电池项目在河湾开工"]


def test_names_and_headlines_of_drafts_never_come_up(archive):
    person("甄不见", published=False)
    body("甄不见工作室", published=False)
    ArticleFactory(headline="甄不见的草稿")
    signer = person("甄署名", articles=0, has_profile=False)
    Byline.objects.create(article=archive.draft, name="甄署名", role="记者", person=signer)
    rebuild()
    for typed in ("甄", "zhen", "zbj", "甄不见的"):
        assert suggest(typed) == ()


def test_a_name_goes_with_the_last_article_that_printed_it(archive):
    assert "单永康" in names("shan")
    Article.objects.filter(mentions__person__name="单永康").update(status="withdrawn", withdrawn_at="2022-01-01T00:00Z")
    assert "单永康" not in names("shan")


def test_merged_record_is_suggested_as_the_one_that_lives_on(archive):
    old = person("张虹军")
    old.merged_into = archive.red
    old.save()
    assert [(one.text, one.record) for one in suggest("张虹")] == [("张红军", archive.red.pk)]


def test_a_person_without_page_is_suggested_only_as_a_signer(archive):
    assert names("孙庆") == ["孙庆辉"]
    assert names("王朝阳") == []


@pytest.mark.parametrize("typed", ["", " ", "的", "'", "%", "_", "\x00", "\ud800", "字" * 500, "*", "¡", '"'])
def test_odd_input_suggests_without_error(archive, typed):
    assert isinstance(suggest(typed), tuple)


def test_no_more_than_asked_for(archive):
    assert len(suggest("z", limit=2)) == 2
    assert suggest("z", limit=0) == ()

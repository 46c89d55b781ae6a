"""The translation catalogue is compiled and held complete without gettext."""

import gettext

import pytest

from newsarchive import catalogues

HEADER = 'msgid ""\nmsgstr "POT-Creation-Date: 2026-01-05 08:00+0800\\nContent-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=n != 1;\\n"\n\n'


@pytest.fixture
def project(tmp_path):
    """A project with one template, one module and a catalogue to be filled in."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text(
        "{% load i18n %}{% translate '检索' %}\n{% blocktranslate count n=n %}{{ n }} 篇{% plural %}{{ n }} 篇{% endblocktranslate %}"
    )
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.py").write_text('_("报纸")\npgettext("月", "五月")\n')
    (tmp_path / "locale" / "en" / "LC_MESSAGES").mkdir(parents=True)

    def with_catalogue(text):
        (tmp_path / "locale" / "en" / "LC_MESSAGES" / "django.po").write_text(HEADER + text)
        return tmp_path

    return with_catalogue


COMPLETE = """
msgid "检索"
msgstr "Search"

msgid "%(n)s 篇"
msgid_plural "%(n)s 篇"
msgstr[0] "%(n)s article"
msgstr[1] "%(n)s articles"

msgid "报纸"
msgstr "Paper"

msgctxt "月"
msgid "五月"
msgstr "May"
"""


def test_complete_catalogue_passes(project):
    assert catalogues.shortcomings(project(COMPLETE)) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (('msgstr "Search"', 'msgstr ""'), "templates/a.html:1: '检索' has no English"),
        (('msgid "报纸"', 'msgid "报"'), "articles/a.py:1: '报纸' is not in the catalogue"),
        (('msgid "检索"', '#, fuzzy\nmsgid "检索"'), "templates/a.html:1: '检索' is marked fuzzy"),
        (('msgstr[1] "%(n)s articles"', 'msgstr[1] ""'), "has no English"),
        (('msgctxt "月"\n', ""), "articles/a.py:2: '五月' is not in the catalogue"),
    ],
)
def test_what_is_missing_is_named_with_its_place(change, complaint, project):
    found = catalogues.shortcomings(project(COMPLETE.replace(*change)))
    assert len(found) == 1
    assert complaint in found[0]


def test_update_adds_and_drops_but_translates_nothing(project):
    root = project(COMPLETE.replace('"报纸"', '"旧词"'))
    catalogues.update(root)
    written = (root / "locale" / "en" / "LC_MESSAGES" / "django.po").read_text()
    assert 'msgid "报纸"\nmsgstr ""' in written
    assert "旧词" not in written
    assert 'msgstr "Search"' in written


def test_update_without_new_strings_changes_nothing(project):
    path = project(COMPLETE) / "locale" / "en" / "LC_MESSAGES" / "django.po"
    catalogues.update(path.parents[3])
    first = path.read_text()
    catalogues.update(path.parents[3])
    assert path.read_text() == first


def test_compiled_catalogue_translates(project):
    root = project(COMPLETE)
    assert len(catalogues.compile_all(root / "locale")) == 1
    assert catalogues.compile_all(root / "locale") == []
    translations = gettext.translation("django", root / "locale", ["en"])
    assert translations.gettext("检索") == "Search"
    assert translations.ngettext("%(n)s 篇", "%(n)s 篇", 2) == "%(n)s articles"

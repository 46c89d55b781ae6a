"""The check for inline code finds it."""

import pytest

from tests.house.strictness import looseness


@pytest.mark.parametrize(
    "page",
    [
        "<script>alert(1)</script>",
        "<style>p { color: red }</style>",
        '<p style="color: red">',
        '<p onclick="go()">',
        '<a href="JavaScript:go()">',
        '<img src="data:image/png;base64,xx">',
        '<script src="https://cdn.example/htmx.js"></script>',
        '<link rel="stylesheet" href="//cdn.example/a.css">',
    ],
)
def test_each_inline_or_foreign_thing_is_found(page):
    assert len(looseness(page)) == 1


def test_a_page_with_files_of_its_own_passes():
    page = '<link rel="stylesheet" href="/static/a.css"><script src="/static/a.js" defer></script><a href="/x/">x</a>'
    assert looseness(page) == []

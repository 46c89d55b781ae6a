"""How sure an article is said to be."""

from __future__ import annotations

import pytest

from articles.newsprint.reconstruction.confidence import confidence, weights


@pytest.mark.parametrize("doubt", sorted(set(weights()) - {"sure"}))
def test_a_doubt_never_makes_an_article_surer(doubt: str) -> None:
    none = dict.fromkeys(weights(), 0.0) | {"sure": 1.0}
    assert confidence(none | {doubt: 1.0}) <= confidence(none)


def test_an_article_without_a_doubt_is_nearly_certain() -> None:
    assert confidence(dict.fromkeys(weights(), 0.0) | {"sure": 1.0}) > 0.95

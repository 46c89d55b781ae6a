"""Parsers run apart: what they take is limited, what they answer is only values, and their end is only theirs."""

from __future__ import annotations

import os

import pytest

from articles.newsprint.extraction.sandbox import Limits, read_apart
from articles.newsprint.values import ReadingError, SourceLine

HOSTILE = "tests.newsprint.hostile"
TIGHT = Limits(memory=300, cpu=1, wall=20, result=1)


def test_a_parser_answers_with_values() -> None:
    lines = read_apart(HOSTILE, "reads", "甲".encode(), "p1.txt", 7)
    assert lines == (SourceLine(1, "甲"), SourceLine(2, "p1.txt"), SourceLine(3, "(7,)"))


def test_what_a_parser_refuses_comes_back_as_its_sentence() -> None:
    with pytest.raises(ReadingError, match=r"“p1.txt”坏了。") as refused:
        read_apart(HOSTILE, "refuses", b"", "p1.txt")
    assert refused.value.code == "broken"


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        ("breaks", "parser-died"),
        ("aborts", "parser-died"),
        ("hoards", "too-much-memory"),
        ("spins", "too-slow"),
        ("babbles", "too-much-output"),
        ("writes", "too-much-output"),
        ("traps", "parser-died"),
    ],
)
def test_a_parser_that_goes_wrong_ends_alone_with_one_sentence(deed: str, code: str) -> None:
    with pytest.raises(ReadingError) as refused:
        read_apart(HOSTILE, deed, b"x", "p1.pdf", limits=TIGHT)
    assert refused.value.code == code
    assert refused.value.message.startswith("“p1.pdf”")
    assert "\n" not in refused.value.message


def test_a_parser_that_never_answers_is_ended() -> None:
    with pytest.raises(ReadingError) as refused:
        read_apart(HOSTILE, "waits", b"x", "p1.pdf", limits=Limits(wall=1))
    assert refused.value.code == "too-slow"


def test_what_a_parser_prints_is_not_taken_for_its_answer() -> None:
    assert read_apart(HOSTILE, "prints", b"", "p1.pdf") == "answer"


def test_a_parser_sees_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSARCHIVE_SECRET_KEY", "secret")
    monkeypatch.setenv("DATABASE_URL", "postgres://user:secret@host/archive")
    seen = read_apart(HOSTILE, "environment", b"", "p1.pdf")
    assert "PATH" in os.environ
    assert "secret" not in repr(seen)


def test_a_parser_tells_how_far_it_is_and_is_ended_when_nobody_wants_it_any_more() -> None:
    class NotWantedError(Exception):
        pass

    heard = []

    def hear(done: int, total: int) -> None:
        heard.append((done, total))
        if done == 3:
            raise NotWantedError

    with pytest.raises(NotWantedError):
        read_apart(HOSTILE, "counts", b"", "p1.jpg", limits=Limits(wall=60), on_progress=hear)
    assert heard[-1] == (3, 8)
    assert set(heard[:-1]) <= {(0, 0), (1, 8), (2, 8)}

"""Strings are found where they stand and nowhere else: in long texts, rare characters, and after a segment was taken over."""

import random

import numpy as np
import pytest

from articles.search.engines.whoosh import string_writer
from articles.search.engines.whoosh.storage import MappedStorage
from articles.search.engines.whoosh.string_writer import GatheredStrings
from articles.search.engines.whoosh.strings import ROW, Strings

ALPHABET = "能源电池储下線a1，。\U00020000"


def written(storage, gathered, name="MAIN_a.str"):
    with storage.create_file(name) as file:
        gathered.write(file)
    return Strings(storage.open_unmapped(name))


def gathered_of(documents):
    gathered = GatheredStrings()
    for number, parts in enumerate(documents):
        gathered.put(number, parts)
    return gathered


def strings_of(tmp_path, documents):
    return written(MappedStorage(str(tmp_path)), gathered_of(documents))


def scan(documents, text, *, in_headline=False):
    return [
        number
        for number, parts in enumerate(documents)
        if any(text in part for part in (parts[:1] if in_headline else parts))
    ]


def made_up(count, draw):
    return [
        tuple("".join(draw.choices(ALPHABET, k=draw.randrange(0, 30))) for _ in range(draw.randrange(1, 5)))
        for _ in range(count)
    ]


def check(strings, documents, draw):
    for _ in range(300):
        part = draw.choice([part for parts in documents for part in parts if part])
        start = draw.randrange(len(part))
        text = part[start : start + draw.randrange(1, 9)] + draw.choice(["", "", draw.choice(ALPHABET)])
        for in_headline in (False, True):
            found = strings.holding(text, in_headline=in_headline).tolist()
            assert found == scan(documents, text, in_headline=in_headline)


def test_strings_of_any_length_are_those_of_a_scan(tmp_path):
    draw = random.Random(5)
    documents = made_up(60, draw)
    check(strings_of(tmp_path, documents), documents, draw)


def test_sorting_in_parts_and_more_characters_than_16_bits_number_make_the_same_file(tmp_path, monkeypatch):
    documents = made_up(60, random.Random(5))
    strings_of(tmp_path, documents)
    before = (tmp_path / "MAIN_a.str").read_bytes()
    monkeypatch.setattr(string_writer, "_AT_ONCE", 50)
    strings_of(tmp_path, documents)
    assert (tmp_path / "MAIN_a.str").read_bytes() == before
    monkeypatch.setattr(string_writer, "_NARROW", 3)
    strings_of(tmp_path, documents)
    assert (tmp_path / "MAIN_a.str").read_bytes() == before


def test_string_across_the_rows_of_a_long_text_is_found(tmp_path):
    long = ("标题", "月" * (ROW - 6) + "能源电池储能下线" + "季" * ROW, "能源")
    documents = [("能源电池",), long, ("储能", "电池储能"), ("源电", "标题")]
    strings = strings_of(tmp_path, documents)
    for text in ("能源电池储能下线", "电池储能", "月能", "线季", "能源电池", "标题", "题", "季", "能源储能"):
        assert strings.holding(text, in_headline=False).tolist() == scan(documents, text)
        assert strings.holding(text, in_headline=True).tolist() == scan(documents, text, in_headline=True)


def test_segments_taken_over_hold_what_stays(tmp_path):
    draw = random.Random(8)
    storage = MappedStorage(str(tmp_path))
    first = [*made_up(20, draw), ("月", "能源" * ROW), *made_up(3, draw)]
    second = made_up(20, draw)
    gathered = GatheredStrings()
    staying = []
    for name, documents in (("MAIN_b.str", first), ("MAIN_c.str", second)):
        kept = [number for number in range(len(documents)) if number % 3]
        numbers = np.full(len(documents), -1)
        numbers[kept] = np.arange(len(staying), len(staying) + len(kept))
        gathered.take_over(written(storage, gathered_of(documents), name), numbers)
        staying += [documents[number] for number in kept]
    gathered.put(len(staying), ("新增能源",))
    staying.append(("新增能源",))
    strings = written(storage, gathered)
    check(strings, staying, draw)
    with storage.open_file("MAIN_a.str") as file:
        assert file.mapped[:] == _afresh(storage, staying)


def _afresh(storage, documents):
    written(storage, gathered_of(documents), "MAIN_d.str")
    with storage.open_file("MAIN_d.str") as file:
        return file.mapped[:]


def test_empty_string_and_empty_segment_hold_nothing(tmp_path):
    assert strings_of(tmp_path, []).holding("能源", in_headline=False).tolist() == []
    strings = strings_of(tmp_path, [("", "")])
    assert strings.holding("", in_headline=False).tolist() == []
    assert strings.holding("能", in_headline=True).tolist() == []


def test_more_rows_than_a_place_can_tell_are_refused(monkeypatch):
    monkeypatch.setattr(string_writer, "_MOST_ROWS", 2)
    gathered = GatheredStrings()
    gathered.put(0, ("月", "季" * ROW))
    with pytest.raises(OverflowError):
        gathered.put(1, ("月",))

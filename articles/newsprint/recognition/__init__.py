"""Recognition: an article draft in, the people with their posts, the organisations and the dates it prints out."""

from .almanac import Occasion, built_in_occasions, table_with
from .dates import dates_in
from .feasts import Days, Events, Feast, built_in_events, feast_of
from .pinyin import NamePinyin, name_pinyin
from .posts import is_public_post, split_post
from .recogniser import Profile, recognise, recognise_text

__all__ = [
    "Days",
    "Events",
    "Feast",
    "NamePinyin",
    "Occasion",
    "Profile",
    "built_in_events",
    "built_in_occasions",
    "dates_in",
    "feast_of",
    "is_public_post",
    "name_pinyin",
    "recognise",
    "recognise_text",
    "split_post",
    "table_with",
]

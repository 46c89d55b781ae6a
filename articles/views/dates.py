"""Days in addresses."""

from __future__ import annotations

import datetime
import re

from django.utils.translation import gettext as _

from .errors import NotInArchiveError

_LEAP_YEAR = 2000  # has every day that a calendar can have


def day_in_address(text: str) -> datetime.date:
    """2022-10-12 as a day; anything else is not in the archive, with a sentence why."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise NotInArchiveError(_("“%(text)s”不是日期。请写成 2022-10-12 这样。") % {"text": text[:20]})
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise NotInArchiveError(_("日历上没有 %(text)s 这一天。") % {"text": text}) from None


def month_and_day_in_address(text: str) -> datetime.date:
    """10-12 as that day of a leap year."""
    if not re.fullmatch(r"[0-9]{2}-[0-9]{2}", text):
        raise NotInArchiveError(_("“%(text)s”不是几月几日。请写成 10-12 这样。") % {"text": text[:20]})
    return day_in_address(f"{_LEAP_YEAR}-{text}")

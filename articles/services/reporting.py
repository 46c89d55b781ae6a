"""Readers tell of errors, editors settle them."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import ReaderReport

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MOST_A_DAY = 200  # reports that wait; more are a flood, not readers
_DAY = datetime.timedelta(days=1)


class ReportRefusedError(ValueError):
    """A report that is not taken; the message says why."""


def report_error(address: str, text: str, contact: str) -> ReaderReport:
    """Note what a reader says is wrong with a page. Raises ReportRefusedError."""
    address, text, contact = (part.replace("\0", "").strip() for part in (address, text, contact))
    if not text:
        raise ReportRefusedError(_("请写明哪里不对。"))
    if len(text) > 1000 or len(contact) > 100:
        raise ReportRefusedError(_("太长了，请写在 1000 字以内，联系方式 100 字以内。"))
    if ReaderReport.objects.waiting().filter(created_at__gte=timezone.now() - _DAY).count() >= MOST_A_DAY:
        raise ReportRefusedError(_("今天收到的太多，请明天再来。"))
    report: ReaderReport = ReaderReport.objects.create(address=address[:200], text=text, contact=contact)
    return report


def settle_report(report: ReaderReport, actor: User) -> None:
    """Dealt with; twice is the same as once."""
    if report.settled_at is None:
        report.settled_at, report.settled_by = timezone.now(), actor
        report.save(update_fields=["settled_at", "settled_by"])

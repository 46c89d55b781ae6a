"""Writing down what is no decision on a page's text, so that the log holds everything that was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.utils.translation import gettext as _

from articles.models import Decision

if TYPE_CHECKING:
    from articles.models import Article, Page


def write_down(
    kind: Decision.Kind, user: User | None, reason: str, *, page: Page | None = None, article: Article | None = None
) -> Decision:
    """One line of the log."""
    return Decision.objects.create(kind=kind, actor=user, reason=reason[:500], page=page, article=article)


def watch_the_door() -> None:
    """From now on whoever signs in or out, or is refused, is in the log."""
    user_logged_in.connect(_signed_in, dispatch_uid="log")
    user_logged_out.connect(_signed_out, dispatch_uid="log")
    user_login_failed.connect(_shut_out, dispatch_uid="log")


def _signed_in(user: User, **kwargs: Any) -> None:
    write_down(Decision.Kind.SIGNED_IN, user, "")


def _signed_out(user: User | None, **kwargs: Any) -> None:
    if user is not None:
        write_down(Decision.Kind.SIGNED_OUT, user, "")


def _shut_out(credentials: dict[str, Any], **kwargs: Any) -> None:
    # A name that nobody has may be a password typed into the wrong field, so it is not kept.
    name = str(credentials.get("username") or "")
    known = User.objects.filter(username=name[:150]).exists()
    write_down(Decision.Kind.SHUT_OUT, None, name if known else _("没有这个账号"))

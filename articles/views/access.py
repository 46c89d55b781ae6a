"""Doors: who may see a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import user_passes_test
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from articles.models import is_administrator, is_editor, is_staff

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import AbstractUser, AnonymousUser
    from django.http import HttpRequest, HttpResponseBase

# Open to strangers even where the archive is for members: signing in, its look, and the machine's own checks.
ALWAYS_OPEN = ("/accounts/login/", "/accounts/welcome/", "/static/", "/healthz", "/readyz", "/i18n/", "/preferences/")


class MembersOnlyMiddleware:
    """With NEWSARCHIVE_ACCESS=members everything but the login page asks for an account."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let members and open addresses through, send others to the login page."""
        closed = settings.ACCESS == "members" and not request.user.is_authenticated
        if closed and not request.path.startswith(ALWAYS_OPEN):
            if request.path.startswith("/api/"):
                return _sign_in_first()
            return redirect_to_login(request.get_full_path())
        return self.get_response(request)


def _sign_in_first() -> HttpResponse:
    """A program is told so (RFC 9457); the login page would look to it like an answer."""
    shape = {"type": "about:blank", "title": "Unauthorized", "status": 401, "detail": _("本档案只供成员使用，请先登录")}
    headers = {"WWW-Authenticate": "Session"}
    return JsonResponse(
        shape,
        status=401,
        headers=headers,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )


def _signed_in_with(check: Callable[[AbstractUser | AnonymousUser], bool]) -> Callable[[object], bool]:
    def passes(user: AbstractUser | AnonymousUser) -> bool:
        if check(user):
            return True
        if user.is_authenticated:
            raise PermissionDenied
        return False

    return passes  # type: ignore[return-value]


# Strangers are sent to the login page; who is signed in without the role gets 403.
editor_required = user_passes_test(_signed_in_with(is_editor))
administrator_required = user_passes_test(_signed_in_with(is_administrator))
staff_required = user_passes_test(_signed_in_with(is_staff))

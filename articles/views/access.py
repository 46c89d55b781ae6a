"""Doors: who may see a page."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib.auth.decorators import user_passes_test
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from articles.models import is_administrator, is_editor, is_staff
from articles.views.keeping import sign_in_and_keep

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from django.contrib.auth.models import AbstractUser, AnonymousUser
    from django.http import HttpRequest, HttpResponseBase

    View = TypeVar("View", bound=Callable[..., HttpResponseBase])

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


def _door(check: Callable[[AbstractUser | AnonymousUser], bool]) -> Callable[[View], View]:
    """Strangers are sent to the login page, and what they typed goes with them; who is signed in without the role gets
    403."""

    def with_door(view: View) -> View:
        guarded = user_passes_test(_signed_in_with(check))(view)

        @wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                if request.method == "POST":
                    return sign_in_and_keep(request)
                if "HX-Request" in request.headers:
                    return _part_for_nobody(request)
            return guarded(request, *args, **kwargs)

        return cast("View", door)

    return with_door


def _part_for_nobody(request: HttpRequest) -> HttpResponse:
    """A part of a page that is asked for again and again: the login page would be put in its place. The page is loaded
    anew instead, which leads there; only who else is at a page's desk can wait until its editor does something."""
    wait = request.path.endswith("/present/")
    return HttpResponse(status=401, headers={} if wait else {"HX-Refresh": "true"})


editor_required = _door(is_editor)
administrator_required = _door(is_administrator)
staff_required = _door(is_staff)

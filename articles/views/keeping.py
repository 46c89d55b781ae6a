"""Signing in without losing what was typed: a form that came too late is kept on the pages in between and sent again.

A session ends (two weeks, a new password, an account switched off) while somebody types, or they sign in anew in another
window. Nothing is stored meanwhile: the fields travel in the login form itself. They are taken only from a form of this
site, so nobody else can have a form sent in an editor's name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.shortcuts import render
from django.urls import resolve
from django.urls.exceptions import Resolver404

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, HttpResponseBase

_PREFIX = "kept-"
_OWN = "csrfmiddlewaretoken"
_SECRETS = "password"  # in the names of fields: old_password, new_password1


class Door(LoginView):
    """The login page. Whoever had typed something finds it again, ready to be sent."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the fields that came along."""
        return super().get_context_data(**kwargs) | {"kept": _kept(self.request)}

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Signed in; what was typed is shown before it is sent."""
        answer = super().form_valid(form)
        kept, to = _kept(self.request), self.get_redirect_url()
        if not kept or not _leads_somewhere(to):
            return answer
        return send_again(self.request, to, [(name.removeprefix(_PREFIX), value) for name, value in kept])


def sign_in_and_keep(request: HttpRequest) -> HttpResponseBase:
    """The login page in place of an answer to a form; the form's fields are in it."""
    kept = [(_PREFIX + name, value) for name, value in _typed(request)]
    form = AuthenticationForm(request)
    context = {"form": form, "next": request.get_full_path(), "kept": kept, "late": True, "files": bool(request.FILES)}
    return render(request, "registration/login.html", context, status=401)


def send_again(
    request: HttpRequest, to: str, fields: list[tuple[str, str]] | None = None, *, status: int = 200
) -> HttpResponse:
    """What was typed, with a button that sends it to where it was meant for; by default the form that has just come."""
    context = {"to": to, "fields": _typed(request) if fields is None else fields, "files": bool(request.FILES)}
    return render(request, "registration/send_again.html", context, status=status)


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this very site sent the form."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """All but passwords, which no page may show: whoever sends the form again types them again."""
    told = {name: values for name, values in request.POST.lists() if name != _OWN and _SECRETS not in name}
    return [(name, value) for name, values in told.items() for value in values]


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, value in _typed(request) if name.startswith(_PREFIX)]


def _leads_somewhere(address: str) -> bool:
    try:
        resolve(urlsplit(address).path)
    except Resolver404:
        return False
    return bool(address)

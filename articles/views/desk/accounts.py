"""Accounts, for administrators: invite, change a role, stop an account, hand out a new link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordResetConfirmView
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.forms import InvitationForm
from articles.models import ROLE_NAMES
from articles.services import accounts as service
from articles.services.accounts import AccountRefusedError
from articles.views.access import administrator_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from articles.views.desk.editors import EditorRequest


@administrator_required
def accounts(request: EditorRequest) -> HttpResponse:
    """Everybody, and an invitation."""
    form = InvitationForm(request.POST or None)
    link, invited, status = "", None, 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            invited = service.invite(data["username"], data["name"], data["role"], request.user)
        except AccountRefusedError as refusal:
            form.add_error(refusal.field or None, refusal.message)
        else:
            link, form = request.build_absolute_uri(service.welcome_path(invited)), InvitationForm()
    if form.errors:
        status = 422
    return render(
        request, "desk/accounts.html", _list() | {"form": form, "link": link, "invited": invited}, status=status
    )


@administrator_required
@require_POST
def account(request: EditorRequest, pk: int) -> HttpResponse:
    """One account: its role, whether it may come in, a new link."""
    user = get_object_or_404(User, pk=pk)
    try:
        if "link" in request.POST:
            link = request.build_absolute_uri(service.new_link(user, request.user))
            context = _list() | {"form": InvitationForm(), "link": link, "invited": user}
            return render(request, "desk/accounts.html", context)
        if "active" in request.POST:
            service.set_active(user, request.POST["active"] == "1", request.user)
        else:
            service.set_role(user, request.POST.get("role", ""), request.user)
    except AccountRefusedError as refusal:
        context = _list() | {"form": InvitationForm(), "problem": refusal.message}
        return render(request, "desk/accounts.html", context, status=409)
    messages.success(request, _("%(who)s 的账号已改") % {"who": user.get_username()})
    return redirect("articles:desk-accounts")


class WelcomeView(PasswordResetConfirmView):
    """Whoever was invited sets a password here; the link works once."""

    template_name = "registration/welcome.html"
    success_url = reverse_lazy("login")


def _list() -> dict[str, Any]:
    rows = [(user, service.role_of(user)) for user in service.accounts()]
    return {"rows": rows, "roles": list(ROLE_NAMES.items())}

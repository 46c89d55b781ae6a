"""All addresses: the archive's own, the admin, signing in and out, and the switch of language."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

from articles.views.keeping import Door

urlpatterns = [
    path("admin/", admin.site.urls),
    # No reset by mail: an archive on an intranet has no mail server, an administrator sets a new password.
    path("accounts/login/", Door.as_view(), name="login"),
    path("accounts/logout/", auth.LogoutView.as_view(), name="logout"),
    path("accounts/password_change/", auth.PasswordChangeView.as_view(), name="password_change"),
    path("accounts/password_change/done/", auth.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("articles.urls")),
]
handler400 = "articles.views.errors.bad_request"
handler403 = "articles.views.errors.forbidden"
handler404 = "articles.views.errors.not_found"
handler500 = "articles.views.errors.server_error"

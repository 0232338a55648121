"""Accounts: who signs in, under the name that the history keeps."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm

from issues.user import User


class AccountChangeForm(UserChangeForm):
    """An account as it is."""

    class Meta(UserChangeForm.Meta):
        model = User


class AccountCreationForm(AdminUserCreationForm):
    """A new account."""

    class Meta(AdminUserCreationForm.Meta):
        model = User


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Django's own, with one name for a person."""

    form, add_form = AccountChangeForm, AccountCreationForm
    list_display = ("username", "name", "email", "is_active", "is_staff")
    search_fields = ("username", "name", "email")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("name", "email")}),
        (
            "Permissions",
            {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")},
        ),
        ("Important dates", {"fields": ("last_login", "date_joined")}),
    )

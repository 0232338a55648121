"""Accounts: who signs in, under the name that the history keeps."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from issues.user import User


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Django's own, with one name for a person."""

    list_display = ("username", "name", "email", "is_active", "is_staff")
    search_fields = ("username", "name", "email")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("name", "email")}),
        ("Permissions", {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        ("Important dates", {"fields": ("last_login", "date_joined")}),
    )

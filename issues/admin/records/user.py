"""Accounts: who signs in, under the name that the history keeps."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest

from issues.actions.accounts.close import take_factors
from issues.admin.base.inline import with_zone
from issues.user import User


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Django's own, with one name for a person."""

    list_display = ("username", "name", "email", "is_active", "is_staff")
    search_fields = ("username", "name", "email")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("name", "email", "time_zone")}),
        ("Permissions", {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        ("Important dates", {"fields": ("last_login", "date_joined")}),
    )
    actions = ("take_second_factors",)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """A field that says beside a time in which zone it is read."""
        return with_zone(super().formfield_for_dbfield(db_field, request, **kwargs))

    @admin.action(description="Take the second factors that were lost", permissions=["change"])
    def take_second_factors(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Let people set up others; what was done stands in the log of each."""
        for user in queryset:
            take_factors(user)
            self.log_change(request, user, "Took the second factors.")
        messages.success(request, "They sign in by password alone now, and set up other factors.")

"""The admin, made for researchers: each file registers the records of one concept."""

from django.contrib import admin

from issues.admin.position import admin as position
from issues.admin.records import (
    actor,
    change_set,
    issue,
    merge_proposal,
    process,
    scenario,
    source,
    summit,
    user,
)

admin.site.site_header = "Redlines"
admin.site.site_title = "Redlines"
admin.site.index_title = "Everything on record"

__all__ = [
    "actor",
    "change_set",
    "issue",
    "merge_proposal",
    "position",
    "process",
    "scenario",
    "source",
    "summit",
    "user",
]

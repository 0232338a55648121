"""The roles: Viewers read, Researchers record and correct, Editors delete as well.

The permissions are made here too, because Django makes them only after all migrations. Running it again adds
what is missing and takes nothing away.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

RECORDS = (
    "process",
    "place",
    "actor",
    "membership",
    "participation",
    "person",
    "office",
    "track",
    "issue",
    "option",
    "summit",
    "attendance",
    "event",
    "eventissue",
    "source",
    "snapshot",
    "statement",
    "signatory",
    "position",
    "positionlink",
    "outcome",
    "evidence",
    "scenarioset",
    "scenario",
    "scenariooutcome",
    "citation",
    "signpost",
    "judgement",
)
REMOVED_WHILE_RECORDING = (
    "evidence",
    "positionlink",
    "signatory",
    "attendance",
    "eventissue",
    "membership",
    "scenariooutcome",
    "citation",
    "signpost",
    "judgement",
)

# An assessment is given and read, by nobody changed or deleted.
VIEW = [*(f"view_{record}" for record in RECORDS), "view_changeset", "view_assessment"]
RECORD = [*(f"{verb}_{record}" for record in RECORDS for verb in ("add", "change")), "add_assessment"]
# Releases are made and withdrawn; nobody changes what is in one, and nobody removes one.
RELEASES = ("view_release", "add_release", "change_release")
ROLES = {
    "Viewers": VIEW,
    "Researchers": [*VIEW, *RECORD, *(f"delete_{record}" for record in REMOVED_WHILE_RECORDING)],
    "Editors": [*VIEW, *RECORD, *(f"delete_{record}" for record in RECORDS), *RELEASES],
}


def make_roles(apps, schema_editor):
    using = schema_editor.connection.alias
    app_config = apps.get_app_config("issues")
    app_config.models_module = True  # Without it nothing is made for the models of a migration.
    create_permissions(app_config, verbosity=0, interactive=False, using=using, apps=apps)
    app_config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    groups = apps.get_model("auth", "Group").objects.using(using)
    for name, codenames in ROLES.items():
        group, _ = groups.get_or_create(name=name)
        granted = permissions.filter(content_type__app_label="issues", codename__in=codenames)
        if granted.count() != len(codenames):
            raise LookupError(f"Permissions of {name} are missing.")
        group.permissions.add(*granted)


class Migration(migrations.Migration):

    dependencies = [
        ("issues", "0001_records"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop, elidable=False)]

import uuid

from django.db import migrations, models


def give_each_its_own(apps, schema_editor):
    """Each process its own id, and its history with it."""
    rows = apps.get_model("issues", "HistoricalProcess").objects
    for row in apps.get_model("issues", "Process").objects.all():
        models.QuerySet(type(row)).filter(pk=row.pk).update(uuid=uuid.uuid4())
    known = dict(apps.get_model("issues", "Process").objects.values_list("pk", "uuid"))
    for key in set(rows.values_list("id", flat=True)):
        models.QuerySet(rows.model).filter(id=key).update(uuid=known.get(key) or uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [("issues", "0002_roles")]

    operations = [
        *(
            migrations.AddField(model, "uuid", models.UUIDField(default=uuid.uuid4, editable=False, null=True))
            for model in ("process", "historicalprocess")
        ),
        migrations.RunPython(give_each_its_own, migrations.RunPython.noop),
        migrations.AlterField(
            "process",
            "uuid",
            models.UUIDField(
                default=uuid.uuid4,
                editable=False,
                help_text="The same for ever, whatever it is called.",
                unique=True,
            ),
        ),
        migrations.AlterField(
            "historicalprocess",
            "uuid",
            models.UUIDField(
                db_index=False,
                default=uuid.uuid4,
                editable=False,
                help_text="The same for ever, whatever it is called.",
            ),
        ),
    ]

import django.utils.timezone
from django.db import migrations, models


def fill(apps, schema_editor):
    """A stored question was asked when it was recorded, or as early as anything that rests on it."""
    Set = apps.get_model("issues", "ScenarioSet")
    versions = apps.get_model("issues", "HistoricalScenarioSet").objects
    for found in Set.objects.all():
        recorded = versions.filter(id=found.pk).order_by("history_date").first()
        given = (
            apps.get_model("issues", "Assessment")
            .objects.filter(scenario__set=found)
            .order_by("made_at")
            .first()
        )
        resolved = found.scenarios.exclude(resolved_on=None).order_by("resolved_on").first()
        days = [found.closes_on]
        days += [recorded.history_date.date()] if recorded else []
        days += [given.made_at.date()] if given else []
        days += [resolved.resolved_on] if resolved else []
        Set.objects.filter(pk=found.pk).update(opened_on=min(days))
        versions.filter(id=found.pk).update(opened_on=min(days))


class Migration(migrations.Migration):

    dependencies = [
        ('issues', '0003_names_public'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalscenarioset',
            name='opened_on',
            field=models.DateField(default=django.utils.timezone.localdate, help_text='The day on which it was asked; no ending of it came about before.'),
        ),
        migrations.AddField(
            model_name='scenarioset',
            name='opened_on',
            field=models.DateField(default=django.utils.timezone.localdate, help_text='The day on which it was asked; no ending of it came about before.'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='historicalscenario',
            name='resolved_on',
            field=models.DateField(blank=True, help_text='The day on which it happened, or was sure not to; not the day on which somebody says so.', null=True),
        ),
        migrations.AlterField(
            model_name='scenario',
            name='resolved_on',
            field=models.DateField(blank=True, help_text='The day on which it happened, or was sure not to; not the day on which somebody says so.', null=True),
        ),
    ]

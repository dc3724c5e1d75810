"""Wagtail brings a workflow for a group that Sala does not have; endorsing, when it comes, is another thing than publishing."""

from django.db import migrations


def forget_default_workflow(apps, schema_editor):
    apps.get_model("wagtailcore", "Workflow").objects.filter(name="Moderators approval").delete()
    apps.get_model("wagtailcore", "Task").objects.filter(name="Moderators approval").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0004_listing_by_address"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [migrations.RunPython(forget_default_workflow, migrations.RunPython.noop)]

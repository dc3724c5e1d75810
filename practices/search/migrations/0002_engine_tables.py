"""The tables of the engine of this database; the other database's engine is never imported."""

from django.db import migrations


def _engine(vendor):
    if vendor == "postgresql":
        from practices.search.engines import postgresql as engine
    else:
        from practices.search.engines import embedded as engine
    return engine


def create(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in _engine(vendor).CREATE:
        schema_editor.execute(statement)
    if vendor == "postgresql":
        # By code point, as SQLite compares: a prefix is then a range of the index.
        for column, length in (("start", 40), ("sort", 120)):
            schema_editor.execute(f'ALTER TABLE search_searchtitle ALTER COLUMN "{column}" TYPE varchar({length}) COLLATE "C"')


def drop(apps, schema_editor):
    for statement in _engine(schema_editor.connection.vendor).DROP:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]

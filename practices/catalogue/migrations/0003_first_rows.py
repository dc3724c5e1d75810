"""The rows every site begins with: the languages with a page tree each, the controlled words, the roles."""

from django.conf import settings
from django.db import migrations

from practices.access.reader import Role
from practices.catalogue import vocabularies

TITLES = {"en": ("Sala", "Catalogue"), "th": ("ศาลา", "คลังความรู้")}


def plant_trees(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    HomePage = apps.get_model("catalogue", "HomePage")
    CataloguePage = apps.get_model("catalogue", "CataloguePage")

    Site.objects.all().delete()
    Page.objects.filter(depth__gt=1).delete()
    root = Page.objects.get(depth=1)
    home_type = ContentType.objects.get_or_create(model="homepage", app_label="catalogue")[0]
    catalogue_type = ContentType.objects.get_or_create(model="cataloguepage", app_label="catalogue")[0]
    keys = {}
    for number, (code, _name) in enumerate(settings.WAGTAIL_CONTENT_LANGUAGES, 1):
        locale = Locale.objects.get_or_create(language_code=code)[0]
        title, catalogue_title = TITLES.get(code, (f"Sala ({code})", f"Catalogue ({code})"))
        slug = "home" if number == 1 else f"home-{code}"
        path = f"{root.path}{number:04}"
        home = HomePage.objects.create(
            title=title, draft_title=title, slug=slug, path=path, depth=2, numchild=1, url_path=f"/{slug}/",
            content_type=home_type, locale=locale, **({"translation_key": keys["home"]} if keys else {}),
        )
        catalogue = CataloguePage.objects.create(
            title=catalogue_title, draft_title=catalogue_title, slug="catalogue", path=f"{path}0001", depth=3, numchild=0,
            url_path=f"/{slug}/catalogue/", content_type=catalogue_type, locale=locale,
            **({"translation_key": keys["catalogue"]} if keys else {}),
        )
        if not keys:
            keys = {"home": home.translation_key, "catalogue": catalogue.translation_key}
            Site.objects.create(hostname="localhost", root_page_id=home.pk, is_default_site=True, site_name="Sala")
    Page.objects.filter(pk=root.pk).update(numchild=len(settings.WAGTAIL_CONTENT_LANGUAGES))


def load_vocabularies(apps, schema_editor):
    vocabularies.load(lambda name: apps.get_model("catalogue", name))


def make_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Group.objects.filter(name__in=["Editors", "Moderators"]).delete()  # Wagtail's own two
    for name in Role.ALL:
        Group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [
        migrations.RunPython(plant_trees, migrations.RunPython.noop),
        migrations.RunPython(load_vocabularies, migrations.RunPython.noop),
        migrations.RunPython(make_roles, migrations.RunPython.noop),
    ]

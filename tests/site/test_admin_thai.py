"""What Wagtail's admin writes in English only, past its catalogues, is mended on our side."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import wagtail.admin
from django import forms
from django.template.loader import get_template
from django.utils.functional import Promise
from wagtail.admin.forms import choosers

from practices.access.reader import Role
from tests.factories.people import make_person


@pytest.mark.parametrize(
    "form",
    [
        choosers.ExternalLinkChooserForm,
        choosers.AnchorLinkChooserForm,
        choosers.EmailLinkChooserForm,
        choosers.PhoneLinkChooserForm,
    ],
)
def test_every_field_of_the_link_forms_has_a_label_to_translate(form: type[forms.Form]) -> None:
    labels = {name: field.label for name, field in form.base_fields.items()}
    assert all(isinstance(label, Promise) or label == "#" for label in labels.values()), labels


def test_the_actions_landmark_is_overridden_as_long_as_wagtail_writes_it_in_english() -> None:
    name = "wagtailadmin/shared/headers/_actions.html"
    stock = Path(wagtail.admin.__file__).parent / "templates" / name
    assert 'aria-label="Actions"' in stock.read_text(), "Wagtail has mended it: drop our copy"
    assert "aria-label=\"{% translate 'Actions' %}\"" in Path(get_template(name).origin.name).read_text()


def test_the_first_breadcrumb_of_snippets_is_translated_when_it_is_shown(client, db) -> None:
    person = make_person(role=Role.ADMINISTRATOR, language="th")
    client.force_login(person)
    assert "Home" not in client.get("/admin/snippets/catalogue/source/").content.decode()


def test_the_menu_is_in_the_language_of_each_and_not_of_whoever_came_first(client, db) -> None:
    for language, labels in (("en", ["People", "Translations"]), ("th", ["บุคคล", "คำแปล"])):
        client.force_login(make_person(role=Role.ADMINISTRATOR, language=language))
        html = client.get("/admin/").content.decode()
        menu = json.loads(re.search(r'id="wagtail-sidebar-props"[^>]*>(.*?)</script>', html, re.S)[1])
        found = json.dumps(menu, ensure_ascii=False)
        assert [label for label in labels if f'"{label}"' in found] == labels

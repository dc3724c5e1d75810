"""Actions on records: making one, opening it to the other language, archiving and restoring. Nothing is ever deleted here."""

from __future__ import annotations

import itertools

from anyascii import anyascii
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.text import slugify
from wagtail.coreutils import find_available_slug
from wagtail.models import Locale, Page, Site

from practices.access.reader import reader_for
from practices.access.rules import State, can_view

from .models import CataloguePage, EditionPage, Institution, InstitutionPage, Kind, Record
from .projection import editions_of, project

PREFIXES = {
    Kind.PRACTICE: "PR",
    Kind.ADAPTATION: "AD",
    Kind.ACTION: "AC",
    Kind.CASE_STUDY: "CS",
    Kind.STUDY_VISIT: "SV",
    Kind.WORKSHOP: "WS",
    Kind.BROCHURE: "BR",
    Kind.NEED: "TN",
    Kind.GLOSSARY_TERM: "GT",
}


def create_record(kind: str, **fields) -> Record:
    """A new record with the next code of its kind, such as PR-12 (numbers may have gaps)."""
    record = Record.objects.create(kind=kind, code=f"new-{timezone.now().timestamp()}", **fields)
    record.code = f"{PREFIXES[Kind(kind)]}-{record.pk}"
    record.save(update_fields=["code"])
    return record


def ensure_record(edition: EditionPage) -> None:
    """Gives a new edition its record: that of its other languages, or a new one."""
    if edition.record_id:
        return
    if edition.locale_id is None:
        edition.locale = edition.get_default_locale()
    record = Record.objects.filter(uuid=edition.translation_key).first()
    if record is None:
        record = create_record(
            edition.kind,
            uuid=edition.translation_key,
            institution=_folder_institution(edition),
            source_language=edition.locale.language_code,
            visibility=edition.visibility,
            is_example=edition.is_example,
            created_by=edition.owner,
        )
    edition.record = record


def _folder_institution(edition: EditionPage) -> Institution | None:
    parent_path = edition.path[: -edition.steplen] if edition.path else None
    folder = InstitutionPage.objects.filter(path=parent_path).select_related("institution").first()
    return folder.institution if folder else None


def ensure_slug(edition: EditionPage) -> None:
    """Gives a new edition an address in Latin letters, the same and free in the folders of every language.

    Django would drop Thai vowels and tone marks, or everything.
    """
    if edition.slug or not edition.path:
        return
    base = slugify(anyascii(edition.title))[:60].strip("-") or edition.kind
    folders = InstitutionPage.objects.filter(institution=_folder_institution(edition))
    taken = {slug for folder in folders for slug in folder.get_children().values_list("slug", flat=True)}
    numbered = (f"{base}-{number}" for number in itertools.count(2))
    edition.slug = next(slug for slug in itertools.chain([base], numbered) if slug not in taken)


def check_may_open(request: HttpRequest, edition: EditionPage) -> None:
    """404 unless this reader may see the record: a hidden thing must not betray that it is there."""
    reader = getattr(request, "reader", None) or reader_for(getattr(request, "user", None))
    if edition.record is None or edition.record.is_archived or not can_view(reader, edition.record):
        raise Http404


@transaction.atomic
def ensure_folders(institution: Institution) -> dict[str, InstitutionPage]:
    """The institution's folder page in each language, made where it is missing; {language: page}."""
    folders: dict[str, InstitutionPage] = {}
    first: InstitutionPage | None = None
    for code, _name in settings.LANGUAGES:
        locale = Locale.objects.get(language_code=code)
        page = InstitutionPage.objects.filter(institution=institution, locale=locale).first()
        title = institution.name.localize(code)[:255]
        if page is None:
            page = InstitutionPage(title=title, slug=institution.code, institution=institution, locale=locale)
            if first is not None:
                page.translation_key = first.translation_key
            CataloguePage.objects.get(locale=locale).add_child(instance=page)
        elif page.title != title:
            page.title = page.draft_title = title
            page.save()
        folders[code] = page
        first = first or page
    return folders


@transaction.atomic
def save_institution(institution: Institution, parent: Institution | None) -> None:
    """Saves a new or changed institution at its place in the tree, with its folders."""
    if institution.pk is None:
        parent.add_child(instance=institution) if parent else Institution.add_root(instance=institution)
    else:
        institution.save()
        if institution.get_parent() != parent:
            if parent:
                institution.move(parent, pos="last-child")
            else:
                institution.move(Institution.get_last_root_node(), pos="last-sibling")
            institution.refresh_from_db()
            institution.save()  # tells those who renew what depends on the place
    ensure_folders(institution)


@transaction.atomic
def mirror_to_other_languages(edition: EditionPage) -> None:
    """A published source edition is readable in every language at once: where no translation is, an alias stands."""
    assert edition.record is not None  # noqa: S101  (given by its first save)
    folders = ensure_folders(edition.record.institution)
    for code, folder in folders.items():
        if code == edition.locale.language_code:
            continue
        if not type(edition).objects.filter(record=edition.record, locale=folder.locale).exists():
            edition.create_alias(
                parent=folder,
                update_locale=folder.locale,
                reset_translation_key=False,
                update_slug=find_available_slug(folder, edition.slug),
            )


@transaction.atomic
def archive_record(record: Record, user: AbstractBaseUser | None = None) -> None:
    """Takes a record out of every list, page and search; `restore_record` undoes it."""
    record.state = State.ARCHIVED
    record.archived_at, record.archived_by = timezone.now(), user  # type: ignore[assignment]  # the user model is the upper layer’s
    project(record, user)


@transaction.atomic
def restore_record(record: Record, user: AbstractBaseUser | None = None) -> None:
    record.state = State.DRAFT  # `project` finds out whether it is published
    record.archived_at = record.archived_by = None
    project(record, user)


def root_of(language: str) -> Page:
    """The home page in this language."""
    return Site.objects.get(is_default_site=True).root_page.get_translation(Locale.objects.get(language_code=language))


__all__ = [
    "archive_record",
    "check_may_open",
    "create_record",
    "editions_of",
    "ensure_folders",
    "ensure_record",
    "ensure_slug",
    "mirror_to_other_languages",
    "restore_record",
    "root_of",
    "save_institution",
]

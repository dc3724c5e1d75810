"""Keeps Wagtail's groups, page rights and collections generated from seats and roles, so that nobody maintains them by hand.

Wagtail's explorer, reports, history and file choosers open only what these groups reach: the folders and files of one's own
institution and of those below it. The rule itself is `practices.access`; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from practices.access.reader import Role
from practices.catalogue.models import Institution, InstitutionPage

from .models import Desk, Seat, SeatKind, User
from .querysets import eu_side

EDITOR = ("add_page", "change_page", "publish_page")
# Without `change_page` Wagtail lets people edit only the pages they made themselves.
ORGANISER = ("add_page", "publish_page")
# What everyone with a desk does beside writing pages: translate them, and add the sources and laws they cite.
DESK = (
    "access_admin",
    "submit_translation",
    "add_source",
    "change_source",
    "add_legalinstrument",
    "change_legalinstrument",
    "view_trainingneed",
    "change_trainingneed",
    "view_use",
)
# Of Wagtail's own models: its policies ask for these whatever models a site puts in their place.
FILES = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


@transaction.atomic
def refresh_rights(institutions: Iterable[Institution]) -> None:
    """Makes the desks of these institutions and renews every group whose reach they may have changed, also by moving."""
    touched: set[Institution] = set()
    for institution in institutions:
        touched |= {institution, *institution.get_ancestors(), *_reaching(institution)}
    for institution in touched:
        ensure_desk(institution)
    for institution in touched:
        _refresh_desk(institution)
    if touched:
        refresh_programme_officers()


def _reaching(institution: Institution) -> list[Institution]:
    """Those whose operational group has rights in this institution's folders, or below, as things stood before."""
    below = Institution.objects.filter(path__startswith=institution.path)
    groups = GroupPagePermission.objects.filter(page__in=InstitutionPage.objects.filter(institution__in=below))
    return list(Institution.objects.filter(desk__operational__in=groups.values("group")))


def ensure_desk(institution: Institution) -> Desk:
    desk = Desk.objects.filter(institution=institution).first()
    if desk is None:
        return Desk.objects.create(
            institution=institution,
            operational=Group.objects.create(name=_group_name(institution, SeatKind.OPERATIONAL)),
            strategic=Group.objects.create(name=_group_name(institution, SeatKind.STRATEGIC)),
            organisers=Group.objects.create(name=_group_name(institution, Role.ORGANISER)),
            collection=Collection.get_first_root_node().add_child(name=institution.code),
        )
    for group, label in (
        (desk.operational, SeatKind.OPERATIONAL),
        (desk.strategic, SeatKind.STRATEGIC),
        (desk.organisers, Role.ORGANISER),
    ):
        if group.name != (name := _group_name(institution, label)):
            group.name = name
            group.save(update_fields=["name"])
    if desk.collection.name != institution.code:
        desk.collection.name = institution.code
        desk.collection.save(update_fields=["name"])
    return desk


def _group_name(institution: Institution, label: str) -> str:
    return f"seat: {institution.code} {label}"


def refresh_members(institution: Institution) -> None:
    """Puts into each group of the desk exactly the holders of the open seats, and the organisers who work there."""
    desk = ensure_desk(institution)
    for kind in SeatKind:
        holders = Seat.objects.filter(institution=institution, kind=kind, until__isnull=True).values("holder")
        getattr(desk, kind.value).user_set.set(User.objects.filter(pk__in=holders))
    desk.organisers.user_set.set(User.objects.filter(institution=institution, groups__name=Role.ORGANISER))


def _refresh_desk(institution: Institution) -> None:
    desk = ensure_desk(institution)
    below = Institution.objects.filter(path__startswith=institution.path)
    pages = set(InstitutionPage.objects.filter(institution__in=below).values_list("pk", flat=True))
    own_pages = set(InstitutionPage.objects.filter(institution=institution).values_list("pk", flat=True))
    collections = set(Desk.objects.filter(institution__in=below).values_list("collection_id", flat=True))
    for group in (desk.operational, desk.strategic):
        _set_rights(group, pages, EDITOR, collections)
    _set_rights(desk.organisers, own_pages, ORGANISER, {desk.collection_id})


def refresh_programme_officers() -> None:
    """Programme officers work in the folders of the EU side."""
    group = Group.objects.get_or_create(name=Role.PROGRAMME_OFFICER)[0]
    pages = set(InstitutionPage.objects.filter(institution__in=eu_side()).values_list("pk", flat=True))
    collections = set(Desk.objects.filter(institution__in=eu_side()).values_list("collection_id", flat=True))
    _set_rights(group, pages, EDITOR, collections)


def _set_rights(group: Group, pages: set[int], page_rights: tuple[str, ...], collections: set[int]) -> None:
    group.permissions.add(*_permissions(DESK).values())
    rights = _permissions(page_rights, model="page").values()
    wanted = {(page, right) for page in pages for right in rights}
    have = {
        (page, right): pk for pk, page, right in group.page_permissions.values_list("pk", "page_id", "permission_id")
    }
    GroupPagePermission.objects.filter(pk__in=[have[key] for key in have.keys() - wanted]).delete()
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=page, permission_id=right) for page, right in wanted - have.keys()
    )
    rights = _permissions(FILES).values()
    wanted = {(collection, right) for collection in collections for right in rights}
    have = {
        (collection, right): pk
        for pk, collection, right in group.collection_permissions.values_list("pk", "collection_id", "permission_id")
    }
    GroupCollectionPermission.objects.filter(pk__in=[have[key] for key in have.keys() - wanted]).delete()
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection_id=collection, permission_id=right)
        for collection, right in wanted - have.keys()
    )


def _permissions(codenames: Iterable[str], model: str = "") -> dict[str, int]:
    found = Permission.objects.filter(codename__in=codenames)
    if model:
        found = found.filter(content_type__app_label="wagtailcore", content_type__model=model)
    return dict(found.values_list("codename", "pk"))

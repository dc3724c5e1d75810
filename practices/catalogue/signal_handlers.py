"""Publishing, unpublishing, moving and renaming an edition project its record anew, inside the transaction that did it."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from .models import (
    ContentEpoch,
    Country,
    EditionPage,
    Feature,
    Institution,
    LegalInstrument,
    Pillar,
    Province,
    RecordTag,
    Source,
    TargetGroup,
    ThematicArea,
    Topic,
)
from .projection import project
from .services import mirror_to_other_languages
from .translations import sync_translations


@receiver(page_published)
def project_published(sender, instance, revision=None, **kwargs):
    if not isinstance(instance, EditionPage):
        ContentEpoch.bump()  # home, or a page of text
    else:
        if instance.is_source:
            mirror_to_other_languages(instance)
            sync_translations(instance, getattr(revision, "user", None))
        project(instance.record, getattr(revision, "user", None))


@receiver(page_unpublished)
def project_unpublished(sender, instance, **kwargs):
    if isinstance(instance, EditionPage):
        project(instance.record)
    else:
        ContentEpoch.bump()


@receiver(page_slug_changed)
@receiver(post_page_move)
def project_moved(sender, instance, **kwargs):
    instance = instance.specific
    if isinstance(instance, EditionPage):
        project(instance.record)


# Shown inside many pages, and changed seldom.
SHARED = (
    *(Country, Feature, Pillar, Province, TargetGroup, ThematicArea, Topic),
    *(Institution, LegalInstrument, RecordTag, Source),
)


def renew_pages(sender, **kwargs):
    ContentEpoch.bump()


for shared in SHARED:
    for signal in (post_save, post_delete):
        signal.connect(renew_pages, sender=shared, dispatch_uid=f"renew-pages-{shared.__name__}-{id(signal)}")

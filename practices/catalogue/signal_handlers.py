"""Publishing, unpublishing, moving and renaming an edition project its record anew, inside the transaction that did it."""

from django.dispatch import receiver
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from .models import EditionPage
from .projection import project
from .services import mirror_to_other_languages


@receiver(page_published)
def project_published(sender, instance, revision=None, **kwargs):
    if isinstance(instance, EditionPage):
        if instance.is_source:
            mirror_to_other_languages(instance)
        project(instance.record, getattr(revision, "user", None))


@receiver(page_unpublished)
def project_unpublished(sender, instance, **kwargs):
    if isinstance(instance, EditionPage):
        project(instance.record)


@receiver(page_slug_changed)
@receiver(post_page_move)
def project_moved(sender, instance, **kwargs):
    instance = instance.specific
    if isinstance(instance, EditionPage):
        project(instance.record)

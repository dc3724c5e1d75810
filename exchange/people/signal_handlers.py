"""A new or changed institution, or its folder, renews the generated rights; a person's language is one, here and in Wagtail."""

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.users.models import UserProfile

from practices.catalogue.models import Institution, InstitutionPage

from .models import User
from .rights import refresh_rights


@receiver(post_save, sender=InstitutionPage)
def renew_rights_of_folder(sender, instance, created, raw=False, **kwargs):
    if created and not raw:
        refresh_rights([instance.institution])


@receiver(post_save, sender=Institution)
def renew_rights_of_institution(sender, instance, created, raw=False, **kwargs):
    if not created and not raw:
        refresh_rights([instance])


@receiver(post_save, sender=User)
def tell_wagtail_the_language(sender, instance, raw=False, **kwargs):
    if raw:
        return
    profile = UserProfile.get_for_user(instance)
    if profile.preferred_language != instance.language:
        UserProfile.objects.filter(pk=profile.pk).update(preferred_language=instance.language)
        profile.preferred_language = instance.language


@receiver(post_save, sender=UserProfile)
def hear_the_language_from_wagtail(sender, instance, raw=False, **kwargs):
    """Wagtail's own account page has a language field too."""
    if not raw and instance.preferred_language:
        User.objects.filter(pk=instance.user_id).exclude(language=instance.preferred_language).update(
            language=instance.preferred_language
        )

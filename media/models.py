"""Pictures and documents carry what makes them safe to show: a licence, a text alternative, a statement of consent."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition


class Licence(models.TextChoices):
    CC_BY = "cc-by-4.0", _("Creative Commons Attribution 4.0")
    CC_BY_SA = "cc-by-sa-4.0", _("Creative Commons Attribution-ShareAlike 4.0")
    PUBLIC_DOMAIN = "public-domain", _("Public domain")
    ALL_RIGHTS = "all-rights-reserved", _("All rights reserved; used with permission")


class Reuse(models.Model):
    """What a reader must know before using a file again, and what its uploader has made sure of."""

    licence = models.CharField(_("licence"), max_length=30, choices=Licence, default=Licence.ALL_RIGHTS)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    consent = models.TextField(
        _("consent and anonymity"),
        blank=True,
        help_text=_(
            "If people can be seen or are told of: who agreed, and how they are kept from being known. "
            "Example: “All adults in the picture agreed in writing; no resident is shown.”"
        ),
    )

    class Meta:
        abstract = True


class SalaImage(Reuse, AbstractImage):
    text_alternative = I18nCharField(
        _("text alternative"),
        blank=True,
        null=True,
        help_text=_("What the picture tells someone who cannot see it. Leave empty only for decoration."),
    )
    admin_form_fields = (
        "title",
        "file",
        "text_alternative",
        "licence",
        "credit",
        "consent",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class SalaRendition(AbstractRendition):
    image = models.ForeignKey(SalaImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]


class SalaDocument(Reuse, AbstractDocument):
    admin_form_fields = ("title", "file", "licence", "credit", "consent", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

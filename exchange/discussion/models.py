"""A thread hangs on a record, with an optional anchor to one of its blocks; its posts are flat rows in the order they came."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

BODY_LIMIT = 10_000


class Thread(models.Model):
    record = models.ForeignKey("catalogue.Record", on_delete=models.PROTECT, related_name="threads")
    block_id = models.CharField(
        _("passage"), max_length=40, blank=True, help_text="Id of the block it is about; empty for the whole record."
    )
    created_at = models.DateTimeField(default=timezone.now)
    last_seq = models.PositiveIntegerField(default=0)
    shown_count = models.PositiveIntegerField(default=0, help_text="Posts that are neither deleted nor hidden.")

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        constraints = [models.UniqueConstraint(fields=["record", "block_id"], name="one_thread_per_passage")]

    def __str__(self) -> str:
        return f"{self.record}"


class Post(models.Model):
    """`seq` numbers the posts of a thread without gaps; it never changes and pages are cut by it."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="posts")
    seq = models.PositiveIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="posts", verbose_name=_("author")
    )
    reply_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies")
    body = models.TextField(_("comment"), max_length=BODY_LIMIT, help_text="Markdown, as it was typed.")
    html = models.TextField(editable=False, help_text="The body made safe; the only form that pages show.")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [models.UniqueConstraint(fields=["thread", "seq"], name="post_numbered_once")]
        indexes = [models.Index(fields=["author", "-created_at"], name="post_newest_of_author")]

    def __str__(self) -> str:
        return f"#{self.seq}"

    @property
    def is_shown(self) -> bool:
        return self.deleted_at is None and self.hidden_at is None

"""What may be done to pages beyond Wagtail's own rights: an edition is archived, never deleted, and stays in its folder; a folder
follows its institution and is never touched by hand."""

from __future__ import annotations

from wagtail.models import PagePermissionTester


class EditionRights(PagePermissionTester):
    def can_delete(self, ignore_bulk=False):
        return False

    def can_move(self):
        return False

    def can_copy(self):
        return False  # a copy would be a second edition of the same record

    def can_set_view_restrictions(self):
        return False  # who may see a record is one of its fields

    def can_publish(self):
        is_archived = self.page.specific.record and self.page.specific.record.is_archived
        return super().can_publish() and self._is_in_their_hands() and not is_archived

    def can_unpublish(self):
        return super().can_unpublish() and self._is_in_their_hands() and not self.page.alias_of_id

    def _is_in_their_hands(self):
        """Who may add pages without changing others', as organisers do, publishes only their own."""
        return self.user.is_superuser or "change" in self.permissions or self.page.owner_id == self.user.pk


class FolderRights(PagePermissionTester):
    def can_edit(self):
        return False

    def can_delete(self, ignore_bulk=False):
        return False

    def can_publish(self):
        return False

    def can_unpublish(self):
        return False

    def can_set_view_restrictions(self):
        return False

    def can_reorder_children(self):
        return False

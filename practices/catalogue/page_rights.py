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
        return super().can_publish() and not (self.page.specific.record and self.page.specific.record.is_archived)

    def can_unpublish(self):
        return super().can_unpublish() and not self.page.alias_of_id


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

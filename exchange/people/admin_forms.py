"""Forms of the people pages in the admin. They only collect; `services` and `invitations` decide and act."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from practices.access.reader import reader_for
from practices.catalogue.models import Institution

from .models import ROLE_LABELS, Invitation, Seat, User
from .rules import OFFERED_BY_FOCAL_POINTS


class PersonForm(WagtailAdminModelForm):
    name = forms.CharField(label=_("Name"), max_length=150)
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=list(ROLE_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("What someone may do beyond the rights of a seat. Seats have a page of their own."),
    )

    class Meta:
        model = User
        fields = ["name", "email", "language", "institution", "roles", "is_active"]
        labels = {"is_active": _("May sign in")}
        help_texts = {"is_active": _("Take the mark away to close the account. What the person wrote stays.")}

    field_order = Meta.fields

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["name"] = self.instance.name
        self.initial["roles"] = list(self.instance.groups.values_list("name", flat=True))


class SeatForm(WagtailAdminModelForm):
    class Meta:
        model = Seat
        fields = ["institution", "kind", "holder"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = User.objects.filter(is_active=True).order_by("first_name", "last_name")


class InvitationForm(WagtailAdminModelForm):
    class Meta:
        model = Invitation
        fields = ["email", "name", "language", "post", "institution"]
        help_texts = {
            "name": _("If you know it. The person can change it."),
            "institution": _("Where the person works; for a seat, the institution the seat belongs to."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reader = reader_for(self.for_user)
        if not reader.is_administrator:
            self.fields["institution"].queryset = Institution.objects.filter(pk__in=reader.institutions)
            self.fields["institution"].required = True
            self.fields["post"].choices = [
                choice for choice in Invitation.POSTS if choice[0] in OFFERED_BY_FOCAL_POINTS
            ]

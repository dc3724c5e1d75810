"""People, seats and invitations in the admin: lists and forms, each save through the service that keeps rights in step."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.menus import MenuItem as ListItem
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log

from practices.access.reader import reader_for

from .admin_forms import InvitationForm, PersonForm, SeatForm
from .invitations import invite
from .models import Invitation, Seat, User
from .querysets import posts_of
from .services import administer_person, assign_seat


class ByService:
    """What a service refuses is said in the form, and nothing typed is lost."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ValidationError as error:
            known = {
                name: messages for name, messages in getattr(error, "error_dict", {}).items() if name in form.fields
            }
            form.add_error(None, known or error.messages)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)


class PersonIndexView(generic.IndexView):
    def get_base_queryset(self):
        return User.objects.prefetch_related("groups", "seats__institution")


class PersonEditView(ByService, generic.EditView):
    def save_instance(self) -> User:
        data = self.form.cleaned_data
        person = administer_person(
            User.objects.get(pk=self.object.pk),
            name=data["name"],
            email=data["email"],
            language=data["language"],
            institution=data["institution"],
            roles=set(data["roles"]),
            is_active=data["is_active"],
        )
        log(person, "wagtail.edit", user=self.request.user)
        return person

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        pk = self.object.pk
        return [
            *super().header_more_buttons,
            Button(
                _("Set up the second step anew"), url=reverse("people_reset_second_factor", args=[pk]), icon_name="key"
            ),
            Button(_("Sign out on every device"), url=reverse("people_end_sessions", args=[pk]), icon_name="logout"),
        ]


class FormViewSet(ModelViewSet):
    form: type
    copy_view_enabled = False
    add_to_reference_index = False

    def get_form_class(self, for_update=False):
        return self.form


class PersonViewSet(FormViewSet):
    model = User
    icon = "user"
    menu_label = gettext_lazy("People")
    form = PersonForm
    index_view_class = PersonIndexView
    edit_view_class = PersonEditView
    ordering = ["first_name", "last_name"]
    search_fields = ["first_name", "last_name", "email"]
    search_backend_name = None
    list_filter = ["is_active", "language", "institution"]
    list_display = [
        "name",
        Column("email", label=gettext_lazy("E-mail address"), sort_key="email"),
        Column("posts", label=gettext_lazy("Seats and roles"), accessor=lambda person: " · ".join(posts_of(person))),
        BooleanColumn("is_active", label=gettext_lazy("May sign in"), sort_key="is_active"),
        DateColumn("last_login", label=gettext_lazy("Last signed in"), sort_key="last_login"),
    ]


class SeatIndexView(generic.IndexView):
    def get_base_queryset(self):
        return Seat.objects.select_related("institution", "holder")

    def get_list_more_buttons(self, instance: Seat) -> list[Any]:
        if instance.until:
            return []
        return [ListItem(_("End"), url=reverse("people_end_seat", args=[instance.pk]), icon_name="cross")]


class SeatCreateView(ByService, generic.CreateView):
    def save_instance(self) -> Seat:
        data = self.form.cleaned_data
        seat = assign_seat(data["institution"], data["kind"], data["holder"])
        log(seat, "wagtail.create", user=self.request.user)
        return seat

    def get_success_buttons(self) -> list[Any]:
        return []


class SeatViewSet(FormViewSet):
    model = Seat
    icon = "group"
    menu_label = gettext_lazy("Seats")
    form = SeatForm
    index_view_class = SeatIndexView
    add_view_class = SeatCreateView
    ordering = ["institution__code", "kind", "-since"]
    list_filter = ["institution", "kind"]
    list_display = ["institution", "kind", "holder", "since", "until"]


class InvitationIndexView(generic.IndexView):
    def get_base_queryset(self):
        found = self.permission_policy.instances_user_has_any_permission_for(self.request.user, {"view"})
        return found.select_related("institution", "invited_by")

    def get_list_more_buttons(self, instance: Invitation) -> list[Any]:
        if not instance.is_pending:
            return []
        return [
            ListItem(_("Send again"), url=reverse("people_resend_invitation", args=[instance.pk]), icon_name="mail"),
            ListItem(_("Withdraw"), url=reverse("people_withdraw_invitation", args=[instance.pk]), icon_name="cross"),
        ]


class InvitationCreateView(ByService, generic.CreateView):
    page_title = gettext_lazy("Invite someone")
    submit_button_label = gettext_lazy("Send the invitation")
    submit_button_active_label = gettext_lazy("Sending…")

    def save_instance(self) -> Invitation:
        invitation = invite(self.request.user, **self.form.cleaned_data)
        log(invitation, "wagtail.create", user=self.request.user)
        return invitation

    def get_success_message(self, instance: Invitation) -> str:
        return _("The invitation to %(email)s is on its way.") % {"email": instance.email}

    def get_success_buttons(self) -> list[Any]:
        return []


class InvitationViewSet(FormViewSet):
    model = Invitation
    icon = "mail"
    menu_label = gettext_lazy("Invitations")
    form = InvitationForm
    index_view_class = InvitationIndexView
    add_view_class = InvitationCreateView
    list_filter = ["post", "institution"]
    list_display = [
        "email",
        "post",
        "institution",
        "invited_by",
        "created_at",
        Column("state", label=gettext_lazy("State")),
    ]


class PeopleMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return reader_for(request.user).is_administrator


class PeopleViewSetGroup(ModelViewSetGroup):
    menu_label = gettext_lazy("People")
    menu_icon = "group"
    menu_order = 400
    items = (
        SeatViewSet("people_seats", url_prefix="seats"),
        InvitationViewSet("people_invitations", url_prefix="invitations"),
    )

    def get_submenu_items(self):
        people = PeopleMenuItem(
            gettext_lazy("People"), reverse("wagtailusers_users:index"), name="people", icon_name="user", order=1
        )
        return [people, *super().get_submenu_items()]

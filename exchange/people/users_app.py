"""Wagtail's users app with our own admin of people: Wagtail's would set passwords, hand out groups and delete people."""

from wagtail.users.apps import WagtailUsersAppConfig


class SalaUsersAppConfig(WagtailUsersAppConfig):
    user_viewset = "exchange.people.viewsets.PersonViewSet"

    def ready(self):
        super().ready()
        from wagtail.permissions import register_permission_policy

        from .models import Invitation, Seat, User
        from .policies import InvitationPolicy, PersonPolicy, SeatPolicy

        register_permission_policy(User, PersonPolicy(User))
        register_permission_policy(Seat, SeatPolicy(Seat))
        register_permission_policy(Invitation, InvitationPolicy(Invitation))

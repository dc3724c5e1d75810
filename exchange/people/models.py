"""People and the seats they hold. A person signs in with an e-mail address; what they may do follows from seats and roles."""

from __future__ import annotations

from django.conf import settings
from django.contrib.admin import display
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from practices.access.reader import Role


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields) -> User:
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    username = None
    email = models.EmailField(_("e-mail address"), unique=True)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    institution = models.ForeignKey(
        "catalogue.Institution",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("institution"),
        help_text=_("Where this person works. It gives no rights; a seat or a role does."),
    )
    is_example = models.BooleanField(_("example, not a real person"), default=False, editable=False)
    sessions_ended = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []
    objects = UserManager()

    class Meta(AbstractUser.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    @property
    @display(description=_("Name"))
    def name(self) -> str:
        """One name, as the person writes it; the two columns are only how Django keeps it."""
        return self.get_full_name()

    @name.setter
    def name(self, value: str) -> None:
        self.first_name, _space, self.last_name = " ".join(value.split()).partition(" ")

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Sessions die with the password they were opened with; raising `sessions_ended` ends them all at once."""
        key_salt = "exchange.people.models.User.get_session_auth_hash"
        value = f"{self.password}:{self.sessions_ended}"
        return salted_hmac(key_salt, value, secret=secret, algorithm="sha256").hexdigest()


ROLE_LABELS = {
    Role.MEMBER: _("Member"),
    Role.EXPERT: _("Expert"),
    Role.ORGANISER: _("Organiser of workshops"),
    Role.PROGRAMME_OFFICER: _("Programme officer"),
    Role.MODERATOR: _("Moderator"),
    Role.ADMINISTRATOR: _("Administrator"),
}


class SeatKind(models.TextChoices):
    OPERATIONAL = "operational", _("Operational focal point")
    STRATEGIC = "strategic", _("Strategic focal point")


class Seat(models.Model):
    """One person's time as a focal point of an institution; a seat with no open row is vacant."""

    institution = models.ForeignKey(
        "catalogue.Institution", on_delete=models.PROTECT, related_name="seats", verbose_name=_("institution")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=SeatKind)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="seats", verbose_name=_("holder")
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "kind"],
                condition=Q(until__isnull=True),
                name="one_holder_per_seat",
                violation_error_message=_("This seat is taken. End the present holder's time first."),
            ),
            models.UniqueConstraint(
                fields=["institution", "holder"],
                condition=Q(until__isnull=True),
                name="nobody_holds_both_seats",
                violation_error_message=_("Nobody can hold both seats of one institution."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution}: {self.get_kind_display()}"


class Invitation(models.Model):
    """The only way to an account. Its link works once, until it expires, is sent anew or is withdrawn."""

    POSTS = [*SeatKind.choices, *ROLE_LABELS.items()]

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(
        _("language of the mail"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    post = models.CharField(_("seat or role"), max_length=20, choices=POSTS, default=Role.MEMBER)
    institution = models.ForeignKey(
        "catalogue.Institution",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("institution"),
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )
    created_at = models.DateTimeField(_("invited"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("works until"), editable=False)
    sendings = models.PositiveSmallIntegerField(default=0, editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_invitation",
                violation_error_message=_("This address has an invitation already. Send that one again."),
            )
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_for_seat(self) -> bool:
        return self.post in SeatKind.values

    @property
    def is_pending(self) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None

    @property
    def is_open(self) -> bool:
        return self.is_pending and timezone.now() < self.expires_at

    @property
    def state(self) -> str:
        if self.accepted_at:
            return gettext("accepted")
        if self.withdrawn_at:
            return gettext("withdrawn")
        return gettext("sent") if self.is_open else gettext("too old: send it again")


class Desk(models.Model):
    """What the people of an institution work with in Wagtail: a group for each seat and for organisers, and a collection of files."""

    institution = models.OneToOneField("catalogue.Institution", on_delete=models.CASCADE, related_name="desk")
    operational = models.OneToOneField("auth.Group", on_delete=models.PROTECT, related_name="+")
    strategic = models.OneToOneField("auth.Group", on_delete=models.PROTECT, related_name="+")
    organisers = models.OneToOneField("auth.Group", on_delete=models.PROTECT, related_name="+")
    collection = models.OneToOneField("wagtailcore.Collection", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("desk")
        verbose_name_plural = _("desks")

    def __str__(self) -> str:
        return str(self.institution)

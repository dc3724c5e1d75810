"""The forms of signing in and of one's own account: plain labels, errors beside the field, nothing typed is lost but passwords."""

from __future__ import annotations

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from practices.access.reader import reader_for

from .models import Invitation, User
from .querysets import needs_second_factor

password_help = lazy(password_validators_help_text_html, str)


class Plain:
    """Labels stand above their fields, so placeholders only repeat them; password fields say what is asked."""

    labels: dict = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            if name == "password1":
                field.help_text = password_help()


class LoginForm(Plain, account_forms.LoginForm):
    labels = {
        "login": _("E-mail address"),
        "password": _("Password"),
        "remember": _("Keep me signed in for 14 days. Do not tick this on a shared computer."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def clean(self):
        try:
            return super().clean()
        except ValidationError as error:
            self.add_error("password", error)
            return self.cleaned_data

    def login(self, request, redirect_url=None):
        response = super().login(request, redirect_url)
        if not settings.DEMO and needs_second_factor(reader_for(self.user)):
            request.session.set_expiry(0)
        return response


class ReauthenticateForm(Plain, account_forms.ReauthenticateForm):
    labels = {"password": _("Password")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class ChangePasswordForm(Plain, account_forms.ChangePasswordForm):
    labels = {
        "oldpassword": _("Present password"),
        "password1": _("New password"),
        "password2": _("New password again"),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""


class ResetPasswordForm(Plain, account_forms.ResetPasswordForm):
    labels = {"email": _("E-mail address")}


class ResetPasswordKeyForm(Plain, account_forms.ResetPasswordKeyForm):
    labels = {"password1": _("New password"), "password2": _("New password again")}


class Code(Plain):
    """People copy codes with spaces, as their telephone shows them."""

    labels = {"code": _("Code")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"
        if self.is_bound:
            self.data = {**self.data.dict(), "code": "".join(self.data.get("code", "").split())}


class CodeForm(Code, mfa_forms.AuthenticateForm):
    pass


class CodeAgainForm(Code, mfa_forms.ReauthenticateForm):
    pass


class ActivateCodeForm(Code, totp_forms.ActivateTOTPForm):
    pass


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=150, help_text=_("As others see it beside what you write."))
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, help_text=_("For the admin pages and for mail to you.")
    )

    def __init__(self, *args, person: User, **kwargs):
        super().__init__(*args, initial={"name": person.name, "language": person.language}, **kwargs)


class AcceptForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        help_text=_("As others see it beside what you write."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, help_text=_("For the admin pages and for mail to you.")
    )
    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=password_help(),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Password again"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args, invitation: Invitation, **kwargs):
        super().__init__(*args, initial={"name": invitation.name, "language": invitation.language}, **kwargs)
        self.invitation = invitation

    def clean_password1(self) -> str:
        person = User(email=self.invitation.email)
        person.name = self.cleaned_data.get("name", "")
        validate_password(self.cleaned_data["password1"], person)
        return self.cleaned_data["password1"]

    def clean_password2(self) -> str:
        if "password1" in self.cleaned_data and self.cleaned_data["password1"] != self.cleaned_data["password2"]:
            raise ValidationError(_("This is not the same password as above."))
        return self.cleaned_data["password2"]

    @property
    def answers(self) -> dict[str, str]:
        data = self.cleaned_data
        return {"name": data["name"], "language": data["language"], "password": data["password1"]}

"""One's own account: accepting an invitation, name, language, and ending every session."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from .forms import AcceptForm, ProfileForm
from .invitations import accept_as, accept_as_new_person
from .models import Invitation, User
from .querysets import has_second_factor, invitation_of, needs_second_factor
from .services import end_sessions, update_person


@never_cache
def lead_to_login(request: HttpRequest) -> HttpResponse:
    """Stands where Wagtail has login views of its own: there is one login. Whoever has signed in lacks the right, not the login."""
    if request.user.is_authenticated:
        raise PermissionDenied
    query = request.GET.urlencode()
    return redirect(reverse("account_login") + (f"?{query}" if query else ""))


@never_cache
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, person=request.user)
    if form.is_valid():
        update_person(request.user, **form.cleaned_data)
        messages.success(request, _("Your account is saved."))
        return redirect("people:profile")
    context = {
        "form": form,
        "has_second_factor": has_second_factor(request.user),
        "needs_second_factor": needs_second_factor(request.reader),
    }
    return render(request, "people/profile.html", context)


@require_POST
@login_required
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    end_sessions(request.user)
    return redirect("account_login")


@never_cache
@sensitive_post_parameters("password1", "password2")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    found = invitation_of(token)
    if found is None:
        return render(request, "people/invitation_closed.html", status=410)
    if User.objects.filter(email=found.email).exists():
        return _accept_with_account(request, found)
    form = AcceptForm(request.POST or None, invitation=found)
    if form.is_valid():
        try:
            person = accept_as_new_person(found, **form.answers)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            credentials = {"email": person.email, "password": form.answers["password"]}
            return perform_password_login(request, credentials, Login(user=person, email=person.email))
    return render(request, "people/invitation.html", {"invitation": found, "form": form})


def _accept_with_account(request: HttpRequest, found: Invitation) -> HttpResponse:
    context: dict = {
        "invitation": found,
        "is_mine": request.user.is_authenticated and request.user.email == found.email,
    }
    if request.method == "POST" and context["is_mine"]:
        try:
            accept_as(found, request.user)
        except ValidationError as error:
            context["error"] = " ".join(error.messages)
        else:
            messages.success(request, _("Thank you. You have accepted the invitation."))
            return redirect("people:profile")
    return render(request, "people/invitation.html", context)

"""One's own account: name, language, password, second factor, and ending every session."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from .forms import ProfileForm
from .querysets import has_second_factor, needs_second_factor
from .services import end_sessions, update_person


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

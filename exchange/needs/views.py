"""The list of needs, a need's page, and the form. Whoever is not signed in may write first and sign in when sending."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from exchange import kept
from exchange.discussion.authors import name_of
from exchange.typed import tidy
from practices.access.rules import State
from practices.catalogue.chain import chain_of, steps
from practices.catalogue.headlines import standings
from practices.catalogue.models import Kind

from . import querysets, rules, services
from .forms import LONGEST, NeedForm, values_of
from .models import TrainingNeed

KEPT = "need"
FIELDS = ["statement", "topic", "difficulty", "existing_training", "work_situation", "show_name", "visibility"]


def _need(request: HttpRequest, code: str) -> TrainingNeed:
    openable = TrainingNeed.objects.filter(rules.openable_q(request.reader))
    related = openable.select_related("record__institution", "topic", "asked_by", "merged_into__record")
    return get_object_or_404(related.prefetch_related("record__listings"), record__code=code.upper())


@require_safe
def list_needs(request: HttpRequest) -> HttpResponse:
    listing = querysets.need_list(request.reader, request.GET)
    return render(
        request, "needs/list.html", {"listing": listing, "page_obj": listing.page, "share_title": _("Training needs")}
    )


@require_safe
def show_need(request: HttpRequest, code: str) -> HttpResponse:
    need, reader = _need(request, code), request.reader
    chain = chain_of(need.record, reader)
    listing = need.record.listing
    context = {
        "need": need,
        "record": need.record,
        "share_title": listing.title if listing else "",
        "share_description": listing.one_line if listing else "",
        "chain": chain,
        "steps": steps(chain, Kind.NEED, False, standings(chain.adapted_as + chain.led_to)),
        "asker": name_of(need.asked_by) if need.show_name and need.asked_by else "",
        "is_withdrawn": need.record.state == State.ARCHIVED,
        "is_own": rules.is_own(reader, need),
        "can_change": rules.can_change(reader, need),
        "can_restore": rules.can_restore(reader, need),
        "can_support": rules.can_support(reader, need),
        "supports": reader.is_member and need.supporters.filter(pk=reader.user_id).exists(),
        "people": 1 + need.supporters.count(),
        "merged_into": need.merged_into if need.merged_into and rules.can_open(reader, need.merged_into) else None,
    }
    return render(request, "needs/need.html", context)


def create_need(request: HttpRequest) -> HttpResponse:
    """“Look” shows what may already answer the need; only “record” writes it."""
    if request.method != "POST":
        back = kept.take(request, KEPT)
        initial = {"statement": tidy(request.GET.get("statement", ""))[:LONGEST], **back}
        return _form(request, NeedForm(initial=initial, reader=request.reader), initial["statement"])
    form = NeedForm(request.POST, reader=request.reader)
    if "look" in request.POST:
        return _form(
            request, NeedForm(initial=_typed(request), reader=request.reader), request.POST.get("statement", "")
        )
    if not request.reader.is_member:
        kept.keep(request, KEPT, FIELDS)
        messages.info(request, _("Please sign in to record your need. What you wrote is kept."))
        return redirect_to_login(request.path)
    if form.is_valid():
        try:
            need = services.record_need(request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("Thank you. Your need is recorded. Workshops are built from what people ask for here.")
            )
            return redirect("needs:need", need.record.code.lower())
    return _form(request, form, request.POST.get("statement", ""))


def edit_need(request: HttpRequest, code: str) -> HttpResponse:
    need = _need(request, code)
    if not request.reader.is_member:
        return redirect_to_login(request.path)
    if not rules.can_change(request.reader, need):
        raise Http404
    if request.method != "POST":
        initial = values_of(need)
        return _form(request, NeedForm(initial=initial, reader=request.reader), initial["statement"], need)
    if "look" in request.POST:
        form = NeedForm(initial=_typed(request), reader=request.reader)
        return _form(request, form, request.POST.get("statement", ""), need)
    form = NeedForm(request.POST, reader=request.reader)
    if form.is_valid():
        services.edit_need(need, request.user, **form.cleaned_data)
        messages.success(request, _("The need was changed."))
        return redirect("needs:need", code)
    return _form(request, form, request.POST.get("statement", ""), need)


def _typed(request: HttpRequest) -> dict[str, Any]:
    """What was typed, shown again without a word of blame."""
    typed: dict[str, Any] = {name: request.POST.get(name, "").replace("\x00", "") for name in FIELDS}
    return {**typed, "suggested": request.POST.getlist("suggested")}


def _form(request: HttpRequest, form: NeedForm, statement: str, need: TrainingNeed | None = None) -> HttpResponse:
    found = querysets.may_answer(statement, request.reader)
    chosen = form.chosen()
    kept_answers = querysets.answers_for(request.reader).filter(pk__in=chosen).exclude(pk__in=[row.pk for row in found])
    context = {
        "form": form,
        "need": need,
        "has_looked": bool(tidy(statement)),
        "answers": [(row, str(row.pk) in chosen) for row in [*kept_answers.for_cards()[:20], *found]],
    }
    return render(request, "needs/form.html", context)


ACTIONS = {
    "withdraw": (services.withdraw_need, lambda: _("The need is withdrawn. You can undo this here.")),
    "restore": (services.restore_need, lambda: _("The need is back in the list.")),
    "support": (services.support_need, lambda: _("Thank you. You are counted; your name is not shown.")),
    "unsupport": (services.unsupport_need, lambda: _("You are no longer counted.")),
}


@require_POST
def act(request: HttpRequest, code: str, action: str) -> HttpResponse:
    need = _need(request, code)
    address = reverse("needs:need", args=[code])
    if not request.reader.is_member:
        return redirect_to_login(address)
    service, message = ACTIONS[action]
    try:
        service(need, request.user)
    except PermissionDenied:
        if rules.is_own(request.reader, need):
            return redirect(address)  # done before, in another tab
        raise
    messages.success(request, message())
    return redirect(address)

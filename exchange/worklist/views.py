"""Beginning a record: straight to the form under the right institution and in the person's language, with a choice only where there is one."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.catalogue.folders import folder_in, institutions_to_write_for, own_institution
from practices.catalogue.models import Institution
from practices.catalogue.projection import edition_class


class WhereForm(forms.Form):
    institution = forms.ModelChoiceField(Institution.objects.none(), label=gettext_lazy("Institution"))
    language = forms.ChoiceField(
        label=gettext_lazy("Language you write in"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )

    def __init__(self, *args, institutions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = institutions


def new(request: HttpRequest, kind: str) -> HttpResponse:
    model = edition_class(kind)
    if model is None:
        raise Http404
    institutions = institutions_to_write_for(request.user)
    if not institutions.exists():
        raise PermissionDenied
    own = own_institution(request.user, institutions)
    if own and "choose" not in request.GET:
        return _to_form(model, own, request.user.language)
    initial = {"institution": own, "language": request.user.language}
    form = WhereForm(request.GET if "language" in request.GET else None, initial=initial, institutions=institutions)
    if form.is_valid():
        return _to_form(model, form.cleaned_data["institution"], form.cleaned_data["language"])
    title = _("New: %(kind)s") % {"kind": model.get_verbose_name()}
    return render(
        request,
        "worklist/where.html",
        {"header_title": title, "page_title": title, "header_icon": "doc-empty-inverse", "form": form},
    )


def _to_form(model: type, institution: Institution, language: str) -> HttpResponse:
    folder = folder_in(institution, language)
    return redirect("wagtailadmin_pages:add", model._meta.app_label, model._meta.model_name, folder.pk)

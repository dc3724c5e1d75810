"""A new form opens with what Sala knows of the institution it is written for."""

from __future__ import annotations

from django.dispatch import receiver
from wagtail.signals import init_new_page

from exchange.visits.models import StudyVisitPage
from exchange.visits.querysets import latest_action
from exchange.workshops.models import WorkshopPage
from practices.access.reader import reader_for
from practices.adaptations.models import AdaptationPage
from practices.catalogue.models import EditionPage, InstitutionPage, PracticePage
from practices.catalogue.models.practice import Origin


@receiver(init_new_page)
def offer_what_is_known(sender, page, parent, **kwargs):
    if not isinstance(page, EditionPage) or not isinstance(parent, InstitutionPage):
        return
    institution = parent.institution
    if isinstance(page, PracticePage):
        page.country, page.province, page.host = institution.country, institution.province, institution
        page.origin = _origin(institution.country)
    elif isinstance(page, AdaptationPage):
        page.country = institution.country
        page.provinces = [institution.province] if institution.province else []
    elif isinstance(page, WorkshopPage):
        page.country, page.organisers = institution.country, [institution]
    if isinstance(page, StudyVisitPage | WorkshopPage) and page.owner:
        page.action = latest_action(institution, reader_for(page.owner))


def _origin(country) -> str:
    if country.in_eu:
        return Origin.EU
    return Origin.THAILAND if country.code == "TH" else Origin.OTHER

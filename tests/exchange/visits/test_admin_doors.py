"""No list, chooser, report or preview of the admin names a record of another institution that is not open to its user."""

import pytest
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from practices.catalogue.services import archive_record
from tests.factories.editions import block, make_practice, make_source, make_visit

pytestmark = pytest.mark.django_db
SECRET = "Kept inside the house"


@pytest.fixture
def hidden(other_department, department):
    """A hidden practice with all that hangs on a page: revisions, a translation, a source, a reference from one's own page."""
    source = make_source("example-key")
    page = make_practice(
        other_department,
        title=SECRET,
        visibility="institution",
        provenance=[block("fact", {"field": "level", "basis": "stated", "source": source.pk, "note": ""})],
    )
    page.save_revision()
    translated = TranslationSource.update_or_create_from_instance(page)[0]
    thai = Translation.objects.create(source=translated, target_locale=Locale.objects.get(language_code="th"))
    thai.save_target(publish=False)
    observed = {"record": page.record_id, "title": "Seen", "findings": "<p>It works.</p>"}
    make_visit(department, title="Our own visit", observed=[block("practice", observed)])
    draft = make_practice(other_department, title=f"{SECRET}: a draft", draft=True)
    archived = make_practice(other_department, title=f"{SECRET}: archived")
    archive_record(archived.record)
    return {"page": page, "folder": page.get_parent(), "source": source, "translated": translated, "draft": draft}


def addresses(hidden):
    page, folder, draft = hidden["page"].pk, hidden["folder"].pk, hidden["draft"].pk
    return [
        "/admin/",
        "/admin/pages/",
        f"/admin/pages/{folder}/",
        *(
            f"/admin/pages/{pk}/{view}/"
            for pk in (page, draft)
            for view in ("edit", "view_draft", "history", "usage", "unpublish")
        ),
        f"/admin/pages/{page}/revisions/{hidden['page'].latest_revision_id}/view/",
        f"/admin/pages/{page}/revisions/compare/earliest...latest/",
        "/admin/pages/search/?q=Kept",
        "/admin/pages/search/results/?q=Kept",
        "/admin/pages/usage/catalogue/practicepage/",
        f"/admin/choose-page/{folder}/",
        "/admin/choose-page/search/?q=Kept",
        "/admin/choose-page/search/?q=inside&allow_external_link=true",
        "/admin/record_chooser/",
        "/admin/record_chooser/results/?q=Kept",
        f"/admin/record_chooser/chosen/{hidden['page'].record_id}/",
        f"/admin/record_chooser/chosen-multiple/?id={hidden['page'].record_id}",
        f"/admin/snippets/catalogue/source/usage/{hidden['source'].pk}/",
        f"/admin/snippets/catalogue/source/history/{hidden['source'].pk}/",
        f"/admin/localize/submit/page/{page}/",
        f"/admin/localize/update/{hidden['translated'].pk}/",
        "/admin/localize/reports/translations/",
        "/admin/localize/reports/translations/results/",
        f"/admin/localize/page/{page}/convert_to_alias/",
        f"/admin/localize/translate/{hidden['translated'].translations.get().pk}/pofile/download/",
        f"/admin/localize/translate/{hidden['translated'].translations.get().pk}/preview/",
        "/admin/reports/locked/",
        "/admin/reports/site-history/",
        "/admin/reports/aging-pages/",
        "/admin/reports/page-types-usage/",
        "/admin/reports/workflow/",
        f"/admin/api/main/pages/?child_of={folder}",
        f"/admin/api/main/pages/{page}/",
        "/admin/api/main/pages/?search=Kept",
        "/admin/records/archived/",
        f"/admin/records/{hidden['page'].record_id}/archive/",
        "/admin/visits/new/",
    ]


def test_admin_names_no_hidden_record(signed_in, focal_point, hidden):
    browser = signed_in(focal_point)
    betrayed = {}
    for address in addresses(hidden):
        response = browser.get(address, follow=True)
        if SECRET in response.content.decode() or response.status_code >= 500:
            betrayed[address] = response.status_code
    assert betrayed == {}


def test_the_same_addresses_show_it_to_those_who_may_see_it(signed_in, administrator, hidden):
    """So that the test above cannot pass by asking at doors that are not there."""
    browser = signed_in(administrator)
    shown = [address for address in addresses(hidden) if SECRET in browser.get(address, follow=True).content.decode()]
    assert len(shown) > len(addresses(hidden)) / 2

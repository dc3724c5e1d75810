"""Loading is safe to repeat: nothing changes twice, what people edited stays, and a file that is wrong changes nothing at all."""

from __future__ import annotations

import io
import shutil

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from wagtail.models import Page, Revision
from wagtail_localize.models import StringTranslation, TranslationLog

from exchange.demo import case_files
from exchange.demo.loader import Loader
from exchange.demo.models import LoadedFile
from exchange.discussion.models import Post
from exchange.needs.models import TrainingNeed
from exchange.people.models import Seat, User
from exchange.reading_lists.models import ReadingList
from exchange.reading_lists.services import delete_list
from practices.adaptations.models import AdaptationPage
from practices.catalogue.models import ContentEpoch, Listing, Record, RecordLink, RecordVersion

pytestmark = pytest.mark.django_db

FILES = [
    "sources.yaml",
    "laws.yaml",
    "institutions.yaml",
    "tags.yaml",
    "people.yaml",
    "lists.yaml",
    "practices/housing-first-ireland.yaml",
    "visits/study-visit-ireland.yaml",
    "adaptations/dsdw-small-houses.yaml",
    "pages/home.yaml",
    "pages/terms.yaml",
]
HOUSES = "adaptations/dsdw-small-houses.yaml"


@pytest.fixture
def few(tmp_path, monkeypatch):
    """A folder with a few files of the case, in which a test may write."""
    for name in FILES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(case_files.CASE / name, tmp_path / name)
    for name in ("glossary", "needs", "comments"):
        (tmp_path / f"{name}.yaml").write_text("[]")
    monkeypatch.setattr(case_files, "CASE", tmp_path)
    return tmp_path


def load(**options) -> list[str]:
    """The files that changed something."""
    changed: list[str] = []
    Loader(changed.append, **options).load()
    return changed


def state() -> dict[str, int]:
    models = [Revision, RecordVersion, TranslationLog, StringTranslation, Page, Listing, RecordLink, User, Seat, Post]
    return {"epoch": ContentEpoch.current(), **{model.__name__: model.objects.count() for model in models}}


def houses(language: str = "en") -> AdaptationPage:
    return AdaptationPage.objects.get(slug="dsdw-small-houses", locale__language_code=language)


def edit(folder, old: str, new: str, name: str = HOUSES) -> None:
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new))


def test_a_second_load_changes_nothing(few):
    assert HOUSES in load()
    before = state()
    assert load() == []
    assert state() == before


def test_a_load_that_knows_of_no_earlier_one_finds_the_same_content_and_changes_nothing(few):
    load()
    before = state()
    LoadedFile.objects.all().delete()
    assert load() == []
    assert state() == before


def test_what_a_person_edited_stays_when_the_case_is_loaded_again(few):
    load()
    page = houses()
    page.title = "Edited by a focal point"
    page.save_revision().publish()
    load()
    assert houses().title == "Edited by a focal point"


def test_a_changed_text_in_the_source_language_gives_a_new_version(few):
    load()
    edit(few, 'Small houses in self-help land settlements"\n  th', 'Small houses in land settlements"\n  th')
    assert load() == [HOUSES]
    record = Record.objects.get(uuid=case_files.record_uuid("dsdw-small-houses"))
    assert record.versions.first().number == 2
    assert houses().title == "Small houses in land settlements"
    assert houses("th").title == "บ้านหลังเล็กในนิคมสร้างตนเอง"


def test_a_changed_translation_reaches_the_page_and_makes_no_new_version(few):
    load()
    edit(few, 'th: "บ้านหลังเล็กในนิคมสร้างตนเอง"\none_line', 'th: "บ้านหลังน้อยในนิคมสร้างตนเอง"\none_line')
    assert load() == [HOUSES]
    assert houses("th").title == "บ้านหลังน้อยในนิคมสร้างตนเอง"
    assert RecordVersion.objects.filter(number__gt=1).count() == 0


def test_block_ids_are_the_same_in_both_languages_and_after_a_change(few):
    load()
    before = [block.id for block in houses().results]
    edit(few, "Length of the pilot", "How long the pilot lasts")
    load()
    assert [block.id for block in houses().results] == before == [block.id for block in houses("th").results]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('  th: "บ้านหลังเล็กในนิคมสร้างตนเอง"\none_line', "one_line", "no th text for title"),
        ("status: pilot", "statues: pilot", "there is no field statues"),
        ("status: pilot", "status: somewhere", "dsdw-small-houses.yaml.*somewhere"),
        ("source: mieux-thailand\n    note", "source: nowhere\n    note", "nowhere"),
        ("decision: kept", "decision: kept\n    colour: blue", "unknown colour"),
        ("value: 270", "value: many", "dsdw-small-houses.yaml.*ConversionSyntax"),
        ("kind: adaptation", "kind: [", "dsdw-small-houses.yaml"),
    ],
)
def test_a_wrong_file_is_refused_with_its_reason_and_nothing_is_kept(few, old, new, message):
    edit(few, old, new)
    with pytest.raises(CommandError, match=message):
        call_command("load_case", verbosity=0)
    assert not Record.objects.exists()
    assert not LoadedFile.objects.exists()


def test_languages_with_different_paragraphs_are_refused(few):
    edit(few, "บ้านหลังเล็ก 270 หลังในนิคมสร้างตนเอง 24 จังหวัด [^", "บ้านหลังเล็ก 270 หลัง\\n\\nในนิคมสร้างตนเอง 24 จังหวัด [^")
    with pytest.raises(CommandError, match="differ"):
        call_command("load_case", verbosity=0)


def test_example_people_stay_out_where_they_do_not_belong(few):
    out = io.StringIO()
    call_command("load_case", stdout=out)  # the settings of the tests are not those of the demo
    assert User.objects.count() == TrainingNeed.objects.count() == 0
    assert "example.org" not in out.getvalue()


def test_example_people_can_sign_in_with_the_printed_password(few, client, settings):
    out = io.StringIO()
    call_command("load_case", "--examples", stdout=out)
    assert settings.DEMO_PASSWORD in out.getvalue()
    for person in User.objects.all():
        assert person.email in out.getvalue()
        assert person.check_password(settings.DEMO_PASSWORD)
        assert person.is_superuser == (person.email == "administrator@example.org")
    assert Seat.objects.filter(until__isnull=True).count() == 4


def test_an_example_list_is_made_once_and_stays_deleted(few):
    load()
    made = ReadingList.objects.get()
    assert [item.record.listing.url.split("/")[-2] for item in made.items.all()] == [
        "housing-first-ireland",
        "study-visit-ireland",
        "dsdw-small-houses",
    ]
    assert all(word.startswith("(ตัวอย่าง)") for word in (made.name, made.description))
    delete_list(made, made.owner)
    LoadedFile.objects.all().delete()
    load()
    assert ReadingList.objects.get().deleted_at is not None


def test_a_password_that_someone_changed_stays(few):
    load()
    person = User.objects.get(email="moderator@example.org")
    person.set_password("their own, long enough")
    person.save()
    LoadedFile.objects.all().delete()
    load()
    person.refresh_from_db()
    assert person.check_password("their own, long enough")

"""Seats and roles give exactly the rights they should, at once, and take them back."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry
from wagtail.users.models import UserProfile

from exchange.people.models import SeatKind, User
from exchange.people.querysets import needs_second_factor, reader_of
from exchange.people.services import (
    assign_seat,
    create_person,
    end_seat,
    grant_role,
    move_to_institution,
    revoke_role,
    update_person,
)
from media.models import SalaDocument
from practices.access.reader import Role
from practices.catalogue.models import Institution, InstitutionPage
from practices.catalogue.services import ensure_folders
from tests.factories.people import make_focal_point, make_institution, make_person

pytestmark = pytest.mark.django_db


def folders_open_to(person: User) -> set[str]:
    """Codes of the institutions whose folders Wagtail's explorer lets this person work in."""
    pages = PagePermissionPolicy().instances_user_has_permission_for(User.objects.get(pk=person.pk), "publish")
    return set(InstitutionPage.objects.filter(pk__in=pages).values_list("institution__code", flat=True))


def collections_open_to(person: User) -> set[str]:
    policy = policy_registry.get_by_type(SalaDocument)  # the one that Wagtail's own views ask
    person = User.objects.get(pk=person.pk)
    return set(policy.collections_user_has_permission_for(person, "add").values_list("name", flat=True))


def test_name_is_kept_whole_and_the_address_in_lower_case():
    person = create_person("Somebody@Example.ORG", "  Example   Mary van Dijk ", "th")
    person.refresh_from_db()
    assert (person.email, person.name, str(person)) == (
        "somebody@example.org",
        "Example Mary van Dijk",
        "Example Mary van Dijk",
    )
    assert not person.has_usable_password()


def test_an_address_can_belong_to_one_person_only():
    create_person("one@example.org", "Example One")
    with pytest.raises(ValidationError) as wrong:
        create_person("ONE@example.org", "Example Two")
    assert "email" in wrong.value.message_dict


def test_seat_opens_own_folder_and_those_below_and_nothing_else():
    ministry = make_institution("ministry")
    department = make_institution("department", below=ministry)
    make_institution("shelter", below=department)
    make_institution("elsewhere")
    person = make_focal_point(department)
    assert folders_open_to(person) == {"department", "shelter"}
    assert collections_open_to(person) == {"department", "shelter"}
    assert person.has_perm("wagtailadmin.access_admin")


def test_folder_made_later_below_is_opened_to_the_seat_above():
    department = make_institution("department")
    person = make_focal_point(department)
    make_institution("new-home", below=Institution.objects.get(code="department"))
    assert folders_open_to(person) == {"department", "new-home"}


def test_every_language_of_the_folder_is_opened():
    institution = make_institution()
    person = make_focal_point(institution)
    pages = PagePermissionPolicy().instances_user_has_permission_for(person, "add")
    assert {page.locale.language_code for page in pages} == {"en", "th"}


def test_moving_an_institution_moves_its_rights():
    old, new = make_institution("old"), make_institution("new")
    home = make_institution("home", below=old)
    director, other = make_focal_point(old), make_focal_point(new)
    home.refresh_from_db()
    home.move(Institution.objects.get(pk=new.pk), "last-child")
    Institution.objects.get(code="home").save()
    assert folders_open_to(director) == {"old"}
    assert folders_open_to(other) == {"new", "home"}


def test_ended_seat_takes_the_rights_back_and_can_be_given_again():
    institution = make_institution()
    first, second = make_focal_point(institution), make_person()
    end_seat(first.seats.get())
    assert folders_open_to(first) == set()
    assert not User.objects.get(pk=first.pk).has_perm("wagtailadmin.access_admin")
    assign_seat(institution, SeatKind.OPERATIONAL, second)
    assert folders_open_to(second) == {institution.code}


def test_taken_seat_is_refused_with_a_reason():
    institution = make_institution()
    make_focal_point(institution)
    with pytest.raises(ValidationError, match="This seat is taken"):
        assign_seat(institution, SeatKind.OPERATIONAL, make_person())


def test_nobody_holds_both_seats():
    institution = make_institution()
    person = make_focal_point(institution)
    with pytest.raises(ValidationError, match="both seats"):
        assign_seat(institution, SeatKind.STRATEGIC, person)


def test_giving_the_same_seat_twice_changes_nothing():
    institution = make_institution()
    person = make_focal_point(institution)
    assign_seat(institution, SeatKind.OPERATIONAL, person)
    assert person.seats.count() == 1


def test_programme_officer_works_on_the_eu_side():
    make_institution("thai")
    make_institution("irish", country="IE")
    make_institution("implementer", country="TH", kind="international")
    officer = make_person(role=Role.PROGRAMME_OFFICER)
    assert folders_open_to(officer) == {"irish", "implementer"}
    make_institution("finnish", country="FI")
    assert folders_open_to(officer) == {"irish", "implementer", "finnish"}


def test_reader_and_folders_agree_for_seats_and_programme_officers():
    """One source of permission: what Wagtail's explorer opens is what the rule says may be edited."""
    ministry = make_institution("ministry")
    make_institution("shelter", below=ministry)
    make_institution("irish", country="IE")
    for person in (
        make_focal_point(ministry),
        make_person(role=Role.PROGRAMME_OFFICER),
        make_person(role=Role.MODERATOR),
    ):
        reader = reader_of(User.objects.get(pk=person.pk))
        codes = set(Institution.objects.filter(pk__in=reader.institutions).values_list("code", flat=True))
        assert codes == folders_open_to(person)


def test_administrator_may_everything_until_the_role_is_taken_back():
    make_person(role=Role.ADMINISTRATOR)
    person = make_person(role=Role.ADMINISTRATOR)
    assert User.objects.get(pk=person.pk).is_superuser
    revoke_role(person, Role.ADMINISTRATOR)
    assert not User.objects.get(pk=person.pk).is_superuser
    assert not reader_of(User.objects.get(pk=person.pk)).is_administrator


def test_last_administrator_stays():
    person = make_person(role=Role.ADMINISTRATOR)
    with pytest.raises(ValidationError, match="at least one administrator"):
        revoke_role(person, Role.ADMINISTRATOR)


def test_moderator_has_no_right_over_pages():
    person = make_person(role=Role.MODERATOR)
    assert (
        not PagePermissionPolicy().instances_user_has_any_permission_for(person, {"add", "change", "publish"}).exists()
    )


def test_organiser_adds_in_the_own_institution_and_follows_a_change_of_work():
    first, second = make_institution("first"), make_institution("second")
    person = make_person(role=Role.ORGANISER, institution=first)
    policy = PagePermissionPolicy()

    def may_add() -> set[str]:
        pages = policy.instances_user_has_permission_for(User.objects.get(pk=person.pk), "add")
        return set(InstitutionPage.objects.filter(pk__in=pages).values_list("institution__code", flat=True))

    assert may_add() == {"first"}
    assert not policy.instances_user_has_permission_for(person, "change").exists()
    move_to_institution(person, second)
    assert may_add() == {"second"}
    revoke_role(person, Role.ORGANISER)
    assert may_add() == set()


def test_unknown_role_is_refused():
    with pytest.raises(ValueError, match="no role"):
        grant_role(make_person(), "emperor")


def test_who_needs_a_second_factor():
    institution = make_institution()
    assert needs_second_factor(reader_of(make_focal_point(institution)))
    assert needs_second_factor(reader_of(make_person(role=Role.MODERATOR)))
    assert needs_second_factor(reader_of(User.objects.get(pk=make_person(role=Role.ADMINISTRATOR).pk)))
    assert needs_second_factor(reader_of(make_person(role=Role.PROGRAMME_OFFICER)))
    assert not needs_second_factor(reader_of(make_person(role=Role.EXPERT)))
    former = make_focal_point(make_institution())
    end_seat(former.seats.get())
    assert not needs_second_factor(reader_of(former))


def test_language_is_one_here_and_in_wagtail():
    person = make_person(language="th")
    profile = UserProfile.objects.get(user=person)
    assert profile.preferred_language == "th"
    update_person(person, name="Example Other", language="en")
    profile.refresh_from_db()
    assert profile.preferred_language == "en"
    profile.preferred_language = "th"
    profile.save()
    person.refresh_from_db()
    assert person.language == "th"


def test_reader_takes_three_queries_at_most(django_assert_max_num_queries):
    ministry = make_institution("ministry")
    for number in range(3):
        make_institution(f"home-{number}", below=Institution.objects.get(pk=ministry.pk))
    person = make_focal_point(ministry, role=Role.PROGRAMME_OFFICER)
    with django_assert_max_num_queries(3):
        reader = reader_of(person)
    assert len(reader.institutions) == 4


def test_folders_made_again_change_no_rights():
    institution = make_institution()
    person = make_focal_point(institution)
    before = set(person.groups.get().page_permissions.values_list("pk", flat=True))
    ensure_folders(institution)
    Institution.objects.get(pk=institution.pk).save()
    assert set(person.groups.get().page_permissions.values_list("pk", flat=True)) == before
    assert Page.objects.filter(pk__in=InstitutionPage.objects.filter(institution=institution)).count() == 2

"""The only way to an account: whom one may invite, the mail, and a link that works once and not for ever."""

import re
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone, translation

from exchange.people.invitations import invite, send_invitation, withdraw_invitation
from exchange.people.letters import link_of
from exchange.people.models import Invitation, Seat, User
from exchange.people.querysets import INVITATION_SALT, invitation_of
from exchange.people.rules import manageable_q, may_manage
from practices.access.reader import Role, reader_for
from practices.catalogue.models import Institution
from tests.factories.people import PASSWORD, make_focal_point, make_institution, make_person

pytestmark = pytest.mark.django_db
ANSWERS = {"name": "Example Newcomer", "language": "en", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def administrator():
    return make_person("Example Administrator", role=Role.ADMINISTRATOR)


def path_of(invitation: Invitation) -> str:
    return link_of(invitation).removeprefix("http://localhost:8000")


def test_mail_is_in_the_language_of_the_invited_and_its_link_leads_there(
    administrator, client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        invite(administrator, "New.Person@Example.org", Role.EXPERT, language="th", name="ตัวอย่าง ผู้เชี่ยวชาญ")
    message = mail.outbox[0]
    assert message.to == ["new.person@example.org"]
    assert "ตัวอย่าง ผู้เชี่ยวชาญ" in message.body
    link = re.search(r"http://localhost:8000(/th/accounts/invitation/\S+/)", message.body).group(1)
    page = client.get(link)
    assert page.status_code == 200
    assert "new.person@example.org" in page.content.decode()
    assert not any(re.search(r"[<>&]|{{|{%", line) for line in message.body.splitlines())


def test_no_mail_leaves_when_the_transaction_fails(administrator, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        invite(administrator, "new@example.org", Role.EXPERT)
    assert len(callbacks) == 1
    assert mail.outbox == []


def test_accepting_makes_the_account_gives_the_seat_and_signs_in(administrator, client):
    institution = make_institution("department")
    invitation = invite(administrator, "new@example.org", "operational", institution)
    response = client.post(path_of(invitation), ANSWERS)
    assert (response.status_code, response.url) == (302, "/admin/")
    person = User.objects.get(email="new@example.org")
    assert (person.name, person.institution) == ("Example Newcomer", institution)
    assert Seat.objects.get(institution=institution, until__isnull=True).holder == person
    assert "/2fa/totp/activate/" in client.get("/admin/").url
    assert client.get(client.get("/admin/").url).status_code == 200  # not asked for the password again at once
    invitation.refresh_from_db()
    assert invitation.accepted_by == person


def test_accepting_gives_the_role(administrator, client):
    invitation = invite(administrator, "expert@example.org", Role.EXPERT)
    assert client.post(path_of(invitation), {**ANSWERS, "language": "th"}).url == "/th/"
    person = User.objects.get(email="expert@example.org")
    assert Role.EXPERT in reader_for(person).roles
    assert person.language == "th"


def test_link_works_once(administrator, client):
    invitation = invite(administrator, "new@example.org", Role.MEMBER)
    client.post(path_of(invitation), ANSWERS)
    client.logout()
    again = client.post(path_of(invitation), {**ANSWERS, "name": "Somebody Else"})
    assert again.status_code == 410
    assert User.objects.filter(email="new@example.org").count() == 1


def test_expired_withdrawn_replaced_and_forged_links_open_nothing(administrator, client):
    expired = invite(administrator, "a@example.org", Role.MEMBER)
    Invitation.objects.filter(pk=expired.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    withdrawn = invite(administrator, "b@example.org", Role.MEMBER)
    withdraw_invitation(withdrawn, administrator)
    replaced = invite(administrator, "c@example.org", Role.MEMBER)
    older = path_of(replaced)
    send_invitation(replaced, administrator)
    genuine = path_of(replaced)
    tampered = genuine[:-3] + ("A" if genuine[-3] != "A" else "B") + genuine[-2:]
    foreign = signing.dumps([replaced.pk, replaced.sendings], salt="something else")
    for path in (path_of(expired), path_of(withdrawn), older, tampered, f"/en/accounts/invitation/{foreign}/"):
        for response in (client.get(path), client.post(path, ANSWERS)):
            assert response.status_code == 410, path
    assert not User.objects.filter(email__in=["a@example.org", "b@example.org", "c@example.org"]).exists()
    assert client.get(genuine).status_code == 200


@pytest.mark.parametrize("content", [None, 7, "x", [1], [1, 2, 3], {"a": 1}, ["x", "y"]])
def test_signed_nonsense_is_no_invitation(content):
    assert invitation_of(signing.dumps(content, salt=INVITATION_SALT)) is None


def test_weak_or_unequal_password_is_said_beside_its_field_and_the_name_is_kept(administrator, client):
    invitation = invite(administrator, "new@example.org", Role.MEMBER)
    weak = client.post(path_of(invitation), {**ANSWERS, "password1": "short", "password2": "short"})
    assert set(weak.context["form"].errors) == {"password1"}
    assert 'value="Example Newcomer"' in weak.content.decode()
    unequal = client.post(path_of(invitation), {**ANSWERS, "password2": PASSWORD + "x"})
    assert set(unequal.context["form"].errors) == {"password2"}
    assert not User.objects.filter(email="new@example.org").exists()


def test_seat_taken_meanwhile_is_said_and_makes_no_account(administrator, client):
    institution = make_institution()
    invitation = invite(administrator, "new@example.org", "operational", institution)
    make_focal_point(institution)
    response = client.post(path_of(invitation), ANSWERS)
    assert response.status_code == 200
    assert "This seat is taken" in response.content.decode()
    assert not User.objects.filter(email="new@example.org").exists()


def test_who_has_an_account_signs_in_to_accept(administrator, client):
    person, other = make_person(), make_person()
    institution = make_institution()
    invitation = invite(administrator, person.email, "strategic", institution)
    assert "/accounts/login/" in client.get(path_of(invitation)).content.decode()
    client.force_login(other)
    assert client.post(path_of(invitation)).status_code == 200
    assert not Seat.objects.filter(institution=institution).exists()
    client.force_login(person)
    assert client.post(path_of(invitation)).status_code == 302
    assert Seat.objects.get(institution=institution).holder == person


def test_whom_a_focal_point_may_invite(administrator):
    department = make_institution("department")
    shelter = make_institution("shelter", below=department)
    elsewhere = make_institution("elsewhere")
    focal_point = make_focal_point(Institution.objects.get(pk=department.pk))
    for number, (post, place, allowed) in enumerate(
        [
            (Role.MEMBER, department, True),
            (Role.EXPERT, shelter, True),
            ("operational", shelter, True),
            (Role.ORGANISER, department, True),
            (Role.MEMBER, elsewhere, False),
            ("operational", elsewhere, False),
            (Role.MODERATOR, department, False),
            (Role.ADMINISTRATOR, department, False),
            (Role.PROGRAMME_OFFICER, department, False),
            (Role.MEMBER, None, False),
        ]
    ):
        if allowed:
            assert invite(focal_point, f"p{number}@example.org", post, place).pk
        else:
            with pytest.raises(PermissionDenied):
                invite(focal_point, f"p{number}@example.org", post, place)
    with pytest.raises(PermissionDenied):
        invite(make_person(role=Role.EXPERT), "x@example.org", Role.MEMBER, department)
    assert invite(administrator, "y@example.org", Role.MODERATOR).pk


def test_what_cannot_be_invited_is_refused_with_a_reason(administrator):
    institution = make_institution()
    make_focal_point(institution)
    with pytest.raises(ValidationError, match="seat is taken"):
        invite(administrator, "a@example.org", "operational", institution)
    with pytest.raises(ValidationError, match="Choose the institution"):
        invite(administrator, "a@example.org", "strategic")
    with pytest.raises(ValidationError, match="valid email"):
        invite(administrator, "not an address", Role.MEMBER)
    invite(administrator, "b@example.org", Role.MEMBER)
    with pytest.raises(ValidationError, match="has an invitation already"):
        invite(administrator, "B@example.org", Role.EXPERT)


def test_rule_and_queryset_twin_agree(administrator):
    department, elsewhere = make_institution("department"), make_institution("elsewhere")
    for number, place in enumerate((department, elsewhere, None)):
        invite(administrator, f"p{number}@example.org", Role.MEMBER, place)
    for person in (administrator, make_focal_point(department), make_person()):
        reader = reader_for(User.objects.get(pk=person.pk))
        listed = set(Invitation.objects.filter(manageable_q(reader)))
        assert listed == {invitation for invitation in Invitation.objects.all() if may_manage(reader, invitation)}


def test_focal_point_invites_in_the_admin_and_sees_only_the_own_ones(administrator, client):
    department, elsewhere = make_institution("department"), make_institution("elsewhere")
    invite(administrator, "hidden@example.org", Role.MEMBER, elsewhere)
    client.force_login(make_focal_point(department))
    form = client.get("/admin/invitations/new/")
    assert form.status_code == 200
    html = form.content.decode()
    assert "elsewhere" not in html
    assert "administrator" not in str(form.context["form"]["post"])
    fields = {"email": "new@example.org", "name": "", "language": "th", "post": "member", "institution": department.pk}
    assert client.post("/admin/invitations/new/", fields).status_code == 302
    listed = client.get("/admin/invitations/").content.decode()
    assert "new@example.org" in listed
    assert "hidden@example.org" not in listed
    refused = client.post("/admin/invitations/new/", {**fields, "email": "x@example.org", "institution": elsewhere.pk})
    assert "institution" in refused.context["form"].errors
    twice = client.post("/admin/invitations/new/", fields)
    assert twice.status_code == 200
    assert "has an invitation already" in twice.content.decode()


def test_invitation_is_sent_again_and_withdrawn_in_the_admin(administrator, client):
    invitation = invite(administrator, "new@example.org", Role.MEMBER)
    client.force_login(administrator)
    assert client.get(f"/admin/invitations/{invitation.pk}/send-again/").status_code == 200
    client.post(f"/admin/invitations/{invitation.pk}/send-again/")
    invitation.refresh_from_db()
    assert invitation.sendings == 2
    client.post(f"/admin/invitations/{invitation.pk}/withdraw/")
    invitation.refresh_from_db()
    assert invitation.state == "withdrawn"
    client.force_login(make_focal_point(make_institution()))
    assert client.post(f"/admin/invitations/{invitation.pk}/send-again/", follow=True).status_code == 404


def test_states_are_said_in_the_language_of_the_page(administrator):
    invitation = invite(administrator, "new@example.org", Role.MEMBER)
    with translation.override("en"):
        assert invitation.state == "sent"
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now())
    invitation.refresh_from_db()
    assert not invitation.is_open

"""Signing in, the second step, lockout, and the ways that must not lead round them."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from axes.models import AccessAttempt
from django.core import mail
from django.test import Client
from django.urls import reverse

from exchange.people.models import User
from exchange.people.services import end_sessions, reset_second_factor
from practices.access.reader import Role
from tests.exchange.people.codes import code_for
from tests.factories.people import PASSWORD, make_focal_point, make_institution, make_person

pytestmark = pytest.mark.django_db
LOGIN = "/en/accounts/login/"


def sign_in(client, person, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": person.email, "password": password, **more})


def is_signed_in(client) -> bool:
    return client.get("/en/accounts/profile/").status_code == 200


def switch_on_second_factor(person) -> tuple[str, list[str]]:
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(person, secret)
    return secret, RecoveryCodes.activate(person).get_unused_codes()


def test_member_signs_in_and_lands_in_their_language(client):
    person = make_person(language="th")
    response = sign_in(client, person)
    assert (response.status_code, response.url) == (302, "/th/")
    assert is_signed_in(client)


def test_capitals_in_the_address_do_not_matter(client):
    person = make_person()
    response = client.post(LOGIN, {"login": person.email.upper(), "password": PASSWORD})
    assert response.status_code == 302


def test_next_address_is_kept_and_a_foreign_one_is_not(client):
    person = make_person()
    assert sign_in(client, person, next="/en/accounts/profile/").url == "/en/accounts/profile/"
    client.logout()
    assert sign_in(client, person, next="https://elsewhere.example/").url == "/en/"


def test_wrong_password_is_said_beside_the_field_and_the_address_is_kept(client):
    person = make_person()
    response = sign_in(client, person, "wrong")
    assert response.status_code == 200
    assert "password" in response.context["form"].errors
    html = response.content.decode()
    assert f'value="{person.email}"' in html
    assert "wrong" not in re.findall(r'value="([^"]*)"', html)


def test_unknown_and_known_address_get_the_same_answer(client):
    known = sign_in(client, make_person(), "wrong").context["form"].errors
    unknown = client.post(LOGIN, {"login": "nobody@example.org", "password": "wrong"}).context["form"].errors
    assert known == unknown


def test_session_ends_with_the_browser_unless_asked_otherwise(client):
    person = make_person()
    sign_in(client, person)
    assert client.session.get_expire_at_browser_close()
    client.logout()
    sign_in(client, person, remember="on")
    assert client.session.get_expiry_age() == 14 * 24 * 60 * 60


def test_guarded_people_are_never_remembered(client):
    person = make_focal_point(make_institution(), second_factor=False)
    sign_in(client, person, remember="on")
    assert client.session.get_expire_at_browser_close()


def test_five_wrong_passwords_lock_the_address_out_on_that_machine_only(client):
    person = make_person()
    answers = [sign_in(client, person, "wrong").status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    right = sign_in(client, person)
    assert right.status_code == 429
    assert "Please wait a little" in right.content.decode()
    assert AccessAttempt.objects.get().username == person.email
    assert client.post(LOGIN, {"login": person.email.upper(), "password": PASSWORD}).status_code == 429
    assert client.post(LOGIN, {"login": person.email, "password": PASSWORD}, REMOTE_ADDR="10.9.8.7").status_code == 302


def test_lockout_is_said_in_thai_on_the_thai_page(client):
    person = make_person()
    for _ in range(5):
        response = client.post("/th/accounts/login/", {"login": person.email, "password": "wrong"})
    assert response.status_code == 429
    assert '<html lang="th"' in response.content.decode()


def test_success_forgets_the_failures_before(client):
    person = make_person()
    for _ in range(4):
        sign_in(client, person, "wrong")
    assert sign_in(client, person).status_code == 302
    client.logout()
    assert sign_in(client, person, "wrong").status_code == 200


def test_guessing_one_address_from_many_machines_is_braked(client):
    person = make_person()
    for number in range(15):
        client.post(LOGIN, {"login": person.email, "password": "wrong"}, REMOTE_ADDR=f"10.0.0.{number}")
    response = client.post(LOGIN, {"login": person.email, "password": PASSWORD}, REMOTE_ADDR="10.0.1.1")
    assert response.status_code == 200
    assert "too many attempts" in str(response.context["form"].errors)


def test_focal_point_is_led_to_the_second_step_before_anything_else(client):
    person = make_focal_point(make_institution(), second_factor=False)
    sign_in(client, person)
    setup = reverse("mfa_activate_totp")
    for address in ("/admin/", "/en/", "/en/accounts/profile/", "/en/accounts/password/change/", "/admin/account/"):
        assert client.get(address).url == setup, address
    assert client.post("/en/accounts/profile/", {"name": "x", "language": "en"}).url == setup


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ADMINISTRATOR, Role.PROGRAMME_OFFICER, Role.ORGANISER])
def test_guarded_roles_are_led_to_the_second_step(client, role):
    sign_in(client, make_person(role=role, second_factor=False))
    assert client.get("/en/").url == reverse("mfa_activate_totp")


@pytest.mark.parametrize("role", [Role.EXPERT, Role.MEMBER, None])
def test_experts_and_members_need_no_second_step(client, role):
    sign_in(client, make_person(role=role, second_factor=False))
    assert is_signed_in(client)


def test_whole_way_of_a_focal_point_with_real_codes(client, django_capture_on_commit_callbacks):
    person = make_focal_point(make_institution(), second_factor=False)
    sign_in(client, person)
    page = client.get(reverse("mfa_activate_totp"))
    html = page.content.decode()
    secret = page.context["form"].secret
    assert "data:image/svg+xml;base64," in html
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "code" in wrong.context["form"].errors
    code = code_for(secret)
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(reverse("mfa_activate_totp"), {"code": f"{code[:3]} {code[3:]}"})
    assert done.url == reverse("mfa_view_recovery_codes")
    codes = client.get(done.url).context["unused_codes"]
    assert len(codes) == 10
    assert client.get("/admin/").status_code == 200
    assert [message.to for message in mail.outbox] == [[person.email]]
    assert person.name in mail.outbox[0].body

    # the second time, the password alone opens nothing
    client.logout()
    assert sign_in(client, person).url == reverse("mfa_authenticate")
    assert client.get("/admin/").status_code == 302
    assert not is_signed_in(client)
    wrong = client.post(reverse("mfa_authenticate"), {"code": "123"})
    assert "code" in wrong.context["form"].errors
    entered = client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert (entered.status_code, entered.url) == (302, "/admin/")
    assert client.get("/admin/").status_code == 200

    # a recovery code works once
    client.logout()
    sign_in(client, person)
    assert client.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 200
    assert client.post(reverse("mfa_authenticate"), {"code": codes[1]}).status_code == 302


def test_second_factor_secret_is_not_kept_in_the_clear():
    person = make_person()
    secret, _codes = switch_on_second_factor(person)
    stored = str(list(Authenticator.objects.filter(user=person).values_list("data", flat=True)))
    assert secret not in stored
    assert Authenticator.objects.get(user=person, type="totp").wrap().validate_code(code_for(secret))


def test_secret_opens_after_the_signing_key_was_changed(settings):
    person = make_person()
    secret, _codes = switch_on_second_factor(person)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-" + "y" * 50
    assert Authenticator.objects.get(user=person, type="totp").wrap().validate_code(code_for(secret))


def test_codes_cannot_be_guessed_without_end(client):
    person = make_person()
    secret, _codes = switch_on_second_factor(person)
    sign_in(client, person)
    for _ in range(20):
        client.post(reverse("mfa_authenticate"), {"code": "000001"})
    response = client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert response.status_code == 200
    assert not is_signed_in(client)


def test_guarded_person_cannot_switch_the_second_step_off(client):
    person = make_focal_point(make_institution(), second_factor=False)
    switch_on_second_factor(person)
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 9e12}]
    session.save()
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=person, type="totp").exists()


def test_administrator_lets_someone_set_up_anew(client):
    person = make_focal_point(make_institution(), second_factor=False)
    switch_on_second_factor(person)
    client.force_login(User.objects.get(pk=person.pk))
    reset_second_factor(person)
    assert not is_signed_in(client)
    assert sign_in(client, person).url == "/admin/"
    assert client.get("/admin/").url == reverse("mfa_activate_totp")


def test_sign_out_on_every_device(client):
    person, other = make_person(), Client()
    sign_in(client, person)
    sign_in(other, person)
    assert is_signed_in(other)
    client.post("/en/accounts/sign-out-everywhere/")
    assert not is_signed_in(client)
    assert not is_signed_in(other)


def test_ended_sessions_stay_ended_after_a_new_sign_in(client):
    person = make_person()
    sign_in(client, person)
    end_sessions(person)
    assert not is_signed_in(client)
    sign_in(client, person)
    assert is_signed_in(client)


def test_closed_account_cannot_sign_in(client):
    person = make_person()
    person.is_active = False
    person.save()
    response = sign_in(client, person)
    assert not is_signed_in(client)
    assert response.status_code == 200 or "inactive" in response.url


def test_sign_out_needs_a_post(client):
    sign_in(client, make_person())
    assert client.get("/en/accounts/logout/").status_code == 200
    assert is_signed_in(client)
    assert client.post("/en/accounts/logout/").url == "/en/"
    assert not is_signed_in(client)


def test_nobody_can_sign_up(client):
    for method in (client.get, client.post):
        response = method(
            "/en/accounts/signup/", {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
        )
        assert "Accounts come by invitation" in response.content.decode()
    assert not User.objects.filter(email="new@example.org").exists()


def test_only_the_demo_names_people_on_the_sign_in_page(client, settings):
    person = make_person("Example Somebody")
    assert person.email not in client.get(LOGIN).content.decode()
    settings.DEMO, settings.DEMO_PASSWORD = True, PASSWORD
    html = client.get(LOGIN).content.decode()
    assert "Demo: example people sign in with a password only" in html
    assert person.email in html
    guarded = make_focal_point(make_institution(), second_factor=False)
    sign_in(client, guarded)
    assert client.get("/en/accounts/profile/").status_code == 200


def test_password_is_changed_and_other_devices_are_signed_out(client):
    person, other = make_person(), Client()
    sign_in(client, person)
    sign_in(other, person)
    new = "another-good-long-one-2"
    bad = client.post("/en/accounts/password/change/", {"oldpassword": "no", "password1": new, "password2": new})
    assert "oldpassword" in bad.context["form"].errors
    client.post("/en/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert is_signed_in(client)
    assert not is_signed_in(other)
    assert sign_in(other, person, new).status_code == 302


def test_profile_saves_name_and_language(client):
    person = make_person()
    client.force_login(person)
    client.post("/en/accounts/profile/", {"name": "Example New Name", "language": "th"})
    person.refresh_from_db()
    assert (person.name, person.language) == ("Example New Name", "th")
    bad = client.post("/en/accounts/profile/", {"name": "", "language": "xx"})
    assert set(bad.context["form"].errors) == {"name", "language"}

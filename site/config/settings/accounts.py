"""Who gets in and what a browser may load: signing in, second factor, lockout, sessions, content security policy."""

from __future__ import annotations

from csp.constants import NONE, SELF, UNSAFE_INLINE

from config.environment import env

# One login for the public side and the admin: django-allauth by e-mail address, nobody signs up without an invitation.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",  # brings the permissions of groups too
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]
LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"  # from the admin it is reached by `lead_to_login`
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "exchange.people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proven by the invitation, and changed by an administrator only
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to strangers whose address someone typed
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""  # every mail gets one when it is sent
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_COOKIE_AGE = 60 * 60 * 24 * 14  # with “keep me signed in”; never for those who need a second factor
ACCOUNT_FORMS = {
    "login": "exchange.people.forms.LoginForm",
    "change_password": "exchange.people.forms.ChangePasswordForm",
    "reset_password": "exchange.people.forms.ResetPasswordForm",
    "reset_password_from_key": "exchange.people.forms.ResetPasswordKeyForm",
    "reauthenticate": "exchange.people.forms.ReauthenticateForm",
}
# allauth counts in the cache: mails, password changes, and wrong codes of the second factor (`login_failed`, per person).
# Its limit on wrong passwords is wider than that of axes on purpose, so that one of them speaks first: axes, see below.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "60/10m/ip,15/10m/key",
    "reset_password": "20/h/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}

MFA_ADAPTER = "exchange.people.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Sala"
MFA_TOTP_TOLERANCE = 1  # telephones whose clock is half a minute off
MFA_FORMS = {
    "authenticate": "exchange.people.forms.CodeForm",
    "reauthenticate": "exchange.people.forms.CodeAgainForm",
    "activate_totp": "exchange.people.forms.ActivateCodeForm",
}
# True only in the demo: example people, whose password is no secret, need no second factor.
DEMO = False
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="sala-demo-2561")  # of example people, who are only in the demo

# axes locks out: five wrong passwords for one address from one machine, in the database and so the same for every
# process. Both answer with 429.html. Locking the address for everyone would let a stranger keep a shelter out.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "exchange.people.adapters.axes_username"
AXES_CLIENT_IP_CALLABLE = "allauth.core.internal.httpkit.get_client_ip"
AXES_ENABLE_ADMIN = False

# What Wagtail offers for accounts beside allauth stays closed.
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # but for the admin, which previews pages in a frame: `config.middleware`

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
    }
}
# Wagtail's editor needs inline scripts and styles; only its own address gets them (`config.middleware`).
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "object-src": [NONE],
    "frame-ancestors": [SELF],
    "form-action": [SELF],
    "base-uri": [SELF],
}

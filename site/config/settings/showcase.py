"""Settings for people who look: the public server in every part, but with the demo's example people, who need no second factor."""

from .production import *  # noqa: F403

IS_PRODUCTION = False  # `config.checks` would refuse the line below
DEMO = True
SECURE_HSTS_SECONDS = 0  # at “localhost” it would bind every other server of that machine

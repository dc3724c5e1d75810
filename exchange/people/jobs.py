"""Who signed in when, and who failed to, is kept long enough to look into an attack, and no longer."""

from __future__ import annotations

from axes.handlers.proxy import AxesProxyHandler

from practices.background.periodic import periodic

KEPT_DAYS = 90


@periodic(seconds=24 * 60 * 60)
def forget_sign_ins() -> None:
    AxesProxyHandler.reset_logs(age_days=KEPT_DAYS)
    AxesProxyHandler.reset_failure_logs(age_days=KEPT_DAYS)

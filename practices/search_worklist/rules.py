"""Which questions may be kept at all, and by what a reader is told from another: as little as will do."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re

LONGEST = 120
# Telephone, identity and case numbers.
MOST_DIGITS = 5
_ADDRESS = re.compile(r"@|https?://|www\.")
# What stands before a person's name; คุณ and นาย also begin ordinary words (คุณภาพ, นายหน้า).
_THAI = "[\u0e01-\u0e4e]"
_TITLE = re.compile(
    r"\b(?:mr|mrs|ms|miss|dr)\b\.?\s+\w"
    r"|(?:^|\s)(?:นาย(?!หน้า|จ้าง)|นาง|น\.ส\.|ด\.?ช\.?|ด\.?ญ\.?|เด็กชาย|เด็กหญิง|คุณ(?!ภาพ|ค่า|ธรรม|สมบัติ))"
    rf"\s*{_THAI}{{2,}}\s+{_THAI}",
    re.IGNORECASE,
)


def may_be_kept(text: str) -> bool:
    """False for what may point at a person: numbers, addresses, names with a title; and for what is too long to be words."""
    return (
        0 < len(text) <= LONGEST
        and sum(map(str.isdigit, text)) <= MOST_DIGITS
        and not _ADDRESS.search(text)
        and not _TITLE.search(text)
    )


def identity(user_id: int | None, address: str, agent: str) -> str:
    """A member by their number; anyone else by network and browser, so that an office behind one address counts once."""
    if user_id:
        return f"member {user_id}"
    try:
        network = ipaddress.ip_network(f"{address}/{48 if ':' in address else 24}", strict=False)
    except ValueError:
        return f"unknown {agent}"
    return f"{network} {agent}"


def hashed(secret: str, who: str) -> str:
    return hmac.new(secret.encode(), who.encode(errors="replace"), hashlib.sha256).hexdigest()[:32]

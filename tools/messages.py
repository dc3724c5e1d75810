"""Keeps our Thai level with the code: `site/locale/th` has every message of our packages and templates.

python tools/messages.py           # collect the messages anew (needs gettext), say what lacks Thai
python tools/messages.py --check   # change nothing; exit 1 when the catalogue is not level, not whole or not sound
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import polib
from vendor_messages import faults, is_translated, key

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "site" / "locale" / "th" / "LC_MESSAGES" / "django.po"
IGNORED = [".venv", "var", "tests", "tools", "docs", "node_modules", "locale_vendor"]


def collect() -> None:
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable,
        "site/manage.py",
        "makemessages",
        "--locale",
        "th",
        "--no-location",
        "--no-obsolete",
        "-v",
        "0",
    ]
    for pattern in IGNORED:
        command += ["--ignore", pattern]
    subprocess.run(command, cwd=ROOT, check=True)


def entries() -> dict:
    if not CATALOGUE.exists():
        return {}
    return {key(entry): entry for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing, exit 1 when something is amiss")
    options = parser.parse_args()
    before, content = entries(), CATALOGUE.read_bytes() if CATALOGUE.exists() else None
    try:
        collect()
        after = entries()
    finally:
        if options.check and content is not None:
            CATALOGUE.write_bytes(content)
    amiss = [f"not in the catalogue: {name[1]!r}" for name in after.keys() - before.keys()]
    amiss += [f"no longer in the code: {name[1]!r}" for name in before.keys() - after.keys()]
    amiss = sorted(amiss) if options.check else []
    amiss += [f"lacks Thai: {entry.msgid!r}" for entry in after.values() if not is_translated(entry)]
    amiss += [f"placeholders differ: {line}" for line in faults(after.values())]
    print("\n".join(amiss[:200]))
    print(f"{len(after)} messages, {len(amiss)} amiss")
    return 1 if options.check and amiss else 0


if __name__ == "__main__":
    sys.exit(main())

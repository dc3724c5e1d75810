"""Keep the Thai of the installed packages whole: `site/locale_vendor/th` holds what they do not ship.

Wagtail and its companions ship part of their Thai. This tool reads the English source catalogues of the packages below,
compares them with the Thai they ship, and writes what is missing to our own catalogue, which LOCALE_PATHS puts in front.

    python tools/vendor_messages.py           # after an upgrade: add new messages (empty), drop those no package has
    python tools/vendor_messages.py --check   # exit 1 when a message lacks Thai or breaks a placeholder (CI)

An entry whose message is shipped in Thai too is a correction of it and stays. Thai terms: docs/thai-terms.md.
"""

from __future__ import annotations

import argparse
import importlib.resources
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

TARGET = Path(__file__).resolve().parents[1] / "site" / "locale_vendor" / "th" / "LC_MESSAGES"
DOMAINS = ("django", "djangojs")
# Package -> folders in it that hold a `locale`. `**` takes every one, so a new Wagtail app is not overlooked.
DJANGO = ["conf", "contrib/auth", "contrib/contenttypes", "contrib/humanize", "contrib/sessions", "contrib/sites"]
WHOLE = "wagtail wagtail_localize allauth axes taggit django_filters treebeard i18nfield modelcluster"
PACKAGES = {"django": DJANGO} | {package: ["**"] for package in WHOLE.split()}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdifr]|%[sdifr%]|\{[\w.]*\}|</?[a-zA-Z][^>]*>|&\w+;")

Key = tuple[str | None, str]  # context and English


def key(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid


def live(path: Path) -> list[polib.POEntry]:
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete] if path.exists() else []


def locale_folders() -> Iterator[Path]:
    for package, places in PACKAGES.items():
        root = Path(str(importlib.resources.files(package)))
        for place in places:
            yield from sorted(root.glob(f"{place}/locale"))


def source(folder: Path, domain: str) -> list[polib.POEntry]:
    """The English catalogue; where a package ships none, the language with the most messages."""
    english = live(folder / "en" / "LC_MESSAGES" / f"{domain}.po")
    others = sorted(folder.glob(f"*/LC_MESSAGES/{domain}.po"))
    return english or max(map(live, others), key=len, default=[])


def wanted(domain: str) -> tuple[dict[Key, polib.POEntry], set[Key]]:
    """All messages of the packages, and the keys of those without shipped Thai in a package that has them."""
    messages, missing = dict[Key, polib.POEntry](), set[Key]()
    for folder in locale_folders():
        shipped = {key(entry) for entry in live(folder / "th" / "LC_MESSAGES" / f"{domain}.po") if entry.translated()}
        for entry in source(folder, domain):
            if key(entry) not in messages or entry.msgid_plural:  # gettext finds the singular in a plural entry
                messages[key(entry)] = entry
            if key(entry) not in shipped:
                missing.add(key(entry))
    return messages, missing


def thai(entry: polib.POEntry) -> str:
    return entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr


def is_translated(entry: polib.POEntry) -> bool:
    return not entry.fuzzy and bool(thai(entry))


def faults(entries: Iterable[polib.POEntry]) -> Iterator[str]:
    """Entries whose Thai does not have the placeholders and tags of the English (of its plural, where it has one)."""
    for entry in entries:
        english = Counter(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        ours = Counter(PLACEHOLDER.findall(thai(entry)))
        if is_translated(entry) and english != ours:
            yield f"{entry.msgid!r}: English has {sorted(english.elements())}, Thai has {sorted(ours.elements())}"


def update(domain: str) -> polib.POFile:
    """Our catalogue brought level with the installed packages; translations already there are kept."""
    messages, missing = wanted(domain)
    catalogue = polib.pofile(str(TARGET / f"{domain}.po"), wrapwidth=110)
    for entry in list(catalogue):
        if key(entry) not in messages or messages[key(entry)].msgid_plural != entry.msgid_plural:
            catalogue.remove(entry)
    for name in missing - set(map(key, catalogue)):
        origin = messages[name]
        entry = polib.POEntry(msgctxt=origin.msgctxt, msgid=origin.msgid, msgid_plural=origin.msgid_plural)
        entry.flags = [flag for flag in origin.flags if flag != "fuzzy"]
        if origin.msgid_plural:
            entry.msgstr_plural = {0: ""}
        catalogue.append(entry)
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    return catalogue


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 when the Thai is not whole")
    check = parser.parse_args(arguments).check
    problems = 0
    for domain in DOMAINS:
        catalogue = update(domain)
        found = [f"{entry.msgid!r}: no Thai" for entry in catalogue if not is_translated(entry)]
        found += faults(catalogue)
        print(f"{domain}: {len(catalogue)} messages, {len(found)} problems", *found, sep="\n  ")
        if not check:
            catalogue.save()
        problems += len(found)
    return 1 if check and problems else 0


if __name__ == "__main__":
    sys.exit(main())

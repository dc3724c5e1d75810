"""Keep the Thai of the installed packages whole: `site/locale_vendor/th` holds what they do not ship.

Wagtail and its companions ship part of their Thai. This tool reads the English source catalogues of the packages below,
compares them with the Thai they ship, and writes what is missing to our own catalogue, which LOCALE_PATHS puts in front.

    python tools/vendor_messages.py           # after an upgrade: add new messages (empty), drop those no package has
    python tools/vendor_messages.py --check   # exit 1 when a message lacks Thai or breaks a placeholder (CI)
    python tools/vendor_messages.py --list    # print what still lacks Thai

An entry whose message is shipped in Thai too is a correction and stays. An entry with the translator comment `source`
is a message the package uses but left out of its catalogues; it stays too. Thai terms: docs/thai-terms.md.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

TARGET = Path(__file__).resolve().parents[1] / "site" / "locale_vendor" / "th" / "LC_MESSAGES"
DOMAINS = ("django", "djangojs")
# Package -> folders in it that hold a `locale`. `**` takes every one, so a new Wagtail app is not overlooked.
PACKAGES = {
    "django": ["conf", "contrib/auth", "contrib/contenttypes", "contrib/humanize", "contrib/sessions", "contrib/sites"],
    "wagtail": ["**"],
    "wagtail_localize": ["**"],
    "allauth": ["**"],
    "axes": ["**"],
    "taggit": ["**"],
    "django_filters": ["**"],
    "treebeard": ["**"],
    "i18nfield": ["**"],
    "modelcluster": ["**"],
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdifr]|%[sdifr%]|\{[\w.]*\}|</?[a-zA-Z][^>]*>|&\w+;")

Key = tuple[str | None, str]


def key(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid


def live(path: Path) -> list[polib.POEntry]:
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete] if path.exists() else []


def locale_folders() -> Iterator[Path]:
    for package, places in PACKAGES.items():
        spec = importlib.util.find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            sys.exit(f"{package} is not installed")
        root = Path(next(iter(spec.submodule_search_locations)))
        for place in places:
            yield from sorted(root.glob(f"{place}/locale"))


def source(folder: Path, domain: str) -> list[polib.POEntry]:
    """The English catalogue; where a package ships none, the language with the most messages."""
    english = live(folder / "en" / "LC_MESSAGES" / f"{domain}.po")
    others = sorted(folder.glob(f"*/LC_MESSAGES/{domain}.po"))
    return english or max(map(live, others), key=len, default=[])


def wanted(domain: str) -> tuple[dict[Key, polib.POEntry], set[Key]]:
    """All messages of the packages, and the keys of those without shipped Thai in a package that has them."""
    messages: dict[Key, polib.POEntry] = {}
    missing: set[Key] = set()
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
    path = TARGET / f"{domain}.po"
    ours = {key(entry): entry for entry in live(path)}
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Project-Id-Version": "Sala, Thai for its packages",
        "Language": "th",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    for name in sorted(missing | set(ours), key=lambda name: (name[1], name[0] or "")):
        if name in messages:
            origin, kept = messages[name], ours.get(name)
            entry = polib.POEntry(
                msgctxt=origin.msgctxt,
                msgid=origin.msgid,
                msgid_plural=origin.msgid_plural,
                flags=[flag for flag in origin.flags if flag != "fuzzy"],
            )
            if origin.msgid_plural:
                entry.msgstr_plural = {0: thai(kept) if kept else ""}
            else:
                entry.msgstr = thai(kept) if kept else ""
            catalogue.append(entry)
        elif ours[name].tcomment == "source":
            catalogue.append(ours[name])
    return catalogue


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 when the Thai is not whole")
    parser.add_argument("--list", action="store_true", help="print the messages that lack Thai")
    options = parser.parse_args()
    bad = 0
    for domain in DOMAINS:
        catalogue = update(domain)
        lacking = [entry for entry in catalogue if not is_translated(entry)]
        broken = list(faults(catalogue))
        print(f"{domain}: {len(catalogue)} messages, {len(lacking)} lack Thai, {len(broken)} with a wrong placeholder")
        if options.check or options.list:
            print(
                "".join(f"  {entry.msgid!r}\n" for entry in lacking) + "".join(f"  {line}\n" for line in broken), end=""
            )
        else:
            TARGET.mkdir(parents=True, exist_ok=True)
            catalogue.save(str(TARGET / f"{domain}.po"))
        bad += len(lacking) + len(broken)
    return 1 if options.check and bad else 0


if __name__ == "__main__":
    sys.exit(main())

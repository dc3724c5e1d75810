"""The Thai of Wagtail and its companions is whole, keeps every placeholder and leaves no English behind."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from tools import vendor_messages

# Names of things that are written the same in Thai.
SAME_IN_THAI = {"IPv4", "IPv6"}
THAI = re.compile(r"[\u0e00-\u0e7f]")


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the catalogue that a test may spoil."""
    folder = tmp_path / "LC_MESSAGES"
    shutil.copytree(vendor_messages.TARGET, folder, ignore=shutil.ignore_patterns("*.mo"))
    monkeypatch.setattr(vendor_messages, "TARGET", folder)
    return folder


def spoil(path: Path, change: Callable[[polib.POEntry], None], msgid: str) -> None:
    catalogue = polib.pofile(str(path))
    change(catalogue.find(msgid))
    catalogue.save(str(path))


def test_every_message_of_the_packages_has_thai(capsys: pytest.CaptureFixture[str]) -> None:
    assert vendor_messages.main(["--check"]) == 0, capsys.readouterr().out


def test_an_empty_message_fails_the_check(copy: Path) -> None:
    spoil(copy / "django.po", lambda entry: setattr(entry, "msgstr", ""), "Bulk actions")
    assert vendor_messages.main(["--check"]) == 1


def test_a_fuzzy_message_fails_the_check(copy: Path) -> None:
    spoil(copy / "django.po", lambda entry: entry.flags.append("fuzzy"), "Bulk actions")
    assert vendor_messages.main(["--check"]) == 1


def test_a_message_missing_from_the_file_fails_the_check(copy: Path) -> None:
    catalogue = polib.pofile(str(copy / "djangojs.po"))
    catalogue.remove(catalogue.find("Broken link"))
    catalogue.save(str(copy / "djangojs.po"))
    assert vendor_messages.main(["--check"]) == 1


def test_a_lost_placeholder_fails_the_check(copy: Path) -> None:
    spoil(copy / "django.po", lambda entry: setattr(entry, "msgstr", "ยกเลิกโดยผู้ใช้"), "Cancelled by %(cancelled_by)s")
    assert vendor_messages.main(["--check"]) == 1


def test_an_update_changes_nothing_when_the_packages_have_not_changed(copy: Path) -> None:
    before = {path.name: path.read_text("utf-8") for path in copy.iterdir()}
    assert vendor_messages.main([]) == 0
    assert {path.name: path.read_text("utf-8") for path in copy.iterdir()} == before


def test_an_update_drops_what_no_package_has(copy: Path) -> None:
    catalogue = polib.pofile(str(copy / "django.po"))
    catalogue.append(polib.POEntry(msgid="A message of no package", msgstr="ข้อความ"))
    catalogue.save(str(copy / "django.po"))
    vendor_messages.main([])
    assert polib.pofile(str(copy / "django.po")).find("A message of no package") is None


@pytest.mark.parametrize("domain", vendor_messages.DOMAINS)
def test_gettext_accepts_the_file(domain: str) -> None:
    path = vendor_messages.TARGET / f"{domain}.po"
    run = subprocess.run(["msgfmt", "--check", "-o", "/dev/null", path], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""


@pytest.mark.parametrize("domain", vendor_messages.DOMAINS)
def test_no_message_is_left_in_english(domain: str) -> None:
    left = [
        entry.msgid
        for entry in vendor_messages.live(vendor_messages.TARGET / f"{domain}.po")
        if re.search(r"[A-Za-z]{2}", vendor_messages.PLACEHOLDER.sub("", entry.msgid))
        and not THAI.search(vendor_messages.thai(entry))
    ]
    assert set(left) <= SAME_IN_THAI

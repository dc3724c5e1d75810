"""The HTML of every type of public page is valid, by the Nu HTML checker."""

from __future__ import annotations

import os
import shutil
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.browser.pages import LANGUAGES, PAGES
from tests.browser.server import ROOT, Site

JAR = Path(os.environ.get("VNU_JAR", ROOT / "var/node/node_modules/vnu-jar/build/dist/vnu.jar"))


def fetch(url: str) -> str:
    try:
        return urllib.request.urlopen(url, timeout=60).read().decode()
    except urllib.error.HTTPError as error:  # the error pages have to be valid too
        return error.read().decode()


@pytest.mark.skipif(
    not (JAR.exists() and shutil.which("java")),
    reason="needs Java and the Nu HTML checker: npm install --no-save --prefix var/node vnu-jar",
)
def test_html_is_valid(site: Site, tmp_path: Path) -> None:
    for page in PAGES:
        for language in LANGUAGES:
            (tmp_path / f"{page.name}-{language}.html").write_text(fetch(site.url + page.path(site, language)))
    checked = subprocess.run(
        ["java", "-jar", str(JAR), "--also-check-svg", "--format", "gnu", str(tmp_path)], capture_output=True, text=True
    )
    assert checked.stderr.replace(f"file:{tmp_path}/", "") == ""
    assert checked.returncode == 0

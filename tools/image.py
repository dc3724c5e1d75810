"""Does in an empty folder what the Dockerfile does in an image: copies what it copies, runs the scripts that it runs, starts the result.

    .venv/bin/python tools/image.py      # a step of .ci/run, where no container can run; takes a minute or two

/opt and /srv are folders of a scratch folder, everything else is this machine's. Where the Dockerfile does what this does not
know, it fails.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PLAIN = {"ENV", "USER", "EXPOSE", "VOLUME", "HEALTHCHECK", "STOPSIGNAL", "CMD"}


def instructions(text: str) -> Iterator[tuple[str, str]]:
    for line in text.replace("\\\n", " ").splitlines():
        if line.strip() and not line.startswith("#"):
            word, _, rest = line.partition(" ")
            yield word, rest.strip()


def sent(patterns: list[str], files: list[str]) -> list[str]:
    """The files that `.dockerignore` leaves in; of several patterns that match, the last one decides."""

    def is_ignored(file: str) -> bool:
        ignored = False
        for pattern in patterns:
            wanted = pattern.lstrip("!")
            parents = [file, *(str(parent) for parent in Path(file).parents)]
            names = [wanted, wanted.removeprefix("**/")]
            if any(matches(part, name) for part in parents for name in names):
                ignored = not pattern.startswith("!")
        return ignored

    return [file for file in files if not is_ignored(file)]


def matches(path: str, pattern: str) -> bool:
    """As Docker: a star takes no slash, two take any."""
    if pattern.startswith("**/"):
        return fnmatch(path, pattern) or fnmatch(Path(path).name, pattern[3:])
    return path.count("/") == pattern.count("/") and fnmatch(path, pattern)


def context() -> list[str]:
    """What would be sent to the builder: the files of the repository less those of `.dockerignore`."""
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    return sent([line.strip() for line in lines if line.strip() and not line.startswith("#")], listed)


class Builder:
    def __init__(self, folder: Path) -> None:
        self.folder, self.files = folder, context()
        self.place = Path("/")

    def here(self, path: str) -> Path:
        """A path of the image in the scratch folder."""
        return self.folder / str(self.place / path).lstrip("/")

    def do(self, word: str, rest: str) -> None:
        if word == "FROM":
            self.place = Path("/")
        elif word == "WORKDIR":
            self.place = Path(rest)
            self.here(".").mkdir(parents=True, exist_ok=True)
        elif word == "COPY":
            self.copy(shlex.split(rest))
        elif word == "RUN":
            self.run(json.loads(rest))
        elif word not in PLAIN:
            raise SystemExit(f"The Dockerfile has an instruction that is not known here: {word}")

    def copy(self, words: list[str]) -> None:
        if any(word.startswith("--from=") for word in words):
            source, target = words[-2:]
            if source != target:
                raise SystemExit(f"A copy between stages to another place: {source} to {target}")
            if not self.here(source).exists():
                raise SystemExit(f"The stage before has no {source}")
            return
        source, target = (word.rstrip("/") for word in words)
        chosen = [file for file in self.files if source == "." or file == source or file.startswith(f"{source}/")]
        if not chosen:
            raise SystemExit(f"Nothing to copy: {source}")
        for file in chosen:
            inside = Path(file) if source == "." else Path(file).relative_to(source)
            end = self.here(target) / (inside if str(inside) != "." else Path(file).name)
            end.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / file, end)

    def run(self, words: list[str]) -> None:
        print("RUN", *words, flush=True)
        words = [str(self.here(word)) if word.startswith("/") else word for word in words]
        keep = {name: os.environ[name] for name in ("HOME", "LANG", "PATH") if name in os.environ}
        subprocess.run(words, cwd=self.here("."), env=keep, check=True)


def check(folder: Path) -> None:
    """The result serves with the settings of a public server, and holds nothing that it should not."""
    site = folder / "srv" / "sala"
    static = site / "var" / "static" / "staticfiles.json"
    if not static.exists() or not (site / "site" / "locale" / "th" / "LC_MESSAGES" / "django.mo").exists():
        raise SystemExit("The image has no static files or no compiled messages.")
    if strangers := [
        name for name in ("tests", ".git", ".env", "secrets", "docs", "var/db.sqlite3") if (site / name).exists()
    ]:
        raise SystemExit(f"The image holds what it should not: {strangers}")
    environment = {
        "PATH": f"{folder / 'opt' / 'venv' / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": f"{site}:{site / 'site'}",
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SALA_VAR": str(site / "var"),
        "SECRET_KEY": "k" * 25 + "0123456789abcdefghijklmnopqrstuvwxyz",
        "ALLOWED_HOSTS": "sala.example.org",
        "BASE_URL": "https://sala.example.org",
        "EMAIL_URL": "smtp://mail.example.org:25",
        "DEFAULT_FROM_EMAIL": "Sala <sala@example.org>",
        "DATABASE_URL": "postgres://sala@database:5432/sala",
        "CACHE_URL": "redis://cache:6379/0",
        "PROMETHEUS_MULTIPROC_DIR": str(folder / "metrics"),
    }
    gunicorn = ["gunicorn", "--config", "deploy/gunicorn.conf.py", "--check-config", "config.wsgi"]
    for command in (["python", "site/manage.py", "check", "--deploy", "--fail-level", "WARNING"], gunicorn):
        print(*command, flush=True)
        (folder / "metrics").mkdir(exist_ok=True)
        subprocess.run(command, cwd=site, env=environment, check=True)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="sala-image.") as scratch:
        builder = Builder(Path(scratch))
        for word, rest in instructions((ROOT / "Dockerfile").read_text()):
            builder.do(word, rest)
        check(Path(scratch))
    print("The Dockerfile's steps run, and what they make starts.")


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit(f"This step failed: {error}")

"""Makes `.venv` with the locked packages, from any Python 3.11 or later and nothing else.

    python3 tools/environment.py base   # what the site needs to run
    python3 tools/environment.py scale  # that and what the parts of docker-compose.yml need
    python3 tools/environment.py dev    # all of that and the tools for tests and checks
    python3 tools/environment.py lock   # compile the locks anew from pyproject.toml (docs/adr/0006)

uv does the work; where it is missing it is installed with pip into `var/uv`. Run again, it does nothing unless a lock changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BOOTSTRAP = ROOT / "var" / "uv"
LOCKS = {name: ROOT / "requirements" / f"{name}.txt" for name in ("base", "scale", "dev")}


def runs(command: list[str]) -> bool:
    try:
        return subprocess.run([*command, "--version"], capture_output=True).returncode == 0
    except OSError:
        return False


def find_uv() -> list[str]:
    """The uv of this machine, or one of our own, made with pip."""
    on_path = shutil.which("uv")
    for command in ([on_path] if on_path else [], [sys.executable, "-m", "uv"], [str(BOOTSTRAP / "bin" / "uv")]):
        if command and runs(command):
            return command
    print("uv is not on this machine; installing it into var/uv", flush=True)
    # `--target` works on distributions whose Python lacks ensurepip or forbids installing beside its own packages.
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", BOOTSTRAP, "uv"],
        check=True,
    )
    return [str(BOOTSTRAP / "bin" / "uv")]


def stamp(kind: str) -> str:
    return hashlib.sha256(LOCKS[kind].read_bytes()).hexdigest()


def ensure(kind: str) -> None:
    marker = VENV / f"locked-{kind}"
    if marker.exists() and marker.read_text() == stamp(kind):
        return
    uv = find_uv()
    environment = {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"}
    python = VENV / "bin" / "python"
    if not runs([str(python)]):
        subprocess.run(
            [*uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV], check=True, env=environment
        )
    requirements = [argument for name in dict.fromkeys(["base", kind]) for argument in ("-r", str(LOCKS[name]))]
    subprocess.run(
        [*uv, "pip", "install", "--quiet", "--require-hashes", "--python", python, *requirements],
        check=True,
        env=environment,
    )
    for name in dict.fromkeys(["base", kind]):
        (VENV / f"locked-{name}").write_text(stamp(name))


def lock() -> None:
    compiler = [
        *find_uv(),
        *["pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-header"],
    ]
    base, scale, dev = (str(path.relative_to(ROOT)) for path in LOCKS.values())
    extra = ["--extra", "scale", "-c", base]
    for target, options in ((base, []), (scale, extra), (dev, [*extra, "-c", scale, "--group", "dev"])):
        subprocess.run([*compiler, *options, "pyproject.toml", "-o", target], check=True, cwd=ROOT)


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036  (this file is what tells the owner of an older one)
        sys.exit("Sala needs Python 3.11 or later. Name one: make demo PYTHON=python3.12")
    kind = sys.argv[1] if len(sys.argv) > 1 else "base"
    if kind not in [*LOCKS, "lock"]:
        sys.exit("usage: environment.py base|scale|dev|lock")
    try:
        lock() if kind == "lock" else ensure(kind)
    except subprocess.CalledProcessError as error:
        sys.exit(f"This step failed: {' '.join(map(str, error.cmd))}")

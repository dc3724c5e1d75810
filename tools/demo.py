"""Serves Sala with the real case on this machine: `make demo`, or `.venv/bin/python tools/demo.py --port 8000`.

Brings the database up to date, fills it when it is empty, then keeps a web server and a worker running until Ctrl-C.
Run again it changes nothing that is up to date. Everything it makes is in `var/`.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("SALA_VAR", ROOT / "var"))
started = time.monotonic()


def say(text: str) -> None:
    print(f"[{time.monotonic() - started:5.1f} s] {text}", flush=True)


def prepare() -> str:
    """Database, case and index in one process, for starting Django takes longer than most of the steps."""
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    from tools.compile_messages import compile_all

    (VAR / "static").mkdir(parents=True, exist_ok=True)  # whitenoise warns where it is missing
    say(f"messages compiled: {len(compile_all())} catalogues were out of date")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    is_new = not executor.loader.applied_migrations
    if pending:
        say(f"migrating the database: {len(pending)} steps")
        if is_new and connection.vendor == "sqlite":  # nothing to lose yet, so no waiting for the disk
            connection.cursor().execute("PRAGMA synchronous = OFF")
        call_command("migrate", verbosity=0, interactive=False)
    say("database up to date")
    call_command("load_case", verbosity=0)
    say("case loaded")
    people = describe_people()
    connection.close()
    return people


def describe_people() -> str:
    """Who can sign in and as what, with the password they share."""
    from django.conf import settings

    from exchange.demo.people import example_people

    lines = [f"  {person.email:<34}{person.role}" for person in example_people()]
    return "\n".join([f"Sign in as an example person; the password of each is {settings.DEMO_PASSWORD}", *lines])


def wait_until_served(address: str, servers: list[subprocess.Popen], patience: float = 60) -> None:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if any(server.poll() is not None for server in servers):
            sys.exit("A server stopped at once; what it said stands above.")
        try:
            with urllib.request.urlopen(address, timeout=30):  # noqa: S310  (our own address)
                return
        except urllib.error.HTTPError as error:
            sys.exit(f"{address} answers {error.code}; what the server said stands above.")
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{address} does not answer.")


def serve(host: str, port: int) -> list[subprocess.Popen]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")])}
    gunicorn = [
        *(sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"{host}:{port}"),
        *("--workers", "1", "--threads", "4", "--worker-tmp-dir", str(VAR), "--log-level", "warning"),
    ]
    worker = [sys.executable, str(ROOT / "site" / "manage.py"), "worker"]
    # Each in its own process group: Ctrl-C reaches only this process, which then ends them in order.
    return [
        subprocess.Popen(command, env=environment, cwd=ROOT, start_new_session=True) for command in (gunicorn, worker)
    ]


def stop(servers: list[subprocess.Popen]) -> None:
    for server in servers:
        if server.poll() is None:
            server.terminate()
    for server in servers:
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument("--host", default="127.0.0.1")
    options = parser.parse_args()
    address = f"http://localhost:{options.port}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    os.environ.setdefault("BASE_URL", address)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((options.host, options.port))
        except OSError as error:
            sys.exit(f"Port {options.port} cannot be used ({error.strerror}). Name another: make demo PORT=8123")

    # Set by hand, for a shell that starts us in the background leaves SIGINT ignored.
    def leave(signum, frame):
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
    servers: list[subprocess.Popen] = []
    try:
        people = prepare()
        servers = serve(options.host, options.port)
        wait_until_served(f"http://{options.host}:{options.port}/en/", servers)
        print(people, flush=True)
        if "EMAIL_URL" not in os.environ:
            say(f"mails are not sent, but written into {VAR / 'mail'}")
        say(f"Sala is at {address}/ – Ctrl-C ends it")
        while all(server.poll() is None for server in servers):
            time.sleep(0.5)
        sys.exit("A server stopped; what it said stands above.")
    except KeyboardInterrupt:
        print("\nStopping.", flush=True)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        stop(servers)


if __name__ == "__main__":
    main()

"""Starts every part of docker-compose.yml on this machine without a container: `make stack`.

    .venv/bin/python tools/stack.py                        # until Ctrl-C, at https://localhost:8443
    .venv/bin/python tools/stack.py --command pytest …     # free ports, STACK set, all stopped when the command ends

Web, worker, migrate and proxy run with the commands and settings that docker-compose.yml names; its servers are Debian's
PostgreSQL, Valkey (or Redis, which speaks the same) and nginx, and Elasticsearch from Maven. The demo's case is loaded, so
that there is something to see. SIGUSR1 renews the web processes one after the other. STACK names a file that tells where
everything is. What a run writes goes when it ends, but for its logs in var/stack/logs.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import re
import shlex
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools import compose, elasticsearch  # noqa: E402

KEPT = ROOT / "var" / "stack"
LOGS = KEPT / "logs"
SETTINGS = "config.settings.showcase"
DEBIAN = {"nginx": "nginx-light", "openssl": "openssl", "redis-server": "redis-server"}
NGINX = """\
daemon off;
pid {folder}/nginx.pid;
error_log stderr warn;
worker_processes 1;
events {{ worker_connections 512; }}
http {{
    include /etc/nginx/mime.types;
    proxy_temp_path {folder}/proxy;
    client_body_temp_path {folder}/body;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/default.conf;
}}
"""
started = time.monotonic()


class CannotStart(Exception):
    pass


def say(text: str) -> None:
    print(f"[{time.monotonic() - started:5.1f} s] {text}", file=sys.stderr, flush=True)


@dataclass
class Part:
    """One process of the stack, in a group of its own, and how it says that it is there."""

    name: str
    command: list[str]
    environment: dict[str, str]
    is_healthy: Callable[[], bool]
    process: subprocess.Popen | None = field(default=None)

    @property
    def log(self) -> Path:
        return LOGS / f"{self.name}.log"

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=self.environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def wait(self, patience: float = 90) -> None:
        deadline = time.monotonic() + patience
        while not self.is_healthy():
            if self.has_ended():
                raise CannotStart(f"{self.name} ended at once:\n{elasticsearch.tail(self.log)}")
            if time.monotonic() > deadline:
                raise CannotStart(f"{self.name} is not ready after {patience} s:\n{elasticsearch.tail(self.log)}")
            time.sleep(0.1)

    def stop(self, patience: float = 40) -> None:
        """As `docker stop` does: the process is asked, and after some patience all of its group is ended."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=patience)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None


@dataclass
class Plan:
    """Where everything is on this machine, and what docker-compose.yml says of it, put in those terms."""

    folder: Path
    port: int
    webs: int
    ports: dict[str, int]
    nodes: list[str]

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    @property
    def variables(self) -> dict[str, str]:
        """The same as in the `.env` of someone who runs the containers."""
        return {
            "SALA_HOST": "localhost",
            "SALA_URL": self.url,
            "SALA_MAIL_FROM": "Sala <sala@example.org>",
            "SALA_SETTINGS": SETTINGS,
            "SALA_SEARCH": ",".join(self.nodes),
            "SALA_HTTP_PORT": str(self.ports["proxy-http"]),
            "SALA_HTTPS_PORT": str(self.port),
        }

    @property
    def services(self) -> dict[str, compose.Service]:
        return compose.read(self.variables)

    def here(self, text: str, number: int = 1) -> str:
        """A value of docker-compose.yml with this machine's addresses and folders; of several web processes the one so numbered."""
        upstreams = " ".join(rf"server 127.0.0.1:{self.ports[f'web-{n + 1}']}\1;" for n in range(self.webs))
        text = re.sub(r"server web:8000([^;]*);", upstreams, text)
        for service, port in {"database": 5432, "cache": 6379}.items():
            text = text.replace(f"{service}:{port}", f"127.0.0.1:{self.ports[service]}")
        text = text.replace("0.0.0.0:8000", f"127.0.0.1:{self.ports[f'web-{number}']}")
        for there, here in (
            ("/run/secrets", self.folder / "secrets"),
            ("/srv/sala/var", self.folder / "var"),
            ("/dev/shm/metrics", self.folder / f"metrics-{number}"),  # noqa: S108
        ):
            text = text.replace(there, str(here))
        return text

    def environment(self, name: str, number: int = 1) -> dict[str, str]:
        """What the Dockerfile and the service set, and of this machine's own only what a program cannot do without."""
        own = {key: os.environ[key] for key in ("HOME", "LANG", "TMPDIR") if key in os.environ}
        image = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
            "PYTHONUNBUFFERED": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "SALA_VAR": str(self.folder / "var"),
        }
        service = {key: self.here(value, number) for key, value in self.services[name].environment.items()}
        return {**own, **image, **service}

    def command(self, name: str, number: int = 1) -> list[str]:
        return [self.here(word, number) for word in self.services[name].command]


def web(plan: Plan, number: int) -> Part:
    environment = plan.environment("web", number)
    check = plan.services["web"].definition["healthcheck"]["test"]

    def is_healthy() -> bool:
        return subprocess.run(check[1:], cwd=ROOT, env=environment, capture_output=True).returncode == 0

    return Part(f"web-{number}", plan.command("web", number), environment, is_healthy)


def worker(plan: Plan) -> Part:
    part = Part("worker", plan.command("worker"), plan.environment("worker"), lambda: not part.has_ended())
    return part


def proxy(plan: Plan) -> Part:
    command = [program("nginx"), "-e", "stderr", "-c", str(proxy_settings(plan))]
    return Part("proxy", command, plan.environment("proxy"), lambda: answers(f"{plan.url}/healthz"))


def proxy_settings(plan: Plan) -> Path:
    """nginx's image fills the template with the service's variables at its start; so do we."""
    values = plan.environment("proxy") | {
        "HTTP_LISTEN": f"127.0.0.1:{plan.ports['proxy-http']}",
        "HTTPS_LISTEN": f"127.0.0.1:{plan.port}",
    }
    template = plan.here((ROOT / "deploy" / "nginx" / "sala.conf.template").read_text())
    filled = re.sub(r"\$\{(\w+)\}", lambda found: values[found[1]], template)
    folder = plan.folder / "proxy"
    folder.mkdir()
    (folder / "default.conf").write_text(filled)
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder))
    return folder / "nginx.conf"


def database(plan: Plan) -> Part:
    """The variables of PostgreSQL's image in terms of the programs it calls with them."""
    environment, folder = plan.environment("database"), plan.folder / "database"
    folder.mkdir()
    (folder / "password").write_text(Path(environment["POSTGRES_PASSWORD_FILE"]).read_text())
    as_user = []
    if os.geteuid() == 0:  # the server refuses to run as root
        for path in (folder, folder / "password"):
            shutil.chown(path, "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    binaries = postgresql()
    user, name, port = environment["POSTGRES_USER"], environment["POSTGRES_DB"], str(plan.ports["database"])
    options = shlex.split(environment["POSTGRES_INITDB_ARGS"])
    make = [f"{binaries}/initdb", "-D", f"{folder}/data", "-U", user, f"--pwfile={folder}/password", *options]
    run([*as_user, *make, "--auth-local=trust"], "initdb")
    command = [*as_user, f"{binaries}/{plan.command('database')[0]}", *plan.command("database")[1:]]
    place = ["-D", f"{folder}/data", "-p", port, "-c", "listen_addresses=127.0.0.1", "-k", str(folder)]

    def is_healthy() -> bool:
        ready = [f"{binaries}/pg_isready", "-q", "-h", str(folder), "-p", port, "-U", user]
        return subprocess.run(ready).returncode == 0

    part = Part("database", [*command, *place], environment, is_healthy)
    part.start()
    part.wait()
    run([*as_user, f"{binaries}/createdb", "-h", str(folder), "-p", port, "-U", user, name], "createdb")
    return part


def cache(plan: Plan) -> Part:
    """Debian 12 has no Valkey; Redis 7.0 is what it was forked from, and takes the same options."""
    server = "valkey-server" if shutil.which("valkey-server") else "redis-server"
    words = [word.replace("--port 6379", f"--port {plan.ports['cache']}") for word in plan.command("cache")]
    words = [word.replace("valkey-server", f"{program(server)} --bind 127.0.0.1") for word in words]
    return Part("cache", words, plan.environment("cache"), lambda: listens(plan.ports["cache"]))


def program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        raise CannotStart(f"{name} is not on this machine. On Debian: apt-get install {DEBIAN[name]}")
    return found


def postgresql() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise CannotStart("PostgreSQL is not on this machine. On Debian: apt-get install postgresql")
    return found[-1].parent


def run(command: list[str], name: str, environment: Mapping[str, str] | None = None) -> None:
    with (LOGS / f"{name}.log").open("ab") as log:
        done = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    if done.returncode:
        raise CannotStart(f"{name} failed:\n{elasticsearch.tail(LOGS / f'{name}.log')}")


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def answers(url: str) -> bool:
    trusting = ssl._create_unverified_context()  # noqa: S323  (our own certificate, made a moment ago)
    try:
        with urllib.request.urlopen(url, timeout=5, context=trusting):  # noqa: S310
            return True
    except OSError:
        return False


def static_files() -> Path:
    """The image's static files, made anew when what they follow from has changed."""
    digest = hashlib.sha256()
    inputs = [ROOT / "requirements" / "scale.txt", ROOT / "deploy" / "build"]
    for path in [*inputs, *sorted((ROOT / "site" / "static").rglob("*"))]:
        digest.update(path.relative_to(ROOT).as_posix().encode() + (path.read_bytes() if path.is_file() else b""))
    kept = KEPT / f"image-{digest.hexdigest()[:16]}"
    if not kept.exists():
        say("collecting and compressing the static files")
        for old in KEPT.glob("image-*"):
            shutil.rmtree(old)
        making = KEPT / "making"
        shutil.rmtree(making, ignore_errors=True)
        run(["deploy/build", sys.executable], "build", {**os.environ, "SALA_VAR": str(making)})
        making.rename(kept)
    return kept / "static"


@dataclass
class Stack:
    plan: Plan
    parts: dict[str, Part]
    cluster: elasticsearch.Cluster
    rolls: int = 0

    @property
    def webs(self) -> list[Part]:
        return [part for name, part in self.parts.items() if name.startswith("web-")]

    @property
    def database(self) -> str:
        environment = self.parts["web-1"].environment
        password = Path(environment["DATABASE_PASSWORD_FILE"]).read_text()
        return environment["DATABASE_URL"].replace("@", f":{password}@")

    def roll(self) -> None:
        """Renews the web processes, one at a time, each when the one before it answers again."""
        for part in self.webs:
            part.stop()
            part.start()
            part.wait()
        self.rolls += 1
        self.tell()

    def tell(self) -> None:
        """Where everything is, for the tests."""
        facts = {
            "url": self.plan.url,
            "supervisor": os.getpid(),
            "rolls": self.rolls,
            "folder": str(self.plan.folder),
            "logs": str(LOGS),
            "database": self.database,
            "webs": [f"http://127.0.0.1:{self.plan.ports[part.name]}" for part in self.webs],
            "nodes": [{"url": node.url, "pid": node.pid} for node in self.cluster.nodes],
            "processes": {
                name: {"pid": part.process.pid, "command": part.command, "environment": part.environment}
                for name, part in self.parts.items()
                if part.process
            },
        }
        scratch = self.plan.folder / "stack.json.new"
        scratch.write_text(json.dumps(facts))
        scratch.rename(self.plan.folder / "stack.json")

    def ended(self) -> list[str]:
        return [name for name, part in self.parts.items() if part.has_ended()]


@contextlib.contextmanager
def stack(port: int | None, nodes: int, webs: int) -> Iterator[Stack]:
    LOGS.mkdir(parents=True, exist_ok=True)
    for old in LOGS.glob("*.log"):
        old.unlink()
    os.umask(0o022)
    folder = Path(tempfile.mkdtemp(prefix="sala-stack."))
    folder.chmod(0o755)
    names = ["database", "cache", "proxy-http", *(f"web-{n + 1}" for n in range(webs)), "proxy"]
    free = dict(zip(names, elasticsearch.free_ports(len(names)), strict=True))
    with contextlib.ExitStack() as to_end:
        to_end.callback(shutil.rmtree, folder, ignore_errors=True)
        (folder / "var").mkdir()
        (folder / "var" / "static").symlink_to(static_files())
        say(f"starting Elasticsearch, {nodes} of it")
        cluster = to_end.enter_context(elasticsearch.cluster(nodes))
        plan = Plan(folder, port or free["proxy"], webs, free, [node.url for node in cluster.nodes])
        program("openssl")
        run(["deploy/make-secrets", str(folder / "secrets"), "localhost", "consolemail://"], "make-secrets")
        (folder / "secrets").chmod(0o711)  # PostgreSQL reads its own as another user
        parts: dict[str, Part] = {}

        def begin(part: Part) -> None:
            parts[part.name] = part
            to_end.callback(part.stop)
            if part.process is None:
                part.start()

        say("starting the database and the cache")
        begin(database(plan))
        begin(cache(plan))
        parts["cache"].wait()
        say("migrating the database and loading the case")
        run(plan.command("migrate"), "migrate", plan.environment("migrate"))
        run(["python", "site/manage.py", "load_case"], "load_case", plan.environment("migrate"))
        say(f"starting {webs} web processes, the worker and the proxy")
        later = [*(web(plan, number + 1) for number in range(webs)), worker(plan)]
        for part in later:
            begin(part)
        for part in later:
            part.wait()
        begin(proxy(plan))
        parts["proxy"].wait()
        running = Stack(plan, parts, cluster)
        running.tell()
        yield running


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--port", type=int, default=8443, help="of the proxy, by https; not used with a command")
    parser.add_argument("--nodes", type=int, choices=(1, 3), default=int(os.environ.get("NODES") or 1))
    parser.add_argument("--webs", type=int, default=2)
    parser.add_argument("--command", nargs=argparse.REMAINDER, help="what to run while the stack is there")
    options = parser.parse_args()
    asked_to_roll: list[int] = []

    def leave(signum, frame):
        raise KeyboardInterrupt

    # Set by hand, for a shell that starts us in the background leaves SIGINT ignored.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
    signal.signal(signal.SIGUSR1, lambda signum, frame: asked_to_roll.append(signum))
    command: subprocess.Popen | None = None
    try:
        with stack(None if options.command else options.port, options.nodes, options.webs) as running:
            say(f"Sala is at {running.plan.url}/ – its certificate is its own, so a browser asks once")
            if options.command:
                facts = {"STACK": str(running.plan.folder / "stack.json")}
                command = subprocess.Popen(options.command, env={**os.environ, **facts})
            else:
                print(people(running.plan), flush=True)
                say(f"Ctrl-C ends it; kill -USR1 {os.getpid()} renews the web processes one by one")
            while command is None or command.poll() is None:
                if ended := running.ended():
                    raise CannotStart(
                        "\n".join(f"{name} ended:\n{elasticsearch.tail(LOGS / f'{name}.log')}" for name in ended)
                    )
                if asked_to_roll:
                    asked_to_roll.pop()
                    running.roll()
                time.sleep(0.1)
            return command.returncode
    except (CannotStart, elasticsearch.CannotStart) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr, flush=True)
        return 130
    finally:
        if command is not None and command.poll() is None:
            command.terminate()
            command.wait()


def people(plan: Plan) -> str:
    """Whom to be, as `make demo` tells."""
    code = "import django; django.setup(); from tools.demo import describe_people; print(describe_people())"
    done = subprocess.run(
        ["python", "-c", code], cwd=ROOT, env=plan.environment("migrate"), capture_output=True, text=True, check=True
    )
    return done.stdout.rstrip()


if __name__ == "__main__":
    sys.exit(main())

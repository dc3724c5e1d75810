"""Starts a real Elasticsearch of one or three nodes on this machine, without a container, for as long as it is needed.

    python3 tools/elasticsearch.py                      # one node at port 9200 until Ctrl-C
    python3 tools/elasticsearch.py --nodes 3
    python3 tools/elasticsearch.py --command make test  # free ports, ELASTICSEARCH_URL set, stopped when the command ends

The server is copied once with the Maven dependency plugin into var/elasticsearch. All that a run writes is in a folder of
its own that goes when it ends. Needs Java 17 or later and Maven.
"""

from __future__ import annotations

import argparse
import json
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSION = "8.19.21"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
KEPT = ROOT / "var" / "elasticsearch"
OLDEST_JAVA = 17
HEAP = "512m"
USER = "elasticsearch"
PATIENCE_S = 180


class CannotStart(Exception):
    pass


@dataclass
class Node:
    """One server: started, stopped, killed, paused and resumed by its number."""

    number: int
    port: int
    folder: Path
    home: Path
    settings: list[str]
    launcher: subprocess.Popen | None = field(default=None)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / "output.log"

    @property
    def pid(self) -> int:
        """Of the Java process that serves, not of the one that launched it."""
        return int((self.folder / "pid").read_text())

    def start(self) -> None:
        config = self.folder / "config"
        if not config.exists():
            shutil.copytree(self.home / "config", config)
            (config / "elasticsearch.yml").write_text("\n".join(self.settings) + "\n")
            for name in ("data", "logs", "tmp"):
                (self.folder / name).mkdir()
        (self.folder / "pid").unlink(missing_ok=True)
        environment = {
            **{name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ},
            "ES_JAVA_HOME": str(java_home()),
            "ES_PATH_CONF": str(config),
            "ES_TMPDIR": str(self.folder / "tmp"),
            "ES_JAVA_OPTS": f"-Xms{HEAP} -Xmx{HEAP} -Xlog:disable -Xlog:all=warning:stderr",
            "CLI_JAVA_OPTS": "-Xmx64m -XX:+UseSerialGC",
        }
        command = [str(self.home / "bin" / "elasticsearch"), "--pidfile", str(self.folder / "pid")]
        if os.geteuid() == 0:  # the server refuses to run as root
            give_away(self.folder)
            command = ["runuser", "-u", USER, "--", *command]
        with self.log.open("ab") as log:
            self.launcher = subprocess.Popen(
                command,
                env=environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def stop(self) -> None:
        """Ends it and all it started, asked first, forced then; nothing happens where it has ended."""
        if self.launcher is None:
            return
        for number, patience in ((signal.SIGCONT, 0), (signal.SIGTERM, 15), (signal.SIGKILL, 15)):
            try:
                os.killpg(self.launcher.pid, number)
                self.launcher.wait(timeout=patience)
            except subprocess.TimeoutExpired:
                continue
            except ProcessLookupError:
                break
        self.launcher.wait()
        self.launcher = None

    def kill(self) -> None:
        """Ends it at once, as a fault would."""
        if self.launcher is not None:
            os.killpg(self.launcher.pid, signal.SIGKILL)
            self.launcher.wait()
            self.launcher = None


@dataclass
class Cluster:
    nodes: list[Node]

    @property
    def url(self) -> str:
        """The value of ELASTICSEARCH_URL."""
        return ",".join(node.url for node in self.nodes)

    def wait(self) -> None:
        """Until every node that was started has joined."""
        running = [node for node in self.nodes if node.launcher]
        deadline = time.monotonic() + PATIENCE_S
        for node in running:
            while not self._has_joined(node, len(running)):
                if node.launcher is None or node.launcher.poll() is not None:
                    raise CannotStart(f"Node {node.number} ended at once:\n{tail(node.log)}")
                if time.monotonic() > deadline:
                    raise CannotStart(f"Node {node.number} is not ready after {PATIENCE_S} s:\n{tail(node.log)}")
                time.sleep(0.2)

    def _has_joined(self, node: Node, nodes: int) -> bool:
        address = f"{node.url}/_cluster/health?wait_for_status=yellow&wait_for_nodes=>={nodes}&timeout=5s"
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310  (our own address)
                return not json.load(answer)["timed_out"]
        except (OSError, urllib.error.HTTPError):
            return False


@contextmanager
def cluster(nodes: int = 1, port: int | None = None) -> Iterator[Cluster]:
    """A running cluster; its first node listens at `port`, the next at the ports after it, or all at free ones."""
    java_home()
    archive = fetched()
    os.umask(0o022)  # what is unpacked must be readable by the server's user
    folder = Path(tempfile.mkdtemp(prefix="sala-elasticsearch."))
    made: list[Node] = []
    try:
        folder.chmod(0o755)
        home = unpacked(archive, folder)
        made = list(planned(nodes, port, folder, home))
        for node in made:
            node.folder.mkdir()
            node.start()
        running = Cluster(made)
        running.wait()
        yield running
    finally:
        for node in made:
            node.stop()
        shutil.rmtree(folder, ignore_errors=True)


def planned(nodes: int, port: int | None, folder: Path, home: Path) -> Iterator[Node]:
    free = free_ports(2 * nodes)
    ports = [port + number for number in range(nodes)] if port else free[nodes:]
    transports = free[:nodes]
    for number in range(nodes):
        place = folder / f"node-{number + 1}"
        discovery = (
            ["discovery.type: single-node"]
            if nodes == 1
            else [
                f"discovery.seed_hosts: {json.dumps([f'127.0.0.1:{other}' for other in transports])}",
                f"cluster.initial_master_nodes: {json.dumps([f'node-{n + 1}' for n in range(nodes)])}",
            ]
        )
        settings = [
            f"cluster.name: {folder.name}",
            f"node.name: node-{number + 1}",
            f"path.data: {place / 'data'}",
            f"path.logs: {place / 'logs'}",
            "network.host: 127.0.0.1",
            f"http.port: {ports[number]}",
            f"transport.port: {transports[number]}",
            "xpack.security.enabled: false",
            # A full disk of a developer is no reason to refuse a few megabytes.
            "cluster.routing.allocation.disk.watermark.low: 1gb",
            "cluster.routing.allocation.disk.watermark.high: 500mb",
            "cluster.routing.allocation.disk.watermark.flood_stage: 250mb",
            *discovery,
        ]
        yield Node(number + 1, ports[number], place, home, settings)


def fetched() -> Path:
    """The server's archive, copied from the Maven repository once."""
    archive = KEPT / f"elasticsearch-{VERSION}.zip"
    if not archive.exists():
        if shutil.which("mvn") is None:
            raise CannotStart(
                "Maven, which copies the server, is not on this machine. On Debian: apt-get install maven"
            )
        print(f"copying Elasticsearch {VERSION} into var/elasticsearch, about 100 MB", file=sys.stderr, flush=True)
        done = subprocess.run(
            ["mvn", "-q", "-B", PLUGIN, f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={KEPT}"],
            cwd=tempfile.gettempdir(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if not archive.exists():
            raise CannotStart(f"Maven could not copy the server:\n{(done.stdout + done.stderr)[-2000:]}")
    return archive


def unpacked(archive: Path, folder: Path) -> Path:
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    home = folder / f"elasticsearch-{VERSION}"
    for program in (home / "bin").iterdir():
        program.chmod(0o755)
    return home


def java_home() -> Path:
    java = shutil.which("java")
    if java is None:
        raise CannotStart("Java is not on this machine. On Debian: apt-get install default-jre-headless")
    said = subprocess.run([java, "-XshowSettings:properties", "-version"], capture_output=True, text=True).stderr
    home, version = (re.search(rf"{key} = (\S+)", said) for key in ("java.home", "java.specification.version"))
    if home is None or version is None or not version[1].isdigit() or int(version[1]) < OLDEST_JAVA:
        raise CannotStart(f"Elasticsearch needs Java {OLDEST_JAVA} or later.")
    return Path(home[1])


def give_away(folder: Path) -> None:
    try:
        owner = pwd.getpwnam(USER)
    except KeyError:
        subprocess.run(["useradd", "--system", USER], check=True)
        owner = pwd.getpwnam(USER)
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, owner.pw_uid, owner.pw_gid)


def free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def tail(path: Path, length: int = 3000) -> str:
    return path.read_text(errors="replace")[-length:] if path.exists() else ""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--nodes", type=int, choices=(1, 3), default=int(os.environ.get("NODES") or 1))
    parser.add_argument("--port", type=int, default=9200, help="of the first node; not used with a command")
    parser.add_argument("--command", nargs=argparse.REMAINDER, help="what to run while the server is there")
    options = parser.parse_args()

    ends = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def leave(signum, frame):
        for number in ends:  # once is enough: nothing may keep the servers from being stopped
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    # Set by hand, for a shell that starts us in the background leaves SIGINT ignored.
    for number in ends:
        signal.signal(number, leave)
    try:
        with cluster(options.nodes, None if options.command else options.port) as running:
            if options.command:
                return subprocess.run(options.command, env={**os.environ, "ELASTICSEARCH_URL": running.url}).returncode
            print(f"ELASTICSEARCH_URL={running.url}  – Ctrl-C ends it", flush=True)
            while all(node.launcher and node.launcher.poll() is None for node in running.nodes):
                time.sleep(0.5)
            print("A node stopped.", file=sys.stderr)
            return 1
    except CannotStart as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())

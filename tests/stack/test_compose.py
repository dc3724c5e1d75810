"""docker-compose.yml is valid, holds no secret, limits every service, and `make stack` understands all that it says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tools import compose, elasticsearch
from tools.compose import ROOT, interpolated
from tools.stack import Plan, proxy_settings

VARIABLES = {
    "SALA_HOST": "sala.example.org",
    "SALA_URL": "https://sala.example.org",
    "SALA_MAIL_FROM": "sala@example.org",
}
SERVICES = compose.read(VARIABLES)
OURS = ("web", "worker", "migrate")
# How `make stack` gives each variable of the server's image to the server itself: tools/stack.py.
DATABASE = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD_FILE", "POSTGRES_INITDB_ARGS"}
# Settings of Elasticsearch that name this machine's folders, names and addresses.
OF_THE_PLACE = {"cluster.name", "node.name", "network.host", "http.port", "cluster.initial_master_nodes"}


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    ports = {"database": 1, "cache": 2, "proxy-http": 3, "web-1": 4, "web-2": 5, "proxy": 6}
    return Plan(tmp_path, 6, 2, ports, ["http://127.0.0.1:7"])


def test_file_follows_the_compose_specification():
    command = ["-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"]
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_schema_would_refuse_a_service_with_a_word_that_is_none(tmp_path):
    document = yaml.safe_load(compose.FILE.read_text())
    document["services"]["web"]["comand"] = ["true"]
    (tmp_path / "docker-compose.yml").write_text(yaml.safe_dump(document))
    command = ["-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"]
    assert subprocess.run([sys.executable, *command], cwd=tmp_path, capture_output=True).returncode == 1


def test_services_are_those_the_issue_names():
    assert set(SERVICES) == {"proxy", *OURS, "database", "cache", "search", "search-2", "search-3"}
    assert [name for name, service in SERVICES.items() if service.definition.get("profiles")] == [
        "search-2",
        "search-3",
    ]


def test_images_are_pinned_to_a_version():
    dockerfile = (ROOT / "Dockerfile").read_text()
    images = [service.definition["image"] for service in SERVICES.values() if "build" not in service.definition]
    images += re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE)
    assert len(images) == 8
    assert [image for image in images if not re.search(r":\d+\.\d+\.\d+|:\d+\.\d+-", image)] == []
    assert SERVICES["search"].definition["image"].endswith(f":{elasticsearch.VERSION}")


@pytest.mark.parametrize("name", SERVICES)
def test_service_is_limited_watched_and_renewed(name):
    definition = SERVICES[name].definition
    limits = definition["deploy"]["resources"]["limits"]
    assert limits.keys() == {"cpus", "memory"}
    assert "healthcheck" in definition
    assert definition["restart"] == ("no" if name == "migrate" else "unless-stopped")


def test_no_password_stands_in_the_file():
    """Each comes from a file that `deploy/make-secrets` makes; none has a default."""
    document = yaml.safe_load(compose.FILE.read_text())
    assert all(set(secret) == {"file"} for secret in document["secrets"].values())
    for service in SERVICES.values():
        for key, value in service.environment.items():
            if re.search(r"PASSWORD|SECRET|EMAIL_URL", key):
                assert key.endswith("_FILE")
                assert value.removeprefix("/run/secrets/") in service.secrets
        assert not re.search(r"//[^/\s]*:[^/\s]*@", str(service.definition))


def test_make_secrets_makes_every_secret_once(tmp_path):
    document = yaml.safe_load(compose.FILE.read_text())
    command = ["deploy/make-secrets", str(tmp_path / "secrets"), "sala.example.org", "smtp://mail.example.org:25"]
    subprocess.run(command, cwd=ROOT, check=True)
    made = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    assert set(made) == set(document["secrets"])
    assert len({made[name] for name in ("secret_key", "database_password", "cache_password")}) == 3
    assert all(len(made[name]) == 96 for name in ("secret_key", "database_password", "cache_password"))
    subprocess.run(command, cwd=ROOT, check=True)
    assert {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()} == made


def test_only_the_proxy_is_reached_from_outside():
    assert [name for name, service in SERVICES.items() if service.ports] == ["proxy"]
    document = yaml.safe_load(compose.FILE.read_text())
    assert document["networks"]["inside"] == {"internal": True}
    for name in ("database", "cache", "search", "search-2", "search-3"):
        assert SERVICES[name].definition["networks"] == ["inside"]


def test_what_must_last_is_in_a_volume():
    lasting = {"database", "search", "search-2", "search-3", *OURS}
    named = set(yaml.safe_load(compose.FILE.read_text())["volumes"])
    for name in lasting:
        assert SERVICES[name].volumes[0].split(":")[0] in named


def test_a_variable_that_must_be_set_is_asked_for():
    with pytest.raises(KeyError, match="the name of this site"):
        compose.read({})


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("${A}", "1"),
        ("${B:-2}", "2"),
        ("${A:-2}", "1"),
        ("$$(cat x)", "$(cat x)"),
        ("${B:-}", ""),
        ("a ${A} b", "a 1 b"),
    ],
)
def test_variables_are_filled_in_as_compose_does(text, filled):
    assert interpolated(text, {"A": "1"}) == filled


def test_make_stack_takes_every_word_of_our_services_from_the_file(plan):
    """But for addresses and folders, which are this machine's."""
    for name in OURS:
        service = plan.services[name]
        assert plan.command(name) == service.command
        environment = plan.environment(name)
        assert environment.items() >= {(key, plan.here(value)) for key, value in service.environment.items()}
        assert all("database:" not in value and "cache:" not in value for value in environment.values())
        assert all(value.startswith(str(plan.folder)) for key, value in environment.items() if key.endswith("_FILE"))
    assert plan.environment("web", 2)["BIND"] == "127.0.0.1:5"


def test_make_stack_sets_what_the_image_sets(plan):
    dockerfile = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    names = {
        name for line in re.findall(r"^ENV (.*)$", dockerfile, re.MULTILINE) for name in re.findall(r"(\w+)=", line)
    }
    assert names <= plan.environment("web").keys()
    default = re.search(r"^CMD (.*)$", dockerfile, re.MULTILINE)[1]
    assert yaml.safe_load(default) == SERVICES["web"].command


def test_make_stack_knows_every_variable_of_the_database():
    assert SERVICES["database"].environment.keys() == DATABASE
    assert SERVICES["database"].command[0] == "postgres"


def test_make_stack_gives_the_search_server_the_settings_of_the_file(tmp_path):
    for nodes, name in ((1, "search"), (3, "search-3")):
        node = list(elasticsearch.planned(nodes, 9200, tmp_path, tmp_path))[-1]
        ours = dict(line.split(": ", 1) for line in node.settings)
        theirs = {key: value for key, value in SERVICES[name].environment.items() if "." in key}
        for key in theirs.keys() - OF_THE_PLACE - {"discovery.seed_hosts"}:
            assert ours[key] == theirs[key]
        if nodes == 3:
            assert ours.keys() >= theirs.keys()
            assert len(yaml.safe_load(ours["discovery.seed_hosts"])) == len(theirs["discovery.seed_hosts"].split(","))
    assert SERVICES["search"].environment["ES_JAVA_OPTS"] == f"-Xms{elasticsearch.HEAP} -Xmx{elasticsearch.HEAP}"


def test_make_stack_fills_the_proxys_template_with_its_variables(plan):
    proxy_settings(plan)
    made = (plan.folder / "proxy" / "default.conf").read_text()
    assert "server 127.0.0.1:4 max_fails=0; server 127.0.0.1:5 max_fails=0;" in made
    assert f"ssl_certificate {plan.folder}/secrets/tls_certificate;" in made
    template = (ROOT / "deploy" / "nginx" / "sala.conf.template").read_text()
    assert set(re.findall(r"\$\{(\w+)\}", template.split("upstream web", 1)[1])) <= SERVICES["proxy"].environment.keys()

"""What runs is what docker-compose.yml names, and the proxy guards what stands behind it."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from tests.stack.client import ask
from tools import compose
from tools.stack import SETTINGS

pytestmark = pytest.mark.stack


def running(stack: dict, name: str) -> tuple[list[str], dict[str, str]]:
    """Command and environment of the process, from the kernel."""
    place = Path(f"/proc/{stack['processes'][name]['pid']}")
    command = (place / "cmdline").read_bytes().decode().split("\0")[:-1]
    environment = (place / "environ").read_bytes().decode().split("\0")[:-1]
    return command, dict(line.split("=", 1) for line in environment)


@pytest.fixture
def services(stack: dict) -> dict[str, compose.Service]:
    names = {"SALA_HOST": "localhost", "SALA_URL": stack["url"], "SALA_MAIL_FROM": "Sala <sala@example.org>"}
    nodes = ",".join(node["url"] for node in stack["nodes"])
    return compose.read({**names, "SALA_SETTINGS": SETTINGS, "SALA_SEARCH": nodes})


@pytest.mark.parametrize(("part", "name"), [("web-1", "web"), ("web-2", "web"), ("worker", "worker")])
def test_process_has_the_command_and_settings_of_its_service(stack, services, part, name):
    command, environment = running(stack, part)
    service = services[name]
    words = " ".join(service.command).replace("python ", "").replace("gunicorn ", "")
    assert " ".join(command).endswith(words)
    assert service.environment.keys() <= environment.keys()
    moved = {"BIND", "DATABASE_URL", "CACHE_URL", "PROMETHEUS_MULTIPROC_DIR"}
    for key in service.environment.keys() - moved:
        if not service.environment[key].startswith("/run/secrets/"):
            assert environment[key] == service.environment[key]
    for secret in service.secrets:  # the same file name, in a folder of this machine
        assert (Path(stack["folder"]) / "secrets" / secret).exists()
    assert urlsplit(environment["DATABASE_URL"]).path == urlsplit(service.environment["DATABASE_URL"]).path


def test_proxy_has_the_template_of_its_service(stack, services):
    made = (Path(stack["folder"]) / "proxy" / "default.conf").read_text()
    template = Path(services["proxy"].volumes[0].split(":")[0]).read_text()
    unfilled = [line for line in template.splitlines() if "${" not in line and "/run/secrets" not in line]
    assert [line for line in unfilled if line not in made.splitlines()] == []
    assert not re.search(r"\$\{\w+\}", made)
    assert made.count("max_fails=0") == 2


def test_search_is_answered_by_three_nodes(stack):
    assert len(stack["nodes"]) == 3
    with urlopen(f"{stack['nodes'][0]['url']}/_cluster/health") as answer:
        health = json.load(answer)
    assert (health["number_of_nodes"], health["status"]) == (3, "green")


def test_everything_behind_is_ready(stack):
    for web in stack["webs"]:
        answer = ask(web, "/readyz", headers={"Host": "localhost", "X-Forwarded-Proto": "https"})
        assert answer.status == 200, answer.body


def test_plain_http_leads_to_the_address_of_the_site(stack):
    port = re.search(r"listen 127.0.0.1:(\d+) default", (Path(stack["folder"]) / "proxy" / "default.conf").read_text())
    answer = ask(f"http://127.0.0.1:{port[1]}", "/en/?q=x", headers={"Host": "elsewhere.example"})
    assert (answer.status, answer.headers["Location"]) == (308, f"{stack['url']}/en/?q=x")


def test_static_files_stay_in_the_browser_for_good(stack):
    page = ask(stack["url"], "/en/").body.decode()
    style = re.search(r'href="(/static/css/site\.[0-9a-f]{12}\.css)"', page)[1]
    answer = ask(stack["url"], style)
    assert answer.status == 200
    assert "immutable" in answer.headers["Cache-Control"]


def test_upload_over_the_limit_is_refused_by_the_proxy(stack):
    answer = ask(stack["url"], "/theme/", "POST", b"x" * (31 * 1024 * 1024))
    assert answer.status == 413


def test_figures_are_for_those_inside(stack):
    ask(stack["url"], "/en/needs/")
    assert ask(stack["url"], "/metrics").status == 404
    figures = "".join(ask(web, "/metrics").body.decode() for web in stack["webs"])
    assert "sala_request_seconds_count{" in figures
    assert (
        ask(stack["webs"][0], "/metrics", headers={"X-Forwarded-For": "192.0.2.1", "Host": "localhost"}).status != 200
    )


def test_the_number_of_a_request_stands_in_the_answer_and_in_both_logs(stack):
    answer = ask(stack["url"], "/en/no-such-page/")
    assert answer.status == 404
    number = answer.headers["X-Request-ID"]
    logged = [_logged(stack, "proxy", number), *(_logged(stack, web, number) for web in ("web-1", "web-2"))]
    assert [line["path"] for line in logged[0]] == ["/en/no-such-page/"]
    assert [line["message"] for lines in logged[1:] for line in lines] == ["Not Found: /en/no-such-page/"]


def test_a_reader_cannot_choose_the_number_or_the_address_that_is_believed(stack):
    forged = {"X-Request-ID": "a" * 32, "X-Forwarded-For": "203.0.113.9"}
    answer = ask(stack["url"], "/en/no-such-page/", headers=forged)
    assert answer.headers["X-Request-ID"] != "a" * 32


def test_limits_are_counted_over_all_processes_by_the_address_that_the_proxy_saw(stack):
    """Twenty links for a new password in an hour from one machine, however it calls itself."""
    address = "/en/accounts/password/reset/"
    page = ask(stack["url"], address)
    cookie = page.headers["Set-Cookie"].split(";")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.body.decode())[1]
    statuses = []
    for number in range(21):
        body = f"csrfmiddlewaretoken={token}&email=nobody.{number}%40example.org".encode()
        headers = {
            "Cookie": cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": stack["url"] + address,
            "X-Forwarded-For": f"203.0.113.{number}",
        }
        statuses.append(ask(stack["url"], address, "POST", body, headers).status)
    assert statuses == [302] * 20 + [429]


def _logged(stack: dict, part: str, number: str) -> list[dict]:
    log = Path(stack["logs"]) / f"{part}.log"
    deadline = time.monotonic() + 5
    while not (found := [line for line in log.read_text().splitlines() if number in line]) and part == "proxy":
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return [json.loads(line) for line in found]

"""How gunicorn serves Sala: SIGTERM and SIGHUP lose no request, logs are JSON, figures of ended processes are folded in.

Stopped, gunicorn leaves its socket open but unattended until the last answer is out; whoever connects meanwhile is cut off, and
a proxy may not send a form a second time. `deploy/draining.py` takes in who waits, then has the kernel refuse others at once, so
that the proxy asks the next server.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

from config.logs import logging_settings  # noqa: E402

from deploy import draining  # noqa: E402

bind = os.environ.get("BIND", "0.0.0.0:8000")
worker_class = "deploy.draining.DrainingWorker"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 30  # docker-compose.yml gives ten seconds more before it kills
keepalive = 5
worker_tmp_dir = "/dev/shm"  # noqa: S108  (never on a disk: gunicorn touches it each second)
control_socket_disable = True
# The proxy says who asks and whether by https, and Django believes it or not: settings/production.py.
forwarded_allow_ips = "*"
accesslog = None  # the proxy keeps it
logconfig_dict = logging_settings(os.environ.get("LOG_LEVEL", "INFO"))

METRICS = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")


def on_starting(server):
    if METRICS:
        Path(METRICS).mkdir(parents=True, exist_ok=True)
        for left in Path(METRICS).glob("*.db"):
            left.unlink()


def when_ready(server):
    draining.announce(server)


def child_exit(server, worker):
    if METRICS:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)

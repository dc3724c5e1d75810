"""Reads every setting that comes from the environment, in one place, and explains what is wrong with a bad one.

Secrets may come from a file named by ``NAME_FILE`` so that no secret has to stand in the environment itself.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("SALA_VAR", ROOT / "var"))

env = environ.FileAwareEnv()
if (ROOT / ".env").exists():
    env.read_env(ROOT / ".env")


def secret_key() -> str:
    """The signing key: from SECRET_KEY or SECRET_KEY_FILE; there is no default."""
    key = env.str("SECRET_KEY", default="")
    if len(key) < 32:
        raise ImproperlyConfigured(
            "SECRET_KEY (or SECRET_KEY_FILE, the path of a file that holds it) must be set to at least 32 characters. "
            "Make one with: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    return key


def local_secret_key() -> str:
    """A key for one machine, made once and kept beside its database; for the demo and for developers."""
    path = VAR / "secret_key"
    if not path.exists():
        import secrets

        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_urlsafe(50))
        path.chmod(0o600)
    return path.read_text().strip()


def elasticsearch_nodes() -> list[str]:
    """The addresses in ELASTICSEARCH_URL (or the file that ELASTICSEARCH_URL_FILE names); none where it is not set."""
    nodes = [node.strip() for node in env.str("ELASTICSEARCH_URL", default="").split(",") if node.strip()]
    for node in nodes:
        address = urlsplit(node)
        if address.scheme not in ("http", "https") or not address.hostname or not address.port:
            raise ImproperlyConfigured(
                "ELASTICSEARCH_URL must be one or more addresses with scheme, host and port, separated by commas, "
                "such as http://localhost:9200"
            )
    return nodes


def database() -> dict:
    """The database from DATABASE_URL; SQLite in var/ when it is not set."""
    config = env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'db.sqlite3'}")
    config["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
    if "sqlite" in config["ENGINE"]:
        Path(config["NAME"]).parent.mkdir(parents=True, exist_ok=True) if config["NAME"] != ":memory:" else None
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            " PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;",
        }
    return config

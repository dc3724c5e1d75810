"""Reads every setting that comes from the environment, in one place, and explains what is wrong with a bad one.

Secrets may come from a file named by ``NAME_FILE`` so that no secret has to stand in the environment itself.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("SALA_VAR", ROOT / "var"))


class Setting(FileAwareMapping):
    """Editors end a file with a line break, which is never part of a secret."""

    def __getitem__(self, key: str) -> str:
        value = super().__getitem__(key)
        return value.rstrip("\r\n") if self.env.get(f"{key}_FILE") else value


class Environment(environ.FileAwareEnv):
    ENVIRON = Setting()


env = Environment()
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
    """The database from DATABASE_URL, with DATABASE_PASSWORD where that is kept apart; SQLite in var/ when it is not set."""
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
    config["CONN_HEALTH_CHECKS"] = True  # a connection that the server closed is found out before it is used
    config["PASSWORD"] = env.str("DATABASE_PASSWORD", default=config.get("PASSWORD", ""))
    return config


def shared_cache() -> dict:
    """What all processes count in: Valkey from CACHE_URL, with CACHE_PASSWORD; this process alone when it is not set."""
    address = env.str("CACHE_URL", default="")
    if not address:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5000}}
    if not address.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured("CACHE_URL must be the address of a Valkey server, such as redis://cache:6379/0")
    options = {"socket_connect_timeout": 1, "socket_timeout": 1}
    if password := env.str("CACHE_PASSWORD", default=""):
        options["password"] = password
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": address,
        "KEY_PREFIX": "sala",
        "OPTIONS": options,
    }


def file_storage() -> dict:
    """Where uploads are kept: the bucket of FILES_BUCKET, never public; the folder `media` in var/ when it is not set."""
    bucket = env.str("FILES_BUCKET", default="")
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    return {
        "BACKEND": "media.storage.PrivateBucket",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env.str("FILES_ENDPOINT", default="") or None,
            "region_name": env.str("FILES_REGION", default="") or None,
            "access_key": env.str("FILES_ACCESS_KEY", default="") or None,
            "secret_key": env.str("FILES_SECRET_KEY", default="") or None,
            "default_acl": "private",
            "file_overwrite": False,
        },
    }

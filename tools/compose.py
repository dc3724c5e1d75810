"""Reads docker-compose.yml as `docker compose` would, for those who start its parts without containers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "docker-compose.yml"
VARIABLE = re.compile(r"\$(?:(\$)|\{(\w+)(?:(:[-?])([^}]*))?\})")


@dataclass(frozen=True)
class Service:
    """One service, every variable filled in."""

    name: str
    command: list[str]
    environment: dict[str, str]
    secrets: list[str]
    ports: list[str]
    volumes: list[str]
    definition: dict


def interpolated(text: str, variables: Mapping[str, str]) -> str:
    """`${NAME}`, `${NAME:-default}` and `${NAME:?explanation}` filled in; `$$` is a dollar."""

    def fill(found: re.Match[str]) -> str:
        dollar, name, kind, rest = found.groups()
        if dollar:
            return dollar
        if value := variables.get(name):
            return value
        if kind == ":?":
            raise KeyError(f"{name} must be set: {rest}")
        return rest or ""

    return VARIABLE.sub(fill, text)


def read(variables: Mapping[str, str]) -> dict[str, Service]:
    """The services by name, those of profiles included."""
    document = filled(yaml.safe_load(FILE.read_text()), variables)
    return {name: service(name, definition) for name, definition in document["services"].items()}


def filled(node: object, variables: Mapping[str, str]):
    if isinstance(node, dict):
        return {key: filled(value, variables) for key, value in node.items()}
    if isinstance(node, list):
        return [filled(value, variables) for value in node]
    return interpolated(node, variables) if isinstance(node, str) else node


def service(name: str, definition: dict) -> Service:
    return Service(
        name,
        definition.get("command", []),
        definition.get("environment", {}),
        definition.get("secrets", []),
        definition.get("ports", []),
        definition.get("volumes", []),
        definition,
    )

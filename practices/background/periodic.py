"""The jobs that come round again, as apps declare them in their `jobs.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[[], Any])


@dataclass(frozen=True, slots=True)
class Job:
    name: str
    seconds: float
    at_most: float
    run: Callable[[], Any]


_jobs: dict[str, Job] = {}


def periodic(*, seconds: float, at_most: float = 60) -> Callable[[Function], Function]:
    """Has a worker call the function every so many seconds; of several workers, one at a time.

    A run that has not ended after `at_most` seconds counts as lost, and another worker begins anew: what the job does must
    bear that, and being stopped half-way.
    """

    def register(function: Function) -> Function:
        name = f"{function.__module__}.{function.__name__}"
        _jobs[name] = Job(name, seconds, at_most, function)
        return function

    return register


def jobs() -> Mapping[str, Job]:
    return _jobs

import pytest

from practices.background import periodic


@pytest.fixture
def job():
    """A periodic job of the test's own, alone on the list: `job.runs` counts, `job.fails` makes it fail."""

    class Counted:
        runs = 0
        fails = False

        def __call__(self) -> None:
            self.runs += 1
            if self.fails:
                raise RuntimeError("No paper in the machine")

    counted = Counted()
    kept = dict(periodic._jobs)
    periodic._jobs.clear()
    periodic._jobs["test.counted"] = periodic.Job("test.counted", seconds=30, at_most=60, run=counted)
    yield counted
    periodic._jobs.clear()
    periodic._jobs.update(kept)

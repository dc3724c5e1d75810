"""A benchmark that cannot say “not met” would be worth nothing."""

import json

from tests.bench.figures import Cost, Report, at_least, at_most, p95, share_of_bare
from tests.bench.queries import addresses

BARE = [Cost(0.001, 0.0008)] * 3


def test_a_share_is_the_median_of_pairs_not_the_ratio_of_means():
    site = [Cost(0.005, 0.004), Cost(0.005, 0.004), Cost(0.5, 0.004)]  # the machine was busy once
    figure = share_of_bare("page", site, BARE, 6)
    assert figure.met
    assert figure.shown == "1/5.0 (200/s; by processor time 1/5.0)"


def test_a_bar_that_is_not_reached_is_not_met():
    assert share_of_bare("page", [Cost(0.0061, 0.005)] * 3, BARE, 6).met is False
    assert at_most("queries", 21, 20).met is False
    assert at_most("queries", 20, 20).met
    assert at_least("pages a second", 999, 1000).met is False


def test_a_figure_without_a_bar_fails_nothing(tmp_path):
    report = Report(quick=False)
    report.add("pages", share_of_bare("page", [Cost(1, 1)] * 3, BARE))
    assert report.all_met
    report.add("pages", at_most("queries", 21, 20))
    assert not report.all_met
    assert "NOT MET" in report.table()
    report.write(tmp_path / "var" / "bench.json")
    written = json.loads((tmp_path / "var" / "bench.json").read_text())
    assert [figure["met"] for figure in written["figures"]] == [None, False]


def test_the_95th_percentile_leaves_out_the_slowest_few():
    assert p95([*range(1, 101)]) == 96
    assert p95([7]) == 7


def test_the_questions_are_sixty_and_all_different():
    assert len(set(addresses())) == 60
    assert sum("&" in address for address in addresses()) >= 25

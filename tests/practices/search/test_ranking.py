"""The best come in one order, whichever way they were found."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from practices.search.engines.ranking import best_first


@given(st.lists(st.integers(0, 3), min_size=1, max_size=60), st.integers(1, 20))
def test_first_of_many_are_those_of_the_whole_order_also_where_scores_are_equal(scores, wanted):
    ids = np.arange(1, len(scores) + 1, dtype=np.uint32)
    whole = sorted(ids.tolist(), key=lambda key: (-scores[key - 1], -key))
    assert best_first(ids, np.array(scores, dtype=np.float64), wanted).tolist() == whole[:wanted]

"""The engine both databases share: the database says where a unit stands, sets in memory do the rest.

A subclass knows only how its database stores tokens and finds a unit in them.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from django.db import connection
from pyroaring import BitMap

from ..idsets import as_array
from ..models import SearchClock, SearchRecord, SearchText, undecided
from ..normalise import fold
from ..plan import Unit
from ..registry import FACETS, kind_weights
from . import base
from .likeness import heaviest, subjects, words_of
from .matching import Feature, Match, Posting, match
from .ranking import RERANKED, best_first, bm25f, first_stage, most_used_first
from .snapshot import CATCH_UP, Change, Snapshot

# Starts read per keystroke, from which the best are shown.
STARTS_READ = 300

_lock = threading.Lock()
_shared: dict[str, Snapshot] = {}


class DatabaseEngine(ABC):
    name: str

    @abstractmethod
    def index(self, entries: Sequence[base.Entry]) -> None: ...

    @abstractmethod
    def remove(self, record_ids: Sequence[int]) -> None:
        """Takes records out; called while their stored text is still what was indexed."""

    @abstractmethod
    def repair(self) -> None:
        """Makes the index agree with the stored text where something went past it."""

    @abstractmethod
    def is_sound(self) -> bool:
        """Whether the index has every stored text and no other."""

    @abstractmethod
    def _read(self, unit: Unit) -> Posting: ...

    @abstractmethod
    def _starts(self, typed: str) -> Iterable[tuple[int, str, int]]:
        """Record, language and position of titles that have `typed` at the start of a word."""

    def search(self, request: base.Request) -> base.Result:
        snapshot = self._snapshot()
        seen = BitMap.intersection(snapshot.visible(request.reader), *_chosen(snapshot, request.within).values())
        if request.among is not None:
            seen = seen & BitMap(request.among)
        found = self._match(request, snapshot, seen)
        seen = found.ids
        chosen = _chosen(snapshot, request.filters)
        narrowed = BitMap.intersection(seen, *chosen.values()) if chosen else seen
        page = self._page(request, snapshot, found, narrowed)
        return base.Result(
            total=len(narrowed),
            hits=[base.Hit(key, found.through(key)) for key in page],
            facets=_counts(snapshot, seen, chosen),
            loosened=found.loosened,
        )

    def suggest(self, typed: str, language: str, reader: base.Reader, limit: int = 8) -> list[base.Suggestion]:
        begun = fold(typed)[:40]
        if not begun:
            return []
        visible = self._snapshot().visible(reader)
        best: dict[int, tuple[bool, int, str]] = {}
        for key, start_language, position in self._starts(begun):
            rank = (start_language != language, position, start_language)
            if key in visible and rank < best.get(key, (True, 99, "~")):
                best[key] = rank
        keys = sorted(best, key=lambda key: best[key])[:limit]
        rows = SearchRecord.objects.confirmed(reader, keys, "titles")
        return [
            base.Suggestion(rows[key].titles[best[key][2]], best[key][2], key)
            for key in keys
            if key in rows and best[key][2] in rows[key].titles
        ]

    def values_seen(self, facet: str, reader: base.Reader) -> set[str]:
        """Values of a facet that some record this reader may see has."""
        snapshot = self._snapshot()
        visible = snapshot.visible(reader)
        return {value for value, ids in snapshot.facets.get(facet, {}).items() if ids.intersect(visible)}

    def holds(self, unit: Unit, reader: base.Reader) -> bool:
        """Whether a record that this reader may see has the unit."""
        snapshot = self._snapshot()
        return bool(snapshot.posting(unit, self._read).everywhere.intersect(snapshot.visible(reader)))

    def more_like_this(self, record_id: int, reader: base.Reader, language: str, limit: int = 5) -> list[int]:
        snapshot = self._snapshot()
        visible = snapshot.visible(reader)
        texts = texts_of([record_id])
        if record_id not in visible or record_id not in texts:
            return []
        features = self._traits(snapshot, record_id, texts[record_id], language)
        # What only the language is shared with is not alike.
        alike = BitMap.union(BitMap(), *(feature.posting.everywhere for feature in features[:-1])) & visible
        alike.discard(record_id)
        keys = as_array(alike)
        ranked = best_first(keys, first_stage(keys, features, snapshot.size, snapshot.tie), limit).tolist()
        confirmed = SearchRecord.objects.confirmed(reader, ranked)
        return [key for key in ranked if key in confirmed]

    def _traits(self, snapshot: Snapshot, record_id: int, text: tuple[str, str], language: str) -> list[Feature]:
        """What to seek in other records; the language comes last."""
        total = len(snapshot.everything)
        values = {
            facet: [value for value, ids in by_value.items() if record_id in ids]
            for facet, by_value in snapshot.facets.items()
        }

        def held(facet: str, value: str) -> BitMap:
            return snapshot.facets.get(facet, {}).get(value, BitMap())

        def posting(unit: Unit) -> Posting:
            return snapshot.posting(unit, self._read)

        words = heaviest(words_of(*text), lambda unit: len(posting(unit).everywhere), total)
        shared = subjects(values, language, lambda facet, value: len(held(facet, value)), total)
        return [
            *(Feature(unit, posting(unit), weight) for unit, weight in words),
            *(
                Feature(Unit((value,)), Posting(held(facet, value), BitMap()), weight)
                for facet, value, weight in shared
            ),
        ]

    def _match(self, request: base.Request, snapshot: Snapshot, seen: BitMap) -> Match:
        if request.plan is None:
            return Match(ids=seen)
        return match(
            request.plan, lambda unit: snapshot.posting(unit, self._read), seen, total=len(snapshot.everything)
        )

    def _page(self, request: base.Request, snapshot: Snapshot, found: Match, ids: BitMap) -> list[int]:
        keys = as_array(ids)
        end = request.offset + request.limit
        if request.sort == base.BEST and found.features:
            light = _light(snapshot)
            scores = first_stage(keys, found.features, snapshot.size, snapshot.tie, light)
            ranked = best_first(keys, scores, max(end, RERANKED))
            if request.offset < RERANKED:
                texts = texts_of(ranked[:RERANKED].tolist())
                kinds = {key: weight for ids, weight in light for key in texts if key in ids}
                top = bm25f(texts, found.sayings, snapshot.tie, kinds)
                return [*top, *ranked[RERANKED:].tolist()][request.offset : end]
            return ranked[request.offset : end].tolist()
        if request.sort == base.USED:
            return most_used_first(keys, snapshot.usefulness, snapshot.changed)[request.offset : end].tolist()
        if request.sort == base.TITLE:
            order = -snapshot.by_title(request.language)[keys].astype(np.float64)
        else:
            order = snapshot.changed[keys]
        return best_first(keys, order, end)[request.offset :].tolist()

    def _snapshot(self) -> Snapshot:
        """The sets as new as the clock. Made anew, and kept to itself, for a transaction that may yet be undone."""
        clock = SearchClock.objects.order_by().values_list("generation", "version").first() or (None, 0)
        generation, version = clock
        with _lock:
            shared = _shared.get(connection.alias)
            if shared and shared.generation == generation:
                if shared.version == version:
                    return shared
                behind = shared.version < version and not undecided()
                if behind and self._caught_up(shared, version):
                    return shared
            fresh = Snapshot.load(generation, version)
            if not undecided():
                _shared[connection.alias] = fresh
            return fresh

    def _caught_up(self, shared: Snapshot, version: int) -> bool:
        rows = list(
            SearchRecord.objects.filter(version__gt=shared.version, version__lte=version)
            .select_related("text")
            .order_by()[: CATCH_UP + 1]
        )
        if len(rows) > CATCH_UP:
            return False
        shared.catch_up(version, [_change(row) for row in rows])
        return True


def _change(row: SearchRecord) -> Change:
    if row.deleted:
        return Change(row.pk, True)
    return Change(
        row.pk,
        False,
        row.facets,
        row.changed.timestamp(),
        row.usefulness,
        row.text.analysed_title,
        row.text.analysed_body,
    )


def texts_of(keys: Sequence[int]) -> dict[int, tuple[str, str]]:
    rows = SearchText.objects.filter(pk__in=keys).values_list("pk", "analysed_title", "analysed_body")
    return {key: (title, body) for key, title, body in rows}


def _light(snapshot: Snapshot) -> list[tuple[BitMap, float]]:
    """The records of kinds that weigh less than others, and how much."""
    by_kind = snapshot.facets.get("kind", {})
    return [(by_kind[kind], weight) for kind, weight in kind_weights().items() if kind in by_kind]


def _chosen(snapshot: Snapshot, filters: Mapping[str, Sequence[str]]) -> dict[str, BitMap]:
    return {
        facet: BitMap.union(BitMap(), *(snapshot.facets.get(facet, {}).get(value, BitMap()) for value in values))
        for facet, values in filters.items()
        if values
    }


def _counts(snapshot: Snapshot, seen: BitMap, chosen: Mapping[str, BitMap]) -> dict[str, dict[str, int]]:
    """Each facet under the others' choices but not its own."""
    counts: dict[str, dict[str, int]] = {}
    for facet in FACETS:
        others = [ids for name, ids in chosen.items() if name != facet]
        pool = BitMap.intersection(seen, *others) if others else seen
        counted = {
            value: count
            for value, ids in snapshot.facets.get(facet, {}).items()
            if (count := ids.intersection_cardinality(pool))
        }
        counts[facet] = counted
    return counts

"""The index as this process holds it: a set of record ids for every facet value, reader and unit asked for.

Sets make exact counts cheap at 100,000 records. A save does not empty them: it changes the few that hold the record.
Other processes notice by the clock and catch up. What a transaction has not committed is never shared.
"""

from __future__ import annotations

import threading
from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from pyroaring import BitMap

from ..models import SearchRecord, SearchTitle
from ..plan import Unit
from .matching import Posting

if TYPE_CHECKING:
    from practices.access.reader import Reader

UNITS_KEPT = 2_000
AUDIENCES_KEPT = 200
# More changes than this are read anew.
CATCH_UP = 500


@dataclass(frozen=True, slots=True)
class Change:
    """A record as it is now, for sets made before."""

    record_id: int
    deleted: bool
    facets: dict[str, list[str]] = field(default_factory=dict)
    changed: float = 0
    usefulness: float = 0
    title: str = ""
    body: str = ""

    def holds(self, unit: Unit) -> tuple[bool, bool]:
        """Whether the unit stands anywhere, and in the title."""
        in_title, in_body = stands_in(unit, self.title, self.body)
        return in_title or in_body, in_title


@dataclass(slots=True)
class Snapshot:
    generation: object
    version: int
    everything: BitMap
    facets: dict[str, dict[str, BitMap]]
    # By record id.
    changed: np.ndarray
    usefulness: np.ndarray
    units: OrderedDict[Unit, Posting] = field(default_factory=OrderedDict)
    audiences: OrderedDict[str, tuple[int, BitMap]] = field(default_factory=OrderedDict)
    # Which records changed at which version, for the sets of readers.
    log: list[tuple[int, BitMap]] = field(default_factory=list)
    orders: dict[str, tuple[int, np.ndarray]] = field(default_factory=dict)
    # What lifts a record among equals: that others used it, then that it is new.
    tie: np.ndarray = field(init=False)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        self._weigh()

    @property
    def size(self) -> int:
        return len(self.changed)

    @classmethod
    def load(cls, generation: object, version: int) -> Snapshot:
        """All of it from one walk through the narrow rows."""
        ids, changed, usefulness = array("I"), array("d"), array("d")
        lists: dict[str, dict[str, array[int]]] = {}
        rows = SearchRecord.objects.in_index().order_by()
        for key, names, moment, useful in rows.values_list("record_id", "facets", "changed", "usefulness").iterator():
            ids.append(key)
            changed.append(moment.timestamp())
            usefulness.append(useful)
            for facet, values in names.items():
                by_value = lists.setdefault(facet, {})
                for value in values:
                    by_value.setdefault(value, array("I")).append(key)
        facets = {facet: {value: BitMap(keys) for value, keys in values.items()} for facet, values in lists.items()}
        size = max(ids, default=0) + 1
        return cls(
            generation, version, BitMap(ids), facets, _placed(changed, ids, size), _placed(usefulness, ids, size)
        )

    def posting(self, unit: Unit, read: Callable[[Unit], Posting]) -> Posting:
        """The records that hold a unit, with the other stored form of a word where that counts too."""
        found = self._kept(Unit(unit.cuts, unit.prefix), read)
        if unit.other and not (unit.other_if_unknown and found.everywhere):
            found = found | self._kept(Unit((unit.other,)), read)
        return found

    def _kept(self, unit: Unit, read: Callable[[Unit], Posting]) -> Posting:
        with self._lock:
            version = self.version
            if unit in self.units:
                self.units.move_to_end(unit)
                return self.units[unit]
        posting = read(unit)
        with self._lock:
            if version == self.version:  # else a save came between, and nobody would mend this set
                self.units[unit] = posting
                if len(self.units) > UNITS_KEPT:
                    self.units.popitem(last=False)
        return posting

    def visible(self, reader: Reader) -> BitMap:
        """What this reader may see, by the one rule of `practices.access`."""
        with self._lock:
            target, log = self.version, self.log
            version, ids = self.audiences.get(reader.audience, (-1, BitMap()))
        if version == target:
            return ids
        moved = BitMap.union(BitMap(), *(ids for at, ids in log if at > version))
        if version < 0 or not log or log[0][0] > version + 1 or len(moved) > CATCH_UP:
            ids = SearchRecord.objects.shown_to(reader).ids()
        else:
            ids = (ids - moved) | BitMap(SearchRecord.objects.confirmed(reader, moved))
        with self._lock:
            self.audiences[reader.audience] = (target, ids)
            if len(self.audiences) > AUDIENCES_KEPT:
                self.audiences.popitem(last=False)
        return ids

    def by_title(self, language: str) -> np.ndarray:
        """The place of every record in dictionary order; without a title in this language, after all others."""
        version, places = self.orders.get(language, (-1, np.zeros(0)))
        if version != self.version:
            joined = SearchTitle.objects.filter(position=0, language=language).order_by("sort", "search_record_id")
            places = self.size + np.arange(self.size, dtype=np.int64)
            ids = np.fromiter(joined.values_list("search_record_id", flat=True), dtype=np.int64)
            ids = ids[ids < self.size]
            places[ids] = np.arange(len(ids))
            self.orders[language] = (self.version, places)
        return places

    def catch_up(self, version: int, changes: Sequence[Change]) -> None:
        """Moves the changed records in every set. Readers that hold an older set keep it whole: sets are replaced, not changed."""
        moved = BitMap(change.record_id for change in changes)
        live = [change for change in changes if not change.deleted]
        with self._lock:
            self._grow(moved.max() + 1 if moved else 0)
            for change in live:
                self.changed[change.record_id] = change.changed
                self.usefulness[change.record_id] = change.usefulness
            self._weigh()
            self.everything = (self.everything - moved) | BitMap(change.record_id for change in live)
            self.facets = self._moved_facets(moved, live)
            for unit, posting in self.units.items():
                self.units[unit] = _moved(posting, unit, moved, live)
            self.log = [*self.log[-50:], (version, moved)]
            self.version = version

    def _moved_facets(self, moved: BitMap, live: Sequence[Change]) -> dict[str, dict[str, BitMap]]:
        facets = {
            facet: {value: ids if ids.isdisjoint(moved) else ids - moved for value, ids in values.items()}
            for facet, values in self.facets.items()
        }
        for change in live:
            for facet, names in change.facets.items():
                values = facets.setdefault(facet, {})
                for name in names:
                    values[name] = values.get(name, BitMap()) | BitMap([change.record_id])
        return facets

    def _grow(self, size: int) -> None:
        if size > self.size:
            more = np.zeros(size - self.size + 1_000)
            self.usefulness = np.concatenate([self.usefulness, more])
            self.changed = np.concatenate([self.changed, more])

    def _weigh(self) -> None:
        dated = self.changed[self.changed > 0]
        oldest, newest = (dated.min(), dated.max()) if len(dated) else (0.0, 1.0)
        recency = np.clip((self.changed - oldest) / max(newest - oldest, 1.0), 0, 1)
        self.tie = (np.log1p(self.usefulness) + recency).astype(np.float32)


def stands_in(unit: Unit, title: str, body: str) -> tuple[bool, bool]:
    """Whether a unit stands in the stored title, and in the stored body."""
    needle = f" {' '.join(unit.cuts)}" + ("" if unit.prefix else " ")
    return needle in f" {title} ", needle in f" {body} "


def _moved(posting: Posting, unit: Unit, moved: BitMap, live: Sequence[Change]) -> Posting:
    held = [(change.record_id, *change.holds(unit)) for change in live]
    everywhere = BitMap(key for key, anywhere, _ in held if anywhere)
    titles = BitMap(key for key, _, in_title in held if in_title)
    if posting.everywhere & moved == everywhere and posting.titles & moved == titles:
        return posting
    return Posting((posting.everywhere - moved) | everywhere, (posting.titles - moved) | titles)


def _placed(values: array[float], ids: array[int], size: int) -> np.ndarray:
    """The values in an array by record id."""
    placed = np.zeros(size)
    placed[np.frombuffer(ids, dtype=np.uint32)] = np.frombuffer(values)
    return placed

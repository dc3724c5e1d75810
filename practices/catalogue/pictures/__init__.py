"""Pictures that explain, drawn as SVG by pure functions: no database, no request, the same input gives the same picture.

Each has a title and a description for those who do not see it; the page puts a list or a table beside it.
"""

from .lineage import LineageNode, lineage_list, lineage_tree
from .province_map import MapEntry, province_map

__all__ = [
    "LineageNode",
    "MapEntry",
    "lineage_list",
    "lineage_tree",
    "province_map",
]

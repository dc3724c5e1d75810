"""The tree of a practice: what was adapted from what, where, and how each one fares.

Drawn from left to right in layers, a node beside the one it grew from; cost grows with the number of nodes and links only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from .wrapping import wrap

WIDTH, GAP_X, GAP_Y = 272, 56, 20
PADDING, LINE, SIZE, SMALL = 14, 24, 15, 13.5
NAME_LINES, PLACE_LINES = 4, 2
SIGN = 24  # the place of the sign before the status

# Shapes for the status, drawn in a square of 14: told apart without colour.
SIGNS = {
    "": '<path class="sign" d="M1 1h12v12H1z"/>',
    "idea": '<circle class="sign" cx="7" cy="7" r="6"/>',
    "decided": '<path class="sign" d="M7 0l7 7-7 7-7-7z"/>',
    "pilot": '<path class="sign" d="M7 1l6 12H1z"/>',
    "running": '<circle class="sign full" cx="7" cy="7" r="6"/>',
    "stopped": '<path class="sign" d="M1 1l12 12M13 1L1 13"/>',
    "scaled": '<path class="sign full" d="M7 1l6 12H1z"/>',
    "not-stated": '<path class="sign" d="M1 7h12"/>',
}


@dataclass(frozen=True)
class LineageNode:
    """`status` is a key of SIGNS (empty for a practice), `label` the word for it; `parents` are ids of other nodes."""

    id: int
    title: str
    label: str
    status: str = ""
    place: str = ""
    url: str = ""
    language: str = "en"
    parents: tuple[int, ...] = ()
    is_here: bool = False


@dataclass
class Forest:
    """Each node hangs under one parent, the one furthest right; links to others are `extra`."""

    nodes: dict[int, LineageNode]
    roots: list[int] = field(default_factory=list)
    children: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    extra: list[tuple[int, int]] = field(default_factory=list)
    layer: dict[int, int] = field(default_factory=dict)


def forest_of(nodes: Sequence[LineageNode]) -> Forest:
    """Layers by the longest way from a root; a link that would close a circle is left to `extra`."""
    forest = Forest({node.id: node for node in nodes})
    waiting = {node.id: len(_parents(forest, node)) for node in nodes}
    grown: dict[int, list[int]] = defaultdict(list)
    for node in nodes:
        for parent in _parents(forest, node):
            grown[parent].append(node.id)
    queue = [node.id for node in nodes if not waiting[node.id]]
    left = iter(nodes)
    while len(forest.layer) < len(forest.nodes):
        if not queue:  # only circles are left: cut one open
            queue.append(next(node.id for node in left if node.id not in forest.layer))
        here = queue.pop()
        if here in forest.layer:
            continue
        known = [parent for parent in _parents(forest, forest.nodes[here]) if parent in forest.layer]
        forest.layer[here] = 1 + max((forest.layer[parent] for parent in known), default=-1)
        trunk = max(known, key=lambda parent: forest.layer[parent], default=None)
        (forest.roots if trunk is None else forest.children[trunk]).append(here)
        forest.extra += [(parent, here) for parent in _parents(forest, forest.nodes[here]) if parent != trunk]
        for child in grown[here]:
            waiting[child] -= 1
            if not waiting[child]:
                queue.append(child)
    place = {node.id: n for n, node in enumerate(nodes)}
    for siblings in [forest.roots, *forest.children.values()]:
        siblings.sort(key=place.__getitem__)
    return forest


def _parents(forest: Forest, node: LineageNode) -> list[int]:
    return [parent for parent in dict.fromkeys(node.parents) if parent in forest.nodes and parent != node.id]


def walk(forest: Forest) -> list[tuple[int, bool]]:
    """(id, on the way back) in reading order; without recursion, for lines of descent may be long."""
    steps: list[tuple[int, bool]] = []
    stack = [(root, False) for root in reversed(forest.roots)]
    while stack:
        here, back = stack.pop()
        steps.append((here, back))
        if not back:
            stack.append((here, True))
            stack += [(child, False) for child in reversed(forest.children.get(here, []))]
    return steps


def _middles(forest: Forest, step: float) -> dict[int, float]:
    """The height of each node's middle: leaves one below the other, a parent in the middle of its children."""
    middle: dict[int, float] = {}
    next_free = step / 2
    for here, back in walk(forest):
        children = forest.children.get(here, [])
        if back and children:
            middle[here] = (middle[children[0]] + middle[children[-1]]) / 2
        elif back:
            middle[here] = next_free
            next_free += step
    return middle


def lineage_tree(nodes: Sequence[LineageNode], *, title: str, description: str, prefix: str = "lineage") -> SafeString:
    forest = forest_of(nodes)
    inner = WIDTH - 2 * PADDING
    names = {node.id: wrap(node.title, inner, SIZE, NAME_LINES, node.language) for node in nodes}
    places = {node.id: wrap(node.place, inner, SMALL, PLACE_LINES, node.language) for node in nodes}
    height = {n: (1 + len(names[n]) + len(places[n])) * LINE + 2 * PADDING - 4 for n in forest.nodes}
    step = max(height.values(), default=0) + GAP_Y
    middle = _middles(forest, step)
    left = {n: 2 + forest.layer[n] * (WIDTH + GAP_X) for n in forest.nodes}
    trunks = [(parent, child) for parent, children in forest.children.items() for child in children]
    across = max(forest.layer.values(), default=0) + 1
    total_x, total_y = (
        across * (WIDTH + GAP_X) - GAP_X + 4,
        len([n for n in forest.nodes if not forest.children.get(n)]) * step,
    )
    return format_html(
        '<svg class="lineage" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="group" aria-labelledby="{p}-title {p}-text" xmlns="http://www.w3.org/2000/svg">'
        '<title id="{p}-title">{}</title><desc id="{p}-text">{}</desc>{}{}{}</svg>',
        title,
        description,
        format_html_join("", '<path class="edge" d="{}"/>', ((_curve(left, middle, a, b),) for a, b in trunks)),
        format_html_join(
            "",
            '<path class="edge" stroke-dasharray="5 4" d="{}"/>',
            ((_curve(left, middle, a, b),) for a, b in forest.extra),
        ),
        format_html_join(
            "",
            "{}",
            (
                (_box(forest.nodes[n], left[n], middle[n] - height[n] / 2, height[n], names[n], places[n]),)
                for n in forest.nodes
            ),
        ),
        w=round(total_x),
        h=round(total_y),
        p=prefix,
    )


def _curve(left: dict[int, int], middle: dict[int, float], parent: int, child: int) -> str:
    start, end = left[parent] + WIDTH, left[child]
    bend = (start + end) / 2
    return f"M{start} {middle[parent]:.0f}C{bend:.0f} {middle[parent]:.0f} {bend:.0f} {middle[child]:.0f} {end} {middle[child]:.0f}"


def _box(node: LineageNode, x: float, y: float, height: float, names: list[str], places: list[str]) -> SafeString:
    base = PADDING + 15
    lines = _lines(names, base + LINE, node.language)
    where = _lines(places, base + (len(names) + 1) * LINE, node.language)
    inside = format_html(
        '<rect class="box" width="{}" height="{}" rx="6"/><g transform="translate({} {})">{}</g>'
        '<text x="{}" y="{}">{} </text><text class="name" lang="{}">{}</text>{}',
        WIDTH,
        height,
        PADDING,
        PADDING + 3,
        mark_safe(SIGNS.get(node.status, SIGNS["not-stated"])),
        PADDING + SIGN,
        base,
        node.label,
        node.language,
        lines,
        format_html('<text class="place" lang="{}">{}</text>', node.language, where) if places else "",
    )
    if node.url and not node.is_here:
        inside = format_html('<a href="{}">{}</a>', node.url, inside)
    kind = "node" + (" origin" if not node.status else "") + (" here" if node.is_here else "")
    return format_html('<g class="{}" transform="translate({} {})">{}</g>', kind, x, f"{y:.0f}", inside)


def _lines(lines: list[str], first: float, language: str) -> SafeString:
    """Lines one below the other; a space at the end keeps words apart for those who listen, where the script has spaces."""
    space = "" if language == "th" else " "
    return format_html_join(
        "",
        '<tspan x="{}" y="{}">{}{}</tspan>',
        ((PADDING, first + n * LINE, line, space) for n, line in enumerate(lines)),
    )


def lineage_list(nodes: Sequence[LineageNode], *, also_from: str, here: str) -> SafeString:
    """The same tree as a nested list. `also_from` and `here` are words of the page's language."""
    forest = forest_of(nodes)
    others: dict[int, list[str]] = defaultdict(list)
    for parent, child in forest.extra:
        others[child].append(forest.nodes[parent].title)
    out = [mark_safe('<ul class="tree">')]
    for n, back in walk(forest):
        children = forest.children.get(n)
        if back:
            out.append(mark_safe("</ul></li>" if children else "</li>"))
            continue
        node = forest.nodes[n]
        linked = node.url and not node.is_here
        name = format_html(
            '<a href="{}" lang="{}">{}</a>' if linked else '<b lang="{1}">{2}</b>', node.url, node.language, node.title
        )
        also = f"{also_from} {', '.join(others[n])}" if others[n] else ""
        rest = " · ".join(filter(None, [node.label, node.place, here if node.is_here else "", also]))
        out.append(format_html("<li>{} <small>{}</small>{}", name, rest, mark_safe("<ul>" if children else "")))
    out.append(mark_safe("</ul>"))
    return mark_safe("".join(out))

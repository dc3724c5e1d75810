"""The pictures are pure functions: what they draw is checked without a database."""

from __future__ import annotations

import itertools
import json
import re
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from practices.catalogue import vocabularies
from practices.catalogue.pictures import LineageNode, MapEntry, lineage_list, lineage_tree, province_map
from practices.catalogue.pictures.province_map import outlines
from practices.catalogue.pictures.qr import svg as qr_svg
from practices.catalogue.pictures.wrapping import width_of, wrap

SVG = "{http://www.w3.org/2000/svg}"
WORDS = {"title": "What was adapted from what", "description": "As in the list below."}


def read(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(picture)


def family(count: int) -> list[LineageNode]:
    return [
        LineageNode(n, f"Adaptation {n} of the small houses", "Pilot", "pilot", parents=((n - 1) // 3,) if n else ())
        for n in range(count)
    ]


def test_outlines_are_the_77_provinces_of_the_vocabulary():
    listed = json.loads((Path(vocabularies.__file__).parent / "provinces.json").read_text())
    assert len(listed) == 77
    assert {row["code"] for row in listed} == set(outlines()["provinces"])
    assert len({row["th"] for row in listed}) == len({row["en"] for row in listed}) == 77


def test_map_marks_provinces_by_hatching_and_number_and_names_itself():
    drawing = read(province_map({"TH-57": MapEntry("Chiang Rai", 1)}, title="Map", description="Marked: Chiang Rai"))
    assert drawing.get("role") == "img"
    assert drawing.find(f"{SVG}title").text == "Map"
    assert drawing.find(f"{SVG}desc").text == "Marked: Chiang Rai"
    marked = drawing.findall(f"{SVG}path[@class='on']")
    assert len(marked) == 1
    assert marked[0].get("fill") == "url(#map-hatch)"
    assert drawing.find(f".//{SVG}text").text == "1"
    quiet = drawing.find(f"{SVG}path[@class='land']").get("d")
    assert marked[0].get("d") not in quiet
    assert quiet.count("M") == 76


def test_map_knows_nothing_finer_than_a_province():
    with pytest.raises(ValueError, match="TH-5701"):
        province_map({"TH-5701": MapEntry("Mueang Chiang Rai", 1)}, title="Map", description="")


def test_map_is_small_enough_for_a_slow_connection():
    assert len(province_map({}, title="", description="")) < 20_000


def test_thai_is_wrapped_between_words_and_nothing_is_lost():
    text = "บ้านหลังเล็กในนิคมสร้างตนเองสำหรับคนไร้ที่พึ่ง"
    lines = wrap(text, 150, 15, 9, "th")
    assert len(lines) > 1
    assert "".join(lines) == text
    assert all(width_of(line, 15) <= 150 for line in lines)
    assert not any(re.match("[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]", line) for line in lines)


def test_what_does_not_fit_ends_in_an_ellipsis():
    lines = wrap("one two three four five six seven eight", 60, 15, 2, "en")
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert width_of(lines[-1], 15) <= 60


def test_word_longer_than_a_line_is_cut():
    assert "".join(wrap("x" * 60, 80, 15, 20, "en")) == "x" * 60


def test_lineage_stands_left_to_right_and_says_status_in_words_and_shape():
    nodes = [
        LineageNode(1, "Housing first", "Practice", place="Ireland", url="/pr/"),
        LineageNode(2, "บ้านหลังเล็ก", "นำร่อง", "pilot", language="th", parents=(1,), is_here=True),
        LineageNode(3, "Second town", "Stopped", "stopped", url="/ad/", parents=(2,)),
    ]
    drawing = read(lineage_tree(nodes, **WORDS))
    boxes = drawing.findall(f"{SVG}g")
    left = [float(re.search(r"translate\((\S+)", box.get("transform"))[1]) for box in boxes]
    assert left == sorted(left)
    assert len(set(left)) == 3
    assert [box.get("class") for box in boxes] == ["node origin", "node here", "node"]
    assert [link.get("href") for link in drawing.iter(f"{SVG}a")] == ["/pr/", "/ad/"]
    shapes = {ElementTree.tostring(box.find(f".//{SVG}g")) for box in boxes}
    assert len(shapes) == 3
    assert "".join(boxes[1].itertext()).replace(" ", "") == "นำร่องบ้านหลังเล็ก"


def test_no_two_boxes_overlap():
    drawing = read(lineage_tree(family(60), **WORDS))
    places = []
    for box in drawing.findall(f"{SVG}g"):
        x, y = map(float, re.search(r"translate\((\S+) (\S+)\)", box.get("transform")).groups())
        places.append((x, y, y + float(next(box.iter(f"{SVG}rect")).get("height"))))
    places.sort()
    for (x, _top, bottom), (next_x, next_top, _) in itertools.pairwise(places):
        assert x != next_x or bottom < next_top


def test_adaptation_of_two_parents_hangs_under_one_and_names_the_other():
    nodes = [
        LineageNode(1, "First", "Practice"),
        LineageNode(2, "Second", "Practice"),
        LineageNode(3, "Both", "Idea", "idea", parents=(1, 2)),
    ]
    assert lineage_list(nodes, also_from="also adapted from", here="this page").count("Both") == 1
    assert "also adapted from Second" in lineage_list(nodes, also_from="also adapted from", here="this page")
    assert len(read(lineage_tree(nodes, **WORDS)).findall(f"{SVG}path[@class='edge']")) == 2


def test_circle_of_parents_is_drawn_once_and_ends():
    nodes = [
        LineageNode(1, "a", "x", parents=(2,)),
        LineageNode(2, "b", "x", parents=(1,)),
        LineageNode(3, "c", "x", parents=(3, 99)),
    ]
    assert len(read(lineage_tree(nodes, **WORDS)).findall(f"{SVG}g")) == 3
    listed = read(lineage_list(nodes, also_from="also", here="here"))
    assert sorted("".join(name.itertext()) for name in listed.iter("b")) == ["a", "b", "c"]


def test_list_holds_every_node_of_the_picture():
    nodes = family(40)
    listed = lineage_list(nodes, also_from="also", here="here")
    assert listed.count("<li>") == listed.count("</li>") == 40
    assert all(node.title in listed for node in nodes)


def test_what_people_typed_is_escaped():
    nodes = [LineageNode(1, "<script>alert(1)</script>", '"><b>', place="<i>")]
    drawn = lineage_tree(nodes, **WORDS) + lineage_list(nodes, also_from="", here="")
    assert "<script>" not in drawn
    assert "<i>" not in drawn
    read(lineage_tree(nodes, **WORDS))


def test_cost_grows_with_the_number_of_nodes_only():
    def seconds(count: int) -> float:
        nodes = family(count)
        best = []
        for _ in range(5):
            start = time.process_time()
            lineage_tree(nodes, **WORDS)
            best.append(time.process_time() - start)
        return min(best)

    seconds(50)
    assert seconds(500) < 10 * seconds(125)  # four times the nodes; a square would be sixteen


def test_qr_code_holds_one_dark_run_for_each_run_of_its_matrix():
    drawing = read(qr_svg("https://example.org/en/r/pr-2/", "QR code"))
    assert drawing.get("aria-label") == "QR code"
    assert drawing.find(f"{SVG}path").get("d").startswith("M4 4h7")  # the corner mark behind a quiet border of four

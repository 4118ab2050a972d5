"""The page of an answer's nodes and ties: whole without a network, the same each time, nothing on top of another."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import numpy as np
import pytest

from tracing.report.network import WIDTH, Node, Tie, place_nodes, radius_of, write_network


def nodes_of(count: int) -> list[Node]:
    return [Node(id=f"P-{n:06}", label=f"P-{n:06}", tier=n % 4 if n % 5 else None) for n in range(count)]


def ties_of(count: int) -> list[Tie]:
    return [
        Tie(source=f"P-{n // 3:06}", target=f"P-{n:06}", kind="exposed", certain=n % 2 == 0) for n in range(1, count)
    ]


@pytest.mark.parametrize("count", [2, 60, 300])
def test_signs_stand_apart_inside_the_drawing(count: int) -> None:
    ends = np.array([[n // 3, n] for n in range(1, count)])
    at = place_nodes(count, ends, WIDTH, 620)
    assert (at == place_nodes(count, ends, WIDTH, 620)).all()
    assert (at >= 0).all() and (at[:, 0] <= WIDTH).all() and (at[:, 1] <= 620).all()
    apart = np.hypot(*(at[:, None] - at[None]).T) + np.eye(count) * WIDTH
    assert apart.min() > 2 * radius_of(count)


@pytest.mark.parametrize("count", [12, 40, 120])
def test_no_name_of_a_person_lies_on_a_sign_and_places_have_theirs(count: int) -> None:
    """Stars of eight: below most centres stands somebody."""
    nodes = [replace(n, kind="place", label=f"Café {i}") if i % 8 == 0 else n for i, n in enumerate(nodes_of(count))]
    ties = [Tie(source=nodes[n - n % 8].id, target=nodes[n].id, kind="visit") for n in range(count)]
    page = write_network(nodes, ties, title="Stars", lang="en")
    sign = r'<g class="(node [^"]*)" transform="translate\(([\d.]+) ([\d.]+)\)".*?class="label" y="([-\d.]+)"'
    found = re.findall(sign, page, re.S)
    at, radius = np.array([[float(x), float(y)] for _class, x, y, _below in found]), radius_of(count)
    named = [i for i, (of, *_place) in enumerate(found) if "unnamed" not in of]
    assert len(found) == count and len(named) >= min(count, 30) // 3
    assert set(range(0, count, 8)) <= set(named)
    for one in (i for i in named if i % 8):
        off = np.abs(at - at[one] - [0, float(found[one][3]) - 4])
        assert not ((off[:, 0] < 3.5 * len(nodes[one].label) + radius) & (off[:, 1] < 6 + radius)).any()


def test_one_and_none_are_drawn() -> None:
    for count in (0, 1):
        page = write_network(nodes_of(count), [], title="Nobody", lang="en")
        assert page.count('class="node person') == count * 2  # in the drawing and in the key


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page_needs_nothing_else(lang: str) -> None:
    page = write_network(
        nodes_of(90),
        ties_of(90),
        title="Who met whom",
        head=["person"],
        rows=[["P-000001"]],
        notes=["a note"],
        lang=lang,
    )
    assert page == write_network(
        nodes_of(90),
        ties_of(90),
        title="Who met whom",
        head=["person"],
        rows=[["P-000001"]],
        notes=["a note"],
        lang=lang,
    )
    assert not re.search(r"""(?:src|href)=["'](?!data:)|url\((?!["']?#)|@import|fetch\(|https?:""", page)
    assert f'<html lang="{lang}">' in page and "default-src 'none'" in page
    assert page.count("<line ") - 2 == 89  # two more stand in the key
    found = re.search(r'id="data">(.*?)</script>', page)
    assert found is not None
    told = json.loads(found[1])
    assert len(told["nodes"]) == 90 and len(told["ties"]) == 89
    assert all(len(re.findall("possible|có thể", tie[2])) == (i % 2 == 0) for i, tie in enumerate(told["ties"]))


def test_what_others_wrote_is_text_and_ties_to_nobody_are_left_out() -> None:
    bad = "</script><script>alert(1)</script>"
    page = write_network(
        [Node(id=bad, label=bad, told=bad), Node(id="b", label="x" * 80, kind="place")],
        [Tie(source=bad, target="b", kind="visit", at=bad), Tie(source=bad, target="nobody", kind="link")],
        title=bad,
        rows=[[bad]],
        head=[bad],
        lang="en",
    )
    assert "alert(1)</script>" not in page and page.count("<line ") == 2
    assert "x" * 23 + "…" in page

"""The page of an answer's nodes and ties: whole without a network, the same each time, nothing on top of another."""

from __future__ import annotations

import json
import re

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

"""The figures of ``docs/identity.md``: how well people on record twice are found, beside two other ways of doing it.

``python tests/support/identity_page.py [PEOPLE]`` prints them; without PEOPLE for the province of the page.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from dataclasses import replace
from hashlib import blake2b

import networkx as nx
import numpy as np
import pandas as pd
from identity_weights import doubled
from scipy.sparse import csr_matrix

from loaders.invented.duplicates import Doubled
from tracing.identity.pairs import Linkage, find_pairs
from tracing.identity.weights import shipped_weights
from tracing.model.records import Records

SEED = 7
PEOPLE = 3_000
THRESHOLDS = (0.05, 0.1, 0.19, 0.3, 0.6, 0.9, 0.99)
TRIGRAM = 0.65
MISSING = (0.0, 0.25)

Pair = tuple[str, str]
Row = tuple[str, str, str, str, str]


def exact_text(records: Records) -> set[Pair]:
    """Return the pairs of the same name, or the same identity number, as they are written: Go.Data's way."""
    persons = records.persons
    found: set[Pair] = set()
    for column in ("name", "national_id"):
        texts = persons[column].str.strip().str.lower()
        for _text, group in persons[texts.notna()].groupby(texts[texts.notna()]):
            found |= _within(group["person"])
    return found


def _within(people: Iterable[str]) -> set[Pair]:
    listed = sorted(people)
    return {(a, b) for at, a in enumerate(listed) for b in listed[at + 1 :]}


def trigrams(records: Records) -> set[Pair]:
    """Return the pairs whose names share 65 % of their trigrams, of one sex and year if known: SORMAS's way."""
    persons = records.persons[records.persons["name"].notna()].reset_index(drop=True)
    columns: dict[str, int] = {}
    rows, cols = [], []
    for row, name in enumerate(persons["name"].str.lower()):
        grams = {f"  {word} "[at : at + 3] for word in name.split() for at in range(len(word) + 1)}
        rows += [row] * len(grams)
        cols += [columns.setdefault(gram, len(columns)) for gram in sorted(grams)]
    has = csr_matrix((np.ones(len(rows)), (rows, cols)))
    size = np.asarray(has.sum(axis=1)).ravel()
    both = (has @ has.T).tocoo()
    a, b = both.row, both.col
    alike = (a < b) & (both.data >= TRIGRAM * (size[a] + size[b] - both.data))
    for column in ("sex", "birth_year"):
        value = persons[column].astype(object).where(persons[column].notna(), None).to_numpy(dtype=object)
        two = zip(value[a[alike]], value[b[alike]], strict=True)
        same = np.array([x is None or y is None or x == y for x, y in two], dtype=bool)
        alike[np.flatnonzero(alike)[~same]] = False
    person = persons["person"].to_numpy(dtype=object)
    return {(min(x, y), max(x, y)) for x, y in zip(person[a[alike]], person[b[alike]], strict=True)}


def pairs_of(table: pd.DataFrame) -> set[Pair]:
    """Return the pairs of a table."""
    return set(zip(table["person_a"], table["person_b"], strict=True))


def found_share(pairs: set[Pair], truth: dict[str, str]) -> float:
    """Return the share of the people on record twice who are found once all questions are answered with the truth."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(truth)
    graph.add_edges_from((a, b) for a, b in pairs if {a, b} <= truth.keys() and truth[a] == truth[b])
    again = [(one, own) for one, own in truth.items() if one != own]
    return sum(nx.has_path(graph, *pair) for pair in again) / len(again)


def right_share(pairs: set[Pair], truth: dict[str, str]) -> float:
    """Return the share of pairs that truly are one person; 1 where there are none."""
    return sum(truth[a] == truth[b] for a, b in pairs) / len(pairs) if pairs else 1.0


def compare_ways(made: Doubled, linkage: Linkage) -> list[Row]:
    """Return the table of the page: way, joined without asking, wrong ones, asked per 100 people, found."""
    automatic = pairs_of(linkage.automatic)
    ways = [("truyvet", automatic, pairs_of(linkage.questions))]
    ways += [("name or number as written", set(), exact_text(made.records))]
    ways += [("trigrams of the name, 0.65", set(), trigrams(made.records))]
    rows = []
    for name, joined, asked in ways:
        wrong = sum(made.truth[a] != made.truth[b] for a, b in joined)
        rows.append(
            (
                name,
                f"{len(joined)} ({wrong} wrong)",
                f"{100 * len(asked) / linkage.people:.1f}",
                f"{100 * right_share(joined | asked, made.truth):.1f} %",
                f"{100 * found_share(joined | asked, made.truth):.1f} %",
            )
        )
    return rows


def curve(made: Doubled) -> list[tuple[str, str, str, str]]:
    """Return by lower threshold: asked per 100 people, share of them that are a yes, and found."""
    weights = replace(shipped_weights(), lower=min(THRESHOLDS))
    linkage = find_pairs(made.records, weights=weights)
    rows = []
    for threshold in THRESHOLDS:
        asked = linkage.questions[linkage.questions["probability"] >= threshold]
        pairs = pairs_of(asked)
        share = found_share(pairs | pairs_of(linkage.automatic), made.truth)
        rows.append(
            (
                f"{threshold:.2f}",
                f"{100 * len(pairs) / linkage.people:.1f}",
                f"{100 * right_share(pairs, made.truth):.1f} %",
                f"{100 * share:.1f} %",
            )
        )
    return rows


def mentions(made: Doubled, missing: float) -> tuple[Records, dict[str, str]]:
    """Return the people on record twice as lists without ids mention them, by name, year and home; and the truth.

    ``missing``: of how many of those whom a row mentions nothing else is on record (share).
    """
    persons = made.records.persons.astype(object)
    again = persons["person"].str.startswith("D-").astype(bool)
    new = {one: f"P-{blake2b(one.encode(), digest_size=6).hexdigest()}" for one in persons.loc[again, "person"]}
    truth = {new.get(one, one): own for one, own in made.truth.items()}
    chance = np.random.default_rng(SEED).random(len(new)) < missing
    gone = {truth[ident] for ident, misses in zip(new.values(), chance, strict=True) if misses}
    persons.loc[again, ["phone", "national_id"]] = None
    persons["person"] = persons["person"].map(lambda one: new.get(one, one))
    kept = persons[~persons["person"].isin(gone)]
    return Records.build({**made.records.tables, "persons": kept}), truth


def mention_rows(made: Doubled) -> list[Row]:
    """Return by share of the mentioned of whom nothing else is on record: joined, wrong ones, asked, found."""
    rows = []
    for missing in MISSING:
        records, truth = mentions(made, missing)
        linkage, here = find_pairs(records), set(records.persons["person"])
        joined = pairs_of(linkage.automatic[linkage.automatic["basis"] == "name"])
        wrong = sum(truth[a] != truth[b] for a, b in joined)
        both = {one: own for one, own in truth.items() if one in here and own in here}
        share = found_share(pairs_of(linkage.pairs), both) if any(a != b for a, b in both.items()) else 1.0
        rows.append(
            (
                f"{100 * missing:.0f} %",
                str(len(joined)),
                str(wrong),
                f"{100 * len(linkage.questions) / linkage.people:.1f}",
                f"{100 * share:.1f} %",
            )
        )
    return rows


def tables(people: int = PEOPLE) -> list[list[tuple[str, ...]]]:
    """Return the tables of the page."""
    made = doubled(SEED, people)
    return [list(compare_ways(made, find_pairs(made.records))), list(curve(made)), list(mention_rows(made))]


def measure(people: int) -> None:
    """Print what a large province comes to, with time and memory."""
    import resource

    made = doubled(SEED, people)
    begun = time.perf_counter()
    linkage = find_pairs(made.records)
    seconds = time.perf_counter() - begun
    automatic, asked = pairs_of(linkage.automatic), pairs_of(linkage.questions)
    wrong = sum(made.truth[a] != made.truth[b] for a, b in automatic)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    share = 100 * found_share(automatic | asked, made.truth)
    told = [
        f"{linkage.people} people, {linkage.compared} pairs compared, {seconds:.0f} s, {memory} MB",
        f"joined {len(automatic)} ({wrong} wrong), found {share:.1f} %",
        f"asked {100 * len(asked) / linkage.people:.2f} per 100 people",
    ]
    sys.stdout.write("\n".join(told) + "\n")


if __name__ == "__main__":
    if sys.argv[1:]:
        measure(int(sys.argv[1]))
    else:
        for table in tables():
            sys.stdout.write("\n".join("| " + " | ".join(row) + " |" for row in table) + "\n\n")

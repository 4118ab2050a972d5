"""The graph as it lies in Neo4j: labels, relationship types, keys, constraints and indexes. A picture: MODEL.md.

Every record table is one *kind* of node or relationship; its columns are properties, their names written as Neo4j's are
(``start_to`` is ``startTo``), absent where the value is missing. What refers to something else is a relationship as
well. Names in Cypher text come from here and from :mod:`tracing.model.schema` only; everything else is a parameter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tracing.model.schema import TABLES, stored_columns

FORMAT: Final = 3
"""Version of the model. A database with a greater one was made by a later version of this software."""


@dataclass(frozen=True)
class NodeReference:
    """A column that is a relationship too: ``column`` names the ``label`` node's ``key``."""

    column: str
    type: str
    label: str
    key: str
    incoming: bool = False

    @property
    def pattern(self) -> str:
        """Return the relationship between ``n`` (the row) and ``m`` (what it refers to) in Cypher."""
        return f"(n)<-[r:{self.type}]-(m)" if self.incoming else f"(n)-[r:{self.type}]->(m)"


@dataclass(frozen=True)
class NodeKind:
    """A table whose rows are nodes. ``mentioned``: something that refers to a node makes it, too."""

    table: str
    label: str
    references: tuple[NodeReference, ...] = ()
    mentioned: bool = False


@dataclass(frozen=True)
class EdgeKind:
    """A table whose rows are relationships. ``ends``: columns that are its ends, not properties."""

    table: str
    type: str
    ends: tuple[str, str]


def _of_person(kind: str) -> NodeReference:
    return NodeReference("person", kind, "Person", "person", incoming=True)


NODES: Final[dict[str, NodeKind]] = {
    kind.table: kind
    for kind in (
        NodeKind("persons", "Person", (NodeReference("area", "LIVES_IN", "Area", "area"),), mentioned=True),
        NodeKind("cases", "Case", (_of_person("HAS_CASE"),)),
        NodeKind("places", "Place", (NodeReference("area", "LOCATED_IN", "Area", "area"),), mentioned=True),
        NodeKind(
            "areas",
            "AreaVersion",
            (NodeReference("area", "VERSION_OF", "Area", "area"), NodeReference("parent", "WITHIN", "Area", "area")),
        ),
        NodeKind("tests", "Test", (_of_person("TESTED"),)),
        NodeKind("isolations", "Isolation", (_of_person("ISOLATED"), NodeReference("place", "AT", "Place", "place"))),
        NodeKind("arrivals", "Arrival", (_of_person("ARRIVED"), NodeReference("vehicle", "ABOARD", "Place", "place"))),
        NodeKind("outbreaks", "Outbreak"),
        NodeKind("counts", "Count"),
    )
}
EDGES: Final[dict[str, EdgeKind]] = {
    kind.table: kind
    for kind in (
        EdgeKind("contacts", "CONTACT", ("person_a", "person_b")),
        EdgeKind("visits", "VISITED", ("person", "place")),
        EdgeKind("links", "LINK", ("source", "target")),
    )
}

_UNIQUE: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "truyvet_person": ("(x:Person)", ("person",)),
    "truyvet_case": ("(x:Case)", ("person",)),
    "truyvet_place": ("(x:Place)", ("place",)),
    "truyvet_place_day": ("(x:PlaceDay)", ("place", "day")),
    "truyvet_area": ("(x:Area)", ("area",)),
    "truyvet_area_version": ("(x:AreaVersion)", ("areaVersion",)),
    "truyvet_test": ("(x:Test)", ("test",)),
    "truyvet_isolation": ("(x:Isolation)", ("isolation",)),
    "truyvet_arrival": ("(x:Arrival)", ("arrival",)),
    "truyvet_outbreak": ("(x:Outbreak)", ("outbreak",)),
    "truyvet_count": ("(x:Count)", ("tally",)),
    "truyvet_contact": ("()-[x:CONTACT]-()", ("contact",)),
    "truyvet_visit": ("()-[x:VISITED]-()", ("visit",)),
    "truyvet_link": ("()-[x:LINK]-()", ("link",)),
    "truyvet_store": ("(x:TruyVetStore)", ("key",)),
    "truyvet_note": ("(x:Note)", ("kind", "key")),
    "truyvet_run": ("(x:Run)", ("run",)),
}
_INDEXES: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "truyvet_case_code": ("(x:Case)", ("caseCode",)),
    "truyvet_person_name": ("(x:Person)", ("name",)),
    "truyvet_person_phone": ("(x:Person)", ("phone",)),
    "truyvet_person_national_id": ("(x:Person)", ("nationalId",)),
    "truyvet_household": ("(x:Person)", ("household",)),
    "truyvet_contact_start": ("()-[x:CONTACT]-()", ("start",)),
    "truyvet_contact_place": ("()-[x:CONTACT]-()", ("place",)),
    "truyvet_days_of_place": ("(x:PlaceDay)", ("place",)),
    "truyvet_place_days": ("(x:PlaceDay)", ("day",)),
    "truyvet_run_number": ("(x:Run)", ("number",)),
}


def constraints() -> dict[str, str]:
    """Return the name of every uniqueness constraint and the Cypher that makes it."""
    return {
        name: f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR {pattern} REQUIRE ({_properties(keys)}) IS UNIQUE"
        for name, (pattern, keys) in _UNIQUE.items()
    }


def indexes() -> dict[str, str]:
    """Return the name of every range index beside the constraints' own, and the Cypher that makes it."""
    return {
        name: f"CREATE RANGE INDEX {name} IF NOT EXISTS FOR {pattern} ON ({_properties(keys)})"
        for name, (pattern, keys) in _INDEXES.items()
    }


def _properties(keys: tuple[str, ...]) -> str:
    return ", ".join(f"x.{key}" for key in keys)


def property_of(column: str) -> str:
    """Return the name of the property that holds a column: ``startTo`` for ``start_to``."""
    first, *others = column.split("_")
    return first + "".join(word.capitalize() for word in others)


def label_of(table: str) -> str:
    """Return the label of the nodes, or the type of the relationships, that are the rows of ``table``."""
    return EDGES[table].type if table in EDGES else NODES[table].label


def pattern_of(table: str, row: str = "r") -> str:
    """Return the pattern that finds the rows of a table, and those only mentioned where it has such."""
    return f"()-[{row}:{label_of(table)}]->()" if table in EDGES else f"({row}:{label_of(table)})"


def key_property(table: str) -> str:
    """Return the property that is the key of the rows of ``table``."""
    return property_of(TABLES[table].key)


def property_columns(table: str) -> tuple[str, ...]:
    """Return the columns of ``table`` that are properties (all but the ends of a relationship)."""
    ends = EDGES[table].ends if table in EDGES else ()
    return tuple(column for column in stored_columns(TABLES[table]) if column not in ends)


def row_of(name: str, row: str = "r") -> str:
    """Return the expression that gives a row as a list, its values in the order of the columns as stored.

    Its properties are taken out of the store together: one by one each would be looked for from the first.
    """
    ends = EDGES[name].ends if name in EDGES else ()
    values = (value_of(name, column, row if column in ends else "told") for column in stored_columns(TABLES[name]))
    return f"head([told IN [{row} {{.*}}] | [{', '.join(values)}]])"


def value_of(name: str, column: str, row: str = "r") -> str:
    """Return the expression of one column's value; those of the ends of a relationship stand on its nodes."""
    if name in EDGES and column in EDGES[name].ends:
        first, _ = EDGES[name].ends
        node, key = ("startNode" if column == first else "endNode"), ("place" if column == "place" else "person")
        return f"{node}({row}).{key}"
    return f"{row}.{property_of(column)}"

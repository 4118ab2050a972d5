"""The perspective for Neo4j Bloom (Explore), of the Browser's style sheet and the model: run this to write it anew.

The labels and relationship types that the style sheet names become categories with its colours and captions; their
properties are those of the record tables. A test checks that the file is what this makes.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from graph.neo4j import model
from graph.neo4j.derived import TIMES, native
from graph.neo4j.model import EDGES, NODES, property_columns, property_of
from tracing.model.schema import TABLES

FOLDER = Path(model.__file__).parent
FILE = FOLDER / "bloom.json"
_RULE = re.compile(r"^(node|relationship)\.(\w+) \{.*? color: (#\w{6});.*?caption: \"(?:<type>|\{(\w+)\})\"", re.M)
_DERIVED = {"visits": {"stayTo": "bigint", "stayToAt": "datetime", "endAssumed": "boolean"}}
_CAPTIONS = {"date": "date", "step": "bigint"}
_TYPES = {"time": "bigint", "integer": "bigint", "number": "number", "flag": "boolean"}
_PHRASES = (
    (
        "F1 of case $case",
        "MATCH (r:LatestRun {command: 'tiers'}) MATCH w = (:Person)-[f:F1_OF {run: r.run}]->(:Case {caseCode: $case}) "
        "RETURN w",
        ("case", "Case", "caseCode"),
    ),
    (
        "Who exposed $person",
        "MATCH (r:LatestRun {command: 'tiers'}) "
        "MATCH w = (:Person {person: $person})-[:EXPOSED_BY {run: r.run}]->(:Person) RETURN w",
        ("person", "Person", "person"),
    ),
    (
        "Who was at $place",
        "MATCH w = (:Person)-[:VISITED]->(:PlaceDay {place: $place})-[:OF]->(:Place) RETURN w",
        ("place", "Place", "place"),
    ),
)


def perspective() -> dict[str, Any]:
    """Return the perspective as Bloom imports it."""
    rules = _RULE.findall((FOLDER / "browser.grass").read_text(encoding="utf-8"))
    nodes = [(name, colour, caption) for kind, name, colour, caption in rules if kind == "node"]
    edges = [(name, colour, caption) for kind, name, colour, caption in rules if kind == "relationship"]
    tables = {kind.label: table for table, kind in NODES.items()} | {kind.type: table for table, kind in EDGES.items()}
    labels = {name: _properties(name, tables.get(name), caption) for name, _colour, caption in nodes}
    return {
        "name": "Truy Vết",
        "id": "truyvet",
        "version": "2.21.0",
        "type": "STANDARD_PERSPECTIVE",
        "createdAt": 0,
        "lastEditedAt": 0,
        "categories": [
            _styled(number, name, colour, caption)
            | {
                "labels": [name],
                "icon": "no-icon",
                "properties": [{"name": n, "exclude": False, "dataType": kind} for n, kind in labels[name]],
            }
            for number, (name, colour, caption) in enumerate(nodes, 1)
        ],
        "labels": {
            name: [{"propertyKey": n, "type": name, "dataType": kind} for n, kind in found]
            for name, found in labels.items()
        },
        "relationshipTypes": [
            _styled(name, name, colour, caption)
            | {
                "properties": [
                    {"propertyKey": n, "type": name, "dataType": kind}
                    for n, kind in _properties(name, tables.get(name), caption)
                ]
            }
            for name, colour, caption in edges
        ],
        "templates": [_phrase(number, *told) for number, told in enumerate(_PHRASES, 1)],
        "palette": {"colors": list(dict.fromkeys(colour for _name, colour, _caption in nodes)), "currentIndex": 0},
        "sceneActions": [],
        "hiddenRelationshipTypes": [],
        "hiddenCategories": [],
        "hideUncategorisedData": False,
        "parentPerspectiveId": None,
        "metadata": {"pathSegments": [], "indexes": []},
    }


def _properties(name: str, table: str | None, caption: str) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    if table is not None:
        kinds = {column.name: _TYPES.get(column.kind, "string") for column in TABLES[table]}
        ends = {f"{column.name}_to" for column in TABLES[table] if column.kind == "time"}
        whole = ends | {"source_row"}
        for column in property_columns(table):
            found[property_of(column)] = "bigint" if column in whole else kinds.get(column, "string")
        found |= {native(column): "datetime" for column in TIMES.get(table, ())} | _DERIVED.get(table, {})
    if caption:
        found.setdefault(caption, _CAPTIONS.get(caption, "string"))
    return list(found.items())


def _styled(ident: int | str, name: str, colour: str, caption: str) -> dict[str, Any]:
    kind = "property" if caption else "relationship" if isinstance(ident, str) else "label"
    shown = {"key": caption or name, "type": kind, "isCaption": True, "inTooltip": True, "styles": []}
    return {
        "id": ident,
        "name": name,
        "color": colour,
        "size": 1,
        "textSize": 1,
        "textAlign": "top",
        "captions": [shown],
        "captionKeys": [],
        "styleRules": [],
        "createdAt": 0,
        "lastEditedAt": 0,
    }


def _phrase(number: int, text: str, cypher: str, asked: tuple[str, str, str]) -> dict[str, Any]:
    name, label, key = asked
    parameter = {
        "name": f"${name}",
        "dataType": "String",
        "collapsed": False,
        "suggestionLabel": label,
        "suggestionProp": key,
        "suggestionBoolean": False,
        "cypher": None,
    }
    return {
        "name": text.partition(" $")[0],
        "id": f"tmpl:{number}",
        "createdAt": 0,
        "text": text,
        "cypher": cypher,
        "isUpdateQuery": None,
        "hasCypherErrors": False,
        "params": [parameter],
    }


def to_text() -> str:
    """Return the file's text."""
    return json.dumps(perspective(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(to_text(), encoding="utf-8")

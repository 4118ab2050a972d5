"""Every answer about a few small outbreaks as JSON on stdout. Run by tests in a process of its own."""

from __future__ import annotations

import json
import sys
from typing import Any

from outbreaks import policies, seeded_outbreak

from tracing import build_contact_graph, compiled, explain, score_risk, suggest_zones, trace_tiers


def answers(seed: int) -> dict[str, Any]:
    graph = build_contact_graph(seeded_outbreak(seed))
    out: dict[str, Any] = {}
    for name, policy in list(policies().items())[:3]:
        tiers = trace_tiers(graph, policy=policy)
        found = [explain(tiers, str(person)) for person in graph.columns.people]
        out[name] = {
            "tiers": tiers.table.to_csv(),
            "parents": tiers.parents.to_csv(),
            "why": [evidence.to_dict() for evidence in found],
            "words": [evidence.text("en") for evidence in found],
            "risk": score_risk(tiers).table.to_csv(),
            "zones": suggest_zones(tiers).to_dict(),
        }
    return out


if __name__ == "__main__":
    compiled.SMALL = -1  # also for a few contacts
    sys.stdout.write(json.dumps([answers(int(seed)) for seed in sys.argv[1:]], default=str, sort_keys=True))

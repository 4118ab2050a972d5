"""The words, the rules and the science of contact tracing: policies, tiers, evidence, chains, zones.

Names are loaded when first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracing.evidence.evidence import explain as explain
    from tracing.model.contactgraph import ContactGraph as ContactGraph
    from tracing.model.contactgraph import build_contact_graph as build_contact_graph
    from tracing.model.records import Records as Records
    from tracing.policy.library import Policy as Policy
    from tracing.policy.library import load_policy as load_policy
    from tracing.risk.score import score_risk as score_risk
    from tracing.tiers.tiers import Tiers as Tiers
    from tracing.tiers.tiers import trace_tiers as trace_tiers
    from tracing.zones.zones import suggest_zones as suggest_zones

_HOMES = {
    "ContactGraph": "tracing.model.contactgraph",
    "build_contact_graph": "tracing.model.contactgraph",
    "Policy": "tracing.policy.library",
    "explain": "tracing.evidence.evidence",
    "load_policy": "tracing.policy.library",
    "Records": "tracing.model.records",
    "score_risk": "tracing.risk.score",
    "suggest_zones": "tracing.zones.zones",
    "Tiers": "tracing.tiers.tiers",
    "trace_tiers": "tracing.tiers.tiers",
}

__all__ = [
    "ContactGraph",
    "Policy",
    "Records",
    "Tiers",
    "build_contact_graph",
    "explain",
    "load_policy",
    "score_risk",
    "suggest_zones",
    "trace_tiers",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'tracing' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__

"""The words, the rules and the science of contact tracing: policies, tiers, evidence, chains, zones.

Names are loaded when first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracing.contactgraph import ContactGraph as ContactGraph
    from tracing.contactgraph import build_contact_graph as build_contact_graph
    from tracing.evidence import explain as explain
    from tracing.policy import Policy as Policy
    from tracing.policy import load_policy as load_policy
    from tracing.records import Records as Records
    from tracing.risk import score_risk as score_risk
    from tracing.tiers import Tiers as Tiers
    from tracing.tiers import trace_tiers as trace_tiers
    from tracing.zones import suggest_zones as suggest_zones

_HOMES = {
    "ContactGraph": "tracing.contactgraph",
    "build_contact_graph": "tracing.contactgraph",
    "Policy": "tracing.policy",
    "explain": "tracing.evidence",
    "load_policy": "tracing.policy",
    "Records": "tracing.records",
    "score_risk": "tracing.risk",
    "suggest_zones": "tracing.zones",
    "Tiers": "tracing.tiers",
    "trace_tiers": "tracing.tiers",
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

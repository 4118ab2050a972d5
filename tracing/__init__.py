"""The words, the rules and the science of contact tracing: policies, tiers, evidence, chains, zones.

Everything that is needed from outside is here: ``from tracing import trace_tiers, explain`` …, and the pictures in
``tracing.figures``. Names are loaded when first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracing.chains.chains import Chains as Chains
    from tracing.chains.chains import trace_chains as trace_chains
    from tracing.curve import Curve as Curve
    from tracing.curve import count_curve as count_curve
    from tracing.curve import say_curve as say_curve
    from tracing.evidence.answer import Evidence as Evidence
    from tracing.evidence.evidence import explain as explain
    from tracing.lists.changes import Changes as Changes
    from tracing.lists.changes import TracedRun as TracedRun
    from tracing.lists.changes import compare_runs as compare_runs
    from tracing.lists.lists import Lists as Lists
    from tracing.lists.lists import make_lists as make_lists
    from tracing.lists.run_tables import run_tables as run_tables
    from tracing.model.contactgraph import ContactGraph as ContactGraph
    from tracing.model.contactgraph import build_contact_graph as build_contact_graph
    from tracing.model.records import Records as Records
    from tracing.policy.describe import compare_policies as compare_policies
    from tracing.policy.describe import describe_policy as describe_policy
    from tracing.policy.model import Policy as Policy
    from tracing.policy.shipped import list_policies as list_policies
    from tracing.policy.shipped import load_policy as load_policy
    from tracing.policy.shipped import parse_policy as parse_policy
    from tracing.policy.shipped import policy_for_date as policy_for_date
    from tracing.risk.parameters import RiskParameters as RiskParameters
    from tracing.risk.score import Risk as Risk
    from tracing.risk.score import score_risk as score_risk
    from tracing.tiers.tiers import Tiers as Tiers
    from tracing.tiers.tiers import trace_tiers as trace_tiers
    from tracing.zones.parameters import ZoneParameters as ZoneParameters
    from tracing.zones.zones import Zones as Zones
    from tracing.zones.zones import suggest_zones as suggest_zones

_HOMES = {
    "Chains": "tracing.chains.chains",
    "trace_chains": "tracing.chains.chains",
    "Curve": "tracing.curve",
    "count_curve": "tracing.curve",
    "say_curve": "tracing.curve",
    "Evidence": "tracing.evidence.answer",
    "explain": "tracing.evidence.evidence",
    "Changes": "tracing.lists.changes",
    "TracedRun": "tracing.lists.changes",
    "compare_runs": "tracing.lists.changes",
    "run_tables": "tracing.lists.run_tables",
    "Lists": "tracing.lists.lists",
    "make_lists": "tracing.lists.lists",
    "ContactGraph": "tracing.model.contactgraph",
    "build_contact_graph": "tracing.model.contactgraph",
    "Records": "tracing.model.records",
    "Policy": "tracing.policy.model",
    "compare_policies": "tracing.policy.describe",
    "describe_policy": "tracing.policy.describe",
    "list_policies": "tracing.policy.shipped",
    "load_policy": "tracing.policy.shipped",
    "parse_policy": "tracing.policy.shipped",
    "policy_for_date": "tracing.policy.shipped",
    "RiskParameters": "tracing.risk.parameters",
    "Risk": "tracing.risk.score",
    "score_risk": "tracing.risk.score",
    "Tiers": "tracing.tiers.tiers",
    "trace_tiers": "tracing.tiers.tiers",
    "ZoneParameters": "tracing.zones.parameters",
    "Zones": "tracing.zones.zones",
    "suggest_zones": "tracing.zones.zones",
}

__all__ = [
    "Chains",
    "Changes",
    "ContactGraph",
    "Curve",
    "Evidence",
    "Lists",
    "Policy",
    "Records",
    "Risk",
    "RiskParameters",
    "Tiers",
    "TracedRun",
    "ZoneParameters",
    "Zones",
    "build_contact_graph",
    "compare_policies",
    "compare_runs",
    "count_curve",
    "describe_policy",
    "explain",
    "list_policies",
    "load_policy",
    "make_lists",
    "parse_policy",
    "policy_for_date",
    "run_tables",
    "say_curve",
    "score_risk",
    "suggest_zones",
    "trace_chains",
    "trace_tiers",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'tracing' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__

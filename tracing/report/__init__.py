"""The report that people read: one self-contained HTML page, Vietnamese or English.

``write_report(tiers, chains, zones, lang="vi")`` returns the page as text.
"""

from __future__ import annotations

from tracing.model.geometry import Geometry, parse_geometry, read_geometry
from tracing.report.page import write_report

__all__ = ["Geometry", "parse_geometry", "read_geometry", "write_report"]

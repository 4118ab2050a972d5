"""The reference judges the compiled kernels; that plain Python gives the same is ``test_uncompiled``."""

from __future__ import annotations

import pytest

from tracing import compiled


@pytest.fixture(autouse=True)
def every_kernel_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "SMALL", -1)

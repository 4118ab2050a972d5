"""The command reference says what the commands say of themselves."""

from __future__ import annotations

import pytest
from command_reference import FILES, reference


@pytest.mark.parametrize("lang", FILES)
def test_the_reference_is_up_to_date(lang: str) -> None:
    assert FILES[lang].read_text(encoding="utf-8") == reference(lang), "run make commands"

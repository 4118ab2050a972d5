"""JSON written in batches is the JSON of the standard library, sign for sign."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from cli.json_text import json_text

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
VALUES = st.recursive(
    SCALARS,
    lambda inside: (
        st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=3) | st.integers(), inside, max_size=4)
    ),
    max_leaves=25,
)


@given(VALUES)
def test_written_as_the_standard_library_writes(value):
    assert json_text(value) == json.dumps(value, ensure_ascii=False, indent=2)

"""However few bytes of a file are cut into cells together, the same comes of it: records, findings, questions."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from loaders import load_files
from loaders.account import Account, new_rows
from loaders.files import text

SAID = (
    ("P-01", "P-02", "P-3", "", "P-04 ", "NA"),
    ("Chợ Cái Đôi", "quán bà Tư", "Cho\u031b\u0323 Cái Đôi", "", '"sạp 1, dãy 2"'),
    ("2021-07-02 08:00", "3/7/2021 9h", "31/6/2021", "13/7/2021", "hôm qua", ""),
    ("2021-07-02 09:30", "", "3/7/2021 7:00", "2021-07-04"),
    ('"36,5"', "38", "?", ""),
)


def rows_of(seed: int, rows: int) -> str:
    """Return visits with all that can be wrong in them: missing, impossible and ambiguous, some of them twice."""
    draw = random.Random(seed)
    lines = [",".join(draw.choice(texts) for texts in SAID) for _ in range(rows)]
    lines += draw.sample(lines, 5)
    return "\n".join(["person,place,start,end,nhiệt độ", *lines]) + "\n"


@pytest.mark.parametrize("seed", range(2))
def test_in_small_blocks(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "visits.csv"
    path.write_text(rows_of(seed, 60), encoding="utf-8")
    whole = load_files([path])
    assert len(whole.records.visits) and len(whole.findings.table)
    for size in (150, 400):
        monkeypatch.setattr(text, "_BLOCK", size)
        assert text._read_fast(path.name, path.read_bytes(), ",", 0) is not None
        parts = load_files([path])
        assert parts.records.content_hash() == whole.records.content_hash()
        for name, frame in whole.records.tables.items():
            assert parts.records[name].equals(frame), name
        assert parts.findings.table.equals(whole.findings.table)
        assert parts.questions == whole.questions
        assert parts.summaries == whole.summaries
        counted = [Account(told, new_rows(told, {})).of(told.summaries[0]) for told in (parts, whole)]
        assert counted[0] == counted[1]
        assert sum(counted[0]) == whole.summaries[0].rows

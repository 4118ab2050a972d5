"""A load that was killed on its way: the next command says so, the same load again finishes it, and all is quiet."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_records import records_of

from cli.main import run
from cli.use_cases.unfinished import finishing
from graph import LoadEntry, open_store
from tracing.model.records import Records

LIST = "case id,name,onset\nC1,Lê Thị Bé,2021-07-08\n"


@pytest.mark.parametrize("stored", [False, True])
def test_the_next_command_says_what_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], stored: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "c.csv").write_text(LIST, encoding="utf-8")
    assert run(["--lang", "en", "load", "c.csv"]) == 0
    records = records_of({"persons": [{"person": "X"}]}) if stored else None
    note = "stopped after its rows were stored" if stored else "nothing of it is in the store"
    leave_note(tmp_path / "truyvet.duckdb", records)
    capsys.readouterr()
    run(["--lang", "en", "questions"])
    told = capsys.readouterr().err
    assert note in told and "c.csv" in told and "Load the same files again" in told
    assert run(["--lang", "en", "load", "c.csv"]) == 0
    capsys.readouterr()
    run(["--lang", "en", "questions"])
    assert "stopped" not in capsys.readouterr().err


def leave_note(store: Path, records: Records | None) -> None:
    """Leave a store as a killed process does: its note stands, its rows are stored or not."""

    class Killed(BaseException):
        pass

    with open_store(str(store)) as opened:
        kept: dict[str, object] = {}
        with pytest.raises(Killed), finishing(opened, [Path("c.csv")]):
            kept = opened.notes("unfinished")
            if records is not None:
                opened.write(records, load=LoadEntry.build(who="a", files={"c.csv": "0"}))
            raise Killed
        assert not opened.notes("unfinished"), "what ends here takes its note away"
        opened.save_note("unfinished", "load", kept["load"])

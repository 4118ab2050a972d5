"""What an open store still knows is what is worked out anew, whatever was loaded, taken back, decided or answered."""

from __future__ import annotations

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from identity_page import mentions
from identity_weights import doubled

from cli.use_cases.same import decide, propose, propose_after
from cli.use_cases.undo import undo_last
from graph import LoadEntry, Store, open_store
from tracing.errors import UsageError
from tracing.identity.decisions import PEOPLE, PLACES
from tracing.model.records import Records

MADE = mentions(doubled(7, 80), 0.25)[0]
PLACES_TOLD = pd.DataFrame({"place": ["Quán cà phê Gió Lộng", "QC GIO LONG", "69A-123.45", "69A12345", "Chợ", "chợ "]})
RECORDS = Records.build({**MADE.tables, "places": PLACES_TOLD})


def told(store: Store) -> tuple[object, ...]:
    return (store.identity(PEOPLE), store.identity(PLACES), store.short_ids(), store.all_notes())


def step(store: Store, what: str, chance: random.Random) -> bool:
    """Do one thing; return whether who is one was searched for after it."""
    people = sorted(store.ids("persons"))
    if what == "load":
        share, seed = chance.choice([0.02, 0.2, 0.5]), chance.randrange(10**6)
        parts = {name: RECORDS.tables[name].sample(frac=share, random_state=seed) for name in ("persons", "places")}
        told_by = Records.build({**RECORDS.tables, **parts})
        report = store.write(told_by, load=LoadEntry.build(who="x", files={f"{seed}.csv": str(seed)}))
        propose_after(store, report)
        return any(report.tables[name].new or report.tables[name].completed for name in ("persons", "places"))
    if what == "undo" and store.loads():
        undo_last(store)
        return bool(store.identity().automatic)
    if what == "decide" and len(people) > 1:
        try:
            decide(store, chance.choice(["join", "apart"]), sorted(chance.sample(people, 2)))
        except UsageError:
            return False
    if what == "note":
        store.save_note("answer", str(chance.randrange(3)), {"choice": "x", "question": None})
    return False


STEPS = st.lists(st.sampled_from(["load", "load", "undo", "decide", "note"]), min_size=2, max_size=6)


@settings(max_examples=3, deadline=None)
@given(steps=STEPS, seed=st.integers(0, 10**6))
def test_what_is_still_known_is_what_a_store_opened_anew_works_out(steps: list[str], seed: int) -> None:
    chance = random.Random(seed)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store.duckdb"
        store = open_store(path)
        for what in ["load", *steps]:
            searched = step(store, what, chance)
            known = told(store)
            store.close()
            store = open_store(path)
            assert told(store) == known
            if searched:
                propose(store)
                assert told(store) == known
        store.close()

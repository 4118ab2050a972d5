"""Digests of what the commands answer: the same records give the same bytes, whatever has been tidied in between.

To compare two versions, run in each of them, and compare what is printed::

    python tests/support/digests.py [FOLDER …]

It answers for the invented province of ``truyvet demo`` (one line per answer: digest, where, what), and for the lists
in each FOLDER. Results that changed on purpose are told in CHANGELOG under "Results change".
"""

from __future__ import annotations

import hashlib
import io
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from cli.commands.demo import CONTACTS_PER_PERSON, SEED
from cli.main import run
from graph import open_store
from loaders.invented.province import generate_province
from tracing.model.records import Records

ANSWERS = {
    "tiers": "tiers --no-save --json",
    "chains": "chains --all --json",
    "zones": "zones --json",
    "export": "export --format csv --lists all --show-names --out {out}/lists",
    "report": "report --out {out}/report.html",
}


def digests_of(store: str) -> dict[str, str]:
    """Return what is asked to the digest of the answer: of what is printed, else of the files written."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, asked in ANSWERS.items():
            out = Path(folder) / name
            out.mkdir()
            said, errors = io.StringIO(), io.StringIO()
            words = [*asked.format(out=out).split(), "--store", store, "--lang", "en", "-q"]
            with redirect_stdout(said), redirect_stderr(errors):
                code = run(words)
            assert code == 0, (name, code, errors.getvalue())
            digest = hashlib.blake2b(digest_size=12)
            if "{out}" not in asked:
                digest.update(said.getvalue().encode())
            for file in sorted(file for file in out.rglob("*") if file.is_file()):
                digest.update(file.relative_to(out).as_posix().encode() + b"\0" + file.read_bytes())
            found[name] = digest.hexdigest()
    return found


def digests_of_records(records: Records) -> dict[str, str]:
    """Return the digests of the answers about ``records``, kept in a new store."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.duckdb"
        with open_store(path) as store:
            store.write(records)
        return digests_of(str(path))


def main(folders: list[str]) -> None:
    from loaders import load_folder

    demo = generate_province(people=3000, seed=SEED, contacts_per_person=CONTACTS_PER_PERSON, language="en").records
    for name, records in [("demo", demo), *((Path(f).name, load_folder(Path(f)).records) for f in folders)]:
        for what, digest in digests_of_records(records).items():
            sys.stdout.write(f"{digest}  {name}  {what}\n")


if __name__ == "__main__":
    main(sys.argv[1:])

"""The notebook on chains in Neo4j runs from top to bottom against a real server, and leaves no results behind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "notebooks" / "02_neo4j_chains.ipynb"


@pytest.mark.neo4j
@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # what Jupyter itself warns about is not ours
def test_the_notebook_runs(neo4j_server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from nbclient import NotebookClient

    neo4j_server.empty()
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("TRUYVET_STORE", neo4j_server.uri)
    monkeypatch.setenv("TRUYVET_NEO4J_USER", neo4j_server.user)
    monkeypatch.setenv("TRUYVET_NEO4J_PASSWORD", neo4j_server.password)
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    client = NotebookClient(
        notebook, timeout=240, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    )
    client.execute()  # raises CellExecutionError with the cell and its traceback
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error"]
    said = [output.text for output in outputs if output.output_type == "stream" and output.name == "stderr"]
    assert not [text for text in said if "Warning" in text], said
    assert not list(tmp_path.iterdir()), "the notebook leaves files behind"
    assert neo4j_server.password not in nbformat.writes(notebook)
    kinds = {
        record["label"] for record in neo4j_server.run("MATCH (n) UNWIND labels(n) AS label RETURN DISTINCT label")
    }
    assert "Person" in kinds and not kinds & {"Run", "Tier", "Zone", "ZoneUnit"}


def test_the_notebook_is_valid_and_cleared() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code and all(not cell.outputs and cell.execution_count is None for cell in code)
    assert "Tóm tắt tiếng Việt" in notebook.cells[0].source

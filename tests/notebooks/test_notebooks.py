"""The notebooks run from top to bottom, in a folder of their own, without an error."""

from __future__ import annotations

import ast
import importlib.util
import json
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
# Those that need a server are run where there is one, beside its tests.
SERVER = "neo4j"
NOTEBOOKS = sorted(file for file in (ROOT / "notebooks").glob("*.ipynb") if SERVER not in file.name)


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # what Jupyter itself warns about is not ours
@pytest.mark.parametrize("path", NOTEBOOKS, ids=[file.stem for file in NOTEBOOKS])
def test_notebook_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from nbclient import NotebookClient

    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=240, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    )
    client.execute()  # raises CellExecutionError with the cell and its traceback
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error"]
    said = [output.text for output in outputs if output.output_type == "stream" and output.name == "stderr"]
    assert not [text for text in said if "Warning" in text], said
    assert not list(tmp_path.iterdir()), "the notebook leaves files behind"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[file.stem for file in NOTEBOOKS])
def test_notebook_is_valid_and_cleared(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code and all(not cell.outputs and cell.execution_count is None for cell in code)
    assert notebook.metadata.kernelspec.name == "python3"
    assert "shared" not in json.dumps(notebook), "only generated data"
    assert "Tóm tắt tiếng Việt" in notebook.cells[0].source


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_what_a_notebook_imports_of_ours_is_there(path: Path) -> None:
    """Those that need a server, too: known at once, not only where there is one."""
    code = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    taken = [node for cell in code for node in ast.walk(ast.parse(cell)) if isinstance(node, ast.ImportFrom)]
    ours = [node for node in taken if (node.module or "").split(".")[0] in {"tracing", "graph", "loaders"}]
    assert ours
    for node in ours:
        for name in node.names:
            whole = f"{node.module}.{name.name}"
            module = importlib.import_module(str(node.module))
            assert hasattr(module, name.name) or importlib.util.find_spec(whole), whole


def test_the_first_notebook_goes_the_whole_way() -> None:
    notebook = nbformat.read(ROOT / "notebooks" / "01_first_outbreak.ipynb", as_version=4)
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    for step in (
        "generate_province",
        "load_folder",
        "open_store",
        "trace_tiers",
        "explain",
        "figures.chain",
        "suggest_zones",
        "question =",
    ):
        assert step in code, step
    assert "question of your own" in notebook.cells[-4].source + notebook.cells[-3].source + notebook.cells[-5].source

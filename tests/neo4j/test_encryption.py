"""A server with a certificate of its own making: +ssc reaches it, and every other scheme says what to write instead."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import neo4j
import pytest

from cli.main import run
from graph import open_store
from graph.neo4j.server import bolt
from tests.fixtures_neo4j import Neo4jServer

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

Need = Callable[[object, str], None]


def make_certificate(folder: Path) -> None:
    """Write a key and a certificate that nobody else vouches for."""
    folder.mkdir()
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=127.0.0.1",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
            "-keyout",
            "private.key",
            "-out",
            "public.crt",
        ],
        cwd=folder,
        check=True,
        capture_output=True,
    )


def encrypted_driver(state: Any, password: str) -> neo4j.Driver:
    """Log in to a server that lets nobody in without encryption."""
    return neo4j.GraphDatabase.driver(f"bolt+ssc://127.0.0.1:{state.bolt_port}", auth=(state.user, password))


@pytest.fixture
def host(
    start_neo4j: Callable[..., Neo4jServer], need: Need, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """A server that asks for encryption, its password in the environment; give host and port."""
    need(shutil.which("openssl"), "There is no openssl to make a certificate with.")
    make_certificate(tmp_path / "certificate")
    monkeypatch.setattr(bolt, "_driver", encrypted_driver)
    server = start_neo4j(
        settings={
            "server.bolt.tls_level": "REQUIRED",
            "dbms.ssl.policy.bolt.enabled": "true",
            "dbms.ssl.policy.bolt.base_directory": str(tmp_path / "certificate"),
            "dbms.ssl.policy.bolt.private_key": "private.key",
            "dbms.ssl.policy.bolt.public_certificate": "public.crt",
            "dbms.ssl.policy.bolt.client_auth": "NONE",
        }
    )
    monkeypatch.setenv("TRUYVET_NEO4J_USER", server.user)
    monkeypatch.setenv("TRUYVET_NEO4J_PASSWORD", server.password)
    monkeypatch.chdir(tmp_path)
    yield server.uri.partition("://")[2]


def test_schemes(
    host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["generate", "--people", "60", "--seed", "3", "--out", "lists"]) == 0
    assert run(["load", "lists", "--store", f"bolt+ssc://{host}"]) == 0
    for scheme in ("bolt+ssc", "neo4j+ssc"):
        with open_store(f"{scheme}://{host}/neo4j", create=False) as store:
            assert len(store.ids("persons")) == 60
        assert run(["tiers", "--store", f"{scheme}://{host}", "--lang", "en"]) == 0
        assert "F1" in capsys.readouterr().out
    for scheme in ("neo4j", "bolt"):
        for lang, words in (("en", "do not agree on encryption"), ("vi", "không khớp về mã hoá")):
            assert run(["tiers", "--store", f"{scheme}://{host}", "--lang", lang]) == 6
            told = capsys.readouterr().err
            assert words in told and f"{scheme}+s://" in told and f"{scheme}+ssc://" in told
    for scheme in ("neo4j+s", "bolt+s"):  # nobody whom this machine trusts vouches for the certificate
        for lang in ("en", "vi"):
            assert run(["tiers", "--store", f"{scheme}://{host}", "--lang", lang]) == 6
            told = capsys.readouterr().err
            assert f"{scheme}sc://" in told and "→" in told
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate" / "public.crt"))
    for scheme in ("neo4j+s", "bolt+s"):
        assert run(["tiers", "--store", f"{scheme}://{host}", "--lang", "en"]) == 0
        assert "F1" in capsys.readouterr().out

"""What is decided before a server starts: which Java, which jars, what is missing, whose process it is."""

from __future__ import annotations

import json
import os
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from graph.neo4j.server import (
    DEFAULT_VERSION,
    Memory,
    ServerState,
    compose_file,
    default_home,
    down,
    jars,
    java,
    read_password,
    status,
    up,
)
from graph.neo4j.server.layout import HERE, make_state, prepare_home, write_private
from graph.neo4j.server.process import last_words
from graph.neo4j.server.settings import write_settings
from tracing.errors import SafetyError, StoreError, TruyVetError, UsageError


def a_java(folder: Path, version: str, modules: str = "java.base jdk.compiler") -> Path:
    """Put a Java home in the folder: a program and a release file."""
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "java").write_text("#!/bin/sh\n", encoding="utf-8")
    (folder / "bin" / "java").chmod(0o755)
    (folder / "release").write_text(f'JAVA_VERSION="{version}"\nMODULES="{modules}"\n', encoding="utf-8")
    return folder


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without Java, Maven, Neo4j or a filled cache."""
    empty = tmp_path / "bare"
    empty.mkdir()
    for name in ("JAVA_HOME", "MAVEN_HOME", "M2_HOME", "NEO4J_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(empty))
    monkeypatch.setenv("PATH", str(empty))
    monkeypatch.setenv("TRUYVET_CACHE", str(empty / "cache"))
    monkeypatch.setattr(java, "USUAL_PLACES", (str(empty / "jvm" / "*"),))
    monkeypatch.setattr(java, "CHOOSER", empty / "java_home")
    return empty


@pytest.mark.parametrize(
    ("version", "minimum"), [("5.26.0", 17), ("5.26.28", 17), ("2025.01.0", 21), ("2026.09.0", 21)]
)
def test_each_version_names_its_java(version: str, minimum: int) -> None:
    assert java.java_need(version).minimum == minimum


@pytest.mark.parametrize("version", ["5", "5.26", "latest", "5.25.9", "4.4.40", "../5.26.28", "5.26.28 ", ""])
def test_a_version_that_is_none_or_too_old_is_refused(version: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        up(tmp_path / "home", version=version)


@pytest.mark.parametrize(
    ("there", "needed", "chosen"),
    [
        ([], java.JavaNeed(17, (17, 21)), None),
        ([11], java.JavaNeed(17, (17, 21)), None),
        ([11, 17, 21], java.JavaNeed(17, (17, 21)), 17),
        ([25, 21, 17], java.JavaNeed(17, (17, 21)), 21),
        ([25], java.JavaNeed(17, (17, 21)), 25),
        ([17, 25], java.JavaNeed(21, (21, 25)), 25),
    ],
)
def test_the_java_chosen(there: list[int], needed: java.JavaNeed, chosen: int | None) -> None:
    found = java.choose_java([java.Java(Path("/java") / str(feature), feature, True) for feature in there], needed)
    assert (found and found.feature) == chosen


def test_java_is_found_in_its_places_each_once(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seventeen = a_java(bare / "jvm" / "java-17", "17.0.15")
    (bare / "jvm" / "default").symlink_to(seventeen)
    a_java(bare / "jvm" / "java-8", "1.8.0_442")
    runtime = a_java(bare / "jvm" / "java-21-jre", "21.0.7", "java.base")
    monkeypatch.setenv("JAVA_HOME", str(a_java(bare / "own", "25.0.3")))
    found = java.installed_javas()
    assert found[0].feature == 25
    assert sorted(each.feature for each in found) == [8, 17, 21, 25]
    assert [each.home for each in found if not each.compiles] == [runtime]


def test_all_that_is_missing_is_said_at_once_with_the_other_ways(bare: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        up(tmp_path / "home", version=DEFAULT_VERSION)
    assert caught.value.exit_code == 6
    assert "a JDK 17 or newer (no Java here) and Maven (no mvn here)" in str(caught.value)
    for text in (caught.value.text("en"), caught.value.text("vi")):
        assert "NEO4J_HOME" in text
        assert str(compose_file()) in text
        assert "maven" in text


def test_a_java_that_is_too_old_is_named(bare: Path, tmp_path: Path) -> None:
    a_java(bare / "jvm" / "java-17", "17.0.15")
    with pytest.raises(StoreError, match=r"missing: a JDK 21 or newer \(only Java 17 here\) and Maven"):
        up(tmp_path / "home", version="2026.09.0")


def test_what_maven_says_is_passed_on_without_credentials(bare: Path, tmp_path: Path) -> None:
    a_java(bare / "jvm" / "java-17", "17.0.15")
    maven = bare / "mvn"
    complaint = "[ERROR] Could not transfer artifact from mirror (https://me:hush@mirror.example/maven): timed out"
    maven.write_text(f"#!/bin/sh\necho '{complaint}'\necho '[ERROR] more'\nexit 1\n", encoding="utf-8")
    maven.chmod(0o755)
    with pytest.raises(StoreError, match=r"Maven could not fetch Neo4j 5\.26\.28: Could not transfer") as caught:
        up(tmp_path / "home", version=DEFAULT_VERSION)
    assert "mirror.example" in str(caught.value)
    assert "hush" not in str(caught.value)


def test_half_a_download_is_not_taken_for_a_whole_one(bare: Path) -> None:
    a_java(bare / "jvm" / "java-17", "17.0.15")
    (bare / "cache" / "neo4j" / DEFAULT_VERSION / "lib.part").mkdir(parents=True)
    with pytest.raises(StoreError, match="missing: Maven"):
        jars.get_distribution(DEFAULT_VERSION)


def test_neo4j_home_without_neo4j_is_told(bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_HOME", str(bare))
    with pytest.raises(StoreError, match="NEO4J_HOME names"):
        up(tmp_path / "home")


def test_an_installation_tells_its_version(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("bin/neo4j", "lib/neo4j-kernel-5.26.9.jar", "lib/neo4j-kernel-api-5.26.9.jar"):
        (bare / "n" / name).parent.mkdir(parents=True, exist_ok=True)
        (bare / "n" / name).touch()
    monkeypatch.setenv("NEO4J_HOME", str(bare / "n"))
    assert jars.find_installation() == jars.Installation((bare / "n").resolve(), "5.26.9")


def test_a_folder_with_other_things_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").touch()
    with pytest.raises(SafetyError, match="holds other things"):
        up(tmp_path)
    with pytest.raises(SafetyError, match="is a file"):
        up(tmp_path / "thesis.odt")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.odt"]


def test_starts_at_once_know_each_others_home(tmp_path: Path) -> None:
    ready = Barrier(4)

    def prepare(home: Path) -> None:
        ready.wait()
        prepare_home(home)

    with ThreadPoolExecutor(4) as pool:
        for turn in range(50):
            list(pool.map(prepare, [tmp_path / f"home-{turn}"] * 4))


def test_no_home_has_no_server(tmp_path: Path) -> None:
    for home in (tmp_path, tmp_path / "absent"):
        assert status(home).condition == "absent"
        assert not down(home)
    assert list(tmp_path.iterdir()) == []


def a_stopped_server(home: Path, pid: int | None, version: str = DEFAULT_VERSION) -> ServerState:
    home.mkdir()
    kept = {"version": version, "bolt_port": 7687, "http_port": 7474, "pid": pid}
    (home / "truyvet-server.json").write_text(json.dumps(kept), encoding="utf-8")
    return make_state(home, version=version, bolt_port=7687, http_port=7474, pid=pid)


def test_a_process_that_only_got_the_number_is_left_alone(tmp_path: Path) -> None:
    """After a restart of the machine the remembered process id may be anybody's: here, this test's."""
    a_stopped_server(tmp_path / "home", os.getpid())
    assert status(tmp_path / "home").condition == "stopped"
    assert not down(tmp_path / "home")


def test_an_older_version_does_not_open_newer_data(bare: Path, tmp_path: Path) -> None:
    state = a_stopped_server(tmp_path / "home", None, version="2026.09.0")
    with pytest.raises(StoreError, match="missing: "):  # nothing was ever written here: any version may begin
        up(state.home, version=DEFAULT_VERSION)
    (state.home / "data" / "databases").mkdir(parents=True)
    with pytest.raises(StoreError, match=r"written by Neo4j 2026\.09\.0"):
        up(state.home, version=DEFAULT_VERSION)


def test_a_state_file_that_is_not_ours_is_told(tmp_path: Path) -> None:
    a_stopped_server(tmp_path / "home", None)
    (tmp_path / "home" / "truyvet-server.json").write_text("{", encoding="utf-8")
    with pytest.raises(StoreError, match=r"truyvet-server\.json cannot be read"):
        status(tmp_path / "home")


def test_a_missing_password_file_is_told(tmp_path: Path) -> None:
    state = a_stopped_server(tmp_path / "home", None)
    with pytest.raises(StoreError, match="cannot be read from"):
        read_password(state)
    write_private(state.password_file, "secret\n")
    assert read_password(state) == "secret"
    assert stat.S_IMODE(state.password_file.stat().st_mode) == 0o600


def test_the_settings_say_loopback_and_password(tmp_path: Path) -> None:
    state = a_stopped_server(tmp_path / "home", None)
    (state.home / "conf").mkdir()
    write_settings(state, Memory(heap_mb=512, page_cache_mb=64), {"server.databases.default_to_read_only": "true"})
    text = (state.home / "conf" / "neo4j.conf").read_text(encoding="utf-8")
    addresses = re.findall(r"_address=(\S+)", text)
    assert addresses
    assert all(address.split(":")[0] == "127.0.0.1" for address in addresses)
    assert "dbms.security.auth_enabled=true" in text
    assert "dbms.usage_report.enabled=false" in text
    assert "server.memory.pagecache.size=64m" in text
    assert text.endswith("server.databases.default_to_read_only=true\n")
    with pytest.raises(UsageError):
        write_settings(state, Memory(), {"a": "1\ndbms.security.auth_enabled=false"})


@pytest.mark.parametrize("sizes", [{"heap_mb": 100}, {"page_cache_mb": 0}])
def test_too_little_memory_is_refused(sizes: dict[str, int]) -> None:
    with pytest.raises(UsageError, match="Neo4j does not run with"):
        Memory(**sizes)


def test_the_end_of_a_log_is_told_without_secrets(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    assert last_words(tmp_path) == "    (its log is empty)"
    told = [f"line {number}" for number in range(20)] + ["WARNING: old Java call", "Password is hush", "the end"]
    (tmp_path / "logs" / "console.log").write_text("\n".join(told), encoding="utf-8")
    assert last_words(tmp_path, lines=3).split() == ["line", "18", "line", "19", "the", "end"]


def test_the_compose_file_says_loopback_and_asks_for_a_password() -> None:
    text = compose_file().read_text(encoding="utf-8")
    assert f"image: neo4j:${{NEO4J_VERSION:-{DEFAULT_VERSION}}}" in text
    ports = re.findall(r'^ +- "(.*:\d+)"$', text, re.MULTILINE)
    assert len(ports) == 2
    assert all(port.startswith("127.0.0.1:") for port in ports)
    assert "neo4j/${NEO4J_PASSWORD:?" in text


def test_pom_and_default_version_agree() -> None:
    assert f"<neo4j.version>{DEFAULT_VERSION}</neo4j.version>" in (HERE / "pom.xml").read_text(encoding="utf-8")


def test_the_default_home_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRUYVET_NEO4J_HOME", raising=False)
    assert default_home().parts[-2:] == ("truyvet", "neo4j")
    monkeypatch.setenv("TRUYVET_NEO4J_HOME", str(tmp_path))
    assert default_home() == tmp_path


def test_every_error_speaks_vietnamese_too(bare: Path, tmp_path: Path) -> None:
    calls = [lambda: up(tmp_path, version="x"), lambda: up(tmp_path / "home", version=DEFAULT_VERSION)]
    for call in calls:
        with pytest.raises(TruyVetError) as caught:
            call()
        assert caught.value.text("vi") != caught.value.text("en")

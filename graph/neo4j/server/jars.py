"""Get hold of Neo4j's jars: from an existing installation, from the cache, or from Maven's central repository."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from graph.neo4j.server.java import Java, find_java, installed_javas, java_need
from graph.neo4j.server.layout import HERE, cache_dir, compose_file, locked
from tracing.errors import StoreError
from tracing.text import Text, catalogue

_, _n = catalogue("graph")

DEFAULT_VERSION = "5.26.28"
LAUNCHER = "TruyVetNeo4j"
MAVEN_MINUTES = 60


Notify = Callable[[Text], None]
"""Takes a sentence on what is being done, for a person who waits."""


@dataclass(frozen=True)
class Distribution:
    """Everything a server process is made of: a version, its jars, the compiled start class, a Java for them."""

    version: str
    lib: Path
    launcher: Path
    java: Java

    @property
    def class_path(self) -> str:
        """Class path for ``java -cp``."""
        return os.pathsep.join([str(self.launcher), str(self.lib / "*")])


@dataclass(frozen=True)
class Installation:
    """A Neo4j that somebody already installed here."""

    home: Path
    version: str

    @property
    def lib(self) -> Path:
        """The folder of its jars."""
        return self.home / "lib"


def find_installation() -> Installation | None:
    """Return the installation that ``NEO4J_HOME`` names; None if it names none.

    Raises
    ------
    StoreError
        ``NEO4J_HOME`` is set, but there is no Neo4j in that folder.
    """
    named = os.environ.get("NEO4J_HOME")
    if not named:
        return None
    home = Path(named).expanduser()
    versions = [
        match[1]
        for jar in (home / "lib").glob("neo4j-kernel-*.jar")
        if (match := re.fullmatch(r"neo4j-kernel-(\d+\.\d+\.\d+)\.jar", jar.name))
    ]
    if not (home / "bin" / "neo4j").exists() or len(versions) != 1:
        raise StoreError(
            _(
                "NEO4J_HOME names {home}, but there is no Neo4j there (bin/neo4j and lib/neo4j-kernel-*.jar).",
                home=home,
            ),
            fix=_("Let NEO4J_HOME name the folder of an installed Neo4j, or unset it."),
        )
    return Installation(home.resolve(), versions[0])


def find_maven() -> Path | None:
    """Return the ``mvn`` program from ``MAVEN_HOME``, ``PATH`` or SDKMAN; None if there is none."""
    homes = [Path(os.environ[name]) for name in ("MAVEN_HOME", "M2_HOME") if os.environ.get(name)]
    homes.append(Path("~/.sdkman/candidates/maven/current").expanduser())
    for program in (home / "bin" / "mvn" for home in homes):
        if os.access(program, os.X_OK):
            return program
    on_path = shutil.which("mvn")
    return None if on_path is None else Path(on_path)


def get_distribution(version: str, *, notify: Notify | None = None) -> Distribution:
    """Make a version of Neo4j ready to start, fetching only what is not here yet.

    The jars come from the installation in ``NEO4J_HOME`` if it has this version, else from the cache, else through
    Maven (which itself looks into ``~/.m2`` before it downloads).

    Raises
    ------
    StoreError
        Java or Maven is missing (the message names all that is missing, and the other ways), or Maven failed.
    UsageError
        ``version`` is not a version, or too old.
    """
    need = java_need(version)
    java = find_java(need)
    installation = _installation_of(version)
    kept = cache_dir() / "neo4j" / version
    lib = kept / "lib" if installation is None else installation.lib
    maven = find_maven()
    fetch = not lib.is_dir()
    if java is None or (fetch and maven is None):
        raise _tools_missing(version, java, maven is None and fetch)
    try:
        kept.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cache_unusable(kept, error) from error
    with locked(kept / "lock"):
        if maven is not None and not lib.is_dir():
            _fetch_jars(version, lib, maven, java, notify or _say_nothing)
        launcher = _compile_launcher(kept, lib, java, need.minimum)
    return Distribution(version, lib, launcher, java)


def _say_nothing(notice: Text) -> None:
    """Take a notice and drop it."""


def _installation_of(version: str) -> Installation | None:
    try:
        installation = find_installation()
    except StoreError:
        return None  # whoever asks for a version by name does not depend on NEO4J_HOME
    return installation if installation is not None and installation.version == version else None


def _fetch_jars(version: str, lib: Path, maven: Path, java: Java, notify: Notify) -> None:
    """Let Maven copy the jars beside their place, then move them there at once."""
    notify(_("Fetching Neo4j {version} from Maven's central repository (about 150 MB, once).", version=version))
    part = lib.with_name("lib.part")
    shutil.rmtree(part, ignore_errors=True)
    command = [
        *(str(maven), "--batch-mode", "--quiet", "--file", str(HERE / "pom.xml"), f"-Dneo4j.version={version}"),
        *("dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={part}"),
    ]
    try:
        done = subprocess.run(
            command,
            cwd=lib.parent,
            env={**os.environ, "JAVA_HOME": str(java.home)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=MAVEN_MINUTES * 60,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _maven_failed(version, _("no end after {minutes} minutes", minutes=MAVEN_MINUTES)) from error
    except OSError as error:
        raise _maven_failed(version, f"{maven}: {error.strerror}") from error
    if done.returncode != 0 or not any(part.glob("neo4j-kernel-*.jar")):
        raise _maven_failed(version, _first_error(done.stdout + done.stderr))
    part.rename(lib)


def _compile_launcher(kept: Path, lib: Path, java: Java, release: int) -> Path:
    """Compile the start class once, for every Java from ``release`` on; a changed source is compiled anew."""
    source = HERE / f"{LAUNCHER}.java"
    digest = hashlib.sha256(source.read_bytes()).hexdigest()[:12]
    place = kept / f"launcher-{digest}"
    if place.is_dir():
        return place
    part = kept / "launcher.part"
    shutil.rmtree(part, ignore_errors=True)
    done = subprocess.run(
        [
            *(str(java.program), "--module", "jdk.compiler/com.sun.tools.javac.Main", "-proc:none", "-nowarn"),
            *("--release", str(release), "-encoding", "UTF-8"),
            *("-classpath", os.pathsep.join(map(str, sorted(lib.glob("*.jar")))), "-d", str(part), str(source)),
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        said = " ".join((done.stdout + done.stderr).split())[:300]
        raise StoreError(
            _(
                "The start class of the Neo4j server could not be compiled with {program}: {said}",
                program=java.program,
                said=said,
            ),
            fix=_(
                "Install a full JDK {release} or newer, or delete {lib} so that the jars are fetched again.",
                release=release,
                lib=lib,
            ),
        )
    part.rename(place)
    return place


def _first_error(output: str) -> Text | str:
    """Return what Maven complains about first, without credentials that an address may carry."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line.removeprefix("[ERROR]").strip() for line in lines if line.startswith("[ERROR]")]
    said = next(iter(errors or lines[-1:]), None)
    if said is None:
        return _("it said nothing")
    return re.sub(r"//[^/@\s]+@", "//", said)[:400]


def _maven_failed(version: str, reason: Text | str) -> StoreError:
    return StoreError(
        _("Maven could not fetch Neo4j {version}: {reason}", version=version, reason=reason),
        fix=_(
            "Check the network (and the proxy in ~/.m2/settings.xml) and run the command again; what was fetched is "
            "kept. Or: {other_ways}",
            other_ways=_other_ways(),
        ),
    )


def _cache_unusable(folder: Path, error: OSError) -> StoreError:
    return StoreError(
        _("The cache folder {folder} cannot be used: {reason}.", folder=folder, reason=error.strerror),
        fix=_("Set TRUYVET_CACHE to a folder that you may write to."),
    )


def _tools_missing(version: str, java: Java | None, maven_missing: bool) -> StoreError:
    need = java_need(version)
    missing, install = _("Maven (no mvn here)"), []
    if java is None:
        others = ", ".join(sorted({f"Java {other.feature}" for other in installed_javas()}))
        here = _("only {others} here", others=others) if others else _("no Java here")
        jdk = _("a JDK {minimum} or newer ({here})", minimum=need.minimum, here=here)
        missing = _("{jdk} and {maven}", jdk=jdk, maven=missing) if maven_missing else jdk
        install.append(f"openjdk-{need.tried[-1]}-jdk-headless")
    if maven_missing:
        install.append("maven")
    return StoreError(
        _("Neo4j {version} cannot be started; missing: {missing}.", version=version, missing=missing),
        fix=_(
            "Install what is missing (on Ubuntu: sudo apt install {packages}). Or: {other_ways}",
            packages=" ".join(install),
            other_ways=_other_ways(),
        ),
    )


def _other_ways() -> Text:
    return _(
        "set NEO4J_HOME to an installed Neo4j; or, with Docker, put NEO4J_PASSWORD=… into a file neo4j.env and run "
        "docker compose --env-file neo4j.env -f {compose_file} up -d --wait",
        compose_file=compose_file(),
    )

"""Find a Java that a version of Neo4j runs on, wherever the machine keeps it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tracing.errors import UsageError
from tracing.text import catalogue

_, _n = catalogue("graph")

OLDEST = (5, 26)

# Where Javas are usually put; each pattern names Java homes.
USUAL_PLACES = (
    "/usr/lib/jvm/*",
    "/usr/java/*",
    "/opt/java/*",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
    "/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
    "/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
    "~/.sdkman/candidates/java/*",
    "~/.jdks/*",
)
# macOS knows its Javas itself.
CHOOSER = Path("/usr/libexec/java_home")


@dataclass(frozen=True)
class Java:
    """A Java on this machine: its home, its feature version (17, 21, 25, …), and whether it can compile."""

    home: Path
    feature: int
    compiles: bool

    @property
    def program(self) -> Path:
        """The java program itself."""
        return self.home / "bin" / "java"


@dataclass(frozen=True)
class JavaNeed:
    """What a version of Neo4j asks of Java: at least ``minimum``; rather one of ``tried``."""

    minimum: int
    tried: tuple[int, ...]


def java_need(version: str) -> JavaNeed:
    """Return what Java this version of Neo4j runs on.

    Raises
    ------
    UsageError
        ``version`` is not written like 5.26.28 or 2026.09.0, or is older than 5.26.
    """
    numbers = re.fullmatch(r"(\d+)\.(\d+)\.\d+", version)
    if numbers is None:
        raise UsageError(
            _("{version} is not a version of Neo4j.", version=repr(version)),
            fix=_("Write it whole, like 5.26.28 or 2026.09.0."),
        )
    line = int(numbers[1]), int(numbers[2])
    if line < OLDEST:
        raise UsageError(
            _("Neo4j {version} is too old: 5.26 or newer is needed.", version=version),
            fix=_("Use 5.26.28, the long-term version."),
        )
    return JavaNeed(17, (17, 21)) if line[0] == OLDEST[0] else JavaNeed(21, (21, 25))


def find_java(need: JavaNeed) -> Java | None:
    """Return the Java to use, or None if the machine has none that is new enough and can compile.

    ``JAVA_HOME`` first, then ``PATH``, then the usual places; among them one of the tried versions before any other.
    """
    return choose_java(installed_javas(), need)


def choose_java(javas: Iterable[Java], need: JavaNeed) -> Java | None:
    """Choose among Javas, given in order of preference."""
    usable = [java for java in javas if java.feature >= need.minimum and java.compiles]
    return next((java for java in usable if java.feature in need.tried), usable[0] if usable else None)


def installed_javas() -> list[Java]:
    """Return every Java found on this machine, each once, the user's own choice first."""
    found: dict[Path, Java] = {}
    for home in _java_homes():
        real = home.resolve()
        if real not in found and (java := _look_at(real)) is not None:
            found[real] = java
    return list(found.values())


def _java_homes() -> Iterator[Path]:
    if chosen := os.environ.get("JAVA_HOME"):
        yield Path(chosen)
    if on_path := shutil.which("java"):
        yield Path(on_path).resolve().parent.parent
    for pattern in USUAL_PLACES:
        place = Path(pattern).expanduser()
        root = Path(place.anchor)
        yield from sorted(root.glob(place.relative_to(root).as_posix()), reverse=True)
    if CHOOSER.exists():
        said = subprocess.run([CHOOSER], capture_output=True, text=True, check=False)
        if said.returncode == 0:
            yield Path(said.stdout.strip())


def _look_at(home: Path) -> Java | None:
    """Tell what Java a home holds, from its ``release`` file or by asking it."""
    program = home / "bin" / "java"
    if not os.access(program, os.X_OK):
        return None
    try:
        told = (home / "release").read_text(encoding="utf-8", errors="replace")
    except OSError:
        told = ""
    if 'JAVA_VERSION="' not in told:
        try:
            asked = subprocess.run(
                [program, "-XshowSettings:properties", "-version"],
                capture_output=True,
                text=True,
                errors="replace",
                timeout=30,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        told = asked.stderr
    version = re.search(r'(?:JAVA_VERSION="|java\.version = )(?:1\.)?(\d+)', told)
    if version is None:
        return None
    modules = re.search(r'^MODULES="([^"]*)"', told, re.MULTILINE)
    return Java(home, int(version[1]), modules is None or "jdk.compiler" in modules[1].split())

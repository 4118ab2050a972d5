"""Writes what the program is made of as CycloneDX 1.6 (JSON): ``make sbom``. The same environment, the same bytes."""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import Any, Final

from packaging.requirements import Requirement

#: Words of licences in metadata without an SPDX expression -> the expression.
_SPDX: Final = {
    "MIT License": "MIT",
    "MIT": "MIT",
    "BSD License": "BSD-3-Clause",
    "BSD": "BSD-2-Clause",
    "Apache-2.0": "Apache-2.0",
    "BSD-3-Clause": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
}


def parts_of(name: str) -> dict[str, Distribution]:
    """Return a package and all that it needs to run, as installed, by name in order."""
    found: dict[str, Distribution] = {}
    wanted = [name]
    while wanted:
        at = re.sub(r"[-_.]+", "-", wanted.pop()).lower()
        if at in found:
            continue
        try:
            found[at] = distribution(at)
        except PackageNotFoundError:
            raise SystemExit(f"{at} is needed and not installed") from None
        needed = map(Requirement, found[at].requires or ())
        wanted += [one.name for one in needed if one.marker is None or one.marker.evaluate({"extra": ""})]
    return dict(sorted(found.items()))


def licence_of(part: Distribution) -> str:
    """Return a part's licence as an SPDX expression; empty where its metadata do not tell."""
    told = part.metadata
    if told["License-Expression"]:
        return str(told["License-Expression"])
    words = [kind.split("::")[-1].strip() for kind in told.get_all("Classifier") or () if kind.startswith("License")]
    return next((_SPDX[word] for word in (*words, str(told["License"] or "")) if word in _SPDX), "")


def bill_of_materials(name: str = "truyvet") -> dict[str, Any]:
    """Return the bill: the package, its parts with versions and licences, and which needs which."""
    parts = parts_of(name)
    refs = {at: f"pkg:pypi/{at}@{part.version}" for at, part in parts.items()}
    components = [
        {
            "type": "application" if at == name else "library",
            "bom-ref": refs[at],
            "name": at,
            "version": part.version,
            "purl": refs[at],
            "licenses": [{"expression": licence_of(part)}],
        }
        for at, part in parts.items()
    ]
    needs = [{"ref": refs[at], "dependsOn": sorted(refs[n] for n in parts_of(at) if n != at)} for at in parts]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": next(one for one in components if one["name"] == name)},
        "components": [one for one in components if one["name"] != name],
        "dependencies": needs,
    }


if __name__ == "__main__":
    json.dump(bill_of_materials(), sys.stdout, indent=2)
    sys.stdout.write("\n")

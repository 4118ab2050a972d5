"""Who uses this computer: kept with what was loaded and exported."""

from __future__ import annotations

import getpass
import os


def user_name() -> str:
    """Return the name of the user of this computer, their number where it has no name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return str(os.getuid()) if hasattr(os, "getuid") else "?"

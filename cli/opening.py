"""What most commands begin with: the store, the rule, the cases asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracing.errors import InputError

if TYPE_CHECKING:
    from tracing.policy import Policy


def find_policy(rule: str) -> Policy:
    """Return the policy with this id, or the one in this TOML file.

    Raises
    ------
    NothingFound
        If it is neither the name of a file nor an id.
    InputError
        If the file is not text, or anything in it is wrong.
    """
    from tracing.policy import load_policy, parse_policy

    path = Path(rule)
    if path.suffix.lower() != ".toml" and not path.is_file():
        return load_policy(rule)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise InputError(
            f"{rule}: not a UTF-8 text",
            fix="save it as UTF-8",
            vi=f"{rule}: không phải văn bản UTF-8",
            fix_vi="lưu lại dạng UTF-8",
        ) from None
    return parse_policy(text, name=path.stem)

"""By which id people, or places, are called that stand under several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tracing.model.arrow import texts_to_arrow
from tracing.model.columns import Texts


@dataclass(frozen=True)
class Calls:
    """Ids (``before``), by which each is called (``after``), and all of these (``anybody``)."""

    before: pa.Array
    after: pa.Array
    anybody: pa.Array

    @classmethod
    def of(cls, named: Mapping[str, str]) -> Calls:
        """Return the ids that are called by another one, by that."""
        before, after = (texts_to_arrow(ids) for ids in (named.keys(), named.values()))
        return cls(before, after, pa.concat_arrays([before, after]).unique())

    def concern(self, ids: Texts) -> npt.NDArray[np.bool_]:
        """Tell which ids are among them."""
        return ids.among(self.anybody)

    def applied(self, ids: pa.Array) -> pa.Array:
        """Return for each id the one by which it is called."""
        called = self.after.take(pc.index_in(ids, value_set=self.before))
        return pc.coalesce(called, ids)

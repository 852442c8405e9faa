"""Find duplicate responses: somebody answered twice, or the export repeats rows.

Input: the survey. Output: the repeated rows. In a short survey people may give the same answers, so responses without a
comment are reported only if there are more than chance explains.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pandas as pd

WORDS: Final = 4
"""Words from which two identical comments are not a coincidence."""
TIMES: Final = 5
"""Least number of identical responses reported, and least ratio to the number expected by chance."""


def alike(survey: pd.DataFrame, ignored: frozenset[str] = frozenset({"row", "response_id"})) -> pd.DataFrame:
    """Return the rows that repeat an earlier one in everything but the id."""
    import numpy as np
    import pandas as pd

    columns = [name for name in survey.columns if name not in ignored]
    texts = pd.DataFrame(
        {name: [_text(value) for value in survey[name]] for name in columns}, index=survey.index, dtype=object
    )
    pattern = texts.groupby(columns, sort=False).ngroup()
    size, first = pattern.map(pattern.value_counts()), survey["row"].groupby(pattern).transform("min")
    words = [len(str(text).split()) for text in texts["comment"]] if "comment" in texts else [0] * len(texts)
    expected = np.full(len(texts), float(len(texts)))
    for name in columns:
        expected *= texts[name].map(texts[name].value_counts(normalize=True)).to_numpy(dtype="float64")
    chance = TIMES * np.maximum(expected, 1.0)
    odd = (np.array(words) >= WORDS) | ((size >= TIMES).to_numpy() & (size.to_numpy() > chance))
    found: pd.DataFrame = survey[(size > 1).to_numpy() & odd & (survey["row"] != first).to_numpy()]
    return found


def _text(value: object) -> str:
    import pandas as pd

    if isinstance(value, tuple):
        return ";".join(value)
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]  # one cell

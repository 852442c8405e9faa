"""The solver: linear programs, in integers where requested.

Input: components as arrays. Output: the furthest or cheapest differences that satisfy their constraints. Hides HiGHS.
Uses one thread and no time limit, so that results are the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from reportgen.disclosure.attack_model.linear_program import Component, Floats, Places

BRANCHES: Final = 400
"""Most branch-and-bound nodes for an integer solution."""


class Model:
    """A linear program that is solved repeatedly with different costs and bounds."""

    def __init__(
        self,
        least: Floats,
        most: Floats,
        entries: tuple[Floats, Places, Places],
        bottom: Floats,
        top: Floats,
        whole: Places | None = None,
    ) -> None:
        import highspy
        import numpy as np

        signs, down, across = entries
        order = np.lexsort((across, down))
        self.size = len(least)
        self.least, self.most = least, most
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.size, len(top)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.zeros(self.size), least, most
        lp.row_lower_, lp.row_upper_ = bottom, top
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.concatenate(([0], np.cumsum(np.bincount(down, minlength=len(top))))).astype(np.int32)
        lp.a_matrix_.index_, lp.a_matrix_.value_ = across[order].astype(np.int32), signs[order]
        if whole is not None:
            kinds = [highspy.HighsVarType.kContinuous] * self.size
            for column in whole.tolist():
                kinds[column] = highspy.HighsVarType.kInteger
            lp.integrality_ = kinds
        self.highs = highspy.Highs()
        for name, value in (("output_flag", False), ("threads", 1), ("parallel", "off")):
            self.highs.setOptionValue(name, value)
        if whole is not None:
            self.highs.setOptionValue("mip_rel_gap", 0.0)
            self.highs.setOptionValue("mip_max_nodes", BRANCHES)
        self.highs.passModel(lp)

    def cheapest(self, columns: Places, costs: Floats, least: Floats, most: Floats) -> Floats | None:
        """Minimise the cost, with costs and bounds of these columns replaced; None if no solution was found."""
        import highspy
        import numpy as np

        at = columns.astype(np.int32)
        self.highs.changeColsCost(len(at), at, costs)
        self.highs.changeColsBounds(len(at), at, least, most)
        self.highs.run()
        solution = self.highs.getSolution()
        found = solution.value_valid and self.highs.getModelStatus() in (
            highspy.HighsModelStatus.kOptimal,
            highspy.HighsModelStatus.kSolutionLimit,
        )
        made = np.array(solution.col_value) if found else None
        self.highs.changeColsCost(len(at), at, np.zeros(len(at)))
        self.highs.changeColsBounds(len(at), at, self.least[columns], self.most[columns])
        return made


class Block:
    """Independent components solved in one call, because a call costs more than a column."""

    def __init__(self, pieces: Sequence[Component], whole: Places | None = None) -> None:
        import numpy as np

        self.ends = np.cumsum([0, *(len(piece.places) for piece in pieces)])
        rows = np.cumsum([0, *(len(piece.top) for piece in pieces)])
        self.least = np.concatenate([piece.least for piece in pieces])
        self.most = np.concatenate([piece.most for piece in pieces])
        signs = np.concatenate([piece.entries[0] for piece in pieces])
        down = np.concatenate([piece.entries[1] + shift for piece, shift in zip(pieces, rows, strict=False)])
        across = np.concatenate([piece.entries[2] + shift for piece, shift in zip(pieces, self.ends, strict=False)])
        bottom, top = (np.concatenate(ends) for ends in zip(*((one.bottom, one.top) for one in pieces), strict=True))
        self.model = Model(self.least, self.most, (signs, down, across), bottom, top, whole)

    def furthest(self, columns: Sequence[int], fars: Sequence[float], sign: float) -> list[Floats]:
        """Maximise (``sign`` 1) or minimise (-1) one column of each component, up to ``fars``; return all columns.

        Where ``fars`` is 0, nothing is solved and the differences are 0. If the solver fails, the differences are 0
        too, so nothing is proved.
        """
        import numpy as np

        far = np.array(fars)
        at = (self.ends[:-1] + np.array(columns))[far > 0]
        size = int(self.ends[-1])
        moved: Any = None
        if len(at):
            least, most = self.least[at], self.most[at]
            if sign > 0:
                most = np.minimum(most, far[far > 0])
            else:
                least = np.maximum(least, -far[far > 0])
            moved = self.model.cheapest(at, np.full(len(at), -sign), least, most)
        moved = np.zeros(size) if moved is None else moved
        parts = [moved[start:end] for start, end in zip(self.ends[:-1], self.ends[1:], strict=True)]
        return [part if by > 0 else np.zeros(len(part)) for part, by in zip(parts, fars, strict=True)]

"""In which order places stand so that alike ones are neighbours: average linkage over 1 − cosine, with the tree to draw."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["Join", "Tree", "ordered"]


@dataclass(frozen=True)
class Join:
    """Two groups joined at `distance`; their lines run from (`upper_distance`, row `upper`) and (`lower_distance`, row `lower`)."""

    distance: float
    upper: float
    upper_distance: float
    lower: float
    lower_distance: float


@dataclass
class Tree:
    """The joins, nearest first. Rows are counted from 0 in the order of the places."""

    joins: list[Join] = field(default_factory=list)


def ordered(
    places: Sequence[str], value: Mapping[tuple[str, str], float], compared: Mapping[str, bool]
) -> tuple[list[str], Tree]:
    """Places in the leaf order of an average-linkage tree (optimal: neighbours as alike as can be); those not compared follow by id.

    `value` are cosines of pairs, both ways round. The same input gives the same order: places enter sorted by id, and of the
    two directions of the row that one is taken whose first half is more alike, then the one that starts with the lesser id.

    >>> ordered(["a", "b", "c"], {("a", "c"): 0.9, ("c", "a"): 0.9}, {"a": True, "b": True, "c": True})[0]
    ['a', 'c', 'b']
    """
    known = sorted(place for place in places if compared[place])
    rest = sorted(place for place in places if not compared[place])
    if len(known) < 2:
        return [*known, *rest], Tree()
    from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering

    def distance(one: str, other: str) -> float:
        cosine = value.get((one, other), math.nan)
        # Rounding keeps the tree the same where cosines differ in the last bits only.
        return 1.0 if math.isnan(cosine) else round(1.0 - cosine, 9)

    flat = [distance(one, other) for at, one in enumerate(known) for other in known[at + 1 :]]
    steps = linkage(flat, method="average")
    steps = optimal_leaf_ordering(steps, flat) if len(known) > 2 else steps
    leaves = [known[int(at)] for at in leaves_list(steps)]
    half = len(leaves) // 2

    def alike(group: Sequence[str]) -> float:
        return round(sum(1 - distance(one, other) for one in group for other in leaves if one != other), 9)

    first, last = alike(leaves[:half]), alike(leaves[len(leaves) - half :])
    if (last, leaves[0]) > (first, leaves[-1]):
        leaves.reverse()
    rows = {place: float(at) for at, place in enumerate(leaves)}
    middle = {at: rows[place] for at, place in enumerate(known)}
    depth = dict.fromkeys(middle, 0.0)
    tree = Tree()
    for number, (one, other, far, _) in enumerate(steps.tolist()):
        upper, lower = sorted((int(one), int(other)), key=lambda at: middle[at])
        tree.joins.append(Join(float(far), middle[upper], depth[upper], middle[lower], depth[lower]))
        middle[len(known) + number] = (middle[upper] + middle[lower]) / 2
        depth[len(known) + number] = float(far)
    return [*leaves, *rest], tree

"""Where sources disagree, with each other or with themselves: all values are kept, the disagreement becomes a Conflict node.

One file per kind of finding; `join` brings together what several of them, and reviewers, say of the same lines.
"""

from aikg.loaders.contradictions.contradiction import DASH, Contradiction, as_node, as_record
from aikg.loaders.contradictions.gathering import gather
from aikg.loaders.contradictions.relations import of_relations
from aikg.loaders.contradictions.repeats import of_rows
from aikg.loaders.contradictions.values import of_values

__all__ = ["DASH", "Contradiction", "as_node", "as_record", "gather", "of_relations", "of_rows", "of_values"]

"""What falls to each person of a place: an amount of the report among a population that it tells, wherever that stands.

Any amount among any population explains what is told; where none does, the amount of its paragraph that nearly gives it is what was meant.
"""

from __future__ import annotations

PEOPLE = frozenset(["person", "resident", "inhabitant", "head", "capita", "populatio", "population", "citizen"])
"""The nouns of a population, in the singular."""

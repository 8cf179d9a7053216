"""Left-behind places: the two definitions of the documents as code, which areas flip when a threshold is another, and how a page shows them."""

from made_together.left_behind.definitions import (
    DEPRIVATION_READING,
    GROWTH_READING,
    DeprivationThresholds,
    GrowthThresholds,
    Reading,
    Standing,
    by_deprivation,
    by_growth,
)
from made_together.left_behind.sensitivity import DEPRIVATION_GRID, GROWTH_GRID, Flip, always, ever, flips

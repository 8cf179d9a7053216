"""Places: sets of areas that are never mixed, measures of them, the two definitions of left-behind, and profiles.

The data are files that a data library may hold below `places/`; this repository declares them and holds none.
"""

from evidence.places.boundaries import AreaSet, one_set
from evidence.places.files import FOLDER
from evidence.places.groups import grouped
from evidence.places.held import PlaceData
from evidence.places.left_behind import DeprivationThresholds, GrowthThresholds, Standing, by_deprivation, by_growth
from evidence.places.measures import Measure
from evidence.places.preparing import Prepared, prepare, write_grid
from evidence.places.profiles import Profile, find, profile
from evidence.places.reading import DEPRIVATION_READING, GROWTH_READING, Reading
from evidence.places.sensitivity import DEPRIVATION_GRID, GROWTH_GRID, Flip, always, ever, flips

__all__ = [
    "DEPRIVATION_GRID",
    "DEPRIVATION_READING",
    "FOLDER",
    "GROWTH_GRID",
    "GROWTH_READING",
    "AreaSet",
    "DeprivationThresholds",
    "Flip",
    "GrowthThresholds",
    "Measure",
    "PlaceData",
    "Prepared",
    "Profile",
    "Reading",
    "Standing",
    "always",
    "by_deprivation",
    "by_growth",
    "ever",
    "find",
    "flips",
    "grouped",
    "one_set",
    "prepare",
    "profile",
    "write_grid",
]

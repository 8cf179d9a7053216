"""Places: sets of areas that are never mixed, measures of them, and profiles.

The data are files that a data library may hold below `places/`; the repository declares them and need not hold them.
"""

from evidence.places.boundaries import AreaSet, one_set
from evidence.places.files import FOLDER
from evidence.places.held import PlaceData
from evidence.places.measures import Measure, grouped
from evidence.places.preparing import Prepared, prepare, write_grid
from evidence.places.profiles import Profile, find, profile
